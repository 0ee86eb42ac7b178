package compare

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"incidex/data"
)

// record merges one article that makes the claims into a record.
func record(id string, claims ...data.Claim) data.Record {
	doc := &data.Document{Article: data.Article{ID: id + "-article", Publisher: "The Daily " + id}, Mentions: []data.Mention{{Role: data.Subject, Claims: claims}}}
	return data.Merge(data.Incident{ID: id, Title: strings.ToUpper(id), Members: []data.Member{{Article: doc.ID, Role: data.Subject}}}, []*data.Document{doc})
}

func value(f data.Field, v string) data.Claim {
	return data.Claim{Field: f, Value: v, Status: data.Actual, Confidence: 1, Rule: "test"}
}

func people(n float64) data.Claim {
	return data.Claim{Field: data.Records, Number: &n, Unit: "people", Status: data.Actual, Confidence: 1, Rule: "test"}
}

func money(n float64, currency string) data.Claim {
	return data.Claim{Field: data.Fine, Number: &n, Currency: currency, Status: data.Actual, Confidence: 1, Rule: "test"}
}

func row(t *testing.T, table Table, key string) Row {
	t.Helper()
	for _, g := range table.Groups {
		for _, r := range g.Rows {
			if r.Key == key {
				return r
			}
		}
	}
	t.Fatalf("no row %q", key)
	return Row{}
}

func TestVerdicts(t *testing.T) {
	denied := value(data.DataType, "Passwords")
	denied.Status = data.Negated
	type want struct {
		Verdict Verdict
		Words   string
	}
	for name, test := range map[string]struct {
		key  string
		a, b []data.Claim
		want want
	}{
		"same set": {"attack",
			[]data.Claim{value(data.Attack, "Phishing"), value(data.Attack, "Malware")},
			[]data.Claim{value(data.Attack, "Malware"), value(data.Attack, "Phishing")}, want{Same, "The same"}},
		"shared": {"data_type",
			[]data.Claim{value(data.DataType, "Names"), value(data.DataType, "Purchases")},
			[]data.Claim{value(data.DataType, "Names")}, want{Partly, "All have Names"}},
		"disjoint":  {"country", []data.Claim{value(data.Country, "FR")}, []data.Claim{value(data.Country, "DE")}, want{Differ, "Different"}},
		"one knows": {"actor", []data.Claim{value(data.Actor, "Gang One")}, nil, want{SomeKnow, "Known only for A"}},
		"nobody":    {"actor", nil, nil, want{NobodyKnow, "No source says"}},
		"applies to one": {"cve", []data.Claim{value(data.Action, "hacking"), value(data.CVE, "CVE-2020-1234")},
			[]data.Claim{value(data.Action, "physical")}, want{SomeKnow, "Applies only to A"}},
		"denied":  {"data_type", []data.Claim{denied}, []data.Claim{value(data.DataType, "Names")}, want{Differ, "Different"}},
		"rounded": {"records", []data.Claim{people(7.4e6)}, []data.Claim{people(7_412_000)}, want{Same, "The same"}},
		"ratio": {"records", []data.Claim{people(12_000)}, []data.Claim{people(1_000)},
			want{Differ, "Different; A has 12 times as many as B"}},
		"month covers day": {"occurred", []data.Claim{value(data.Occurred, "2025-04")}, []data.Claim{value(data.Occurred, "2025-04-12")}, want{Compatible, "Compatible: one is less precise"}},
		"same day":         {"occurred", []data.Claim{value(data.Occurred, "2025-04-12")}, []data.Claim{value(data.Occurred, "2025-04-12")}, want{Same, "The same: 2025-04-12"}},
		"days that can be the same": {"occurred_to_disclosed",
			[]data.Claim{value(data.Occurred, "2025-04"), value(data.Disclosed, "2025-05-10")},
			[]data.Claim{value(data.Occurred, "2025-04-12"), value(data.Disclosed, "2025-05-01")}, want{Compatible, "Compatible: one is less precise"}},
		"contradictory": {"occurred_to_disclosed",
			[]data.Claim{value(data.Occurred, "2025-04"), value(data.Disclosed, "2025-03-10")},
			[]data.Claim{value(data.Occurred, "2025-04-12"), value(data.Disclosed, "2025-05-01")},
			want{SomeKnow, "Known only for B; the dates of A contradict each other"}},
		"all contradictory": {"occurred_to_disclosed",
			[]data.Claim{value(data.Occurred, "2025-04"), value(data.Disclosed, "2025-03-10")}, nil,
			want{NobodyKnow, "No source says; the dates of A contradict each other"}},
		"units": {"records", []data.Claim{people(12)}, []data.Claim{{Field: data.Records, Number: people(12).Number, Unit: "files", Status: data.Actual, Confidence: 1}},
			want{NotComparable, "Not comparable: they count different things"}},
		"currencies": {"fine", []data.Claim{money(1_200_000_000, "KRW"), value(data.Occurred, "2021")}, []data.Claim{money(500_000, "USD"), value(data.Occurred, "2021-05")},
			want{Differ, "Different; A has about 2.1 times as much as B, in US dollars of its year"}},
		"alike by the rate": {"fine", []data.Claim{money(1_144_000, "KRW"), value(data.Disclosed, "2021")}, []data.Claim{money(1_001, "USD")},
			want{Same, "The same"}},
		"no rate": {"fine", []data.Claim{money(1_200_000_000, "KRW")}, []data.Claim{money(500_000, "USD")},
			want{NotComparable, "Not comparable: there is no exchange rate for an amount"}},
		"unknown currency": {"fine", []data.Claim{money(12, "XXX"), value(data.Occurred, "2021")}, []data.Claim{money(12, "EUR"), value(data.Occurred, "2021")},
			want{NotComparable, "Not comparable: there is no exchange rate for an amount"}},
	} {
		t.Run(name, func(t *testing.T) {
			table, err := Records([]data.Record{record("a", test.a...), record("b", test.b...)}, Options{})
			if err != nil {
				t.Fatal(err)
			}
			r := row(t, table, test.key)
			if diff := cmp.Diff(test.want, want{r.Verdict, r.Words}); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestCellStates(t *testing.T) {
	mentioned := record("c")
	mentioned.Articles[0].Role = data.Mentioned
	lost := record("b", value(data.Action, "error"))
	table, err := Records([]data.Record{record("a"), lost, mentioned}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var got []State
	for _, c := range row(t, table, "ransom_paid").Cells {
		got = append(got, c.State)
	}
	if diff := cmp.Diff([]State{NotReported, NotApplicable, Unknown}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestScaleAndDays(t *testing.T) {
	a := record("a", people(100), value(data.Occurred, "2020-01-01"), value(data.Disclosed, "2020-01-31"))
	b := record("b", people(1_000_000), value(data.Occurred, "2020-01"), value(data.Disclosed, "2020-03-01"))
	table, err := Records([]data.Record{a, b}, Options{Generation: "gen-000007"})
	if err != nil {
		t.Fatal(err)
	}
	r := row(t, table, "records")
	if r.Scale != Log || *r.Ratio != 10_000 || *r.Cells[1].Bar != 1 || *r.Cells[0].Bar < 0.3 || *r.Cells[0].Bar > 0.4 {
		t.Errorf("scale %s, ratio %g, bars %g and %g", r.Scale, *r.Ratio, *r.Cells[0].Bar, *r.Cells[1].Bar)
	}
	days := row(t, table, "occurred_to_disclosed")
	if diff := cmp.Diff([]string{"30 days", "30 to 60 days"}, []string{days.Cells[0].Text, days.Cells[1].Text}); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if table.Timeline.From != "2020-01-01" || table.Timeline.To != "2020-03-01" || len(table.Timeline.Points) != 4 {
		t.Errorf("timeline %+v", table.Timeline)
	}
}

func TestCommonUnit(t *testing.T) {
	files := people(900)
	files.Unit = "files"
	table, err := Records([]data.Record{record("a", files, people(20)), record("b", people(10))}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	r := row(t, table, "records")
	got := []string{r.Unit, r.Cells[0].Text, r.Cells[1].Text, r.Words}
	want := []string{"people", "20 people, 900 files", "10 people", "Different; A has 2 times as many as B"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestShow(t *testing.T) {
	records := []data.Record{
		record("a", value(data.Attack, "Phishing"), value(data.Country, "FR")),
		record("b", value(data.Attack, "Phishing"), value(data.Country, "DE")),
	}
	all, err := Records(records, Options{})
	if err != nil {
		t.Fatal(err)
	}
	total := 0
	for _, g := range all.Groups {
		total += len(g.Rows)
	}
	for show, in := range map[Show][]Verdict{
		ShowDifferences: {Differ, Partly, SomeKnow}, ShowSame: {Same}, ShowAll: {Same, Differ, Partly, SomeKnow},
	} {
		table, err := Records(records, Options{Show: show, HideUnknown: true})
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, g := range table.Groups {
			for _, r := range g.Rows {
				n++
				if !slices.Contains(in, r.Verdict) {
					t.Errorf("%s shows %s, which is %s", show, r.Key, r.Verdict)
				}
			}
		}
		if n == 0 || n+table.Hidden != total {
			t.Errorf("%s: %d rows and %d hidden of %d", show, n, table.Hidden, total)
		}
	}
}

func TestRecordsErrors(t *testing.T) {
	a, b := record("a"), record("b")
	for want, test := range map[string]struct {
		records []data.Record
		show    Show
	}{
		"compare incidents: 1 incidents: want 2 to 6":                   {[]data.Record{a}, ""},
		"compare incidents: a is asked for twice":                       {[]data.Record{a, a}, ""},
		`compare incidents: show "none": want all, differences or same`: {[]data.Record{a, b}, "none"},
		"compare incidents: 7 incidents: want 2 to 6":                   {make([]data.Record, 7), ""},
	} {
		if _, err := Records(test.records, Options{Show: test.show}); err == nil || err.Error() != want {
			t.Errorf("error %v, want %s", err, want)
		}
	}
}

// TestSymmetric holds that the order of the incidents changes no verdict, no ratio
// and no cell.
func TestSymmetric(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 4))
	for round := range 300 {
		var records []data.Record
		for i := range 2 + rnd.IntN(5) {
			var claims []data.Claim
			for range rnd.IntN(12) {
				info := data.Fields[rnd.IntN(len(data.Fields))]
				c := value(info.Field, fmt.Sprintf("202%d", rnd.IntN(3)))
				switch info.Kind {
				case data.Count:
					n := float64(rnd.IntN(4) * 100)
					c.Value, c.Number, c.Unit = "", &n, []string{"people", "records"}[rnd.IntN(2)]
				case data.Money:
					n := float64(rnd.IntN(4) * 1000)
					c.Value, c.Number, c.Currency = "", &n, "USD"
				}
				c.Status = []data.Status{data.Actual, data.Actual, data.Possible, data.Negated}[rnd.IntN(4)]
				claims = append(claims, c)
			}
			records = append(records, record(string(rune('a'+i)), claims...))
		}
		type fact struct {
			Key     string
			Verdict Verdict
			Unit    string
			Scale   Scale
			Ratio   float64
			Shared  []string
			Cells   map[string]string
		}
		facts := func(records []data.Record) []fact {
			table, err := Records(records, Options{})
			if err != nil {
				t.Fatal(err)
			}
			var out []fact
			for _, g := range table.Groups {
				for _, r := range g.Rows {
					f := fact{Key: r.Key, Verdict: r.Verdict, Unit: r.Unit, Scale: r.Scale, Shared: r.Shared, Cells: map[string]string{}}
					if r.Ratio != nil {
						f.Ratio = *r.Ratio
					}
					for i, c := range r.Cells {
						bar := -1.0
						if c.Bar != nil {
							bar = *c.Bar
						}
						f.Cells[table.Incidents[i].ID] = fmt.Sprint(c.State, c.Text, bar, c.Own)
						if bar > 1 {
							t.Fatalf("round %d: %s: bar %g", round, r.Key, bar)
						}
					}
					out = append(out, f)
				}
			}
			return out
		}
		want := facts(records)
		rnd.Shuffle(len(records), func(i, j int) { records[i], records[j] = records[j], records[i] })
		if diff := cmp.Diff(want, facts(records)); diff != "" {
			t.Fatalf("round %d (-want +got):\n%s", round, diff)
		}
	}
}

func TestRenderers(t *testing.T) {
	a, b := record("a", people(1200), value(data.Victim, "=Acme|<b>")), record("b", people(90))
	table, err := Records([]data.Record{a, b}, Options{Generation: "gen-000007", HideUnknown: true})
	if err != nil {
		t.Fatal(err)
	}
	var md, plain, sheet bytes.Buffer
	if Markdown(&md, table) != nil || Text(&plain, table) != nil || CSV(&sheet, table) != nil {
		t.Fatal("a renderer failed")
	}
	rows, err := csv.NewReader(&sheet).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"group", "key", "label", "verdict", "words", "a", "b", "generation"}, rows[0]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, r := range rows[1:] {
		if r[1] == "victim" && r[5] != "'=Acme|<b>" {
			t.Errorf("a spreadsheet would run %q", r[5])
		}
		for _, out := range []string{md.String(), plain.String()} {
			if !strings.Contains(out, r[2]) {
				t.Errorf("row %q is missing in\n%s", r[2], out)
			}
		}
	}
	if !strings.Contains(md.String(), `=Acme\|&lt;b&gt;`) || !strings.Contains(md.String(), "generation gen-000007") || !strings.Contains(plain.String(), "1,200 people") {
		t.Errorf("markdown:\n%s\ntext:\n%s", md.String(), plain.String())
	}
}

func TestSelections(t *testing.T) {
	a := Selection{Query: "sector:44", Incidents: 100, Facets: []Facet{{data.Attack, 80, []Count{{"Skimming", "Skimming", 40}, {"Phishing", "Phishing", 10}}}},
		Medians: []Median{{data.Records, "people", 50, 2000}}}
	b := Selection{Query: "sector:62", Incidents: 200, Facets: []Facet{{data.Attack, 160, []Count{{"Phishing", "Phishing", 22}, {"Ransomware", "Ransomware", 1}}}},
		Medians: []Median{{data.Records, "people", 150, 500}}}
	ab, ba := Selections(a, b, "gen-000003"), Selections(b, a, "gen-000003")
	if len(ab.Most) != 1 || ab.Most[0].Value != "Skimming" || ab.Most[0].Odds < 100 {
		t.Errorf("most different: %+v", ab.Most)
	}
	if *ab.Medians[0].Ratio != 4 || *ba.Medians[0].Ratio != 0.25 {
		t.Errorf("medians %+v, %+v", ab.Medians[0], ba.Medians[0])
	}
	for i, v := range ab.Facets[0].Values {
		w := ba.Facets[0].Values[i]
		if v.Value != w.Value || math.Abs(v.Odds*w.Odds-1) > 1e-9 || math.Abs(v.Z+w.Z) > 1e-9 {
			t.Errorf("exchanging the selections does not invert %+v, %+v", v, w)
		}
	}
}

func TestDollars(t *testing.T) {
	a := record("a", money(1_200_000_000, "KRW"), value(data.Occurred, "2021-03"))
	b := record("b", money(500_000, "USD"), value(data.Occurred, "2021"))
	table, err := Records([]data.Record{a, b}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	r := row(t, table, "fine")
	got := []string{r.Unit, r.Cells[0].Text, r.Cells[1].Text}
	if diff := cmp.Diff([]string{"USD", "KRW 1,200,000,000 (about USD 1,050,000 in 2021)", "USD 500,000"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if !r.Converted || *r.Cells[0].Bar != 1 || *r.Cells[1].Bar > .5 {
		t.Errorf("converted %v, bars %g and %g", r.Converted, *r.Cells[0].Bar, *r.Cells[1].Bar)
	}
}

func TestEscape(t *testing.T) {
	for in, want := range map[string]string{
		"[Click](javascript:alert(1))":    `\[Click\]\(javascript:alert\(1\)\)`,
		"![x](http://evil.example/a.png)": `\!\[x\]\(http\://evil.example/a.png\)`,
		"a|b\n# c `d` <img src=x>":        "a\\|b # c \\`d\\` &lt;img src=x&gt;",
		`\| www.evil.example`:             `\\\| www\.evil.example`,
		"AT&T &lt;":                       "AT&amp;T &amp;lt;",
	} {
		if got := escape(in); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
	if got := code("a`b|c\n"); got != "`a'b\\|c `" {
		t.Errorf("code %q", got)
	}
}

func TestInert(t *testing.T) {
	for _, s := range []string{"=1", "+1", "-1", "@x", "\tx", "\rx", "\nx", "＝1", "＋1", "－1", "＠x", " =1", "\ufeff=1", "\u200b+1", "\x00=1"} {
		if got := Inert(s); got != "'"+oneLine(s) {
			t.Errorf("%q becomes %q", s, got)
		}
	}
	if got := Inert("Acme\x1b[31m\nand \u202egnp"); got != "Acme [31m and  gnp" {
		t.Errorf("controls become %q", got)
	}
	for _, s := range []string{"", "Acme", "1-2", " a", "a=b"} {
		if got := Inert(s); got != s {
			t.Errorf("%q becomes %q", s, got)
		}
	}
}

// What is too doubtful for a record is no part of a comparison.
func TestDoubtfulClaimsAreNotCompared(t *testing.T) {
	n := 500.0
	r := &data.Record{Fields: []data.FieldRecord{{Field: data.Records, Chosen: []data.SourcedClaim{},
		Claims: []data.SourcedClaim{{Claim: data.Claim{Field: data.Records, Number: &n, Unit: "people", Status: data.Doubtful}}}}}}
	info, _ := data.Records.Info()
	if c := fieldCell(info, r); len(c.Values)+len(c.Claims) != 0 {
		t.Errorf("a doubtful count gives %d values and %d claims", len(c.Values), len(c.Claims))
	}
}
