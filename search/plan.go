package search

import (
	"slices"
	"strings"

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
		return invalid("page", "page %d: pages count from 1", r.Page)
	case r.PerPage < 1 || r.PerPage > MaxPerPage:
		return invalid("per_page", "per_page %d: want 1 to %d", r.PerPage, MaxPerPage)
	case r.Page-1 > MaxOffset/r.PerPage:
		return invalid("page", "page %d begins after hit %d, the last that numbers of pages reach: narrow the search, or ask with after and the next of the page before", r.Page, MaxOffset)
	case r.After != "" && r.Page > 1:
		return invalid("after", "page %d with after: a page has a number or follows another one", r.Page)
	case !slices.Contains(Wants, r.Match):
		return invalid("match", "match %q: want %s", r.Match, join(Wants))
	case r.Sort != "" && !slices.Contains(Sorts, r.Sort):
		return invalid("sort", "sort %q: want %s", r.Sort, join(Sorts))
	}
	if err := checkFilters(r.Filters); err != nil {
		return err
	}
	for _, f := range r.Facets {
		if !slices.Contains(Facetable, f.Field) {
			return invalid("facets", "facet %q: %s", f.Field, oneOf(f.Field))
		}
		if f.Limit < 0 || f.Limit > MaxFacetValues {
			return invalid("facets", "%d values of facet %s: want 0 to %d", f.Limit, f.Field, MaxFacetValues)
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
