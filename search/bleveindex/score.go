package bleveindex

import (
	"fmt"
	"math"
	"sync"

	"incidex/search"
	"incidex/search/facet"
	"incidex/search/query"
)

// BM25's constants, as Robertson and Zaragoza, "The Probabilistic Relevance
// Framework" (2009), and Lucene have them.
const (
	bm25K1 = 1.2
	bm25B  = 0.75
	// bm25K3 lets a word that a query repeats count for less each time; Robertson's
	// trials at TREC-3 used 8.
	bm25K3 = 8
)

// The weights beside a stem's score in the body, which holds the title too. Rank
// quality on public collections is flat around all of them.
const (
	// titleWeight is that of the stem's score in the title.
	titleWeight = 0.4
	// exactWeight is that of the score of the word as it was typed.
	exactWeight = 0.1
	// nameWeight is that of the score in the title of a word of an organization's
	// name as it was typed: who names one wants articles about it.
	nameWeight = 2
	// victimWeight is that of the rarity of the articles about an organization that
	// is named.
	victimWeight = 1
	// joinedWeight is that of a word made of others that stand in the query too.
	joinedWeight = 0.3
)

// term is what one word of a query adds to scores.
type term struct {
	kind   groupKind // stemGroup or prefixGroup
	stem   string
	exact  string // key of the word as typed, "" for none
	text   string // for explanations
	weight float64
	// titleOnly scores the title by itself, for a word that is wanted there, and
	// bodyOnly the body, for a word that nobody typed.
	titleOnly, bodyOnly bool
	// name marks a word of an organization's name.
	name bool
}

// terms are the words of a query that rank, and the pairs of them that stand side
// by side in it: those of its words, phrases and text matches, but for what it
// excludes. A word that is asked for twice weighs almost twice.
func terms(node query.Node) (out []term, pairs [][2]int) {
	add := func(t term) int {
		for i, o := range out {
			if o.kind == t.kind && o.stem == t.stem && o.exact == t.exact && o.titleOnly == t.titleOnly {
				out[i].weight += t.weight
				return i
			}
		}
		out = append(out, t)
		return len(out) - 1
	}
	last := -1 // the word before
	text := func(s string) {
		for _, w := range analyze(s) {
			t := term{kind: stemGroup, stem: w.stem, exact: w.key, text: w.exact, weight: 1}
			if w.joined {
				t.weight = joinedWeight
				add(t)
				continue
			}
			i := add(t)
			if last >= 0 && out[last].stem != t.stem {
				pairs = append(pairs, [2]int{last, i})
			}
			last = i
		}
	}
	var walk func(query.Node)
	walk = func(n query.Node) {
		switch n := n.(type) {
		case query.And:
			for _, c := range n.Nodes {
				walk(c)
			}
			return
		case query.Or:
			for _, c := range n.Nodes {
				last = -1
				walk(c)
			}
		case query.Word:
			text(n.Text)
			return
		case query.Phrase:
			text(n.Text)
			return
		case query.Prefix:
			if n.Field == "" || n.Field == query.Text {
				add(term{kind: prefixGroup, stem: prefixText(n.Text), text: n.Text + "*", weight: 1})
			}
		case query.Match:
			switch n.Field {
			case query.Text:
				last = -1
				text(n.Value)
			case query.Title:
				for _, w := range analyze(n.Value) {
					if !w.joined {
						add(term{kind: stemGroup, stem: w.stem, text: w.exact, weight: 1, titleOnly: true})
					}
				}
			}
		}
		last = -1
	}
	walk(node)
	for i := range out {
		if w := &out[i].weight; *w > 1 {
			*w *= (bm25K3 + 1) / (bm25K3 + *w)
		}
	}
	return out, pairs
}

// inverseFrequency is BM25's idf, as Lucene has it: never negative.
func inverseFrequency(df, docs int) float64 {
	return math.Log(1 + (float64(docs)-float64(df)+0.5)/(float64(df)+0.5))
}

// saturation is BM25's weight of a term that stands tf times in a text.
func saturation(tf, length, mean float64) float64 {
	return tf * (bm25K1 + 1) / (tf + bm25K1*(1-bm25B+bm25B*length/mean))
}

// scored is the score of a document.
type scored struct {
	ref   facet.Ref
	score float64
}

// scorer adds up the scores of articles.
type scorer struct {
	*lookup
	hits   facet.Hits
	counts []int       // of hits, by segment
	sums   [][]float64 // by segment and document
	freqs  []uint32    // for one segment at a time, zero between uses
	read   map[placesKey][]place
}

func newScorer(l *lookup, hits facet.Hits) *scorer {
	s := &scorer{lookup: l, hits: hits, counts: make([]int, len(hits)), sums: make([][]float64, len(hits))}
	for i, b := range hits {
		s.counts[i] = b.Count()
		if s.counts[i] > 0 {
			s.sums[i] = zeros(l.n.columns[i].facet.Docs)
		}
	}
	return s
}

// sumsPool keeps slices of zeros, so that a search need not clear new ones.
var sumsPool = sync.Pool{New: func() any { return new([]float64) }}

func zeros(n int) []float64 {
	if s := *sumsPool.Get().(*[]float64); cap(s) >= n {
		return s[:n]
	}
	return make([]float64, n)
}

// release gives the sums back. The scorer must not be used afterwards.
func (s *scorer) release() {
	for i, sums := range s.sums {
		if sums == nil {
			continue
		}
		for doc := range s.hits[i].Ones() {
			sums[doc] = 0
		}
		sums = sums[:cap(sums)]
		sumsPool.Put(&sums)
	}
	s.sums = nil
}

// frequencies calls f with how often the words of a group, and the one whose key
// is exact, stand in each hit that has one of them.
func (s *scorer) frequencies(p *found, exact string, f func(segment, doc, tf, exact int)) error {
	for i, lists := range p.segments {
		if s.counts[i] == 0 {
			continue
		}
		if len(lists) == 1 {
			same := 0
			if lists[0].key == exact {
				same = 1
			}
			err := lists[0].each(s.hits[i], s.counts[i], false, func(doc, tf int, _ []int) {
				f(i, doc, tf, same*tf)
			})
			if err != nil {
				return err
			}
			continue
		}
		if docs := s.n.columns[i].facet.Docs; len(s.freqs) < docs {
			s.freqs = make([]uint32, docs)
		}
		// The lower half counts all words, the upper half the exact one.
		for _, x := range lists {
			unit := uint32(1)
			if x.key == exact {
				unit = 1<<16 + 1
			}
			err := x.each(s.hits[i], s.counts[i], false, func(doc, tf int, _ []int) {
				s.freqs[doc] += unit * uint32(min(tf, math.MaxUint16/len(lists)))
			})
			if err != nil {
				return err
			}
		}
		for k, w := range p.hits[i] {
			w &= s.hits[i][k]
			for doc := range (facet.Bits{w}).Ones() {
				doc += k * 64
				tf := s.freqs[doc]
				s.freqs[doc] = 0
				f(i, doc, int(tf&math.MaxUint16), int(tf>>16))
			}
		}
	}
	return nil
}

// weights are what a term's frequencies are worth in one field.
type weights struct {
	field      string
	mean       float64
	idf, exact float64 // with the weights
	df         int
	exactDF    int
	lengths    [][]uint32 // by segment and document
}

func (w *weights) value(r facet.Ref, tf, exact int) float64 {
	length := float64(w.lengths[r.Segment][r.Doc])
	v := w.idf * saturation(float64(tf), length, w.mean)
	if exact > 0 {
		v += w.exact * saturation(float64(exact), length, w.mean)
	}
	return v
}

// weigh finds the words of a group, and says what they and the one whose key is
// exact are worth.
func (s *scorer) weigh(g group, key string, weight, exact float64) (weights, *found, error) {
	p, err := s.find(g)
	if err != nil {
		return weights{}, nil, err
	}
	st := s.n.stats[g.field]
	w := weights{
		field: g.field, mean: st.mean, df: p.df, idf: weight * inverseFrequency(p.df, st.docs),
		lengths: s.n.lengths(g.field),
	}
	if exact > 0 && key != "" {
		for _, lists := range p.segments {
			for _, x := range lists {
				if x.key == key {
					w.exactDF += x.count
				}
			}
		}
		w.exact = exact * inverseFrequency(w.exactDF, st.docs)
	}
	return w, p, nil
}

// each calls f with the frequencies of a term in each hit, field by field.
func (s *scorer) each(t term, f func(w *weights, r facet.Ref, tf, exact int)) error {
	type field struct {
		name          string
		group         groupKind
		text          string
		weight, exact float64
	}
	fields := []field{
		{fieldBody, t.kind, t.stem, t.weight, t.weight * exactWeight},
		{fieldTitle, t.kind, t.stem, t.weight * titleWeight, 0},
	}
	switch {
	case t.titleOnly:
		fields = []field{{fieldTitle, t.kind, t.stem, t.weight, 0}}
	case t.bodyOnly:
		fields = fields[:1]
	case t.name:
		fields = append(fields, field{fieldTitle, exactGroup, t.exact, t.weight * nameWeight, 0})
	}
	for _, field := range fields {
		w, p, err := s.weigh(group{field.name, field.group, field.text}, t.exact, field.weight, field.exact)
		if err != nil {
			return err
		}
		err = s.frequencies(p, t.exact, func(segment, doc, tf, exact int) {
			f(&w, facet.Ref{Segment: segment, Doc: doc}, tf, exact)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// add adds a term to the sums.
func (s *scorer) add(t term) error {
	return s.each(t, func(w *weights, r facet.Ref, tf, exact int) {
		s.sums[r.Segment][r.Doc] += w.value(r, tf, exact)
	})
}

// lengths are the numbers of words of the documents, by segment.
func (n *snapshot) lengths(field string) [][]uint32 {
	out := make([][]uint32, len(n.columns))
	for i, c := range n.columns {
		out[i] = c.lengths[field]
	}
	return out
}

// top returns the k best hits, best first; equal ones are in the order of their ids.
func (s *scorer) top(k int) []scored {
	best := topScores{k: k, less: s.n.before}
	for i, b := range s.hits {
		sums := s.sums[i]
		for doc := range b.Ones() {
			if sum := sums[doc]; len(best.heap) < k || sum >= best.heap[0].score {
				best.add(facet.Ref{Segment: i, Doc: doc}, sum)
			}
		}
	}
	return best.sorted()
}

// before orders what ranks alike: by id.
func (n *snapshot) before(a, b facet.Ref) bool { return n.id(a) < n.id(b) }

// only returns a scorer of some of the hits.
func (s *scorer) only(refs []scored) *scorer {
	hits := s.n.empty()
	for _, r := range refs {
		hits[r.ref.Segment].Set(r.ref.Doc)
	}
	out := newScorer(s.lookup, hits)
	for _, r := range refs {
		out.sums[r.ref.Segment][r.ref.Doc] = r.score
	}
	return out
}

// explain says what a term adds to the score of the only hit.
func (s *scorer) explain(t term, text string) (search.Explanation, error) {
	e := search.Explanation{Text: text}
	err := s.each(t, func(w *weights, r facet.Ref, tf, exact int) {
		docs := s.n.stats[w.field].docs
		addPart(&e, search.Explanation{
			Value: w.value(r, tf, 0),
			Text: fmt.Sprintf("%d times in the %s of %d words, %.1f on average; %d of %d articles have it",
				tf, w.field, w.lengths[r.Segment][r.Doc], w.mean, w.df, docs),
		})
		if exact > 0 && w.exact > 0 {
			addPart(&e, search.Explanation{
				Value: w.value(r, 0, exact),
				Text:  fmt.Sprintf("%d times as it was typed; %d of %d articles have it so", exact, w.exactDF, docs),
			})
		}
	})
	return e, err
}

// addPart adds a part to an explanation, and what it is worth.
func addPart(e *search.Explanation, part search.Explanation) {
	e.Parts = append(e.Parts, part)
	e.Value += part.Value
}
