package bleveindex

import (
	"fmt"
	"math"

	"incidex/search"
	"incidex/search/facet"
	"incidex/search/query"
)

// BM25's constants, as Robertson and Zaragoza, "The Probabilistic Relevance
// Framework" (2009), and Lucene have them.
const (
	bm25K1 = 1.2
	bm25B  = 0.75
)

// titleWeight is the weight of a term's score in the title beside its score in
// the body, which holds the title too.
const titleWeight = 0.3

// part is one term of a query in one field.
type part struct {
	field  string
	term   string
	weight float64
}

// parts are the terms of a query that rank: those of its words, phrases and
// text matches, but for what it excludes.
func parts(node query.Node) []part {
	var out []part
	seen := map[part]bool{}
	add := func(p part) {
		if !seen[p] {
			seen[p] = true
			out = append(out, p)
		}
	}
	text := func(s string) {
		for _, t := range analyze(s) {
			add(part{fieldBody, string(t.Term), 1})
			add(part{fieldTitle, string(t.Term), titleWeight})
		}
	}
	query.Walk(node, func(n query.Node) bool {
		switch n := n.(type) {
		case query.Not:
			return false
		case query.Word:
			text(n.Text)
		case query.Phrase:
			text(n.Text)
		case query.Match:
			switch n.Field {
			case query.Text:
				text(n.Value)
			case query.Title:
				for _, t := range analyze(n.Value) {
					add(part{fieldTitle, string(t.Term), 1})
				}
			}
		}
		return true
	})
	return out
}

// scores holds the score of every document, by segment.
type scores [][]float32

// score adds up BM25 over the parts, for the articles that hits holds.
func (n *snapshot) score(hits facet.Hits, parts []part) (scores, error) {
	out := make(scores, len(n.segments))
	for i := range out {
		out[i] = make([]float32, n.columns[i].facet.Docs)
	}
	for _, p := range parts {
		df, err := n.frequency(p.field, p.term)
		if err != nil {
			return nil, err
		}
		if df == 0 {
			continue
		}
		st := n.stats[p.field]
		idf := inverseFrequency(df, st.docs) * p.weight
		for i := range n.segments {
			it, _, err := n.postings(i, p.field, []byte(p.term), true, false)
			if err != nil {
				return nil, err
			}
			if it == nil {
				continue
			}
			lengths := n.columns[i].lengths[p.field]
			for {
				posting, err := it.Next()
				if err != nil {
					return nil, fmt.Errorf("read postings of %s: %w", p.field, err)
				}
				if posting == nil {
					break
				}
				if doc := int(posting.Number()); hits[i].Has(doc) {
					out[i][doc] += float32(idf * saturation(float64(posting.Frequency()), float64(lengths[doc]), st.mean))
				}
			}
		}
	}
	return out, nil
}

// frequency is the number of live articles that hold a term.
func (n *snapshot) frequency(field, term string) (int, error) {
	df := 0
	for i := range n.segments {
		_, count, err := n.postings(i, field, []byte(term), false, false)
		if err != nil {
			return 0, err
		}
		df += count
	}
	return df, nil
}

// inverseFrequency is BM25's idf, as Lucene has it: never negative.
func inverseFrequency(df, docs int) float64 {
	return math.Log(1 + (float64(docs)-float64(df)+0.5)/(float64(df)+0.5))
}

// saturation is BM25's weight of a term that stands tf times in a text.
func saturation(tf, length, mean float64) float64 {
	return tf * (bm25K1 + 1) / (tf + bm25K1*(1-bm25B+bm25B*length/mean))
}

// explain takes the score of one document apart.
func (n *snapshot) explain(r facet.Ref, parts []part) (*search.Explanation, error) {
	e := &search.Explanation{Text: "sum of the terms' BM25 scores"}
	for _, p := range parts {
		df, err := n.frequency(p.field, p.term)
		if err != nil {
			return nil, err
		}
		it, _, err := n.postings(r.Segment, p.field, []byte(p.term), true, false)
		if err != nil {
			return nil, err
		}
		if it == nil {
			continue
		}
		posting, err := it.Advance(uint64(r.Doc))
		if err != nil {
			return nil, fmt.Errorf("read postings of %s: %w", p.field, err)
		}
		if posting == nil || int(posting.Number()) != r.Doc {
			continue
		}
		st := n.stats[p.field]
		tf, length := float64(posting.Frequency()), float64(n.columns[r.Segment].lengths[p.field][r.Doc])
		idf, sat := inverseFrequency(df, st.docs), saturation(tf, length, st.mean)
		value := p.weight * idf * sat
		e.Value += value
		e.Parts = append(e.Parts, search.Explanation{
			Value: value,
			Text:  fmt.Sprintf("%q in %s, weight %g", p.term, p.field, p.weight),
			Parts: []search.Explanation{
				{Value: idf, Text: fmt.Sprintf("rarity: %d of %d articles have it", df, st.docs)},
				{Value: sat, Text: fmt.Sprintf("frequency: %g times in %g terms, %.1f on average", tf, length, st.mean)},
			},
		})
	}
	return e, nil
}
