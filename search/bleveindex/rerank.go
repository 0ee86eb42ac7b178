package bleveindex

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"incidex/search"
	"incidex/search/facet"
	"incidex/search/text"
)

// What is too dear for every hit is done for the best rerankHits: words of the
// query that stand near each other add to the score (after Büttcher, Clarke and
// Lushman, "Term proximity scoring", 2006), and so do words that the very best
// hits share (RM3, after Abdul-Jaleel and others, "UMass at TREC 2004", here with
// the words' idf and the squares of the scores in their weights: the first hits say
// more than those after them). The best hits stay ahead of all others, as
// nothing is taken away.
const (
	rerankHits = 100

	// nearWindow is the greatest distance of two words that are near.
	nearWindow = 5
	// nearWeight is the weight of a pair of words beside those of words.
	nearWeight = 0.3

	// feedbackMin is the number of distinct words from which a query is long enough to
	// be widened: who types fewer means these.
	feedbackMin = 4
	// feedbackDocs is the number of hits whose words are added, feedbackTerms that of
	// the words.
	feedbackDocs  = 10
	feedbackTerms = 20
	// feedbackSpread is the number of these hits that must have a word.
	feedbackSpread = 2
	// feedbackCandidates is the number of words whose rarity is looked up.
	feedbackCandidates = 60
	// feedbackCommon is the share of articles with a word from which it says nothing.
	feedbackCommon = 0.1
	// feedbackOriginal is the share of the query itself in the widened one.
	feedbackOriginal = 0.9
	// feedbackText is the number of bytes at the beginning of an article whose words count.
	feedbackText = 8 << 10
)

// pair is two words that stand side by side in a query.
type pair struct {
	a, b   term
	weight float64 // idf included
}

// ranking is how a query scores: its words, and what was learned from its best hits.
type ranking struct {
	terms []term
	pairs []pair
	names []named
	added []term   // by feedback
	head  []scored // the hits that were ranked again
	// onePerIncident lists the best hit of each incident only.
	onePerIncident bool
}

// named is an organization that a query names, and what its articles get for it.
type named struct {
	name  string
	hits  facet.Hits
	value float64
}

// named weighs the words of names, and finds the articles about them.
func (n *snapshot) named(terms []term, names []search.Name) []named {
	var out []named
	for _, name := range names {
		for _, w := range text.Analyze(strings.Join(name.Words, " ")) {
			for i := range terms {
				if terms[i].stem == w.Stem {
					terms[i].name = true
				}
			}
		}
		if name.Victim != "" {
			hits := n.view.Filter(victim(name))
			out = append(out, named{name.Victim, hits, victimWeight * inverseFrequency(hits.Count(), n.view.Len())})
		}
	}
	return out
}

// rank scores the hits and returns the best k behind a place, or of all, in order,
// and whether more follow.
func (l *lookup) rank(r *ranking, hits facet.Hits, pairs [][2]int, k int, after *search.Cursor) ([]scored, bool, error) {
	s := newScorer(l, hits)
	defer s.release()
	for _, t := range r.terms {
		if err := s.add(t); err != nil {
			return nil, false, err
		}
	}
	for _, name := range r.names {
		if err := l.ctx.Err(); err != nil {
			return nil, false, err
		}
		for i, b := range hits {
			about := b.Clone()
			about.And(name.hits[i])
			for doc := range about.Ones() {
				s.sums[i][doc] += name.value
			}
		}
	}
	if len(r.terms) < 2 { // nothing to rank again
		if r.onePerIncident {
			s.listed = s.onePerIncident()
		}
		best := s.top(k+1, after)
		return best[:min(k, len(best))], len(best) > k, nil
	}
	// Those that are ranked again come first: nothing falls below what it was.
	head := s.best(rerankHits, nil)
	if len(head) == 0 {
		return nil, false, nil
	}
	last := head[0]
	if err := r.again(l, s.only(head), head, pairs); err != nil {
		return nil, false, err
	}
	r.head = head
	whole := len(head) == rerankHits
	if r.onePerIncident {
		head = s.headIncidents(head)
	}
	best := head
	if after != nil {
		n := slices.IndexFunc(head, func(x scored) bool { return l.n.follows(x, after) })
		if n < 0 {
			n = len(head)
		}
		best = head[n:]
	}
	if len(best) <= k && whole {
		from := search.Cursor{Score: last.score, ID: l.n.id(last.ref)}
		if after != nil && len(best) == 0 && (after.Score < from.Score || after.Score == from.Score && after.ID > from.ID) {
			from = *after
		}
		best = append(slices.Clip(best), s.top(k+1-len(best), &from)...)
	}
	return best[:min(k, len(best))], len(best) > k, nil
}

// onePerIncident are the best hits of the incidents.
func (s *scorer) onePerIncident() facet.Hits {
	at := func(r facet.Ref) scored { return scored{r, s.sums[r.Segment][r.Doc]} }
	return s.n.view.OnePerIncident(s.hits, func(a, b facet.Ref) bool { return s.n.compare(at(a), at(b)) < 0 })
}

// headIncidents returns the first hit of each incident in a list, and lists no other
// hits of these incidents any more.
func (s *scorer) headIncidents(head []scored) []scored {
	var out []scored
	taken := facet.Filter{Field: facet.Incident}
	for _, x := range head {
		if id := s.n.incident(x.ref); id != "" && !slices.Contains(taken.Values, id) {
			taken.Values = append(taken.Values, id)
			out = append(out, x)
		}
	}
	s.listed = s.onePerIncident()
	if len(out) > 0 {
		for i, b := range s.n.view.Filter(taken) {
			s.listed[i].AndNot(b)
		}
	}
	return out
}

// again ranks the best hits by what is too dear for others.
func (r *ranking) again(l *lookup, near *scorer, head []scored, pairs [][2]int) error {
	defer near.release()
	if err := r.pair(l, pairs); err != nil {
		return err
	}
	for _, p := range r.pairs {
		if err := l.ctx.Err(); err != nil {
			return err
		}
		err := near.near(p, func(ref facet.Ref, value float64) { near.sums[ref.Segment][ref.Doc] += value })
		if err != nil {
			return err
		}
	}
	near.update(head)
	if err := r.feedback(l, head); err != nil || len(r.added) == 0 {
		return err
	}
	for _, t := range r.added {
		if err := near.add(t); err != nil {
			return err
		}
	}
	near.update(head)
	return nil
}

// update brings a list of hits up to date with their sums.
func (s *scorer) update(list []scored) {
	for i, x := range list {
		list[i].score = s.sums[x.ref.Segment][x.ref.Doc]
	}
	slices.SortFunc(list, s.n.compare)
}

// pair weighs the pairs of a query: a pair counts as its more frequent word does.
func (r *ranking) pair(l *lookup, pairs [][2]int) error {
	docs := l.n.stats[fieldBody].docs
	for _, p := range pairs {
		a, b := r.terms[p[0]], r.terms[p[1]]
		least := math.Inf(1)
		for _, t := range []term{a, b} {
			p, err := l.find(termSet{fieldBody, t.kind, t.stem})
			if err != nil {
				return err
			}
			if p.df == 0 {
				least = 0
				break
			}
			least = min(least, inverseFrequency(p.df, docs))
		}
		if least > 0 {
			r.pairs = append(r.pairs, pair{a, b, nearWeight * least})
		}
	}
	return nil
}

// near calls f with what a pair adds to each hit that has its words near each
// other. Two words at a distance of d count as 1/d² of a word of their own.
func (s *scorer) near(p pair, f func(facet.Ref, float64)) error {
	a, err := s.find(termSet{fieldBody, p.a.kind, p.a.stem})
	if err != nil {
		return err
	}
	b, err := s.find(termSet{fieldBody, p.b.kind, p.b.stem})
	if err != nil {
		return err
	}
	mean := s.n.stats[fieldBody].mean
	for i := range s.hits {
		both := s.hits[i].Clone()
		both.And(s.lookup.hits(a)[i])
		both.And(s.lookup.hits(b)[i])
		wanted := both.Count()
		if wanted == 0 {
			continue
		}
		x, err := s.places(i, a.segments[i], both, wanted)
		if err != nil {
			return err
		}
		y, err := s.places(i, b.segments[i], both, wanted)
		if err != nil {
			return err
		}
		for doc := range both.Ones() {
			var tf float64
			x, y = in(x, doc), in(y, doc)
			for k := 0; k < len(x) && int(x[k].doc()) == doc; k++ {
				for j := 0; j < len(y) && int(y[j].doc()) == doc; j++ {
					if d := float64(x[k].pos() - y[j].pos()); d != 0 && math.Abs(d) <= nearWindow {
						tf += 1 / (d * d)
					}
				}
			}
			if tf > 0 {
				length := float64(s.n.columns[i].lengths[fieldBody][doc])
				f(facet.Ref{Segment: i, Doc: doc}, p.weight*saturation(tf, length, mean))
			}
		}
	}
	return nil
}

// in skips to the first place in a document or behind it.
func in(list []place, doc int) []place { return list[gallop(list, 0, newPlace(uint32(doc), 0)):] }

// explain takes the score of one hit apart.
func (r *ranking) explain(l *lookup, hit scored) (*search.Explanation, error) {
	hit.score = 0
	s := newScorer(l, l.n.empty()).only([]scored{hit})
	defer s.release()
	e := &search.Explanation{Text: "sum of what the words add"}
	for _, t := range r.terms {
		text := fmt.Sprintf("%q", t.text)
		if t.weight != 1 {
			text += fmt.Sprintf(", weight %.3g", t.weight)
		}
		part, err := s.explain(t, text)
		if err != nil {
			return nil, err
		}
		if part.Parts != nil {
			addPart(e, part)
		}
	}
	for _, name := range r.names {
		if name.hits[hit.ref.Segment].Has(hit.ref.Doc) {
			addPart(e, search.Explanation{Value: name.value, Text: "about " + name.name})
		}
	}
	if !slices.ContainsFunc(r.head, func(x scored) bool { return x.ref == hit.ref }) {
		return e, nil
	}
	for _, p := range r.pairs {
		err := s.near(p, func(_ facet.Ref, value float64) {
			addPart(e, search.Explanation{Value: value, Text: fmt.Sprintf("%q and %q near each other", p.a.text, p.b.text)})
		})
		if err != nil {
			return nil, err
		}
	}
	shared := search.Explanation{Text: "words that the best articles share"}
	for _, t := range r.added {
		part, err := s.explain(t, fmt.Sprintf("%q, weight %.3g", t.text, t.weight))
		if err != nil {
			return nil, err
		}
		if part.Parts != nil {
			addPart(&shared, part)
		}
	}
	if shared.Parts != nil {
		addPart(e, shared)
	}
	return e, nil
}
