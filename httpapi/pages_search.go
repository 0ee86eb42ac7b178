package httpapi

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"unicode/utf8"

	"github.com/gin-gonic/gin"

	"incidex/data"
	"incidex/search"
	"incidex/search/query"
	"incidex/web"
)

func (s *server) searchPage(c *gin.Context) error {
	ctx := c.Request.Context()
	state := web.ParseState(c.Request.URL.Query())
	if err := checkQuery(state.Query); err != nil {
		return err
	}
	res, err := s.Engine.Search(ctx, state.Request(pageFacets(state)))
	if err != nil {
		return err
	}
	var incidents []string
	for _, h := range res.Hits {
		incidents = append(incidents, h.Incident)
	}
	f, err := s.frame(c, state, incidents...)
	if err != nil {
		return err
	}
	f.Generation = res.Generation
	var records []data.Record
	if res.Level == query.IncidentLevel {
		if records, err = s.Engine.Records(ctx, incidents...); err != nil {
			return err
		}
	}
	escapes, err := s.escapes(ctx, state, res)
	if err != nil {
		return err
	}
	return write(c, http.StatusOK, html, func(w io.Writer) error {
		return s.pages.Search(w, web.SearchPage{Frame: f, Response: res, Records: records, Escapes: escapes})
	})
}

// maxEscapes is the most words and filters of a search that finds nothing of which each
// is left out once, to see which one is in the way.
const maxEscapes = 8

// escapes are the searches without one of the filters, or one of the parts of the query,
// that find something where all together find nothing.
func (s *server) escapes(ctx context.Context, state web.State, res *search.Response) ([]web.Escape, error) {
	if res.Total > 0 {
		return nil, nil
	}
	var tries []web.Escape
	for _, f := range state.Filters {
		sign := ""
		if f.Exclude {
			sign = "-"
		}
		label := sign + f.Field + ":" + web.ValueLabel(f.Field, f.Value)
		tries = append(tries, web.Escape{Without: label, State: state.Toggle(f.Field, f.Value, f.Exclude)})
	}
	q, _ := query.Parse(state.Query)
	if and, ok := q.Root.(query.And); ok {
		for i, n := range and.Nodes {
			rest := query.Query{Root: query.And{Nodes: slices.Delete(slices.Clone(and.Nodes), i, i+1)}, Level: q.Level}
			if len(and.Nodes) == 2 {
				rest.Root = and.Nodes[1-i]
			}
			tries = append(tries, web.Escape{Without: query.Query{Root: n}.String(), State: state.WithQuery(rest.String())})
		}
	}
	var out []web.Escape
	for _, try := range tries[:min(len(tries), maxEscapes)] {
		req := try.State.Request(nil)
		req.Facets, req.PerPage = []search.FacetRequest{}, 1
		found, err := s.Engine.Search(ctx, req)
		if err != nil {
			return nil, err
		}
		if try.Articles = found.Total; try.Articles > 0 {
			out = append(out, try)
		}
	}
	return out, nil
}

// maxQuery is the most characters of a query, as in the API.
const maxQuery = 2000

func checkQuery(q string) error {
	if n := utf8.RuneCountInString(q); n > maxQuery {
		return fmt.Errorf("%w: the query has %d characters: at most %d are searched", search.ErrInvalid, n, maxQuery)
	}
	return nil
}

// pageFacets are the facets of a search page: the default ones, and those that the
// search is narrowed by.
func pageFacets(state web.State) []string {
	out := slices.Clone(search.DefaultFacets)
	for _, f := range state.Filters {
		if !slices.Contains(out, f.Field) && slices.Contains(search.Facetable, f.Field) {
			out = append(out, f.Field)
		}
	}
	return out
}
