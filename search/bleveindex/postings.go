package bleveindex

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"sync/atomic"

	"github.com/RoaringBitmap/roaring/v2"
	segment "github.com/blevesearch/scorch_segment_api/v2"

	"incidex/search/facet"
	"incidex/search/text"
)

// Words are asked for again and again, and finding one in a segment and reading its
// postings costs ten times what adding up the scores does. So a segment keeps, as
// they come out of it, the documents of the term sets that were asked for, their
// frequencies where they were scored, and their places where words beside each
// other were wanted.

const (
	// keptBytes is the most memory that is kept so, in bytes for each document.
	keptBytes = 192
	// postingsBytes is about what the postings of a term set take beside their documents.
	postingsBytes = 256
	// sparse is how many times fewer documents than a term set has must be asked for, so
	// that reading what is said of these alone is cheaper.
	sparse = 8
	// readInPart is how often so little is read of a term set before all is, and kept.
	readInPart = 2
)

// postingList is the articles of one segment that have a word of a term set, deleted ones
// included, in ascending order.
type postingList struct {
	kept termSet // the term set that it is kept with
	keys []string
	// words are those of a stem that has several, each by itself.
	words []*postingList
	docs  []uint32
	// set has the same documents; nil where they are few.
	set facet.Bits
	// freqs are how often each document has a word, nil until it was asked for.
	freqs atomic.Pointer[[]uint16]
	// places are where, nil until it was asked for.
	places atomic.Pointer[[]place]
	parts  atomic.Int32 // how often frequencies or places were read in part
}

// few says that what a term set's documents have is better read for the wanted ones
// alone: these are few, and it was not read so too often.
func (p *postingList) few(wanted int) bool {
	return wanted*sparse < len(p.docs) && p.parts.Add(1) <= readInPart
}

func (p *postingList) bytes() int {
	n := postingsBytes + 4*cap(p.docs) + 8*len(p.set)
	for _, w := range p.words {
		n += w.bytes()
	}
	return n
}

// postings returns the postings of a term set in a segment.
func (l *lookup) postings(i int, g termSet) (*postingList, error) {
	if g.kind == exactSet { // it is read with the others of its stem
		stem, _ := text.SplitKey(g.text)
		p, err := l.postings(i, termSet{g.field, stemSet, stem})
		if err != nil {
			return nil, err
		}
		return p.word(g.text), nil
	}
	kept := l.n.columns[i].postings
	if p, ok := kept.Get(g); ok {
		return p, nil
	}
	keys, err := l.keys(i, g)
	if err != nil {
		return nil, err
	}
	p := &postingList{kept: g, keys: keys}
	if g.kind == stemSet && len(keys) > 1 {
		for _, key := range keys {
			w := &postingList{kept: g, keys: []string{key}}
			if err := l.documents(i, w); err != nil {
				return nil, err
			}
			p.words = append(p.words, w)
		}
	}
	if err := l.documents(i, p); err != nil {
		return nil, err
	}
	kept.Put(g, p, p.bytes())
	return p, nil
}

// word returns the list of one of the words, an empty one when there is none.
func (p *postingList) word(key string) *postingList {
	if len(p.keys) == 1 && p.keys[0] == key {
		return p
	}
	for _, w := range p.words {
		if w.keys[0] == key {
			return w
		}
	}
	return &postingList{}
}

// documents fills in the documents of a list.
func (l *lookup) documents(i int, p *postingList) error {
	cols := l.n.columns[i]
	if len(p.keys) == 1 {
		docs, err := l.all(i, p.kept.field, p.keys[0])
		if err != nil {
			return err
		}
		p.docs = slices.DeleteFunc(docs, func(doc uint32) bool { return !cols.articles.Has(int(doc)) })
		if 32*len(p.docs) >= cols.facet.Docs {
			p.set = facet.NewBits(cols.facet.Docs)
			mark(p.docs, p.set)
		}
		return nil
	}
	if len(p.keys) == 0 {
		return nil
	}
	set := facet.NewBits(cols.facet.Docs)
	for _, w := range p.words {
		mark(w.docs, set)
	}
	if p.words == nil {
		for _, key := range p.keys {
			docs, err := l.all(i, p.kept.field, key)
			if err != nil {
				return err
			}
			mark(docs, set)
		}
		set.And(cols.articles)
	}
	p.docs = make([]uint32, 0, set.Count())
	for doc := range set.Ones() {
		p.docs = append(p.docs, uint32(doc))
	}
	if 32*len(p.docs) >= cols.facet.Docs {
		p.set = set
	}
	return nil
}

func mark(docs []uint32, in facet.Bits) {
	for _, doc := range docs {
		in.Set(int(doc))
	}
}

// all returns the documents of a segment that have a word, in order: articles and others,
// deleted ones included.
func (l *lookup) all(i int, field, key string) ([]uint32, error) {
	list, err := l.list(i, field, key, nil)
	if err != nil || list.Count() == 0 {
		return nil, err
	}
	l.its = list.Iterator(false, false, false, l.its)
	it, ok := l.its.(segment.OptimizablePostingsIterator)
	if !ok {
		return nil, fmt.Errorf("read postings of %s: unknown %T", field, l.its)
	}
	if doc, ok := it.DocNum1Hit(); ok {
		return []uint32{uint32(doc)}, nil
	}
	if docs := it.ActualBitmap(); docs != nil {
		return docs.ToArray(), nil
	}
	return nil, nil
}

// read calls f with the frequency of each word of a term set in each document of a
// segment, word by word; with only, in these documents alone; with positions, also
// with where the word stands, which is valid until f returns.
func (l *lookup) read(i int, p *postingList, only []uint32, positions bool, f func(doc uint32, freq int, at []int)) error {
	var at []int
	var wanted *roaring.Bitmap
	if only != nil {
		wanted = roaring.New()
		wanted.AddMany(only)
	}
	for _, key := range p.keys {
		if err := l.ctx.Err(); err != nil {
			return err
		}
		list, err := l.list(i, p.kept.field, key, nil)
		if err != nil {
			return err
		}
		it := list.Iterator(true, false, positions, l.its)
		l.its = it
		if o, ok := it.(segment.OptimizablePostingsIterator); ok && only != nil {
			if docs := o.ActualBitmap(); docs != nil {
				o.ReplaceActual(roaring.And(docs, wanted))
			}
		}
		for {
			x, err := it.Next()
			if err != nil {
				return fmt.Errorf("read postings of %s: %w", p.kept.field, err)
			}
			if x == nil {
				break
			}
			doc := uint32(x.Number())
			if only != nil && !wanted.Contains(doc) {
				continue
			}
			if positions {
				at = appendPlaces(at[:0], x.Frequency(), x.Locations())
			}
			f(doc, frequencyOf(x.Frequency()), at)
		}
	}
	return nil
}

// frequencies returns documents of a term set in a segment and how often they have it:
// all documents, or those that are wanted where these are few. The caller must not
// change them.
func (l *lookup) frequencies(i int, p *postingList, want facet.Bits, wanted int) ([]uint32, []uint16, error) {
	docs := p.docs
	if known := p.freqs.Load(); known != nil {
		if wanted*sparse < len(docs) {
			docs, freqs := p.among(want, wanted, *known)
			return docs, freqs, nil
		}
		return docs, *known, nil
	}
	var only []uint32
	if p.few(wanted) {
		docs, _ = p.among(want, wanted, nil)
		only = docs
	}
	freqs := make([]uint16, len(docs))
	next := 0 // where the document is expected: each word has them in ascending order
	add := func(doc uint32, freq int) {
		if next == len(docs) || docs[next] > doc {
			next = 0
		}
		if next = gallop(docs, next, doc); next < len(docs) && docs[next] == doc {
			freqs[next] = uint16(min(int(freqs[next])+freq, math.MaxUint16))
		}
	}
	var err error
	if p.words == nil {
		err = l.read(i, p, only, false, func(doc uint32, freq int, _ []int) { add(doc, freq) })
	}
	for _, w := range p.words {
		if only == nil { // all of them, however few are wanted
			want, wanted = nil, len(p.docs)
		}
		theirs, counts, err := l.frequencies(i, w, want, wanted)
		if err != nil {
			return nil, nil, err
		}
		for j, doc := range theirs {
			add(doc, int(counts[j]))
		}
	}
	if err == nil && only == nil && p.freqs.CompareAndSwap(nil, &freqs) {
		l.n.columns[i].postings.Grow(p.kept, 2*len(freqs))
	}
	return docs, freqs, err
}

// among returns the documents that are wanted, and of the frequencies, if there are
// any, theirs.
func (p *postingList) among(want facet.Bits, wanted int, freqs []uint16) ([]uint32, []uint16) {
	docs := make([]uint32, 0, wanted)
	var theirs []uint16
	if freqs != nil {
		theirs = make([]uint16, 0, wanted)
	}
	next := 0
	for doc := range want.Ones() {
		next = gallop(p.docs, next, uint32(doc))
		if next == len(p.docs) {
			break
		}
		if p.docs[next] == uint32(doc) {
			docs = append(docs, uint32(doc))
			if freqs != nil {
				theirs = append(theirs, freqs[next])
			}
		}
	}
	return docs, theirs
}

// gallop returns the first place from a place on at which an ascending list is not
// below x: quickly where it is near.
func gallop[T cmp.Ordered](list []T, from int, x T) int {
	step := 1
	for from+step < len(list) && list[from+step] < x {
		from += step
		step *= 2
	}
	n, _ := slices.BinarySearch(list[from:min(from+step, len(list))], x)
	return from + n
}

// place is a position in a document: the document in the upper half, the position,
// counted from 1, in the lower one.
type place uint64

func newPlace(doc uint32, pos int) place { return place(doc)<<32 | place(uint32(pos)) }

func (p place) doc() uint32 { return uint32(p >> 32) }
func (p place) pos() int    { return int(uint32(p)) }

// places returns where the words of a term set stand in a segment, in order: at least
// in the documents that are wanted. The caller must not change them.
func (l *lookup) places(i int, p *postingList, want facet.Bits, wanted int) ([]place, error) {
	if known := p.places.Load(); known != nil {
		return *known, nil
	}
	var only []uint32
	if p.few(wanted) {
		only, _ = p.among(want, wanted, nil)
	}
	var out []place
	err := l.read(i, p, only, true, func(doc uint32, _ int, at []int) {
		for _, pos := range at {
			out = append(out, newPlace(doc, pos))
		}
	})
	if err != nil {
		return nil, err
	}
	if len(p.keys) > 1 {
		slices.Sort(out)
	}
	if only == nil {
		out = slices.Clip(out)
		if p.places.CompareAndSwap(nil, &out) {
			l.n.columns[i].postings.Grow(p.kept, 8*len(out))
		}
	}
	return out, nil
}
