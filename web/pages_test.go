package web

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"incidex/data"
	"incidex/search"
	"incidex/search/compare"
	"incidex/search/facet"
	"incidex/search/query"
)

func newPages(t *testing.T) *Pages {
	t.Helper()
	p, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// rendered is a page as a tree.
type rendered struct {
	*testing.T
	source string
	root   *html.Node
}

func render(t *testing.T, write func(io.Writer) error) rendered {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b); err != nil {
		t.Fatal(err)
	}
	source := b.String()
	root, err := html.Parse(&b)
	if err != nil {
		t.Fatal(err)
	}
	return rendered{t, source, root}
}

// each calls f for every element.
func (r rendered) each(f func(*html.Node)) {
	for n := range r.root.Descendants() {
		if n.Type == html.ElementNode {
			f(n)
		}
	}
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// text is all text under a node.
func text(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

// find returns the elements with a class.
func (r rendered) find(class string) []*html.Node {
	var out []*html.Node
	r.each(func(n *html.Node) {
		if slices.Contains(strings.Fields(attr(n, "class")), class) {
			out = append(out, n)
		}
	})
	return out
}

// sound checks what holds for every page: nothing inline, ids that are unique,
// links that lead somewhere, labels for inputs, one heading of the first rank.
func (r rendered) sound() {
	r.Helper()
	ids := map[string]bool{}
	var fragments, labels, inputs []string
	headings := 0
	r.each(func(n *html.Node) {
		if n.Data == "style" || n.Data == "script" && (attr(n, "src") == "" || n.FirstChild != nil) {
			r.Errorf("inline %s", n.Data)
		}
		if n.Data == "h1" {
			headings++
		}
		for _, a := range n.Attr {
			switch {
			case a.Key == "style" || strings.HasPrefix(a.Key, "on"):
				r.Errorf("%s has an inline %s", n.Data, a.Key)
			case a.Key == "id" && ids[a.Val]:
				r.Errorf("two elements have the id %s", a.Val)
			case a.Key == "id":
				ids[a.Val] = true
			case strings.Contains(a.Val, "ZgotmplZ"):
				r.Errorf("%s of %s was refused as unsafe", a.Key, n.Data)
			case a.Key == "href" && strings.HasPrefix(strings.ToLower(strings.TrimSpace(a.Val)), "javascript:"):
				r.Errorf("script in a link: %s", a.Val)
			case a.Key == "href" && strings.HasPrefix(a.Val, "#"):
				fragments = append(fragments, a.Val[1:])
			case a.Key == "for":
				labels = append(labels, a.Val)
			}
		}
		if n.Data == "input" && attr(n, "type") != "hidden" {
			inputs = append(inputs, attr(n, "id"))
		}
		if n.Data == "a" && strings.TrimSpace(text(n)) == "" && attr(n, "aria-label") == "" {
			r.Errorf("link without words to %s", attr(n, "href"))
		}
	})
	for _, f := range fragments {
		if !ids[f] {
			r.Errorf("link to #%s, which is nowhere", f)
		}
	}
	for _, id := range inputs {
		if id == "" || !slices.Contains(labels, id) {
			r.Errorf("input %q has no label", id)
		}
	}
	if headings != 1 {
		r.Errorf("%d headings of the first rank", headings)
	}
}

// hostile is what a source may contain.
const hostile = `<script>alert(1)</script>"'><img src=x onerror=alert(2)>{{.}}&amp;`

var hostileNumber = 31_000.0

// hostileDocument has hostile text wherever an article can have text.
func hostileDocument() *data.Document {
	d := &data.Document{Article: data.Article{
		ID: hostile, Title: hostile + " title", Text: hostile + "\n\nPlain words.", Publisher: hostile, Kind: hostile,
		URL: "javascript:alert(3)", Date: data.Date(hostile), Language: hostile, Tags: []string{hostile, hostile},
	}}
	all := func(f data.Field, status data.Status) data.Claim {
		return data.Claim{Field: f, Value: hostile, Raw: hostile, Unit: hostile, Status: status, Rule: hostile, Evidence: []data.Evidence{
			{Span: data.Span{Start: 3, End: len(hostile)}, Quote: hostile[3:]},
			{Span: data.Span{Start: 0, End: 9}, Quote: hostile[:9], Source: data.InTitle},
		}}
	}
	m := data.Mention{ID: hostile, Role: data.Subject}
	for _, info := range data.Fields {
		for _, status := range []data.Status{data.Actual, data.Possible, data.Negated, data.Advised, data.Derived, hostile} {
			c := all(info.Field, status)
			if info.Kind == data.Count || info.Kind == data.Money {
				c.Number, c.Currency = &hostileNumber, hostile
			}
			m.Claims = append(m.Claims, c)
		}
	}
	m.Claims = append(m.Claims, all(hostile, data.Actual))
	d.Mentions = []data.Mention{m, {ID: "other", Role: data.Mentioned, Claims: m.Claims[:3]}}
	return d
}

func hostileRecord(id string) data.Record {
	inc := data.Incident{ID: id, Title: hostile, Merged: []string{hostile}, Members: []data.Member{{Article: hostile, Role: data.Subject}}}
	return data.Merge(inc, []*data.Document{hostileDocument()})
}

func hostileFrame() Frame {
	state := State{
		Query: hostile, Filters: []Filter{{hostile, hostile, false}, {"tag", hostile, true}}, Sort: search.ByOldest, Page: 2, PerPage: 10,
		More: []string{hostile}, Within: map[string]string{hostile: hostile, "tag": hostile}, Tray: []string{hostile, "a"},
	}
	return Frame{State: state, Titles: map[string]string{hostile: hostile}, Generation: hostile}
}

func hostileResponse() *search.Response {
	d := hostileDocument()
	marked := search.Marked{Text: hostile, Marks: []data.Span{{Start: 2, End: 9}, {Start: 20, End: 30}}}
	value := facet.Value{Value: hostile, Label: hostile, Count: facet.Count{Articles: 2, Incidents: 1}}
	return &search.Response{
		Query: hostile, Total: 200, Incidents: 3, Sort: search.ByOldest, Page: 2, PerPage: 10, Generation: hostile,
		Problems: []query.Problem{{Span: data.Span{Start: 1, End: 9}, Message: hostile, Suggestion: hostile}, {Span: data.Span{Start: 5, End: 9999}, Message: hostile}},
		Notes:    []search.Note{{Kind: hostile, Text: hostile, Query: hostile}},
		Hits: []search.Hit{{
			Article: data.ArticleRef{ID: d.ID, Title: d.Title, Publisher: hostile, Kind: hostile, URL: d.URL, Date: hostile}, Title: marked,
			Snippets: []search.Marked{marked}, Incident: hostile, Facts: d.Mentions[0].Claims,
		}, {}},
		Facets: []search.Facet{
			{Label: hostile, Result: facet.Result{Field: "tag", Values: []facet.Value{value, value}, Total: 50}},
			{Result: facet.Result{Field: "sector", Values: []facet.Value{value}, Total: 1}},
		},
	}
}

// pageCases are all pages: empty, hostile, and in the states between.
func pageCases(t *testing.T) map[string]func(*Pages, io.Writer) error {
	f, d := hostileFrame(), hostileDocument()
	table, err := compare.Records([]data.Record{hostileRecord("a"), hostileRecord(hostile)}, compare.Options{})
	if err != nil {
		t.Fatal(err)
	}
	none := &search.Response{Page: 1, PerPage: 20}
	record := hostileRecord(hostile)
	docs := map[string]*data.Document{hostile: d}
	return map[string]func(*Pages, io.Writer) error{
		"search, zero":    func(p *Pages, w io.Writer) error { return p.Search(w, SearchPage{}) },
		"search, empty":   func(p *Pages, w io.Writer) error { return p.Search(w, SearchPage{Response: &search.Response{}}) },
		"search, nothing": func(p *Pages, w io.Writer) error { return p.Search(w, SearchPage{Frame: f, Response: none}) },
		"search, hostile": func(p *Pages, w io.Writer) error {
			return p.Search(w, SearchPage{Frame: f, Response: hostileResponse()})
		},
		"search, incidents": func(p *Pages, w io.Writer) error {
			r := hostileResponse()
			r.Level, r.Hits = query.IncidentLevel, r.Hits[:1]
			return p.Search(w, SearchPage{Frame: f, Response: r})
		},
		"article, zero": func(p *Pages, w io.Writer) error { return p.Article(w, ArticlePage{}) },
		"article, hostile": func(p *Pages, w io.Writer) error {
			return p.Article(w, ArticlePage{Frame: f, Document: d, Related: []Related{{Article: data.ArticleRef{Title: hostile}, Reason: hostile}}, Comparable: []Related{{data.ArticleRef{ID: hostile}, hostile, hostile, hostile}}})
		},
		"incident, zero": func(p *Pages, w io.Writer) error { return p.Incident(w, IncidentPage{}) },
		"incident, hostile": func(p *Pages, w io.Writer) error {
			return p.Incident(w, IncidentPage{Frame: f, Record: record, Documents: docs, Comparable: []Comparable{{hostile, hostile, 1, []Reason{{hostile, 1}}}}, Together: hostileBonds, Why: true})
		},
		"incident, not explained": func(p *Pages, w io.Writer) error {
			return p.Incident(w, IncidentPage{Frame: f, Record: record, Askable: true})
		},
		"incident, alone": func(p *Pages, w io.Writer) error { return p.Incident(w, IncidentPage{Frame: f, Record: record}) },
		"compare, zero":   func(p *Pages, w io.Writer) error { return p.Compare(w, ComparePage{}) },
		"compare, empty":  func(p *Pages, w io.Writer) error { return p.Compare(w, ComparePage{Table: &compare.Table{}}) },
		"compare, problem": func(p *Pages, w io.Writer) error {
			return p.Compare(w, ComparePage{Frame: f, Problem: hostile, Show: hostile})
		},
		"compare, hostile": func(p *Pages, w io.Writer) error {
			return p.Compare(w, ComparePage{Frame: f, Table: &table, Documents: docs})
		},
		"selections, zero": func(p *Pages, w io.Writer) error { return p.Selections(w, SelectionsPage{}) },
		"selections, hostile": func(p *Pages, w io.Writer) error {
			return p.Selections(w, SelectionsPage{Frame: f, A: hostile, B: "recrods:5", Table: hostileSelections()})
		},
		"selections, nothing found": func(p *Pages, w io.Writer) error {
			return p.Selections(w, SelectionsPage{A: "x", Table: &compare.SelectionTable{}})
		},
		"status, zero":    func(p *Pages, w io.Writer) error { return p.Status(w, StatusPage{}) },
		"status, hostile": func(p *Pages, w io.Writer) error { return p.Status(w, hostileStatus(f)) },
		"reference, hostile": func(p *Pages, w io.Writer) error {
			v := []APIValue{{Name: hostile, Text: hostile, In: "path", Kind: hostile, Schema: "X", Required: true, Default: hostile, Example: hostile, Limits: hostile, Values: []string{hostile}}}
			o := Operation{ID: "x", Method: "GET", Path: "/" + hostile, Summary: hostile, Text: hostile, Parameters: v, Body: "X", Example: "/x?" + hostile, Answers: []APIAnswer{{"200", hostile, []string{hostile}, "X"}}}
			other := o
			other.ID, other.Example = "y", ""
			sent := other
			sent.ID = "z"
			return p.Reference(w, ReferencePage{Version: hostile, Open: []Operation{o}, Closed: []Operation{other}, Sent: []Operation{sent}, Schemas: []APISchema{{"X", hostile, v}}})
		},
		"help, zero":     func(p *Pages, w io.Writer) error { return p.Help(w, HelpPage{}) },
		"help, hostile":  func(p *Pages, w io.Writer) error { return p.Help(w, HelpPage{f}) },
		"error, zero":    func(p *Pages, w io.Writer) error { return p.Error(w, ErrorPage{}) },
		"error, hostile": func(p *Pages, w io.Writer) error { return p.Error(w, ErrorPage{f, 500, hostile, hostile, hostile}) },
	}
}

var hostileBonds = []Bond{
	{Article: hostile, Title: hostile, Score: -1, Nearest: hostile, NearestTitle: hostile, Ruling: hostile, Reasons: []Reason{{hostile, -1}},
		Others: []Apart{{ID: hostile, Score: 2, Guard: hostile, Reasons: []Reason{{hostile, 2}}}}},
	{Article: "alone", Mentioned: true},
}

func hostileSelections() *compare.SelectionTable {
	side := func(n int, median float64) compare.Selection {
		s := compare.Selection{Query: hostile, Incidents: n, Articles: n, Medians: []compare.Median{{Field: data.Records, Unit: hostile, Known: n, Median: median}}}
		values := []compare.Count{{Value: hostile, Label: hostile, Count: n}}
		for i := range 9 {
			values = append(values, compare.Count{Value: fmt.Sprint(i), Label: fmt.Sprint(i), Count: i})
		}
		s.Facets = []compare.Facet{{Field: data.Attack, Known: 40, Values: values}}
		return s
	}
	t := compare.Selections(side(40, 10), side(2, 30), hostile)
	return &t
}

func hostileStatus(f Frame) StatusPage {
	problems := []RunProblem{{hostile, 3, hostile, true}, {"b", 0, hostile, false}}
	for i := range maxBadFiles {
		problems = append(problems, RunProblem{Path: fmt.Sprintf("c%d", i), Reason: hostile})
	}
	return StatusPage{Frame: f, Version: hostile, Articles: 1234, Incidents: 1, Runs: []Run{
		{ID: 2, State: "running", Paths: []string{hostile}, Bytes: 5, TotalBytes: 20, Read: 3},
		{ID: 1, State: "failed", Error: hostile, Seconds: 4000, Problems: problems},
	}}
}

func TestPagesAreSound(t *testing.T) {
	p := newPages(t)
	for name, write := range pageCases(t) {
		t.Run(name, func(t *testing.T) {
			page := render(t, func(w io.Writer) error { return write(p, w) })
			page.sound()
			page.each(func(n *html.Node) {
				if n.Data == "img" || n.Data == "script" && !strings.HasPrefix(attr(n, "src"), AssetPath) {
					page.Errorf("hostile text became an element: %s", n.Data)
				}
			})
			if strings.Contains(name, "hostile") && !strings.Contains(text(page.root), hostile) {
				page.Error("the hostile text is not shown as text")
			}
			for _, word := range []string{"%!", "<nil>", "&lt;nil&gt;", "<no value>"} {
				if strings.Contains(page.source, word) {
					page.Errorf("page contains %s", word)
				}
			}
		})
	}
}

func TestEveryTemplateIsAPage(t *testing.T) {
	p := newPages(t)
	for name := range p.byName {
		found := false
		for page := range pageCases(t) {
			found = found || strings.HasPrefix(page, name+",")
		}
		if !found {
			t.Errorf("page %s has no test", name)
		}
	}
}

// A claim is reached from its words and its words from the claim.
func TestArticleLinksClaimsAndWords(t *testing.T) {
	const words = "Acme lost 5 million names. Nothing else."
	d := &data.Document{Article: data.Article{ID: "x", Title: "Acme breached", Text: words}}
	d.Mentions = []data.Mention{{ID: "acme-2025", Role: data.Subject, Claims: []data.Claim{
		{Field: data.Victim, Value: "Acme", Status: data.Actual, Evidence: []data.Evidence{{Span: data.Span{Start: 0, End: 4}, Quote: "Acme", Source: data.InTitle}}},
		{Field: data.Records, Number: &hostileNumber, Status: data.Possible, Evidence: []data.Evidence{{Span: data.Span{Start: 10, End: 25}, Quote: "5 million names"}}},
		{Field: data.DataType, Value: "Names", Status: data.Actual, Evidence: []data.Evidence{{Span: data.Span{Start: 20, End: 25}, Quote: "names"}}},
		{Field: data.Sector, Value: "44", Status: data.Derived},
	}}}
	page := render(t, func(w io.Writer) error { return newPages(t).Article(w, ArticlePage{Document: d}) })
	page.sound()
	var got []string
	for _, n := range page.find("ev") {
		got = append(got, fmt.Sprintf("%s #%s %s %s", text(n), attr(n, "id"), attr(n, "href"), attr(n, "data-claims")))
	}
	want := []string{"Acme #t0 #l1 l1", "5 million  #c10 #l2 l2", "names #c20 #l3 l3 l2"}
	if !slices.Equal(got, want) {
		t.Errorf("marks\ngot  %q\nwant %q", got, want)
	}
	got = nil
	for _, n := range page.find("jump") {
		got = append(got, attr(n, "href"))
	}
	if want := []string{"#t0", "#c10", "#c20"}; !slices.Equal(got, want) {
		t.Errorf("claims lead to %q, want %q", got, want)
	}
	if story := page.find("text"); len(story) != 1 || strings.TrimSpace(text(story[0])) != words {
		t.Errorf("the text is not shown as it is: %q", text(story[0]))
	}
}

func TestIncidentLeadsToTheSentence(t *testing.T) {
	low, high := 143e6, 147e6
	doc := func(id string, n *float64, quote, sentence string) *data.Document {
		d := &data.Document{Article: data.Article{ID: id, Title: id, Text: sentence, Date: data.Date("2017-09-0" + id[len(id)-1:])}}
		i := strings.Index(sentence, quote)
		d.Mentions = []data.Mention{{ID: "acme-2017", Role: data.Subject, Claims: []data.Claim{{
			Field: data.Records, Number: n, Unit: "people", Status: data.Actual,
			Evidence: []data.Evidence{{Span: data.Span{Start: i, End: i + len(quote)}, Quote: quote}},
		}}}}
		return d
	}
	docs := map[string]*data.Document{
		"a1": doc("a1", &low, "143 million", "Acme said. It lost data of 143 million people."),
		"a2": doc("a2", &high, "147 million", "The count grew to 147 million people."),
	}
	inc := data.Incident{ID: "acme-2017", Title: "Acme, 2017", Members: []data.Member{{Article: "a1", Role: data.Subject}, {Article: "a2", Role: data.Subject}}}
	page := render(t, func(w io.Writer) error {
		return newPages(t).Incident(w, IncidentPage{Record: data.Merge(inc, []*data.Document{docs["a1"], docs["a2"]}), Documents: docs})
	})
	page.sound()
	for _, want := range []string{"147 million people", "sources disagree", "It lost data of 143 million people.", "the newest source"} {
		if !strings.Contains(text(page.root), want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	for _, want := range []string{"/articles/a1#c27", "/articles/a2#c18"} {
		if !strings.Contains(page.source, `href="`+want+`"`) {
			t.Errorf("no link to %s", want)
		}
	}
}

// Of an incident that many articles report, the page shows the first and the newest,
// and keeps the rest at hand.
func TestIncidentOfManyArticles(t *testing.T) {
	var r data.Record
	r.ID = "acme-2024"
	r.Fields = []data.FieldRecord{{Field: data.Occurred, Chosen: []data.SourcedClaim{{Claim: data.Claim{Field: data.Occurred, Value: "2024-01-01"}}}}}
	for i := range 28 {
		r.Articles = append(r.Articles, data.ArticleRef{ID: fmt.Sprintf("a%02d", i), Date: data.Date(fmt.Sprintf("2024-02-%02d", 28-i)), Role: data.Subject})
	}
	var got []data.Date
	for _, e := range (IncidentPage{Record: r}).events() {
		got = append(got, e.Date)
	}
	if want := []data.Date{"2024-01-01", "2024-02-01", "2024-02-28"}; !slices.Equal(got, want) {
		t.Errorf("timeline %v, want %v", got, want)
	}
	page := render(t, func(w io.Writer) error { return newPages(t).Incident(w, IncidentPage{Record: r}) })
	page.sound()
	lists := page.find("sources")
	if len(lists) != 2 || strings.Count(text(lists[0]), "a0") != maxSources || !strings.Contains(text(lists[1]), "a27") {
		t.Errorf("the lists of articles are wrong: %d", len(lists))
	}
}

func TestFacets(t *testing.T) {
	values := func(n int, label func(int) string, low string) []facet.Value {
		var out []facet.Value
		for i := range n {
			out = append(out, facet.Value{Value: label(i), Count: facet.Count{Articles: i + 1, Incidents: 1}, Low: low})
		}
		return out
	}
	year := func(i int) string { return fmt.Sprint(2001 + i) }
	for _, test := range []struct {
		name           string
		field, state   string
		values         []facet.Value
		total          int
		want           string // labels
		hidden         int
		expand, filter bool
	}{
		{"few values", "tag", "", values(3, year, ""), 3, "2001 2002 2003", 0, false, false},
		{"more values", "tag", "", values(ShortFacet, year, ""), 12, "2001 2002 2003 2004 2005 2006 2007", 5, true, false},
		{"many values", "tag", "", values(ShortFacet, year, ""), 50, "2001 2002 2003 2004 2005 2006 2007", 43, true, true},
		{"all values", "tag", "more=tag", values(9, year, ""), 9, "2001 2002 2003 2004 2005 2006 2007 2008 2009", 0, true, false},
		{"years, newest first", "occurred", "", values(9, year, ""), 9, "2009 2008 2007 2006 2005 2004 2003", 2, true, false},
		{"years, an old one selected", "occurred", "f=occurred:2001", values(9, year, ""), 9, "2009 2008 2007 2006 2005 2004 2003 2001", 1, true, false},
		{"ranges", "records", "", values(9, year, "1"), 9, "2001 2002 2003 2004 2005 2006 2007 2008 2009", 0, false, false},
		{"nothing left", "tag", "", []facet.Value{{Value: "x"}}, 0, "", 0, false, false},
		{"nothing left of a selected value", "tag", "f=-tag:x", []facet.Value{{Value: "x"}}, 0, "x", 0, false, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			page := SearchPage{Frame: Frame{State: parse(t, "/?"+test.state)}}
			got := page.facet(search.Facet{Result: facet.Result{Field: test.field, Values: test.values, Total: test.total}})
			var labels []string
			for _, v := range got.Values {
				labels = append(labels, v.Label)
			}
			if words := strings.Join(labels, " "); words != test.want {
				t.Errorf("shows %q, want %q", words, test.want)
			}
			if got.Hidden != test.hidden || got.Expandable() != test.expand || got.Filterable() != test.filter {
				t.Errorf("hidden %d, expandable %v, filterable %v, want %d, %v, %v", got.Hidden, got.Expandable(), got.Filterable(), test.hidden, test.expand, test.filter)
			}
		})
	}
}

func TestFactsOfAHit(t *testing.T) {
	claims := func(f data.Field, values string) []data.Claim {
		var out []data.Claim
		for _, v := range strings.Fields(values) {
			out = append(out, data.Claim{Field: f, Value: v})
		}
		return out
	}
	for _, test := range []struct {
		name  string
		facts []data.Claim
		want  string
	}{
		{"none", nil, ""},
		{"few, in the order of what tells most", slices.Concat(claims(data.Victim, "Acme"), claims(data.Sector, "Mining"), claims(data.Country, "Chad"),
			claims(data.Attack, "Worm")), "Acme Worm Chad Mining"},
		{"one more than fits", claims(data.DataType, "a b c d e"), "a b c d e"},
		{"two more than fit", claims(data.DataType, "a b c d e f"), "a b c d +2 more"},
		{"many, without the sector", slices.Concat(claims(data.Victim, "Acme"), claims(data.Sector, "Mining"), claims(data.Attack, "p q r s"),
			claims(data.DataType, "a b c d e f g")), "Acme p q +2 more a b c d +3 more"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var labels []string
			for _, c := range (SearchPage{}).facts(search.Hit{Article: data.ArticleRef{ID: "x"}, Facts: test.facts}) {
				labels = append(labels, c.Label)
			}
			if got := strings.Join(labels, " "); got != test.want {
				t.Errorf("shows %q, want %q", got, test.want)
			}
		})
	}
}

func TestPageLinks(t *testing.T) {
	for _, test := range []struct {
		total, per, page, incidents int
		want                        string
	}{
		{5, 20, 1, 0, ""},
		{41, 20, 1, 0, "(1) 2 3"},
		{400, 20, 1, 0, "(1) 2 3 … 20"},
		{400, 20, 10, 0, "1 … 8 9 (10) 11 12 … 20"},
		{400, 20, 20, 0, "1 … 18 19 (20)"},
		{1_000_000, 20, 1, 0, "(1) 2 3 … 501"},
		{5, 0, 1, 0, ""},
		{400, 20, 1, 39, "(1) 2"},
	} {
		page := SearchPage{Response: &search.Response{Total: test.total, PerPage: test.per, Page: test.page}}
		if test.incidents > 0 {
			page.Response.Level, page.Response.Incidents = query.IncidentLevel, test.incidents
		}
		links, _ := page.pages()
		var got []string
		for _, l := range links {
			switch {
			case l.Number == 0:
				got = append(got, "…")
			case l.Current:
				got = append(got, fmt.Sprintf("(%d)", l.Number))
			default:
				got = append(got, fmt.Sprint(l.Number))
			}
		}
		if words := strings.Join(got, " "); words != test.want {
			t.Errorf("%d hits, page %d: %q, want %q", test.total, test.page, words, test.want)
		}
	}
}

func TestAssets(t *testing.T) {
	p := newPages(t)
	get := func(path string) *http.Response {
		w := httptest.NewRecorder()
		p.Assets().ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		return w.Result()
	}
	page := render(t, func(w io.Writer) error { return p.Search(w, SearchPage{}) })
	types := map[string]bool{}
	page.each(func(n *html.Node) {
		path := attr(n, "src")
		if rel := attr(n, "rel"); n.Data == "link" && rel != "search" && rel != "alternate" {
			path = attr(n, "href")
		}
		if path == "" {
			return
		}
		res := get(path)
		if res.StatusCode != http.StatusOK || !strings.Contains(res.Header.Get("Cache-Control"), "immutable") {
			t.Errorf("%s: status %d, Cache-Control %q", path, res.StatusCode, res.Header.Get("Cache-Control"))
		}
		kind, _, _ := strings.Cut(res.Header.Get("Content-Type"), ";")
		types[kind] = true
	})
	for _, want := range []string{"text/css", "text/javascript", "image/svg+xml"} {
		if !types[want] {
			t.Errorf("no asset of type %s", want)
		}
	}
	if res := get("/assets/app.css"); res.StatusCode != http.StatusNotFound {
		t.Errorf("an asset without its hash: status %d", res.StatusCode)
	}
}

// What articles bring stands by itself, whichever way it is read, and an article without a
// title is headed by its first words.
func TestTextsOfOthersStandApart(t *testing.T) {
	const turned = "\u202egnp.exe"
	p := newPages(t)
	d := &data.Document{Article: data.Article{ID: "x", Text: "One two three four five six seven eight nine ten eleven.\nMore.", Publisher: turned}}
	r := render(t, func(w io.Writer) error { return p.Article(w, ArticlePage{Document: d}) })
	for n := range r.root.Descendants() {
		switch {
		case n.Type == html.TextNode && strings.Contains(n.Data, turned) && n.Parent.Data != "bdi":
			t.Errorf("%q stands in %s", n.Data, n.Parent.Data)
		case n.Data == "h1" && (text(n) != "One two three four five six seven eight nine ten …" || attr(n, "dir") != "auto"):
			t.Errorf("headed by %q", text(n))
		}
	}
	hit := search.Hit{Article: data.ArticleRef{ID: "x"}, Snippets: []search.Marked{{Text: turned}, {Text: "second"}}}
	r = render(t, func(w io.Writer) error {
		return p.Search(w, SearchPage{Response: &search.Response{Total: 1, Page: 1, PerPage: 20, Hits: []search.Hit{hit}}})
	})
	for n := range r.root.Descendants() {
		if n.Type == html.TextNode && strings.Contains(n.Data, turned) && n.Parent.Data != "bdi" && attr(n.Parent, "dir") != "auto" {
			t.Errorf("%q stands in %s", n.Data, n.Parent.Data)
		}
	}
	if strings.Contains(r.source, "second") {
		t.Error("two snippets are shown")
	}
}

// A range that a search wants is no value with a count of its own.
func TestFacetWithoutTheRangeAskedFor(t *testing.T) {
	state := State{}.WithRange("occurred", "2014", "2017")
	count := func(value string, n int) facet.Value {
		return facet.Value{Value: value, Count: facet.Count{Articles: n, Incidents: n}}
	}
	f := search.Facet{Result: facet.Result{Field: "occurred", Values: []facet.Value{count("2014", 3), count("2016", 1), count("2014..2017", 0)}}}
	p := SearchPage{Frame: Frame{State: state}, Response: &search.Response{Facets: []search.Facet{f}}}
	if got := p.facet(f); len(got.Values) != 2 || got.Selected != 1 {
		t.Errorf("shows %d values, %d selected; want 2 and 1", len(got.Values), got.Selected)
	}
	bars := p.strips()[0].Bars
	if len(bars) != 3 || !bars[0].On || bars[1].Incidents != 0 || bars[0].Height != stripHeight || bars[2].Y+bars[2].Height != stripHeight {
		t.Errorf("bars %+v", bars)
	}
}
