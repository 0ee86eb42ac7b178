package search

import (
	"context"

	"incidex/data"
	"incidex/search/query"
)

// factFields are the fields whose best claim a hit shows.
var factFields = []data.Field{
	data.Victim, data.Sector, data.Country, data.Attack, data.Actor, data.Records, data.DataType, data.Occurred,
}

// hits loads what the page shows of each match.
func hits(ctx context.Context, snap Snapshot, q query.Node, matches []Match) ([]Hit, error) {
	ids := make([]string, len(matches))
	for i, m := range matches {
		ids[i] = m.ID
	}
	docs, err := snap.Articles(ctx, ids...)
	if err != nil {
		return nil, err
	}
	out := make([]Hit, 0, len(matches))
	for i, d := range docs {
		if d == nil {
			continue
		}
		h := Hit{
			Article:     data.Ref(d, data.Subject),
			Score:       matches[i].Score,
			Matched:     matches[i].Matched,
			Explanation: matches[i].Explanation,
			Title:       Marked{Text: d.Title, Marks: marks(snap.Spans(q, d.Title))},
			Snippets:    snippets(d.Text, snap.Spans(q, d.Text)),
		}
		if s := d.Subject(); s != nil {
			h.Incident = s.ID
			h.Facts = facts(s)
		}
		out = append(out, h)
	}
	return out, nil
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
