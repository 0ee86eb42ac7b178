package export

import (
	"encoding/json"
	"io"

	"incidex/data"
	"incidex/data/vocab"
)

// line is one line of NDJSON.
type line struct {
	ID       string `json:"id"`
	Title    string `json:"title"`
	Incident string `json:"incident,omitempty"`
	Campaign bool   `json:"campaign,omitempty"`
	// Articles are the sources, newest first.
	Articles   []data.ArticleRef `json:"articles"`
	Facts      []fact            `json:"facts"`
	Generation string            `json:"generation"`
}

// fact is a claim with what a reader sees for its value.
type fact struct {
	data.SourcedClaim
	Label string `json:"label,omitempty"`
}

type ndjsonWriter struct {
	out        *json.Encoder
	generation string
}

func beginNDJSON(w io.Writer, a About) (writer, error) {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return &ndjsonWriter{enc, a.Generation}, nil
}

func (n *ndjsonWriter) row(e entry) error {
	l := line{ID: e.id, Title: e.title, Incident: e.incident, Campaign: e.campaign, Articles: []data.ArticleRef{}, Facts: []fact{}, Generation: n.generation}
	for _, s := range e.sources {
		s.URL = data.WithoutPassword(s.URL)
		l.Articles = append(l.Articles, s)
	}
	for _, c := range e.facts {
		f := fact{SourcedClaim: c}
		if c.Value != "" {
			f.Label = vocab.Label(c.Field, c.Value)
		}
		l.Facts = append(l.Facts, f)
	}
	return n.out.Encode(l)
}

func (n *ndjsonWriter) end() error { return nil }
