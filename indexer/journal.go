package indexer

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"incidex/indexer/group"
)

// Journal is the file in which a person's decisions on incidents are kept, one
// JSON object a line. It outlives every index: each run reads it.
type Journal struct{ Path string }

// journalFile is the name of the journal in a data folder.
const journalFile = "groups.jsonl"

// JournalIn returns the journal of a data folder, which need not exist yet.
func JournalIn(dir string) Journal { return Journal{filepath.Join(dir, journalFile)} }

// Entries returns all decisions, oldest first, also those that were undone.
func (j Journal) Entries() ([]group.Entry, error) {
	raw, err := os.ReadFile(j.Path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read journal: %w", err)
	}
	entries, err := group.ParseJournal(raw)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", j.Path, err)
	}
	return entries, nil
}

// Rulings returns the decisions that are in force.
func (j Journal) Rulings() (*group.Rulings, error) {
	entries, err := j.Entries()
	if err != nil || len(entries) == 0 {
		return nil, err
	}
	return group.Rule(entries), nil
}

// Append adds a decision durably and returns it with its number.
func (j Journal) Append(e group.Entry) (group.Entry, error) {
	entries, err := j.Entries()
	if err != nil {
		return e, err
	}
	e, line, err := group.Append(entries, e)
	if err != nil {
		return e, err
	}
	f, err := os.OpenFile(j.Path, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return e, fmt.Errorf("write journal: %w", err)
	}
	// A torn last line, which a crash has left, is written over.
	end, err := completeLines(f)
	if err == nil {
		err = f.Truncate(end)
	}
	if err == nil {
		_, err = f.WriteAt(line, end)
	}
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return e, fmt.Errorf("write journal: %w", err)
	}
	return e, nil
}

// completeLines returns the number of bytes up to the last newline.
func completeLines(f *os.File) (int64, error) {
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	b := make([]byte, 1)
	for end := info.Size(); end > 0; end-- {
		if _, err := f.ReadAt(b, end-1); err != nil {
			return 0, err
		}
		if b[0] == '\n' {
			return end, nil
		}
	}
	return 0, nil
}
