package search

import (
	"fmt"
	"slices"
	"strings"

	"incidex/data"
	"incidex/data/vocab"
	"incidex/search/facet"
	"incidex/search/query"
)

// complete fills in what the request leaves open and checks the limits.
func (r *Request) complete() error {
	if r.Page == 0 {
		r.Page = 1
	}
	if r.Match == "" {
		r.Match = WantAuto
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
	case !slices.Contains(Wants, r.Match):
		return fmt.Errorf("%w: match %q: want %s", ErrInvalid, r.Match, join(Wants))
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
