package bleveindex

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"

	"incidex/data"
	"incidex/search"
	"incidex/search/facet"
	"incidex/search/query"
)

// Search matches, counts and sorts.
func (n *snapshot) Search(ctx context.Context, plan search.Plan) (*search.Matches, error) {
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
	hits := selected.Hits()
	out := &search.Matches{Total: hits.Count(), Words: len(m.wanted)}
	count := func() {
		// The last request, of no field, is for the incidents under all filters.
		counts := selected.Count(append(slices.Clone(plan.Facets), facet.Request{}))
		last := len(plan.Facets)
		out.Incidents, out.Facets = counts[last].Matches.Incidents, counts[:last:last]
	}
	if len(plan.Facets) == 0 {
		count()
	} else { // while the hits are sorted
		var counting sync.WaitGroup
		counting.Go(count)
		defer counting.Wait()
	}
	for _, field := range plan.Medians {
		middle := search.Median{Field: field}
		values, known := n.view.Quantiles(field, hits, 0.5)
		if middle.Known = known; known > 0 {
			middle.Value = values[0]
		}
		out.Medians = append(out.Medians, middle)
	}
	var refs []facet.Ref
	end := plan.Offset + plan.Limit
	switch plan.Sort {
	case search.ByNewest:
		refs, _ = n.view.Top(hits, facet.Key{Field: "published", Desc: true}, end, nil)
	case search.ByOldest:
		refs, _ = n.view.Top(hits, facet.Key{Field: "published"}, end, nil)
	case search.ByRecords:
		refs, _ = n.view.Top(hits, facet.Key{Field: "records", Desc: true}, end, nil)
	default:
		return out, m.ranked(out, hits, plan)
	}
	for _, r := range refs[min(plan.Offset, len(refs)):] {
		out.Hits = append(out.Hits, search.Match{ID: n.id(r), Incident: n.incident(r), Matched: m.matched(r)})
	}
	return out, nil
}

// ranked fills in the hits of the page in the order of their scores.
func (m *matcher) ranked(out *search.Matches, hits facet.Hits, plan search.Plan) error {
	terms, pairs := terms(plan.Query)
	r := &ranking{terms: terms, names: m.n.named(terms, plan.Names)}
	best, err := m.rank(r, hits, pairs, plan.Offset+plan.Limit)
	if err != nil {
		return err
	}
	for i := min(plan.Offset, len(best)); i < len(best); i++ {
		hit := search.Match{ID: m.n.id(best[i].ref), Incident: m.n.incident(best[i].ref), Score: best[i].score, Matched: m.matched(best[i].ref)}
		if plan.Explain {
			if hit.Explanation, err = r.explain(m.lookup, best[i], i < rerankHits); err != nil {
				return err
			}
		}
		out.Hits = append(out.Hits, hit)
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
	return strings.Join(n.view.Strings(facet.ID, r), "")
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
	k    int
	less func(a, b facet.Ref) bool // breaks ties
	heap []scored
}

// before reports whether a ranks before b.
func (t *topScores) before(a, b scored) bool {
	return a.score > b.score || a.score == b.score && t.less(a.ref, b.ref)
}

func (t *topScores) add(ref facet.Ref, score float64) {
	s := scored{ref, score}
	if len(t.heap) < t.k {
		t.heap = append(t.heap, s)
		for i := len(t.heap) - 1; i > 0; {
			up := (i - 1) / 2
			if !t.before(t.heap[up], t.heap[i]) {
				break
			}
			t.heap[up], t.heap[i] = t.heap[i], t.heap[up]
			i = up
		}
		return
	}
	if t.k == 0 || !t.before(s, t.heap[0]) {
		return
	}
	t.heap[0] = s
	for i := 0; ; {
		worst := i
		for c := 2*i + 1; c <= 2*i+2 && c < len(t.heap); c++ {
			if t.before(t.heap[worst], t.heap[c]) {
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

func (t *topScores) sorted() []scored {
	slices.SortFunc(t.heap, func(a, b scored) int {
		if c := cmp.Compare(b.score, a.score); c != 0 {
			return c
		}
		return boolCompare(t.less(b.ref, a.ref))
	})
	return t.heap
}

func boolCompare(after bool) int {
	if after {
		return 1
	}
	return -1
}

// Spans returns the bytes of text that the words of the query match, in order.
func (n *snapshot) Spans(node query.Node, text string) []search.WordSpan {
	want, prefixes := map[string]int{}, map[string]int{}
	only, some := &beginnings{}, true
	for i, w := range query.Words(node) {
		if p, ok := strings.CutSuffix(w, "*"); ok {
			prefixes[prefixText(p)] = i
			some = only.add(prefixText(p)) && some
			continue
		}
		for _, t := range analyze(w) {
			if _, ok := want[t.stem]; !ok {
				want[t.stem] = i
				only.add(t.stem)
			}
		}
	}
	var out []search.WordSpan
	if len(want)+len(prefixes) == 0 {
		return nil
	}
	a := analyzers.Get().(*analyzer)
	defer analyzers.Put(a)
	if some {
		a.only = only
		defer func() { a.only = nil }()
	}
	for _, w := range a.words(text) {
		number, hit := want[w.stem]
		for p, i := range prefixes {
			if !hit && strings.HasPrefix(w.exact, p) {
				number, hit = i, true
			}
		}
		if !hit {
			continue
		}
		// A joined word takes the place of those that it is made of.
		for w.joined && len(out) > 0 && out[len(out)-1].Start >= w.start {
			out = out[:len(out)-1]
		}
		out = append(out, search.WordSpan{Span: data.Span{Start: w.start, End: w.end}, Word: number})
	}
	return out
}
