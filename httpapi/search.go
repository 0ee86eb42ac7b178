package httpapi

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"incidex/search"
)

// TermsInput are the parameters of everything that searches. Its name has a capital for
// Huma, which reads the fields of no other embedded types.
type TermsInput struct {
	Q     string `query:"q" maxLength:"2000" example:"hospital ransomware" doc:"Words, \"phrases\", -not, OR, field:value, records:>=1m, occurred:2024..2025"`
	Match string `query:"match" enum:"auto,all,any" default:"auto" example:"all" doc:"Which plain words an article must have: all, any, or with auto all where enough articles have them; the answer says which it was. Words behind a plus or beside an AND must be there in any case"`
	Sort  string `query:"sort" enum:"relevance,newest,oldest,records" example:"newest" doc:"relevance when the query has words, else newest"`
	Typo  string `query:"typo" enum:"auto,off" default:"auto" example:"off" doc:"Whether a word that no article has, or hardly any, is taken for a slip of another; the answer says so"`
	RangesInput

	filters []search.Filter
	url     url.URL
}

var _ huma.Resolver = (*TermsInput)(nil)

// Resolve reads the parameters filter[field]=value, which may be repeated;
// filter[-field] excludes.
func (in *TermsInput) Resolve(ctx huma.Context) []error {
	u := ctx.URL()
	in.url = u
	ranges, errs := in.ranges()
	in.filters = ranges
	for name, values := range u.Query() {
		field, ok := strings.CutPrefix(name, deepFilter+"[")
		if !ok {
			continue
		}
		field, exclude := strings.CutPrefix(strings.TrimSuffix(field, "]"), "-")
		in.filters = append(in.filters, search.Filter{Field: field, Values: values, Exclude: exclude})
	}
	slices.SortStableFunc(in.filters, func(a, b search.Filter) int { return strings.Compare(a.Field, b.Field) })
	return errs
}

// terms is the search for its first page.
func (in *TermsInput) terms() search.Request {
	return search.Request{Query: in.Q, Filters: in.filters, Match: search.Wanted(in.Match), Sort: search.Sort(in.Sort), Exact: in.Typo == "off"}
}

// searchInput are the parameters of a search.
type searchInput struct {
	TermsInput
	OffsetsInput
	Page       int      `query:"page" minimum:"1" maximum:"1000000" default:"1" example:"2" doc:"The number of the page; at most 10,000 hits can be skipped so, and after skips any number"`
	PerPage    int      `query:"per_page" minimum:"1" maximum:"200" default:"20" example:"50" doc:"The most hits on a page"`
	After      string   `query:"after" maxLength:"4096" example:"eyJ2IjoxfQ" doc:"The next of the answer before, for the page behind it, however deep, at the cost of the first. The rest of the search must be the same; page must be left out"`
	Facets     []string `query:"facets" example:"sector,attack" doc:"Fields to count, separated by commas; \"none\" for no counts"`
	FacetLimit int      `query:"facet_limit" minimum:"1" maximum:"1000" default:"10" example:"20" doc:"Values a facet"`
	Highlight  string   `query:"highlight" enum:"on,off" default:"on" example:"off" doc:"off leaves out marks and snippets"`
	Explain    bool     `query:"explain" example:"true" doc:"How each score came about"`
}

func (in *searchInput) request() search.Request {
	r := in.terms()
	r.Page, r.PerPage, r.After, r.Explain = in.Page, in.PerPage, in.After, in.Explain
	r.Plain = in.Highlight == "off"
	fields := in.Facets
	if len(fields) == 0 {
		fields = search.DefaultFacets
	}
	r.Facets = []search.FacetRequest{}
	for _, f := range fields {
		if asked := func(o search.FacetRequest) bool { return o.Field == f }; f != "none" && !slices.ContainsFunc(r.Facets, asked) {
			r.Facets = append(r.Facets, search.FacetRequest{Field: f, Limit: in.FacetLimit})
		}
	}
	return r
}

// filterParam describes the filters: one property a field, and one to exclude.
func filterParam() *huma.Param {
	explode := true
	value := &huma.Schema{Type: huma.TypeString}
	properties := map[string]*huma.Schema{}
	for _, f := range append(slices.Clone(search.Facetable), "incident") {
		list := &huma.Schema{Type: huma.TypeArray, Items: value, Description: "Values of " + f + ", of which one is enough"}
		properties[f] = list
		properties["-"+f] = &huma.Schema{Type: huma.TypeArray, Items: value, Description: "Values of " + f + " to leave out"}
	}
	return &huma.Param{
		Name: deepFilter, In: "query", Style: "deepObject", Explode: &explode,
		Description: "Keep articles whose incident has the value, such as filter[sector]=44; repeat it for several values, of which one is enough; filter[-sector] leaves out. " +
			"Values are codes, labels or other names; \"(none)\" stands for no value. Dates and numbers may be ranges as in the query language: filter[occurred]=2014-03. " +
			"At most " + strconv.Itoa(search.MaxFilters) + " values.",
		Schema:  &huma.Schema{Type: huma.TypeObject, Properties: properties, AdditionalProperties: false},
		Example: map[string]any{"sector": []string{"44", "62"}},
	}
}

type searchOutput struct {
	Link string `header:"Link" doc:"The first page, the one before and the next one, as RFC 8288 has them"`
	Body *search.Response
}

func (s *server) routeSearch(api huma.API) {
	huma.Register(api, huma.Operation{
		OperationID: "search", Method: http.MethodGet, Path: "/search", Summary: "Search articles, with facets",
		Parameters: []*huma.Param{filterParam()},
	}, func(ctx context.Context, in *searchInput) (*searchOutput, error) {
		res, err := s.Engine.Search(in.in(ctx), in.request())
		if err != nil {
			return nil, s.problem(err)
		}
		return &searchOutput{Link: pageLinks(in.url, res.Page, res.Next), Body: res}, nil
	})
}
