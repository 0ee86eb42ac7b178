package httpapi

import (
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"

	"incidex/data"
)

const exportPath = "/api/v1/export"

// ArticleClaims are what an article says about incidents.
type ArticleClaims struct {
	ID        string         `json:"id"`
	Incidents []data.Mention `json:"incidents"`
}

// ClaimsOf returns the claims of a document, with an empty list where it has none.
func ClaimsOf(d *data.Document) ArticleClaims {
	mentions := append([]data.Mention{}, d.Mentions...)
	for i := range mentions {
		if mentions[i].ID == "" { // grouped, though no incident with a name
			mentions[i].ID = d.Unlisted
		}
	}
	return ArticleClaims{d.ID, mentions}
}

func (s *server) routeExport(r *gin.Engine, api huma.API) {
	if s.Documents == nil {
		return
	}
	r.GET(exportPath, s.export)
	api.OpenAPI().AddOperation(&huma.Operation{
		OperationID: "export", Method: http.MethodGet, Path: exportPath, Summary: "All articles with their claims and evidence, one JSON object a line, in no order",
		Description: "Needs the admin token as a bearer token. An answer that breaks off is not whole.",
		Responses:   map[string]*huma.Response{"200": {Description: "Lines that are each an object with an id and incidents", Content: map[string]*huma.MediaType{"application/x-ndjson": {}}}},
	})
}

// export streams all that the index holds of every article.
func (s *server) export(c *gin.Context) {
	if s.authorize(c.GetHeader("Authorization")) == nobody {
		s.fail(c, http.StatusUnauthorized, errToken.Error())
		return
	}
	w := newLineWriter(c)
	var err error
	for d, e := range s.Documents(c.Request.Context()) {
		if err = e; err == nil {
			err = w.Encode(ClaimsOf(d))
		}
		if err != nil {
			break
		}
	}
	s.endLines(c, w, err)
}
