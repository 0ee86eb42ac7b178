package extract

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"incidex/data"
	"incidex/data/vocab"
)

var update = flag.Bool("update", false, "write the golden files")

// answer is a row of the sample gold: an article and what it reports.
type answer struct {
	ID, Title, Date, Text string
	Subject               *struct {
		Victim    string
		Aliases   []string `json:"victim_aliases"`
		Sector    string
		Records   []float64
		DataTypes []string `json:"data_types"`
		Negated   []string `json:"data_types_negated"`
		Attacks   []string
		Actor     string
		Occurred  string
		Country   string
		Ransom    *struct {
			Amount   float64
			Currency string
		}
	}
	Mentioned []struct{ Victim string }
	Unsure    []string
}

// figure counts right decisions; for sets it counts hits, wanted and said.
type figure struct{ hit, want, said int }

func (f *figure) add(ok bool) {
	f.want++
	f.said++
	if ok {
		f.hit++
	}
}

func (f *figure) sets(want, got []string) {
	f.want += len(want)
	f.said += len(got)
	for _, v := range got {
		if slices.Contains(want, v) {
			f.hit++
		}
	}
}

// TestFigures compares the figures of the sample corpus with the golden table, so
// that every change of a rule shows what it does: go test -run Figures -update.
func TestFigures(t *testing.T) {
	var names []string
	figures := map[string]*figure{}
	get := func(name string) *figure {
		if figures[name] == nil {
			names = append(names, name)
			figures[name] = &figure{}
		}
		return figures[name]
	}
	for _, a := range sampleAnswers(t) {
		article := &data.Article{ID: a.ID, Title: a.Title, Date: data.Date(a.Date), Text: a.Text}
		mentions := rules.Extract(article)
		checkMentions(t, article, mentions)
		compareAnswer(a, mentions, get)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%-22s %7s %7s %5s\n", "figure", "right", "wanted", "said")
	for _, name := range names {
		f := figures[name]
		fmt.Fprintf(&b, "%-22s %7d %7d %5d\n", name, f.hit, f.want, f.said)
	}
	golden := filepath.Join("testdata", "figures.golden")
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), b.String()); diff != "" {
		t.Errorf("figures differ; if that is meant, run go test -run Figures -update (-want +got):\n%s", diff)
	}
}

func sampleAnswers(t *testing.T) []answer {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join("testdata", "sample_*.jsonl"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no sample gold: %v", err)
	}
	var out []answer
	for _, path := range paths {
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		for dec := json.NewDecoder(bufio.NewReader(f)); dec.More(); {
			var a answer
			if err := dec.Decode(&a); err != nil {
				t.Fatalf("%s: row %d: %v", path, len(out)+1, err)
			}
			out = append(out, a)
		}
	}
	return out
}

func compareAnswer(a answer, mentions []data.Mention, get func(string) *figure) {
	var subject *data.Mention
	var others []string
	for i := range mentions {
		if mentions[i].Role == data.Subject {
			subject = &mentions[i]
		} else if c := mentions[i].Best(data.Victim); c != nil {
			others = append(others, c.Value)
		}
	}
	get("is_incident").add((subject != nil) == (a.Subject != nil))
	var wanted []string
	for _, m := range a.Mentioned {
		i := slices.IndexFunc(others, func(o string) bool { return alike(o, m.Victim) })
		if i >= 0 {
			others[i] = m.Victim
		}
		wanted = append(wanted, m.Victim)
	}
	get("mentioned").sets(wanted, others)
	s := a.Subject
	if s == nil || subject == nil {
		return
	}
	sure := func(field string) bool { return !slices.Contains(a.Unsure, field) }
	first := func(f data.Field) string {
		if c := subject.Best(f); c != nil {
			return c.Value
		}
		return ""
	}
	if s.Victim != "" && sure("victim") {
		get("victim.first").add(slices.ContainsFunc(append(s.Aliases, s.Victim), func(n string) bool { return alike(n, first(data.Victim)) }))
	}
	if s.Sector != "" && sure("sector") {
		get("sector.first").add(first(data.Sector) == s.Sector)
	}
	if s.Country != "" && sure("country") {
		get("country.first").add(first(data.Country) == s.Country)
	}
	if len(s.Records) > 0 && sure("records") {
		c := subject.Best(data.Records)
		get("records.first").add(c != nil && math.Abs(*c.Number-s.Records[0]) <= .005*s.Records[0])
	}
	if s.Occurred != "" && sure("occurred") {
		get("occurred.year").add(len(first(data.Occurred)) >= 4 && first(data.Occurred)[:4] == s.Occurred[:4])
	}
	if sure("data_types") {
		got := subject.Values(data.DataType)
		get("data_types").sets(s.DataTypes, got)
		if len(s.Negated) > 0 {
			get("negated.kept_out").add(!slices.ContainsFunc(s.Negated, func(v string) bool { return slices.Contains(got, v) }))
		}
	}
	if sure("attacks") {
		get("attacks").sets(s.Attacks, subject.Values(data.Attack))
	}
	if sure("actor") {
		var want []string
		if s.Actor != "" {
			want = []string{s.Actor}
		}
		got := subject.Values(data.Actor)
		for i := range got {
			if alike(got[i], s.Actor) {
				got[i] = s.Actor
			}
		}
		get("actor").sets(want, got)
	}
}

// alike reports whether two names are the same but for parts left out.
func alike(a, b string) bool {
	a, b = vocab.Fold(a), vocab.Fold(b)
	return a != "" && b != "" && (strings.Contains(" "+a+" ", " "+b+" ") || strings.Contains(" "+b+" ", " "+a+" "))
}
