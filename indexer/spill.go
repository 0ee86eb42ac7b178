package indexer

import (
	"fmt"
	"os"
	"slices"
)

// spill keeps bytes in a temporary file, so that they take no memory of the run. It is
// not safe for concurrent use.
type spill struct {
	file *os.File // nil before the first flush
	room []byte   // what is not in the file yet
	end  int64    // size of the file
	read []byte   // what was read last
}

// place is where a spill has something; the zero place stands for nothing.
type place struct {
	at     int64
	length int
}

// spillBytes is how much is gathered before it is written.
const spillBytes = 1 << 20

// put keeps raw and returns its place.
func (s *spill) put(raw []byte) (place, error) {
	p := place{s.end + int64(len(s.room)), len(raw)}
	s.room = append(s.room, raw...)
	if len(s.room) < spillBytes {
		return p, nil
	}
	if s.file == nil {
		f, err := os.CreateTemp("", "incidex-run-*")
		if err != nil {
			return p, fmt.Errorf("make a temporary file: %w", err)
		}
		s.file = f
		_ = os.Remove(f.Name()) // where an open file cannot be removed, close does it
	}
	if _, err := s.file.WriteAt(s.room, s.end); err != nil {
		return p, fmt.Errorf("write a temporary file: %w", err)
	}
	s.end += int64(len(s.room))
	s.room = s.room[:0]
	return p, nil
}

// get returns what is at a place. It is valid until the next put or get.
func (s *spill) get(p place) ([]byte, error) {
	if p.at >= s.end {
		return s.room[p.at-s.end:][:p.length], nil
	}
	s.read = slices.Grow(s.read[:0], p.length)[:p.length]
	if _, err := s.file.ReadAt(s.read, p.at); err != nil {
		return nil, fmt.Errorf("read a temporary file: %w", err)
	}
	return s.read, nil
}

// close gives the room back.
func (s *spill) close() {
	if s.file != nil {
		s.file.Close()
		os.Remove(s.file.Name())
	}
}
