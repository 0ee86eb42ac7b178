package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/samber/lo"

	"incidex/httpapi"
	"incidex/indexer"
	"incidex/indexer/extract"
	"incidex/search/bleveindex"
)

// dryRun prints what a run would change.
func (g *global) dryRun(ctx context.Context, o httpapi.RunOptions, bar *progress, show indexOptions) error {
	var sum indexer.Summary
	var changes []httpapi.RunChange
	err := g.read(true,
		func(s *bleveindex.Store) (err error) {
			sum, changes, err = dryRunIn(ctx, s, extract.New(), o, bar.show)
			return err
		},
		func(r remote) (err error) {
			if o.Extractor != "" {
				return fmt.Errorf("the server on %s has the index open and runs no --extractor; stop it first", r.address)
			}
			sum, changes, err = r.dryRun(ctx, o, bar.show)
			return err
		})
	if errors.Is(err, bleveindex.ErrNoIndex) { // a person may try a folder first
		run := indexer.Indexer{Sink: indexer.Nothing{}, Extractor: extract.New()}
		var found indexer.Changes
		found, err = run.DryRun(ctx, runOptions(o, bar.show), false)
		sum, changes = found.Summary, runChanges(found)
	}
	bar.finish()
	if err != nil {
		return err
	}
	if err := g.tell(sum, changes, show); err != nil || sum.Skipped == 0 || show.allow {
		return err
	}
	return skippedError(sum.Skipped)
}

// dryRunIn finds out what a run would change in the current generation.
func dryRunIn(ctx context.Context, store *bleveindex.Store, x *extract.Extractor, o httpapi.RunOptions, progress func(indexer.Progress)) (indexer.Summary, []httpapi.RunChange, error) {
	rulings, err := indexer.JournalIn(store.Dir()).Rulings()
	if err != nil {
		return indexer.Summary{}, nil, err
	}
	options := runOptions(o, progress)
	if o.Rebuild {
		if options.Keys, err = keysOf(ctx, store.Current()); err != nil {
			return indexer.Summary{}, nil, err
		}
	}
	run := indexer.Indexer{Sink: store.Current(), Extractor: x, Rulings: rulings}
	changes, err := run.DryRun(ctx, options, o.Rebuild)
	return changes.Summary, runChanges(changes), err
}

func runChanges(c indexer.Changes) []httpapi.RunChange {
	var out []httpapi.RunChange
	for _, a := range c.Articles {
		out = append(out, httpapi.RunChange{Kind: a.Kind, ID: a.ID, Title: a.Title})
	}
	for _, f := range c.Fields {
		out = append(out, httpapi.RunChange{Kind: "claims", Field: f.Field, Added: f.Added, Removed: f.Removed})
	}
	for _, s := range c.Splits {
		out = append(out, httpapi.RunChange{Kind: "split", ID: s.Incident, Others: s.Others})
	}
	for _, m := range c.Merges {
		out = append(out, httpapi.RunChange{Kind: "merge", ID: m.Incident, Others: m.Others})
	}
	if c.Come+c.Go > 0 {
		out = append(out, httpapi.RunChange{Kind: "incidents", Added: c.Come, Removed: c.Go})
	}
	return out
}

func printChanges(w io.Writer, changes []httpapi.RunChange, verbose bool) {
	articles := lo.CountBy(changes, func(c httpapi.RunChange) bool {
		return !slices.Contains([]string{"claims", "split", "merge", "incidents"}, c.Kind)
	}) // first
	for i, c := range changes {
		switch {
		case i < articles && i >= maxProblems && !verbose:
			if i == maxProblems {
				say(w, "  ... and %d more articles; --verbose lists them all\n", articles-i)
			}
		case c.Kind == "claims":
			say(w, "claims of %-16s +%d -%d\n", c.Field, c.Added, c.Removed)
		case c.Kind == "split":
			say(w, "incident %s would split into %s\n", c.ID, strings.Join(c.Others, ", "))
		case c.Kind == "merge":
			say(w, "incident %s would be merged from %s\n", c.ID, strings.Join(c.Others, ", "))
		case c.Kind == "incidents":
			say(w, "incidents of articles that stay: +%d -%d\n", c.Added, c.Removed)
		default:
			say(w, "  %-8s %s  %s\n", c.Kind, c.ID, c.Title)
		}
	}
	fmt.Fprintln(w, "this was a dry run: nothing was changed")
}

// DryRun finds out what a run would change. Other runs wait, or are refused.
func (r *runs) DryRun(ctx context.Context, o httpapi.RunOptions, progress func(httpapi.IndexRun)) (httpapi.IndexRun, []httpapi.RunChange, error) {
	run := httpapi.IndexRun{State: "running", Started: time.Now().UTC()}
	if err := r.claim(&o); err != nil {
		return run, nil, err
	}
	defer r.busy.Unlock()
	run.Paths, o.Within = o.Paths, append(o.Within, r.roots...)
	var said time.Time
	sum, changes, err := dryRunIn(ctx, r.store, r.extractor(), o, func(p indexer.Progress) {
		if time.Since(said) >= followEvery {
			said = time.Now()
			run.Bytes, run.TotalBytes, run.Read = p.Bytes, p.Total, p.Articles
			progress(run)
		}
	})
	now := time.Now().UTC()
	run.State, run.Ended = "done", &now
	if err != nil {
		run.State, run.Error = "failed", message(err)
	}
	summarize(&run, sum)
	r.listProblems(&run, sum.Problems)
	return run, changes, nil
}

// dryRun has the server do a dry run and reads what it found.
func (r remote) dryRun(ctx context.Context, o httpapi.RunOptions, progress func(indexer.Progress)) (sum indexer.Summary, changes []httpapi.RunChange, err error) {
	res, err := r.do(ctx, http.MethodPost, "index-runs/dry", o)
	if err != nil {
		return sum, nil, err
	}
	defer res.Body.Close()
	done := false
	for in := json.NewDecoder(bufio.NewReader(res.Body)); ; {
		var line httpapi.DryRunLine
		switch err := in.Decode(&line); {
		case err == io.EOF && done:
			return sum, changes, nil
		case err != nil:
			return sum, nil, r.brokenOff(err)
		case line.Change != nil:
			changes = append(changes, *line.Change)
		case line.Run != nil && line.Run.Error != "":
			return sum, nil, errors.New(line.Run.Error)
		case line.Run != nil && line.Run.State != "running":
			sum, done = summaryOf(*line.Run), true
		case line.Run != nil:
			progress(progressOf(*line.Run))
		}
	}
}
