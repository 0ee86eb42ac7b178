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
	sets    []valueSet // in ascending order of value
	present Bits       // the positions with a value
	full    sums       // over all positions
	repeat  int        // what walking costs for each hit that counts no incident
	folded  func() []string
	most    func() []uint32 // the ids of the values, those with most articles first
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
	all := sums{make([]uint32, len(values)+1), make([]uint32, len(values)+1), smallCount{}}
	last := make([]uint32, len(values)+1) // the incident of each value's last document
	for p, g := range o.incidents() {
		for _, id := range of[start[p]:start[p+1]] {
			all.articles[id]++
			if g == 0 || g == last[id] {
				all.repeats[id]++
			}
			last[id] = g
		}
		if start[p] < start[p+1] {
			c.present.Set(p)
		}
	}
	missing := o.countAndNot(All(o.n), c.present)
	c.full = sums{[]uint32{missing.articles}, []uint32{missing.articles - missing.incidents}, o.countAnd(c.present, c.present)}
	number := make([]uint32, len(values)+1) // old id to new id
	set := []int32{}                        // value to its place in c.sets, -1 for a list
	c.start = append(c.start, 0)
	for i, value := range values {
		length := all.articles[i+1]
		if length == 0 {
			continue
		}
		c.values = append(c.values, value)
		c.full.articles = append(c.full.articles, length)
		c.full.repeats = append(c.full.repeats, all.repeats[i+1])
		number[i+1] = uint32(len(c.values))
		if int(length)*frequent >= o.n {
			set = append(set, int32(len(c.sets)))
			c.sets = append(c.sets, valueSet{len(c.values) - 1, NewBits(o.n)})
			length = 0
		} else {
			set = append(set, -1)
		}
		c.start = append(c.start, c.start[len(c.start)-1]+length)
	}
	c.values, c.full.articles, c.full.repeats = slices.Clip(c.values), slices.Clip(c.full.articles), slices.Clip(c.full.repeats)
	c.list = make([]entry, c.start[len(c.start)-1])
	next := slices.Clone(c.start)
	clear(last)
	for p, g := range o.incidents() {
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
	c.repeat = repeatCost(o, start, of)
	c.most = sync.OnceValue(func() []uint32 {
		out := make([]uint32, len(c.values))
		for i := range out {
			out[i] = uint32(i) + 1
		}
		slices.SortStableFunc(out, func(a, b uint32) int { return cmp.Compare(c.full.articles[b], c.full.articles[a]) })
		return out
	})
	return c
}

// repeatCost estimates what walking costs for each hit that counts no incident, in tenths
// of a nanosecond: the more, the more articles of an incident differ in their values, and
// the more values they have.
func repeatCost(o *order, start, of []uint32) int {
	repeats, differ, known := 0, 0, 0
	before := uint32(0)
	for p, g := range o.incidents() {
		mine := of[start[p]:start[p+1]]
		if len(mine) > 0 {
			known++
		}
		if g != 0 && g == before {
			repeats++
			if !slices.Equal(mine, of[start[p-1]:start[p]]) {
				differ++
			}
		}
		before = g
	}
	if differ == 0 {
		return walkRepeat
	}
	more := float64(len(of)-known) / float64(known)
	return walkRepeat + int((walkDiffer+walkMore*more)*float64(differ)/float64(repeats))
}

// value returns the value with an id.
func (c *column) value(id uint32) string { return c.values[id-1] }

func (c *column) bytes() int {
	n := 16*len(c.values) + c.ids.bytes() + 4*len(c.start) + 4*len(c.list) + 8*len(c.present) + 8*len(c.full.articles)
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
