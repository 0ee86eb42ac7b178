package httpapi

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"unicode/utf8"

	"github.com/gin-gonic/gin"

	"incidex/search"
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
	f, err := s.frame(ctx, state, incidents...)
	if err != nil {
		return err
	}
	f.Generation = res.Generation
	return write(c, http.StatusOK, html, func(w io.Writer) error {
		return s.pages.Search(w, web.SearchPage{Frame: f, Response: res})
	})
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
