package export

import (
	"encoding/json"
	"io"

	"incidex/data"
	"incidex/data/vocab"
	"incidex/search"
)

// Line is one line of NDJSON: an article or an incident with what it states as facts.
type Line struct {
	ID       string `json:"id"`
	Title    string `json:"title"`
	Incident string `json:"incident,omitempty"`
	Campaign bool   `json:"campaign,omitempty"`
	// Articles are the sources, newest first.
	Articles   []data.ArticleRef `json:"articles"`
	Facts      []Fact            `json:"facts"`
	Generation string            `json:"generation"`
}

// Fact is a claim with what a reader sees for its value.
type Fact struct {
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

func (n *ndjsonWriter) row(e entry) error { return n.out.Encode(e.line(n.generation)) }

func (n *ndjsonWriter) end() error { return nil }

// LineOf is an article as a line.
func LineOf(d *data.Document, generation string) Line {
	e := entryOf(search.Row{Article: d})
	return e.line(generation)
}

func (e *entry) line(generation string) Line {
	l := Line{ID: e.id, Title: e.title, Incident: e.incident, Campaign: e.campaign, Articles: []data.ArticleRef{}, Facts: []Fact{}, Generation: generation}
	for _, s := range e.sources {
		s.URL = data.WithoutPassword(s.URL)
		l.Articles = append(l.Articles, s)
	}
	for _, c := range e.facts {
		f := Fact{SourcedClaim: c}
		if c.Value != "" {
			f.Label = vocab.Label(c.Field, c.Value)
		}
		l.Facts = append(l.Facts, f)
	}
	return l
}
