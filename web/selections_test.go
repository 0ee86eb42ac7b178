package web

import (
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"incidex/data"
	"incidex/search"
	"incidex/search/compare"
	"incidex/search/facet"
	"incidex/search/query"
)

func TestWhole(t *testing.T) {
	ranges := search.Facet{Result: facet.Result{Field: "records", Values: []facet.Value{
		{Value: "1 to 10 million", Low: "1000000", High: "10000000"}, {Value: "1 billion and more", Low: "1000000000"},
	}}}
	// What is written side by side binds least, so that OR needs no parentheses.
	for in, want := range map[string]string{
		"/":                                   "",
		"/?q=customer+data":                   "customer data",
		"/?q=a+OR+b&f=sector:44":              "a OR b sector:44",
		"/?f=sector:44&f=sector:62":           "sector:44 OR sector:62",
		"/?q=x&f=sector:44&f=sector:62":       "x sector:44 OR sector:62",
		"/?q=x&f=-attack:Credential+stuffing": `x -"attack":"Credential stuffing"`,
		"/?f=occurred:2024&f=actor:(none)":    "occurred:2024 missing:actor",
		"/?f=published:2024-05":               "published:2024-05",
		"/?f=-actor:(none)":                   "-missing:actor",
		"/?f=records:1+to+10+million":         "records:1000000..<10000000",
		"/?f=records:1+billion+and+more":      "records:>=1000000000",
	} {
		page := SearchPage{Frame: Frame{State: parse(t, in)}, Response: &search.Response{Facets: []search.Facet{ranges}}}
		got := page.Whole()
		if got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
		if _, problems := query.Parse(got); len(problems) > 0 {
			t.Errorf("%s: %s cannot be read: %v", in, got, problems)
		}
	}
	for _, field := range search.Facetable {
		if _, ok := query.Lookup(field); !ok {
			t.Errorf("%s can be filtered by, but stands in no query", field)
		}
	}
}

func TestPairWords(t *testing.T) {
	page := SelectionsPage{A: "sector:retail", B: "sector:health"}
	for _, test := range []struct {
		name   string
		pair   compare.ValuePair
		words  string
		higher string
		a, b   string
	}{
		{"chance", compare.ValuePair{CountA: 3, CountB: 2, ShareA: 0.3, ShareB: 0.2, Odds: 1.6, Z: 0.5}, "", "", "30 %", "20 %"},
		{"more in A", compare.ValuePair{CountA: 60, CountB: 20, ShareA: 0.6, ShareB: 0.2, Odds: 5.87, Z: 5}, "The odds are 5.9 times as high in A as in B.", "A", "60 %", "20 %"},
		{"more in B", compare.ValuePair{CountA: 2, CountB: 90, ShareA: 0.02, ShareB: 0.9, Odds: 0.02, Z: -9}, "The odds are 50 times as high in B as in A.", "B", "2 %", "90 %"},
		{"far more", compare.ValuePair{CountA: 1, CountB: 999, ShareA: 0.001, ShareB: 0.999, Odds: 1e-6, Z: -9}, "Nearly always in B, seldom in A.", "B", "< 1 %", "> 99 %"},
		{"in one only", compare.ValuePair{CountA: 9, ShareA: 1, Odds: 99, Z: 3}, "Only in A.", "A", "100 %", "0 %"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := page.pair(data.Attack, test.pair)
			want := []string{test.words, test.higher, test.a, test.b}
			if diff := cmp.Diff(want, []string{got.Words, got.Higher, got.Sides[0].Text, got.Sides[1].Text}); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// That searches differ in what they ask for is no news.
func TestMostLeavesOutWhatWasAsked(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want []data.Field
	}{
		{"sector:retail", "sector:health", []data.Field{data.Sector, data.Sector}},
		{"ransomware (country:fr OR -has:actor)", "missing:law occurred:2024", []data.Field{data.Country, data.Actor, data.Law}},
		{"retail", "", nil},
	} {
		if diff := cmp.Diff(test.want, SelectionsPage{A: test.a, B: test.b}.asked()); diff != "" {
			t.Errorf("%s against %s (-want +got)\n%s", test.a, test.b, diff)
		}
	}
}

func TestMedianWords(t *testing.T) {
	ratio := func(x float64) *float64 { return &x }
	for want, m := range map[string]compare.MedianPair{
		"":                 {KnownA: 1, MedianA: 5},
		"about the same":   {KnownA: 1, KnownB: 1, MedianA: 100, MedianB: 102, Ratio: ratio(0.98)},
		"A is 2.5 times B": {KnownA: 1, KnownB: 1, MedianA: 5, MedianB: 2, Ratio: ratio(2.5)},
		"B is 40 times A":  {KnownA: 1, KnownB: 1, MedianA: 1, MedianB: 40, Ratio: ratio(0.025)},
	} {
		if got := median(m).Words; got != want {
			t.Errorf("%v: %q, want %q", m, got, want)
		}
	}
}

func TestBadFiles(t *testing.T) {
	got := badFiles([]RunProblem{{"b", 0, "torn", false}, {"a", 7, "x", false}, {"a", 2, "y", true}})
	want := []badFile{{"a", []RunProblem{{"a", 2, "y", true}, {"a", 7, "x", false}}}, {"b", []RunProblem{{"b", 0, "torn", false}}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// Only a page that tells of a run under way asks for itself again.
func TestStatusIsLiveWhileARunIs(t *testing.T) {
	for state, want := range map[string]bool{"running": true, "done": false, "failed": false} {
		page := render(t, func(w io.Writer) error {
			return newPages(t).Status(w, StatusPage{Runs: []Run{{ID: 2, State: state}, {ID: 1, State: "done"}}})
		})
		page.sound()
		if got := strings.Contains(page.source, "data-poll"); got != want {
			t.Errorf("%s: live %v, want %v", state, got, want)
		}
	}
}

func TestTook(t *testing.T) {
	for seconds, want := range map[float64]string{0: "under a second", 1.26: "1.2 s", 59.9: "59.9 s", 61: "1 minute", 3599: "60 minutes", 5400: "1.5 hours"} {
		if got := (Run{Seconds: seconds}).Took(); got != want {
			t.Errorf("%v seconds: %q, want %q", seconds, got, want)
		}
	}
}
