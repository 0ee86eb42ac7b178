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
	state := tray(c)
	named, unclear, err := s.named(ctx, state.Tray)
	if err != nil {
		return err
	}
	if len(unclear) == 0 && !slices.Equal(named, state.Tray) {
		c.Redirect(http.StatusFound, state.WithTray(named...).CompareURL(page.Show))
		return nil
	}
	page.Unclear = unclear
	if len(unclear) > 0 && len(named) < compare.MinIncidents {
		code = http.StatusNotFound
	}
	if len(named) >= compare.MinIncidents {
		t, err := s.compared(c, named)
		switch {
		case errors.Is(err, search.ErrInvalid), errors.Is(err, search.ErrNotFound):
			page.Problem, code = sentence(err), status(err)
		case err != nil:
			return err
		}
		page.Table = t
	}
	var meant []string
	for _, u := range unclear {
		meant = append(meant, u.IDs...)
	}
	if page.Frame, err = s.frame(c, state.WithTray(named...), meant...); err != nil {
		return err
	}
	if page.Table != nil {
		if err := s.sources(ctx, &page); err != nil {
			return err
		}
	}
	return write(c, code, html, func(w io.Writer) error { return s.pages.Compare(w, page) })
}

// maxMeant is the most incidents that are offered for a name.
const maxMeant = 8

// named returns the incidents that ids and names of victims mean, and the names that
// none or several go by.
func (s *server) named(ctx context.Context, names []string) ([]string, []web.Unclear, error) {
	titles, err := s.Engine.Titles(ctx, names...)
	if err != nil {
		return nil, nil, err
	}
	var ids []string
	var unclear []web.Unclear
	for _, name := range names {
		meant := []string{name}
		if titles[name] == "" {
			if meant, err = s.meant(ctx, name); err != nil {
				return nil, nil, err
			}
		}
		switch {
		case len(meant) != 1:
			unclear = append(unclear, web.Unclear{Name: name, IDs: meant})
		case !slices.Contains(ids, meant[0]):
			ids = append(ids, meant[0])
		}
	}
	return ids, unclear, nil
}

// meant are the incidents of a victim, or the one that was merged into another.
func (s *server) meant(ctx context.Context, name string) ([]string, error) {
	r, err := s.Engine.Record(ctx, name)
	if err == nil {
		return []string{r.ID}, nil
	}
	if !errors.Is(err, search.ErrNotFound) {
		return nil, err
	}
	res, err := s.Engine.Search(ctx, search.Request{
		Query: "level:incident", Filters: []search.Filter{{Field: "victim", Values: []string{name}}}, PerPage: maxMeant, Facets: []search.FacetRequest{},
	})
	if err != nil {
		return nil, err
	}
	var out []string
	for _, h := range res.Hits {
		out = append(out, h.Incident)
	}
	return out, nil
}

// compared is the table that a page or a download asks for.
func (s *server) compared(c *gin.Context, ids []string) (*compare.Table, error) {
	query := c.Request.URL.Query()
	return s.Engine.Compare(c.Request.Context(), ids, compare.Options{
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
	t, err := s.compared(c, tray(c).Tray)
	if err != nil {
		return err
	}
	c.Header("Content-Disposition", `attachment; filename="`+name+`"`)
	return write(c, http.StatusOK, contentType, func(w io.Writer) error { return render(w, *t) })
}
