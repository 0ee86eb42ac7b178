package main

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// corpus is the files of one run at one size.
type corpus struct {
	n        int
	dir      string
	text     int64 // bytes of titles and texts
	articles string
	records  string
}

// indexed is what indexing with one engine took. Times are the best of all
// rounds: what disturbs only adds.
type indexed struct {
	Engine    string  `json:"engine"`
	Seconds   float64 `json:"seconds"`
	Processor float64 `json:"processor_seconds"`
	PeakRSS   int64   `json:"peak_rss"`
	Bytes     int64   `json:"bytes"`
}

// makeCorpus writes the articles as JSON Lines, which the product reads.
func makeCorpus(g *generator, n int, dir string) (*corpus, error) {
	c := &corpus{n: n, dir: dir, articles: filepath.Join(dir, "articles"), records: filepath.Join(dir, "records.jsonl")}
	if err := os.MkdirAll(c.articles, 0o755); err != nil {
		return nil, err
	}
	return c, writeLines(filepath.Join(c.articles, "made.jsonl"), func(yield func(article) error) error {
		for i := range n {
			a := g.article(i)
			c.text += int64(len(a.Title) + len(a.Text))
			if err := yield(a); err != nil {
				return err
			}
		}
		return nil
	})
}

// index indexes the corpus with each engine in turn, so many times.
func (c *corpus) index(ctx context.Context, names []string, rounds int, log func(string, ...any)) ([]indexed, error) {
	out := make([]indexed, len(names))
	for round := range rounds {
		for i, name := range names {
			x := &out[i]
			path := filepath.Join(c.dir, name)
			x.Engine = name
			if err := os.RemoveAll(path); err != nil {
				return nil, err
			}
			from := c.records
			if name == "incidex" {
				from = c.articles
			}
			r, err := start(ctx, name, from, path)
			if err != nil {
				return nil, err
			}
			log("index %d with %s: %.1f s, %.1f s of processors", c.n, name, r.Seconds, r.Processor)
			if round == 0 || r.Seconds < x.Seconds {
				x.Seconds = r.Seconds
			}
			if round == 0 || r.Processor < x.Processor {
				x.Processor = r.Processor
			}
			x.PeakRSS = max(x.PeakRSS, r.PeakRSS)
			if x.Bytes, err = size(path); err != nil {
				return nil, err
			}
			if name == "incidex" && round == 0 && len(names) > 1 {
				if err := exportProduct(ctx, path, c.records); err != nil {
					return nil, fmt.Errorf("export: %w", err)
				}
			}
		}
	}
	return out, nil
}

// size is the number of bytes of a file or of all files of a folder.
func size(path string) (int64, error) {
	var n int64
	err := filepath.WalkDir(path, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			n += info.Size()
		}
		return err
	})
	return n, err
}
