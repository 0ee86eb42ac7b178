package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"incidex/httpapi"
	"incidex/indexer"
	"incidex/indexer/extract"
	"incidex/indexer/reader"
	"incidex/search/bleveindex"
)

type indexOptions struct {
	keys       map[string]string
	keepSample bool
	rebuild    bool
	verify     bool
	dryRun     bool
	verbose    bool
	allow      bool
	extractor  string
	only       bool
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

With --extractor a command of your own is run once and asked about every article that
is new, changed, or was not asked about: it gets a line of JSON an article on standard
input (id, title, text, publisher, url, date, language, tags) and writes a line an
article, in their order, as incidex extract does. Its claims are marked with its name
and outrank what is extracted; those that are given outrank them. A quote that does
not stand in the article makes its claim doubtful. What the command fails to answer
costs its claims alone, is told in the summary, and is asked again by the next run.

` + exitCodes,
		Example: `  incidex index articles/
  incidex index --data breaches --map headline=title,body=text feed.jsonl
  incidex index --extractor 'go run watchlist.go' articles/`,
		Args: args(1, -1, "a file or folder"),
		RunE: func(c *cobra.Command, paths []string) error { return runIndex(c.Context(), g, o, paths) },
	}
	c.Flags().StringToStringVar(&o.keys, "map", nil, "names of JSON keys or columns, as THEIRS=OURS,...")
	c.Flags().BoolVar(&o.keepSample, "keep-sample", false, "keep the sample articles in the index")
	c.Flags().BoolVar(&o.rebuild, "rebuild", false, "fill a new generation from these paths alone and use it when it is complete")
	c.Flags().BoolVar(&o.verify, "verify", false, "read files that look unchanged, too")
	c.Flags().BoolVarP(&o.dryRun, "dry-run", "n", false, "say what would change, and change nothing")
	c.Flags().BoolVarP(&o.verbose, "verbose", "v", false, "list everything that was skipped")
	c.Flags().BoolVar(&o.allow, "allow-skipped", false, allowSkipped)
	c.Flags().StringVar(&o.extractor, "extractor", "", "a command that extracts claims, beside what is extracted anyway")
	c.Flags().BoolVar(&o.only, "extractor-only", false, "have the command of --extractor alone extract")
	return c
}

func runIndex(ctx context.Context, g *global, o indexOptions, paths []string) error {
	if o.only && o.extractor == "" {
		return usageError{errors.New("--extractor-only needs a command: --extractor COMMAND")}
	}
	run := httpapi.RunOptions{
		Rebuild: o.rebuild, Verify: o.verify, KeepSample: o.keepSample, Map: o.keys,
		Extractor: o.extractor, ExtractorOnly: o.only,
	}
	for _, p := range paths {
		abs, err := existingPath(p)
		if err != nil {
			return err
		}
		run.Paths = append(run.Paths, abs)
	}
	bar := newProgress(g.err)
	if o.dryRun {
		return g.dryRun(ctx, run, bar, o)
	}
	sum, err := g.index(ctx, extract.New, run, bar.show)
	bar.finish()
	if err == nil || errors.Is(err, context.Canceled) && sum.Files > 0 { // otherwise not all of it was written, or not here
		err = errors.Join(err, g.tell(sum, nil, o))
	}
	if err == nil && sum.Read == 0 && sum.Skipped > 0 {
		err = errors.New("no article could be read; the list says why")
	}
	if err == nil && sum.Skipped > 0 && !o.allow {
		err = skippedError(sum.Skipped)
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
		if o.Extractor != "" {
			return indexer.Summary{}, fmt.Errorf("%w (a server runs no --extractor)", err)
		}
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
	err = errors.Join(err, store.Close())
	if err == nil {
		err = g.deliverAlerts(ctx)
	}
	return sum, err
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
