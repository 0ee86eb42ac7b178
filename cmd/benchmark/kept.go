package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// kept is what is measured of indexing at one size. It is written beside the
// indexes, so that a later run can search them again.
type kept struct {
	Articles int `json:"articles"`
	// Text is bytes of titles and texts.
	Text    int64     `json:"text"`
	Indexed []indexed `json:"indexed"`
	// Again is the second run over an unchanged folder.
	Again result `json:"again"`
}

// keptFile is the name of the file in the folder of one size.
const keptFile = "measured.json"

// index makes the articles and indexes them with all engines.
func (m *measured) index(ctx context.Context, g *generator, n, rounds int, dir string, log func(string, ...any)) (*kept, error) {
	log("make %d articles", n)
	c, err := makeCorpus(g, n, dir)
	if err != nil {
		return nil, err
	}
	k := &kept{Articles: n, Text: c.text}
	if k.Indexed, err = c.index(ctx, m.engines, rounds, log); err != nil {
		return nil, err
	}
	if k.Again, err = start(ctx, "incidex", c.articles, filepath.Join(dir, m.engines[0])); err != nil {
		return nil, err
	}
	b, err := json.Marshal(k)
	if err != nil {
		return nil, err
	}
	return k, os.WriteFile(filepath.Join(dir, keptFile), b, 0o644)
}

// readKept reads what an earlier run has measured, nil when there was none.
func readKept(dir string) (*kept, error) {
	b, err := os.ReadFile(filepath.Join(dir, keptFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	k := &kept{}
	if err := json.Unmarshal(b, k); err != nil {
		return nil, fmt.Errorf("read %s: %w", keptFile, err)
	}
	return k, nil
}
