package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/samber/lo"

	"incidex/httpapi"
	"incidex/indexer"
	"incidex/indexer/group"
	"incidex/search"
	"incidex/search/bleveindex"
)

// groups carries a person's decisions on incidents out.
type groups struct {
	store *bleveindex.Store
	// hold keeps index runs out while f runs; nil where there are none.
	hold func(f func() error) error
}

var _ httpapi.Groups = groups{}

func (g groups) journal() indexer.Journal { return indexer.JournalIn(g.store.Dir()) }

// Decide completes a decision with the articles that it concerns, records it and
// groups them anew.
func (g groups) Decide(ctx context.Context, d httpapi.GroupDecision) (httpapi.GroupDecision, error) {
	var out httpapi.GroupDecision
	decide := func() error {
		if _, err := g.follow(ctx); err != nil { // what a kill has cut off
			return err
		}
		e, err := g.complete(ctx, d)
		if err != nil {
			return err
		}
		if e, err = g.journal().Append(e); err != nil {
			if errors.Is(err, indexer.ErrRefused) {
				err = fmt.Errorf("%w: %w", search.ErrInvalid, err)
			}
			return err
		}
		out = decisionOf(e)
		out.Incidents, err = g.follow(ctx)
		return err
	}
	if g.hold != nil {
		return out, g.hold(decide)
	}
	return out, decide()
}

// complete makes a journal's entry of a decision.
func (g groups) complete(ctx context.Context, d httpapi.GroupDecision) (group.Entry, error) {
	e := group.Entry{
		Act: group.Act(d.Act), Incident: d.Incident, Others: d.Others, Articles: d.Articles, New: d.New,
		Undoes: d.Undoes, Note: d.Note, At: time.Now().UTC().Format(time.RFC3339),
	}
	if e.Act == group.ActUndo {
		return e, nil
	}
	incidents, err := g.store.Current().Incidents(ctx, append([]string{d.Incident}, d.Others...)...)
	if err != nil {
		return e, err
	}
	for i, inc := range incidents {
		if inc == nil {
			return e, fmt.Errorf("incident %q: %w", append([]string{d.Incident}, d.Others...)[i], search.ErrNotFound)
		}
	}
	of := incidents[0].Subjects()
	e.Incident = incidents[0].ID
	switch e.Act {
	case group.ActSplit:
		if missing, _ := lo.Difference(e.Articles, of); len(missing) > 0 {
			return e, fmt.Errorf("%w: article %s is not about %s", search.ErrInvalid, missing[0], e.Incident)
		}
		e.Rest, _ = lo.Difference(of, e.Articles)
		if len(e.Rest) == 0 {
			return e, fmt.Errorf("%w: these are all articles of %s: nothing would be split", search.ErrInvalid, e.Incident)
		}
		if e.New == "" {
			e.New, err = g.newID(ctx, e.Incident)
		} else {
			err = g.checkNew(ctx, e.New)
		}
	case group.ActMerge:
		e.Others = nil
		for _, inc := range incidents {
			own := inc.Subjects()
			if len(own) == 0 {
				return e, fmt.Errorf("%w: no article is about %s, some only mention it: nothing of it can be merged", search.ErrInvalid, inc.ID)
			}
			e.Articles = append(e.Articles, own...)
			if inc.ID != e.Incident {
				e.Others = append(e.Others, inc.ID)
			}
		}
		if len(e.Others) == 0 {
			return e, fmt.Errorf("%w: name another incident to merge into %s", search.ErrInvalid, e.Incident)
		}
		e.Articles = lo.Uniq(e.Articles)
	case group.ActPin:
		docs, err := g.store.Current().Articles(ctx, e.Articles...)
		if err != nil {
			return e, err
		}
		for i, doc := range docs {
			if doc == nil {
				return e, fmt.Errorf("article %q: %w", e.Articles[i], search.ErrNotFound)
			}
		}
		e.Rest, _ = lo.Difference(of, e.Articles)
	}
	return e, err
}

// maxNewID is the most bytes of an id that a person gives.
const maxNewID = 200

// checkNew refuses an id that cannot stand in an address and on a terminal, and one
// that is taken.
func (g groups) checkNew(ctx context.Context, id string) error {
	odd := func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("-_.", r)
	}
	if len(id) > maxNewID || !utf8.ValidString(id) || strings.ContainsFunc(id, odd) || strings.Trim(id, ".") == "" {
		return fmt.Errorf("%w: new: want an id of letters, digits and hyphens, at most %d bytes", search.ErrInvalid, maxNewID)
	}
	found, err := g.store.Current().Incidents(ctx, id)
	if err == nil && found[0] != nil {
		err = fmt.Errorf("%w: new: there is an incident %s already", search.ErrInvalid, id)
	}
	return err
}

// newID finds an id for what is split off.
func (g groups) newID(ctx context.Context, from string) (string, error) {
	for n := 2; ; n++ {
		id := fmt.Sprintf("%s-%d", from, n)
		found, err := g.store.Current().Incidents(ctx, id)
		if err != nil || found[0] == nil {
			return id, err
		}
	}
}

// follow groups the articles of the decisions anew that the index does not follow yet,
// and returns the incidents that they are about.
func (g groups) follow(ctx context.Context) ([]string, error) {
	rulings, err := g.journal().Rulings()
	if err != nil {
		return nil, err
	}
	x := indexer.Indexer{Sink: g.store.Current(), Rulings: rulings}
	return x.Follow(ctx)
}

func decisionOf(e group.Entry) httpapi.GroupDecision {
	return httpapi.GroupDecision{
		N: e.N, Act: string(e.Act), Incident: e.Incident, Others: e.Others, Articles: e.Articles, New: e.New,
		Undoes: e.Undoes, At: e.At, Note: e.Note,
	}
}

// Decisions returns the journal.
func (g groups) Decisions() ([]httpapi.GroupDecision, error) {
	entries, err := g.journal().Entries()
	return lo.Map(entries, func(e group.Entry, _ int) httpapi.GroupDecision { return decisionOf(e) }), err
}

// Explain says why the first articles of an incident are in it.
func (g groups) Explain(ctx context.Context, id string) ([]httpapi.GroupReason, error) {
	found, err := g.store.Current().Incidents(ctx, id)
	if err != nil {
		return nil, err
	}
	inc := found[0]
	if inc == nil {
		return nil, fmt.Errorf("incident %q: %w", id, search.ErrNotFound)
	}
	rulings, err := g.journal().Rulings()
	if err != nil {
		return nil, err
	}
	first := *inc
	first.Members = inc.Members[:min(httpapi.MaxExplained, len(inc.Members))]
	x := indexer.Indexer{Sink: g.store.Current(), Rulings: rulings}
	decisions, err := x.Explain(ctx, &first)
	if err != nil {
		return nil, err
	}
	out := []httpapi.GroupReason{}
	for _, m := range first.Members {
		docs, err := g.store.Current().Articles(ctx, m.Article)
		if err != nil {
			return nil, err
		}
		r := httpapi.GroupReason{Article: m.Article, Role: string(m.Role)}
		if docs[0] != nil {
			r.Title = docs[0].Title
		}
		d := decisions[m.Article]
		r.Ruling = d.Ruling
		for _, c := range d.Compared {
			if c.Incident == inc.ID {
				r.Score, r.Nearest, r.Reasons = c.Score, c.Article, sums(c)
			} else {
				r.Others = append(r.Others, httpapi.GroupOther{Incident: c.Incident, Score: c.Score, Guard: c.Guard, Reasons: sums(c)})
			}
		}
		out = append(out, r)
	}
	return out, nil
}

func sums(c group.Comparison) []httpapi.GroupSum {
	return lo.Map(c.Contributions, func(w group.Contribution, _ int) httpapi.GroupSum {
		return httpapi.GroupSum{Reason: w.Reason, Score: w.Score}
	})
}
