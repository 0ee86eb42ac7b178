package reader

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"

	"incidex/data"
)

func TestSupported(t *testing.T) {
	for name, want := range map[string]bool{
		"a.txt": true, "A.TXT": true, "a.md": true, "a.json.gz": true, "a.zip": true, "dir.txt/a": false,
		"a": false, "a.png": false, "a.tar.gz": false, "a.zip.gz": false, "a.gz.gz": false, ".gz": false,
		"a.pdf.fields.json": false, "a.pdf.fields.YAML": false, "fields.json": true,
	} {
		if got := Supported(name); got != want {
			t.Errorf("Supported(%s) = %t", name, got)
		}
	}
}

func TestParseDate(t *testing.T) {
	for in, want := range map[string]data.Date{
		"2025": "2025", "2025-09": "2025-09", "2025-9-6": "2025-09-06", "2025/09/16": "2025-09-16", "2025.09.16": "2025-09-16",
		"2025-09-16T23:30:00-05:00": "2025-09-16", "2025-09-16 10:00": "2025-09-16", "2025-09-16Z": "2025-09-16",
		"20250916": "2025-09-16", "20250916T101112Z": "2025-09-16", "20230704101112Z": "2023-07-04",
		"Tue, 16 Sep 2025 10:00:00 GMT": "2025-09-16", "Sunday, 06-Nov-94 08:49:37 GMT": "1994-11-06", "Mon Jan  2 15:04:05 2006": "2006-01-02",
		"Mon, 2 Jan 2006 15:04:05 -0700": "2006-01-02", "3-APR-1987 06:01:38.48": "1987-04-03", "26-FEB-1987 15:01:01.79": "1987-02-26",
		"16 September 2025": "2025-09-16", "September 16, 2025": "2025-09-16", "16th of September 2025": "2025-09-16", "3rd of June 2025": "2025-06-03", "Sept. 16th, 2025 at 10:00": "2025-09-16",
		"Sep 2025": "2025-09", "September 2025": "2025-09", "2025 May 3": "2025-05-03", "may 2025": "2025-05", "6-Nov-25": "2025-11-06",
		"16/09/2025": "2025-09-16", "09/16/2025": "2025-09-16", "03/04/2025": "2025", "04/04/2025": "2025-04-04", "03.04.2025": "2025-04-03",
		"1700000000": "2023-11-14", "1700000000000": "2023-11-14", "1700000000.5": "2023-11-14",
		"5. April 2025": "2025-04-05", "9. März 2024": "2024-03-09", "Montag, 1. Dezember 2025": "2025-12-01", "3. Mai 2025 um 10:15 Uhr": "2025-05-03",
		"1er août 2024": "2024-08-01", "le 12 février 2025 à 10h30": "2025-02-12", "15 juil. 2023": "2023-07-15",
		"7 de enero de 2025": "2025-01-07", "30 de septiembre del 2024": "2024-09-30", "2 agosto 2025": "2025-08-02",
		"1º maggio 2025": "2025-05-01", "21 dicembre 2024": "2024-12-21", "14 maart 2025": "2025-03-14", "3 mei 2025": "2025-05-03",
		"9 de março de 2025": "2025-03-09", "31 de outubro de 2024": "2024-10-31",
		"20180619T055000+0900": "2018-06-19", "20180619T055000.123Z": "2018-06-19", "16/09/25": "2025-09-16", "3/14/19": "2019-03-14", "3/4/19": "2019",
		"2025年3月4日": "2025-03-04", "2025年3月": "2025-03", "2025년 3월 4일 10:15": "2025-03-04", "2025年13月4日": "",
		"": "", "soon": "", "maybe 2025": "", "2025-13": "", "2025-02-30": "", "30 February 2025": "", "1234": "", "May": "", "99999999": "",
		"Marching 2025": "", "12": "", strings.Repeat("2025 ", 50): "",
	} {
		if got, ok := parseDate(in); got != want || ok != (want != "") {
			t.Errorf("parseDate(%q) = %q, %t, want %q", in, got, ok, want)
		}
	}
}

func TestGiven(t *testing.T) {
	tests := []struct {
		field data.Field
		value string // JSON
		want  string // claims, then the error
	}{
		{data.Records, `7400000`, "7400000"},
		{data.Records, `7.4e6`, "7400000"},
		{data.Records, `"7,400,000"`, "7400000"},
		{data.Records, `"7.4 million customers"`, "7400000 people"},
		{data.Records, `"nearly 1.1m user accounts"`, "1100000 accounts about"},
		{data.Records, `"more than 2bn"`, "2000000000 at least"},
		{data.Records, `"3 TB"`, "3000000000000 bytes"},
		{data.Records, `{"number":5,"unit":"customer records","qualifier":"vague"}`, "5 records vague"},
		{data.Records, `[1000,"1,000",2000]`, "1000; 2000"},
		{data.Records, `"2.000 Kunden"`, `; records: unknown value "2.000 Kunden"`},
		{data.Records, `"2.000"`, "2000"},
		{data.Records, `"185.300 accounts"`, "185300 accounts"},
		{data.Records, `"1.500 million"`, "1500000"},
		{data.Records, `"0.500"`, `; records: unknown value "0.500"`},
		{data.Records, `"half"`, `; records: unknown value "half"`},
		{data.Records, `"5 apples"`, `; records: unknown value "5 apples"`},
		{data.Records, `"$5"`, `; records: unknown value "$5"`},
		{data.Records, `1.5`, `; records: unknown value "1.5"`},
		{data.Records, `-5`, `; records: unknown value "-5"`},
		{data.Records, `true`, `; records: a value is no text and no number`},
		{data.Records, `{"unit":"people"}`, `; records: an object has no value and no number`},
		{data.Records, `{"number":5,"unit":"apples"}`, `; records: unknown unit "apples"`},
		{data.Records, `{"number":5,"qualifier":"perhaps"}`, `; records: unknown qualifier "perhaps"`},
		{data.Records, `"unknown"`, ""},
		{data.Records, `""`, ""},
		{data.Records, `null`, ""},

		{data.Fine, `"$1.2 million"`, "1200000 USD"},
		{data.Fine, `"US$ 5m"`, "5000000 USD"},
		{data.Fine, `"about €20m"`, "20000000 EUR about"},
		{data.Fine, `"about$20m"`, "20000000 USD about"},
		{data.Fine, `"500 000 euros"`, "500000 EUR"},
		{data.Fine, `"GBP 183.39 million"`, "183390000 GBP"},
		{data.Fine, `"1.200.000 EUR"`, "1200000 EUR"},
		{data.Fine, `"€1.200,50"`, "1200.5 EUR"},
		{data.Fine, `"$5 CAD"`, "5 CAD"},
		{data.Fine, `4400000`, "4400000"},
		{data.Fine, `{"number":75,"currency":"btc"}`, "75 BTC"},
		{data.Fine, `"€5 dollars"`, `; fine: unknown value "€5 dollars"`},
		{data.Fine, `"5 shells"`, `; fine: unknown value "5 shells"`},

		{data.Occurred, `"16 September 2025"`, "2025-09-16"},
		{data.Occurred, `2024`, "2024"},
		{data.Occurred, `"last week"`, `; occurred: unknown value "last week"`},

		{data.Sector, `"retail"`, "44"},
		{data.Sector, `44`, "44"},
		{data.Country, `["uk","France"]`, "GB; FR"},
		{data.Country, `"uk, France"`, "GB; FR"},
		{data.DataType, `"Names; passwords"`, "Names; Passwords"},
		{data.DataType, `["Names","nonsense"]`, `Names; data_type: unknown value "nonsense"`},
		{data.DataType, `{"value":"passwords","status":"possible","confidence":0.5}`, "Passwords possible"},
		{data.DataType, `{"value":"passwords","status":"perhaps"}`, `; data_type: unknown status "perhaps"`},
		{data.DataType, `{"value":"passwords","confidence":7}`, `; data_type: confidence "7" is not from 0 to 1`},
		{data.Law, `"gdpr"`, "GDPR"},
		{data.CVE, `"cve-2021-44228, CVE-2023-34362"`, "CVE-2021-44228; CVE-2023-34362"},
		{data.CVE, `"log4shell"`, `; cve: unknown value "log4shell"`},
		{data.Victim, `"Smith, Jones & Co"`, "Smith, Jones & Co"},
		{data.Victim, `"  Acme\n Inc "`, "Acme Inc"},
		{data.Brand, `"Alpha; Beta"`, "Alpha; Beta"},
		{"nothing", `1`, "; unknown field nothing"},
	}
	for _, tt := range tests {
		t.Run(fmt.Sprintf("%s %s", tt.field, tt.value), func(t *testing.T) {
			d := json.NewDecoder(strings.NewReader(tt.value))
			d.UseNumber()
			var v any
			if err := d.Decode(&v); err != nil {
				t.Fatal(err)
			}
			claims, err := Given(tt.field, v)
			var got []string
			for _, c := range claims {
				got = append(got, describe(c))
				if c.Rule != data.RuleGiven || c.Raw == "" || c.Field != tt.field {
					t.Errorf("claim %+v", c)
				}
			}
			line := strings.Join(got, "; ")
			if err != nil {
				line += "; " + err.Error()
			}
			if line != tt.want {
				t.Errorf("got %q, want %q", line, tt.want)
			}
		})
	}
}

// describe writes the parts of a claim that are not as usual.
func describe(c data.Claim) string {
	parts := []string{c.Value}
	if c.Number != nil {
		parts = []string{fmt.Sprintf("%.10g", *c.Number)}
		if *c.Number >= 1e10 {
			parts[0] = fmt.Sprintf("%.0f", *c.Number)
		}
	}
	for _, s := range []string{c.Unit, c.Currency, string(c.Qualifier), string(c.Status)} {
		if s != "" && s != string(data.Exact) && s != string(data.Actual) {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, " ")
}

func TestGivenIsBounded(t *testing.T) {
	if claims, err := Given(data.Victim, make([]any, maxValues+1)); err == nil || claims != nil {
		t.Errorf("%d claims, error %v", len(claims), err)
	}
}

func TestSidecar(t *testing.T) {
	base := data.Article{ID: "a1", Title: "Title", Text: "Text.", Publisher: "Paper", Given: []data.Claim{{Field: data.Victim, Value: "Old", Rule: data.RuleGiven}}}
	got, err := Sidecar(base, "x.pdf.fields.yaml", []byte("publisher: Other\ndate: 2025-03\ntext: no\nvictim: New\nsector: [retail, nonsense]\n"), Options{})
	want := base
	want.Publisher, want.Date = "Other", "2025-03"
	want.Given = []data.Claim{
		{Field: data.Victim, Value: "New", Raw: "New", Status: data.Actual, Confidence: 1, Rule: data.RuleGiven},
		{Field: data.Sector, Value: "44", Raw: "retail", Status: data.Actual, Confidence: 1, Rule: data.RuleGiven},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if msg := `x.pdf.fields.yaml: sector: unknown value "nonsense"`; err == nil || err.Error() != msg {
		t.Errorf("error %v, want %s", err, msg)
	}
	if base.Given[0].Value != "Old" {
		t.Error("the article that was given has changed")
	}
	if got, err := Sidecar(base, "x.fields.json", []byte("{"), Options{}); err == nil || cmp.Diff(base, got) != "" {
		t.Errorf("a broken side-car gave %+v and %v", got, err)
	}
	if got, ok := SidecarOf("x.pdf.fields.json"); !ok || got != "x.pdf" || !slices.Contains(Sidecars("x.pdf"), "x.pdf.fields.json") {
		t.Errorf("SidecarOf = %s", got)
	}
}

func TestMap(t *testing.T) {
	in := `{"Head-Line":"T","text":"not this","words":"Text.","hit":"Acme","title":"not this either","odd":1}` + "\n"
	g := readAll(t, "a.jsonl", []byte(in), Options{Map: map[string]string{"headline": "title", "words": "text", "hit": "victim", "odd": "nothing"}})
	if len(g.Items) != 1 || len(g.Problems) != 0 {
		t.Fatalf("%+v", g)
	}
	a := g.Items[0].Article
	if a.Title != "T" || a.Text != "Text." || len(a.Given) != 1 || a.Given[0].Value != "Acme" {
		t.Errorf("article %+v", a)
	}
	if diff := cmp.Diff([]string{"odd", "text", "title"}, g.Items[0].Ignored); diff != "" {
		t.Errorf("ignored (-want +got):\n%s", diff)
	}
}

// TestExactText holds that normalized text from JSON stays byte for byte.
func TestExactText(t *testing.T) {
	for _, text := range []string{" a\r\n\u00a0b\t \n\n\n\nc ", "x\u200b\ufffd\u0085y", "café"} {
		line, _ := json.Marshal(map[string]string{"text": text})
		for _, name := range []string{"a.jsonl", "a.json"} {
			if g := readAll(t, name, line, Options{}); len(g.Items) != 1 || g.Items[0].Article.Text != text {
				t.Errorf("%s: %q became %+v", name, text, g)
			}
		}
	}
	if g := readAll(t, "a.jsonl", []byte(`{"text":"a\u0000b"}`), Options{}); g.Items[0].Article.Text != "a b" {
		t.Errorf("NUL became %q", g.Items[0].Article.Text)
	}
}

func TestMaxText(t *testing.T) {
	g := readAll(t, "a.txt", []byte("Title\nSix 67"), Options{MaxText: 5})
	if diff := cmp.Diff([]string{"a.txt: the text has 6 bytes, more than 5"}, g.Problems); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestLongLine holds that a line over the limit costs only itself.
func TestLongLine(t *testing.T) {
	long := `{"text":"` + strings.Repeat("x", MaxItem) + `"}`
	g := readAll(t, "a.jsonl", []byte(`{"text":"One."}`+"\n"+long+"\n"+`{"text":"Two."}`), Options{})
	if len(g.Items) != 2 || g.Items[1].Line != 3 || len(g.Problems) != 1 || g.Problems[0] != fmt.Sprintf("a.jsonl:2: the line has more than %d bytes", MaxItem) {
		t.Errorf("%d items, problems %v", len(g.Items), g.Problems)
	}
	for _, name := range []string{"a.json", "a.csv"} {
		b := []byte("text\nGood.\n\"" + long)
		if name == "a.json" {
			b = []byte(`[{"text":"Good."},` + long + "]")
		}
		if g := readAll(t, name, b, Options{}); len(g.Items) != 1 || len(g.Problems) != 1 {
			t.Errorf("%s: %d items, %d problems", name, len(g.Items), len(g.Problems))
		}
	}
}

func TestTooLargeFile(t *testing.T) {
	g := golden{}
	for _, err := range Read(t.Context(), "a.txt", io.LimitReader(endless{}, MaxFile+2), Options{}) {
		g.Problems = append(g.Problems, err.Error())
	}
	if diff := cmp.Diff([]string{fmt.Sprintf("a.txt: the file has more than %d bytes", MaxFile)}, g.Problems); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}

// TestStream holds that lines are read as they are asked for.
func TestStream(t *testing.T) {
	r := &counter{r: io.MultiReader(strings.NewReader(strings.Repeat("{\"text\":\"One.\"}\n{\n", 1000)), endless{})}
	n := 0
	for range Read(t.Context(), "a.jsonl", r, Options{}) {
		if n++; n == 1001 {
			break
		}
	}
	if n != 1001 || r.n > 1<<20 {
		t.Errorf("%d items and problems after %d bytes", n, r.n)
	}
}

// TestStopsEverywhere holds that no reader goes on when its caller has enough.
func TestStopsEverywhere(t *testing.T) {
	for name, b := range seeds(t) {
		n := 0
		for range Read(t.Context(), name, bytes.NewReader(b), Options{}) {
			n++
			break
		}
		if n > 1 {
			t.Errorf("%s: %d", name, n)
		}
	}
}

func TestReadLine(t *testing.T) {
	r := bufio.NewReaderSize(strings.NewReader("one\n"+strings.Repeat("x", 100)+"\n\nlast"), 16)
	var got []int
	for {
		line, long, err := readLine(r)
		if long {
			t.Error("too long")
		}
		got = append(got, len(line))
		if err != nil {
			break
		}
	}
	if !slices.Equal(got, []int{4, 101, 1, 4}) {
		t.Errorf("lengths %v", got)
	}
}

func TestCutTags(t *testing.T) {
	for in, want := range map[string][]string{
		"Text.\n#One #Two":                           {"One", "Two"},
		"Text.\n#one, #two":                          {"one", "two"},
		"Text.\na b, c, d e f":                       {"a b", "c", "d e f"},
		"Text.\n#one":                                {"one"},
		"#one #two":                                  nil,
		"Text.\none, two":                            nil,
		"Text.\none, two, three.":                    nil,
		"Text.\nJune 3, 2024, 2025":                  nil,
		"Text.\n# one":                               nil,
		"Text.\none, two, three four five six seven": nil,
	} {
		rest, tags := cutTags(in)
		if !slices.Equal(tags, want) || (want != nil) != (rest == "Text.") {
			t.Errorf("cutTags(%q) = %q, %q", in, rest, tags)
		}
	}
}

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		" a \r\nb\rc\u2028d ":         "a\nb\nc\nd",
		"a\n\n\n\nb\n \n":             "a\n\nb",
		"x\x00y\x07z":                 "x y z",
		"7.4\u00a0million":            "7.4 million",
		"the chain\ufffds and \ufffd": "the chain's and",
		"so\u00adft":                  "soft",
		"a\xe9b":                      "aéb",
	} {
		if got := clean(in); got != want {
			t.Errorf("clean(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzClean(f *testing.F) {
	f.Add("a\r\n\x00\ufffds \u0301\xff\u2028")
	f.Fuzz(func(t *testing.T, s string) {
		once := clean(s)
		if !utf8.ValidString(once) || strings.ContainsAny(once, "\r\x00\ufffd") || strings.TrimSpace(once) != once {
			t.Errorf("clean(%q) = %q", s, once)
		}
		if again := clean(once); again != once {
			t.Errorf("clean(%q) = %q, and again %q", s, once, again)
		}
	})
}

func FuzzValues(f *testing.F) {
	for _, s := range []string{"16 September 2025", "about $1.2 million", "7,400,000 customers", "Names; passwords", "3-APR-87", "€1.200,50 EUR"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, field := range data.Fields {
			claims, _ := Given(field.Field, s)
			checkItem(t, Item{Article: data.Article{ID: "x", Text: "x", Given: claims}})
		}
		languageCode(s)
		webAddress(s)
	})
}

// TestArchiveFromStream holds that archives need no random access.
func TestArchiveFromStream(t *testing.T) {
	for _, name := range []string{"bundle.zip", "memo.docx"} {
		b := seeds(t)[name]
		want := readAll(t, name, b, Options{})
		var got golden
		for item, err := range Read(t.Context(), name, io.MultiReader(bytes.NewReader(b)), Options{}) {
			if err != nil {
				continue
			}
			got.Items = append(got.Items, item)
		}
		if diff := cmp.Diff(want.Items, got.Items); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestDateOfName(t *testing.T) {
	for in, want := range map[string]data.Date{
		"/blog/2025-03-01-title.md": "2025-03-01", "2025_03_01 title.html": "2025-03-01", "20250301.txt": "2025-03-01", "/a/2025-03-01.md": "2025-03-01",
		"/blog/2025/03/01/title.md": "2025-03-01", "/blog/2025/03/01/index.md": "2025-03-01", "/blog/2025/03/01/title/index.html": "2025-03-01",
		"/blog/2025-03-01-title/index.md": "2025-03-01",
		"/2025/03/01/photos/old/title.md": "", "/2025-03-01-backup/title.md": "", "title-2025-03-01.md": "", "2025-13-01.md": "", "12025-03-01.md": "",
		"2025-0301-title.md": "", "title.md": "", "": "",
	} {
		if got := dateOfName(in); got != want {
			t.Errorf("dateOfName(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestDisbelieve holds that no article has a date that cannot be its own, whatever
// format brings it, and that the file's name has another chance then.
func TestDisbelieve(t *testing.T) {
	now := time.Date(2025, 3, 4, 23, 0, 0, 0, time.UTC)
	for date, want := range map[string]data.Date{"1970-01-01T00:00:00Z": "", "2031-01-01": "", "2025-03-06": "", "2025-03-05": "2025-03-05", "2025": "2025", "2026": "", "2025-04": ""} {
		g := readAll(t, "a.md", []byte("---\ndate: "+date+"\n---\nA line.\n"), Options{Now: now})
		if len(g.Items) != 1 || g.Items[0].Article.Date != want || (want == "") != (len(g.Problems) == 1) {
			t.Errorf("%s: %+v", date, g)
		}
	}
	g := readAll(t, "2024-05-06-a.md", []byte("---\ndate: 2031-01-01\n---\nA line.\n"), Options{Now: now})
	if g.Items[0].Article.Date != "2024-05-06" {
		t.Errorf("the name's date: %+v", g)
	}
	if g := readAll(t, "2031-01-01-a.md", []byte("A line.\n"), Options{Now: now}); g.Items[0].Article.Date != "" {
		t.Errorf("a name of the future: %+v", g)
	}
}

// TestMarkdownLimits holds that marks which take the parser too long are left in.
func TestMarkdownLimits(t *testing.T) {
	for name, in := range map[string]string{
		"brackets": strings.Repeat("[", maxBrackets+1), "quotes": strings.Repeat("> ", maxQuotes) + "x", "size": strings.Repeat("a\n", maxMarkdown/2+1),
	} {
		if got, err := unmark(t.Context(), in); err != errMarks || got != in {
			t.Errorf("%s: error %v", name, err)
		}
	}
	if got, err := unmark(t.Context(), strings.Repeat("> ", maxQuotes-1)+"x"); err != nil || strings.TrimSpace(got) != "x" {
		t.Errorf("%q, error %v", got, err)
	}
}

func TestDayOrder(t *testing.T) {
	for in, want := range map[string]data.DayOrder{"en-US": data.MonthFirst, "en_GB": data.DayFirst, "de": data.DayFirst, "fr-CA": data.DayFirst, "en": data.Unsure, "": data.Unsure} {
		if got := orderOf(in); got != want {
			t.Errorf("orderOf(%q) = %d, want %d", in, got, want)
		}
	}
	for in, want := range map[string]data.Date{"de": "2025-04-03", "en-US": "2025-03-04", "en": "2025"} {
		g := readAll(t, "a.md", []byte("---\ndate: 03/04/2025\nlanguage: "+in+"\n---\nA line.\n"), Options{})
		if g.Items[0].Article.Date != want {
			t.Errorf("%s: %s, want %s", in, g.Items[0].Article.Date, want)
		}
	}
	for text, want := range map[string]data.Date{"It was seen on 14/03/2025.": "2025-04-03", "It was seen on 3/14/2025.": "2025-03-04", "It was seen.": "2025"} {
		g := readAll(t, "a.md", []byte("---\ndate: 03/04/2025\n---\n"+text+"\n"), Options{})
		if g.Items[0].Article.Date != want {
			t.Errorf("%s: %s, want %s", text, g.Items[0].Article.Date, want)
		}
	}
}

// TestGuessEncoding holds that texts in the character sets of other scripts are told
// from those of Western Europe, and that UTF-8 with a stray byte stays UTF-8.
func TestGuessEncoding(t *testing.T) {
	for _, test := range []struct {
		set  encoding.Encoding
		text string
	}{
		{charmap.Windows1251, "Музей сообщил, что неизвестные скопировали список посетителей."},
		{charmap.KOI8R, "Музей сообщил, что неизвестные скопировали список посетителей."},
		{japanese.ShiftJIS, "図書館は利用者の名簿が外部に流出したと発表した。"},
		{japanese.ShiftJIS, "カフェのリストがコピーされた。Cafe Norvaleの顧客データです。"},
		{japanese.EUCJP, "図書館は利用者の名簿が外部に流出したと発表した。"},
		{simplifiedchinese.GB18030, "图书馆表示读者名单被人复制，已经通知警方。"},
		{korean.EUCKR, "도서관은 이용자 명단이 유출되었다고 밝혔다."},
		{charmap.Windows1252, "Le musée a été prévenu; les données étaient copiées."},
		{charmap.Windows1252, "The mill’s owner said: “It’s over” – at last…"},
		{charmap.Windows1252, "A café lost 4,000 £ of stock."},
		{charmap.Windows1252, "MÜHLE verliert Bücher in Österreich"},
		{charmap.Macintosh, "Résumé leak at Société Étoile"},
		{charmap.Macintosh, "The mill’s owner said: “It’s over” – at last…"},
		{charmap.Macintosh, "García lost the list"},
		{charmap.Macintosh, "Die Mühle in Österreich verlor Bücher, größer als je."},
		{charmap.CodePage850, "Die Mühle in Österreich verlor Bücher, größer als je."},
		{charmap.CodePage850, "Le musée a été prévenu."},
		{charmap.Windows1250, "Muzeum poinformowało, że skradziono listę gości, a policja została powiadomiona w środę."},
		{charmap.ISO8859_2, "Muzeum oznámilo, že neznámí zkopírovali seznam návštěvníků a policie případ vyšetřuje."},
		{charmap.ISO8859_2, "Muzeum poinformowało, że skradziono listę gości, a policja została powiadomiona w środę."},
		{charmap.Windows1250, "Muzeum oznámilo, že neznámí zkopírovali seznam návštěvníků a policie případ vyšetřuje."},
	} {
		b, err := test.set.NewEncoder().Bytes([]byte(test.text))
		if err != nil {
			t.Fatal(err)
		}
		if got := decode(b, ""); got != test.text {
			t.Errorf("%s: %q", test.set, got)
		}
	}
	if got := decode([]byte("Caf\xc3\xa9, na\xc3\xafve \xe9"), ""); got != "Café, naïve é" {
		t.Errorf("stray byte: %q", got)
	}
	for order, b := range map[string]string{"little": "a\x00b\x00\n\x00", "big": "\x00a\x00b\x00\n"} {
		if got := decode([]byte(b), ""); got != "ab\n" {
			t.Errorf("%s endian without a mark: %q", order, got)
		}
	}
}
