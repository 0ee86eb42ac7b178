package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"incidex/data"
)

// found is an answer with a subject, whose claims are written "field=value" with
// "?" in front when they are only possible, and a mentioned incident at Bolt Freight.
func found(written ...string) answer {
	subject := data.Mention{Role: data.Subject}
	for _, w := range written {
		c := data.Claim{Status: data.Actual}
		if strings.HasPrefix(w, "?") {
			c.Status = data.Possible
		}
		field, value, _ := strings.Cut(strings.TrimPrefix(w, "?"), "=")
		c.Field, c.Value = data.Field(field), value
		if fs := figures(value); c.Field == data.Records {
			c.Value, c.Number = "", &fs[0].value
		}
		if c.Field == data.RansomPaid {
			x := sumsIn(value)[0]
			c.Value, c.Number, c.Currency = "", &x.number, x.currency
		}
		if c.Field == data.Actor {
			c.Evidence = []data.Evidence{{Span: data.Span{Start: 12, End: 17}}}
		}
		subject.Claims = append(subject.Claims, c)
	}
	return answer{subject, {Role: data.Mentioned, Claims: []data.Claim{{Field: data.Victim, Value: "Bolt Freight"}}}}
}

func TestScorers(t *testing.T) {
	judged := row{Subject: &subject{Victim: "Northwind Dairy", Records: []float64{5000, 70}, Occurred: "2024-03"}}
	judged.Subject.Ransom.Amount, judged.Subject.Ransom.Currency = 2e6, "USD"
	judged.Mentioned = []struct{ Victim string }{{"Bolt Freight Inc."}, {"Quarry Bank"}, {""}}
	judged.Unsure = []string{"data_types", "attacks", "actor"}
	casie := row{Text: "“Café” Foxes broke in, CVE-2024-11111.", EventTypes: []string{"Ransom"}}
	casie.Gold.Attackers = []argument{{"Foxes", [][2]int{{7, 12}}}, {"Hackers", [][2]int{{0, 3}}}, {"They", nil}}
	for name, test := range map[string]struct {
		score func(*sheet, *row, answer)
		row   row
		got   answer
		want  string
	}{
		"best value, all values": {scoreJudged, judged,
			found("victim=Northwind Dairy Ltd", "records=5,010", "?records=70", "records=9", "occurred=2024-04", "ransom_paid=$2 million"),
			"is_incident 1.0000 1; victim.top1 1.0000 1; records.top1 1.0000 1; records.precision 0.5000 2; records.recall 0.5000 2; records.f1 0.5000 1; " +
				"occurred.year 1.0000 1; occurred.month 0.0000 1; ransom 1.0000 1; mentioned.precision 1.0000 1; mentioned.recall 0.5000 2; mentioned.f1 0.6667 1"},
		"no incident": {scoreJudged, row{}, nil, "is_incident 1.0000 1"},
		"spans in characters": {scoreCasie, casie, found("actor=a", "cve=CVE-2024-11111"),
			"actor.spans.precision 1.0000 1; actor.spans.recall 1.0000 1; actor.spans.f1 1.0000 1; cve.precision 1.0000 1; cve.recall 1.0000 1; cve.f1 1.0000 1"},
		"labels of a report": {scorePRC, row{BreachType: "PORT", EntityType: "BSR", CountInText: true, Records: 120},
			found("action=error", "sector=61", "?records=120"),
			"records.top1 0.0000 1; records.any 0.0000 1; action.top1 1.0000 1; sector.top1 0.0000 1; action.macro 1.0000 1"},
		"hibp without a domain": {scoreHIBP, row{Title: "Northwind"}, found(), ""},
		"month as the text writes it": {scoreHIBP, row{Title: "Northwind", Domain: "northwind.example", Text: "In March of 2024, 1.1k left.", PwnCount: 1000,
			BreachDate: "2024-03-09", DataClasses: []string{"Names", "Avatars"}}, found("victim=Other", "records=1,050", "occurred=2024-03", "data_type=Names", "data_type=Names"),
			"victim.top1 0.0000 1; records.top1 1.0000 1; records.any 1.0000 1; records.precise 1.0000 1; occurred.month 1.0000 1; " +
				"data_types.core.precision 1.0000 1; data_types.core.recall 1.0000 1; data_types.core.f1 1.0000 1"},
		"another name of the actor": {scoreEuRepoC, row{Text: "Grey Moth hit Chile.", Countries: []string{"Chile"}, Actors: []string{"UNX-7/Grey Moth", "Red Owl"}},
			found("country=CL", "country=PE", "actor=UNX-7", "actor=Red Owl"),
			"victim_country.precision 0.5000 2; victim_country.recall 1.0000 1; victim_country.f1 0.6667 1; actor.precision 1.0000 2; actor.recall 1.0000 1; actor.f1 1.0000 1"},
		"country that is not stated": {scoreEuRepoC, row{Text: "A ministry was hit.", Countries: []string{"Chile"}}, found("actor=X"), "actor.none_when_none 0.0000 1"},
	} {
		t.Run(name, func(t *testing.T) {
			var s sheet
			test.score(&s, &test.row, test.got)
			var lines []string
			for line := range strings.Lines(s.String()) {
				lines = append(lines, strings.Join(strings.Fields(line), " "))
			}
			if diff := cmp.Diff(test.want, strings.Join(lines, "; ")); diff != "" {
				t.Errorf("sheet (-want +got):\n%s", diff)
			}
		})
	}
}

func TestSums(t *testing.T) {
	for text, want := range map[string][]sum{
		"$1.2 million":          {{1.2e6, "USD"}},
		"0.5 Bitcoins or £300":  {{.5, "BTC"}, {300, "GBP"}},
		"between 40 and €1,500": {{1500, "EUR"}},
		"a lot of money":        nil,
	} {
		if diff := cmp.Diff(want, sumsIn(text), cmp.AllowUnexported(sum{})); diff != "" {
			t.Errorf("sumsIn(%q) (-want +got):\n%s", text, diff)
		}
	}
}
