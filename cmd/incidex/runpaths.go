package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"incidex/data/sample"
	"incidex/httpapi"
	"incidex/indexer"
	"incidex/indexer/extract"
	"incidex/indexer/reader"
	"incidex/search/bleveindex"
)

// runOptions are the options of the pipeline for those of a run.
func runOptions(o httpapi.RunOptions, progress func(indexer.Progress)) indexer.Options {
	var command *indexer.Command
	if o.Extractor != "" {
		command = &indexer.Command{Line: o.Extractor, Only: o.ExtractorOnly}
	}
	return indexer.Options{
		Command: command,
		Paths:   o.Paths, Within: o.Within, Reader: reader.Options{Map: o.Map}, Verify: o.Verify, Progress: progress,
		Forget: func(path string) bool { return !o.KeepSample && strings.HasPrefix(path, sample.Prefix) },
	}
}

// indexPaths brings the current generation up to date, or fills a new one and
// uses it when it is complete. The generation before is kept, older ones are not. Alerts
// are asked for what changed.
func indexPaths(ctx context.Context, store *bleveindex.Store, x *extract.Extractor, o httpapi.RunOptions, progress func(indexer.Progress)) (indexer.Summary, error) {
	sum, err := runPaths(ctx, store, x, o, progress)
	if err == nil { // otherwise the next run finds what was noted
		err = matchAlerts(ctx, store)
	}
	return sum, err
}

func runPaths(ctx context.Context, store *bleveindex.Store, x *extract.Extractor, o httpapi.RunOptions, progress func(indexer.Progress)) (indexer.Summary, error) {
	if err := store.Present(); err != nil { // what is gone cannot be brought up to date
		return indexer.Summary{}, err
	}
	rulings, err := indexer.JournalIn(store.Dir()).Rulings()
	if err != nil {
		return indexer.Summary{}, err
	}
	if err := store.RemoveUnfinished(); err != nil {
		return indexer.Summary{}, err
	}
	options := runOptions(o, progress)
	if !o.Rebuild {
		if err := store.Current().Durable(); err != nil { // what the run would take for done
			return indexer.Summary{}, err
		}
		sink, err := noted(store, store.Current())
		if err != nil {
			return indexer.Summary{}, err
		}
		run := indexer.Indexer{Sink: sink, Extractor: x, Rulings: rulings}
		return run.Run(ctx, options)
	}
	next := store.Current()
	if !next.Empty() {
		if options.Keys, err = keysOf(ctx, next); err != nil {
			return indexer.Summary{}, err
		}
		if next, err = store.Begin(); err != nil {
			return indexer.Summary{}, err
		}
	}
	sink, err := noted(store, next)
	if err != nil {
		return indexer.Summary{}, err
	}
	run := indexer.Indexer{Sink: sink, Extractor: x, Rulings: rulings}
	sum, err := run.Run(ctx, options)
	if err == nil {
		err = next.Verify(ctx, sum.New)
	}
	if err != nil && next == store.Current() {
		return sum, err
	}
	if err != nil {
		return sum, errors.Join(fmt.Errorf("the index in use was left as it is: %w", err), store.Discard(next))
	}
	before, err := store.Use(next)
	if err != nil || store.WasDamaged() { // what is damaged is left for a person to look at
		return sum, err
	}
	return sum, store.Prune(next.Name(), before)
}

// keysOf returns the names of keys with which the files of a generation were read.
func keysOf(ctx context.Context, g *bleveindex.Generation) (map[string][]string, error) {
	files, err := g.Files(ctx)
	keys := map[string][]string{}
	for _, f := range files {
		if len(f.Keys) > 0 {
			keys[f.Path] = f.Keys
		}
	}
	return keys, err
}
