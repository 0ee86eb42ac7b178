package bleveindex

import (
	"context"
	"fmt"
	"strings"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
	segment "github.com/blevesearch/scorch_segment_api/v2"

	"incidex/search/facet"
)

// group names words of the index that count as one: those of a stem, those with
// a beginning, or a single one.
type group struct {
	field string
	kind  groupKind
	text  string
}

type groupKind byte

const (
	stemGroup   groupKind = iota // all words of the stem text
	prefixGroup                  // all words that begin with text
	exactGroup                   // the word whose key is text
	valueGroup                   // the keyword text
)

// found is where the words of a group stand.
type found struct {
	segments [][]list // by segment
	hits     facet.Hits
	// df is the number of live articles with one of the words.
	df int
}

// list is the live documents of one word in one segment.
type list struct {
	key string
	segment.PostingsList
	count int
	dict  segment.TermDictionary
	field string
	kept  *decodedLists
}

// decoded returns all postings of a long list, nil when it is better read in part,
// for the wanted number of documents.
func (x list) decoded(wanted int) (*decoded, error) {
	if x.count < minDecoded {
		return nil, nil
	}
	k := decodedKey{x.field, x.key}
	if d := x.kept.get(k); d != nil || wanted*sparse < x.count {
		return d, nil
	}
	d, err := decodeList(x.dict, x.key)
	if err == nil {
		x.kept.put(k, d)
	}
	return d, err
}

// lookup finds the words of one search, each once. It is not safe for concurrent use.
type lookup struct {
	n     *snapshot
	ctx   context.Context
	dicts map[dictKey]segment.TermDictionary
	known map[group]*found
	buf   []uint32
}

type dictKey struct {
	segment int
	field   string
}

func newLookup(ctx context.Context, n *snapshot) *lookup {
	return &lookup{
		n: n, ctx: ctx, dicts: map[dictKey]segment.TermDictionary{}, known: map[group]*found{},
		buf: make([]uint32, 1024),
	}
}

// find returns the postings of a group. Its hits must not be changed.
func (l *lookup) find(g group) (*found, error) {
	if p := l.known[g]; p != nil {
		return p, nil
	}
	p := &found{segments: make([][]list, len(l.n.segments)), hits: make(facet.Hits, len(l.n.segments))}
	for i := range l.n.segments {
		if err := l.ctx.Err(); err != nil {
			return nil, err
		}
		lists, err := l.lists(i, g)
		if err != nil {
			return nil, err
		}
		p.segments[i] = lists
		p.hits[i] = facet.NewBits(l.n.columns[i].facet.Docs)
		for _, x := range lists {
			l.mark(x, p.hits[i])
		}
		p.df += p.hits[i].Count()
	}
	l.known[g] = p
	return p, nil
}

// frequency is the sum of the words' frequencies in a group: at least the number
// of articles with one of them, and much cheaper. The snapshot remembers it.
func (l *lookup) frequency(g group) (int, error) {
	if df, ok := l.n.frequencies.get(g); ok {
		return df, nil
	}
	df := 0
	for i := range l.n.segments {
		lists, err := l.lists(i, g)
		if err != nil {
			return 0, err
		}
		for _, x := range lists {
			df += x.count
		}
	}
	l.n.frequencies.put(g, df)
	return df, nil
}

// maxMemory bounds what a snapshot remembers of searches.
const maxMemory = 1 << 16

// memory remembers answers about one snapshot. It is safe for concurrent use.
type memory[K comparable, V any] struct {
	mu sync.Mutex
	m  map[K]V
}

func (m *memory[K, V]) get(k K) (V, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	v, ok := m.m[k]
	return v, ok
}

func (m *memory[K, V]) put(k K, v V) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.m == nil {
		m.m = map[K]V{}
	}
	if len(m.m) >= maxMemory {
		clear(m.m)
	}
	m.m[k] = v
}

func (l *lookup) dict(i int, field string) (segment.TermDictionary, error) {
	key := dictKey{i, field}
	if d := l.dicts[key]; d != nil {
		return d, nil
	}
	d, err := l.n.segments[i].Segment().Dictionary(field)
	if err != nil {
		return nil, fmt.Errorf("read terms of %s: %w", field, err)
	}
	l.dicts[key] = d
	return d, nil
}

// lists opens the words of a group that live documents of a segment have.
func (l *lookup) lists(i int, g group) ([]list, error) {
	dict, err := l.dict(i, g.field)
	if err != nil {
		return nil, err
	}
	var keys []string
	switch g.kind {
	case exactGroup, valueGroup:
		keys = []string{g.text}
	case stemGroup:
		keys, err = keysBetween(dict, g.text+"\x00", g.text+string(rune(maxDropped+1)), nil)
	case prefixGroup:
		// A stem keeps the first letters of its words.
		start := g.text[:min(minStem, len(g.text))]
		keys, err = keysBetween(dict, start, start+"\xff", func(key string) bool {
			_, exact := splitKey(key)
			return strings.HasPrefix(exact, g.text)
		})
	}
	if err != nil {
		return nil, fmt.Errorf("read terms of %s: %w", g.field, err)
	}
	var out []list
	dead := l.n.segments[i].Deleted()
	for _, key := range keys {
		p, err := dict.PostingsList([]byte(key), dead, nil)
		if err != nil {
			return nil, fmt.Errorf("read postings of %s: %w", g.field, err)
		}
		if n := int(p.Count()); n > 0 {
			out = append(out, list{key, p, n, dict, g.field, l.n.columns[i].decoded})
		}
	}
	return out, nil
}

// keysBetween returns the keys from start inclusive to end exclusive that are wanted.
func keysBetween(dict segment.TermDictionary, start, end string, want func(string) bool) ([]string, error) {
	var out []string
	var terms segment.DictionaryIterator
	if d, ok := dict.(interface {
		AutomatonIteratorOmitCount(segment.Automaton, []byte, []byte) segment.DictionaryIterator
	}); ok {
		terms = d.AutomatonIteratorOmitCount(nil, []byte(start), []byte(end))
	} else {
		terms = dict.AutomatonIterator(nil, []byte(start), []byte(end))
	}
	for {
		entry, err := terms.Next()
		if err != nil || entry == nil {
			return out, err
		}
		if want == nil || want(entry.Term) {
			out = append(out, entry.Term)
		}
	}
}

// mark sets the documents of a list.
func (l *lookup) mark(x list, to facet.Bits) {
	it, ok := x.Iterator(false, false, false, nil).(segment.OptimizablePostingsIterator)
	if !ok {
		return
	}
	if doc, ok := it.DocNum1Hit(); ok {
		to.Set(int(doc))
		return
	}
	docs := it.ActualBitmap()
	if docs == nil {
		return
	}
	many := docs.ManyIterator()
	for {
		n := many.NextMany(l.buf)
		for _, doc := range l.buf[:n] {
			to.Set(int(doc))
		}
		if n < len(l.buf) {
			return
		}
	}
}

// sparse is how many times fewer documents than a list has must be asked for, so
// that asking for these alone is cheaper.
const sparse = 3

// each calls f with the frequency of a word in each of the wanted documents of a
// segment that have it, in order; with positions also with where it stands, which
// is valid until f returns.
func (x list) each(want facet.Bits, wanted int, positions bool, f func(doc, freq int, at []int)) error {
	if !positions {
		d, err := x.decoded(wanted)
		if err != nil {
			return err
		}
		if d != nil {
			for i, doc := range d.docs {
				if want.Has(int(doc)) {
					f(int(doc), int(d.freqs[i]), nil)
				}
			}
			return nil
		}
	}
	it := x.Iterator(true, false, positions, nil)
	var at []int
	if o, ok := it.(segment.OptimizablePostingsIterator); ok && wanted*sparse < x.count {
		if docs := o.ActualBitmap(); docs != nil {
			o.ReplaceActual(roaring.And(docs, roaring.FromDense(want, false)))
		}
	}
	for {
		p, err := it.Next()
		if err != nil {
			return fmt.Errorf("read postings: %w", err)
		}
		if p == nil {
			return nil
		}
		if doc := int(p.Number()); want.Has(doc) {
			if positions {
				at = appendPlaces(at[:0], p.Frequency(), p.Locations())
			}
			f(doc, frequencyOf(p.Frequency()), at)
		}
	}
}
