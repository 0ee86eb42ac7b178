package web

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"incidex/data"
	"incidex/search"
	"incidex/search/compare"
	"incidex/search/query"
)

// The limits of what a page shows of a facet.
const (
	// ShortFacet is the most values of a facet at first.
	ShortFacet = 7
	// LongFacet is the most values once "show more" was followed.
	LongFacet = 60
)

// State is what the URL of a search says. Its methods return changed copies, and
// every change but that of the page goes back to the first page.
type State struct {
	Query   string
	Filters []Filter
	Match   search.Wanted // "" for the default
	Sort    search.Sort   // "" for the default
	// Level is what the hits are, "" for what the query says.
	Level   query.Level
	Page    int // counts from 1; 0 means 1
	PerPage int // 0 for the default
	// More are the facets that show more values.
	More []string
	// Within are the texts that the values of a facet must contain, by facet.
	Within map[string]string
	// Tray are the ids of the incidents chosen for comparison, at most
	// compare.MaxIncidents.
	Tray []string
}

// Filter is one value that is wanted, or not wanted, of a field.
type Filter struct {
	Field, Value string
	Exclude      bool
}

// ParseState reads the query of a URL. What it cannot read it leaves out.
func ParseState(v url.Values) State {
	s := State{Query: strings.TrimSpace(v.Get("q"))}
	for _, text := range v["f"] {
		f := Filter{}
		text, f.Exclude = strings.CutPrefix(text, "-")
		f.Field, f.Value, _ = strings.Cut(text, ":")
		if f.Field != "" && f.Value != "" && len(s.Filters) < search.MaxFilters && !slices.Contains(s.Filters, f) {
			s.Filters = append(s.Filters, f)
		}
	}
	if match := search.Wanted(v.Get("match")); match != search.WantAuto && slices.Contains(search.Wants, match) {
		s.Match = match
	}
	if sort := search.Sort(v.Get("sort")); slices.Contains(search.Sorts, sort) {
		s.Sort = sort
	}
	if v.Get(levelParam) == incidentsLevel {
		s.Level = query.IncidentLevel
	}
	s.Page = min(atoi(v.Get("page")), search.MaxOffset+2) // too far, whatever the size of a page
	s.PerPage = min(atoi(v.Get("per_page")), search.MaxPerPage)
	for _, field := range v["more"] {
		if field != "" && !slices.Contains(s.More, field) {
			s.More = append(s.More, field)
		}
	}
	for _, text := range v["in"] {
		if field, part, ok := strings.Cut(text, ":"); ok && field != "" && strings.TrimSpace(part) != "" {
			s = s.within(field, strings.TrimSpace(part))
		}
	}
	// The form of a facet has its field in a name of its own.
	for key, parts := range v {
		if field, ok := strings.CutPrefix(key, withinPrefix); ok && field != "" && !strings.Contains(field, ":") {
			s = s.within(field, strings.TrimSpace(parts[0]))
		}
	}
	// The form of a strip asks for the ends of a range.
	for _, field := range []data.Field{data.Occurred, data.Records} {
		low, high := strings.TrimSpace(v.Get(string(field)+lowSuffix)), strings.TrimSpace(v.Get(string(field)+highSuffix))
		if low != "" || high != "" {
			s = s.WithRange(string(field), low, high)
		}
	}
	s.Tray = ParseIDs(v)
	return s
}

// The ends of the names of the inputs that ask for a range of a field.
const lowSuffix, highSuffix = ".from", ".to"

// The parameter that makes incidents of the hits, and its value.
const levelParam, incidentsLevel = "level", "incidents"

// leveled is the query with the level, as the search and the API want it.
func (s State) leveled() string {
	if s.Level != query.IncidentLevel {
		return s.Query
	}
	if q, _ := query.Parse(s.Query); q.Level != "" {
		return s.Query
	}
	return strings.TrimSpace(s.Query + " level:incident")
}

// ParseIDs reads the ids of incidents to compare, separated by commas and repeated
// at will: the distinct ones, at most compare.MaxIncidents.
func ParseIDs(v url.Values) []string {
	var ids []string
	for _, list := range v["ids"] {
		for id := range strings.SplitSeq(list, ",") {
			id = strings.TrimSpace(id)
			if id != "" && len(ids) < compare.MaxIncidents && !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	return ids
}

// atoi reads a positive number, 0 when it is none.
func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// StateOf is the state of the first page of a search, in the order of pages.
func StateOf(r search.Request) State {
	s := State{Query: r.Query}
	if r.Match != search.WantAuto {
		s.Match = r.Match
	}
	for _, f := range r.Filters {
		for _, v := range f.Values {
			s.Filters = append(s.Filters, Filter{f.Field, v, f.Exclude})
		}
	}
	return s
}

// Request is the search that the state asks for, with the facets named.
func (s State) Request(facets []string) search.Request {
	r := search.Request{Query: s.leveled(), Match: s.Match, Sort: s.Sort, Page: s.Page, PerPage: s.PerPage}
	for _, f := range s.Filters {
		same := func(o search.Filter) bool { return o.Field == f.Field && o.Exclude == f.Exclude }
		i := slices.IndexFunc(r.Filters, same)
		if i < 0 {
			i = len(r.Filters)
			r.Filters = append(r.Filters, search.Filter{Field: f.Field, Exclude: f.Exclude})
		}
		r.Filters[i].Values = append(r.Filters[i].Values, f.Value)
	}
	for _, field := range facets {
		r.Facets = append(r.Facets, search.FacetRequest{Field: field, Limit: s.facetLimit(field), Contains: s.Within[field]})
	}
	return r
}

// facetLimit is the most values of a facet.
func (s State) facetLimit(field string) int {
	if slices.Contains(s.More, field) || s.Within[field] != "" {
		return LongFacet
	}
	return ShortFacet
}

// Empty reports whether the state asks for nothing in particular.
func (s State) Empty() bool {
	return s.Query == "" && len(s.Filters) == 0 && s.Match == "" && s.Sort == "" && s.Level == "" && s.Page < 2 &&
		len(s.More) == 0 && len(s.Within) == 0
}

// Param is one name and value of a URL's query, and of a hidden input.
type Param struct{ Name, Value string }

// Params are the parameters of the state in a fixed order. Those of the given
// names are left out, for forms that ask for them.
func (s State) Params(without ...string) []Param {
	var out []Param
	add := func(name, value string) {
		if value != "" && !slices.Contains(without, name) {
			out = append(out, Param{name, value})
		}
	}
	add("q", s.Query)
	for _, f := range s.Filters {
		sign := ""
		if f.Exclude {
			sign = "-"
		}
		add("f", sign+f.Field+":"+f.Value)
	}
	add("match", string(s.Match))
	add("sort", string(s.Sort))
	if s.Level == query.IncidentLevel {
		add(levelParam, incidentsLevel)
	}
	if s.Page > 1 {
		add("page", strconv.Itoa(s.Page))
	}
	if s.PerPage > 0 {
		add("per_page", strconv.Itoa(s.PerPage))
	}
	for _, field := range s.More {
		add("more", field)
	}
	for _, field := range slices.Sorted(maps.Keys(s.Within)) {
		if !slices.Contains(without, withinPrefix+field) {
			add("in", field+":"+s.Within[field])
		}
	}
	add("ids", strings.Join(s.Tray, ","))
	return out
}

// URL is the address of the search.
func (s State) URL() string { return address("/", s.Params()) }

// APIURL is the address of the same search in the API.
func (s State) APIURL() string { return s.apiURL("/api/v1/search") }

// FeedURL is the address of the search as a feed, which has no pages and an order of its
// own; the path is that of the format.
func (s State) FeedURL(path string) string { return s.apiURL(path, "sort", "page", "per_page") }

// apiURL is an address whose filters are as the API has them.
func (s State) apiURL(path string, without ...string) string {
	s.Query = s.leveled()
	out := s.Params(append(without, "more", "in", "ids", "f", levelParam)...)
	for _, f := range s.Filters {
		name := "filter[" + f.Field + "]"
		if f.Exclude {
			name = "filter[-" + f.Field + "]"
		}
		out = append(out, Param{name, f.Value})
	}
	return address(path, out)
}

func address(path string, params []Param) string {
	b := make([]byte, 0, 256)
	b = append(b, path...)
	for i, p := range params {
		b = append(b, "?&"[min(i, 1)])
		b = append(appendQuery(b, p.Name), '=')
		b = appendQuery(b, p.Value)
	}
	return string(b)
}

// appendQuery escapes a text as url.QueryEscape does, but for the characters :,/[]()*
// that a URL's query may hold and that make it readable.
func appendQuery(to []byte, s string) []byte {
	for i := range len(s) {
		switch c := s[i]; {
		case 'a' <= c|0x20 && c|0x20 <= 'z', '0' <= c && c <= '9', strings.IndexByte("-_.~:,/[]()*", c) >= 0:
			to = append(to, c)
		case c == ' ':
			to = append(to, '+')
		default:
			to = append(to, '%', "0123456789ABCDEF"[c>>4], "0123456789ABCDEF"[c&15])
		}
	}
	return to
}

// tray is the parameter that carries the tray to other pages.
func (s State) tray() []Param { return State{Tray: s.Tray}.Params() }

// FilterURL is a new search for one value of a field, with the tray.
func (s State) FilterURL(field, value string) string {
	return State{Filters: []Filter{{Field: field, Value: value}}, Tray: s.Tray}.URL()
}

// HomeURL is the start page, with the tray.
func (s State) HomeURL() string { return address("/", s.tray()) }

// HelpURL is the help page, with the tray.
func (s State) HelpURL() string { return address("/help", s.tray()) }

// ArticleURL is the page of an article, with the tray.
func (s State) ArticleURL(id string) string {
	return address("/articles/"+url.PathEscape(id), s.tray())
}

// EvidenceURL is the place of a piece of evidence on the page of its article.
func (s State) EvidenceURL(article string, e data.Evidence) string {
	return s.ArticleURL(article) + "#" + anchor(e)
}

// anchor names the place where a piece of evidence begins: c and the offset in the
// text, or t and the offset in the title.
func anchor(e data.Evidence) string {
	if e.Source == data.InTitle {
		return fmt.Sprintf("t%d", e.Start)
	}
	return fmt.Sprintf("c%d", e.Start)
}

// IncidentURL is the page of an incident, with the tray.
func (s State) IncidentURL(id string) string {
	return address("/incidents/"+url.PathEscape(id), s.tray())
}

// WhyURL is the page of an incident with the reasons why its articles are together.
func (s State) WhyURL(id string) string {
	return address("/incidents/"+url.PathEscape(id), append(s.tray(), Param{whyParam, "show"})) + "#together"
}

// whyParam asks for the reasons why articles are together.
const whyParam = "why"

// AsksWhy reports whether a URL asks for the reasons why articles are together.
func AsksWhy(v url.Values) bool { return v.Get(whyParam) == "show" }

// CompareURL is the comparison of the incidents in the tray.
func (s State) CompareURL(show compare.Show) string {
	return address("/compare", comparison(s.Tray, show))
}

// selectionsPath is the page that compares two searches.
const selectionsPath = "/compare/searches"

// SelectionsURL is the comparison of two searches.
func (s State) SelectionsURL(a, b string) string {
	return address(selectionsPath, append([]Param{{"a", a}, {"b", b}}, s.tray()...))
}

// SelectionsAgainstURL is where a search is asked for to compare with another one.
func (s State) SelectionsAgainstURL(a string) string {
	return address(selectionsPath, append([]Param{{"a", a}}, s.tray()...))
}

// SelectionsFormURL is where two searches to compare are asked for.
func (s State) SelectionsFormURL() string { return address(selectionsPath, s.tray()) }

// APISelectionsURL is the comparison of two searches in the API.
func APISelectionsURL(a, b string) string {
	return address("/api/v1/compare/selections", []Param{{"a", a}, {"b", b}})
}

// StatusURL is the page on the state of the index, with the tray.
func (s State) StatusURL() string { return address("/status", s.tray()) }

// CompareAllURL is the comparison with the rows that no source speaks of.
func (s State) CompareAllURL() string {
	return address("/compare", append(s.tray(), Param{"unknown", "show"}))
}

// APIArticleURL is an article in the API.
func APIArticleURL(id string) string { return "/api/v1/articles/" + url.PathEscape(id) }

// APIIncidentURL is an incident in the API.
func APIIncidentURL(id string) string { return "/api/v1/incidents/" + url.PathEscape(id) }

// APICompareURL is a comparison in the API.
func APICompareURL(ids []string, show compare.Show) string {
	return address("/api/v1/compare", comparison(ids, show))
}

// FileURL is a comparison as a file; format is csv or md.
func (s State) FileURL(show compare.Show, format string) string {
	return address("/compare."+format, comparison(s.Tray, show))
}

func comparison(ids []string, show compare.Show) []Param {
	params := State{Tray: ids}.Params()
	if show != "" && show != compare.ShowAll {
		params = append(params, Param{"show", string(show)})
	}
	return params
}
