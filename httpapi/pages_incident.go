package httpapi

import (
	"io"
	"net/http"

	"github.com/gin-gonic/gin"

	"incidex/data"
	"incidex/web"
)

// maxRelated is the most related articles on the page of an article.
const maxRelated = 8

func (s *server) articlePage(c *gin.Context) error {
	ctx := c.Request.Context()
	d, err := s.Engine.Article(ctx, pageID(c, articlePath))
	if err != nil {
		return err
	}
	var incidents []string
	for _, m := range d.Mentions {
		incidents = append(incidents, m.ID)
	}
	page := web.ArticlePage{Document: d}
	if page.Frame, err = s.frame(ctx, tray(c), incidents...); err != nil {
		return err
	}
	if m := d.Subject(); m != nil {
		r, err := s.Engine.Record(ctx, m.ID)
		if err != nil {
			return err
		}
		for _, a := range r.Articles {
			if a.ID == d.ID || len(page.Related) == maxRelated {
				continue
			}
			reason := "on the same incident"
			if a.Role == data.Mentioned {
				reason = "mentions the incident"
			}
			page.Related = append(page.Related, web.Related{Article: a, Reason: reason})
		}
	}
	return write(c, http.StatusOK, html, func(w io.Writer) error { return s.pages.Article(w, page) })
}

func (s *server) incidentPage(c *gin.Context) error {
	ctx := c.Request.Context()
	id := pageID(c, incidentPath)
	r, err := s.Engine.Record(ctx, id)
	if err != nil {
		return err
	}
	if r.ID != id { // it was merged into another one
		c.Redirect(http.StatusFound, tray(c).IncidentURL(r.ID))
		return nil
	}
	page := web.IncidentPage{Record: *r}
	if page.Frame, err = s.frame(ctx, tray(c), r.ID); err != nil {
		return err
	}
	ids := make([]string, len(r.Articles))
	for i, a := range r.Articles {
		ids[i] = a.ID
	}
	if page.Documents, err = s.Engine.Articles(ctx, ids...); err != nil {
		return err
	}
	return write(c, http.StatusOK, html, func(w io.Writer) error { return s.pages.Incident(w, page) })
}
