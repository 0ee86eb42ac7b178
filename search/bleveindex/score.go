package bleveindex

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"

	"incidex/search"
	"incidex/search/facet"
	"incidex/search/query"
	"incidex/search/text"
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
	kind   setKind // stemSet or prefixSet
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
	words := func(s string) {
		for _, w := range text.Analyze(s) {
			t := term{kind: stemSet, stem: w.Stem, exact: w.Key(), text: w.Exact, weight: 1}
			if w.Joined {
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
			words(n.Text)
			return
		case query.Phrase:
			words(n.Text)
			return
		case query.Prefix:
			if n.Field == "" || n.Field == query.Text {
				add(term{kind: prefixSet, stem: text.Prefix(n.Text), text: n.Text + "*", weight: 1})
			}
		case query.Match:
			switch n.Field {
			case query.Text:
				last = -1
				words(n.Value)
			case query.Title:
				for _, w := range text.Analyze(n.Value) {
					if !w.Joined {
						add(term{kind: stemSet, stem: w.Stem, text: w.Exact, weight: 1, titleOnly: true})
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
	listed facet.Hits  // the hits that can be best
	counts []int       // of hits, by segment
	sums   [][]float64 // by segment and document
	all    []float64   // what sums are cut from
}

func newScorer(l *lookup, hits facet.Hits) *scorer {
	docs := 0
	for _, c := range l.n.columns {
		docs += c.facet.Docs
	}
	s := &scorer{lookup: l, hits: hits, listed: hits, counts: make([]int, len(hits)), sums: make([][]float64, len(hits)), all: l.n.zeros.take(docs)}
	rest := s.all
	for i, b := range hits {
		s.counts[i] = b.Count()
		s.sums[i], rest = rest[:l.n.columns[i].facet.Docs], rest[l.n.columns[i].facet.Docs:]
	}
	return s
}

// release gives the sums back. The scorer must not be used afterwards.
func (s *scorer) release() {
	for i, sums := range s.sums {
		for doc := range s.hits[i].Ones() {
			sums[doc] = 0
		}
	}
	s.n.zeros.give(s.all)
	s.sums, s.all = nil, nil
}

// maxZeros is the number of slices of zeros that a snapshot keeps, two for each of
// some searches at once.
const maxZeros = 8

// zeros keeps slices of zeros of one length, so that a search need not clear new
// ones, which takes longer than many searches do. It is safe for concurrent use.
type zeros struct {
	mu   sync.Mutex
	free [][]float64
}

func (z *zeros) take(n int) []float64 {
	z.mu.Lock()
	defer z.mu.Unlock()
	if last := len(z.free) - 1; last >= 0 {
		s := z.free[last]
		z.free = z.free[:last]
		return s
	}
	return make([]float64, n)
}

func (z *zeros) give(s []float64) {
	z.mu.Lock()
	defer z.mu.Unlock()
	if len(z.free) < maxZeros {
		z.free = append(z.free, s)
	}
}

// part is what one way of matching a term adds: its BM25 in one field.
type part struct {
	*found
	// weight is that of the part beside others; exact says that it counts the word as
	// it was typed.
	weight float64
	exact  bool
	// idf is with the weight. A length of no words adds least to the frequency that
	// is divided by, and each word more.
	idf, least, more float64
	lengths          [][]uint32 // by segment and document
	mean             float64
}

func (p *part) value(tf uint16, length uint32) float64 {
	return p.idf * float64(tf) / (float64(tf) + p.least + p.more*float64(length))
}

// parts are the ways in which a term matches.
func (s *scorer) parts(t term) ([]part, error) {
	var out []part
	add := func(g termSet, weight float64, exact bool) error {
		f, err := s.find(g)
		if err != nil {
			return err
		}
		st := s.n.stats[g.field]
		p := part{found: f, weight: weight, exact: exact, lengths: s.n.lengths(g.field), mean: st.mean}
		p.idf = weight * inverseFrequency(f.df, st.docs) * (bm25K1 + 1)
		p.least, p.more = bm25K1*(1-bm25B), bm25K1*bm25B/st.mean
		out = append(out, p)
		return nil
	}
	if t.titleOnly {
		return out, add(termSet{fieldTitle, t.kind, t.stem}, t.weight, false)
	}
	err := add(termSet{fieldBody, t.kind, t.stem}, t.weight, false)
	if err == nil && t.exact != "" {
		err = add(termSet{fieldBody, exactSet, t.exact}, t.weight*exactWeight, true)
	}
	if err == nil && !t.bodyOnly {
		err = add(termSet{fieldTitle, t.kind, t.stem}, t.weight*titleWeight, false)
	}
	if err == nil && t.name {
		err = add(termSet{fieldTitle, exactSet, t.exact}, t.weight*nameWeight, true)
	}
	return out, err
}

// add adds a term to the sums.
func (s *scorer) add(t term) error {
	if err := s.ctx.Err(); err != nil {
		return err
	}
	parts, err := s.parts(t)
	if err != nil {
		return err
	}
	for k := range parts {
		p := &parts[k]
		for i, count := range s.counts {
			if count == 0 || len(p.segments[i].docs) == 0 {
				continue
			}
			docs, freqs, err := s.frequencies(i, p.segments[i], s.hits[i], count)
			if err != nil {
				return err
			}
			hits, sums, lengths := s.hits[i], s.sums[i], p.lengths[i]
			for j, doc := range docs {
				if hits.Has(int(doc)) {
					sums[doc] += p.value(freqs[j], lengths[doc])
				}
			}
		}
	}
	return nil
}

// lengths are the numbers of words of the documents, by segment.
func (n *snapshot) lengths(field string) [][]uint32 {
	out := make([][]uint32, len(n.columns))
	for i, c := range n.columns {
		out[i] = c.lengths[field]
	}
	return out
}

// top returns the k best hits, best first, of those behind a place when there is one.
func (s *scorer) top(k int, behind *search.Cursor) []scored {
	best := s.best(k, behind)
	slices.SortFunc(best, s.n.compare)
	return best
}

// best is top in another order: the worst of them comes first.
func (s *scorer) best(k int, behind *search.Cursor) []scored {
	if k <= 0 {
		return nil
	}
	best := topScores{k: k, compare: s.n.compare}
	for i, b := range s.listed {
		sums := s.sums[i]
		for doc := range b.Ones() {
			sum := sums[doc]
			if len(best.heap) == k && sum < best.heap[0].score {
				continue
			}
			x := scored{facet.Ref{Segment: i, Doc: doc}, sum}
			if behind == nil || s.n.follows(x, behind) {
				best.add(x)
			}
		}
	}
	return best.heap
}

// compare orders hits by their scores, and equal ones by their ids.
func (n *snapshot) compare(a, b scored) int {
	switch {
	case a.score > b.score:
		return -1
	case a.score < b.score:
		return 1
	}
	return strings.Compare(n.id(a.ref), n.id(b.ref))
}

// follows reports whether a hit is behind a place.
func (n *snapshot) follows(x scored, place *search.Cursor) bool {
	return x.score < place.Score || x.score == place.Score && n.id(x.ref) > place.ID
}

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
	parts, err := s.parts(t)
	if err != nil {
		return e, err
	}
	for _, p := range parts {
		for i, count := range s.counts {
			if count == 0 {
				continue
			}
			docs, freqs, err := s.frequencies(i, p.segments[i], s.hits[i], count)
			if err != nil {
				return e, err
			}
			for j, doc := range docs {
				if !s.hits[i].Has(int(doc)) {
					continue
				}
				text := "%d times in the %s of %d words, %.1f on average; %d of %d articles have it"
				if p.exact {
					text = "%d times as it was typed in the %s of %d words, %.1f on average; %d of %d articles have it so"
				}
				addPart(&e, search.Explanation{
					Value: p.value(freqs[j], p.lengths[i][doc]),
					Text:  fmt.Sprintf(text, freqs[j], p.field, p.lengths[i][doc], p.mean, p.df, s.n.stats[p.field].docs),
				})
			}
		}
	}
	return e, nil
}

// addPart adds a part to an explanation, and what it is worth.
func addPart(e *search.Explanation, part search.Explanation) {
	e.Parts = append(e.Parts, part)
	e.Value += part.Value
}
