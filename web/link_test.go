package web

import (
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"incidex/data"
	"incidex/search"
	"incidex/search/compare"
	"incidex/search/query"
)

func parse(t *testing.T, address string) State {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatalf("parse %q: %v", address, err)
	}
	return ParseState(u.Query())
}

func TestStateURL(t *testing.T) {
	for _, test := range []struct {
		name string
		in   string
		do   func(State) State
		want string
	}{
		{"nothing", "/", func(s State) State { return s }, "/"},
		{"order of parameters", "/?ids=b,a&page=3&f=sector:62&q=x", func(s State) State { return s }, "/?q=x&f=sector:62&page=3&ids=b,a"},
		{"spaces and signs", "/?q=" + url.QueryEscape(`"a b" & c+d 100%`), func(s State) State { return s }, "/?q=%22a+b%22+%26+c%2Bd+100%25"},
		{"add a value", "/?q=x&page=4", func(s State) State { return s.Toggle("sector", "62", false) }, "/?q=x&f=sector:62"},
		{"take a value away", "/?f=sector:62&f=country:GB", func(s State) State { return s.Toggle("sector", "62", false) }, "/?f=country:GB"},
		{"a second value of a field", "/?f=sector:62", func(s State) State { return s.Toggle("sector", "44", false) }, "/?f=sector:62&f=sector:44"},
		{"exclude", "/", func(s State) State { return s.Toggle("attack", "Phishing", true) }, "/?f=-attack:Phishing"},
		{"exclude instead of want", "/?f=attack:Phishing", func(s State) State { return s.Toggle("attack", "Phishing", true) }, "/?f=-attack:Phishing"},
		{"want instead of exclude", "/?f=-attack:Phishing", func(s State) State { return s.Toggle("attack", "Phishing", false) }, "/?f=attack:Phishing"},
		{"a value with a colon", "/?f=tag:a:b", func(s State) State { return s }, "/?f=tag:a:b"},
		{"without a field", "/?f=a:1&f=-a:2&f=b:3", func(s State) State { return s.WithoutField("a") }, "/?f=b:3"},
		{"without filters", "/?q=x&f=a:1&page=2", State.WithoutFilters, "/?q=x"},
		{"order", "/?q=x&page=2", func(s State) State { return s.WithSort(search.ByOldest) }, "/?q=x&sort=oldest"},
		{"unknown order", "/?sort=best", func(s State) State { return s }, "/"},
		{"page", "/?q=x", func(s State) State { return s.WithPage(2) }, "/?q=x&page=2"},
		{"first page", "/?q=x&page=2", func(s State) State { return s.WithPage(1) }, "/?q=x"},
		{"damaged numbers", "/?page=-3&per_page=x", func(s State) State { return s }, "/"},
		{"too many a page", "/?per_page=5000", func(s State) State { return s }, "/?per_page=200"},
		{"more of a facet", "/?page=2", func(s State) State { return s.ToggleMore("country") }, "/?page=2&more=country"},
		{"fewer of a facet", "/?more=country&more=actor", func(s State) State { return s.ToggleMore("country") }, "/?more=actor"},
		{"within a facet, as a form sends it", "/?in.actor=shiny", func(s State) State { return s }, "/?in=actor:shiny"},
		{"within a facet no more", "/?in=actor:shiny&in.actor=", func(s State) State { return s }, "/"},
		{"incidents", "/?q=x&page=2", func(s State) State { return s.WithLevel(query.IncidentLevel) }, "/?q=x&level=incidents"},
		{"incidents of all", "/", func(s State) State { return s.WithLevel(query.IncidentLevel) }, "/?level=incidents"},
		{"articles again", "/?q=level:incidents+x", func(s State) State { return s.WithLevel(query.ArticleLevel) }, "/?q=x"},
		{"tick", "/?q=x&page=2&ids=a", func(s State) State { return s.ToggleTray("b") }, "/?q=x&page=2&ids=a,b"},
		{"untick", "/?ids=a,b", func(s State) State { return s.ToggleTray("a") }, "/?ids=b"},
		{"tick a seventh", "/?ids=a,b,c,d,e,f", func(s State) State { return s.ToggleTray("g") }, "/?ids=a,b,c,d,e,f"},
		{"repeated and empty ids", "/?ids=a,,b&ids=a,c", func(s State) State { return s }, "/?ids=a,b,c"},
	} {
		t.Run(test.name, func(t *testing.T) {
			before := parse(t, test.in)
			if got := test.do(before).URL(); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
			if diff := cmp.Diff(parse(t, test.in), before, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("the state was changed (-want +got)\n%s", diff)
			}
		})
	}
}

func TestStateRequest(t *testing.T) {
	s := parse(t, "/?q=x&f=sector:62&f=country:GB&f=sector:44&f=-attack:Phishing&more=actor&in=tag:lux&sort=newest&page=2&per_page=50")
	got := s.Request([]string{"sector", "actor", "tag"})
	want := search.Request{
		Query: "x", Sort: search.ByNewest, Page: 2, PerPage: 50,
		Filters: []search.Filter{
			{Field: "sector", Values: []string{"62", "44"}},
			{Field: "country", Values: []string{"GB"}},
			{Field: "attack", Values: []string{"Phishing"}, Exclude: true},
		},
		Facets: []search.FacetRequest{
			{Field: "sector", Limit: ShortFacet},
			{Field: "actor", Limit: LongFacet},
			{Field: "tag", Limit: LongFacet, Contains: "lux"},
		},
	}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(search.Request{})); diff != "" {
		t.Errorf("request (-want +got)\n%s", diff)
	}
	if want, got := "/api/v1/search?q=x&sort=newest&page=2&per_page=50&filter[sector]=62&filter[country]=GB&filter[sector]=44&filter[-attack]=Phishing", s.APIURL(); got != want {
		t.Errorf("API address: got %s, want %s", got, want)
	}
}

func TestAddresses(t *testing.T) {
	s := State{Query: "dropped", Tray: []string{"a-1", "b-2"}}
	evidence := data.Evidence{Span: data.Span{Start: 12, End: 20}}
	title := data.Evidence{Span: data.Span{Start: 0, End: 4}, Source: data.InTitle}
	for _, test := range []struct{ got, want string }{
		{s.HomeURL(), "/?ids=a-1,b-2"},
		{State{}.HomeURL(), "/"},
		{s.HelpURL(), "/help?ids=a-1,b-2"},
		{s.ArticleURL("x/y z?"), "/articles/x%2Fy%20z%3F?ids=a-1,b-2"},
		{s.EvidenceURL("x", evidence), "/articles/x?ids=a-1,b-2#c12"},
		{State{}.EvidenceURL("x", title), "/articles/x#t0"},
		{s.IncidentURL("kering-2025"), "/incidents/kering-2025?ids=a-1,b-2"},
		{s.CompareURL(""), "/compare?ids=a-1,b-2"},
		{s.CompareURL(compare.ShowAll), "/compare?ids=a-1,b-2"},
		{s.CompareURL(compare.ShowSame), "/compare?ids=a-1,b-2&show=same"},
		{s.CompareAllURL(), "/compare?ids=a-1,b-2&unknown=show"},
		{State{}.CompareAllURL(), "/compare?unknown=show"},
		{s.FileURL(compare.ShowDifferences, "csv"), "/compare.csv?ids=a-1,b-2&show=differences"},
		{s.FilterURL("tag", "R&D, more"), "/?f=tag:R%26D,+more&ids=a-1,b-2"},
		{APIArticleURL("a/b"), "/api/v1/articles/a%2Fb"},
		{APIIncidentURL("a"), "/api/v1/incidents/a"},
		{APICompareURL([]string{"a", "b"}, ""), "/api/v1/compare?ids=a,b"},
	} {
		if test.got != test.want {
			t.Errorf("got %s, want %s", test.got, test.want)
		}
	}
}

// Whatever the address says, its state makes an address that says the same.
func FuzzParseState(f *testing.F) {
	for _, seed := range []string{
		"q=x+y&f=sector:62&f=-tag:a:b&sort=newest&page=2&per_page=50&more=tag&in=tag:x&ids=a,b",
		"in.tag=+x+&in=:x&f=:&f=-&page=99999999999999999999", "q=%ff%fe&ids=%2C%2C", "f=-:x&f=--a:b&in.=x",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, query string) {
		values, err := url.ParseQuery(query)
		if err != nil {
			return
		}
		s := ParseState(values)
		if len(s.Tray) > compare.MaxIncidents || len(s.Filters) > search.MaxFilters || s.PerPage > search.MaxPerPage || s.Page < 0 {
			t.Fatalf("beyond the limits: %+v", s)
		}
		address := s.URL()
		if !strings.HasPrefix(address, "/") || strings.ContainsAny(address, "\"<> \n") {
			t.Fatalf("unsafe address %q", address)
		}
		u, err := url.Parse(address)
		if err != nil {
			t.Fatalf("address %q: %v", address, err)
		}
		if again := ParseState(u.Query()).URL(); again != address {
			t.Fatalf("%q became %q", address, again)
		}
	})
}
