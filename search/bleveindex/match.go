package bleveindex

import (
	"context"
	"fmt"
	"slices"
	"strings"

	segment "github.com/blevesearch/scorch_segment_api/v2"

	"incidex/data"
	"incidex/data/vocab"
	"incidex/search/facet"
	"incidex/search/query"
)

// maxPrefixTerms is the most terms that a prefix stands for in a segment; what
// comes after them in the alphabet is left out.
const maxPrefixTerms = 10_000

// matcher finds the articles that a query matches.
type matcher struct {
	n   *snapshot
	ctx context.Context
	// any makes every word of an And optional.
	any bool
}

// match returns the articles that the node matches, nil when the node says
// nothing, as a stop word does: it then leaves the choice to the nodes beside it.
func (m *matcher) match(node query.Node) (facet.Hits, error) {
	if err := m.ctx.Err(); err != nil {
		return nil, err
	}
	switch node := node.(type) {
	case nil, query.All:
		return m.n.view.All(), nil
	case query.And:
		return m.and(node.Nodes)
	case query.Or:
		return m.or(node.Nodes)
	case query.Not:
		hits, err := m.match(node.Node)
		if err != nil || hits == nil {
			return nil, err
		}
		all := m.n.view.All()
		for i := range all {
			all[i].AndNot(hits[i])
		}
		return all, nil
	case query.Word:
		return m.words(fieldBody, node.Text)
	case query.Phrase:
		return m.phrase(fieldBody, node.Text)
	case query.Prefix:
		return m.prefix(node)
	case query.Match:
		return m.value(node)
	case query.Range:
		return m.n.view.Filter(m.interval(node)), nil
	case query.Has:
		return m.n.view.Filter(facet.Filter{Field: string(node.Field), Missing: true, Exclude: true}), nil
	case query.Missing:
		return m.n.view.Filter(facet.Filter{Field: string(node.Field), Missing: true}), nil
	default:
		return nil, fmt.Errorf("match %T: unknown kind of node", node)
	}
}

// and wants all nodes; with any, one of the words is enough.
func (m *matcher) and(nodes []query.Node) (facet.Hits, error) {
	var must, words facet.Hits
	for _, n := range nodes {
		hits, err := m.match(n)
		if err != nil {
			return nil, err
		}
		_, word := n.(query.Word)
		switch {
		case hits == nil:
		case word && m.any && words == nil:
			words = hits
		case word && m.any:
			orInto(words, hits)
		case must == nil:
			must = hits
		default:
			andInto(must, hits)
		}
	}
	if must == nil {
		return words, nil
	}
	if words != nil {
		andInto(must, words)
	}
	return must, nil
}

func (m *matcher) or(nodes []query.Node) (facet.Hits, error) {
	var out facet.Hits
	for _, n := range nodes {
		hits, err := m.match(n)
		if err != nil {
			return nil, err
		}
		if out == nil {
			out = hits
		} else if hits != nil {
			orInto(out, hits)
		}
	}
	return out, nil
}

func andInto(a, b facet.Hits) {
	for i := range a {
		a[i].And(b[i])
	}
}

func orInto(a, b facet.Hits) {
	for i := range a {
		a[i].Or(b[i])
	}
}

// empty returns hits that hold nothing.
func (n *snapshot) empty() facet.Hits {
	out := make(facet.Hits, len(n.columns))
	for i, c := range n.columns {
		out[i] = facet.NewBits(c.facet.Docs)
	}
	return out
}

// words matches the articles with all terms that the analyzer finds in text.
func (m *matcher) words(field, text string) (facet.Hits, error) {
	var out facet.Hits
	for _, t := range analyze(text) {
		hits := m.n.empty()
		for i := range m.n.segments {
			if err := m.n.mark(i, field, t.Term, hits[i]); err != nil {
				return nil, err
			}
		}
		if out == nil {
			out = hits
		} else {
			andInto(out, hits)
		}
	}
	return out, nil
}

// mark sets the live documents of a segment that hold a term.
func (n *snapshot) mark(i int, field string, term []byte, to facet.Bits) error {
	it, _, err := n.postings(i, field, term, false, false)
	if err != nil || it == nil {
		return err
	}
	for {
		p, err := it.Next()
		if err != nil {
			return fmt.Errorf("read postings of %s: %w", field, err)
		}
		if p == nil {
			return nil
		}
		to.Set(int(p.Number()))
	}
}

// postings opens the live postings of a term in a segment and counts them; nil
// when there are none.
func (n *snapshot) postings(i int, field string, term []byte, freqs, locations bool) (segment.PostingsIterator, int, error) {
	seg := n.segments[i]
	dict, err := seg.Segment().Dictionary(field)
	if err != nil {
		return nil, 0, fmt.Errorf("read terms of %s: %w", field, err)
	}
	list, err := dict.PostingsList(term, seg.Deleted(), nil)
	if err != nil {
		return nil, 0, fmt.Errorf("read postings of %s: %w", field, err)
	}
	count := int(list.Count())
	if count == 0 {
		return nil, 0, nil
	}
	return list.Iterator(freqs, false, locations, nil), count, nil
}

// phrase matches the articles in which the terms stand at the distances that
// they have in text.
func (m *matcher) phrase(field, text string) (facet.Hits, error) {
	terms := analyze(text)
	if len(terms) < 2 {
		return m.words(field, text)
	}
	out, err := m.words(field, text)
	if err != nil {
		return nil, err
	}
	for i := range m.n.segments {
		if err := m.ctx.Err(); err != nil {
			return nil, err
		}
		// starts holds, for each document left, where the phrase can begin.
		var starts map[int][]uint64
		for k, t := range terms {
			offset := uint64(t.Position - terms[0].Position)
			next := map[int][]uint64{}
			it, _, err := m.n.postings(i, field, t.Term, true, true)
			if err != nil {
				return nil, err
			}
			if it == nil {
				break
			}
			for doc := range out[i].Ones() {
				if k > 0 && starts[doc] == nil {
					continue
				}
				p, err := it.Advance(uint64(doc))
				if err != nil {
					return nil, fmt.Errorf("read positions of %s: %w", field, err)
				}
				if p == nil {
					break
				}
				if int(p.Number()) != doc {
					continue
				}
				for _, l := range p.Locations() {
					if l.Pos() < offset {
						continue
					}
					at := l.Pos() - offset
					if k == 0 || slices.Contains(starts[doc], at) {
						next[doc] = append(next[doc], at)
					}
				}
			}
			starts = next
		}
		for doc := range out[i].Clone().Ones() {
			if starts[doc] == nil {
				out[i].Clear(doc)
			}
		}
	}
	return out, nil
}

// prefix matches a start of a word, or of a value of a field.
func (m *matcher) prefix(p query.Prefix) (facet.Hits, error) {
	field := fieldBody
	switch p.Field {
	case "", query.Text:
	case query.Title:
		field = fieldTitle
	default:
		folded := vocab.Fold(p.Text)
		return m.values(p.Field, func(v string) bool { return strings.HasPrefix(vocab.Fold(v), folded) }), nil
	}
	out := m.n.empty()
	start := []byte(vocab.Fold(p.Text))
	end := append(slices.Clone(start), 0xff)
	for i, seg := range m.n.segments {
		dict, err := seg.Segment().Dictionary(field)
		if err != nil {
			return nil, fmt.Errorf("read terms of %s: %w", field, err)
		}
		terms := dict.AutomatonIterator(nil, start, end)
		for range maxPrefixTerms {
			entry, err := terms.Next()
			if err != nil {
				return nil, fmt.Errorf("read terms of %s: %w", field, err)
			}
			if entry == nil {
				break
			}
			if err := m.n.mark(i, field, []byte(entry.Term), out[i]); err != nil {
				return nil, err
			}
		}
		// The words are kept as stems: "ransomware*" wants "ransomwar" too.
		for _, t := range analyze(p.Text) {
			if err := m.n.mark(i, field, t.Term, out[i]); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// value matches a value of a field, whatever its case and accents.
func (m *matcher) value(n query.Match) (facet.Hits, error) {
	switch n.Field {
	case query.Text:
		return m.words(fieldBody, n.Value)
	case query.Title:
		return m.words(fieldTitle, n.Value)
	case query.ID:
		return m.exact("_id", articleID(n.Value))
	case query.Path:
		return m.exact(fieldPath, n.Value)
	}
	folded := vocab.Fold(n.Value)
	return m.values(n.Field, func(v string) bool { return v == n.Value || vocab.Fold(v) == folded }), nil
}

func (m *matcher) exact(field, term string) (facet.Hits, error) {
	out := m.n.empty()
	for i := range m.n.segments {
		if err := m.n.mark(i, field, []byte(term), out[i]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// values matches the articles with a value that is wanted.
func (m *matcher) values(field data.Field, want func(string) bool) facet.Hits {
	var chosen []string
	for _, v := range m.n.view.Values(string(field)) {
		if want(v) {
			chosen = append(chosen, v)
		}
	}
	if chosen == nil {
		return m.n.empty()
	}
	return m.n.view.Filter(facet.Filter{Field: string(field), Values: chosen})
}

// interval is the filter of a range. A partial date lies in a range when one of
// its days does.
func (m *matcher) interval(r query.Range) facet.Filter {
	f := facet.Filter{Field: string(r.Field)}
	if info, ok := query.Lookup(string(r.Field)); ok && info.Kind == query.Date {
		first, last := r.Days()
		for _, v := range m.n.view.Values(f.Field) {
			from, ok1 := data.Date(v).First()
			to, ok2 := data.Date(v).Last()
			if ok1 && ok2 && (first.IsZero() || !to.Before(first)) && (last.IsZero() || !from.After(last)) {
				f.Values = append(f.Values, v)
			}
		}
		if f.Values == nil {
			f.Values = []string{""} // no date: nothing lies in the range
		}
		return f
	}
	rng := facet.Range{}
	if r.Low != nil {
		rng.Low, rng.LowOpen = facet.EncodeNumber(r.Low.Number), !r.Low.Inclusive
	}
	if r.High != nil {
		rng.High, rng.HighOpen = facet.EncodeNumber(r.High.Number), !r.High.Inclusive
	}
	f.Range = &rng
	return f
}
