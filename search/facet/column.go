package facet

import (
	"iter"
	"math"
	"slices"
	"strings"
)

// Segment is the immutable columns of one index segment.
type Segment struct {
	// Docs is the number of documents, deleted ones included.
	Docs int
	// Columns are by field. A field without a column has no value in any document.
	Columns map[string]*Column
}

// Column holds the values of one field in one segment: the distinct values in
// ascending order, and for each document the numbers of its values. It is
// immutable and safe for concurrent use.
type Column struct {
	docs int
	text string   // the values, joined
	ends []uint32 // ends[i] is where value i ends in text
	ids  idColumn // by local document number
}

// value returns the value with the given number, counted from 0.
func (c *Column) value(i int) string {
	start := uint32(0)
	if i > 0 {
		start = c.ends[i-1]
	}
	return c.text[start:c.ends[i]]
}

// Len returns the number of distinct values.
func (c *Column) Len() int { return len(c.ends) }

// Bytes returns about how much memory the column takes.
func (c *Column) Bytes() int { return len(c.text) + 4*len(c.ends) + c.ids.bytes() }

// strings returns the values of a document in ascending order.
func (c *Column) strings(doc int) []string {
	var room [8]uint32
	ids := c.ids.append(room[:0], doc)
	if len(ids) == 0 {
		return nil
	}
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = c.value(int(id) - 1)
	}
	return out
}

// ColumnBuilder collects the values of one field in one segment. It is not safe
// for concurrent use.
type ColumnBuilder struct {
	docs  int
	text  strings.Builder
	last  string
	ends  []uint32
	pairs []uint32 // local document numbers, value after value
	upto  []uint32 // upto[i] is where the documents of value i end in pairs
}

// NewColumnBuilder starts a column of a segment with the given number of documents.
func NewColumnBuilder(docs int) *ColumnBuilder { return &ColumnBuilder{docs: docs} }

// Add adds a value and the local numbers of the documents that have it, each
// once. Values must be added in ascending order; a value without documents is
// ignored. It panics when the order is broken, when a document is outside the
// segment, and when the values together are longer than 4 GiB.
func (b *ColumnBuilder) Add(term string, docs iter.Seq[uint32]) {
	if len(b.ends) > 0 && term <= b.last {
		panic("facet: values are not added in ascending order")
	}
	before := len(b.pairs)
	for d := range docs {
		if int(d) >= b.docs {
			panic("facet: document is outside the segment")
		}
		b.pairs = append(b.pairs, d)
	}
	if len(b.pairs) == before {
		return
	}
	if b.text.Len()+len(term) > math.MaxUint32 {
		panic("facet: values are longer than 4 GiB")
	}
	b.text.WriteString(term)
	b.last = term
	b.ends = append(b.ends, uint32(b.text.Len()))
	b.upto = append(b.upto, uint32(len(b.pairs)))
}

// Column returns the finished column. The builder must not be used afterwards.
func (b *ColumnBuilder) Column() *Column {
	// Turn the pairs from value-major to document-major order by counting.
	start := make([]uint32, b.docs+1)
	for _, d := range b.pairs {
		start[d+1]++
	}
	for i := range b.docs {
		start[i+1] += start[i]
	}
	ids := make([]uint32, len(b.pairs))
	next := slices.Clone(start[:b.docs])
	from := uint32(0)
	for v, to := range b.upto {
		for _, d := range b.pairs[from:to] {
			ids[next[d]] = uint32(v) + 1
			next[d]++
		}
		from = to
	}
	return &Column{
		docs: b.docs,
		text: strings.Clone(b.text.String()),
		ends: slices.Clone(b.ends),
		ids:  newIDs(start, ids, len(b.ends)),
	}
}

// idColumn holds for each document (or position) the ids of its values in
// ascending order. An id is the number of the value plus one, so that 0 means
// none.
type idColumn interface {
	// first returns the smallest id of a document, 0 when it has none.
	first(doc int) uint32
	// last returns the greatest id of a document, 0 when it has none.
	last(doc int) uint32
	// append appends the ids of a document.
	append(to []uint32, doc int) []uint32
	// walk counts the ids of hits. t has room for all keys.
	walk(hits *hitList, t *tallies)
	// keys is the number of ids and sets, the id 0 included.
	keys() int
	bytes() int
	appendTo(to []byte) []byte
}

// ids is an idColumn that holds one key for each document: the id of its only
// value, or, after all ids, the number of a set of several values. Many documents
// have the same values, so that there are far fewer sets than documents, and what
// counts documents does not depend on how many values each of them has. The keys are
// of the narrowest type that holds all.
type ids[T uint8 | uint16 | uint32] struct {
	top   uint32 // the greatest id
	of    []T    // the keys by document
	start []uint32
	sets  []T // the ids of the set with the key top+1+i from start[i] to start[i+1]
}

// newIDs makes the column from ids in document order, start[d] to start[d+1]
// being those of document d, all at most top.
func newIDs(start, of []uint32, top int) idColumn {
	keys := make([]uint32, len(start)-1)
	known := map[uint64]int{} // the numbers of sets by hash
	var sets []uint32
	ends := []uint32{0}
	for d := range keys {
		mine := of[start[d]:start[d+1]]
		if len(mine) < 2 {
			if len(mine) == 1 {
				keys[d] = mine[0]
			}
			continue
		}
		h := hash(mine)
		set, ok := known[h]
		if !ok || !slices.Equal(sets[ends[set]:ends[set+1]], mine) { // of two with one hash the second is kept again and again
			set = len(ends) - 1
			sets = append(sets, mine...)
			ends = append(ends, uint32(len(sets)))
			if !ok {
				known[h] = set
			}
		}
		keys[d] = uint32(top + 1 + set)
	}
	switch last := top + len(ends) - 1; {
	case last <= math.MaxUint8:
		return narrow[uint8](keys, sets, ends, top)
	case last <= math.MaxUint16:
		return narrow[uint16](keys, sets, ends, top)
	}
	return narrow[uint32](keys, sets, ends, top)
}

// hash is the 64-bit FNV-1a hash, by ids instead of bytes.
func hash(ids []uint32) uint64 {
	h := uint64(14695981039346656037)
	for _, id := range ids {
		h = (h ^ uint64(id)) * 1099511628211
	}
	return h
}

func narrow[T uint8 | uint16 | uint32](keys, sets, start []uint32, top int) *ids[T] {
	c := &ids[T]{top: uint32(top), of: make([]T, len(keys)), start: slices.Clip(start), sets: make([]T, len(sets))}
	for d, key := range keys {
		c.of[d] = T(key)
	}
	for i, id := range sets {
		c.sets[i] = T(id)
	}
	return c
}

// set returns the ids of a key behind the greatest id.
func (c *ids[T]) set(key T) []T {
	i := uint32(key) - c.top - 1
	return c.sets[c.start[i]:c.start[i+1]]
}

func (c *ids[T]) first(doc int) uint32 {
	key := c.of[doc]
	if uint32(key) > c.top {
		return uint32(c.set(key)[0])
	}
	return uint32(key)
}

func (c *ids[T]) last(doc int) uint32 {
	key := c.of[doc]
	if uint32(key) > c.top {
		set := c.set(key)
		return uint32(set[len(set)-1])
	}
	return uint32(key)
}

func (c *ids[T]) append(to []uint32, doc int) []uint32 {
	switch key := c.of[doc]; {
	case key == 0:
	case uint32(key) <= c.top:
		to = append(to, uint32(key))
	default:
		for _, id := range c.set(key) {
			to = append(to, uint32(id))
		}
	}
	return to
}

func (c *ids[T]) keys() int { return int(c.top) + len(c.start) }

func (c *ids[T]) bytes() int {
	var t T
	size := 1
	switch any(t).(type) {
	case uint16:
		size = 2
	case uint32:
		size = 4
	}
	return 4*len(c.start) + size*(len(c.of)+len(c.sets))
}
