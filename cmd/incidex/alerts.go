package main

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"incidex/data"
	"incidex/indexer"
	"incidex/search"
	"incidex/search/alert"
	"incidex/search/bleveindex"
)

// notingSink notes the articles that a batch adds or changes, before it is applied.
type notingSink struct {
	*bleveindex.Generation
	// before has the articles as they are known: another generation while one is filled.
	before *bleveindex.Generation
	book   *alert.Book
}

var _ indexer.Sink = notingSink{}

// noted is a generation to write to. Where there are alerts, articles are noted.
func noted(store *bleveindex.Store, to *bleveindex.Generation) (indexer.Sink, error) {
	book := alert.In(store.Dir())
	some, err := book.Any()
	if err != nil || !some {
		return to, err
	}
	return notingSink{to, store.Current(), book}, nil
}

func (s notingSink) Apply(ctx context.Context, b *data.Batch) error {
	ids := make([]string, len(b.Articles))
	for i, d := range b.Articles {
		ids[i] = d.ID
	}
	known, err := s.before.Articles(ctx, ids...)
	if err != nil {
		return err
	}
	var notes []alert.Note
	for i, d := range b.Articles {
		switch {
		case known[i] == nil:
			notes = append(notes, alert.Note{ID: d.ID, Hash: d.Hash, Change: alert.Added})
		case known[i].Hash != d.Hash:
			notes = append(notes, alert.Note{ID: d.ID, Hash: d.Hash, Change: alert.Changed})
		}
	}
	if err := s.book.Note(notes); err != nil {
		return err
	}
	return s.Generation.Apply(ctx, b)
}

// matchAlerts makes messages of what was noted, also by a run that was cut off. No run
// may be under way. A run that was stopped leaves it to the next one.
func matchAlerts(ctx context.Context, store *bleveindex.Store) error {
	if ctx.Err() != nil {
		return nil
	}
	return alert.In(store.Dir()).Match(ctx, search.NewEngine(store), store.Current().Articles, time.Now())
}

// alerts delivers messages while the program runs.
type alerts struct {
	store *bleveindex.Store
	log   *slog.Logger
	woken chan struct{}
}

func newAlerts(store *bleveindex.Store, log *slog.Logger) *alerts {
	return &alerts{store, log, make(chan struct{}, 1)}
}

// wake says that there may be messages.
func (a *alerts) wake() {
	select {
	case a.woken <- struct{}{}:
	default:
	}
}

// run first matches what a run that was cut off has noted, then delivers whatever is due,
// until ctx ends. The lock is held by runs.
func (a *alerts) run(ctx context.Context, runs sync.Locker) {
	runs.Lock()
	err := matchAlerts(ctx, a.store)
	runs.Unlock()
	for {
		var next time.Time
		if err == nil {
			next, err = alert.In(a.store.Dir()).Deliver(ctx, time.Now, a.log)
		}
		if err != nil && ctx.Err() == nil {
			a.log.Error("alerts are not delivered", "error", err)
		}
		err = nil
		due := make(<-chan time.Time)
		if !next.IsZero() {
			due = time.After(time.Until(next))
		}
		select {
		case <-ctx.Done():
			return
		case <-a.woken:
		case <-due:
		}
	}
}

// patience is how long a command tries to deliver alerts that fail.
const patience = 10 * time.Second

// deliverAlerts delivers what a run here has found. What cannot be delivered waits for the
// next run, or for a server.
func (g *global) deliverAlerts(ctx context.Context) error {
	book := alert.In(g.data)
	for end := time.Now().Add(patience); ; {
		next, err := book.Deliver(ctx, time.Now, slog.New(slog.DiscardHandler))
		if err != nil || next.IsZero() {
			return err
		}
		if next.After(end) {
			break
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Until(next)):
		}
	}
	all, err := book.List()
	for _, a := range all {
		if a.Waiting > 0 {
			say(g.toErr(), "incidex: alert %s: %d messages wait for the next run or for a server: %s\n", a.Name, a.Waiting, a.Problem)
		}
	}
	return err
}
