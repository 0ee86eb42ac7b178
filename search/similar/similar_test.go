package similar

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"incidex/data"
	"incidex/search/facet"
)

// generate makes n incidents whose facts are as frequent as in breach news: few
// sectors and attacks, one in three with an actor of a long tail, one to eight data
// types of which names and addresses are in most.
func generate(n int) []Facts {
	rnd := rand.New(rand.NewPCG(5, 6))
	skewed := func(prefix string, many int) string {
		return fmt.Sprint(prefix, int(float64(many)*math.Pow(rnd.Float64(), 2)))
	}
	pick := func(prefix string, many, most int) (out []string) {
		for range rnd.IntN(most + 1) {
			out = append(out, skewed(prefix, many))
		}
		return out
	}
	all := make([]Facts, n)
	for i := range all {
		all[i] = Facts{
			ID: fmt.Sprintf("incident-%06d", i), Sectors: pick("s", 20, 1), Attacks: pick("a", 20, 2), Vectors: pick("v", 10, 2),
			Actors: pick("g", 300, 1), DataTypes: pick("d", 60, 8), Countries: pick("c", 60, 2), Laws: pick("l", 12, 1),
		}
		if rnd.IntN(3) > 0 {
			all[i].Records = math.Round(math.Pow(10, 2+6*rnd.Float64()))
		}
	}
	return all
}

func TestCompareWords(t *testing.T) {
	a := Facts{ID: "a", Sectors: []string{"x44"}, Attacks: []string{"Ransomware"}, DataTypes: []string{"Names", "Passwords"}, Records: 1000}
	b := Facts{ID: "b", Sectors: []string{"x44"}, Attacks: []string{"Ransomware"}, DataTypes: []string{"Names"}, Records: 1900}
	m := Compare(a, b, Default, 0)
	var got []string
	for _, c := range m.Contributions {
		got = append(got, c.String())
	}
	want := []string{"same sector x44 +0.30", "both Ransomware +0.25", "records within 2 times +0.20", "both lost Names (1 of 2) +0.10"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if math.Abs(m.Score-0.85) > 1e-9 {
		t.Errorf("score %g, want 0.85", m.Score)
	}
}

func TestFactsOf(t *testing.T) {
	n := 500.0
	docs := []*data.Document{{Article: data.Article{ID: "x"}, Mentions: []data.Mention{{Role: data.Subject, Claims: []data.Claim{
		{Field: data.Attack, Value: "Phishing", Status: data.Actual},
		{Field: data.Attack, Value: "Malware", Status: data.Possible},
		{Field: data.Country, Value: "FR", Status: data.Derived},
		{Field: data.Records, Number: &n, Unit: "people", Status: data.Actual},
	}}}}}
	r := data.Merge(data.Incident{ID: "i", Members: []data.Member{{Article: "x", Role: data.Subject}}}, docs)
	want := Facts{ID: "i", Attacks: []string{"Phishing"}, Countries: []string{"FR"}, Records: 500}
	if diff := cmp.Diff(want, FactsOf(&r)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// indexOf makes the index of facts whose ids ascend.
func indexOf(all []Facts) *Index {
	lists := make([]facet.Lists, listKinds)
	var ids []string
	var records []float64
	for k := range lists {
		l := &lists[k]
		for _, f := range all {
			l.Values = append(l.Values, *f.lists()[k]...)
		}
		l.Values = distinct(l.Values)
		l.Start = []uint32{0}
		for _, f := range all {
			for _, value := range distinct(*f.lists()[k]) {
				v, _ := slices.BinarySearch(l.Values, value)
				l.IDs = append(l.IDs, uint32(v))
			}
			l.Start = append(l.Start, uint32(len(l.IDs)))
		}
	}
	for _, f := range all {
		ids, records = append(ids, f.ID), append(records, f.Records)
	}
	return NewIndex(ids, lists, records)
}

// TestNearest holds that the index finds what comparing with every incident finds,
// for several weights.
func TestNearest(t *testing.T) {
	all := generate(2000)
	x := indexOf(all)
	text := map[string]float64{"incident-000007": 0.9, "incident-000100": 0.4, "absent": 1}
	for _, w := range []Weights{Default, {Actor: 1, Size: 0.5}, {Text: 1, Country: 0.2}} {
		for _, f := range all[:40] {
			var want []Match
			for _, o := range all {
				if m := Compare(f, o, w, text[o.ID]); o.ID != f.ID && m.Score > 0 {
					want = append(want, m)
				}
			}
			slices.SortStableFunc(want, func(a, b Match) int {
				switch {
				case a.Score > b.Score+1e-9:
					return -1
				case a.Score < b.Score-1e-9:
					return 1
				}
				return 0
			})
			got := x.Nearest(f, w, 10, text)
			if len(got) != min(10, len(want)) {
				t.Fatalf("%s: %d matches, want %d", f.ID, len(got), min(10, len(want)))
			}
			for i := range got {
				if math.Abs(got[i].Score-want[i].Score) > 1e-9 {
					t.Fatalf("%s: match %d is %s with %g, want a score of %g", f.ID, i, got[i].ID, got[i].Score, want[i].Score)
				}
				var sum float64
				for _, c := range got[i].Contributions {
					sum += c.Score
				}
				if math.Abs(sum-got[i].Score) > 1e-9 {
					t.Fatalf("%s: contributions of %s add up to %g, not %g", f.ID, got[i].ID, sum, got[i].Score)
				}
			}
		}
	}
}

func TestCompareSymmetric(t *testing.T) {
	all := generate(200)
	for i, a := range all[1:] {
		ab, ba := Compare(a, all[i], Default, 0.5), Compare(all[i], a, Default, 0.5)
		ab.ID, ba.ID = "", ""
		if diff := cmp.Diff(ab, ba, cmpopts.EquateApprox(0, 1e-9)); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
	}
}

// BenchmarkNearest searches 100,000 generated incidents; see generate for what they
// imitate.
func BenchmarkNearest(b *testing.B) {
	all := generate(100_000)
	x := indexOf(all)
	for i := 0; b.Loop(); i++ {
		x.Nearest(all[i%len(all)], Default, 10, nil)
	}
}
