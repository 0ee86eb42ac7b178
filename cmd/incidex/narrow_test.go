package main

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"incidex/search"
	"incidex/search/facet"
)

// Bounds as parameters find what the same ranges find in a query.
func TestRangesAsParameters(t *testing.T) {
	server, _ := apiServer(t)
	total := func(path string) int {
		t.Helper()
		_, body := ask(t, server.URL, "GET", "search?facets=none&"+path, "", nil)
		var res search.Response
		if err := json.Unmarshal([]byte(body), &res); err != nil {
			t.Fatal(err)
		}
		return res.Total
	}
	all := total("")
	for parameters, q := range map[string]string{
		"records_min=1000000":                         "records:>=1000000",
		"records_max=1000000":                         "records:<=1000000",
		"records_min=0&records_max=5000000":           "records:0..5000000",
		"occurred_from=2017":                          "occurred:2017..",
		"occurred_to=2016-12":                         "occurred:..2016-12",
		"occurred_from=2014-03&occurred_to=2014-03":   "occurred:2014-03",
		"published_from=2014&published_to=2018-06-30": "published:2014..2018-06-30",
		"published_from=2017&records_min=1000000":     "published:2017.. records:>=1000000",
		"published_from=2014&filter[published]=2017":  "published:2014.. published:2017",
	} {
		got, want := total(parameters), total("q="+url.QueryEscape(q))
		if got != want || got == 0 || got == all {
			t.Errorf("%s finds %d of %d articles; %s finds %d", parameters, got, all, q, want)
		}
	}
	for parameters, part := range map[string]string{
		"occurred_from=2014-13":                   "query.occurred_from",
		"occurred_from=2014&occurred_to=2013":     "query.occurred_to",
		"records_min=5&records_max=4":             "query.records_max",
		"records_min=1k":                          "query.records_min",
		"published_to=yesterday":                  "query.published_to",
		"published_from=2014..2015&published_to=": "query.published_from",
		"typo=no":      "query.typo",
		"highlight=no": "query.highlight",
	} {
		if res, body := ask(t, server.URL, "GET", "search?"+parameters, "", nil); res.StatusCode != 422 || !strings.Contains(body, `"location":"`+part+`"`) {
			t.Errorf("%s: status %d, %s; want %s to blame", parameters, res.StatusCode, body, part)
		}
	}
	if on, off := total("q=hosptial"), total("q=hosptial&typo=off"); on == 0 || off != 0 {
		t.Errorf("a slip finds %d articles, and %d where words are exact", on, off)
	}
}

// Without highlights the same articles come, without marks and snippets.
func TestNoHighlights(t *testing.T) {
	server, _ := apiServer(t)
	_, marked := ask(t, server.URL, "GET", "search?q=hospital&facets=none", "", nil)
	_, plain := ask(t, server.URL, "GET", "search?q=hospital&facets=none&highlight=off", "", nil)
	var a, b search.Response
	if err := json.Unmarshal([]byte(marked), &a); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(plain), &b); err != nil {
		t.Fatal(err)
	}
	if len(a.Hits) == 0 || len(a.Hits) != len(b.Hits) || len(a.Hits[0].Snippets) == 0 {
		t.Fatalf("%d hits with, %d without", len(a.Hits), len(b.Hits))
	}
	for i, h := range b.Hits {
		if h.Article.ID != a.Hits[i].Article.ID || len(h.Snippets) > 0 || len(h.Title.Marks) > 0 || h.Title.Text == "" {
			t.Errorf("hit %d is %+v", i, h)
		}
	}
}

// The values of a field are those that begin so, and selecting one finds what it counts.
func TestFacetValues(t *testing.T) {
	server, _ := apiServer(t)
	values := func(path string) []facet.Value {
		t.Helper()
		res, body := ask(t, server.URL, "GET", "facets/"+path, "", nil)
		if res.StatusCode != http.StatusOK {
			t.Fatalf("%s: status %d: %s", path, res.StatusCode, body)
		}
		var f search.Facet
		if err := json.Unmarshal([]byte(body), &f); err != nil {
			t.Fatal(err)
		}
		return f.Values
	}
	for path, want := range map[string][]string{
		"country?prefix=UNI":            {"United States", "United Kingdom"},
		"country?prefix=king":           {"United Kingdom"},
		"country?prefix=nited":          nil,
		"attack?prefix=ran&q=hospital":  {"Ransomware"},
		"victim?prefix=british airways": {"British Airways"},
	} {
		var got []string
		for _, v := range values(strings.ReplaceAll(path, " ", "+")) {
			got = append(got, v.Label)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q; want %q", path, got, want)
		}
	}
	for _, path := range []string{"attack?q=customers", "victim?filter%5Bsector%5D=44&limit=1000", "country?filter%5Bcountry%5D=US&records_min=1000"} {
		list := values(path)
		if len(list) < 2 {
			t.Fatalf("%s has %d values", path, len(list))
		}
		field, rest, _ := strings.Cut(path, "?")
		rest = strings.ReplaceAll(strings.ReplaceAll(rest, "&limit=1000", ""), "filter%5Bcountry%5D=US&", "")
		for _, v := range list {
			_, body := ask(t, server.URL, "GET", "search?facets=none&"+rest+"&filter%5B"+field+"%5D="+url.QueryEscape(v.Value), "", nil)
			var res search.Response
			if err := json.Unmarshal([]byte(body), &res); err != nil {
				t.Fatal(err)
			}
			if res.Total != v.Articles || res.Incidents != v.Incidents {
				t.Errorf("%s counts %d articles and %d incidents of %s; selecting it finds %d and %d", path, v.Articles, v.Incidents, v.Value, res.Total, res.Incidents)
			}
		}
	}
	if res, body := ask(t, server.URL, "GET", "facets/atack", "", nil); res.StatusCode != http.StatusBadRequest || !strings.Contains(body, "want one of") {
		t.Errorf("an unknown field: %d %s", res.StatusCode, body)
	}
}
