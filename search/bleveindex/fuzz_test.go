package bleveindex

import (
	"errors"
	"testing"

	"incidex/data"
	"incidex/search"
)

// FuzzSearch asks an index whatever a person may type: the search says that the request is
// wrong or answers, with counts that fit each other, and the same when asked again.
func FuzzSearch(f *testing.F) {
	s := testStore(f)
	number := 12_000.0
	hacked := &data.Document{
		Article: data.Article{ID: "a", Title: "Acme Bank hit by ransomware", Text: "Acme Bank said that hackers took data on 12,000 customers.", Date: "2024-05-06", Tags: []string{"bank"}},
		Mentions: []data.Mention{{ID: "acme-2024", Role: data.Subject, Claims: []data.Claim{
			{Field: data.Victim, Value: "Acme Bank", Status: data.Actual, Confidence: 1},
			{Field: data.Records, Number: &number, Unit: "people", Status: data.Actual, Confidence: 1},
			{Field: data.Occurred, Value: "2024-04", Status: data.Actual, Confidence: 1},
		}}},
	}
	docs := []*data.Document{hacked, textOnly("b", "Café loses data", "A naïve café in Köln, and a third party."), textOnly("c", "", "")}
	fill(f, s, docs)
	engine := search.NewEngine(s)
	for _, q := range []string{"", "acme", `"acme bank" -cafe*`, "records:>=1m OR occurred:2024-04..", "victim:acme level:incident", "akme rnasomware (", "-(a OR b) has:records missing:victim", "published:2024 title:\"x"} {
		f.Add(q, "victim", "Acme Bank", false)
		f.Add(q, "occurred", "2024..2025", true)
	}
	f.Fuzz(func(t *testing.T, q, field, value string, exclude bool) {
		req := search.Request{Query: q, Filters: []search.Filter{{Field: field, Values: []string{value}, Exclude: exclude}}}
		if field == "" {
			req.Filters = nil
		}
		res, err := engine.Search(t.Context(), req)
		if errors.Is(err, search.ErrInvalid) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if res.Total < len(res.Hits) || res.Total > len(docs) || res.Incidents > 1 {
			t.Errorf("%d hits of %d articles and %d incidents", len(res.Hits), res.Total, res.Incidents)
		}
		for _, facet := range res.Facets {
			if facet.Known.Articles+facet.Missing.Articles > len(docs) {
				t.Errorf("%s is known of %d articles and missing of %d, of %d", facet.Field, facet.Known.Articles, facet.Missing.Articles, len(docs))
			}
			for _, v := range facet.Values {
				if v.Articles > len(docs) || v.Articles < 0 {
					t.Errorf("%s %q is counted %d times", facet.Field, v.Value, v.Articles)
				}
			}
		}
		again, err := engine.Search(t.Context(), req)
		if err != nil || again.Total != res.Total {
			t.Errorf("asked again: %d articles after %d, %v", again.Total, res.Total, err)
		}
	})
}
