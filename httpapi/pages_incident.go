package httpapi

import (
	"context"
	"io"
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"incidex/data"
	"incidex/search"
	"incidex/web"
)

const (
	// maxRelated is the most articles on the same incident on the page of an article,
	// maxElsewhere the most on comparable incidents.
	maxRelated, maxElsewhere = 8, 4
	// elsewhereRead is the number of articles among which those are sought.
	elsewhereRead = 40
	// maxExplained is the most articles of an incident whose grouping is explained
	// without being asked for.
	maxExplained = 20
	// maxComparable is the most comparable incidents on the page of an incident.
	maxComparable = 6
)

func (s *server) articlePage(c *gin.Context) error {
	ctx := c.Request.Context()
	d, err := s.Engine.Article(ctx, pageID(c, articlePath))
	if err != nil {
		return err
	}
	var incidents []string
	for _, m := range d.Mentions {
		if m.ID == "" {
			continue
		}
		incidents = append(incidents, m.ID)
	}
	page := web.ArticlePage{Document: d}
	if page.Frame, err = s.frame(c, tray(c), incidents...); err != nil {
		return err
	}
	if m := d.Subject(); m != nil && m.ID != "" {
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
		if page.Comparable, err = s.elsewhere(ctx, m.ID); err != nil {
			return err
		}
	}
	return write(c, http.StatusOK, html, func(w io.Writer) error { return s.pages.Article(w, page) })
}

// elsewhere returns the newest article on each of the incidents most like one.
func (s *server) elsewhere(ctx context.Context, incident string) ([]web.Related, error) {
	like, err := s.Engine.Similar(ctx, search.SimilarRequest{ID: incident, Limit: maxElsewhere})
	if err != nil || len(like) == 0 {
		return nil, err
	}
	ids := make([]string, len(like))
	for i, c := range like {
		ids[i] = c.ID
	}
	res, err := s.Engine.Search(ctx, search.Request{
		Filters: []search.Filter{{Field: "incident", Values: ids}}, Facets: []search.FacetRequest{}, PerPage: elsewhereRead,
	})
	if err != nil {
		return nil, err
	}
	var out []web.Related
	for _, c := range like {
		i := slices.IndexFunc(res.Hits, func(h search.Hit) bool { return h.Incident == c.ID })
		if i < 0 {
			continue
		}
		r := web.Related{Article: res.Hits[i].Article, IncidentID: c.ID, Incident: c.Title}
		if len(c.Contributions) > 0 {
			r.Reason = c.Contributions[0].Words
		}
		out = append(out, r)
	}
	return out, nil
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
	like, err := s.Engine.Similar(ctx, search.SimilarRequest{ID: r.ID, Limit: maxComparable})
	if err != nil {
		return err
	}
	page.Comparable = comparable(like)
	page.Askable, page.Why = s.Groups != nil, web.AsksWhy(c.Request.URL.Query())
	if page.Askable && (page.Why || len(r.Articles) <= maxExplained) {
		if page.Together, err = s.together(ctx, r.ID); err != nil {
			return err
		}
	}
	named := []string{r.ID}
	for _, b := range page.Together {
		for _, o := range b.Others {
			named = append(named, o.ID)
		}
	}
	if page.Frame, err = s.frame(c, tray(c), named...); err != nil {
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

func comparable(like []search.Comparable) []web.Comparable {
	var out []web.Comparable
	for _, x := range like {
		c := web.Comparable{ID: x.ID, Title: x.Title, Score: x.Score}
		for _, why := range x.Contributions {
			c.Reasons = append(c.Reasons, web.Reason{Words: why.Words, Score: why.Score})
		}
		out = append(out, c)
	}
	return out
}

// together says why the articles of an incident are in it.
func (s *server) together(ctx context.Context, incident string) ([]web.Bond, error) {
	list, err := s.Groups.Explain(ctx, incident)
	if err != nil {
		return nil, err
	}
	titles := map[string]string{}
	for _, r := range list {
		titles[r.Article] = r.Title
	}
	var out []web.Bond
	for _, r := range list {
		b := web.Bond{
			Article: r.Article, Title: r.Title, Mentioned: r.Role == string(data.Mentioned), Score: r.Score,
			Nearest: r.Nearest, NearestTitle: titles[r.Nearest], Ruling: r.Ruling, Reasons: reasons(r.Reasons),
		}
		for _, o := range r.Others {
			b.Others = append(b.Others, web.Apart{ID: o.Incident, Score: o.Score, Guard: o.Guard, Reasons: reasons(o.Reasons)})
		}
		out = append(out, b)
	}
	return out, nil
}

func reasons(sums []GroupSum) []web.Reason {
	var out []web.Reason
	for _, s := range sums {
		out = append(out, web.Reason{Words: s.Reason, Score: s.Score})
	}
	return out
}
