package facet

import (
	"math"
	"math/bits"
	"slices"
)

// sums are the counts of a column's values by id, the id 0 being that of documents
// without a value.
type sums struct {
	articles []uint32
	// repeats are the articles that count no incident: those without one, and those
	// of an incident that counts already. While a column is walked, articles and
	// repeats are by key.
	repeats []uint32
	known   smallCount // the documents with a value
}

func (s *sums) of(id uint32) smallCount {
	return smallCount{s.articles[id], s.articles[id] - s.repeats[id]}
}

// tallies are the counts of a column's values over a set of positions.
type tallies struct {
	sums
	touched []uint32 // the ids of values whose count is not 0, when there are few
	few     bool     // touched was made
	full    bool     // the sums are those of all positions, and the column's

	own  sums     // room for sums, all 0 between uses
	last []uint32 // by key: the last epoch in which it was seen
	// epoch numbers what keys are seen in: an incident, or the list of touched ids.
	epoch uint32
	best  smallest // room to choose values in
}

// reset prepares the tallies for the next use.
func (t *tallies) reset() {
	switch {
	case t.full || len(t.articles) == 0:
	case t.few:
		t.articles[0], t.repeats[0] = 0, 0
		for _, id := range t.touched {
			t.articles[id], t.repeats[id] = 0, 0
		}
	default:
		clear(t.articles)
		clear(t.repeats)
	}
	t.sums, t.touched, t.few, t.full = sums{}, t.touched[:0], false, false
}

// take makes room for n keys.
func (t *tallies) take(n int) {
	if cap(t.own.articles) < n {
		t.own.articles, t.own.repeats, t.last = make([]uint32, n), make([]uint32, n), make([]uint32, n)
		t.epoch = 0
	}
	t.articles, t.repeats, t.last = t.own.articles[:n], t.own.repeats[:n], t.last[:n]
}

// begin makes sure that there are so many epochs.
func (t *tallies) begin(epochs int) {
	if uint64(t.epoch)+uint64(epochs) > math.MaxUint32 {
		clear(t.last[:cap(t.last)])
		t.epoch = 0
	}
}

// count counts every value over a set of positions.
func (c *column) count(o *order, x *counted, t *tallies) {
	if x.count.Articles == o.n {
		t.sums, t.full = c.full, true
		return
	}
	keys, n := c.ids.keys(), x.count.Articles
	t.take(keys)
	repeats := n - x.count.Incidents
	walk := walkDoc*n + c.repeat*repeats + walkKey*min(len(c.values), n) + walkSet*min(keys-len(c.values), n)
	list := listDoc*n + listRepeat*repeats
	if x.shared {
		list /= listShare
	}
	walk += list
	scan := scanWord*len(x.positions)*(len(c.sets)+2) + scanList*(len(c.values)-len(c.sets)) + scanEntry*len(c.list)
	if walk < scan {
		c.ids.walk(x.list(), t)
		return
	}
	c.scan(o, x.positions, t)
}

// What counting costs, in tenths of a nanosecond on a server of 2024: only the
// proportions matter.
const (
	listDoc    = 8  // for each hit that is listed
	listRepeat = 70 // for each of them that counts no incident
	listShare  = 4  // about how many fields share a list
	walkDoc    = 6  // for each hit
	walkRepeat = 25 // for each hit that counts no incident
	walkDiffer = 20 // for each of these with other values than the hit before
	walkMore   = 60 // for each of its values but one
	walkKey    = 8  // for each value, or for each hit when there are fewer
	walkSet    = 60 // the same for sets of values
	scanWord   = 18 // for each word of a bitset
	scanList   = 80 // for each list
	scanEntry  = 22 // for each entry of a list
)

// scan goes through the values' bitsets and lists.
func (c *column) scan(o *order, hits Bits, t *tallies) {
	set := func(id int, n smallCount) {
		t.articles[id], t.repeats[id] = n.articles, n.articles-n.incidents
	}
	set(0, o.countAndNot(hits, c.present))
	t.known = o.countAnd(hits, c.present)
	sets := c.sets
	for i := range c.values {
		if len(sets) > 0 && sets[0].value == i {
			set(i+1, o.countAnd(sets[0].set, hits))
			sets = sets[1:]
		} else {
			set(i+1, countList(c.list[c.start[i]:c.start[i+1]], hits))
		}
	}
}

// hitList is a set of positions as a list.
type hitList struct {
	positions []uint32 // in ascending order
	alone     []uint32 // the last of them: those without an incident
	// pairs are those of incidents with two, and more those of incidents with more, the
	// first of each with the bit begins.
	pairs [][2]uint32
	more  []uint32
}

// begins marks the first position of an incident.
const begins = 1 << 31

// fill lists a counted set of positions.
func (h *hitList) fill(o *order, positions Bits, count Count) {
	if cap(h.positions) < count.Articles {
		h.positions = make([]uint32, count.Articles)
	}
	h.positions = h.positions[:count.Articles]
	h.pairs = slices.Grow(h.pairs[:0], count.Articles-count.Incidents)
	h.more = h.more[:0]
	list, n := h.positions, 0
	carry := uint64(0)
	last, many := 0, false // the last position that repeats an incident, and whether that has more than two
	for i, w := range positions {
		first := n
		for rest := w; rest != 0; rest &= rest - 1 {
			list[n] = uint32(i<<6 + bits.TrailingZeros64(rest))
			n++
		}
		var again uint64
		again, carry = o.again(i, w, carry)
		for ; again != 0; again &= again - 1 {
			at := first + bits.OnesCount64(w&(again&-again-1))
			switch end := len(h.pairs) - 1; {
			case last != at-1 || last == 0:
				h.pairs = append(h.pairs, [2]uint32{list[at-1], list[at]})
				many = false
			case many:
				h.more = append(h.more, list[at])
			default:
				h.more = append(h.more, h.pairs[end][0]|begins, h.pairs[end][1], list[at])
				h.pairs = h.pairs[:end]
				many = true
			}
			last = at
		}
	}
	for n > 0 && int(list[n-1]) >= o.alone {
		n--
	}
	h.alone = list[n:]
}

// walk goes through the hits, which costs more for each than a scan, but nothing for
// the other documents.
func (c *ids[T]) walk(hits *hitList, t *tallies) {
	of, articles := c.of, t.articles
	rest := hits.positions
	t.few = len(articles) >= fewHits*len(rest)
	if t.few && len(c.sets) == 0 {
		for _, p := range rest {
			id := of[p]
			if articles[id] == 0 && id != 0 {
				t.touched = append(t.touched, uint32(id))
			}
			articles[id]++
		}
		rest = nil
	}
	for ; len(rest) >= 4; rest = rest[4:] { // the processor adds faster what is read before
		p := (*[4]uint32)(rest)
		a, b, c, d := of[p[0]], of[p[1]], of[p[2]], of[p[3]]
		articles[a]++
		articles[b]++
		articles[c]++
		articles[d]++
	}
	for _, p := range rest {
		articles[of[p]]++
	}
	t.known = smallCount{articles: uint32(len(hits.positions)) - articles[0]}
	t.known.incidents = t.known.articles - c.repeated(hits, t)
	if t.few && len(c.sets) > 0 {
		c.touch(hits, t)
	}
	if t.few {
		return
	}
	for key := int(c.top) + 1; key < len(articles); key++ {
		if articles[key] != 0 {
			c.spread(T(key), t)
		}
	}
}

// repeated counts the hits that count no incident, and returns how many of these have
// a value.
func (c *ids[T]) repeated(hits *hitList, t *tallies) (known uint32) {
	of, repeats, last := c.of, t.repeats, t.last
	t.begin(len(hits.pairs) + len(hits.more))
	epoch := t.epoch
	see := func(id T) {
		if last[id] == epoch {
			repeats[id]++
		}
		last[id] = epoch
	}
	seeAll := func(key T) {
		if uint32(key) <= c.top {
			see(key)
			return
		}
		for _, id := range c.set(key) {
			see(id)
		}
	}
	for _, pair := range hits.pairs {
		a, b := of[pair[0]], of[pair[1]]
		if a != b && uint32(max(a, b)) > c.top {
			epoch++
			seeAll(a)
			seeAll(b)
		}
		var same, both uint32 // without a branch: which it is cannot be foreseen
		if a == b {
			same = 1
		}
		if min(a, b) != 0 {
			both = 1
		}
		repeats[a] += same
		known += both
	}
	var before T       // the key of the hit before
	seen := false      // whether the ids of the incident were seen in this epoch
	withValue := false // whether a hit of the incident has a value
	for _, e := range hits.more {
		key := of[e&^begins]
		switch {
		case e&begins != 0:
			epoch++
			seen, withValue = false, key != 0
		case key == before:
			repeats[key]++
			if key != 0 {
				known++
			}
		default:
			if !seen {
				seeAll(before)
				seen = true
			}
			seeAll(key)
			if key != 0 {
				if withValue {
					known++
				}
				withValue = true
			}
		}
		before = key
	}
	t.epoch = epoch
	for _, p := range hits.alone {
		key := of[p]
		repeats[key]++
		if key != 0 {
			known++
		}
	}
	return known
}

// fewHits is how many times more keys than hits there must be, so that the values
// with a count are better found among the hits.
const fewHits = 4

// touch adds the counts of sets to those of their values, and lists the values with a
// count.
func (c *ids[T]) touch(hits *hitList, t *tallies) {
	t.begin(1)
	t.epoch++
	touch := func(id T) {
		if t.last[id] != t.epoch {
			t.last[id] = t.epoch
			t.touched = append(t.touched, uint32(id))
		}
	}
	for _, p := range hits.positions {
		key := c.of[p]
		switch {
		case key == 0:
		case uint32(key) <= c.top:
			touch(key)
		case t.articles[key] != 0:
			for _, id := range c.set(key) {
				touch(id)
			}
			c.spread(key, t)
		}
	}
}

// spread moves the counts of a set to its values.
func (c *ids[T]) spread(key T, t *tallies) {
	for _, id := range c.set(key) {
		t.articles[id] += t.articles[key]
		t.repeats[id] += t.repeats[key]
	}
	t.articles[key], t.repeats[key] = 0, 0
}
