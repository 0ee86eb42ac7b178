package bleveindex

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"incidex/data"
	"incidex/data/vocab"
	"incidex/search"
	"incidex/search/facet"
	"incidex/search/query"
)

// Search matches, counts and sorts.
func (n *snapshot) Search(ctx context.Context, plan search.Plan) (*search.Matches, error) {
	m := &matcher{n: n, ctx: ctx, any: plan.Any}
	base, err := m.match(plan.Query)
	if err != nil {
		return nil, err
	}
	if base == nil {
		base = n.view.All() // nothing but stop words
	}
	hits, counts := n.view.Count(base, plan.Filters, plan.Facets)
	_, total := n.view.Count(base, plan.Filters, []facet.Request{{Field: fieldIncident, Limit: 1}})
	out := &search.Matches{Total: hits.Count(), Incidents: total[0].Matches.Incidents, Facets: counts}
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
		return out, n.ranked(out, hits, plan)
	}
	for _, r := range refs[min(plan.Offset, len(refs)):] {
		out.Hits = append(out.Hits, search.Match{ID: n.id(r)})
	}
	return out, nil
}

// ranked fills in the hits of the page in the order of their scores.
func (n *snapshot) ranked(out *search.Matches, hits facet.Hits, plan search.Plan) error {
	parts := parts(plan.Query)
	scores, err := n.score(hits, parts)
	if err != nil {
		return err
	}
	best := topScores{k: plan.Offset + plan.Limit, less: func(a, b facet.Ref) bool { return n.id(a) < n.id(b) }}
	for i, b := range hits {
		for doc := range b.Ones() {
			best.add(facet.Ref{Segment: i, Doc: doc}, scores[i][doc])
		}
	}
	page := best.sorted()
	for _, s := range page[min(plan.Offset, len(page)):] {
		match := search.Match{ID: n.id(s.ref), Score: float64(s.score)}
		if plan.Explain {
			if match.Explanation, err = n.explain(s.ref, parts); err != nil {
				return err
			}
		}
		out.Hits = append(out.Hits, match)
	}
	return nil
}

// id is the id of an article.
func (n *snapshot) id(r facet.Ref) string {
	return strings.Join(n.view.Strings(facet.ID, r), "")
}

// topScores keeps the k best of a stream, in a heap with the worst on top.
type topScores struct {
	k    int
	less func(a, b facet.Ref) bool // breaks ties
	heap []scored
}

type scored struct {
	ref   facet.Ref
	score float32
}

// before reports whether a ranks before b.
func (t *topScores) before(a, b scored) bool {
	return a.score > b.score || a.score == b.score && t.less(a.ref, b.ref)
}

func (t *topScores) add(ref facet.Ref, score float32) {
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
		return cmp.Or(cmp.Compare(b.score, a.score), boolCompare(t.less(b.ref, a.ref)))
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
func (n *snapshot) Spans(node query.Node, text string) []data.Span {
	want, prefixes := map[string]bool{}, []string{}
	for _, w := range query.Words(node) {
		if p, ok := strings.CutSuffix(w, "*"); ok {
			prefixes = append(prefixes, vocab.Fold(p))
			continue
		}
		for _, t := range analyze(w) {
			want[string(t.Term)] = true
		}
	}
	var out []data.Span
	for _, t := range analyze(text) {
		hit := want[string(t.Term)]
		for _, p := range prefixes {
			hit = hit || strings.HasPrefix(vocab.Fold(text[t.Start:t.End]), p)
		}
		if hit {
			out = append(out, data.Span{Start: t.Start, End: t.End})
		}
	}
	return out
}
