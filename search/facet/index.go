package facet

import (
	"cmp"
	"slices"
	"sync"
)

// frequent decides how the documents of a value are kept: as a bitset when the
// value is in one document of so many or more, else as a list. A bitset costs a
// word for each 64 documents, in time and memory, and a list half a word for each
// of its own.
const frequent = 64

// column is the values of one field over a whole view, by position.
type column struct {
	values []string // in ascending order, each in a live document
	ids    idColumn
	// list holds the entries of value i in ascending order of position from start[i]
	// to start[i+1], none for a value that has a bitset.
	start   []uint32
	list    []entry
	sets    []valueSet   // in ascending order of value
	present Bits         // the positions with a value
	full    []smallCount // the counts over all positions, by value
	missing smallCount   // the counts of all positions without a value
	folded  func() []string
	most    func() []uint32 // the values, those with most articles first
}

// entry is a position in a value's list. Its two upper bits say how it counts.
type entry uint32

const (
	// repeated marks a position whose incident is that of the entry before.
	repeated entry = 1 << 31
	// alone marks a position without an incident.
	alone entry = 1 << 30
)

func (e entry) position() int { return int(e &^ (repeated | alone)) }

// valueSet is the positions of one value.
type valueSet struct {
	value int
	set   Bits
}

// newColumn builds the column of a field.
func (v *View) newColumn(field string) *column {
	values, number := v.merge(field)
	// The ids of all documents in order of position.
	o := v.ordered()
	start := make([]uint32, o.n+1)
	var all []uint32
	for p, slot := range o.at {
		r := v.ref(int(slot))
		if n := number[r.Segment]; n != nil {
			from := len(all)
			all = v.segments[r.Segment].Columns[field].ids.append(all, r.Doc)
			for i := from; i < len(all); i++ {
				all[i] = n[all[i]-1] + 1
			}
		}
		start[p+1] = uint32(len(all))
	}
	c := buildColumn(o, values, start, all)
	fold := v.fold(field)
	c.folded = sync.OnceValue(func() []string {
		out := make([]string, len(c.values))
		for i, s := range c.values {
			out[i] = fold(s)
		}
		return out
	})
	return c
}

// buildColumn builds a column from the ids in order of position, those of
// position p being of[start[p]:start[p+1]]. It drops values without documents
// and changes the ids.
func buildColumn(o *order, values []string, start, of []uint32) *column {
	c := &column{present: NewBits(o.n)}
	counts := make([]smallCount, len(values)+1)
	last := make([]uint32, len(values)+1) // the incident of each value's last document
	for p := range o.n {
		g := o.group[p]
		for _, id := range of[start[p]:start[p+1]] {
			counts[id].articles++
			if g != last[id] && g != 0 {
				last[id] = g
				counts[id].incidents++
			}
		}
		if start[p] < start[p+1] {
			c.present.Set(p)
		}
	}
	c.missing = o.countAndNot(All(o.n), c.present)
	number := make([]uint32, len(values)+1) // old id to new id
	set := []int32{}                        // value to its place in c.sets, -1 for a list
	c.start = append(c.start, 0)
	for i, value := range values {
		t := counts[i+1]
		if t.articles == 0 {
			continue
		}
		c.values = append(c.values, value)
		c.full = append(c.full, t)
		number[i+1] = uint32(len(c.values))
		length := t.articles
		if int(t.articles)*frequent >= o.n {
			set = append(set, int32(len(c.sets)))
			c.sets = append(c.sets, valueSet{len(c.values) - 1, NewBits(o.n)})
			length = 0
		} else {
			set = append(set, -1)
		}
		c.start = append(c.start, c.start[len(c.start)-1]+length)
	}
	c.values = slices.Clip(c.values)
	c.list = make([]entry, c.start[len(c.start)-1])
	next := slices.Clone(c.start)
	clear(last)
	for p := range o.n {
		g := o.group[p]
		for i, id := range of[start[p]:start[p+1]] {
			id = number[id]
			of[int(start[p])+i] = id
			if s := set[id-1]; s >= 0 {
				c.sets[s].set.Set(p)
			} else {
				e := entry(p)
				switch g {
				case 0:
					e |= alone
				case last[id]:
					e |= repeated
				}
				last[id] = g
				c.list[next[id-1]] = e
				next[id-1]++
			}
		}
	}
	c.ids = newIDs(start, of, len(c.values))
	c.most = sync.OnceValue(func() []uint32 {
		out := make([]uint32, len(c.full))
		for i := range out {
			out[i] = uint32(i)
		}
		slices.SortStableFunc(out, func(a, b uint32) int { return cmp.Compare(c.full[b].articles, c.full[a].articles) })
		return out
	})
	return c
}

func (c *column) bytes() int {
	n := 16*len(c.values) + c.ids.bytes() + 4*len(c.start) + 4*len(c.list) + 8*len(c.present) + 8*len(c.full)
	for _, s := range c.sets {
		n += 8*len(s.set) + 32
	}
	return n
}

// mark adds the positions of the values from lo up to and without hi to a set.
func (c *column) mark(to Bits, lo, hi int) {
	if lo >= hi {
		return
	}
	for _, e := range c.list[c.start[lo]:c.start[hi]] {
		to.Set(e.position())
	}
	for _, s := range c.sets {
		if lo <= s.value && s.value < hi {
			to.Or(s.set)
		}
	}
}
