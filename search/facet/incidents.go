package facet

import (
	"math/bits"
	"slices"
)

// Incident is the field that names the incident that a document is about.
// Documents without a value count no incident; of several values the first counts.
const Incident = "incident"

// Count is a number of articles and of the distinct incidents that they report.
type Count struct {
	Articles  int `json:"articles"`
	Incidents int `json:"incidents"`
}

// order numbers the live documents of a view anew, so that those of an incident
// follow each other and those without an incident come last. Inside this package
// such a number is a position, and a set of positions is a Bits of size n.
//
// Distinct incidents are then counted word by word: read a set of positions as
// one long binary number, in which every incident owns a run of bits, and tops
// marks the highest bit of each run. Adding to a run, without its top, the number
// that is all ones carries into the top exactly when a bit of the run is set, and
// never beyond it. So ((x &^ tops) + ^tops) | x has the top of a run set exactly
// when the set x reports that incident. Documents without an incident have no
// top, and what is carried there falls off the end.
type order struct {
	n     int
	slots int      // size of the space of slots, a multiple of 64
	at    []uint32 // position to slot
	pos   []uint32 // slot to position, dead for a document that is not live
	group []uint32 // position to incident, counted from 1; 0 for none
	tops  Bits     // the last position of each incident
}

// dead marks a document without a position.
const dead = ^uint32(0)

// newOrder orders the live documents, given as a set of slots. incident returns
// the number of a slot's incident, below incidents, and false for none.
func newOrder(live Bits, incidents int, incident func(slot int) (uint32, bool)) *order {
	o := &order{slots: 64 * len(live), n: live.Count()}
	// Incidents are numbered as they appear: then positions follow the order of
	// slots where they can, which keeps memory accesses close to each other.
	number := make([]uint32, incidents)
	of := make([]uint32, 0, o.n)
	size := make([]uint32, 1, incidents+1)
	for slot := range live.Ones() {
		g := uint32(0)
		if i, ok := incident(slot); ok {
			if number[i] == 0 {
				number[i] = uint32(len(size))
				size = append(size, 0)
			}
			g = number[i]
		}
		of = append(of, g)
		size[g]++
	}
	next := make([]uint32, len(size)) // the next position of each incident
	p := uint32(0)
	o.tops = NewBits(o.n)
	for g := 1; g < len(size); g++ {
		next[g] = p
		p += size[g]
		o.tops.Set(int(p) - 1)
	}
	next[0] = p
	o.at = make([]uint32, o.n)
	o.group = make([]uint32, o.n)
	o.pos = make([]uint32, o.slots)
	for i := range o.pos {
		o.pos[i] = dead
	}
	i := 0
	for slot := range live.Ones() {
		g := of[i]
		i++
		p := next[g]
		next[g]++
		o.at[p], o.group[p], o.pos[slot] = uint32(slot), g, p
	}
	return o
}

// count counts a set of positions.
func (o *order) count(x Bits) Count { return o.countAnd(x, x).count() }

// countAnd counts the positions in both sets.
func (o *order) countAnd(x, y Bits) smallCount {
	articles, incidents := 0, 0
	carry := uint64(0)
	tops := o.tops[:len(x)]
	y = y[:len(x)]
	for i, w := range x {
		w &= y[i]
		top := tops[i]
		var sum uint64
		sum, carry = bits.Add64(w&^top, ^top, carry)
		articles += bits.OnesCount64(w)
		incidents += bits.OnesCount64((sum | w) & top)
	}
	return smallCount{uint32(articles), uint32(incidents)}
}

// countAndNot counts the positions in x that are not in y.
func (o *order) countAndNot(x, y Bits) smallCount {
	articles, incidents := 0, 0
	carry := uint64(0)
	tops := o.tops[:len(x)]
	y = y[:len(x)]
	for i, w := range x {
		w &^= y[i]
		top := tops[i]
		var sum uint64
		sum, carry = bits.Add64(w&^top, ^top, carry)
		articles += bits.OnesCount64(w)
		incidents += bits.OnesCount64((sum | w) & top)
	}
	return smallCount{uint32(articles), uint32(incidents)}
}

// countList counts the entries of a list that are among the hits, without a
// branch: how many of its hits come first in their incident.
func countList(list []entry, hits Bits) smallCount {
	articles, incidents := uint32(0), uint32(0)
	seen := uint32(0) // 1 when the current incident was counted
	for _, e := range list {
		p := e &^ (repeated | alone)
		hit := uint32(hits[p>>6]>>(p&63)) & 1
		seen &= uint32(int32(e) >> 31)
		articles += hit
		incidents += hit &^ seen &^ uint32(e>>30)
		seen |= hit
	}
	return smallCount{articles, incidents}
}

// smallCount is a Count in half the room.
type smallCount struct{ articles, incidents uint32 }

func (c smallCount) count() Count { return Count{int(c.articles), int(c.incidents)} }

// tallies are the counts of a column's values.
type tallies struct {
	counts  []smallCount // by value
	touched []uint32     // the values whose count is not 0, none with full
	full    bool         // counts are those of all positions
	missing smallCount   // the documents without a value
	known   smallCount   // the others

	own  []smallCount // room for counts, all 0 between uses
	last []uint32     // of a walk, by value: the incident that was counted last
}

// reset prepares the tallies for the next use.
func (t *tallies) reset() {
	if len(t.own) > 0 {
		for _, i := range t.touched {
			t.own[i] = smallCount{}
		}
	}
	*t = tallies{touched: t.touched[:0], own: t.own[:0], last: t.last[:0]}
}

// count counts every value over a set of positions.
func (c *column) count(o *order, x *counted, t *tallies) {
	if x.count.Articles == o.n {
		t.counts, t.missing, t.full = c.full, c.missing, true
		t.known = o.countAnd(x.positions, c.present)
		return
	}
	n := len(c.values)
	if cap(t.own) < n {
		t.own = make([]smallCount, n)
	}
	t.own = t.own[:n]
	t.counts = t.own
	walk := x.count.Articles * (walkDoc + walkID*c.ids.len()/o.n)
	scan := scanWord*len(x.positions)*len(c.sets) + scanEntry*len(c.list) + scanValue*n
	if x.few != nil && walk < scan {
		t.last = slices.Grow(t.last, n)[:n]
		c.ids.walk(x.few(), t)
		return
	}
	c.scan(o, x.positions, t)
}

// What counting costs, in tenths of a nanosecond on a server of 2024: only the
// proportions matter.
const (
	walkDoc   = 20 // for each hit
	walkID    = 35 // for each value of a hit
	scanWord  = 18 // for each word of a bitset
	scanEntry = 22 // for each entry of a list
	scanValue = 10 // for each value
)

// scan goes through the values' bitsets and lists.
func (c *column) scan(o *order, hits Bits, t *tallies) {
	t.missing, t.known = o.countAndNot(hits, c.present), o.countAnd(hits, c.present)
	sets := c.sets
	for i := range c.values {
		var n smallCount
		if len(sets) > 0 && sets[0].value == i {
			n = o.countAnd(sets[0].set, hits)
			sets = sets[1:]
		} else {
			n = countList(c.list[c.start[i]:c.start[i+1]], hits)
		}
		if n.articles > 0 {
			t.counts[i] = n
			t.touched = append(t.touched, uint32(i))
		}
	}
}

// walk goes through the hits, which costs more for each, but nothing for the
// other documents.
func (c *ids[T]) walk(hits []hit, t *tallies) {
	var missing, known uint32 // the incident of the last document without a value, and with one
	var at [walkBlock]struct{ from, to, first uint32 }
	for block := range slices.Chunk(hits, walkBlock) {
		// Find the ids of a block before counting any: without a branch in between,
		// the processor fetches many of them from memory at once.
		for i, h := range block {
			at[i].from, at[i].to = h.position, h.position+1
		}
		if c.start != nil {
			for i, h := range block {
				at[i].from, at[i].to = c.start[h.position], c.start[h.position+1]
			}
		}
		for i := range block {
			at[i].first = uint32(c.of[min(int(at[i].from), len(c.of)-1)])
		}
		for i, h := range block {
			from, to := at[i].from, at[i].to
			if from == to || at[i].first == 0 {
				t.missing.articles++
				if h.group != missing && h.group != 0 {
					missing = h.group
					t.missing.incidents++
				}
				continue
			}
			t.known.articles++
			if h.group != known && h.group != 0 {
				known = h.group
				t.known.incidents++
			}
			for _, id := range c.of[from:to] {
				n, last := &t.counts[id-1], &t.last[id-1]
				if n.articles == 0 {
					t.touched = append(t.touched, uint32(id-1))
					*last = 0
				}
				n.articles++
				if h.group != *last && h.group != 0 {
					*last = h.group
					n.incidents++
				}
			}
		}
	}
}

// walkBlock is the number of hits that are fetched together.
const walkBlock = 256
