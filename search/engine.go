package search

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

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
	snap, err := e.index.Snapshot()
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	defer snap.Close()
	if e.kept == nil || req.Explain {
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

// answer answers a request that is complete.
func answer(ctx context.Context, snap Snapshot, req Request) (*Response, error) {
	q, problems := query.Parse(req.Query)
	words := query.Words(q.Root)
	if req.Sort == "" || req.Sort == ByRelevance && len(words) == 0 {
		req.Sort = ByNewest
		if len(words) > 0 {
			req.Sort = ByRelevance
		}
	}
	after, err := req.cursor()
	if err != nil {
		return nil, err
	}
	if after != nil && q.Level == query.IncidentLevel {
		return nil, fmt.Errorf("%w: after with level:incident: its pages have numbers only", ErrInvalid)
	}
	res := &Response{
		Query: q.String(), Problems: problems, Sort: req.Sort, Page: req.Page, PerPage: req.PerPage,
		Level: q.Level, Generation: snap.Generation(), Facets: []Facet{},
	}
	plan := Plan{
		Query: q.Root, Filters: req.filters(), Facets: req.facets(), Sort: req.Sort,
		Offset: (req.Page - 1) * req.PerPage, Limit: req.PerPage, After: after, Explain: req.Explain, Medians: req.medians,
	}
	if plan.Query, res.Notes, err = correct(snap, q.Root); err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	var also []Note
	plan.Names, also = names(snap, plan.Query)
	res.Notes = append(res.Notes, also...)
	finder := find
	if q.Level == query.IncidentLevel {
		finder = findIncidents
	}
	found, note, err := finder(ctx, snap, plan)
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	if note != nil {
		res.Notes = append(res.Notes, *note)
	}
	for i := range res.Notes {
		res.Notes[i].Query = atLevel(res.Notes[i].Query, q.Level)
	}
	res.Words = found.Words
	if q.Level != query.IncidentLevel {
		res.Next = req.next(found.Next)
	}
	res.Total, res.Incidents, res.medians = found.Total, found.Incidents, found.Medians
	for _, f := range found.Facets {
		res.Facets = append(res.Facets, labeled(f))
	}
	res.Hits, err = hits(ctx, snap, plan.Query, found.Hits)
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	return res, nil
}

// find wants all words of a short query when enough articles have them, and
// otherwise any: one article that happens to have them all must not hide the others.
// A long query is content with any of its words from the start.
func find(ctx context.Context, snap Snapshot, plan Plan) (*Matches, *Note, error) {
	either := anyOf(plan.Query)
	if either == nil {
		found, err := snap.Search(ctx, plan)
		return found, nil, err
	}
	long := len(query.Words(plan.Query)) > maxAllWords
	all := 0
	if !long {
		plan.Optional = general
		found, err := snap.Search(ctx, plan)
		if err != nil {
			return nil, nil, err
		}
		if all = found.Total; all >= minAllWords {
			note := &Note{
				Kind: NoteAllWords, Query: query.Query{Root: either}.String(),
				Text: "These articles have all of the words that matter. Others have some.",
			}
			if all >= plan.Limit {
				note = nil
			}
			return found, note, nil
		}
	}
	plan.Any = true
	found, err := snap.Search(ctx, plan)
	if err != nil || found.Total == all {
		return found, nil, err
	}
	note := &Note{Kind: NoteAnyWords, Text: "No article has all of these words. These have some of them."}
	switch {
	case long:
		note.Text = "These articles have some of the words, the best ones first."
		plan.Query, plan.Limit, plan.Facets, plan.Sort, plan.After = exactly(plan.Query), 1, nil, ByNewest, nil
		with, err := snap.Search(ctx, plan)
		if err != nil {
			return nil, nil, err
		}
		if with.Total > 0 {
			note.Query = query.Query{Root: plan.Query}.String()
		}
	case all > 0:
		note.Text = fmt.Sprintf("Few articles (%d) have all of these words. The others have some of them.", all)
		note.Query = query.Query{Root: exactly(plan.Query)}.String()
	}
	return found, note, nil
}

// complete fills in what the request leaves open and checks the limits.
func (r *Request) complete() error {
	if r.Page == 0 {
		r.Page = 1
	}
	if r.PerPage == 0 {
		r.PerPage = DefaultPerPage
	}
	if r.Facets == nil {
		for _, f := range DefaultFacets {
			r.Facets = append(r.Facets, FacetRequest{Field: f})
		}
	}
	switch {
	case r.Page < 1:
		return fmt.Errorf("%w: page %d: pages count from 1", ErrInvalid, r.Page)
	case r.PerPage < 1 || r.PerPage > MaxPerPage:
		return fmt.Errorf("%w: per_page %d: want 1 to %d", ErrInvalid, r.PerPage, MaxPerPage)
	case r.Page-1 > MaxOffset/r.PerPage:
		return fmt.Errorf("%w: page %d begins after hit %d, the last that numbers of pages reach: narrow the search, or ask with after and the next of the page before", ErrInvalid, r.Page, MaxOffset)
	case r.After != "" && r.Page > 1:
		return fmt.Errorf("%w: page %d with after: a page has a number or follows another one", ErrInvalid, r.Page)
	case r.Sort != "" && !slices.Contains(Sorts, r.Sort):
		return fmt.Errorf("%w: sort %q: want %s", ErrInvalid, r.Sort, join(Sorts))
	}
	values := 0
	for _, f := range r.Filters {
		if !slices.Contains(Facetable, f.Field) && f.Field != "incident" {
			return fmt.Errorf("%w: filter by %q: want one of %s", ErrInvalid, f.Field, join(Facetable))
		}
		values += len(f.Values)
		for _, v := range f.Values {
			if _, ok := sizeRange(v); f.Field == string(data.Records) && v != Missing && !ok {
				return fmt.Errorf("%w: filter by records %q: want one of %s; the query records:>=5000 takes any number", ErrInvalid, v, join(sizeNames()))
			}
		}
	}
	if values > MaxFilters {
		return fmt.Errorf("%w: %d filter values: at most %d are allowed", ErrInvalid, values, MaxFilters)
	}
	for _, f := range r.Facets {
		if !slices.Contains(Facetable, f.Field) {
			return fmt.Errorf("%w: facet %q: want one of %s", ErrInvalid, f.Field, join(Facetable))
		}
		if f.Limit < 0 || f.Limit > MaxFacetValues {
			return fmt.Errorf("%w: %d values of facet %s: want 0 to %d", ErrInvalid, f.Limit, f.Field, MaxFacetValues)
		}
	}
	return nil
}

func join[S ~string](names []S) string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = string(n)
	}
	return strings.Join(out, ", ")
}

// Missing is the value of a filter that chooses the articles without a value.
const Missing = "(none)"

// filters translates the filters of the request: codes for labels, ranges for
// the names of ranges, years and months for the dates in them.
func (r *Request) filters() []facet.Filter {
	var out []facet.Filter
	for _, f := range r.Filters {
		to := facet.Filter{Field: f.Field, Exclude: f.Exclude, Prefix: isDate(f.Field)}
		for _, v := range f.Values {
			switch {
			case v == Missing:
				to.Missing = true
			case f.Field == string(data.Records):
				if rng, ok := sizeRange(v); ok {
					to.Ranges = append(to.Ranges, rng)
				}
			default:
				to.Values = append(to.Values, canonical(f.Field, v))
			}
		}
		if len(to.Values) > 0 || len(to.Ranges) > 0 || to.Missing {
			out = append(out, to)
		}
	}
	return out
}

// canonical returns the value that the index holds for a value, label or alias.
func canonical(field, v string) string {
	if t := vocab.For(data.Field(field)); t != nil {
		if term, ok := t.Lookup(v); ok {
			return term.Value
		}
	}
	return v
}

func (r *Request) facets() []facet.Request {
	out := make([]facet.Request, len(r.Facets))
	for i, f := range r.Facets {
		q := facet.Request{Field: f.Field, Limit: f.Limit, Contains: f.Contains}
		if q.Limit == 0 {
			q.Limit = DefaultFacetValues
		}
		for _, x := range r.Filters {
			if x.Field == f.Field && !x.Exclude {
				for _, v := range x.Values {
					if v != Missing {
						q.Selected = append(q.Selected, canonical(f.Field, v))
					}
				}
			}
		}
		switch {
		case isDate(f.Field):
			q.Histogram, q.Sort = facet.Year, facet.ByValue
			q.Limit = MaxFacetValues
		case f.Field == string(data.Records):
			q.Ranges = sizes
		}
		out[i] = q
	}
	return out
}

func isDate(field string) bool {
	info, ok := query.Lookup(field)
	return ok && info.Kind == query.Date
}

// sizes are the ranges in which records affected are counted, low bounds included.
var sizes = func() []facet.Range {
	steps := []struct {
		name      string
		low, high float64
	}{
		{"under 1,000", 0, 1e3},
		{"1,000 to 10,000", 1e3, 1e4},
		{"10,000 to 100,000", 1e4, 1e5},
		{"100,000 to 1 million", 1e5, 1e6},
		{"1 to 10 million", 1e6, 1e7},
		{"10 to 100 million", 1e7, 1e8},
		{"100 million to 1 billion", 1e8, 1e9},
		{"1 billion and more", 1e9, 0},
	}
	out := make([]facet.Range, len(steps))
	for i, s := range steps {
		out[i] = facet.Range{Name: s.name, Low: facet.EncodeNumber(s.low), HighOpen: true}
		if s.high > 0 {
			out[i].High = facet.EncodeNumber(s.high)
		}
	}
	return out
}()

func sizeNames() []string {
	names := make([]string, len(sizes))
	for i, r := range sizes {
		names[i] = r.Name
	}
	return names
}

func sizeRange(name string) (facet.Range, bool) {
	for _, r := range sizes {
		if r.Name == name {
			return r, true
		}
	}
	return facet.Range{}, false
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
	snap, err := e.index.Snapshot()
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

// Compare lays incidents side by side, in the order of their ids.
func (e *Engine) Compare(ctx context.Context, ids []string, o compare.Options) (*compare.Table, error) {
	if len(ids) < compare.MinIncidents || len(ids) > compare.MaxIncidents {
		return nil, fmt.Errorf("%w: %d incidents to compare: want %d to %d", ErrInvalid, len(ids), compare.MinIncidents, compare.MaxIncidents)
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
	snap, err := e.index.Snapshot()
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
		articles := make([]string, len(inc.Members))
		for j, m := range inc.Members {
			articles[j] = m.Article
		}
		docs, err := snap.Articles(ctx, articles...)
		if err != nil {
			return nil, "", fmt.Errorf("load incident %q: %w", ids[i], err)
		}
		docs = slices.DeleteFunc(docs, func(d *data.Document) bool { return d == nil })
		records[i] = data.Merge(*inc, docs)
	}
	return records, snap.Generation(), nil
}

// Generation names the state of the index.
func (e *Engine) Generation() (string, error) {
	snap, err := e.index.Snapshot()
	if err != nil {
		return "", errors.Join(ErrUnavailable, err)
	}
	defer snap.Close()
	return snap.Generation(), nil
}
