package indexer

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
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

// ErrRefused marks a decision that cannot be made, such as to undo what was not decided.
var ErrRefused = errors.New("refused")

// Append adds a decision durably and returns it with its number. One that cannot be
// made is an ErrRefused, and an error leaves the journal as it was.
func (j Journal) Append(e group.Entry) (group.Entry, error) {
	entries, err := j.Entries()
	if err != nil {
		return e, err
	}
	e, line, err := group.Append(entries, e)
	if err != nil {
		return e, fmt.Errorf("%w: %w", ErrRefused, err)
	}
	f, err := os.OpenFile(j.Path, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return e, fmt.Errorf("write journal: %w", err)
	}
	end, lacksNewline, err := lastEntry(f)
	if err == nil {
		err = f.Truncate(end)
	}
	if lacksNewline {
		line = append([]byte{'\n'}, line...)
	}
	if err == nil {
		if _, err = f.WriteAt(line, end); err != nil { // as on a full disk: nothing of it stays
			err = errors.Join(err, f.Truncate(end))
		}
	}
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return e, fmt.Errorf("write journal: %w", err)
	}
	return e, nil
}

// lastEntry returns the number of bytes up to the end of the last entry, and whether
// it lacks its newline, as one written by hand may. What stands behind is a torn
// line, which a crash has left.
func lastEntry(r io.Reader) (end int64, lacksNewline bool, err error) {
	raw, err := io.ReadAll(r)
	if err != nil {
		return 0, false, err
	}
	complete := bytes.LastIndexByte(raw, '\n') + 1
	if json.Unmarshal(raw[complete:], new(group.Entry)) == nil {
		return int64(len(raw)), true, nil
	}
	return int64(complete), false, nil
}
