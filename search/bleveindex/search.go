package bleveindex

import (
	"context"

	"incidex/search"
	"incidex/search/facet"
	"incidex/search/query"
	"incidex/search/text"
)

// Search matches, counts and sorts.
func (n *snapshot) Search(ctx context.Context, plan search.Plan) (_ *search.Matches, err error) {
	defer func() { err = n.of.told(err) }()
	defer faults(&err)()
	m := newMatcher(ctx, n, plan.Any)
	m.names, m.optional = plan.Names, plan.Optional
	base, err := m.match(plan.Query)
	if err != nil {
		return nil, err
	}
	if base == nil {
		base = n.view.All() // nothing but stop words
	}
	selected := n.view.Select(base, plan.Filters)
	facets := selected.Start(plan.Facets) // while the hits are sorted
	out := &search.Matches{Words: len(m.wanted)}
	err = m.page(out, selected.Hits(), plan)
	out.Facets = facets()
	total := selected.Total()
	out.Total, out.Incidents = total.Articles, total.Incidents
	return out, err
}

// page fills in the medians and the hits of the page.
func (m *matcher) page(out *search.Matches, hits facet.Hits, plan search.Plan) error {
	n := m.n
	for _, field := range plan.Medians {
		middle := search.Median{Field: field}
		values, known := n.view.Quantiles(field, hits, 0.5)
		if middle.Known = known; known > 0 {
			middle.Value = values[0]
		}
		out.Medians = append(out.Medians, middle)
	}
	if plan.Sort == search.ByRelevance || plan.Sort == "" {
		return m.ranked(out, hits, plan)
	}
	key := sortKeys[plan.Sort]
	if plan.OnePerIncident {
		hits = n.view.OnePerIncident(hits, n.view.Before(key))
	}
	refs, next := n.view.Top(hits, key, plan.Offset+plan.Limit, facetCursor(plan.After))
	for _, r := range refs[min(plan.Offset, len(refs)):] {
		out.Hits = append(out.Hits, search.Match{ID: n.id(r), Incident: n.incident(r), Matched: m.matched(r)})
	}
	if next != nil {
		out.Next = &search.Cursor{Value: next.Value, Missing: next.Missing, ID: next.ID}
	}
	return nil
}

// sortKeys are the fields of the orders.
var sortKeys = map[search.Sort]facet.Key{
	search.ByNewest:  {Field: "published", Desc: true},
	search.ByOldest:  {Field: "published"},
	search.ByRecords: {Field: "records", Desc: true},
}

func facetCursor(c *search.Cursor) *facet.Cursor {
	if c == nil {
		return nil
	}
	return &facet.Cursor{Value: c.Value, Missing: c.Missing, ID: c.ID}
}

// ranked fills in the hits of the page in the order of their scores.
func (m *matcher) ranked(out *search.Matches, hits facet.Hits, plan search.Plan) error {
	terms, pairs := terms(plan.Query)
	r := &ranking{terms: terms, names: m.n.named(terms, plan.Names), onePerIncident: plan.OnePerIncident}
	best, more, err := m.rank(r, hits, pairs, plan.Offset+plan.Limit, plan.After)
	if err != nil {
		return err
	}
	for _, x := range best[min(plan.Offset, len(best)):] {
		hit := search.Match{ID: m.n.id(x.ref), Incident: m.n.incident(x.ref), Score: x.score, Matched: m.matched(x.ref)}
		if plan.Explain {
			if hit.Explanation, err = r.explain(m.lookup, x); err != nil {
				return err
			}
		}
		out.Hits = append(out.Hits, hit)
	}
	if more && len(out.Hits) > 0 {
		last := out.Hits[len(out.Hits)-1]
		out.Next = &search.Cursor{Score: last.Score, ID: last.ID}
	}
	return nil
}

// matched counts the words of the query that an article has.
func (m *matcher) matched(r facet.Ref) int {
	n := 0
	for _, hits := range m.wanted {
		if hits[r.Segment].Has(r.Doc) {
			n++
		}
	}
	return n
}

// id is the id of an article.
func (n *snapshot) id(r facet.Ref) string {
	if ids := n.view.Strings(facet.ID, r); len(ids) > 0 {
		return ids[0]
	}
	return ""
}

// incident is the incident that an article is about, "" for none.
func (n *snapshot) incident(r facet.Ref) string {
	if ids := n.view.Strings(fieldIncident, r); len(ids) > 0 {
		return ids[0]
	}
	return ""
}

// topScores keeps the k best of a stream, in a heap with the worst on top.
type topScores struct {
	k       int
	compare func(a, b scored) int // below 0 where a ranks before b
	heap    []scored
}

func (t *topScores) add(s scored) {
	if len(t.heap) < t.k {
		t.heap = append(t.heap, s)
		for i := len(t.heap) - 1; i > 0; {
			up := (i - 1) / 2
			if t.compare(t.heap[up], t.heap[i]) >= 0 {
				break
			}
			t.heap[up], t.heap[i] = t.heap[i], t.heap[up]
			i = up
		}
		return
	}
	if t.k == 0 || t.compare(s, t.heap[0]) >= 0 {
		return
	}
	t.heap[0] = s
	for i := 0; ; {
		worst := i
		for c := 2*i + 1; c <= 2*i+2 && c < len(t.heap); c++ {
			if t.compare(t.heap[worst], t.heap[c]) < 0 {
				worst = c
			}
		}
		if worst == i {
			return
		}
		t.heap[i], t.heap[worst] = t.heap[worst], t.heap[i]
		i = worst
	}
}

// Spans returns the bytes of a text that the words of the query match, in order.
func (n *snapshot) Spans(node query.Node, s string) []text.Span { return text.Spans(node, s) }
