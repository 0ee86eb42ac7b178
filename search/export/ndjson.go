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
	ID         string            `json:"id" doc:"The id of the article or the incident"`
	Title      string            `json:"title" doc:"Its title"`
	Incident   string            `json:"incident,omitempty" example:"kering-2025" doc:"The incident that it is, or that the article is about"`
	Campaign   bool              `json:"campaign,omitempty" doc:"It has no victim of its own"`
	Articles   []data.ArticleRef `json:"articles" nullable:"false" doc:"The article, or those of the incident, newest first"`
	Facts      []Fact            `json:"facts" nullable:"false" doc:"What is stated as a fact, in the order of fields"`
	Generation string            `json:"generation" example:"gen-000001" doc:"The generation of the index"`
}

// Fact is a claim with what a reader sees for its value.
type Fact struct {
	data.SourcedClaim
	Label string `json:"label,omitempty" doc:"What a reader sees for the value"`
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
