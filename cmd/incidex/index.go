package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"incidex/httpapi"
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
	verify     bool
	dryRun     bool
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
	c.Flags().BoolVar(&o.verify, "verify", false, "read files that look unchanged, too")
	c.Flags().BoolVarP(&o.dryRun, "dry-run", "n", false, "say what would change, and change nothing")
	c.Flags().BoolVarP(&o.verbose, "verbose", "v", false, "list everything that was skipped")
	return c
}

func runIndex(ctx context.Context, g *global, o indexOptions, paths []string) error {
	run := httpapi.RunOptions{Rebuild: o.rebuild, Verify: o.verify, KeepSample: o.keepSample, Map: o.keys}
	for _, p := range paths {
		abs, err := existingPath(p)
		if err != nil {
			return err
		}
		run.Paths = append(run.Paths, abs)
	}
	bar := newProgress(g.err)
	if o.dryRun {
		return g.dryRun(ctx, run, bar, o.verbose)
	}
	sum, err := g.index(ctx, extract.New, run, bar.show)
	bar.finish()
	if err == nil || errors.Is(err, context.Canceled) && sum.Files > 0 { // otherwise not all of it was written, or not here
		printSummary(g.toOut(), sum, o.verbose)
	}
	if err == nil && sum.Read == 0 && sum.Skipped > 0 {
		err = errors.New("no article could be read; the list says why")
	}
	return err
}

// existingPath is the absolute path of a file or folder that is there.
func existingPath(path string) (string, error) {
	abs, err := filepath.Abs(path)
	if err == nil {
		_, err = os.Stat(abs)
	}
	var of *fs.PathError
	if errors.As(err, &of) {
		err = of.Err // without the path, which stands there already
	}
	if err != nil {
		return "", fmt.Errorf("read %s: %w", path, err)
	}
	return abs, nil
}

// index runs here, or in the server that has the index open.
func (g *global) index(ctx context.Context, extractor func() *extract.Extractor, o httpapi.RunOptions, progress func(indexer.Progress)) (indexer.Summary, error) {
	store, err := bleveindex.Open(g.data, bleveindex.Options{Create: true, Anew: o.Rebuild, Command: "index"})
	if r := serverOf(err); r.token != "" {
		if !g.handed {
			g.handed = true
			say(g.toErr(), "the server on %s has the index open and does the work\n", r.address)
		}
		return r.index(ctx, o, progress)
	}
	if err != nil {
		return indexer.Summary{}, err
	}
	g.warn(store)
	sum, err := indexPaths(ctx, store, extractor(), o, progress)
	return sum, errors.Join(err, store.Close())
}

// warn says that an older generation is used because the current one is damaged, and
// which ones were never finished.
func (g *global) warn(store *bleveindex.Store) {
	for _, name := range store.Unfinished {
		say(g.toErr(), "incidex: %s was cut off while it was filled and is not used: the next run of the index removes it\n", name)
	}
	if store.Damaged != nil {
		say(g.toErr(), "incidex: %v; %s is used instead\n", store.Damaged, store.Current().Name())
	}
}

func printSummary(w io.Writer, s indexer.Summary, verbose bool) {
	seconds := s.Elapsed.Seconds()
	say(w, "read       %d articles in %d files, %d of them opened\n", s.Read, s.Files, s.Opened)
	say(w, "indexed    %d (%d new, %d updated)\n", s.Indexed(), s.New, s.Updated)
	say(w, "unchanged  %d\n", s.Unchanged)
	say(w, "removed    %d\n", s.Removed)
	say(w, "skipped    %d\n", s.Skipped)
	if s.Partial > 0 {
		say(w, "in part    %d\n", s.Partial)
	}
	if s.Before > 0 {
		say(w, "as before  %d problems in unchanged files; --verify lists them again\n", s.Before)
	}
	if s.Foreign > 0 {
		say(w, "language   %d not in English: they are searched, and no facts are read from them\n", s.Foreign)
	}
	say(w, "incidents  %d changed\n", s.Incidents)
	say(w, "time       %.1f s, %.0f articles a second\n", seconds, float64(s.Indexed())/max(seconds, time.Millisecond.Seconds()))
	printProblems(w, s, verbose)
	if s.Indexed()+s.Removed == 0 {
		fmt.Fprintln(w, "nothing changed")
	}
	if s.Files+s.Skipped == 0 {
		say(w, "there is no file that could be read; these can: %s\n", strings.Join(reader.Formats(), " "))
	}
}

func printProblems(w io.Writer, s indexer.Summary, all bool) {
	for i, p := range s.Problems {
		if i == maxProblems && !all {
			say(w, "  ... and %d more; incidex index --verbose lists %d\n", s.Skipped+s.Partial-i, len(s.Problems))
			break
		}
		what := "skipped"
		if p.Kept {
			what = "in part"
		}
		say(w, "  %s %s\n", what, p)
	}
}
