package indexer

import (
	"context"
	"fmt"
	"slices"

	"incidex/data"
	"incidex/indexer/group"
)

// Follow puts the articles of the decisions that the index does not follow yet into
// incidents anew: those that were made since, or that a kill has cut off. It returns the
// ids of the incidents that these articles are about.
func (x *Indexer) Follow(ctx context.Context) ([]string, error) {
	followed, err := x.Sink.Decisions(ctx)
	if err != nil || followed == x.Rulings.Decisions() {
		return nil, err
	}
	p := newPlacer(x.Sink, x.Rulings, false)
	docs, err := x.Sink.Articles(ctx, x.Rulings.Since(followed)...)
	if err != nil {
		return nil, err
	}
	docs = slices.DeleteFunc(docs, func(d *data.Document) bool { return d == nil })
	for _, d := range docs {
		if err := p.withdraw(ctx, d); err != nil {
			return nil, err
		}
	}
	var subjects []string
	for _, d := range docs {
		again := cloneMentions(d)
		again.Unlisted = ""
		if err := p.put(ctx, again, sign(again), nil); err != nil {
			return nil, err
		}
		if s := again.Subject(); s != nil && !slices.Contains(subjects, s.ID) {
			subjects = append(subjects, s.ID)
		}
	}
	batch, err := p.batch()
	if err != nil {
		return nil, err
	}
	batch.Decisions = x.Rulings.Decisions()
	if err := x.Sink.Apply(ctx, batch); err != nil {
		return nil, fmt.Errorf("follow decisions: %w", err)
	}
	return subjects, nil
}

// Explain decides anew where each of the members of an incident that are given belongs,
// as if it were not in one, and returns the decisions by article.
func (x *Indexer) Explain(ctx context.Context, inc *data.Incident) (map[string]group.Decision, error) {
	out := make(map[string]group.Decision, len(inc.Members))
	g := group.Grouper{Rulings: x.Rulings}
	p := newPlacer(x.Sink, x.Rulings, false)
	for _, member := range inc.Members {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		m := group.NewNewcomer(member)
		candidates, err := p.candidates(ctx, m)
		if err != nil {
			return nil, err
		}
		without := make([]*group.Incident, 0, len(candidates))
		for _, c := range candidates {
			if c.ID == inc.ID {
				if c = group.Remove(c, m.Article); c == nil {
					continue
				}
			}
			without = append(without, c)
		}
		out[m.Article] = g.Reason(m.Profile, without)
	}
	return out, nil
}
