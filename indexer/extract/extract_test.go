package extract

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"incidex/data"
)

// rules are compiled once for all tests.
var rules = New()

// claimsOf lists the claims of a field as "value", one an incident by role.
func claimsOf(a *data.Article, f data.Field) (subject []string, mentioned []string) {
	for _, m := range rules.Extract(a) {
		for _, c := range m.Claims {
			if c.Field != f {
				continue
			}
			v := valueOf(c)
			if m.Role == data.Subject {
				subject = append(subject, v)
			} else {
				mentioned = append(mentioned, v)
			}
		}
	}
	return subject, mentioned
}

func TestVictim(t *testing.T) {
	for _, test := range []struct{ title, text, want string }{
		{"Harbourline confirms data breach affecting 2.4 million customers", "Ferry operator Harbourline Ltd said on Tuesday that hackers stole the data of 2.4 million customers. Researchers at Northgate Security found the data on a forum.", "Harbourline"},
		{"", "In March 2019, the recipe site Spoonfolk suffered a data breach that exposed 1.2M email addresses and passwords.", "Spoonfolk"},
		{"", "The covered entity (CE), Maple Ridge Orthopedics, P.C., reported that its business associate (BA), Pollux Billing, Inc., lost a laptop that held the protected health information (PHI) of 1,204 individuals.", "Maple Ridge Orthopedics"},
		{"Hackers steal records of 90,000 patients from Brookvale Hospital", "Brookvale Hospital is notifying patients of a ransomware attack.", "Brookvale Hospital"},
	} {
		got, _ := claimsOf(&data.Article{Title: test.title, Text: test.text}, data.Victim)
		if len(got) == 0 || got[0] != test.want {
			t.Errorf("%q: victims %q, want %q first", test.text, got, test.want)
		}
	}
}

func TestRecords(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"Harbourline was hacked and the personal data of 2.5 million of its 8 million customers was stolen.", "2500000 people"},
		{"Harbourline suffered a data breach that exposed 435k email addresses.", "435000 email addresses"},
		{"Harbourline, which employs 12,000 people, said a hacker stole the details of more than 70,000 customers.", "at least 70000 people"},
	} {
		got, _ := claimsOf(&data.Article{Text: test.text}, data.Records)
		if len(got) == 0 || got[0] != test.want {
			t.Errorf("%q: records %q, want %q first", test.text, got, test.want)
		}
	}
}

func TestNoSubject(t *testing.T) {
	for _, a := range []*data.Article{
		{Title: "Vendor patches critical flaw in router firmware", Text: "A vulnerability tracked as CVE-2021-12345 could allow attackers to run code. The vendor released a patch on Tuesday. Users should update."},
		{Title: "Wheat prices climb as exports slow", Text: "Wheat futures rose three cents a bushel on Monday as traders weighed slower exports."},
	} {
		for _, m := range rules.Extract(a) {
			if m.Role == data.Subject {
				t.Errorf("%q: has the subject %s", a.Title, m.ID)
			}
		}
	}
}

func TestGivenClaimsComeFirst(t *testing.T) {
	a := &data.Article{Text: "Harbourline suffered a data breach that exposed 435k email addresses.",
		Given: []data.Claim{{Field: data.Victim, Value: "Harbourline Group"}}}
	m := rules.Extract(a)
	want := data.Claim{Field: data.Victim, Value: "Harbourline Group", Status: data.Actual, Confidence: 1, Rule: data.RuleGiven}
	if diff := cmp.Diff(want, *m[0].Best(data.Victim)); diff != "" {
		t.Errorf("best victim (-want +got):\n%s", diff)
	}
	if m[0].ID != "harbourline-group" {
		t.Errorf("id is %q", m[0].ID)
	}
}

func TestExplain(t *testing.T) {
	var b strings.Builder
	a := &data.Article{Title: "Harbourline hacked", Text: "Harbourline suffered a data breach that exposed 435k email addresses."}
	number := 435000.0
	err := Render(&b, a, []data.Mention{{ID: "harbourline", Role: data.Subject, Claims: []data.Claim{
		{Field: data.Victim, Value: "Harbourline", Status: data.Actual, Confidence: .9, Rule: "victim.of-names",
			Evidence: []data.Evidence{{Span: data.Span{Start: 0, End: 11}, Source: data.InTitle}, {Span: data.Span{Start: 0, End: 11}}}},
		{Field: data.Records, Number: &number, Unit: "email addresses", Status: data.Actual, Confidence: .8, Rule: "records.email-addresses",
			Evidence: []data.Evidence{{Span: data.Span{Start: 48, End: 68}}}},
	}}})
	want := `[Harbourline]1 hacked

[Harbourline]1 suffered a data breach that exposed [435k email addresses]2.

subject harbourline
   1  victim          Harbourline                      actual    0.90  victim.of-names
   2  records         435000 email addresses           actual    0.80  records.email-addresses
`
	if diff := cmp.Diff(want, b.String()); diff != "" || err != nil {
		t.Errorf("error %v (-want +got):\n%s", err, diff)
	}
}

// checkMentions fails when a claim breaks what every claim must hold.
func checkMentions(t *testing.T, a *data.Article, mentions []data.Mention) {
	t.Helper()
	for i, m := range mentions {
		if i > 0 && m.Role == data.Subject {
			t.Errorf("incident %d is a subject", i)
		}
		if m.ID == "" {
			t.Errorf("incident %d has no id", i)
		}
		for _, c := range m.Claims {
			if c.Confidence < 0 || c.Confidence > 1 || c.Rule == "" {
				t.Errorf("claim %+v: confidence or rule", c)
			}
			if len(c.Evidence) == 0 && c.Status != data.Derived {
				t.Errorf("claim %+v has no evidence", c)
			}
			for _, e := range c.Evidence {
				text := a.Text
				if e.Source == data.InTitle {
					text = a.Title
				}
				if e.In(text) != e.Quote || e.Quote == "" {
					t.Errorf("claim %s: quote %q is not %q", c.Field, e.Quote, e.In(text))
				}
			}
		}
	}
}

func FuzzExtract(f *testing.F) {
	f.Add(benchArticle.Title, benchArticle.Text)
	f.Add("", "“Zoë’s” U.S.-based Acme.com lost 2.5 million of its 8 million users’ e-mails… between 50,000 and 60,000")
	f.Add("A\xff", "\x80 1,2.3.4-5-6 $$ 7m (8k) — \u2028 'x' 30, 000 people of of of")
	f.Fuzz(func(t *testing.T, title, text string) {
		a := &data.Article{Title: title, Text: text, Date: "2024-05"}
		checkMentions(t, a, rules.Extract(a))
	})
}

func FuzzTokens(f *testing.F) {
	f.Add("Acme's U.S. 7.4m “users”—e-mail. passwordsThe end\n\nNext's")
	f.Fuzz(func(t *testing.T, text string) {
		d := &document{lex: rules.lex}
		d.load(&data.Article{Text: text})
		end := int32(0)
		for i, tok := range d.tokens {
			if tok.start < end || tok.end <= tok.start || int(tok.end) > len(text) {
				t.Fatalf("token %d is [%d, %d) behind %d", i, tok.start, tok.end, end)
			}
			if utf8.ValidString(text) && !utf8.ValidString(text[tok.start:tok.end]) {
				t.Fatalf("token %d cuts a character: %q", i, text[tok.start:tok.end])
			}
			end = tok.end
		}
		next := int32(0)
		for _, s := range d.sents {
			if s.from != next || s.to <= s.from {
				t.Fatalf("sentence [%d, %d) does not follow %d", s.from, s.to, next)
			}
			next = s.to
		}
		if int(next) != len(d.tokens) {
			t.Fatalf("sentences end at %d of %d tokens", next, len(d.tokens))
		}
	})
}

func FuzzNumbers(f *testing.F) {
	f.Add("between 2 and 3 million; 1, 234, 567; $1.2bn; 10. 5 million; two hundred and five; tens of thousands")
	f.Fuzz(func(t *testing.T, text string) {
		d := &document{lex: rules.lex}
		d.load(&data.Article{Text: text})
		rules.numbers.find(d)
		for _, n := range d.numbers {
			if n.from >= n.to || n.to > len(d.tokens) || n.begin > n.from || n.begin < 0 || n.value < 0 {
				t.Fatalf("number %+v in %d tokens", n, len(d.tokens))
			}
		}
	})
}
