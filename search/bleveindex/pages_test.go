package bleveindex

import (
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"incidex/data"
	"incidex/search"
)

// many are articles of which hundreds match, many of them with equal scores, dates
// and numbers, and some without.
func many(n int) []*data.Document {
	var out []*data.Document
	for i := range n {
		text := "Files were stolen from a hospital."
		if i%7 == 0 {
			text += " A hospital in the north paid for its files."
		}
		d := textOnly(fmt.Sprintf("%03d", i*37%n), "On files", text)
		if i%5 > 0 {
			d.Date = data.Date(fmt.Sprintf("20%02d-03-%02d", i%3+20, i%11+1))
		}
		if i%4 > 0 {
			number := float64(100 * (i % 6))
			d.Mentions = []data.Mention{{ID: fmt.Sprintf("x-%d", i/2), Role: data.Subject, Claims: []data.Claim{
				{Field: data.Records, Number: &number, Status: data.Actual, Confidence: 1, Rule: "test"},
			}}}
		}
		out = append(out, d)
	}
	return out
}

// Pages behind each other are those that have numbers.
func TestPagesFollowEachOther(t *testing.T) {
	s := testStore(t)
	docs := many(430)
	for len(docs) > 0 { // several segments
		n := min(100, len(docs))
		fill(t, s, docs[:n])
		docs = docs[n:]
	}
	e := search.NewEngine(s)
	for _, query := range []string{"", "hospital", "hospital files", "stolen files hospital north", "north OR paid",
		"level:incident", "hospital level:incident", "hospital files level:incident", "stolen files hospital north level:incident"} {
		for _, sort := range search.Sorts {
			if (query == "" || query == "level:incident") && sort == search.ByRelevance {
				continue
			}
			t.Run(query+"/"+string(sort), func(t *testing.T) {
				numbered := search.Request{Query: query, Sort: sort, PerPage: 23, Facets: []search.FacetRequest{}}
				behind := numbered
				seen, incidents := 0, map[string]int{}
				for numbered.Page = 1; ; numbered.Page++ {
					want, err := e.Search(t.Context(), numbered)
					if err != nil {
						t.Fatal(err)
					}
					got, err := e.Search(t.Context(), behind)
					if err != nil {
						t.Fatal(err)
					}
					if diff := cmp.Diff(ids(want), ids(got)); diff != "" {
						t.Fatalf("page %d (-numbered +behind):\n%s", numbered.Page, diff)
					}
					seen += len(got.Hits)
					for _, h := range got.Hits {
						incidents[h.Incident]++
					}
					if behind.After = got.Next; got.Next == "" {
						all := want.Total
						if want.Level != "" { // every incident once
							if all = want.Incidents; len(incidents) != all || incidents[""] > 0 {
								t.Errorf("the pages have %d of %d incidents", len(incidents), all)
							}
						}
						if seen != all || all < 23 {
							t.Errorf("the pages have %d of %d hits", seen, all)
						}
						return
					}
				}
			})
		}
	}
}

// A place stays where it is when articles are written and removed.
func TestPageBehindWhatIsGone(t *testing.T) {
	s := testStore(t)
	docs := many(60)
	fill(t, s, docs)
	e := search.NewEngine(s)
	req := search.Request{Sort: search.ByNewest, PerPage: 20}
	first, err := e.Search(t.Context(), req)
	if err != nil {
		t.Fatal(err)
	}
	req.After = first.Next
	want, err := e.Search(t.Context(), req)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Current().Apply(t.Context(), &data.Batch{RemovedArticles: []string{first.Hits[19].Article.ID, first.Hits[3].Article.ID}}); err != nil {
		t.Fatal(err)
	}
	got, err := e.Search(t.Context(), req)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(ids(want), ids(got)); diff != "" {
		t.Errorf("the page behind a removed hit (-before +after):\n%s", diff)
	}
}

// A place in another generation says so.
func TestPlaceInAnotherGeneration(t *testing.T) {
	s := testStore(t)
	fill(t, s, many(60))
	e := search.NewEngine(s)
	req := search.Request{Query: "hospital"}
	page, err := e.Search(t.Context(), req)
	if err != nil {
		t.Fatal(err)
	}
	req.After = page.Next
	moved := func() bool {
		page, err := e.Search(t.Context(), req)
		if err != nil {
			t.Fatal(err)
		}
		return len(page.Notes) > 0 && page.Notes[0].Kind == search.NoteMoved
	}
	if moved() {
		t.Error("the same generation is taken for another")
	}
	next, err := s.Begin()
	if err != nil {
		t.Fatal(err)
	}
	if err := next.Apply(t.Context(), &data.Batch{Articles: many(60)}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Use(next); err != nil {
		t.Fatal(err)
	}
	if !moved() {
		t.Error("a place in another generation does not say so")
	}
}

func TestPlacesOfOtherSearchesAreRefused(t *testing.T) {
	s := testStore(t)
	fill(t, s, many(60))
	e := search.NewEngine(s)
	first, err := e.Search(t.Context(), search.Request{Query: "hospital"})
	if err != nil || first.Next == "" {
		t.Fatal("no next page", err)
	}
	for name, req := range map[string]search.Request{
		"another query":     {Query: "files", After: first.Next},
		"another order":     {Query: "hospital", Sort: search.ByOldest, After: first.Next},
		"another filter":    {Query: "hospital", Filters: []search.Filter{{Field: "tag", Values: []string{"x"}}}, After: first.Next},
		"a page as well":    {Query: "hospital", Page: 2, After: first.Next},
		"no cursor":         {Query: "hospital", After: "?"},
		"no JSON":           {Query: "hospital", After: "aGVsbG8"},
		"incidents as hits": {Query: "hospital level:incident", After: first.Next},
	} {
		if _, err := e.Search(t.Context(), req); !errors.Is(err, search.ErrInvalid) {
			t.Errorf("%s: error %v, want that the request is invalid", name, err)
		}
	}
}

// What is kept is the answer of one state of the index.
func TestKeptAnswersAreNeverOld(t *testing.T) {
	s := testStore(t)
	docs := many(40)
	e, plain := search.NewEngine(s), search.NewEngine(s)
	e.Keep(4 << 20)
	req := search.Request{Query: "hospital files"}
	for i, d := range docs {
		fill(t, s, []*data.Document{d})
		if i%3 == 2 {
			if err := s.Current().Apply(t.Context(), &data.Batch{RemovedArticles: []string{docs[i-1].ID}}); err != nil {
				t.Fatal(err)
			}
		}
		want, err := plain.Search(t.Context(), req)
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			got, err := e.Search(t.Context(), req)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(search.Response{})); diff != "" {
				t.Fatalf("after %d articles (-without +with what is kept):\n%s", i+1, diff)
			}
		}
	}
	// Bleve makes another state of the same articles at times.
	if k := e.Kept(); k.Hits == 0 || k.Hits+k.Misses != int64(2*len(docs)) {
		t.Errorf("%d hits and %d misses of %d searches", k.Hits, k.Misses, 2*len(docs))
	}
	if k := plain.Kept(); k.Hits+k.Misses != 0 || k.Entries != 0 {
		t.Errorf("an engine that keeps nothing has kept %+v", k)
	}
}

func ids(r *search.Response) []string {
	out := []string{}
	for _, h := range r.Hits {
		out = append(out, fmt.Sprintf("%s %.9f", h.Article.ID, h.Score))
	}
	return out
}
