package bleveindex

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"

	"incidex/search"
)

// Segments are mapped into memory. Where a file is cut off under a running process, to
// read what is gone is a fault, which ends a process that does not ask for panics instead.

var errCutOff = errors.New("a file was cut off while it was in use")

// faults makes an error of a fault on this goroutine. Use it as
//
//	defer faults(&err)()
func faults(err *error) func() {
	before := debug.SetPanicOnFault(true)
	return func() {
		debug.SetPanicOnFault(before)
		switch r := recover().(type) {
		case nil:
		case interface{ Addr() uintptr }: // only a fault has an address
			*err = errCutOff
		default:
			panic(r)
		}
	}
}

// told notes that the generation is damaged where err says so.
func (s *Generation) told(err error) error {
	if errors.Is(err, errCutOff) {
		return s.damagedBy(err)
	}
	return err
}

// damagedBy notes the first thing that is wrong with the generation.
func (s *Generation) damagedBy(err error) *DamagedError {
	s.damage.CompareAndSwap(nil, &DamagedError{Path: s.path, Err: err})
	return s.damage.Load()
}

// Gone says that the folder of an index is no more, or another one.
type goneError struct{ dir string }

func (e goneError) Error() string {
	return fmt.Sprintf("the data folder %s was removed or replaced while it was in use: stop this program, put the folder back or index the articles again, and start it", e.dir)
}

func (goneError) Is(target error) bool { return target == search.ErrUnavailable }

// Trouble says what is wrong with the index that is searched, nil when nothing is: that
// its folder is gone, or that it is damaged and there is no older generation, or one is
// used instead.
func (s *Store) Trouble() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.present(); err != nil {
		return err
	}
	if err := s.fallBack(); err != nil {
		return err
	}
	if s.Damaged != nil && !s.settled {
		return fmt.Errorf("%w; %s is used instead", s.Damaged, s.current.name)
	}
	return nil
}

// WasDamaged reports whether a damaged generation was met since the folder was opened.
func (s *Store) WasDamaged() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.Damaged != nil
}

// Present reports whether the data folder is the one that was opened.
func (s *Store) Present() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.present()
}

// present reports whether the folder is the one that was opened. The caller holds s.mu.
func (s *Store) present() error {
	mine, err := s.lock.Stat()
	if err != nil {
		return nil // it is closed: whoever asks is told elsewhere
	}
	info, err := os.Stat(filepath.Join(s.dir, lockFile))
	if err == nil && os.SameFile(mine, info) {
		if _, err = os.Stat(s.current.path); err == nil {
			return nil
		}
	}
	return goneError{s.dir}
}

// fallBack uses the newest older generation in place of one that was damaged while it
// was used, where there is one. What is damaged stays open: to close it could read it.
// The caller holds s.mu.
func (s *Store) fallBack() error {
	damage := s.current.damage.Load()
	if damage == nil {
		return nil
	}
	names, err := Generations(s.dir)
	if err != nil {
		return err
	}
	for _, older := range slices.Backward(names) {
		if older >= s.current.name || !Finished(s.dir, older) {
			continue
		}
		if g, err := openGeneration(s.dir, older, s.options); err == nil {
			s.Damaged, s.current, s.settled = damage, g, false
			return nil
		}
	}
	return damage
}
