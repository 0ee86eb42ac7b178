package similar

import (
	"cmp"
	"slices"
)

// MaxMatches is the largest number of matches that a search returns.
const MaxMatches = 100

// Index holds the facts of many incidents. It does not change and is safe for
// concurrent use.
type Index struct {
	facts []Facts
	byID  map[string]uint32
	kinds [listKinds]column
	size  []float64
}

// column is one list fact of all incidents.
type column struct {
	lists map[string][]uint32 // value: incidents that have it, ascending
	count []uint16            // number of distinct values of each incident
}

// NewIndex makes an index. Of several facts with one id the last counts.
func NewIndex(all []Facts) *Index {
	x := &Index{byID: make(map[string]uint32, len(all))}
	for _, f := range all {
		if i, ok := x.byID[f.ID]; ok {
			x.facts[i] = f
			continue
		}
		x.byID[f.ID] = uint32(len(x.facts))
		x.facts = append(x.facts, f)
	}
	x.size = make([]float64, len(x.facts))
	for k := range x.kinds {
		x.kinds[k] = column{map[string][]uint32{}, make([]uint16, len(x.facts))}
	}
	for i := range x.facts {
		x.size[i] = x.facts[i].Records
		for k, list := range x.facts[i].lists() {
			values := distinct(*list)
			*list = values
			x.kinds[k].count[i] = uint16(len(values))
			for _, v := range values {
				x.kinds[k].lists[v] = append(x.kinds[k].lists[v], uint32(i))
			}
		}
	}
	return x
}

// Len is the number of incidents.
func (x *Index) Len() int { return len(x.facts) }

// Facts returns the facts of an incident, and false when the index has none.
func (x *Index) Facts(id string) (Facts, bool) {
	i, ok := x.byID[id]
	if !ok {
		return Facts{}, false
	}
	return x.facts[i], true
}

// Nearest returns at most n incidents with a score above 0, the best first and
// equal ones by id, without the incident asked for. Text gives incidents a text
// score, 0 to 1, and may be nil.
func (x *Index) Nearest(f Facts, w Weights, n int, text map[string]float64) []Match {
	scores := make([]float64, len(x.facts))
	shared := make([]uint16, len(x.facts))
	for k, list := range f.lists() {
		weight, values := *kinds[k].weight(&w), distinct(*list)
		if weight == 0 || len(values) == 0 {
			continue
		}
		col := x.kinds[k]
		for _, v := range values {
			for _, i := range col.lists[v] {
				shared[i]++
			}
		}
		for _, v := range values {
			for _, i := range col.lists[v] {
				if s := shared[i]; s > 0 {
					scores[i] += weight * overlap(int(s), len(values), int(col.count[i]))
					shared[i] = 0
				}
			}
		}
	}
	if f.Records > 0 && w.Size != 0 {
		for i, s := range x.size {
			scores[i] += w.Size * size(f.Records, s)
		}
	}
	for id, s := range text {
		if i, ok := x.byID[id]; ok {
			scores[i] += w.Text * s
		}
	}
	if i, ok := x.byID[f.ID]; ok {
		scores[i] = 0
	}
	matches := []Match{}
	for _, i := range x.best(scores, min(n, MaxMatches)) {
		matches = append(matches, Compare(f, x.facts[i], w, text[x.facts[i].ID]))
	}
	return matches
}

// best returns the incidents with the n highest scores above 0, in order.
func (x *Index) best(scores []float64, n int) []uint32 {
	if n <= 0 {
		return nil
	}
	better := func(a, b uint32) int {
		return cmp.Or(cmp.Compare(scores[b], scores[a]), cmp.Compare(x.facts[a].ID, x.facts[b].ID))
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
