package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"incidex/data/sample"
	"incidex/indexer"
	"incidex/indexer/extract"
	"incidex/indexer/reader"
	"incidex/search/bleveindex"
)

// maxProblems is the number of skipped files that a summary lists.
const maxProblems = 20

type indexOptions struct {
	keys       map[string]string
	keepSample bool
	rebuild    bool
	verbose    bool
}

func newIndex(g *global) *cobra.Command {
	var o indexOptions
	c := &cobra.Command{
		Use:   "index PATH...",
		Short: "Bring the index up to date with files and folders of articles",
		Long: `Index walks the folders, reads new and changed articles, extracts what they say
about incidents, groups them and writes the index. Articles whose file is gone
from a folder are removed. A second run over the same files changes nothing.

It reads ` + strings.Join(reader.Formats(), ", ") + `.
Fields that a source brings itself (front matter, JSON keys) outrank what is
extracted. The sample articles are dropped with the first run over your own.

` + exitCodes,
		Example: `  incidex index articles/
  incidex index --data breaches --map headline=title,body=text feed.jsonl`,
		Args: args(1, -1, "a file or folder"),
		RunE: func(c *cobra.Command, paths []string) error { return runIndex(c.Context(), g, o, paths) },
	}
	c.Flags().StringToStringVar(&o.keys, "map", nil, "names of JSON keys or columns, as THEIRS=OURS,...")
	c.Flags().BoolVar(&o.keepSample, "keep-sample", false, "keep the sample articles in the index")
	c.Flags().BoolVar(&o.rebuild, "rebuild", false, "fill a new generation from these paths alone and use it when it is complete")
	c.Flags().BoolVarP(&o.verbose, "verbose", "v", false, "list everything that was skipped")
	return c
}

func runIndex(ctx context.Context, g *global, o indexOptions, paths []string) error {
	store, err := bleveindex.Open(g.data, bleveindex.Options{Create: true, Command: "index"})
	if err != nil {
		return err
	}
	bar := newProgress(g.err)
	options := indexer.Options{
		Paths: paths, Reader: reader.Options{Map: o.keys}, Progress: bar.show,
		Forget: func(path string) bool { return !o.keepSample && strings.HasPrefix(path, sample.Prefix) },
	}
	var sum indexer.Summary
	if o.rebuild {
		sum, err = rebuild(ctx, store, options)
	} else {
		x := indexer.Indexer{Sink: store.Current(), Extractor: extract.New()}
		sum, err = x.Run(ctx, options)
	}
	bar.finish()
	if e := store.Close(); err == nil {
		err = e
	}
	printSummary(g.out, sum, o.verbose)
	if err == nil && sum.Read == 0 && len(sum.Problems) > 0 {
		err = fmt.Errorf("no article could be read")
	}
	return err
}

// rebuild fills a new generation and uses it when it is complete. The one before
// is kept, older ones are not.
func rebuild(ctx context.Context, store *bleveindex.Store, o indexer.Options) (indexer.Summary, error) {
	next, err := store.Begin()
	if err != nil {
		return indexer.Summary{}, err
	}
	x := indexer.Indexer{Sink: next, Extractor: extract.New()}
	sum, err := x.Run(ctx, o)
	if err == nil {
		err = next.Verify(ctx, sum.New+sum.Updated)
	}
	if err != nil {
		return sum, errors.Join(fmt.Errorf("the index in use was left as it is: %w", err), store.Discard(next))
	}
	before, err := store.Use(next)
	if err != nil {
		return sum, err
	}
	return sum, store.Prune(next.Name(), before)
}

func printSummary(w io.Writer, s indexer.Summary, verbose bool) {
	seconds := s.Elapsed.Seconds()
	fmt.Fprintf(w, "read       %d articles in %d files, %d of them opened\n", s.Read, s.Files, s.Opened)
	fmt.Fprintf(w, "indexed    %d (%d new, %d updated)\n", s.Indexed(), s.New, s.Updated)
	fmt.Fprintf(w, "unchanged  %d\n", s.Unchanged)
	fmt.Fprintf(w, "removed    %d\n", s.Removed)
	fmt.Fprintf(w, "skipped    %d\n", len(s.Problems))
	fmt.Fprintf(w, "incidents  %d changed\n", s.Incidents)
	fmt.Fprintf(w, "time       %.1f s, %.0f articles a second\n", seconds, float64(s.Indexed())/max(seconds, time.Millisecond.Seconds()))
	for i, p := range s.Problems {
		if i == maxProblems && !verbose {
			fmt.Fprintf(w, "  ... and %d more; --verbose lists them all\n", len(s.Problems)-i)
			break
		}
		fmt.Fprintf(w, "  skipped %s\n", p)
	}
	if s.Indexed()+s.Removed == 0 {
		fmt.Fprintln(w, "nothing changed")
	}
}
