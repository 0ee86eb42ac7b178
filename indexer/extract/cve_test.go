package extract

import (
	"strings"
	"testing"

	"incidex/data"
)

// A vulnerability is found however its number is written, and is no count.
func TestCVE(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"The attackers exploited CVE-2021-44228.", "CVE-2021-44228"},
		{"The attackers exploited CVE-2024–27394 and CVE–2021—44228.", "CVE-2024-27394|CVE-2021-44228"},
		{"The attackers exploited cve 2021 44228.", "CVE-2021-44228"},
		{"Of the CVE entries of 2021, 44228 were new.", ""},
	} {
		got := toldOf(data.Article{Text: lead + test.text}, data.CVE)
		if s := strings.Join(got, "|"); s != test.want {
			t.Errorf("%q: %s, want %s", test.text, s, test.want)
		}
		for _, n := range toldOf(data.Article{Text: lead + test.text}, data.Records) {
			if n == "44228 " && test.want != "" || n == "27394 " {
				t.Errorf("%q: the number of a vulnerability is a count", test.text)
			}
		}
	}
}

// Numbers that name things, or people who were arrested, are no counts of the incident.
func TestNoCounts(t *testing.T) {
	for _, text := range []string{
		"Ticket 1234567890 was opened.", "See issue #17703 for the details.", "The player has width=\"456\" and height=\"811\".",
		"The firm holds ISO 27001, see page 4412.", "Reporters of 404 Media saw the files.", "Four people, aged between 17 and 20, were arrested.",
		"Police arrested 25 suspects in the case.", "Officers of Unit 31337 denied it.",
	} {
		if got := toldOf(data.Article{Text: lead + text}, data.Records); len(got) > 0 {
			t.Errorf("%q gives the counts %q", text, got)
		}
	}
}
