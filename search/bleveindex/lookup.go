package bleveindex

import (
	"context"
	"fmt"
	"strings"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
	segment "github.com/blevesearch/scorch_segment_api/v2"

	"incidex/search/facet"
	"incidex/search/text"
)

// termSet names words of the index that count as one: those of a stem, those with
// a beginning, or a single one.
type termSet struct {
	field string
	kind  setKind
	text  string
}

type setKind byte

const (
	stemSet   setKind = iota // all words of the stem text
	prefixSet                // all words that begin with text
	exactSet                 // the word whose key is text
	valueSet                 // the keyword text
)

// found is where the words of a term set stand.
type found struct {
	termSet
	segments []*postingList // by segment
	df       int            // the number of live articles with one of the words
	bits     facet.Hits     // these, nil until they are asked for
}

// lookup finds the words of one search, each once. It is not safe for concurrent use.
type lookup struct {
	n     *snapshot
	ctx   context.Context
	dicts map[dictKey]segment.TermDictionary
	known map[termSet]*found
	// one and its are the last list that was opened, and its documents, to be used again.
	one segment.PostingsList
	its segment.PostingsIterator
}

type dictKey struct {
	segment int
	field   string
}

func newLookup(ctx context.Context, n *snapshot) *lookup {
	return &lookup{n: n, ctx: ctx, dicts: map[dictKey]segment.TermDictionary{}, known: map[termSet]*found{}}
}

// find returns the postings of a term set.
func (l *lookup) find(g termSet) (*found, error) {
	if p := l.known[g]; p != nil {
		return p, nil
	}
	p := &found{termSet: g, segments: make([]*postingList, len(l.n.segments))}
	for i := range l.n.segments {
		if err := l.ctx.Err(); err != nil {
			return nil, err
		}
		x, err := l.postings(i, g)
		if err != nil {
			return nil, err
		}
		p.segments[i] = x
		p.df += l.n.countLive(i, x)
	}
	l.known[g] = p
	return p, nil
}

// countLive returns how many documents of a list are live.
func (n *snapshot) countLive(i int, p *postingList) int {
	if n.whole[i] {
		return len(p.docs)
	}
	count := 0
	for _, doc := range p.docs {
		if n.live[i].Has(int(doc)) {
			count++
		}
	}
	return count
}

// hits returns the live articles with one of the words, which must not be changed.
func (l *lookup) hits(p *found) facet.Hits {
	if p.bits == nil {
		p.bits = make(facet.Hits, len(p.segments))
		for i, x := range p.segments {
			p.bits[i] = l.n.alive(i, x)
		}
	}
	return p.bits
}

// alive returns the live articles of a list.
func (n *snapshot) alive(i int, p *postingList) facet.Bits {
	switch {
	case len(p.docs) == 0:
		return n.none[i]
	case p.set != nil && n.whole[i]:
		return p.set
	case p.set != nil:
		hits := p.set.Clone()
		hits.And(n.live[i])
		return hits
	}
	hits := facet.NewBits(n.columns[i].facet.Docs)
	for _, doc := range p.docs {
		if n.live[i].Has(int(doc)) {
			hits.Set(int(doc))
		}
	}
	return hits
}

// frequency is the sum of the words' frequencies in a term set: at least the number
// of articles with one of them, and much cheaper. The snapshot remembers it.
func (l *lookup) frequency(g termSet) (int, error) {
	if df, ok := l.n.frequencies.get(g); ok {
		return df, nil
	}
	df := 0
	for i, seg := range l.n.segments {
		if err := l.ctx.Err(); err != nil {
			return 0, err
		}
		keys, err := l.keys(i, g)
		if err != nil {
			return 0, err
		}
		for _, key := range keys {
			list, err := l.list(i, g.field, key, seg.Deleted())
			if err != nil {
				return 0, err
			}
			df += int(list.Count())
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
	d, err := keysOf(l.n.segments[i].Segment(), field)
	if err != nil {
		return nil, fmt.Errorf("read terms of %s: %w", field, err)
	}
	l.dicts[key] = d
	return d, nil
}

// keys returns the words of a term set that documents of a segment may have.
func (l *lookup) keys(i int, g termSet) ([]string, error) {
	switch {
	case g.kind == valueSet, g.kind == exactSet:
		return []string{g.text}, nil
	case g.field == fieldTitle && g.kind == stemSet: // the body has the words of the title too
		body, err := l.postings(i, termSet{fieldBody, stemSet, g.text})
		if err != nil {
			return nil, err
		}
		return body.keys, nil
	}
	if g.kind == stemSet {
		from, to := text.StemKeys(g.text)
		return l.keysBetween(i, g.field, from, to, nil)
	}
	from, to := text.PrefixKeys(g.text)
	return l.keysBetween(i, g.field, from, to, func(key string) bool {
		_, exact := text.SplitKey(key)
		return strings.HasPrefix(exact, g.text)
	})
}

// list opens the postings of one word in a segment, without some documents. They are
// valid until the next ones are opened.
func (l *lookup) list(i int, field, key string, without *roaring.Bitmap) (segment.PostingsList, error) {
	dict, err := l.dict(i, field)
	if err != nil {
		return nil, err
	}
	list, err := dict.PostingsList([]byte(key), without, l.one)
	if err != nil {
		return nil, fmt.Errorf("read postings of %s: %w", field, err)
	}
	l.one = list
	return list, nil
}

// termsBetween is the number of words that are read between two looks at whether the
// one who asked is still there.
const termsBetween = 1024

// keysBetween returns the keys of a field in a segment from start inclusive to end
// exclusive that are wanted; all are when want is nil.
func (l *lookup) keysBetween(i int, field, start, end string, want func(string) bool) ([]string, error) {
	dict, err := l.dict(i, field)
	if err != nil {
		return nil, err
	}
	var out []string
	terms := dict.AutomatonIterator(nil, []byte(start), []byte(end))
	for n := 0; ; n++ {
		if n%termsBetween == 0 {
			if err := l.ctx.Err(); err != nil {
				return nil, err
			}
		}
		entry, err := terms.Next()
		if err != nil {
			return nil, fmt.Errorf("read terms of %s: %w", field, err)
		}
		if entry == nil {
			return out, nil
		}
		if want == nil || want(entry.Term) {
			out = append(out, entry.Term)
		}
	}
}
