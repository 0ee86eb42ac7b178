package facet

import (
	"math"
	"slices"
	"strings"
)

// ID is the field that breaks ties: documents that are equal otherwise are in
// ascending order of it. It should be in every document and in no two the same.
// Without a column of it ties are broken by segment and local number, which is
// stable within a view only.
const ID = "id"

// Key is what documents are sorted by: the smallest value of a field ascending,
// or with Desc the greatest value descending. Documents without a value come
// last in both.
type Key struct {
	Field string
	Desc  bool
}

// Cursor is the place of a document in a sorted list. A page that starts after a
// cursor starts with the first document behind that place, whether or not the
// document itself is still there.
type Cursor struct {
	// Value is the document's key; it is "" with Missing.
	Value   string
	Missing bool
	// ID is the document's id, "" in a view without ids.
	ID string
	// Ref is the document, for views without ids.
	Ref Ref
}

// Top returns the first k of the hits in the order of key, and the cursor behind
// them, nil when there are no more hits. after is the cursor of the page before,
// nil for the first page. Documents that are not live are left out.
func (v *View) Top(hits Hits, key Key, k int, after *Cursor) ([]Ref, *Cursor) {
	if k <= 0 {
		return nil, nil
	}
	o, c, t := v.ordered(), v.column(key.Field), v.ties()
	// A document's place is one number: the rank of its key, then that of its tie.
	from := uint64(0)
	if after != nil {
		from = v.place(c, t, key, after)
	}
	var best smallest
	best.start(k + 1)
	if n := hits.Count(); n > 0 && k < n && (k+1)*o.n/n < n {
		c.topByValue(v, t, hits, key, from, &best)
	} else {
		for i, b := range hits {
			first := v.base[i] << 6
			for d := range b.Ones() {
				if p := o.pos[first+d]; p != dead {
					best.addFrom(from, c.rank(key, int(p))<<32|uint64(t.rank(first+d)))
				}
			}
		}
	}
	places := best.sorted()
	more := len(places) > k
	if more {
		places = places[:k]
	}
	refs := make([]Ref, len(places))
	for i, place := range places {
		refs[i] = v.ref(t.slot(uint32(place)))
	}
	if !more {
		return refs, nil
	}
	last := refs[len(refs)-1]
	cursor := &Cursor{Ref: last, ID: t.id(v, last)}
	if values := v.Strings(key.Field, last); len(values) == 0 {
		cursor.Missing = true
	} else if key.Desc {
		cursor.Value = values[len(values)-1]
	} else {
		cursor.Value = values[0]
	}
	return refs, cursor
}

// rank returns the rank of a position's key, noRank when it has no value.
func (c *column) rank(key Key, p int) uint64 {
	if key.Desc {
		if id := c.ids.last(p); id != 0 {
			return uint64(len(c.values)) - uint64(id)
		}
	} else if id := c.ids.first(p); id != 0 {
		return uint64(id) - 1
	}
	return noRank
}

// noRank is the rank of documents without a value.
const noRank = math.MaxUint32

// topByValue goes through the values in the order of key, and in each through its
// documents, until there are enough hits. When many documents are hits it sees
// few more than are asked for, however deep the page.
func (c *column) topByValue(v *View, t *ties, hits Hits, key Key, from uint64, best *smallest) {
	o := v.ordered()
	found := 0
	consider := func(p int, rank uint64) {
		slot := int(o.at[p])
		if r := v.ref(slot); !hits[r.Segment].Has(r.Doc) || c.rank(key, p) != rank {
			return
		}
		if best.addFrom(from, rank<<32|uint64(t.rank(slot))) {
			found++
		}
	}
	for rank := from >> 32; rank < uint64(len(c.values)); rank++ {
		value := int(rank)
		if key.Desc {
			value = len(c.values) - 1 - value
		}
		for _, e := range c.list[c.start[value]:c.start[value+1]] {
			consider(e.position(), rank)
		}
		if i, ok := slices.BinarySearchFunc(c.sets, value, func(s valueSet, value int) int { return s.value - value }); ok {
			for p := range c.sets[i].set.Ones() {
				consider(p, rank)
			}
		}
		if found >= best.k {
			return
		}
	}
	missing := All(o.n)
	missing.AndNot(c.present)
	for p := range missing.Ones() {
		consider(p, noRank)
	}
}

// place returns the first place behind a cursor.
func (v *View) place(c *column, t *ties, key Key, after *Cursor) uint64 {
	tie := t.after(v, after)
	if after.Missing {
		return noRank<<32 + tie
	}
	i, found := slices.BinarySearch(c.values, after.Value)
	switch {
	case key.Desc && found:
		i = len(c.values) - 1 - i
	case key.Desc:
		i = len(c.values) - i
	}
	if !found { // behind the value's place is the next value's first document
		tie = 0
	}
	return uint64(i)<<32 + tie
}

// ties is the order of documents that are equal otherwise. Without ids both
// slices are nil and a slot is its own rank.
type ties struct {
	ranks []uint32 // slot to rank
	slots []uint32 // rank to slot
}

// newTies orders the documents by id.
func (v *View) newTies() *ties {
	if !slices.ContainsFunc(v.segments, func(s *Segment) bool { return s.Columns[ID] != nil }) {
		return &ties{}
	}
	values, number := v.merge(ID)
	// By counting: documents without an id follow those with one.
	next := make([]uint32, len(values)+2)
	id := func(slot int) uint32 {
		r := v.ref(slot)
		if number[r.Segment] != nil {
			if id := v.segments[r.Segment].Columns[ID].ids.first(r.Doc); id != 0 {
				return number[r.Segment][id-1]
			}
		}
		return uint32(len(values))
	}
	for slot := range v.live.Ones() {
		next[id(slot)+1]++
	}
	for i := range len(next) - 1 {
		next[i+1] += next[i]
	}
	t := &ties{ranks: make([]uint32, 64*len(v.live)), slots: make([]uint32, next[len(next)-1])}
	for slot := range v.live.Ones() {
		i := id(slot)
		t.ranks[slot] = next[i]
		t.slots[next[i]] = uint32(slot)
		next[i]++
	}
	return t
}

func (t *ties) rank(slot int) uint32 {
	if t.ranks == nil {
		return uint32(slot)
	}
	return t.ranks[slot]
}

func (t *ties) slot(rank uint32) int {
	if t.slots == nil {
		return int(rank)
	}
	return int(t.slots[rank])
}

// id returns a document's id, "" when it has none.
func (t *ties) id(v *View, r Ref) string {
	if t.ranks == nil {
		return ""
	}
	if ids := v.Strings(ID, r); len(ids) > 0 {
		return ids[0]
	}
	return ""
}

// after returns the first rank behind the document of a cursor.
func (t *ties) after(v *View, c *Cursor) uint64 {
	if c.ID == "" || t.ranks == nil {
		if c.Ref.Segment < 0 || c.Ref.Segment >= len(v.segments) || c.Ref.Doc < 0 || c.Ref.Doc >= v.segments[c.Ref.Segment].Docs {
			return 0
		}
		return uint64(t.rank(v.slot(c.Ref))) + 1
	}
	lo, _ := slices.BinarySearchFunc(t.slots, c.ID, func(slot uint32, id string) int {
		// Up to and with the cursor's id: a document without an id is behind all others.
		of := t.id(v, v.ref(int(slot)))
		if of == "" {
			return 1
		}
		if strings.Compare(of, id) <= 0 {
			return -1
		}
		return 1
	})
	return uint64(lo)
}
