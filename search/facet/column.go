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
	// walk counts the values of the hits. t has room for all values.
	walk(hits []hit, t *tallies)
	// len returns the number of ids.
	len() int
	bytes() int
}

// ids is an idColumn of the narrowest type that holds every id.
type ids[T uint8 | uint16 | uint32] struct {
	start []uint32 // of holds the ids of document d from start[d] to start[d+1]; nil: at d itself, 0 for none
	of    []T
}

// newIDs makes the column from ids in document order, start[d] to start[d+1]
// being those of document d, all at most top.
func newIDs(start, of []uint32, top int) idColumn {
	switch {
	case top <= math.MaxUint8:
		return narrow[uint8](start, of)
	case top <= math.MaxUint16:
		return narrow[uint16](start, of)
	}
	return narrow[uint32](start, of)
}

func narrow[T uint8 | uint16 | uint32](start, of []uint32) *ids[T] {
	docs := len(start) - 1
	single := true
	for d := range docs {
		single = single && start[d+1]-start[d] <= 1
	}
	if single {
		c := &ids[T]{of: make([]T, docs)}
		for d := range docs {
			if start[d] < start[d+1] {
				c.of[d] = T(of[start[d]])
			}
		}
		return c
	}
	c := &ids[T]{start: start, of: make([]T, len(of))}
	for i, id := range of {
		c.of[i] = T(id)
	}
	return c
}

func (c *ids[T]) first(doc int) uint32 {
	if c.start == nil {
		return uint32(c.of[doc])
	}
	if from := c.start[doc]; from < c.start[doc+1] {
		return uint32(c.of[from])
	}
	return 0
}

func (c *ids[T]) last(doc int) uint32 {
	if c.start == nil {
		return uint32(c.of[doc])
	}
	if to := c.start[doc+1]; c.start[doc] < to {
		return uint32(c.of[to-1])
	}
	return 0
}

func (c *ids[T]) append(to []uint32, doc int) []uint32 {
	if c.start == nil {
		if id := c.of[doc]; id != 0 {
			to = append(to, uint32(id))
		}
		return to
	}
	for _, id := range c.of[c.start[doc]:c.start[doc+1]] {
		to = append(to, uint32(id))
	}
	return to
}

func (c *ids[T]) len() int { return len(c.of) }

func (c *ids[T]) bytes() int {
	var t T
	size := 1
	switch any(t).(type) {
	case uint16:
		size = 2
	case uint32:
		size = 4
	}
	return 4*len(c.start) + size*len(c.of)
}
