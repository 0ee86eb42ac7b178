package bleveindex

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"strings"

	segment "github.com/blevesearch/scorch_segment_api/v2"

	"incidex/search/facet"
)

// Reading the columns of 100,000 articles out of their segment takes most of a second.
// Those of large segments are kept in files beside them, so that the next process has
// them at once. A file that is missing, damaged or of another segment is no loss. It is
//
//	the sum of all that follows    4 bytes, CRC-32C
//	the sum of the segment's file  4 bytes
//	the facet columns, the lengths of bodies and of titles, the set of articles

const (
	// columnSuffix stands behind the name of a segment's file. Its number is the
	// version of what the file holds.
	columnSuffix = ".columns1"
	// minSaved is the number of documents from which a segment's columns are kept in a
	// file.
	minSaved = 1_000
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// segmentFile is the file of a segment and its sum, "" for a segment that is small or
// only in memory.
func (s *Generation) segmentFile(seg segment.Segment) (path string, sum uint32) {
	file, ok := seg.(interface {
		segment.PersistedSegment
		CRC() uint32
	})
	if !ok || int(seg.Count()) < s.minSaved {
		return "", 0
	}
	return file.Path(), file.CRC()
}

// loadColumns reads the columns of a segment from the file beside it, nil where there
// is none that holds them.
func (s *Generation) loadColumns(seg segment.Segment) *segmentColumns {
	path, sum := s.segmentFile(seg)
	if path == "" {
		return nil
	}
	raw, err := os.ReadFile(path + columnSuffix)
	if err != nil {
		return nil
	}
	out := readSaved(raw, sum, int(seg.Count()))
	if out == nil && s.failed != nil {
		_ = os.Remove(path + columnSuffix) // Close writes it anew
	}
	return out
}

// readSaved reads the columns of a segment of n documents with a sum, nil where the
// bytes are others.
func readSaved(raw []byte, sum uint32, n int) *segmentColumns {
	if len(raw) < 8 || binary.LittleEndian.Uint32(raw) != crc32.Checksum(raw[4:], castagnoli) ||
		binary.LittleEndian.Uint32(raw[4:]) != sum {
		return nil
	}
	out := newSegmentColumns(n)
	var err error
	var rest []byte
	if out.facet, rest, err = facet.ReadSegment(raw[8:]); err != nil {
		return nil
	}
	for _, field := range columns { // a program before this one may have had fewer
		if out.facet.Columns[field] == nil {
			return nil
		}
	}
	for _, field := range []string{fieldBody, fieldTitle} {
		if out.lengths[field], rest, err = facet.ReadNumbers[uint32](rest); err != nil {
			return nil
		}
	}
	if out.articles, _, err = facet.ReadNumbers[uint64](rest); err != nil {
		return nil
	}
	return out
}

// saveColumns writes the columns of the large segments that have no file yet, and
// removes the files of segments that are gone.
func (s *Generation) saveColumns() error {
	reader, err := s.reader()
	if err != nil {
		return err
	}
	defer reader.Close()
	var folder string
	for _, seg := range reader.Segments() {
		path, sum := s.segmentFile(seg.Segment())
		if path != "" {
			folder = filepath.Dir(path)
		}
		if path == "" || savedFor(path+columnSuffix, sum) {
			continue
		}
		s.mu.Lock()
		cols := s.segs[seg.Id()]
		s.mu.Unlock()
		if cols == nil {
			if cols, err = readColumns(seg.Segment()); err != nil {
				return err
			}
		}
		raw := binary.LittleEndian.AppendUint32(make([]byte, 4), sum)
		raw = cols.facet.AppendTo(raw)
		raw = facet.AppendNumbers(raw, cols.lengths[fieldBody])
		raw = facet.AppendNumbers(raw, cols.lengths[fieldTitle])
		raw = facet.AppendNumbers(raw, cols.articles)
		binary.LittleEndian.PutUint32(raw, crc32.Checksum(raw[4:], castagnoli))
		// A part of a file has another sum: there is nothing to rename or to sync.
		if err := os.WriteFile(path+columnSuffix, raw, 0o600); err != nil {
			_ = os.Remove(path + columnSuffix) // the disk may be full
			return fmt.Errorf("keep columns: %w", err)
		}
	}
	if folder == "" {
		return nil
	}
	files, _ := filepath.Glob(filepath.Join(folder, "*"+columnSuffix)) // the pattern is a good one
	for _, name := range files {
		if _, err := os.Stat(strings.TrimSuffix(name, columnSuffix)); os.IsNotExist(err) {
			_ = os.Remove(name)
		}
	}
	return nil
}

// savedFor reports whether a file is that of the segment with a sum.
func savedFor(name string, sum uint32) bool {
	f, err := os.Open(name)
	if err != nil {
		return false
	}
	defer f.Close()
	var head [8]byte
	_, err = f.Read(head[:])
	return err == nil && binary.LittleEndian.Uint32(head[4:]) == sum
}
