package search

import (
	"context"
	"fmt"
	"iter"

	"incidex/data"
	"incidex/search/facet"
	"incidex/search/parallel"
	"incidex/search/query"
)

const (
	// rowsFirst is the number of hits that are found at first, so that one who waits sees
	// something, and rowsFound that of those found at a time from then on.
	rowsFirst = 50
	rowsFound = 5000
	// rowsLoaded is the number of rows whose texts and claims are in memory at once.
	rowsLoaded = 64
)

// Rows are all that a search finds, however much, in one state of the index. The caller
// closes it.
type Rows struct {
	// Response tells of the search; it has no hits, no facets and no Next, and a Level
	// in any case.
	Response
	// Count is how many rows there are: Total where Level is that of articles, or
	// Incidents.
	Count int

	snap Snapshot
	plan Plan
}

// Row is one of them: an article with what it says, or an incident with what all of its
// articles say. The other is nil.
type Row struct {
	Article  *data.Document
	Incident *data.Record
}

// Rows finds all that a request asks for, whatever its page. An empty level is that of
// the query, or articles. Articles without an incident are no rows of incidents.
func (e *Engine) Rows(ctx context.Context, req Request, level query.Level) (*Rows, error) {
	req.Page, req.PerPage, req.After, req.Facets, req.Explain = 1, 1, "", []FacetRequest{}, false
	if err := req.complete(); err != nil {
		return nil, err
	}
	snap, err := e.snapshot(ctx)
	if err != nil {
		return nil, fmt.Errorf("list rows: %w", err)
	}
	r, err := rows(ctx, snap, req, level)
	if err != nil {
		snap.Close()
		return nil, err
	}
	return r, nil
}

func rows(ctx context.Context, snap Snapshot, req Request, level query.Level) (*Rows, error) {
	p, err := req.planned(ctx, snap)
	if err != nil {
		return nil, err
	}
	if level == "" {
		level = p.query.Level
	}
	if level == "" {
		level = query.ArticleLevel
	}
	p.plan.OnePerIncident = level == query.IncidentLevel
	found, err := snap.Search(ctx, p.plan)
	if err != nil {
		return nil, fmt.Errorf("list rows: %w", err)
	}
	out := &Rows{Response: *p.res, Count: found.Total, snap: snap, plan: p.plan}
	out.Level, out.Total, out.Incidents = level, found.Total, found.Incidents
	if level == query.IncidentLevel {
		out.Count = found.Incidents
	}
	return out, nil
}

// Close lets go of the state of the index.
func (r *Rows) Close() error { return r.snap.Close() }

// All yields the rows in the order of the search, best first. It ends with an error.
func (r *Rows) All(ctx context.Context) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		for page, err := range r.pages(ctx) {
			if err != nil {
				yield(Row{}, err)
				return
			}
			for len(page) > 0 {
				n := min(rowsLoaded, len(page))
				loaded, err := r.load(ctx, page[:n])
				for _, row := range loaded {
					if err == nil && !yield(row, nil) {
						return
					}
				}
				if err != nil {
					yield(Row{}, err)
					return
				}
				page = page[n:]
			}
		}
	}
}

// pages yields the hits, some at a time.
func (r *Rows) pages(ctx context.Context) iter.Seq2[[]Match, error] {
	return func(yield func([]Match, error) bool) {
		plan := r.plan
		plan.Limit, plan.Facets, plan.Medians = rowsFirst, nil, nil
		for {
			found, err := r.snap.Search(ctx, plan)
			if err != nil {
				yield(nil, fmt.Errorf("list rows: %w", err))
				return
			}
			if !yield(found.Hits, nil) || found.Next == nil {
				return
			}
			plan.After, plan.Limit = found.Next, rowsFound
		}
	}
}

// load loads what the hits are, on all processors.
func (r *Rows) load(ctx context.Context, page []Match) ([]Row, error) {
	out := make([]Row, len(page))
	err := parallel.Try(len(page), func(i int) error {
		if r.Level == query.IncidentLevel {
			found, err := r.snap.Incidents(ctx, page[i].Incident)
			if err == nil && found[0] == nil {
				err = fmt.Errorf("incident %q: %w", page[i].Incident, ErrNotFound)
			}
			if err != nil {
				return err
			}
			rec, err := record(ctx, r.snap, found[0])
			out[i].Incident = &rec
			return err
		}
		docs, err := r.snap.Articles(ctx, page[i].ID)
		if err == nil && docs[0] == nil {
			err = fmt.Errorf("article %q: %w", page[i].ID, ErrNotFound)
		}
		if err == nil {
			out[i].Article = docs[0]
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list rows: %w", err)
	}
	return out, nil
}

// Matching returns those of the articles that a query finds: all of its words are
// wanted, and none is taken for a slip of another.
func (e *Engine) Matching(ctx context.Context, text string, ids []string) ([]string, error) {
	req := Request{Query: text, Match: WantAll, Sort: ByNewest, Facets: []FacetRequest{}, Exact: true}
	if err := req.complete(); err != nil {
		return nil, err
	}
	snap, err := e.snapshot(ctx)
	if err != nil {
		return nil, fmt.Errorf("match articles: %w", err)
	}
	defer snap.Close()
	p, err := req.planned(ctx, snap)
	if err != nil {
		return nil, err
	}
	p.plan.Filters = append(p.plan.Filters, facet.Filter{Field: facet.ID, Values: ids})
	p.plan.Limit, p.plan.OnePerIncident = len(ids), false
	found, err := snap.Search(ctx, p.plan)
	if err != nil {
		return nil, fmt.Errorf("match articles: %w", err)
	}
	out := make([]string, len(found.Hits))
	for i, h := range found.Hits {
		out[i] = h.ID
	}
	return out, nil
}
