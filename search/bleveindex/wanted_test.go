package bleveindex

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"incidex/data"
	"incidex/search"
)

// votes is an index in which plenty of articles have two of three words, six have
// "ballots lantern", and only one of those is in German.
func votes(t *testing.T) *search.Engine {
	t.Helper()
	s := testStore(t)
	var docs []*data.Document
	add := func(n int, text string) {
		for i := range n {
			d := textOnly(fmt.Sprint("d", len(docs)), "Notice", text)
			d.Language, d.Publisher = "en", "Herald"
			if i == 0 {
				d.Language, d.Publisher = "de", "Bote"
			}
			docs = append(docs, d)
		}
	}
	add(9, "Ballots and voters of the town.")
	add(9, "Voters met ransomware.")
	add(6, "Ballots by lantern light.")
	add(4, "Ballots on e-mail.")
	fill(t, s, docs)
	return search.NewEngine(s)
}

func TestWantedWords(t *testing.T) {
	e := votes(t)
	for _, x := range []struct {
		query string
		asked search.Wanted
		want  search.Wanted
		total int
	}{
		{"ballots voters ransomware", "", search.WantAny, 28},
		{"ballots AND voters AND ransomware", "", search.WantAll, 0},
		{"+ballots +voters +ransomware", "", search.WantAll, 0},
		{"ballots AND voters AND ransomware", search.WantAny, search.WantAll, 0},
		{"+ballots voters ransomware", "", search.WantAny, 19},
		{"+ballots +voters ransomware", "", search.WantAny, 9},
		{"ballots voters ransomware", search.WantAll, search.WantAll, 0},
		{"ballots lantern", "", search.WantAll, 6},
		{"ballots lantern", search.WantAny, search.WantAny, 19},
		{"ballots lantern breach", "", search.WantMost, 6},
		{"ballots lantern breach", search.WantAll, search.WantAll, 0},
		{"ballots lantern +breach", "", search.WantAll, 0},
		{"ballots voters ransomware lantern light town met", "", search.WantAny, 28},
		{"ballots AND voters AND ransomware AND lantern AND light AND town AND met", "", search.WantAll, 0},
		{"voters (ballots AND lantern OR town)", "", search.WantAll, 9},
		{"+e-mail lantern", search.WantAny, search.WantAny, 4},
		{"ballots", "", search.WantAll, 19},
	} {
		res, err := e.Search(t.Context(), search.Request{Query: x.query, Match: x.asked})
		if err != nil {
			t.Fatal(err)
		}
		if res.Total != x.total || res.Match != x.want {
			t.Errorf("%s, match=%s: %d with %s; want %d with %s", x.query, x.asked, res.Total, res.Match, x.total, x.want)
		}
	}
	if _, err := e.Search(t.Context(), search.Request{Query: "a b", Match: search.WantMost}); err == nil {
		t.Error("most could be asked for")
	}
}

// What a filter leaves never changes which words are wanted: the count of a value is
// what selecting it gives, as a filter and as a condition of the query.
func TestFiltersDoNotChangeTheWantedWords(t *testing.T) {
	e := votes(t)
	for _, q := range []string{"ballots lantern", "ballots voters ransomware", "ballots AND lantern"} {
		all, err := e.Search(t.Context(), search.Request{Query: q, Facets: []search.FacetRequest{{Field: "language"}, {Field: "publisher"}}})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range all.Facets {
			for _, v := range f.Values {
				for _, req := range []search.Request{
					{Query: q, Filters: []search.Filter{{Field: f.Field, Values: []string{v.Value}}}},
					{Query: q + " " + f.Field + ":" + v.Value},
				} {
					res, err := e.Search(t.Context(), req)
					if err != nil {
						t.Fatal(err)
					}
					if diff := cmp.Diff([]any{v.Articles, all.Match}, []any{res.Total, res.Match}); diff != "" {
						t.Errorf("%s with %s=%s (-counted +selected):\n%s", q, f.Field, v.Value, diff)
					}
				}
			}
		}
	}
}

// A name that an article has is meant even where it is an alias of another one.
func TestValuesThatAreAliasesOfOthers(t *testing.T) {
	s := testStore(t)
	victims := map[string]string{"a": "Town of Salem", "b": "Salem", "c": "FB", "d": "Facebook", "e": "ACME", "f": "Acme"}
	for id, victim := range victims {
		d := textOnly(id, victim+" breached", "Data was lost.")
		d.Mentions = []data.Mention{{ID: id, Role: data.Subject, Claims: []data.Claim{
			{Field: data.Victim, Value: victim, Status: data.Actual, Confidence: 1, Rule: "test"},
		}}}
		fill(t, s, []*data.Document{d})
	}
	e := search.NewEngine(s)
	for id, victim := range victims {
		res, err := e.Search(t.Context(), search.Request{Filters: []search.Filter{{Field: "victim", Values: []string{victim}}}})
		if err != nil {
			t.Fatal(err)
		}
		if len(res.Hits) != 1 || res.Hits[0].Article.ID != id {
			t.Errorf("%s: %v; want %s", victim, ids(res), id)
		}
	}
	for query, want := range map[string]int{`victim:"town of salem"`: 1, "victim:salem": 1, "victim:fb": 1, "victim:acme": 2} {
		res, err := e.Search(t.Context(), search.Request{Query: query})
		if err != nil || res.Total != want {
			t.Errorf("%s: %d, %v; want %d", query, res.Total, err, want)
		}
	}
}
