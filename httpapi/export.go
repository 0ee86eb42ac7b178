package httpapi

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"

	"incidex/data"
	"incidex/search"
	"incidex/search/export"
	"incidex/search/query"
)

const exportPath = "/api/v1/export"

// maxExports is the most exports that are written at once: each keeps a processor
// busy for as long as its client reads.
const maxExports = 4

// The headers that say what an export is of.
const (
	// HeaderQuery is the search, escaped as in an address.
	HeaderQuery      = "Incidex-Query"
	HeaderGeneration = "Incidex-Generation"
	HeaderExported   = "Incidex-Exported"
	HeaderRows       = "Incidex-Rows"
)

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

type exportInput struct {
	TermsInput
	Authorization string `header:"Authorization" hidden:"true"`
	Format        string `query:"format" enum:"csv,xlsx,ndjson,veris,stix,bibtex" default:"ndjson" example:"csv" doc:"veris and stix are of incidents, bibtex is of articles"`
	Level         string `query:"level" enum:"articles,incidents" example:"incidents" doc:"What the rows are; where it is left out, that of the query, or the usual one of the format"`
	Full          bool   `query:"full" example:"false" doc:"Every article of the index with all of its claims, also doubtful ones, as ndjson and in no order; needs the admin token"`
}

// levels are those of a query by their names in a parameter.
var levels = map[string]query.Level{"articles": query.ArticleLevel, "incidents": query.IncidentLevel}

func (s *server) routeExport(api huma.API) {
	content := map[string]*huma.MediaType{}
	for _, f := range export.Formats {
		content[f.Type] = &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}
	}
	header := func(text string) *huma.Param {
		return &huma.Param{Description: text, Schema: &huma.Schema{Type: huma.TypeString}}
	}
	running := make(turns, maxExports)
	huma.Register(api, huma.Operation{
		OperationID: "export", Method: http.MethodGet, Path: "/export", Summary: "All that a search finds, in a format for other programs",
		Description: "Every row, in the order of the search, from one state of the index, with the sentences that the values come from where the format can hold them. " +
			"Only what is stated as a fact leaves. An answer that breaks off is not whole. " + strconv.Itoa(maxExports) + " exports are written at once; one more is refused with 503.",
		Security:   []map[string][]string{{}, {adminScheme: {}}}, // full alone takes the token
		Errors:     []int{http.StatusNotFound},
		Parameters: []*huma.Param{filterParam()},
		Responses: map[string]*huma.Response{"200": {Description: "The rows", Content: content, Headers: map[string]*huma.Param{
			HeaderQuery: header("The search, escaped as in an address"), HeaderGeneration: header("The generation of the index"),
			HeaderExported: header("When the search was asked, RFC 3339"), HeaderRows: header("How many rows follow"),
		}}},
	}, func(ctx context.Context, in *exportInput) (*huma.StreamResponse, error) {
		if in.Full {
			return s.exportClaims(in)
		}
		info, err := export.Lookup(in.Format)
		if err != nil {
			return nil, s.problem(err)
		}
		if !running.take() {
			return nil, huma.Error503ServiceUnavailable(fmt.Sprintf("%d exports are being written already: try again when one is done", maxExports))
		}
		rows, a, err := s.rows(ctx, info, in)
		if err != nil {
			running.give()
			return nil, s.problem(err)
		}
		return &huma.StreamResponse{Body: func(hctx huma.Context) {
			defer running.give()
			defer rows.Close()
			c := humagin.Unwrap(hctx)
			h := c.Writer.Header()
			h.Set("Content-Disposition", `attachment; filename="`+info.Name(a)+`"`)
			h.Set(HeaderQuery, url.QueryEscape(a.Search()))
			h.Set(HeaderGeneration, a.Generation)
			h.Set(HeaderExported, a.Time.Format(time.RFC3339))
			h.Set(HeaderRows, strconv.Itoa(a.Rows))
			w := newStream(c, info.Type)
			s.endStream(c, w, info.Write(ctx, w, rows, a))
		}}, nil
	})
}

// turns lets as many do something at once as it has room for.
type turns chan struct{}

// take returns false where there is no room. Who took a turn gives it back.
func (t turns) take() bool {
	select {
	case t <- struct{}{}:
		return true
	default:
		return false
	}
}

func (t turns) give() { <-t }

// rows finds what an export writes.
func (s *server) rows(ctx context.Context, info export.Info, in *exportInput) (*search.Rows, export.About, error) {
	q, _ := query.Parse(in.Q)
	asked := levels[in.Level]
	if asked == "" {
		asked = q.Level
	}
	level, err := info.Level(asked)
	if err != nil {
		return nil, export.About{}, err
	}
	rows, err := s.Engine.Rows(ctx, in.terms(), level)
	if err != nil {
		return nil, export.About{}, err
	}
	return rows, export.AboutRows(rows, in.filters, time.Now(), s.Version), nil
}

// exportClaims streams all that the index holds of every article.
func (s *server) exportClaims(in *exportInput) (*huma.StreamResponse, error) {
	switch {
	case s.authorize(in.Authorization) == nobody:
		return nil, errToken
	case s.Documents == nil:
		return nil, s.problem(fmt.Errorf("%w: this server has no claims to export", search.ErrNotFound))
	case in.Format != string(export.NDJSON), in.Level != "", in.terms().Query != "", len(in.filters) > 0:
		return nil, s.problem(&search.RequestError{Part: "full", Text: "full is of the whole index as ndjson: leave out format, level, q and filters"})
	}
	return &huma.StreamResponse{Body: func(hctx huma.Context) {
		c := humagin.Unwrap(hctx)
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
	}}, nil
}
