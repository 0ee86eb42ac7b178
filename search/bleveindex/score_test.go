package bleveindex

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"incidex/data"
	"incidex/search"
	"incidex/search/query"
)

func textOnly(id, title, text string) *data.Document {
	return &data.Document{Article: data.Article{ID: id, Title: title, Text: text}}
}

// TestScoresAreBM25 checks scores against sums made by hand.
func TestScoresAreBM25(t *testing.T) {
	s := testStore(t)
	fill(t, s, []*data.Document{
		textOnly("1", "", "leaks leak hospital"),           // 3 words
		textOnly("2", "", "hospital ward"),                 // 2
		textOnly("3", "", "airline seats sold online now"), // 4, without the stop word
	})
	const mean = (3.0 + 2 + 5) / 3
	bm25 := func(df, tf, length float64) float64 {
		return math.Log(1+(3-df+0.5)/(df+0.5)) * tf * 2.2 / (tf + 1.2*(0.25+0.75*length/mean))
	}
	for _, c := range []struct {
		query query.Node
		want  map[string]float64
	}{
		// Both endings count for the stem, and the one that was typed once more.
		{query.Word{Text: "leak"}, map[string]float64{"1": bm25(1, 2, 3) + exactWeight*bm25(1, 1, 3)}},
		{query.Word{Text: "leaking"}, map[string]float64{"1": bm25(1, 2, 3)}},
		{query.Word{Text: "Hospital"}, map[string]float64{
			"1": (1 + exactWeight) * bm25(2, 1, 3),
			"2": (1 + exactWeight) * bm25(2, 1, 2),
		}},
		{query.Word{Text: "unknown"}, map[string]float64{}},
	} {
		got := map[string]float64{}
		for _, h := range find(t, s, search.Plan{Query: c.query}) {
			got[h.ID] = h.Score
		}
		if diff := cmp.Diff(c.want, got, cmpopts.EquateApprox(1e-12, 0)); diff != "" {
			t.Errorf("%s (-want +got)\n%s", c.query, diff)
		}
	}
}

// TestTitlesScoreApart checks that a word in the title adds the score that it has there.
func TestTitlesScoreApart(t *testing.T) {
	s := testStore(t)
	fill(t, s, []*data.Document{textOnly("1", "Airline hacked", "Seats"), textOnly("2", "Ward", "An airline")})
	got := find(t, s, search.Plan{Query: query.Word{Text: "airline"}})
	body := func(length float64) float64 {
		return (1 + exactWeight) * math.Log(1+0.5/2.5) * 2.2 / (1 + 1.2*(0.25+0.75*length/2.5))
	}
	title := titleWeight * math.Log(2) * 2.2 / (1 + 1.2*(0.25+0.75*2/1.5))
	want := []search.Match{{ID: "1", Score: body(3) + title, Matched: 1}, {ID: "2", Score: body(2), Matched: 1}}
	if diff := cmp.Diff(want, got, cmpopts.EquateApprox(1e-12, 0)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func find(t testing.TB, s *Store, plan search.Plan) []search.Match {
	t.Helper()
	snap, err := s.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	defer snap.Close()
	plan.Sort = search.ByRelevance
	if plan.Limit == 0 {
		plan.Limit = 1000
	}
	found, err := snap.Search(context.Background(), plan)
	if err != nil {
		t.Fatal(err)
	}
	return found.Hits
}

// invented makes articles of words with a Zipf distribution, some in two endings.
func invented(n int, seed uint64) []*data.Document {
	r := rand.New(rand.NewPCG(seed, 1))
	zipf := rand.NewZipf(r, 1.1, 4, 3000)
	words := func(n int) string {
		out := make([]string, n)
		for i := range out {
			k := zipf.Uint64()
			out[i] = fmt.Sprintf("w%c%c%c", 'a'+k%26, 'a'+k/26%26, 'a'+k/676%26)
			if r.IntN(5) == 0 {
				out[i] += "s"
			}
		}
		return strings.Join(out, " ")
	}
	docs := make([]*data.Document, n)
	for i := range docs {
		docs[i] = textOnly(fmt.Sprintf("%06d", i), words(6), words(60+r.IntN(300)))
	}
	return docs
}

// TestRankingDoesNotDependOnSegments compares an index made at once with ones made
// in batches, with articles replaced, and with articles removed again.
func TestRankingDoesNotDependOnSegments(t *testing.T) {
	docs := invented(400, 1)
	once := testStore(t)
	if err := once.Current().Apply(t.Context(), &data.Batch{Articles: docs}); err != nil {
		t.Fatal(err)
	}
	batches := testStore(t)
	for batch := range slices.Chunk(docs, 37) {
		if err := batches.Current().Apply(t.Context(), &data.Batch{Articles: batch}); err != nil {
			t.Fatal(err)
		}
	}
	changed := testStore(t)
	extra := invented(500, 2)
	for _, d := range extra[400:] {
		d.ID = "x" + d.ID
	}
	for batch := range slices.Chunk(extra, 90) {
		if err := changed.Current().Apply(t.Context(), &data.Batch{Articles: batch}); err != nil {
			t.Fatal(err)
		}
	}
	var gone []string
	for _, d := range extra[400:] {
		gone = append(gone, d.ID)
	}
	if err := changed.Current().Apply(t.Context(), &data.Batch{Articles: docs, RemovedArticles: gone}); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"waaa", "wbaa wcaa", "wcaa wdaas wfba wgaa wzaa", "\"wbaa waaa\"", "wba*", "waaa OR wzba"} {
		q, problems := query.Parse(text)
		if problems != nil {
			t.Fatal(problems)
		}
		plan := search.Plan{Query: q.Root, Any: true}
		want := find(t, once, plan)
		if len(want) == 0 {
			t.Errorf("%s: no hits", text)
		}
		for name, s := range map[string]*Store{"batches": batches, "changed": changed} {
			if diff := cmp.Diff(want, find(t, s, plan)); diff != "" {
				t.Errorf("%s, %s (-want +got)\n%s", text, name, diff)
			}
		}
	}
}

// TestExplanationsAddUp checks that every explanation is the sum of its parts, and
// the whole the score.
func TestExplanationsAddUp(t *testing.T) {
	s := testStore(t)
	fill(t, s, invented(300, 3))
	var check func(e search.Explanation)
	check = func(e search.Explanation) {
		if e.Parts == nil {
			return
		}
		sum := 0.0
		for _, p := range e.Parts {
			sum += p.Value
			check(p)
		}
		if math.Abs(sum-e.Value) > 1e-9*max(1, sum) {
			t.Errorf("%s: %g, its parts make %g", e.Text, e.Value, sum)
		}
	}
	for _, text := range []string{"waaa", "wbaa wcaas", "wcaa wdaa wfba wgaa wzaa", "wba*", "title:wcaa"} {
		q, _ := query.Parse(text)
		hits := find(t, s, search.Plan{Query: q.Root, Any: true, Explain: true, Limit: 150})
		if len(hits) == 0 {
			t.Errorf("%s: no hits", text)
		}
		for _, h := range hits {
			if h.Explanation == nil || math.Abs(h.Explanation.Value-h.Score) > 1e-9*h.Score {
				t.Fatalf("%s: score %g of %s, explanation %+v", text, h.Score, h.ID, h.Explanation)
			}
			check(*h.Explanation)
		}
	}
}
