package search

import (
	"context"

	"incidex/data"
	"incidex/search/parallel"
	"incidex/search/query"
)

// factFields are the fields whose best claim a hit shows.
var factFields = []data.Field{
	data.Victim, data.Sector, data.Country, data.Attack, data.Actor, data.Records, data.DataType, data.Occurred,
}

// hits loads what the page shows of each match, on all processors; plain as in Request.Plain.
func hits(ctx context.Context, snap Snapshot, q query.Node, matches []Match, plain bool) ([]Hit, error) {
	loaded := make([]*Hit, len(matches))
	err := parallel.Try(len(matches), func(i int) (err error) {
		loaded[i], err = hit(ctx, snap, q, matches[i], plain)
		return err
	})
	if err != nil {
		return nil, err
	}
	out := make([]Hit, 0, len(matches))
	for _, h := range loaded {
		if h != nil {
			out = append(out, *h)
		}
	}
	return out, nil
}

// hit loads what the page shows of a match, nil where the article is not there.
func hit(ctx context.Context, snap Snapshot, q query.Node, m Match, plain bool) (*Hit, error) {
	docs, err := snap.Articles(ctx, m.ID)
	if err != nil || docs[0] == nil {
		return nil, err
	}
	d := docs[0]
	h := &Hit{
		Article:     data.Ref(d, data.Subject),
		Score:       m.Score,
		Matched:     m.Matched,
		Explanation: m.Explanation,
		Title:       Marked{Text: d.Title},
		Snippets:    []Marked{},
	}
	if !plain {
		h.Title.Marks = marks(snap.Spans(q, d.Title))
		h.Snippets = snippets(d.Text, snap.Spans(q, d.Text))
	}
	if inUTF16(ctx) {
		text := newUnits(d.Text)
		h.Title = h.Title.inUnits(units{})
		for i, m := range h.Snippets {
			h.Snippets[i] = m.inUnits(text)
		}
	}
	if s := d.Subject(); s != nil {
		h.Incident = s.ID
		h.Facts = facts(s)
	}
	return h, nil
}

// facts are the claims of a subject that a hit shows: the best of a field, or one
// for each value of a field with several.
func facts(m *data.Mention) []data.Claim {
	var out []data.Claim
	for _, f := range factFields {
		info, _ := f.Info()
		seen := map[string]bool{}
		for _, c := range m.Claims {
			if c.Field != f || !c.Asserted() || seen[c.Value] {
				continue
			}
			seen[c.Value] = true
			out = append(out, c)
			if !info.Many {
				break
			}
		}
	}
	return out
}
