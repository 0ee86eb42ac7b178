package extract

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"incidex/data"
)

// namesFor are the values of a field that rules find in a text, whatever the model says.
func namesFor(f data.Field, title, text string) (out []string) {
	for _, r := range NewReader().Rows(&data.Article{Title: title, Date: "2025-06-03", Text: text}) {
		if r.Field == f {
			out = append(out, r.Value)
		}
	}
	return out
}

func TestAuthoritiesByName(t *testing.T) {
	got := namesFor(data.RegulatorField, "Harbor Bank says hackers stole customer data",
		"Harbor Bank said hackers stole the data of 4,000 customers. It told the Maine Attorney General and the Ministry of Health, and Ghent police opened an inquiry. The police had no comment.")
	for _, want := range []string{"Maine Attorney General", "Ministry of Health", "Ghent police"} {
		if !slices.Contains(got, want) {
			t.Errorf("no %q among %q", want, got)
		}
	}
	if slices.Contains(got, "police") || slices.Contains(got, "The police") {
		t.Errorf("a word that names nobody among %q", got)
	}
	var many strings.Builder
	for i := range 2 * maxAuthorities {
		fmt.Fprintf(&many, "The hackers were sought by the %c%c Police. ", 'A'+rune(i%26), 'a'+rune(i/26))
	}
	if n := len(namesFor(data.RegulatorField, "Harbor Bank hacked", "Harbor Bank said hackers stole data of 4,000 customers. "+many.String())); n > maxAuthorities {
		t.Errorf("%d authorities, want at most %d", n, maxAuthorities)
	}
}

// What runs software is the victim, and what happened is no part of a name.
func TestNoVictims(t *testing.T) {
	for _, test := range []struct{ title, text, never string }{
		{"Windows servers hacked at Hartfield Insurance", "Hackers broke into Windows servers of Hartfield Insurance and stole passwords of its agents. Windows machines were taken offline.", "Windows"},
		{"Tarrow Hosting Hacked", "Tarrow Hosting Hacked by attackers who stole its customer database. The company confirmed the attack.", "Tarrow Hosting Hacked"},
	} {
		if got := namesFor(data.Victim, test.title, test.text); slices.Contains(got, test.never) {
			t.Errorf("%s: %q is a victim among %q", test.title, test.never, got)
		}
	}
}

func TestGenericValuesAreDoubtfulBesideOthers(t *testing.T) {
	claim := func(value string) data.Claim {
		return data.Claim{Field: data.Attack, Value: value, Status: data.Actual, Confidence: .95}
	}
	alone := []data.Claim{claim("Unauthorized access")}
	doubtGeneric(alone)
	both := []data.Claim{claim("Unauthorized access"), claim("Phishing")}
	doubtGeneric(both)
	denied := []data.Claim{claim("Unauthorized access"), {Field: data.Attack, Value: "Phishing", Status: data.Negated}}
	doubtGeneric(denied)
	if alone[0].Status != data.Actual || both[0].Status != data.Doubtful || both[1].Status != data.Actual || denied[0].Status != data.Actual {
		t.Errorf("alone %s, beside another %s, the other %s, beside a denied one %s", alone[0].Status, both[0].Status, both[1].Status, denied[0].Status)
	}
}
