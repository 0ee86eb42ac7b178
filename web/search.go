package web

import (
	"cmp"
	"fmt"
	"html/template"
	"io"
	"strconv"

	"incidex/data"
	"incidex/search"
	"incidex/search/query"
)

// SearchPage is the start page and the page of a search.
type SearchPage struct {
	Frame
	// Response is the answer to State.Request; nil shows the box alone.
	Response *search.Response
	// Records are the incidents of the hits, in their order, where these are incidents.
	Records []data.Record
	// Escapes are searches that find something where this one finds nothing.
	Escapes []Escape
}

// Escape is a search without one of the words or filters, and what it finds.
type Escape struct {
	// Without is what was left out, as it is written.
	Without  string
	State    State
	Articles int
}

// hitSnippets is the number of snippets that a hit shows.
const hitSnippets = 1

// titleWords is the most words that stand for the title of an article without one.
const titleWords = 10

// leadFacts are the fields whose values a hit shows, in order, each with the most
// values, or one more where that is the last. Spare ones give way where a hit has
// many facts.
var leadFacts = []struct {
	field data.Field
	most  int
	spare bool
}{
	{data.Victim, 2, false}, {data.Records, 1, false}, {data.Attack, 2, false}, {data.Actor, 2, false},
	{data.DataType, 4, false}, {data.Country, 2, false}, {data.Occurred, 1, false}, {data.Sector, 1, true},
}

// openFacets is the number of facets that are unfolded before one is used.
const openFacets = 3

// maxProblems is the most mistakes of a query that are shown: each repeats the query.
const maxProblems = 10

// manyFacts is the most facts of a hit that are shown beside spare ones.
const manyFacts = 9

// examples are the searches that the start page offers.
var examples = []string{
	"hospital ransomware", "passport numbers", "records:>=10m", "sector:retail occurred:2025", `attack:"credential stuffing"`,
}

// searchView is what the template shows.
type searchView struct {
	SearchPage
	Start    bool
	Examples []string
	Facets   []facetView
	Hits     []hitView
	Strips   []stripView
	Active   []chip
	Problems []problemView
	Sorts    []option
	// Levels offer articles or incidents as hits.
	Levels []option
	Pages  []pageLink
	// Last is the number of the last page.
	Last int
}

// chip is a value with a link.
type chip struct {
	Field, Label, Href string
	Class              string
	Exclude            bool
}

type hitView struct {
	search.Hit
	Title    template.HTML
	Snippets []template.HTML
	Facts    template.HTML
	Tick     tick
	// Sources is the number of articles on the incident, where the hit is one.
	Sources int
}

type problemView struct {
	query.Problem
	Before, Wrong, After string
	// Fixed is the address of the search with the suggestion.
	Fixed string
}

type option struct {
	Label, Href string
	Current     bool
}

type pageLink struct {
	Number  int // 0 for a gap
	Href    string
	Current bool
}

// sortLabels are the names of the orders.
var sortLabels = map[search.Sort]string{
	search.ByRelevance: "Best match", search.ByNewest: "Newest", search.ByOldest: "Oldest", search.ByRecords: "Most records",
}

// Search writes the start page or the page of a search.
func (p *Pages) Search(w io.Writer, v SearchPage) error {
	view := searchView{SearchPage: v, Start: v.State.Empty(), Examples: examples}
	if r := v.Response; r != nil {
		for i, f := range r.Facets {
			fv := v.facet(f)
			fv.Open = i < openFacets || fv.Selected > 0 || fv.Long || v.State.Within[f.Field] != ""
			view.Facets = append(view.Facets, fv)
		}
		for i, h := range r.Hits {
			hit := v.hit(h)
			if len(v.Records) == len(r.Hits) {
				hit.Sources = len(v.Records[i].Articles)
			}
			view.Hits = append(view.Hits, hit)
		}
		for _, pr := range r.Problems[:min(len(r.Problems), maxProblems)] {
			view.Problems = append(view.Problems, v.problem(pr))
		}
		for _, s := range search.Sorts {
			if s == search.ByRelevance && v.State.Query == "" {
				continue
			}
			view.Sorts = append(view.Sorts, option{sortLabels[s], v.State.WithSort(s).URL(), s == r.Sort})
		}
		view.Levels = []option{
			{"Articles", v.State.WithLevel(query.ArticleLevel).URL(), r.Level != query.IncidentLevel},
			{"Incidents", v.State.WithLevel(query.IncidentLevel).URL(), r.Level == query.IncidentLevel},
		}
		view.Pages, view.Last = v.pages()
		view.Strips = v.strips()
	}
	for _, f := range v.State.Filters {
		view.Active = append(view.Active, chip{
			Field: FieldLabel(f.Field), Label: v.label(f), Exclude: f.Exclude,
			Href: v.State.Toggle(f.Field, f.Value, f.Exclude).URL(),
		})
	}
	heading := v.State.Query
	if heading == "" && !view.Start {
		heading = "Search"
	}
	return p.render(w, "search", chrome{
		Frame: v.Frame, Heading: heading, Here: State.URL, Start: view.Start, Found: v.Response != nil, Filters: len(view.Facets) > 0, Page: view,
	})
}

// label is what a reader sees for a filter: the label of its facet, if it has one.
func (v SearchPage) label(f Filter) string {
	if v.Response != nil {
		for _, fc := range v.Response.Facets {
			for _, value := range fc.Values {
				if fc.Field == f.Field && value.Value == f.Value && value.Label != "" {
					return value.Label
				}
			}
		}
	}
	return ValueLabel(f.Field, f.Value)
}

func (v SearchPage) hit(h search.Hit) hitView {
	title := Segments(h.Title)
	if len(title) == 0 {
		first := ""
		if len(h.Snippets) > 0 {
			first = firstWords(h.Snippets[0].Text)
		}
		title = []Segment{{Text: cmp.Or(h.Article.Title, first, h.Article.ID, "Untitled")}}
	}
	out := hitView{Hit: h, Title: marked(title), Tick: v.tick(h.Incident, State.URL)}
	for _, s := range h.Snippets[:min(hitSnippets, len(h.Snippets))] {
		out.Snippets = append(out.Snippets, marked(Segments(s)))
	}
	var facts markup
	for _, c := range v.facts(h) {
		facts.chip(c)
	}
	out.Facts = facts.html()
	return out
}

// marked is a text with its marks.
func marked(list []Segment) template.HTML {
	var m markup
	m.segments(list)
	return m.html()
}

// facts are the most telling facts of a hit, in the order of leadFacts.
func (v SearchPage) facts(h search.Hit) []chip {
	by := map[data.Field][]data.Claim{}
	for _, c := range h.Facts {
		by[c.Field] = append(by[c.Field], c)
	}
	var out []chip
	for _, lead := range leadFacts {
		claims := by[lead.field]
		if lead.spare && len(h.Facts) > manyFacts {
			continue
		}
		for i, c := range claims {
			fact := v.fact(c)
			if i == lead.most && len(claims) > lead.most+1 {
				fact.Label, fact.Href = fmt.Sprintf("+%d more", len(claims)-lead.most), v.State.ArticleURL(h.Article.ID)
			}
			out = append(out, fact)
			if i == lead.most {
				break
			}
		}
	}
	return out
}

// fact is a claim as a chip that narrows the search to its value: to its year for a
// date, to numbers as large for a number.
func (v SearchPage) fact(c data.Claim) chip {
	info, _ := c.Field.Info()
	out := chip{Field: info.Label, Label: ValueText(c), Class: groupClass(info.Group)}
	if c.Status == data.Possible {
		out.Label += "?"
	}
	value := c.Value
	if info.Kind == data.When && len(value) > len("2006") {
		value = value[:len("2006")]
	}
	switch {
	case c.Number != nil:
		words := string(c.Field) + ":>=" + strconv.FormatFloat(*c.Number, 'f', -1, 64)
		if v.State.Query != "" {
			words = v.State.Query + " " + words
		}
		out.Href = v.State.WithQuery(words).URL()
	case v.State.Has(string(c.Field), value, false):
		out.Class += " on"
		fallthrough
	case value != "":
		out.Href = v.State.Toggle(string(c.Field), value, false).URL()
	}
	return out
}

func (v SearchPage) problem(p query.Problem) problemView {
	out := problemView{Problem: p, Before: v.State.Query}
	if !cuts(v.State.Query, p.Span) {
		return out
	}
	q := v.State.Query
	out.Before, out.Wrong, out.After = q[:p.Start], q[p.Start:p.End], q[p.End:]
	if p.Suggestion != "" {
		out.Fixed = v.State.WithQuery(out.Before + p.Suggestion + out.After).URL()
	}
	return out
}

// total is the number of hits on all pages.
func (v SearchPage) total() int {
	if v.Response.Level == query.IncidentLevel {
		return v.Response.Incidents
	}
	return v.Response.Total
}

// pages are the links to the first, the last and the near pages, and the number of
// pages, nil when there is one.
func (v SearchPage) pages() ([]pageLink, int) {
	r := v.Response
	if r.PerPage <= 0 {
		return nil, 1
	}
	last := min((v.total()+r.PerPage-1)/r.PerPage, search.MaxOffset/r.PerPage+1)
	if last <= 1 {
		return nil, 1
	}
	const near = 2
	var out []pageLink
	for n := 1; n <= last; n++ {
		if n > 1 && n < last && (n < r.Page-near || n > r.Page+near) {
			if out[len(out)-1].Number != 0 {
				out = append(out, pageLink{})
			}
			continue
		}
		out = append(out, pageLink{n, v.State.WithPage(n).URL(), n == r.Page})
	}
	return out, last
}

// Beyond is the last page with results, where the page asked for lies behind it; else nil.
func (v searchView) Beyond() *pageLink {
	if len(v.Hits) > 0 || v.total() == 0 {
		return nil
	}
	n := max(1, v.Last)
	return &pageLink{Number: n, Href: v.State.WithPage(n).URL()}
}

// ByIncident says that the hits are incidents.
func (v searchView) ByIncident() bool { return v.Response.Level == query.IncidentLevel }

// AllHits is the number of hits on all pages.
func (v searchView) AllHits() int { return v.total() }

// Wordless says that the query has nothing to search for, and no mistake that says so.
func (v searchView) Wordless() bool {
	q, problems := query.Parse(v.State.Query)
	_, all := q.Root.(query.All)
	return v.State.Query != "" && all && q.Level == "" && len(problems) == 0
}

// First and Through are the numbers of the first and the last hit of the page.
func (v searchView) First() int { return (max(1, v.Response.Page)-1)*v.Response.PerPage + 1 }

// Through is the number of the last hit of the page.
func (v searchView) Through() int { return v.First() + len(v.Hits) - 1 }
