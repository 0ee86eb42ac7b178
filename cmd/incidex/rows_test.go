package main

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"incidex/search"
	"incidex/search/query"
)

// randomSearches are searches of many kinds for words and values that the sample has,
// and a few that it has not.
func randomSearches(n int) []search.Request {
	rng := rand.New(rand.NewPCG(1, 2))
	words := []string{"data", "customers", "ransomware", "passwords", "hackers", "the", "hospital", "stolen", "email", "retail", "luxury", "zzz", `"personal data"`, "credit*"}
	fields := []string{"sector:retail", "sector:health", "country:GB", "records:>=1m", "occurred:2025", "attack:phishing", "has:actor", "-country:US", "published:2018..2021"}
	filters := []search.Filter{
		{Field: "sector", Values: []string{"44", "62"}}, {Field: "country", Values: []string{"US"}, Exclude: true},
		{Field: "records", Values: []string{"1 to 10 million"}}, {Field: "actor", Values: []string{search.Missing}}, {Field: "occurred", Values: []string{"2025"}},
	}
	pick := func(from []string) string { return from[rng.IntN(len(from))] }
	out := make([]search.Request, n)
	for i := range out {
		var q []string
		for range rng.IntN(3) {
			q = append(q, pick(words))
		}
		if rng.IntN(2) == 0 {
			q = append(q, pick(fields))
		}
		if rng.IntN(5) == 0 {
			q = append(q, "OR", pick(words))
		}
		r := search.Request{Query: strings.Join(q, " "), Sort: search.Sorts[rng.IntN(len(search.Sorts))], Match: search.Wants[rng.IntN(len(search.Wants))]}
		if rng.IntN(2) == 0 {
			r.Filters = []search.Filter{filters[rng.IntN(len(filters))]}
		}
		out[i] = r
	}
	return out
}

// Rows are all that a search counts, in its order, each once.
func TestRowsAreAllThatASearchFinds(t *testing.T) {
	store, err := openOrSample(t.Context(), testGlobal(t), testExtractor)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	engine := search.NewEngine(store)
	most := 0
	for _, req := range randomSearches(100) {
		res, err := engine.Search(t.Context(), req)
		if err != nil {
			t.Fatalf("%+v: %v", req, err)
		}
		for level, want := range map[query.Level]int{query.ArticleLevel: res.Total, query.IncidentLevel: res.Incidents} {
			rows, err := engine.Rows(t.Context(), req, level)
			if err != nil {
				t.Fatalf("%+v: %v", req, err)
			}
			var ids []string
			for row, err := range rows.All(t.Context()) {
				switch {
				case err != nil:
					t.Fatal(err)
				case level == query.ArticleLevel:
					ids = append(ids, row.Article.ID)
				default:
					ids = append(ids, row.Incident.ID)
				}
			}
			rows.Close()
			for i, h := range res.Hits {
				if level == query.ArticleLevel && ids[i] != h.Article.ID {
					t.Errorf("%+v: row %d is %s, want %s", req, i, ids[i], h.Article.ID)
				}
			}
			slices.Sort(ids)
			if n := len(slices.Compact(ids)); n != want || rows.Count != want {
				t.Errorf("%+v: %d distinct rows of %s, %d said; the search counts %d", req, n, level, rows.Count, want)
			}
			most = max(most, want)
		}
	}
	if most < 80 {
		t.Errorf("the searches find at most %d: they test little", most)
	}
}

// What an alert asks finds all of its words, and takes none for a slip.
func TestMatching(t *testing.T) {
	store, err := openOrSample(t.Context(), testGlobal(t), testExtractor)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	engine := search.NewEngine(store)
	ids := []string{"kering-2025-1", "cartier-2025-1", "yahoo-2013-1", "nothing"}
	for q, want := range map[string][]string{
		"sector:retail": {"cartier-2025-1", "kering-2025-1"},
		"Kering":        {"kering-2025-1"},
		"Kerring":       nil,
		"kering zzz":    nil,
		"victim:Yahoo":  {"yahoo-2013-1"},
		"level:incident customers -victim:Yahoo -victim:Kering": {"cartier-2025-1"},
	} {
		got, err := engine.Matching(t.Context(), q, ids)
		slices.Sort(got)
		if err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s: %v, %v; want %v", q, got, err, want)
		}
	}
}
