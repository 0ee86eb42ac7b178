package search

import (
	"context"
	"fmt"
	"strings"
	"unicode"

	"incidex/data"
	"incidex/search/query"
	"incidex/search/similar"
)

const (
	// DefaultSimilar is the number of comparable incidents when a request does not say.
	DefaultSimilar = 8
	// similarArticles is the number of articles that are found by the words of the
	// incident's headlines, and similarTitles that of the headlines.
	similarArticles = 40
	similarTitles   = 3
)

// Comparable is an incident that is like another, with the reasons.
type Comparable struct {
	similar.Match
	Title string `json:"title"`
}

// SimilarRequest asks for comparable incidents.
type SimilarRequest struct {
	ID string
	// Weights of the facts; nil means similar.Default.
	Weights *similar.Weights
	// Limit is the most incidents; 0 means DefaultSimilar.
	Limit int
}

// Similar finds the incidents most like one, by their facts and by their texts,
// the best first. An id that the index does not have is an ErrNotFound.
func (e *Engine) Similar(ctx context.Context, r SimilarRequest) ([]Comparable, error) {
	if r.Limit == 0 {
		r.Limit = DefaultSimilar
	}
	if r.Limit < 1 || r.Limit > similar.MaxMatches {
		return nil, fmt.Errorf("%w: limit %d: want 1 to %d", ErrInvalid, r.Limit, similar.MaxMatches)
	}
	weights := similar.Default
	if r.Weights != nil {
		weights = *r.Weights
	}
	snap, err := e.snapshot(ctx)
	if err != nil {
		return nil, fmt.Errorf("find comparable incidents: %w", err)
	}
	defer snap.Close()
	found, err := snap.Incidents(ctx, r.ID)
	if err != nil {
		return nil, fmt.Errorf("find comparable incidents: %w", err)
	}
	if found[0] == nil {
		return nil, fmt.Errorf("incident %q: %w", r.ID, ErrNotFound)
	}
	index := snap.Similar()
	facts, ok := index.Facts(found[0].ID)
	if !ok { // it is newer than the index, or no article is about it
		r, err := record(ctx, snap, found[0])
		if err != nil {
			return nil, fmt.Errorf("find comparable incidents: %w", err)
		}
		facts = similar.FactsOf(&r)
	}
	text, err := textScores(ctx, snap, found[0])
	if err != nil {
		return nil, fmt.Errorf("find comparable incidents: %w", err)
	}
	matches := index.Nearest(facts, weights, r.Limit, text)
	ids := make([]string, len(matches))
	for i, m := range matches {
		ids[i] = m.ID
	}
	incidents, err := snap.Incidents(ctx, ids...)
	if err != nil {
		return nil, fmt.Errorf("find comparable incidents: %w", err)
	}
	out := []Comparable{}
	for i, m := range matches {
		if incidents[i] != nil { // it may be gone since the index was made
			out = append(out, Comparable{Match: m, Title: incidents[i].Title})
		}
	}
	return out, nil
}

// textScores gives incidents 0 to 1 for how well their articles are found by the
// words of an incident's headlines, relative to the best.
func textScores(ctx context.Context, snap Snapshot, inc *data.Incident) (map[string]float64, error) {
	var members []string
	for _, m := range inc.Members {
		if m.Role == data.Subject && len(members) < similarTitles {
			members = append(members, m.Article)
		}
	}
	own, err := snap.Articles(ctx, members...)
	if err != nil {
		return nil, err
	}
	words := query.Or{}
	for _, d := range own {
		if d == nil {
			continue
		}
		for _, w := range strings.FieldsFunc(d.Title, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
			words.Nodes = append(words.Nodes, query.Word{Text: w})
		}
	}
	if len(words.Nodes) < 2 {
		return nil, nil
	}
	found, err := snap.Search(ctx, Plan{Query: words, Sort: ByRelevance, Limit: similarArticles})
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(found.Hits))
	for i, h := range found.Hits {
		ids[i] = h.ID
	}
	docs, err := snap.Articles(ctx, ids...)
	if err != nil {
		return nil, err
	}
	out := map[string]float64{}
	best := 0.0
	for i, d := range docs {
		if d == nil || d.Subject() == nil || d.Subject().ID == "" || d.Subject().ID == inc.ID {
			continue
		}
		id, score := d.Subject().ID, found.Hits[i].Score
		out[id] = max(out[id], score)
		best = max(best, score)
	}
	for id := range out {
		out[id] /= best
	}
	return out, nil
}
