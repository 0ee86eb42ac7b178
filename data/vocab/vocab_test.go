package vocab

import (
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"incidex/data"
)

var tables = map[string]func() *Table{
	"actions": Actions, "actor_kinds": ActorKinds, "actors": Actors, "attacks": Attacks,
	"consequences": Consequences, "countries": Countries, "data_subjects": DataSubjects,
	"data_types": DataTypes, "laws": Laws, "malware": Malware, "motives": Motives,
	"organizations": Organizations, "regulators": Regulators, "responses": Responses,
	"sectors": Sectors, "vectors": Vectors,
}

// Every embedded file is a table, and no two terms of a table share a spelling.
func TestTables(t *testing.T) {
	entries, err := files.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != len(tables) {
		t.Errorf("%d files for %d tables", len(entries), len(tables))
	}
	for name, get := range tables {
		t.Run(name, func(t *testing.T) {
			terms := get().Terms()
			if len(terms) == 0 {
				t.Fatal("no terms")
			}
			owner := map[string]string{}
			for _, term := range terms {
				if term.Value == "" || Fold(term.Value) == "" {
					t.Errorf("term %+v has no value", term)
				}
				spellings := slices.Concat([]string{term.Value, term.Label}, term.Aliases)
				own := map[string]bool{}
				for i, s := range spellings {
					if s != strings.TrimSpace(s) || strings.Contains(s, "|") || Fold(s) == "" {
						t.Errorf("%s: bad spelling %q", term.Value, s)
					}
					if i > 1 && own[Fold(s)] {
						t.Errorf("%s: alias %q says nothing new", term.Value, s)
					}
					own[Fold(s)] = true
					if o, ok := owner[Fold(s)]; ok && o != term.Value {
						t.Errorf("%q names both %s and %s", s, o, term.Value)
					}
					owner[Fold(s)] = term.Value
				}
			}
		})
	}
}

// The groups, codes and kinds that a term refers to exist.
func TestReferences(t *testing.T) {
	is := func(table *Table) func(string) bool {
		return func(s string) bool { term, ok := table.Lookup(s); return ok && term.Value == s }
	}
	oneOf := func(values ...string) func(string) bool {
		return func(s string) bool { return slices.Contains(values, s) }
	}
	country := func(s string) bool { return s == "EU" || is(Countries())(s) }
	yes := oneOf("yes")
	for _, tt := range []struct {
		table  *Table
		column string // "group" or an attribute; empty entries are allowed for attributes only
		valid  func(string) bool
	}{
		{Attacks(), "group", is(Actions())},
		{DataTypes(), "group", oneOf("Bank", "Classified", "Credentials", "Digital certificate", "Internal", "Medical",
			"Payment", "Personal", "Secrets", "Sensitive Personal", "Source code", "System", "Virtual currency")},
		{DataSubjects(), "group", oneOf("Customer", "Employee", "Other", "Partner", "Patient", "Student", "Victim organization")},
		{Malware(), "group", oneOf("backdoor", "botnet", "infostealer", "loader", "miner", "pos", "ransomware",
			"skimmer", "spyware", "tool", "trojan", "wiper", "worm")},
		{Malware(), "ambiguous", yes},
		{Actors(), "country", is(Countries())},
		{Actors(), "kind", oneOf("criminal", "hacktivist", "person", "ransomware", "state")},
		{Actors(), "ambiguous", yes},
		{Countries(), "ambiguous", yes},
		{Laws(), "country", country},
		{Laws(), "ambiguous", yes},
		{Regulators(), "ambiguous", yes},
		{Regulators(), "country", country},
		{Regulators(), "kind", oneOf("agency", "court", "police", "regulator")},
		{Organizations(), "parent", is(Organizations())},
		{Organizations(), "sector", is(Sectors())},
		{Organizations(), "country", is(Countries())},
		{Organizations(), "kind", oneOf("agency", "lawfirm", "platform", "publisher", "security", "vendor")},
		{Organizations(), "ambiguous", yes},
	} {
		for _, term := range tt.table.Terms() {
			got := term.Attr(tt.column)
			if tt.column == "group" {
				got = term.Group
			} else if got == "" {
				continue
			}
			if !tt.valid(got) {
				t.Errorf("%s: %s: no such %s %q", tt.table.name, term.Value, tt.column, got)
			}
		}
	}
}

// A list in another column has the form of the aliases, and ambiguous_aliases
// picks among the spellings of its term.
func TestLists(t *testing.T) {
	for name, get := range tables {
		for _, term := range get().Terms() {
			for _, s := range list(term, "ambiguous_aliases") {
				if s != term.Value && !slices.Contains(term.Aliases, s) {
					t.Errorf("%s: %s: ambiguous alias %q is none of its spellings", name, term.Value, s)
				}
			}
			for _, s := range slices.Concat(list(term, "demonyms"), list(term, "cities")) {
				if s != strings.TrimSpace(s) || s == "" {
					t.Errorf("%s: %s: bad entry %q", name, term.Value, s)
				}
			}
		}
	}
}

func list(term Term, column string) []string {
	if s := term.Attr(column); s != "" {
		return strings.Split(s, " | ")
	}
	return nil
}

// No city or demonym stands for two countries.
func TestPlaces(t *testing.T) {
	shared := []string{"Dominican", "Congolese", "Guinean"} // of neighbors with one name
	owner := map[string]string{}
	for _, c := range Countries().Terms() {
		for _, s := range slices.Concat(list(c, "demonyms"), list(c, "cities")) {
			if o, ok := owner[s]; ok && o != c.Value && !slices.Contains(shared, s) {
				t.Errorf("%q stands for both %s and %s", s, o, c.Value)
			}
			owner[s] = c.Value
			if term, ok := Countries().Lookup(s); ok && term.Value != c.Value {
				t.Errorf("%q stands for %s and names %s", s, c.Value, term.Value)
			}
		}
	}
}

// A parent is not itself below the organization that it owns.
func TestParentsEnd(t *testing.T) {
	for _, term := range Organizations().Terms() {
		seen := map[string]bool{}
		for at, ok := term, true; ok && at.Attr("parent") != ""; at, ok = Organizations().Lookup(at.Attr("parent")) {
			if seen[at.Value] {
				t.Errorf("%s: parents go round at %s", term.Value, at.Value)
				break
			}
			seen[at.Value] = true
		}
	}
}

func TestCodes(t *testing.T) {
	code := regexp.MustCompile(`^[A-Z]{2}$`)
	for _, term := range Countries().Terms() {
		if !code.MatchString(term.Value) || term.Label == term.Value {
			t.Errorf("country %q has the label %q", term.Value, term.Label)
		}
	}
	naics := regexp.MustCompile(`^\d\d$`)
	for _, term := range Sectors().Terms() {
		if !naics.MatchString(term.Value) || term.Label == term.Value {
			t.Errorf("sector %q has the label %q", term.Value, term.Label)
		}
	}
}

func TestLookup(t *testing.T) {
	for _, tt := range []struct {
		field data.Field
		s     string
		want  string
	}{
		{data.Actor, "fancy bear", "APT28"},
		{data.Actor, "Sofacy", "APT28"},
		{data.Actor, "ALPHV", "BlackCat"},
		{data.Actor, "UNC3944", "Scattered Spider"},
		{data.Country, "uk", "GB"},
		{data.Country, "U.S.", "US"},
		{data.Country, "Côte d’Ivoire", "CI"},
		{data.Country, "us", "US"},
		{data.DataType, "SSNs", "Social security numbers"},
		{data.DataType, "driver’s licence numbers", "Driver's licenses"},
		{data.DataType, "DOB", "Dates of birth"},
		{data.Sector, "retail", "44"},
		{data.Sector, "Health care", "62"},
		{data.Sector, "government", "92"},
		{data.Law, "gdpr", "GDPR"},
		{data.Law, "Health Insurance Portability and Accountability Act", "HIPAA"},
		{data.RegulatorField, "Information Commissioner's Office", "ICO"},
		{data.Attack, "DDoS", "Denial of service"},
		{data.Attack, "spear-phishing", "Phishing"},
		{data.Malware, "qbot", "QakBot"},
		{data.Victim, "van cleef and arpels", "Van Cleef & Arpels"},
		{data.Victim, "M&S", "Marks & Spencer"},
		{data.DataSubject, "patients", "Patient"},
		{data.Response, "notification letters", "Customers notified"},
		{data.Consequence, "class-action lawsuit", "Lawsuit"},
		{data.Vector, "S3 bucket", "Cloud storage"},
		{data.Motive, "cyberespionage", "Espionage"},
		{data.Victim, "no such firm at all", ""},
		{data.Victim, "", ""},
	} {
		got, ok := For(tt.field).Lookup(tt.s)
		if got.Value != tt.want || ok != (tt.want != "") {
			t.Errorf("%s: Lookup(%q) = %q, %t; want %q", tt.field, tt.s, got.Value, ok, tt.want)
		}
	}
}

func TestOwners(t *testing.T) {
	for name, want := range map[string]string{
		"Gucci": "Kering", "Balenciaga": "Kering", "Alexander McQueen": "Kering", "Cartier": "Richemont",
		"Louis Vuitton": "LVMH", "Tiffany & Co.": "LVMH", "Instagram": "Meta", "Kering": "",
	} {
		term, ok := Organizations().Lookup(name)
		if got := term.Attr("parent"); !ok || got != want {
			t.Errorf("%s belongs to %q, want %q", name, got, want)
		}
	}
}

func TestLabel(t *testing.T) {
	for _, tt := range []struct {
		field       data.Field
		value, want string
	}{
		{data.Country, "GB", "United Kingdom"},
		{data.Sector, "62", "Health care"},
		{data.Action, "social", "Social engineering"},
		{data.Attack, "Phishing", "Phishing"},
		{data.Victim, "Unheard Of Ltd", "Unheard Of Ltd"},
		{data.Records, "12", "12"},
		{data.Country, "uk", "uk"}, // an alias is no value
	} {
		if got := Label(tt.field, tt.value); got != tt.want {
			t.Errorf("Label(%s, %q) = %q, want %q", tt.field, tt.value, got, tt.want)
		}
	}
}

func TestParseErrors(t *testing.T) {
	for name, raw := range map[string]string{
		"too many cells": "value\tlabel\na\tb\tc\n",
		"not sorted":     "value\nb\na\n",
	} {
		if _, err := parse("t", raw); err == nil {
			t.Errorf("%s: parse(%q) gives no error", name, raw)
		}
	}
}

func TestParse(t *testing.T) {
	table, err := parse("t", "# comment\n\nvalue\tlabel\tgroup\taliases\tkind\nA1\t\tg\tx y | Z\tk\nB2\tbee\n")
	if err != nil {
		t.Fatal(err)
	}
	want := []Term{
		{Value: "A1", Label: "A1", Group: "g", Aliases: []string{"x y", "Z"}, attrs: map[string]string{"kind": "k"}},
		{Value: "B2", Label: "bee"},
	}
	if diff := cmp.Diff(want, table.Terms(), cmp.AllowUnexported(Term{})); diff != "" {
		t.Errorf("terms (-want +got):\n%s", diff)
	}
}

func TestFold(t *testing.T) {
	for s, want := range map[string]string{
		"  Hermès  ":         "hermes",
		"AT&T":               "at&t",
		"Driver’s license":   "drivers license",
		"NoName057(16)":      "noname057 16",
		"Co-op":              "co op",
		"…":                  "",
		"São Paulo / Brasil": "sao paulo brasil",
	} {
		if got := Fold(s); got != want {
			t.Errorf("Fold(%q) = %q, want %q", s, got, want)
		}
	}
}

// A folded name stays as it is when it is folded again.
func FuzzFold(f *testing.F) {
	for _, s := range []string{"", "AT&T", "İstanbul", "ﬁne", "a\u0301\xff b", "Ⅷ", "\xf3ӳ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := Fold(s)
		if twice := Fold(once); twice != once {
			t.Errorf("Fold(%q) = %q, then %q", s, once, twice)
		}
		if strings.Contains(once, "  ") || once != strings.TrimSpace(once) {
			t.Errorf("Fold(%q) = %q has stray spaces", s, once)
		}
	})
}

const shared = "../../../shared/"

// readShared fills v from a file beside the project, and skips the test without it.
func readShared(t *testing.T, path string, v any) {
	t.Helper()
	raw, err := os.ReadFile(shared + path)
	if err != nil {
		t.Skipf("no shared data: %v", err)
	}
	if err := json.Unmarshal(raw, v); err != nil {
		t.Fatalf("read %s: %v", path, err)
	}
}

// The data types hold every label of Have I Been Pwned as a value.
func TestDataTypesComplete(t *testing.T) {
	var labels []struct {
		Label string `json:"data_class"`
	}
	readShared(t, "eval/hibp/data_classes.json", &labels)
	for _, l := range labels {
		if term, ok := DataTypes().Lookup(l.Label); !ok || term.Value != l.Label {
			t.Errorf("data type %q is missing", l.Label)
		}
	}
}

// The countries know every name and code that VERIS has, which swaps two islands.
func TestCountriesComplete(t *testing.T) {
	var names map[string]string
	readShared(t, "veris/country_to_code.json", &names)
	for name, code := range names {
		if len(code) != 2 || code == "FO" || code == "FK" {
			continue // "Other" and "Unknown" are no codes
		}
		if term, ok := Countries().Lookup(name); !ok || term.Value != code {
			t.Errorf("country %q is %q, want %q", name, term.Value, code)
		}
	}
}

func BenchmarkParseOrganizations(b *testing.B) {
	raw, err := files.ReadFile("organizations.tsv")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := parse("organizations", string(raw)); err != nil {
			b.Fatal(err)
		}
	}
}
