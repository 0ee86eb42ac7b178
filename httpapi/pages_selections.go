package httpapi

import (
	"io"
	"net/http"

	"github.com/gin-gonic/gin"

	"incidex/search"
	"incidex/web"
)

// selectionsPage compares what two searches find, once both were asked for; an
// empty one finds all articles.
func (s *server) selectionsPage(c *gin.Context) error {
	ctx := c.Request.Context()
	q := c.Request.URL.Query()
	page := web.SelectionsPage{A: q.Get("a"), B: q.Get("b")}
	for _, query := range []string{page.A, page.B} {
		if err := checkQuery(query); err != nil {
			return err
		}
	}
	if q.Has("a") && q.Has("b") {
		t, err := s.Engine.CompareSelections(ctx, search.Request{Query: page.A}, search.Request{Query: page.B})
		if err != nil {
			return err
		}
		page.Table = t
	}
	var err error
	if page.Frame, err = s.frame(c, tray(c)); err != nil {
		return err
	}
	return write(c, http.StatusOK, html, func(w io.Writer) error { return s.pages.Selections(w, page) })
}
