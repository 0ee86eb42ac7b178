package data

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func num(n float64) *float64 { return &n }

func count(n float64, q Qualifier) Claim {
	return Claim{Field: Records, Number: num(n), Unit: "people", Qualifier: q, Status: Actual, Confidence: 0.9, Rule: "test"}
}

func value(f Field, v string, s Status) Claim {
	return Claim{Field: f, Value: v, Status: s, Confidence: 0.9, Rule: "test"}
}

func document(id string, date Date, kind SourceKind, role Role, claims ...Claim) *Document {
	return &Document{
		Article:  Article{ID: id, Date: date, Kind: kind},
		Mentions: []Mention{{Role: role, Claims: claims}},
	}
}

func incidentOf(docs ...*Document) Incident {
	inc := Incident{ID: "test-2020"}
	for _, d := range docs {
		inc.Members = append(inc.Members, Member{Article: d.ID, Role: d.Mentions[0].Role})
	}
	return inc
}

func TestMergeChoice(t *testing.T) {
	given := count(10, Exact)
	given.Rule = RuleGiven
	commanded := count(20, Exact)
	commanded.Rule = RuleCommand + "watchlist.go"
	type want struct {
		Chosen   string
		Rule     string
		Conflict bool
	}
	for name, test := range map[string]struct {
		field Field
		docs  []*Document
		want  want
	}{
		"newer count": {Records, []*Document{
			document("a", "2017-09-07", Press, Subject, count(143e6, Exact)),
			document("b", "2017-10-02", Press, Subject, count(145.5e6, Exact)),
			document("c", "2018-03-01", Press, Subject, count(147e6, Exact)),
		}, want{"c 1.47e+08", "the newest source", true}},
		"rounding is no conflict": {Records, []*Document{
			document("a", "2020-01-01", Press, Subject, count(7.4e6, Exact)),
			document("b", "2020-01-01", Press, Subject, count(7_412_345, Exact)),
		}, want{"a 7.4e+06", "2 sources agree", false}},
		"about is no conflict": {Records, []*Document{
			document("a", "2020-01-01", Press, Subject, count(40e6, About)),
			document("b", "2020-01-02", Press, Subject, count(41e6, Exact)),
		}, want{"b 4.1e+07", "2 sources agree", false}},
		"vague gives way to an older number": {Records, []*Document{
			document("a", "2020-01-01", Press, Subject, count(52_000, Exact)),
			document("b", "2020-02-02", Press, Subject, count(10_000, Vague)),
		}, want{"a 52000", "2 sources agree", false}},
		"regulator over newer press": {Records, []*Document{
			document("a", "2020-01-01", Regulator, Subject, count(500, Exact)),
			document("b", "2020-02-02", Press, Subject, count(900, Exact)),
		}, want{"a 500", "from a regulator, before the press", true}},
		"given over regulator": {Records, []*Document{
			document("a", "2020-01-01", Regulator, Subject, count(500, Exact)),
			document("b", "2020-01-01", Press, Subject, given),
		}, want{"b 10", "given by the source, before what was extracted", true}},
		"given over a command's": {Records, []*Document{
			document("a", "2021-01-01", Regulator, Subject, commanded),
			document("b", "2020-01-01", Press, Subject, given),
		}, want{"b 10", "given by the source, before what was extracted", true}},
		"a command's over extracted": {Records, []*Document{
			document("a", "2020-01-01", Press, Subject, commanded),
			document("b", "2022-01-01", Regulator, Subject, count(500, Exact)),
		}, want{"a 20", "from a command of your own, before what was extracted", true}},
		"subject over mentioned": {Records, []*Document{
			document("a", "2020-01-01", Press, Subject, count(500, Exact)),
			document("b", "2022-01-01", Press, Mentioned, count(900, Exact)),
		}, want{"a 500", "the only source that says so", false}},
		"later numbers of one article are parts": {Records, []*Document{
			document("a", "2020-01-01", Press, Subject, count(500, Exact), count(20, Exact)),
			document("b", "2020-01-02", Press, Subject, count(500, Exact)),
		}, want{"b 500", "the newest source", false}},
		"more precise date": {Occurred, []*Document{
			document("a", "2020-01-01", Press, Subject, value(Occurred, "2019-05-03", Actual)),
			document("b", "2020-01-02", Press, Subject, value(Occurred, "2019", Actual)),
		}, want{"a 2019-05-03", "2 sources agree", false}},
		"majority of names": {Victim, []*Document{
			document("a", "2020-01-01", Press, Subject, value(Victim, "Acme", Actual)),
			document("b", "2020-01-02", Press, Subject, value(Victim, "Acme", Actual)),
			document("c", "2020-01-03", Press, Subject, value(Victim, "Bolt", Actual)),
		}, want{"b Acme", "stated by more sources", true}},
		"denied elsewhere": {DataType, []*Document{
			document("a", "2020-01-01", Press, Subject, value(DataType, "Passwords", Actual)),
			document("b", "2020-01-02", Company, Subject, value(DataType, "Passwords", Negated)),
		}, want{"a Passwords", "every value that a source states", true}},
		"only denied": {DataType, []*Document{
			document("a", "2020-01-01", Press, Subject, value(DataType, "Passwords", Negated)),
		}, want{"", "", false}},
	} {
		t.Run(name, func(t *testing.T) {
			r := Merge(incidentOf(test.docs...), test.docs)
			f := r.Field(test.field)
			got := want{Rule: f.Rule, Conflict: f.Conflict}
			if len(f.Chosen) > 0 {
				got.Chosen = f.Chosen[0].Article + " " + f.Chosen[0].Value
				if n := f.Chosen[0].Number; n != nil {
					got.Chosen = fmt.Sprintf("%s %g", f.Chosen[0].Article, *n)
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestMergeOfGenericValues(t *testing.T) {
	attack := func(value, rule string) Claim {
		return Claim{Field: Attack, Value: value, Status: Actual, Confidence: .9, Rule: rule}
	}
	for name, test := range map[string]struct {
		claims []Claim
		want   []string
	}{
		"alone":            {[]Claim{attack("Unauthorized access", "")}, []string{"Unauthorized access"}},
		"beside another":   {[]Claim{attack("Unauthorized access", ""), attack("Phishing", "")}, []string{"Phishing"}},
		"given beside one": {[]Claim{attack("Unauthorized access", RuleGiven), attack("Phishing", "")}, []string{"Phishing", "Unauthorized access"}},
	} {
		var docs []*Document
		for i, c := range test.claims {
			docs = append(docs, document(string(rune('a'+i)), "2020-01-01", Press, Subject, c))
		}
		var got []string
		r := Merge(incidentOf(docs...), docs)
		for _, c := range r.Field(Attack).Chosen {
			got = append(got, c.Value)
		}
		slices.Sort(got)
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: %q are chosen, want %q", name, got, test.want)
		}
	}
}

func TestMergeRangeAndCopies(t *testing.T) {
	docs := []*Document{
		document("a", "2017-09-07", Press, Subject, count(143e6, Exact)),
		document("b", "2017-09-08", Press, Subject, count(143e6, Exact)),
		document("c", "2018-03-01", Press, Subject, count(147e6, Exact)),
	}
	inc := incidentOf(docs...)
	inc.Members[0].Signature.Sketch = 0xff00ff00ff00ff00
	inc.Members[1].Signature.Sketch = 0xff00ff00ff00ff01
	inc.Members[2].Signature.Sketch = 0x123456789abcdef0
	r := Merge(inc, docs)
	f := r.Field(Records)
	if *f.Low != 143e6 || *f.High != 147e6 || len(f.Claims) != 3 {
		t.Errorf("range %g to %g of %d claims, want 143e6 to 147e6 of 3", *f.Low, *f.High, len(f.Claims))
	}
	var copies []string
	for _, a := range r.Articles {
		copies = append(copies, a.ID+"<"+a.CopyOf)
	}
	if diff := cmp.Diff([]string{"c<", "b<a", "a<"}, copies); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestMergeOrder holds that a record does not depend on the order of the documents
// and that claims are neither lost nor made.
func TestMergeOrder(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	fields := []Field{Victim, Records, DataType, Occurred, Fine, Country}
	for round := range 200 {
		var docs []*Document
		claims := 0
		for i := range 1 + rnd.IntN(6) {
			d := document(fmt.Sprintf("d%d", i), Date(fmt.Sprintf("202%d-0%d", rnd.IntN(3), 1+rnd.IntN(9))),
				[]SourceKind{Press, Company, Regulator, ""}[rnd.IntN(4)], []Role{Subject, Mentioned}[rnd.IntN(2)])
			for range rnd.IntN(6) {
				c := value(fields[rnd.IntN(len(fields))], fmt.Sprintf("202%d", rnd.IntN(4)), []Status{Actual, Possible, Negated, Advised}[rnd.IntN(4)])
				if info, _ := c.Field.Info(); info.Kind == Count || info.Kind == Money {
					c.Value, c.Number, c.Unit = "", num(float64(rnd.IntN(40))*100), []string{"people", "records"}[rnd.IntN(2)]
					c.Qualifier = []Qualifier{Exact, AtLeast, UpTo, About, Vague}[rnd.IntN(5)]
				}
				d.Mentions[0].Claims = append(d.Mentions[0].Claims, c)
				claims++
			}
			docs = append(docs, d)
		}
		inc := incidentOf(docs...)
		want := Merge(inc, docs)
		got := 0
		for _, f := range want.Fields {
			got += len(f.Claims)
			if len(f.Chosen) > len(f.Claims) || !cmp.Equal(f.Chosen, f.Claims[:len(f.Chosen)]) && len(f.Chosen) > 0 {
				t.Fatalf("round %d: %s: chosen claims do not stand first", round, f.Field)
			}
		}
		if got != claims {
			t.Fatalf("round %d: %d claims of %d", round, got, claims)
		}
		shuffled := slices.Clone(docs)
		rnd.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		if diff := cmp.Diff(want, Merge(inc, shuffled)); diff != "" {
			t.Fatalf("round %d (-want +got):\n%s", round, diff)
		}
	}
}

func TestSameCount(t *testing.T) {
	for _, test := range []struct {
		a, b float64
		want bool
	}{
		{7.4e6, 7_400_000, true}, {7.4e6, 7_412_345, true}, {143e6, 147e6, false},
		{145.5e6, 147e6, false}, {500e6, 1e9, false}, {0, 5, false}, {270_000, 245_000, false},
	} {
		if got := SameCount(test.a, test.b); got != test.want || got != SameCount(test.b, test.a) {
			t.Errorf("SameCount(%g, %g) = %v, want %v both ways", test.a, test.b, got, test.want)
		}
	}
}
