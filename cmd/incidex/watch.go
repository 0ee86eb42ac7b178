package main

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"incidex/httpapi"
	"incidex/indexer"
	"incidex/indexer/extract"
	"incidex/search/bleveindex"
)

type watchOptions struct {
	keys       map[string]string
	keepSample bool
	poll       time.Duration
}

func newWatch(g *global) *cobra.Command {
	var o watchOptions
	c := &cobra.Command{
		Use:   "watch PATH...",
		Short: "Keep the index up to date with folders of articles",
		Long: `Watch brings the index up to date as index does, and again whenever something below
the folders changes, until it is stopped. Between runs it does not hold the index:
other commands can read it. Beside a running server it hands its runs over to it.

` + exitCodes,
		Example: `  incidex watch articles/
  incidex watch --poll 1m /mnt/network/articles`,
		Args: args(1, -1, "a folder"),
		RunE: func(c *cobra.Command, folders []string) error { return runWatch(c.Context(), g, o, folders) },
	}
	c.Flags().StringToStringVar(&o.keys, "map", nil, "names of JSON keys or columns, as THEIRS=OURS,...")
	c.Flags().BoolVar(&o.keepSample, "keep-sample", false, "keep the sample articles in the index")
	c.Flags().DurationVar(&o.poll, "poll", 0, "look at the folders in this interval, as for network drives")
	return c
}

func runWatch(ctx context.Context, g *global, o watchOptions, folders []string) error {
	var roots []string
	for _, folder := range folders {
		root, err := existingPath(folder)
		if err != nil {
			return err
		}
		roots = append(roots, root)
	}
	extractor := sync.OnceValue(extract.New)
	said := "" // why the last run was not done
	tell := func(text string) {
		if text != said {
			say(g.toErr(), "incidex: %s\n", text)
		}
		said = text
	}
	w := indexer.Watcher{Roots: roots, Poll: o.poll, Log: slog.New(slog.NewTextHandler(g.err, nil))}
	w.Changed = func(ctx context.Context, paths []string) error {
		run := httpapi.RunOptions{Paths: paths, Within: roots, Map: o.keys, KeepSample: o.keepSample}
		sum, err := g.index(ctx, extractor, run, func(indexer.Progress) {})
		for busy(err) && ctx.Err() == nil {
			tell("another process uses the index; waiting for it")
			select {
			case <-ctx.Done():
			case <-time.After(busyTime):
				sum, err = g.index(ctx, extractor, run, func(indexer.Progress) {})
			}
		}
		switch {
		case ctx.Err() != nil:
		case err != nil:
			tell(message(err) + "; trying again")
		default:
			said = ""
			g.printRun(sum)
		}
		return err
	}
	if g.json {
		if err := writeJSON(g.out, watching{roots}); err != nil {
			return err
		}
		return w.Run(ctx)
	}
	say(g.toOut(), "incidex watches %s (Ctrl-C stops it)\n", strings.Join(roots, ", "))
	return w.Run(ctx)
}

// watching is what watch writes in JSON when it begins; a summary of each run follows.
type watching struct {
	Folders []string `json:"watches"`
}

// busyTime is the time between two tries to use an index that others use.
const busyTime = 300 * time.Millisecond

func busy(err error) bool {
	var locked *bleveindex.LockedError
	return errors.As(err, &locked) || errors.Is(err, httpapi.ErrBusy)
}

// printRun prints a line about a run that changed something, and what it skipped.
func (g *global) printRun(s indexer.Summary) {
	if s.Indexed()+s.Removed+s.Skipped+s.Partial == 0 {
		return
	}
	if g.json {
		if err := g.tell(s, nil, indexOptions{}); err != nil {
			say(g.toErr(), "incidex: %v\n", err)
		}
		return
	}
	out := g.toOut()
	say(out, "%s  %d new, %d updated, %d removed, %d skipped\n", time.Now().Format(time.DateTime), s.New, s.Updated, s.Removed, s.Skipped)
	printProblems(out, s, false)
}
