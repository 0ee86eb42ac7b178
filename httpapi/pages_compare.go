package httpapi

import (
	"context"
	"errors"
	"io"
	"maps"
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"incidex/data"
	"incidex/search"
	"incidex/search/compare"
	"incidex/web"
)

// comparePage lays incidents side by side. Too few ids, or ids that the index does
// not have, show the page with what is wrong, so that the choice can be mended.
func (s *server) comparePage(c *gin.Context) error {
	ctx := c.Request.Context()
	query := c.Request.URL.Query()
	code := http.StatusOK
	page := web.ComparePage{Show: compare.Show(query.Get("show")), Unknown: query.Get("unknown") == "show"}
	if len(tray(c).Tray) >= compare.MinIncidents {
		t, err := s.compared(c)
		switch {
		case errors.Is(err, search.ErrInvalid), errors.Is(err, search.ErrNotFound):
			page.Problem, code = sentence(err), status(err)
		case err != nil:
			return err
		}
		page.Table = t
	}
	var err error
	if page.Frame, err = s.frame(ctx, tray(c)); err != nil {
		return err
	}
	if page.Table != nil {
		if err := s.sources(ctx, &page); err != nil {
			return err
		}
	}
	return write(c, code, html, func(w io.Writer) error { return s.pages.Compare(w, page) })
}

// compared is the table that a page or a download asks for.
func (s *server) compared(c *gin.Context) (*compare.Table, error) {
	query := c.Request.URL.Query()
	return s.Engine.Compare(c.Request.Context(), web.ParseIDs(query), compare.Options{
		Show: compare.Show(query.Get("show")), HideUnknown: query.Get("unknown") != "show",
	})
}

// sources loads the articles that the claims of a comparison come from.
func (s *server) sources(ctx context.Context, page *web.ComparePage) error {
	ids := map[string]bool{}
	for _, g := range page.Table.Groups {
		for _, r := range g.Rows {
			for _, cell := range r.Cells {
				for _, claim := range cell.Claims {
					ids[claim.Article] = true
				}
			}
		}
	}
	var err error
	if page.Documents, err = s.Engine.Articles(ctx, slices.Sorted(maps.Keys(ids))...); err != nil {
		return err
	}
	page.Articles = map[string]data.ArticleRef{}
	for id, d := range page.Documents {
		page.Articles[id] = data.Ref(d, data.Subject)
	}
	return nil
}

func (s *server) compareCSV(c *gin.Context) error {
	return s.download(c, "text/csv; charset=utf-8", "incidents.csv", compare.CSV)
}

func (s *server) compareMarkdown(c *gin.Context) error {
	return s.download(c, "text/markdown; charset=utf-8", "incidents.md", compare.Markdown)
}

// download answers with a comparison as a file.
func (s *server) download(c *gin.Context, contentType, name string, render func(io.Writer, compare.Table) error) error {
	t, err := s.compared(c)
	if err != nil {
		return err
	}
	c.Header("Content-Disposition", `attachment; filename="`+name+`"`)
	return write(c, http.StatusOK, contentType, func(w io.Writer) error { return render(w, *t) })
}
