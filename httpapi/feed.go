package httpapi

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"
	"github.com/gin-gonic/gin"

	"incidex/search/export"
	"incidex/search/query"
	"incidex/web"
)

type feedInput struct {
	TermsInput
}

// feeds are the formats of feeds.
var feeds = []struct {
	path, id, name, mediaType string
	write                     func(*export.Feed, io.Writer, export.Links) error
}{
	{"/feed.atom", "feed-atom", "Atom", export.AtomType, (*export.Feed).Atom},
	{"/feed.json", "feed-json", "JSON Feed 1.1", export.JSONFeedType, (*export.Feed).JSON},
}

func (s *server) routeFeeds(api huma.API) {
	for _, f := range feeds {
		huma.Register(api, huma.Operation{
			OperationID: f.id, Method: http.MethodGet, Path: f.path, Summary: "The newest incidents that a search finds, as " + f.name,
			Description: "The incident with the newest article comes first, whatever the sort. Its id stays what it is. If-None-Match is answered with 304 where nothing is new.",
			Parameters:  []*huma.Param{filterParam()},
			Responses: map[string]*huma.Response{
				"200": {Description: "The feed", Content: map[string]*huma.MediaType{f.mediaType: {Schema: &huma.Schema{Type: huma.TypeString}}}},
				"304": {Description: "Nothing is new"},
			},
		}, func(ctx context.Context, in *feedInput) (*huma.StreamResponse, error) {
			rows, err := s.Engine.Rows(ctx, export.FeedRequest(in.terms()), query.IncidentLevel)
			if err != nil {
				return nil, s.problem(err)
			}
			defer rows.Close()
			feed, err := export.NewFeed(ctx, rows, export.AboutRows(rows, in.filters, time.Time{}, s.Version))
			if err != nil {
				return nil, s.problem(err)
			}
			return &huma.StreamResponse{Body: func(hctx huma.Context) {
				c := humagin.Unwrap(hctx)
				base := baseURL(c)
				state := web.StateOf(in.terms())
				var b bytes.Buffer
				links := export.Links{Base: base, Page: base + state.URL(), Self: base + state.FeedURL(f.path)}
				if err := f.write(feed, &b, links); err != nil {
					s.answer(c, *problem(err))
					return
				}
				answerUnlessKnown(c, f.mediaType, b.Bytes())
			}}, nil
		})
	}
}

// baseURL is the address under which a client reaches the server, without a slash at its
// end.
func baseURL(c *gin.Context) string {
	scheme := "http"
	if c.Request.TLS != nil || c.GetHeader("X-Forwarded-Proto") == "https" {
		scheme = "https"
	}
	return scheme + "://" + c.Request.Host
}

// answerUnlessKnown answers with a body, or with 304 to one who has it.
func answerUnlessKnown(c *gin.Context, mediaType string, body []byte) {
	sum := sha256.Sum256(body)
	tag := `W/"` + hex.EncodeToString(sum[:12]) + `"`
	c.Header("ETag", tag)
	c.Header("Cache-Control", "no-cache")
	if hasTag(c, tag) {
		c.Status(http.StatusNotModified)
		c.Writer.WriteHeaderNow()
		return
	}
	c.Data(http.StatusOK, mediaType, body)
}
