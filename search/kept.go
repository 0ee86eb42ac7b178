package search

import (
	"slices"
	"strings"

	"incidex/data"
	"incidex/search/cache"
)

// keptKey is a request to one state of the index: what is written to the index
// makes another state, to which no answer is known.
type keptKey struct {
	state   uint64
	request string
}

// Keep makes the engine keep answers, up to about so many bytes, for those who ask
// the same again of the same state of the index. Call it before the first search.
func (e *Engine) Keep(bytes int) { e.kept = cache.New[keptKey, *Response](bytes) }

// Kept are the figures of the answers that are kept, all zero where none are.
func (e *Engine) Kept() cache.Stats {
	if e.kept == nil {
		return cache.Stats{}
	}
	return e.kept.Stats()
}

// What the parts of an answer take beside their texts, in bytes.
const (
	hitBytes   = 512
	claimBytes = 320
	valueBytes = 128
)

// own returns a copy that shares no memory with the texts of articles, and about how
// many bytes it takes.
func (r *Response) own() (*Response, int) {
	out := *r
	n := hitBytes + len(r.Query)
	text := func(s string) string {
		n += len(s)
		return strings.Clone(s)
	}
	out.Hits = slices.Clone(r.Hits)
	for i := range out.Hits {
		h := &out.Hits[i]
		n += hitBytes + len(h.Article.URL)
		h.Title.Text = text(h.Title.Text)
		h.Snippets = slices.Clone(h.Snippets)
		for k := range h.Snippets {
			h.Snippets[k].Text = text(h.Snippets[k].Text)
			n += 16 * len(h.Snippets[k].Marks)
		}
		h.Facts = slices.Clone(h.Facts)
		for k := range h.Facts {
			c := &h.Facts[k]
			n += claimBytes
			c.Raw = text(c.Raw)
			c.Evidence = append([]data.Evidence(nil), c.Evidence...)
			for j := range c.Evidence {
				c.Evidence[j].Quote = text(c.Evidence[j].Quote)
			}
		}
	}
	for _, f := range r.Facets {
		n += hitBytes + valueBytes*len(f.Values)
	}
	return &out, n
}
