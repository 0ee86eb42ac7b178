package export

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"incidex/data"
	"incidex/data/vocab"
	"incidex/search"
	"incidex/search/query"
)

var testAbout = About{
	Query: "hospital", Filters: []string{"sector=62"}, Level: query.IncidentLevel, Rows: 1, Generation: "gen-000001",
	Time: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), Version: "test",
}

// write writes entries in a format.
func write(t *testing.T, f Format, a About, entries ...entry) []byte {
	t.Helper()
	info, err := Lookup(string(f))
	if err != nil {
		t.Fatal(err)
	}
	if a.Level, err = info.Level(""); f == BibTeX || err != nil {
		a.Level = query.ArticleLevel
	} else if slices.Contains(info.Levels, query.IncidentLevel) {
		a.Level = query.IncidentLevel
	}
	var b bytes.Buffer
	w, err := info.begin(&b, a)
	for _, e := range entries {
		if err == nil {
			err = w.row(e)
		}
	}
	if err == nil {
		err = w.end()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func claim(f data.Field, value string) data.SourcedClaim {
	return data.SourcedClaim{Article: "a1", Claim: data.Claim{
		Field: f, Value: value, Status: data.Actual, Confidence: 0.9, Evidence: []data.Evidence{{Span: data.Span{Start: 0, End: 5}, Quote: "quote of " + value}},
	}}
}

func amount(f data.Field, n float64, unit, currency string) data.SourcedClaim {
	c := claim(f, "")
	c.Number, c.Unit, c.Currency = &n, unit, currency
	return c
}

// hospital is an incident with a fact of every kind.
func hospital() entry {
	return entry{
		id: "mercy-2024", title: "Mercy Hospital, 2024", incident: "mercy-2024",
		sources: []data.ArticleRef{
			{ID: "a2", Title: "Mercy settles", Publisher: "The Post", URL: "https://user:secret@post.example/2", Date: "2025-02"},
			{ID: "a1", Title: "Mercy Hospital hit by LockBit", Publisher: "The Herald", URL: "https://herald.example/1", Date: "2024-05-20"},
		},
		facts: []data.SourcedClaim{
			claim(data.Victim, "Mercy Hospital"), claim(data.Sector, "62"), claim(data.Country, "US"), claim(data.Action, "malware"), claim(data.Attack, "Ransomware"),
			claim(data.Vector, "VPN"), claim(data.Actor, "LockBit"), claim(data.ActorKind, "external"), claim(data.Motive, "Financial"),
			amount(data.Records, 7.4e6, "people", ""), claim(data.DataType, "Names"), claim(data.DataType, "Social security numbers"), claim(data.DataSubject, "Patient"),
			claim(data.Occurred, "2024-05-03"), claim(data.Discovered, "2024-05-13"), amount(data.Settlement, 2.5e6, "", "USD"),
			claim(data.CVE, "CVE-2023-4966"), claim(data.Malware, "LockBit"),
		},
		ranges: map[data.Field][2]float64{data.Records: {7e6, 7.4e6}},
	}
}

// everything is an incident with all values of all vocabularies that VERIS has words for.
func everything() entry {
	e := hospital()
	for _, f := range []data.Field{data.Action, data.ActorKind, data.Attack, data.Country, data.DataSubject, data.DataType, data.Motive, data.Vector} {
		for _, term := range vocab.For(f).Terms() {
			if !slices.Contains(e.values(f), term.Value) {
				e.facts = append(e.facts, claim(f, term.Value))
			}
		}
	}
	return e
}

func TestVERIS(t *testing.T) {
	list := []entry{hospital(), everything(), {id: "empty", title: "Empty"}}
	for _, s := range vocab.Sectors().Terms() {
		list = append(list, entry{id: "sector-" + s.Value, facts: []data.SourcedClaim{claim(data.Sector, s.Value), claim(data.Disclosed, "2019-02")}})
	}
	for _, c := range append([]string{"BTC", "BYN"}, verisCurrencies...) {
		list = append(list, entry{id: "fine-" + c, facts: []data.SourcedClaim{amount(data.Fine, 5, "", c)}})
	}
	for _, a := range vocab.Attacks().Terms() { // one at a time
		list = append(list, entry{id: a.Value, facts: []data.SourcedClaim{claim(data.Attack, a.Value)}})
	}
	raw := write(t, VERIS, testAbout, list...)
	read := checkVERIS(t, raw)
	if len(read) != len(list) {
		t.Errorf("%d incidents, want %d", len(read), len(list))
	}
	first, _, _ := strings.Cut(string(raw[2:]), "\n")
	for _, want := range []string{
		`"victim_id":"Mercy Hospital"`, `"industry":"62"`, `"country":["US"]`, `"variety":["Ransomware"]`, `"name":["LockBit"]`, `"variety":["Organized crime"]`,
		`"incident":{"year":2024,"month":5,"day":3}`, `"discovery":{"unit":"Days","value":10}`, `"data_total":7400000`, `"data_victim":["Patient"]`,
		`"loss":[{"variety":"Legal and regulatory","amount":2500000}]`, `"reference":"https://post.example/2; https://herald.example/1"`,
		`"generation":"gen-000001"`, `"search":"hospital sector=62"`, `"quotes":["quote of Ransomware"]`,
	} {
		if !strings.Contains(first, want) {
			t.Errorf("no %s in %s", want, first)
		}
	}
	if len(checkVERIS(t, write(t, VERIS, testAbout))) != 0 {
		t.Error("an export without rows has some")
	}
}

func TestSTIX(t *testing.T) {
	other := hospital()
	other.id, other.sources = "mercy-2025", other.sources[:1]
	raw := write(t, STIX, testAbout, hospital(), other, everything(), entry{id: "empty", title: "Empty"})
	again := write(t, STIX, testAbout, hospital(), other, everything(), entry{id: "empty", title: "Empty"})
	if !bytes.Equal(raw, again) {
		t.Error("a second export differs")
	}
	kinds := map[string]int{}
	objects := checkSTIX(t, write(t, STIX, testAbout, hospital(), other))
	for _, o := range objects {
		kinds[o["type"].(string)]++
	}
	want := map[string]int{"identity": 2, "note": 1, "incident": 2, "threat-actor": 1, "malware": 1, "vulnerability": 1, "relationship": 8, "report": 2}
	if fmt.Sprint(kinds) != fmt.Sprint(want) {
		t.Errorf("objects %v, want %v", kinds, want)
	}
	e := everything()
	e.id = "everything"
	checkSTIX(t, write(t, STIX, testAbout, hospital(), e, entry{id: "empty", title: "Empty"}))
	for _, o := range objects {
		if o["type"] == "incident" && !strings.Contains(o["description"].(string), "Records affected: 7400000 people — “quote of ”") {
			t.Errorf("the description is %v", o["description"])
		}
	}
}

// table reads a CSV as rows by the names of their columns.
func table(t *testing.T, raw []byte) []map[string]string {
	t.Helper()
	rows, err := csv.NewReader(bytes.NewReader(raw)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, r := range rows[1:] {
		row := map[string]string{}
		for i, name := range rows[0] {
			row[name] = r[i]
		}
		out = append(out, row)
	}
	return out
}

func TestCSV(t *testing.T) {
	rows := table(t, write(t, CSV, testAbout, hospital(), entry{id: "empty"}))
	for name, want := range map[string]string{
		"id": "mercy-2024", "articles": "2", "first_published": "2024-05-20", "last_published": "2025-02", "urls": "https://post.example/2; https://herald.example/1",
		"sector": "Health care", "sector_code": "62", "country_code": "US", "data_type": "Names; Social security numbers", "records": "7400000", "records_unit": "people",
		"records_lowest": "7000000", "records_highest": "7400000", "settlement": "2500000", "settlement_currency": "USD", "occurred": "2024-05-03",
		"victim_evidence": "“quote of Mercy Hospital” [a1]", "generation": "gen-000001", "fine": "",
	} {
		if rows[0][name] != want {
			t.Errorf("%s is %q, want %q", name, rows[0][name], want)
		}
	}
	if len(rows) != 2 || rows[1]["records"] != "" {
		t.Errorf("rows %v", rows[1:])
	}
}

// Nothing that an article says is a formula in a spreadsheet.
func TestFormulas(t *testing.T) {
	for _, bad := range []string{`=cmd|' /C calc'!A0`, "+1", "-1", "@SUM(A1)", "＝1+1", "＋1", "－1", "＠A1", "\t=1", " =1", "\u200b=1", "\r=1"} {
		e := entry{id: bad, title: bad, facts: []data.SourcedClaim{claim(data.Victim, bad)}}
		for name, cell := range table(t, write(t, CSV, testAbout, e))[0] {
			if cell != "" && strings.ContainsRune("=+-@\t\r＝＋－＠", []rune(strings.TrimSpace(cell))[0]) {
				t.Errorf("%q: column %s is %q", bad, name, cell)
			}
		}
		file := openXLSX(t, write(t, XLSX, testAbout, e))
		if got, _ := file.GetCellValue("Incidents", "A2"); !strings.HasPrefix(got, "'") {
			t.Errorf("%q: the cell is %q", bad, got)
		}
		if formula, _ := file.GetCellFormula("Incidents", "A2"); formula != "" {
			t.Errorf("%q: the cell is the formula %q", bad, formula)
		}
	}
}

func TestBibTeX(t *testing.T) {
	d := &data.Document{Article: data.Article{ID: "a/1_x", Title: "50% off {data} & more\n\\end", Publisher: "A_B", URL: "https://u:p@x.example/{a}", Date: "2024-05", Tags: []string{"a", "b"}}}
	got := string(write(t, BibTeX, testAbout, entryOf(search.Row{Article: d})))
	want := "% hospital sector=62: 1 articles of generation gen-000001, exported by incidex test at 2026-01-02T03:04:05Z\n\n" +
		"@online{a_2f1_5fx,\n  title = {{50\\% off \\{data\\} \\& more \\textbackslash{}end}},\n  organization = {A\\_B},\n  date = {2024-05},\n  year = {2024},\n" +
		"  url = {https://x.example/%7Ba%7D},\n  urldate = {2026-01-02},\n  keywords = {a, b},\n}\n"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// What is no fact does not leave.
func TestOnlyFactsLeave(t *testing.T) {
	m := data.Mention{ID: "x-2024", Role: data.Subject}
	for _, s := range []data.Status{data.Actual, data.Possible, data.Negated, data.Advised, data.Doubtful, data.Derived} {
		m.Claims = append(m.Claims, data.Claim{Field: data.DataType, Value: "type " + string(s), Status: s})
	}
	d := &data.Document{Article: data.Article{ID: "a1"}, Mentions: []data.Mention{m}}
	inc := data.Incident{ID: "x-2024", Members: []data.Member{{Article: "a1", Role: data.Subject}}}
	r := data.Merge(inc, []*data.Document{d})
	for _, row := range []search.Row{{Article: d}, {Incident: &r}} {
		for _, f := range []Format{CSV, NDJSON} {
			if row.Article != nil && f == CSV {
				continue // its columns are those of incidents here
			}
			got := string(write(t, f, testAbout, entryOf(row)))
			for _, c := range m.Claims {
				if strings.Contains(got, c.Value) != c.Asserted() {
					t.Errorf("%s: %q: leaves: %v", f, c.Value, !c.Asserted())
				}
			}
		}
	}
}

func TestLevels(t *testing.T) {
	for _, x := range []struct {
		format Format
		level  query.Level
		want   query.Level
		fails  string
	}{
		{CSV, "", query.ArticleLevel, ""}, {CSV, query.IncidentLevel, query.IncidentLevel, ""}, {STIX, "", query.IncidentLevel, ""},
		{VERIS, query.ArticleLevel, "", "veris is a format of incidents"}, {BibTeX, query.IncidentLevel, "", "bibtex is a format of articles"},
	} {
		info, err := Lookup(string(x.format))
		if err != nil {
			t.Fatal(err)
		}
		got, err := info.Level(x.level)
		if got != x.want || (err == nil) != (x.fails == "") || err != nil && !strings.Contains(err.Error(), x.fails) {
			t.Errorf("%s at level %q: %q, %v", x.format, x.level, got, err)
		}
	}
	if _, err := Lookup("pdf"); err == nil || !strings.Contains(err.Error(), "csv, xlsx") {
		t.Errorf("an unknown format: %v", err)
	}
}
