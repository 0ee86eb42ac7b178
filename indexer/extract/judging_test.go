package extract

import (
	"fmt"
	"strings"
	"testing"

	"incidex/data"
)

// What one article says of a ransom is never both that it was paid and that it was not,
// and a value is never both stated and denied.
func TestNoContradictions(t *testing.T) {
	claim := func(value string, s data.Status, p float64) data.Claim {
		return data.Claim{Field: data.Response, Value: value, Status: s, Confidence: p}
	}
	for _, test := range []struct {
		claims []data.Claim
		want   []data.Status
	}{
		{[]data.Claim{claim("Ransom paid", data.Actual, .9), claim("Ransom refused", data.Actual, .85)}, []data.Status{data.Actual, data.Doubtful}},
		{[]data.Claim{claim("Passwords reset", data.Actual, .85), claim("Passwords reset", data.Negated, .95)}, []data.Status{data.Doubtful, data.Negated}},
		{[]data.Claim{claim("Passwords reset", data.Actual, .85), claim("Training", data.Negated, .95)}, []data.Status{data.Actual, data.Negated}},
		{[]data.Claim{claim("Ransom paid", data.Doubtful, .5), claim("Ransom refused", data.Actual, .85)}, []data.Status{data.Doubtful, data.Actual}},
	} {
		doubtContradictions(test.claims)
		for i, c := range test.claims {
			if c.Status != test.want[i] {
				t.Errorf("%s: status %s, want %s", c.Value, c.Status, test.want[i])
			}
		}
	}
}

// A value is asserted from its threshold on, its probability is that of the model, and
// what falls short is doubtful, never gone without a word.
func TestDoubtfulClaims(t *testing.T) {
	a := data.Article{Title: "Northgate Clinic hit by ransomware", Date: "2024-05-14",
		Text: "Northgate Clinic, which serves 80,000 patients a year, said on Monday that a ransomware attack had encrypted its servers. Names and dates of birth of 12,400 patients were stolen, the clinic said. It has no evidence that Social Security numbers were taken, and it informed the police."}
	x := whole()
	m := x.Extract(&a)
	if len(m) == 0 || m[0].Role != data.Subject {
		t.Fatal("no subject")
	}
	for _, c := range m[0].Claims {
		t.Log(c.Field, valueOf(c), c.Status, c.Confidence, c.Lead)
		p := c.Confidence
		if info, _ := c.Field.Info(); !info.Many && m[0].Best(c.Field) != nil && m[0].Best(c.Field).Value == c.Value {
			p = max(p, c.Lead)
		}
		if c.Asserted() && p < x.roles.Threshold(string(c.Field))-.01 {
			t.Errorf("%s %s is asserted with probability %v", c.Field, valueOf(c), p)
		}
		if c.Field == data.DataType && c.Value == "Social security numbers" && c.Asserted() {
			t.Error("a denied data type is asserted")
		}
		if c.Field == data.Records && *c.Number == 80000 && c.Asserted() {
			t.Error("the patients that the clinic serves are asserted to be affected")
		}
	}
}

// A text of endless numbers is judged in bounds.
func TestJudgedInBounds(t *testing.T) {
	var text strings.Builder
	for i := range 3000 {
		fmt.Fprintf(&text, "Northgate Clinic said on %d March %d that hackers stole the names of %d patients and asked for $%d in ransom. ", 1+i%28, 1950+i%70, 1000+7*i, 5000+13*i)
	}
	x := whole()
	d := &document{lex: x.lex}
	x.read(d, &data.Article{Title: "Northgate Clinic hit by ransomware", Date: "2024-05-14", Text: text.String()})
	if !d.hasSubject() {
		t.Fatal("no subject")
	}
	d.gather()
	n := map[data.Field]int{}
	for _, i := range d.order {
		n[d.candidates[i].field]++
	}
	for f, c := range n {
		if c > 2*maxJudged {
			t.Errorf("%d candidates of %s are judged", c, f)
		}
	}
	if n[data.RansomDemanded] < maxJudged {
		t.Errorf("only %d amounts are judged", n[data.RansomDemanded])
	}
}
