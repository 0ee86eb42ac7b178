package main

import (
	"testing"

	"incidex/data"
	"incidex/search"
	"incidex/search/bleveindex"
	"incidex/search/query"
)

// sampleStore is an index of the sample articles.
func sampleStore(t *testing.T) *bleveindex.Store {
	t.Helper()
	store, err := openOrSample(t.Context(), testGlobal(t), testExtractor)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	return store
}

// Every value that a facet lists can be selected, and gives the count that it showed, by
// a filter and by a condition in the query.
func TestEveryFacetValueCanBeSelected(t *testing.T) {
	e := search.NewEngine(sampleStore(t))
	values := 0
	for _, q := range []string{"", "customers data", "hospital ransomware patients"} {
		var facets []search.FacetRequest
		for _, f := range search.Facetable {
			facets = append(facets, search.FacetRequest{Field: f, Limit: search.MaxFacetValues})
		}
		all, err := e.Search(t.Context(), search.Request{Query: q, Facets: facets})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range all.Facets {
			for _, v := range f.Values {
				values++
				filtered := search.Request{Query: q, PerPage: 1, Filters: []search.Filter{{Field: f.Field, Values: []string{v.Value}}}}
				asked := search.Request{Query: q + " " + query.Match{Field: data.Field(f.Field), Value: v.Value}.String(), PerPage: 1}
				for _, req := range []search.Request{filtered, asked} {
					if f.Field == string(data.Records) && req.Query != q {
						continue // the names of ranges are no part of the language
					}
					req.Facets = []search.FacetRequest{{Field: f.Field, Limit: 1}}
					res, err := e.Search(t.Context(), req)
					if err != nil {
						t.Errorf("%q with %s=%q: %v", req.Query, f.Field, v.Value, err)
						continue
					}
					if res.Total != v.Articles || res.Incidents != v.Incidents {
						t.Errorf("%q with %s=%q: %d articles on %d incidents; the facet said %d on %d",
							req.Query, f.Field, v.Value, res.Total, res.Incidents, v.Articles, v.Incidents)
					}
				}
			}
		}
	}
	if values < 500 {
		t.Errorf("%d values: the test says little", values)
	}
}

// A date means the same behind a colon and in a filter.
func TestDatesOfFiltersAndQueries(t *testing.T) {
	e := search.NewEngine(sampleStore(t))
	found := 0
	for _, field := range []string{"occurred", "published"} {
		for _, date := range []string{"2014", "2014-03", "2013-12", "2017-05-14", "2023-05-27", "2013..2015", "2014-03..2014-09", ">=2024", "<2014-02"} {
			asked, err := e.Search(t.Context(), search.Request{Query: field + ":" + date, PerPage: 1})
			if err != nil {
				t.Fatal(err)
			}
			filtered, err := e.Search(t.Context(), search.Request{PerPage: 1, Filters: []search.Filter{{Field: field, Values: []string{date}}}})
			if err != nil {
				t.Fatal(err)
			}
			if asked.Total != filtered.Total {
				t.Errorf("%s:%s finds %d, the filter %d", field, date, asked.Total, filtered.Total)
			}
			found += asked.Total
		}
	}
	if found < 20 {
		t.Errorf("%d found: the test says little", found)
	}
}

// What a closed vocabulary does not have is refused, with the nearest value.
func TestUnknownFilterValues(t *testing.T) {
	e := search.NewEngine(sampleStore(t))
	for _, x := range []struct{ field, value, want string }{
		{"sector", "retial", `invalid request: filter by sector "retial": there is no such value; did you mean Retail?`},
		{"attack", "zzzzzzzz", `invalid request: filter by attack "zzzzzzzz": there is no such value; a search with facets=attack lists those that there are`},
		{"occurred", "2014-13", `invalid request: filter by occurred "2014-13": want a date as in 2024, 2024-05, 2024-05-07 or 2023..2025`},
		{"occurred", "2015..2014", `invalid request: filter by occurred "2015..2014": want a date as in 2024, 2024-05, 2024-05-07 or 2023..2025`},
		{"language", "klingon!", `invalid request: filter by language "klingon!": there is no such value; a search with facets=language lists those that there are`},
		{"industry", "44", `invalid request: filter by "industry": did you mean sector?`},
	} {
		_, err := e.Search(t.Context(), search.Request{Filters: []search.Filter{{Field: x.field, Values: []string{x.value}}}})
		if err == nil || err.Error() != x.want {
			t.Errorf("%s=%s:\n got %v\nwant %s", x.field, x.value, err, x.want)
		}
	}
	for _, x := range []struct{ field, value string }{
		{"sector", "Retail"}, {"sector", "(none)"}, {"victim", "nobody of that name"}, {"cve", "CVE-1999-0001"}, {"records", ">=1m"}, {"records", "1 to 10 million"}, {"language", "english"},
	} {
		if _, err := e.Search(t.Context(), search.Request{Filters: []search.Filter{{Field: x.field, Values: []string{x.value}}}}); err != nil {
			t.Errorf("%s=%s: %v", x.field, x.value, err)
		}
	}
}
