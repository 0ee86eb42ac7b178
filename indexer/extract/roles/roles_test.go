package roles

import (
	"fmt"
	"math"
	"strings"
	"testing"
)

// Features are found again by the names under which their weights are stored.
func TestNamesOfFeatures(t *testing.T) {
	var r Row
	r.Reset(true)
	before := Name("before")
	r.Add(before, r.Word("1"), r.Word("serves"))
	r.Add(before, r.Word("1"), r.Word("serves"))
	r.Add(Name("bias"))
	if len(r.Features) != 2 || strings.Join(r.Names, " ") != "before|1|serves bias" {
		t.Fatalf("%d features %q; want each once", len(r.Features), r.Names)
	}
	for i, n := range r.Names {
		if named(n) != r.Features[i] {
			t.Errorf("the name %q gives another feature", n)
		}
	}
	r.Reset(false)
	r.Add(before, r.Word("1"), r.Word("serves"))
	if r.Features[0] != named("before|1|serves") || r.Names != nil {
		t.Error("without learning the feature is another one, or has a name")
	}
}

func TestReadRefuses(t *testing.T) {
	for _, line := range []string{"hello", "weight\trecords", "weight\trecords\tbias\t1\t2", "weight\trecords\tbias\t1\t2\t3\t4\tx",
		"scale\trecords\tright\t1", "scale\trecords\twrong\t1\t0", "threshold\trecords\thigh", "weight\trecords\tbias\t99999\t0\t0\t0\t0"} {
		if _, err := Read(line + "\n"); err == nil || !strings.Contains(err.Error(), "line 1") {
			t.Errorf("%q: error %v, want one that names the line", line, err)
		}
	}
}

// examples are articles with two counts each: people who are affected, and people
// who are served, which a word before them tells.
func examples() []*Example {
	var out []*Example
	for i := range 60 {
		for _, word := range []string{"affecting", "serves"} {
			e := &Example{Article: fmt.Sprint(i), Kind: "count", Field: "records", Scale: "records", Fold: i % learnFolds, Weight: 1,
				Names: []string{"bias", "before|1|" + word}, Values: []float32{1, 1}}
			for q := range e.Answers {
				e.Answers[q] = -1
			}
			if yes := word == "affecting"; yes {
				e.Answers[Right], e.Answers[Head], e.Answers[Possible] = 1, 1, 0
			} else {
				e.Answers[Right], e.Answers[Head] = 0, 0
			}
			out = append(out, e)
		}
	}
	return out
}

// What is learned is written, read and answered alike, and holds on folds that were
// held back.
func TestLearnAndRead(t *testing.T) {
	list := examples()
	l := Learn(list)
	l.Thresholds["records"] = 0.75
	var out strings.Builder
	if err := l.Write(&out); err != nil {
		t.Fatal(err)
	}
	m, err := Read(out.String())
	if err != nil {
		t.Fatal(err)
	}
	if m.Threshold("records"+Short) != 0.75 || m.Threshold("loss"+Short) != defaultThreshold {
		t.Errorf("thresholds of short texts %v and %v, want those of the fields", m.Threshold("records"+Short), m.Threshold("loss"+Short))
	}
	if m.Threshold("records") != 0.75 || m.Threshold("loss") != defaultThreshold {
		t.Errorf("thresholds %v and %v", m.Threshold("records"), m.Threshold("loss"))
	}
	var both []*Judgment
	for _, e := range list[:2] {
		var r Row
		r.Reset(false)
		for i, n := range e.Names {
			parts := strings.Split(n, separator)
			var hashes []uint32
			for _, p := range parts[1:] {
				hashes = append(hashes, r.Word(p))
			}
			r.AddValue(e.Values[i], Name(parts[0]), hashes...)
		}
		j := m.Judge(ScopeOf(e.Kind, e.Field), e.Scale, &r)
		both = append(both, &j)
	}
	Choose(both)
	for i, e := range list[:2] {
		yes := e.Answers[Right] == 1
		if got := *both[i]; (got[Right] > .8) != yes || (got[Head] > .8) != yes || (e.Held[Right] > .8) != yes {
			t.Errorf("%s: judged %v, held back %v", e.Names[1], got, e.Held)
		}
		if d := math.Abs(both[i][Right] - e.Fit[Right]); d > .02 {
			t.Errorf("%s: the model that was read answers %v, the one that was learned %v", e.Names[1], both[i][Right], e.Fit[Right])
		}
	}
}

// Rivals share what there is, and none of them may be right.
func TestChoose(t *testing.T) {
	judged := func(odds ...float64) (out []*Judgment) {
		for _, o := range odds {
			j := Judgment{}
			j[Head] = o / (1 + o)
			out = append(out, &j)
		}
		return out
	}
	list := judged(8, 1)
	Choose(list)
	if a, b := list[0][Head], list[1][Head]; math.Abs(a-.8) > 1e-9 || math.Abs(b-.1) > 1e-9 {
		t.Errorf("odds 8 and 1 against none give %v and %v, want 0.8 and 0.1", a, b)
	}
}

func FuzzRead(f *testing.F) {
	f.Add("scale\trecords\tright\t1\t0\nthreshold\trecords\t0.8\nweight\t*count\tbias\t1\t2\t3\t4\t5\n")
	f.Add("weight\t\t\t0\t0\t0\t0\t0")
	f.Fuzz(func(t *testing.T, text string) {
		m, err := Read(text)
		if err != nil {
			return
		}
		var r Row
		r.Reset(false)
		r.Add(Name("bias"))
		for q, p := range m.Judge(ScopeOf("count", "records"), "records", &r) {
			if !(p >= 0 && p <= 1) {
				t.Errorf("question %d has the probability %v", q, p)
			}
		}
	})
}
