package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"incidex/httpapi"
	"incidex/indexer"
	"incidex/indexer/extract"
	"incidex/search"
	"incidex/search/bleveindex"
)

const (
	// keptRuns is the number of runs that are listed.
	keptRuns = 50
	// keptProblems is the number of problems of a run that are listed.
	keptProblems = 1000
	// followEvery is the least time between two messages to one who follows a run.
	followEvery = 100 * time.Millisecond
)

// runs runs the index of a store, one run at a time.
type runs struct {
	store     *bleveindex.Store
	extractor func() *extract.Extractor // made when it is first needed
	roots     []string                  // absolute
	keys      map[string]string         // for files that are watched
	log       *slog.Logger
	ctx       context.Context // of the program: its end stops a run
	ended     func()          // called after every run; may be nil

	busy sync.Mutex // held by the run

	mu      sync.Mutex
	list    []*httpapi.IndexRun // oldest first
	next    int
	changed chan struct{} // closed and replaced at every change
	// finished and failed count the runs that are over, took is their time together.
	finished, failed int
	took             time.Duration
}

var _ httpapi.IndexRuns = (*runs)(nil)

func newRuns(ctx context.Context, store *bleveindex.Store, extractor func() *extract.Extractor, roots []string, log *slog.Logger) (*runs, error) {
	r := &runs{store: store, extractor: extractor, log: log, ctx: ctx, next: 1, changed: make(chan struct{})}
	for _, root := range roots {
		abs, err := existingPath(root)
		if err != nil {
			return nil, err
		}
		r.roots = append(r.roots, abs)
	}
	return r, nil
}

// Start begins a run beside searches.
func (r *runs) Start(o httpapi.RunOptions) (httpapi.IndexRun, error) {
	if err := r.claim(&o); err != nil {
		return httpapi.IndexRun{}, err
	}
	run := r.begin(o.Paths)
	began := *run
	go func() {
		defer r.busy.Unlock()
		_ = r.run(r.ctx, run, o) // the run says so itself
	}()
	return began, nil
}

// claim completes the options of a run that is allowed, and keeps other runs out: the
// caller unlocks r.busy.
func (r *runs) claim(o *httpapi.RunOptions) error {
	if len(o.Paths) == 0 {
		o.Paths = slices.Clone(r.roots)
	}
	if !o.Local {
		o.Within = nil
	}
	for i, p := range o.Paths {
		if !filepath.IsAbs(p) {
			return fmt.Errorf("%w: path %q: want an absolute path", search.ErrInvalid, p)
		}
		o.Paths[i] = filepath.Clean(p)
		if !o.Local && !r.inside(o.Paths[i]) {
			return fmt.Errorf("%w: %s is not inside the folders that the server was given", httpapi.ErrForbidden, p)
		}
	}
	if len(o.Paths) == 0 {
		return fmt.Errorf("%w: no paths, and the server was given no folders", search.ErrInvalid)
	}
	if !r.busy.TryLock() {
		return fmt.Errorf("%w: another index run is not done yet; follow it, then try again", httpapi.ErrBusy)
	}
	return nil
}

// Watched runs over folders that changed, after the run that may be under way.
func (r *runs) Watched(ctx context.Context, paths []string) error {
	r.busy.Lock()
	defer r.busy.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	run := r.begin(paths)
	err := r.run(ctx, run, httpapi.RunOptions{Paths: paths, Map: r.keys})
	if r.tellsNothing(run) {
		r.change(func() { r.list = slices.DeleteFunc(r.list, func(x *httpapi.IndexRun) bool { return x == run }) })
	}
	return err
}

// tellsNothing reports whether a run that is done found nothing to do, or failed as
// the one before it. A run after one that failed tells that all is well again.
func (r *runs) tellsNothing(run *httpapi.IndexRun) bool {
	before := &httpapi.IndexRun{State: "done"}
	if i := slices.Index(r.list, run); i > 0 {
		before = r.list[i-1]
	}
	if run.State == "done" {
		return before.State == "done" && run.New+run.Updated+run.Removed == 0 && len(run.Problems) == 0
	}
	return before.Error == run.Error && slices.Equal(before.Paths, run.Paths)
}

// inside reports whether a path lies below a root, links followed.
func (r *runs) inside(path string) bool {
	real, err := filepath.EvalSymlinks(path)
	if err != nil {
		return false
	}
	return slices.ContainsFunc(r.roots, func(root string) bool {
		root, err := filepath.EvalSymlinks(root)
		return err == nil && (real == root || strings.HasPrefix(real, strings.TrimSuffix(root, string(filepath.Separator))+string(filepath.Separator)))
	})
}

func (r *runs) begin(paths []string) *httpapi.IndexRun {
	run := &httpapi.IndexRun{State: "running", Paths: paths, Started: time.Now().UTC()}
	for _, p := range paths {
		run.Shown = append(run.Shown, r.shown(p))
	}
	r.change(func() {
		run.ID = r.next
		r.next++
		r.list = append(r.list, run)
		if n := len(r.list); n > keptRuns {
			r.list = r.list[n-keptRuns:]
		}
	})
	return run
}

// change changes what readers see, and tells them.
func (r *runs) change(f func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	f()
	close(r.changed)
	r.changed = make(chan struct{})
}

func (r *runs) run(ctx context.Context, run *httpapi.IndexRun, o httpapi.RunOptions) error {
	o.Within = append(o.Within, r.roots...)
	sum, err := indexPaths(ctx, r.store, r.extractor(), o, func(p indexer.Progress) {
		r.change(func() {
			run.Bytes, run.TotalBytes, run.Read = p.Bytes, p.Total, p.Articles
			run.Skipped, run.Partial = p.Skipped, p.Partial
			r.listProblems(run, p.Problems)
		})
	})
	if r.ended != nil {
		r.ended()
	}
	if err != nil && !errors.Is(err, context.Canceled) {
		r.log.Error("index run failed", "run", run.ID, "error", err)
	}
	r.change(func() {
		now := time.Now().UTC()
		run.State, run.Ended = "done", &now
		r.took += now.Sub(run.Started)
		if err == nil {
			r.finished++
		} else {
			r.failed++
			run.State, run.Error, run.Full = "failed", message(err), errors.Is(err, syscall.ENOSPC)
		}
		summarize(run, sum)
		run.Problems = nil // they are sorted now
		r.listProblems(run, sum.Problems)
	})
	return err
}

// summarize says in a run what a summary says, but the problems one by one.
func summarize(run *httpapi.IndexRun, sum indexer.Summary) {
	run.Seconds, run.Files, run.Opened, run.Read, run.Incidents = sum.Elapsed.Seconds(), sum.Files, sum.Opened, sum.Read, sum.Incidents
	run.Skipped, run.Partial, run.Before = sum.Skipped, sum.Partial, sum.Before
	run.New, run.Updated, run.Unchanged, run.Removed = sum.New, sum.Updated, sum.Unchanged, sum.Removed
	for _, g := range sum.Groups {
		run.Groups = append(run.Groups, httpapi.RunGroup(g))
	}
	for _, f := range sum.Formats {
		run.Formats = append(run.Formats, httpapi.RunFormat(f))
	}
	for _, p := range sum.Notes[:min(len(sum.Notes), keptProblems)] {
		run.Notes = append(run.Notes, httpapi.RunProblem{Path: p.Path, Line: p.Line, Reason: p.Reason})
	}
}

// listProblems lists the problems that a run does not list yet.
func (r *runs) listProblems(run *httpapi.IndexRun, problems []indexer.Problem) {
	for i := len(run.Problems); i < min(len(problems), keptProblems); i++ {
		run.Problems = append(run.Problems, r.problem(problems[i]))
	}
}

func (r *runs) problem(p indexer.Problem) httpapi.RunProblem {
	shown := r.shown(p.Path)
	return httpapi.RunProblem{
		Path: p.Path, Line: p.Line, Reason: p.Reason, Kept: p.Kept,
		Shown: shown, ShownReason: strings.ReplaceAll(p.Reason, p.Path, shown),
	}
}

// shown is a path without what lies above the folder that was given: the name of
// the folder and the way from there. Of a path outside all folders it is the name.
func (r *runs) shown(path string) string {
	for _, root := range r.roots {
		if rel, err := filepath.Rel(root, path); err == nil && filepath.IsLocal(rel) {
			return filepath.ToSlash(filepath.Join(filepath.Base(root), rel))
		}
	}
	return filepath.Base(path)
}

// hold runs f while no index run does; an index run under way is an ErrBusy.
func (r *runs) hold(f func() error) error {
	if !r.busy.TryLock() {
		return fmt.Errorf("%w: an index run is under way; try again when it is done", httpapi.ErrBusy)
	}
	defer r.busy.Unlock()
	return f()
}

// List returns the runs, newest first.
func (r *runs) List() []httpapi.IndexRun {
	r.mu.Lock()
	defer r.mu.Unlock()
	out := make([]httpapi.IndexRun, 0, len(r.list))
	for _, run := range slices.Backward(r.list) {
		out = append(out, *run)
	}
	return out
}

// Follow sends a run at every change until it ends.
func (r *runs) Follow(ctx context.Context, id int) (<-chan httpapi.IndexRun, bool) {
	find := func() (httpapi.IndexRun, chan struct{}, bool) {
		r.mu.Lock()
		defer r.mu.Unlock()
		for _, run := range r.list {
			if run.ID == id {
				return *run, r.changed, true
			}
		}
		return httpapi.IndexRun{}, nil, false
	}
	if _, _, ok := find(); !ok {
		return nil, false
	}
	out := make(chan httpapi.IndexRun)
	go func() {
		defer close(out)
		for {
			run, changed, ok := find()
			if !ok {
				return
			}
			select {
			case out <- run:
			case <-ctx.Done():
				return
			}
			if run.State != "running" {
				return
			}
			select {
			case <-changed:
			case <-ctx.Done():
				return
			}
			select {
			case <-time.After(followEvery):
			case <-ctx.Done():
				return
			}
		}
	}()
	return out, true
}
