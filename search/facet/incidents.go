package facet

import (
	"iter"
	"math/bits"
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
	tops  Bits     // the last position of each incident
	alone int      // the first position without an incident
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
	o.alone = int(p)
	o.at = make([]uint32, o.n)
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
		o.at[p], o.pos[slot] = uint32(slot), p
	}
	return o
}

// incidents yields the positions and the numbers of their incidents, which count from
// 1 and are 0 for none.
func (o *order) incidents() iter.Seq2[int, uint32] {
	return func(yield func(int, uint32) bool) {
		g := uint32(1)
		for p := range o.n {
			if p == o.alone {
				g = 0
			}
			if !yield(p, g) {
				return
			}
			if o.tops.Has(p) {
				g++
			}
		}
	}
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

// again returns those members of word i of a set that are not the first of their
// incident in the set, and the carry into the next word. The sum that the type tells of
// takes 1 from each run, which clears the lowest bit that is set in it, and leaves one
// in its top exactly when a bit below is set. Members without an incident are left out.
func (o *order) again(i int, w, carry uint64) (members, next uint64) {
	top := o.tops[i]
	sum, next := bits.Add64(w&^top, ^top, carry)
	members = sum & w
	if behind := o.alone - i<<6; behind < 64 {
		members &= 1<<max(behind, 0) - 1
	}
	return members, next
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
