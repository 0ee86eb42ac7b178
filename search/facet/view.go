package facet

import (
	"math/bits"
	"slices"
	"strings"
	"sync"

	"incidex/search/parallel"
)

// Ref is a document: the number of its segment in the view, and its local number.
type Ref struct{ Segment, Doc int }

// Hits is a set of documents, one set of local document numbers for each segment
// of a view.
type Hits []Bits

// Count returns the number of documents.
func (h Hits) Count() int {
	n := 0
	for _, b := range h {
		n += b.Count()
	}
	return n
}

// Clone returns a copy.
func (h Hits) Clone() Hits {
	words := 0
	for _, b := range h {
		words += len(b)
	}
	all := make(Bits, 0, words)
	out := make(Hits, len(h))
	for i, b := range h {
		all = append(all, b...)
		out[i] = all[len(all)-len(b) : len(all) : len(all)]
	}
	return out
}

// View is one snapshot of an index. It is safe for concurrent use. What a field
// needs is built when it is first asked for, and kept.
type View struct {
	// Fold brings a value to the form in which Request.Contains is looked for; it
	// is applied to what is looked for as well. It may fold the value's label
	// instead. Set it before the first use; nil stands for lower case.
	Fold func(field, value string) string

	segments []*Segment
	// The documents of all segments are numbered in one space of slots, in which
	// each segment starts at a multiple of 64: slot = 64*base[segment] + doc.
	base  []int
	owner []int32 // the segment of slots 64*i to 64*i+63
	live  Bits    // by slot

	ordered func() *order
	ties    func() *ties
	scratch sync.Pool // of *tallies
	lists   sync.Pool // of *hitList

	mu      sync.Mutex
	columns map[columnKey]func() *column
}

// columnKey names a column of a view: a field, the buckets of its histogram, or its
// ranges.
type columnKey struct {
	field  string
	by     Histogram
	ranges string
}

// maxDocs is the most documents that the segments of a view may have together:
// an entry has 30 bits for a position.
const maxDocs = 1 << 30

// NewView returns the view of segments whose live documents are given by one set
// for each segment; nil stands for all documents of all segments. It panics when
// there are more than maxDocs documents.
func NewView(segments []*Segment, live []Bits) *View {
	v := &View{segments: slices.Clone(segments), columns: map[columnKey]func() *column{}}
	for i, s := range v.segments {
		v.base = append(v.base, len(v.owner))
		for range (s.Docs + 63) / 64 {
			v.owner = append(v.owner, int32(i))
		}
	}
	if 64*len(v.owner) > maxDocs {
		panic("facet: too many documents for one view")
	}
	v.live = make(Bits, len(v.owner))
	for i, s := range v.segments {
		part := v.live[v.base[i]:][:(s.Docs+63)/64]
		copy(part, All(s.Docs))
		if live != nil {
			part.And(live[i])
		}
	}
	v.ordered = sync.OnceValue(v.newOrder)
	v.ties = sync.OnceValue(v.newTies)
	v.scratch.New = func() any { return new(tallies) }
	v.lists.New = func() any { return new(hitList) }
	return v
}

// Len returns the number of live documents.
func (v *View) Len() int { return v.live.Count() }

// All returns the live documents.
func (v *View) All() Hits { return v.split(v.live.Clone()) }

// Prepare builds what counting the fields and sorting need, on all processors, so
// that the first search need not wait.
func (v *View) Prepare(fields ...string) {
	v.ordered()
	v.ties()
	parallel.Each(len(fields), func(i int) { v.column(fields[i]) })
}

// Bytes returns about how much memory the view takes beside its segments.
func (v *View) Bytes() int {
	o := v.ordered()
	n := 8*len(v.live) + 4*(len(o.at)+len(o.pos)) + 8*len(o.tops)
	for _, c := range v.built() {
		n += c.bytes()
	}
	return n
}

// built returns the columns that were asked for.
func (v *View) built() []*column {
	v.mu.Lock()
	var get []func() *column
	for _, f := range v.columns {
		get = append(get, f)
	}
	v.mu.Unlock()
	var out []*column
	for _, f := range get {
		out = append(out, f())
	}
	return out
}

// Values returns the distinct values that a live document has, in ascending order.
func (v *View) Values(field string) []string { return slices.Clone(v.column(field).values) }

// Has reports whether a live document has the value.
func (v *View) Has(field, value string) bool {
	_, ok := slices.BinarySearch(v.column(field).values, value)
	return ok
}

// Strings returns the values of a document in ascending order, nil when it has none.
func (v *View) Strings(field string, r Ref) []string {
	c := v.segments[r.Segment].Columns[field]
	if c == nil {
		return nil
	}
	return c.strings(r.Doc)
}

// Number returns the smallest number of a document, and false when it has none.
func (v *View) Number(field string, r Ref) (float64, bool) {
	c := v.segments[r.Segment].Columns[field]
	if c == nil {
		return 0, false
	}
	id := c.ids.first(r.Doc)
	if id == 0 {
		return 0, false
	}
	return DecodeNumber(c.value(int(id) - 1))
}

// column returns the column of a field, building it when it is new.
func (v *View) column(field string) *column {
	return v.lazy(columnKey{field: field}, func() *column { return v.newColumn(field) })
}

// lazy returns the column that build makes, which runs once.
func (v *View) lazy(key columnKey, build func() *column) *column {
	v.mu.Lock()
	get, ok := v.columns[key]
	if !ok {
		get = sync.OnceValue(build)
		v.columns[key] = get
	}
	v.mu.Unlock()
	return get()
}

// newOrder numbers the live documents by incident.
func (v *View) newOrder() *order {
	merged, number := v.merge(Incident)
	return newOrder(v.live, len(merged), func(slot int) (uint32, bool) {
		r := v.ref(slot)
		if number[r.Segment] == nil {
			return 0, false
		}
		id := v.segments[r.Segment].Columns[Incident].ids.first(r.Doc)
		if id == 0 {
			return 0, false
		}
		return number[r.Segment][id-1], true
	})
}

// ref returns the document in a slot.
func (v *View) ref(slot int) Ref {
	s := int(v.owner[slot>>6])
	return Ref{s, slot - v.base[s]<<6}
}

// slot returns the slot of a document.
func (v *View) slot(r Ref) int { return v.base[r.Segment]<<6 + r.Doc }

// split cuts a set of slots into its segments.
func (v *View) split(slots Bits) Hits {
	out := make(Hits, len(v.segments))
	for i := range out {
		end := len(slots)
		if i+1 < len(v.base) {
			end = v.base[i+1]
		}
		out[i] = slots[v.base[i]:end:end]
	}
	return out
}

// positions turns hits into a set of positions, without dead documents.
func (v *View) positions(hits Hits) Bits {
	o := v.ordered()
	out := NewBits(o.n)
	for i, b := range hits {
		base := v.base[i]
		for j, w := range b {
			// Only live documents have a position.
			for w &= v.live[base+j]; w != 0; w &= w - 1 {
				out.Set(int(o.pos[(base+j)<<6+bits.TrailingZeros64(w)]))
			}
		}
	}
	return out
}

// isAll reports whether hits holds every live document.
func (v *View) isAll(hits Hits) bool {
	for i, b := range hits {
		live := v.live[v.base[i]:]
		for j, w := range b {
			if live[j]&^w != 0 {
				return false
			}
		}
	}
	return len(hits) == len(v.segments)
}

// hits turns a set of positions into hits.
func (v *View) hits(positions Bits) Hits {
	o := v.ordered()
	slots := make(Bits, len(v.live))
	for i, w := range positions {
		for ; w != 0; w &= w - 1 {
			slots.Set(int(o.at[i<<6+bits.TrailingZeros64(w)]))
		}
	}
	return v.split(slots)
}

// alive returns the hits that are live, as a copy.
func (v *View) alive(hits Hits) Hits {
	out := v.All()
	for i := range out {
		if i < len(hits) {
			out[i].And(hits[i])
		} else {
			clear(out[i])
		}
	}
	return out
}

// merge returns the distinct values of a field over all segments in ascending
// order, and for each segment with the field the numbers of its own values
// among them.
func (v *View) merge(field string) (values []string, number [][]uint32) {
	number = make([][]uint32, len(v.segments))
	var queue []source
	for i, s := range v.segments {
		if c := s.Columns[field]; c != nil && c.Len() > 0 {
			number[i] = make([]uint32, c.Len())
			queue = append(queue, source{c.value(0), i, 0})
		}
	}
	for i := len(queue)/2 - 1; i >= 0; i-- {
		sift(queue, i)
	}
	for len(queue) > 0 {
		s := &queue[0]
		if len(values) == 0 || values[len(values)-1] != s.value {
			values = append(values, s.value)
		}
		number[s.segment][s.next] = uint32(len(values) - 1)
		s.next++
		if c := v.segments[s.segment].Columns[field]; s.next < c.Len() {
			s.value = c.value(s.next)
		} else {
			queue[0] = queue[len(queue)-1]
			queue = queue[:len(queue)-1]
		}
		sift(queue, 0)
	}
	return values, number
}

// source is a segment's place in a merge.
type source struct {
	value   string
	segment int
	next    int
}

// sift moves the source at i down until the queue is a heap by value again.
func sift(queue []source, i int) {
	for {
		child := 2*i + 1
		if child >= len(queue) {
			return
		}
		if r := child + 1; r < len(queue) && strings.Compare(queue[r].value, queue[child].value) < 0 {
			child = r
		}
		if queue[i].value <= queue[child].value {
			return
		}
		queue[i], queue[child] = queue[child], queue[i]
		i = child
	}
}
