package similar

import (
	"cmp"
	"slices"

	"incidex/data"
	"incidex/search/facet"
)

// MaxMatches is the largest number of matches that a search returns.
const MaxMatches = 100

// Index holds the facts of many incidents. It does not change and is safe for
// concurrent use.
type Index struct {
	ids     []string // ascending
	kinds   [listKinds]column
	records []float64
}

// column is one list fact of all incidents.
type column struct {
	facet.Lists
	// incidents have value i from to[i] to to[i+1], ascending.
	incidents, to []uint32
}

// Fields are the facts that are lists, in the order in which NewIndex wants them.
var Fields = func() (out [listKinds]data.Field) {
	for i, k := range kinds {
		out[i] = k.field
	}
	return out
}()

// NewIndex makes an index of incidents, given by their ids in ascending order, the
// lists of Fields, and their numbers of records, 0 where they are not known.
func NewIndex(ids []string, lists []facet.Lists, records []float64) *Index {
	x := &Index{ids: ids, records: records}
	for k, l := range lists {
		x.kinds[k] = newColumn(l)
	}
	return x
}

func newColumn(l facet.Lists) column {
	c := column{l, make([]uint32, len(l.IDs)), make([]uint32, len(l.Values)+1)}
	for _, v := range l.IDs {
		c.to[v+1]++
	}
	for v := range l.Values {
		c.to[v+1] += c.to[v]
	}
	next := slices.Clone(c.to)
	for i := range len(l.Start) - 1 {
		for _, v := range l.Of(i) {
			c.incidents[next[v]] = uint32(i)
			next[v]++
		}
	}
	return c
}

// with returns the incidents that have a value.
func (c *column) with(value string) []uint32 {
	v, ok := slices.BinarySearch(c.Values, value)
	if !ok {
		return nil
	}
	return c.incidents[c.to[v]:c.to[v+1]]
}

// Len is the number of incidents.
func (x *Index) Len() int { return len(x.ids) }

// Facts returns the facts of an incident, and false when the index has none.
func (x *Index) Facts(id string) (Facts, bool) {
	i, ok := slices.BinarySearch(x.ids, id)
	if !ok {
		return Facts{}, false
	}
	return x.at(i), true
}

func (x *Index) at(i int) Facts {
	f := Facts{ID: x.ids[i], Records: x.records[i]}
	for k, list := range f.lists() {
		c := &x.kinds[k]
		for _, v := range c.Of(i) {
			*list = append(*list, c.Values[v])
		}
	}
	return f
}

// Nearest returns at most n incidents with a score above 0, the best first and
// equal ones by id, without the incident asked for. Text gives incidents a text
// score, 0 to 1, and may be nil.
func (x *Index) Nearest(f Facts, w Weights, n int, text map[string]float64) []Match {
	scores := make([]float64, len(x.ids))
	shared := make([]uint16, len(x.ids))
	for k, list := range f.lists() {
		weight, values := *kinds[k].weight(&w), distinct(*list)
		if weight == 0 || len(values) == 0 {
			continue
		}
		c := &x.kinds[k]
		for _, v := range values {
			for _, i := range c.with(v) {
				shared[i]++
			}
		}
		for _, v := range values {
			for _, i := range c.with(v) {
				if s := shared[i]; s > 0 {
					scores[i] += weight * overlap(int(s), len(values), int(c.Start[i+1]-c.Start[i]))
					shared[i] = 0
				}
			}
		}
	}
	if f.Records > 0 && w.Size != 0 {
		for i, s := range x.records {
			scores[i] += w.Size * size(f.Records, s)
		}
	}
	for id, s := range text {
		if i, ok := slices.BinarySearch(x.ids, id); ok {
			scores[i] += w.Text * s
		}
	}
	if i, ok := slices.BinarySearch(x.ids, f.ID); ok {
		scores[i] = 0
	}
	matches := []Match{}
	for _, i := range best(scores, min(n, MaxMatches)) {
		matches = append(matches, Compare(f, x.at(int(i)), w, text[x.ids[i]]))
	}
	return matches
}

// best returns the incidents with the n highest scores above 0, in order.
func best(scores []float64, n int) []uint32 {
	if n <= 0 {
		return nil
	}
	better := func(a, b uint32) int {
		return cmp.Or(cmp.Compare(scores[b], scores[a]), cmp.Compare(a, b))
	}
	var top []uint32
	for i, s := range scores {
		if s <= 0 || len(top) == n && s < scores[top[n-1]] {
			continue
		}
		at, _ := slices.BinarySearchFunc(top, uint32(i), better)
		if at == n {
			continue
		}
		if len(top) == n {
			top = top[:n-1]
		}
		top = slices.Insert(top, at, uint32(i))
	}
	return top
}
