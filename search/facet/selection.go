package facet

import (
	"cmp"
	"slices"
	"sync"

	"incidex/search/parallel"
)

// Count counts the hits. base is what a text query matched, and hits is what is
// left of it under all filters; documents that are not live are dropped. The
// counts of a request are taken under all filters but those of its own field, so
// that each value tells what adding it to the selection would bring. base is not
// changed and hits is the caller's to change. Results are in the order of requests.
func (v *View) Count(base Hits, filters []Filter, requests []Request) (hits Hits, results []Result) {
	s := v.Select(base, filters)
	return s.Hits(), s.Count(requests)
}

// Hits returns what is left of the base under all filters, the caller's to change.
func (s *Selection) Hits() Hits {
	if len(s.fields) == 0 {
		return s.v.alive(s.hits)
	}
	return s.v.hits(s.without("").positions)
}

// Total is the number of hits, and of their incidents.
func (s *Selection) Total() Count { return s.without("").count }

// Count answers requests, as View.Count does.
func (s *Selection) Count(requests []Request) []Result {
	over := make([]*counted, len(requests))
	for i, r := range requests {
		over[i] = s.without(r.Field)
	}
	results := make([]Result, len(requests))
	if !s.Slow() {
		for i, r := range requests {
			results[i] = s.v.countField(over[i], r)
		}
		return results
	}
	// The field with most values first, lest one processor ends with it alone.
	turn := make([]int, len(requests))
	values := make([]int, len(requests))
	for i, r := range requests {
		turn[i] = i
		for _, segment := range s.v.segments {
			if c := segment.Columns[r.Field]; c != nil {
				values[i] += c.Len()
			}
		}
	}
	slices.SortFunc(turn, func(a, b int) int { return cmp.Compare(values[b], values[a]) })
	parallel.Each(len(turn), func(i int) { results[turn[i]] = s.v.countField(over[turn[i]], requests[turn[i]]) })
	return results
}

// Slow reports whether counting takes so long that it is worth another processor.
func (s *Selection) Slow() bool {
	n := s.base.Count()
	return n >= parallelHits && (len(s.fields) > 0 || n < s.v.ordered().n) // all are counted already
}

// parallelHits is the number of hits from which fields are counted in parallel:
// below it, starting another goroutine costs as much as it saves.
const parallelHits = 2_000

// Selection is a base and what each filtered field leaves of all positions. It is
// not safe for concurrent use.
type Selection struct {
	v      *View
	hits   Hits
	base   Bits
	fields []string
	match  []Bits
	known  map[string]*counted
}

// counted is a set of positions and its counts.
type counted struct {
	positions Bits
	count     Count
	list      func() *hitList // the same, made when first asked for
}

// newCounted counts a set of positions.
func newCounted(o *order, positions Bits) *counted {
	x := &counted{positions: positions, count: o.count(positions)}
	x.list = sync.OnceValue(func() *hitList { return newHitList(o, positions, x.count.Articles) })
	return x
}

// Select applies filters to a base, which must not be changed while the selection is
// in use.
func (v *View) Select(base Hits, filters []Filter) *Selection {
	s := &Selection{v: v, hits: base, base: v.positions(base), known: map[string]*counted{}}
	for _, f := range filters {
		if f.empty() {
			continue
		}
		m := v.match(f)
		if i := slices.Index(s.fields, f.Field); i >= 0 {
			s.match[i].And(m)
			continue
		}
		s.fields = append(s.fields, f.Field)
		s.match = append(s.match, m)
	}
	return s
}

// without returns the positions under the filters of all fields but one.
func (s *Selection) without(field string) *counted {
	if !slices.Contains(s.fields, field) {
		field = ""
	}
	if c, ok := s.known[field]; ok {
		return c
	}
	positions := s.base
	if len(s.fields) > 0 {
		positions = s.base.Clone()
		for i, f := range s.fields {
			if f != field {
				positions.And(s.match[i])
			}
		}
	}
	c := newCounted(s.v.ordered(), positions)
	s.known[field] = c
	return c
}
