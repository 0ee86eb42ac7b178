package search

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"incidex/data"
	"incidex/data/vocab"
	"incidex/search/cache"
	"incidex/search/compare"
	"incidex/search/facet"
	"incidex/search/query"
)

// Engine answers requests from an index. It is safe for concurrent use.
type Engine struct {
	index Index
	kept  *cache.Cache[keptKey, *Response] // nil keeps nothing
}

// NewEngine returns an engine over an index that keeps no answers.
func NewEngine(index Index) *Engine { return &Engine{index: index} }

// Search finds articles. A request that can never succeed is an ErrInvalid. Nothing
// below the response must be changed, as others may get the same.
func (e *Engine) Search(ctx context.Context, req Request) (*Response, error) {
	if err := req.complete(); err != nil {
		return nil, err
	}
	snap, err := e.snapshot(ctx)
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	defer snap.Close()
	if e.kept == nil || req.Explain || inUTF16(ctx) {
		return answer(ctx, snap, req)
	}
	key := keptKey{snap.State(), fmt.Sprintf("%#v", req)}
	res, ok := e.kept.Get(key)
	if !ok {
		if res, err = answer(ctx, snap, req); err != nil {
			return nil, err
		}
		own, bytes := res.own()
		e.kept.Put(key, own, bytes+len(key.request))
	}
	out := *res
	return &out, nil
}

// planned is a request in the form that an index answers, and what is known of the
// answer before it is asked.
type planned struct {
	plan  Plan
	query query.Query
	need  need
	res   *Response
}

// planned plans a request that is complete.
func (r Request) planned(ctx context.Context, snap Snapshot) (*planned, error) {
	q, problems := query.Parse(r.Query)
	q.Root = country(q.Root)
	ranks := len(query.Words(q.Root)) > 0 && searchable(q.Root)
	if r.Sort == "" || r.Sort == ByRelevance && !ranks {
		r.Sort = ByNewest
		if ranks {
			r.Sort = ByRelevance
		}
	}
	after, moved, err := r.cursor(snap.Generation())
	if err != nil {
		return nil, err
	}
	res := &Response{
		Query: q.String(), Problems: problems, Sort: r.Sort, Page: r.Page, PerPage: r.PerPage,
		Level: q.Level, Generation: snap.Generation(), Facets: []Facet{}, Notes: said(r.Query, q, problems),
	}
	filters, err := stored(snap, r.Filters)
	if err != nil {
		return nil, err
	}
	plan := Plan{
		Query: q.Root, Filters: facetFilters(filters), Facets: r.facets(filters), Sort: r.Sort,
		Offset: (r.Page - 1) * r.PerPage, Limit: r.PerPage, After: after, Explain: r.Explain, OnePerIncident: q.Level == query.IncidentLevel, Medians: r.medians,
	}
	if !r.Exact {
		var corrected []Note
		if plan.Query, corrected, err = correct(ctx, snap, q.Root); err != nil {
			return nil, fmt.Errorf("search: %w", err)
		}
		res.Notes = append(res.Notes, corrected...)
	}
	var also []Note
	plan.Names, also = names(snap, plan.Query)
	res.Notes = append(res.Notes, also...)
	need, err := needed(ctx, snap, &plan, r.Match)
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	res.Match = need.match
	if moved != nil {
		res.Notes = append(res.Notes, *moved)
	}
	return &planned{plan, q, need, res}, nil
}

// answer answers a request that is complete.
func answer(ctx context.Context, snap Snapshot, req Request) (*Response, error) {
	p, err := req.planned(ctx, snap)
	if err != nil {
		return nil, err
	}
	q, plan, res := p.query, p.plan, p.res
	req.Sort = plan.Sort
	found, err := snap.Search(ctx, plan)
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	if note := p.need.note(found.Total, plan.Limit, q.String()); note != nil {
		res.Notes = append(res.Notes, *note)
	}
	for i := range res.Notes {
		res.Notes[i].Query = atLevel(res.Notes[i].Query, q.Level)
	}
	if inUTF16(ctx) {
		typed := newUnits(req.Query)
		for i, p := range res.Problems {
			res.Problems[i].Span = typed.span(p.Span)
		}
	}
	res.Words = found.Words
	res.Next = req.next(found.Next, res.Generation)
	res.Total, res.Incidents, res.medians = found.Total, found.Incidents, found.Medians
	for _, f := range found.Facets {
		res.Facets = append(res.Facets, labeled(f))
	}
	res.Hits, err = hits(ctx, snap, plan.Query, found.Hits, req.Plain)
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	return res, nil
}

// atLevel adds the level of a query to another one.
func atLevel(text string, level query.Level) string {
	if text == "" || level == "" {
		return text
	}
	return text + " level:" + string(level)
}

func labeled(r facet.Result) Facet {
	info, _ := data.Field(r.Field).Info()
	label := info.Plural
	if q, ok := query.Lookup(r.Field); ok && label == r.Field {
		label = q.Label
	}
	for i := range r.Values {
		v := &r.Values[i]
		v.Low, v.High = decimal(v.Low), decimal(v.High)
		v.Label = vocab.Label(data.Field(r.Field), v.Value)
	}
	return Facet{Result: r, Label: label}
}

// decimal writes an encoded number in digits, and anything else as it is.
func decimal(s string) string {
	if n, ok := facet.DecodeNumber(s); ok {
		return strconv.FormatFloat(n, 'f', -1, 64)
	}
	return s
}

// Article loads an article; an id that the index does not have is an ErrNotFound.
func (e *Engine) Article(ctx context.Context, id string) (*data.Document, error) {
	snap, err := e.snapshot(ctx)
	if err != nil {
		return nil, fmt.Errorf("load article: %w", err)
	}
	defer snap.Close()
	docs, err := snap.Articles(ctx, id)
	if err != nil {
		return nil, fmt.Errorf("load article: %w", err)
	}
	if docs[0] == nil {
		return nil, fmt.Errorf("article %q: %w", id, ErrNotFound)
	}
	return docs[0], nil
}

// Record loads an incident, by its id or that of one merged into it, with all
// claims of its articles. An id that the index does not have is an ErrNotFound.
func (e *Engine) Record(ctx context.Context, id string) (*data.Record, error) {
	records, _, err := e.records(ctx, []string{id})
	if err != nil {
		return nil, err
	}
	return &records[0], nil
}

// Records loads incidents in the order of their ids. An id that the index does not have is
// ErrNotFound.
func (e *Engine) Records(ctx context.Context, ids ...string) ([]data.Record, error) {
	records, _, err := e.records(ctx, ids)
	return records, err
}

// Compare lays incidents side by side, in the order of their ids.
func (e *Engine) Compare(ctx context.Context, ids []string, o compare.Options) (*compare.Table, error) {
	if len(ids) < compare.MinIncidents || len(ids) > compare.MaxIncidents {
		return nil, invalid("ids", "%d incidents to compare: want %d to %d", len(ids), compare.MinIncidents, compare.MaxIncidents)
	}
	records, generation, err := e.records(ctx, ids)
	if err != nil {
		return nil, err
	}
	o.Generation = generation
	t, err := compare.Records(records, o)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrInvalid, err)
	}
	return &t, nil
}

func (e *Engine) records(ctx context.Context, ids []string) ([]data.Record, string, error) {
	snap, err := e.snapshot(ctx)
	if err != nil {
		return nil, "", fmt.Errorf("load incident: %w", err)
	}
	defer snap.Close()
	incidents, err := snap.Incidents(ctx, ids...)
	if err != nil {
		return nil, "", fmt.Errorf("load incident: %w", err)
	}
	records := make([]data.Record, len(ids))
	for i, inc := range incidents {
		if inc == nil {
			return nil, "", fmt.Errorf("incident %q: %w", ids[i], ErrNotFound)
		}
		if records[i], err = record(ctx, snap, inc); err != nil {
			return nil, "", fmt.Errorf("load incident %q: %w", ids[i], err)
		}
	}
	return records, snap.Generation(), nil
}

// record merges what the articles of an incident say.
func record(ctx context.Context, snap Snapshot, inc *data.Incident) (data.Record, error) {
	articles := make([]string, len(inc.Members))
	for i, m := range inc.Members {
		articles[i] = m.Article
	}
	docs, err := snap.Articles(ctx, articles...)
	if err != nil {
		return data.Record{}, err
	}
	docs = slices.DeleteFunc(docs, func(d *data.Document) bool { return d == nil })
	return data.Merge(*inc, docs), nil
}

// State is a number that no other state of the index has, as long as the program runs.
func (e *Engine) State(ctx context.Context) (uint64, error) {
	snap, err := e.snapshot(ctx)
	if err != nil {
		return 0, errors.Join(ErrUnavailable, err)
	}
	defer snap.Close()
	return snap.State(), nil
}

// Generation names the state of the index.
func (e *Engine) Generation(ctx context.Context) (string, error) {
	snap, err := e.snapshot(ctx)
	if err != nil {
		return "", errors.Join(ErrUnavailable, err)
	}
	defer snap.Close()
	return snap.Generation(), nil
}
