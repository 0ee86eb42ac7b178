package extract

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"incidex/data"
)

// outcome is what a test expects of one incident.
type outcome struct {
	Role    data.Role
	Victim  string
	Records []float64
}

func TestMentionedKeepTheirCounts(t *testing.T) {
	tests := []struct {
		name, title, text string
		want              []outcome
	}{
		{"background", "Cartier says client data was taken",
			"Cartier told clients that hackers broke into its website and stole names and email addresses. The jeweller has called in investigators.\n\nOther brands were hit before. In 2017, for example, a data breach at Burberry exposed the details of thousands of customers.",
			[]outcome{{data.Subject, "Cartier", nil}, {data.Mentioned, "Burberry", []float64{1000}}}},
		{"whole millions", "LinkedIn data breach exposes 8.2M users",
			"Hackers stole the passwords of 8.2M users of LinkedIn in a data breach. The company confirmed the attack.",
			[]outcome{{data.Subject, "LinkedIn", []float64{8_200_000}}}},
		{"no telephone number", "Northfield Clinic data breach affects patients",
			"Northfield Clinic said a stolen laptop exposed the records of 2000 patients. Call (573) 555-0100 with questions.",
			[]outcome{{data.Subject, "Northfield Clinic", []float64{2000}}}},
		{"denial", "No data breach at tax office, ministry says",
			"The ministry said there was no breach of any of its systems and called the reports baseless.", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []outcome
			for _, m := range rules.Extract(&data.Article{Title: tt.title, Date: "2025-06-03", Text: tt.text}) {
				one := outcome{Role: m.Role}
				if c := m.Best(data.Victim); c != nil {
					one.Victim = c.Value
				}
				for _, c := range m.Claims {
					if c.Field == data.Records {
						one.Records = append(one.Records, *c.Number)
					}
				}
				slices.Sort(one.Records)
				got = append(got, one)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("incidents differ (-want +got):\n%s", diff)
			}
		})
	}
}
