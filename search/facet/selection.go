package facet

import (
	"slices"
	"sync"
	"sync/atomic"
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
	return s.v.hits(s.all().positions)
}

// Total is the number of hits, and of their incidents.
func (s *Selection) Total() Count { return s.all().count }

// Count answers requests, as View.Count does.
func (s *Selection) Count(requests []Request) []Result { return s.Start(requests)() }

// Start lets another processor begin to answer requests, where there is enough to
// count. The function that it returns does what is left, and returns the answers. It
// must be called once, before the next start, and the base must not be changed before.
func (s *Selection) Start(requests []Request) (finish func() []Result) {
	results := make([]Result, len(requests))
	turn := make([]int, len(requests)) // the numbers of the requests in the order of work
	for i := range turn {
		turn[i] = i
	}
	var next atomic.Int64
	work := func() {
		for i := int(next.Add(1)) - 1; i < len(turn); i = int(next.Add(1)) - 1 {
			r := requests[turn[i]]
			results[turn[i]] = s.v.countField(s.without(r.Field), r)
		}
	}
	var other sync.WaitGroup
	if len(requests) > 0 && s.slow() {
		// The field with most values first, lest one processor ends with it alone.
		values := make([]int, len(requests))
		for i, r := range requests {
			values[i] = s.v.values(r.Field)
		}
		slices.SortFunc(turn, func(a, b int) int { return values[b] - values[a] })
		other.Go(work)
	}
	return func() []Result {
		work()
		other.Wait()
		for _, r := range requests {
			s.without(r.Field).release()
		}
		return results
	}
}

// values is about how many values a field has.
func (v *View) values(field string) int {
	n := 0
	for _, s := range v.segments {
		if c := s.Columns[field]; c != nil {
			n += c.Len()
		}
	}
	return n
}

// slow reports whether counting takes so long that it is worth another processor.
func (s *Selection) slow() bool {
	if len(s.fields) > 0 {
		return s.hits.Count() >= parallelHits*filtered
	}
	return !s.whole && s.hits.Count() >= parallelHits // all are counted already
}

const (
	// parallelHits is the number of hits from which fields are counted in parallel:
	// below it, all is counted before another processor has woken up, which takes some
	// 70 µs, and calling it costs 12.
	parallelHits = 4_000
	// filtered is about how many times fewer hits filters leave to most fields.
	filtered = 10
)

// Selection is a base and what each filtered field leaves of all positions. It is
// not safe for concurrent use.
type Selection struct {
	v      *View
	hits   Hits
	whole  bool     // the hits are all live documents
	fields []string // those with filters
	match  []Bits   // what their filters leave
	// base is the base's positions, all what all filters leave of them, and others what
	// those of the other fields do. They are made when first asked for, on the processor
	// that does.
	base   func() Bits
	all    func() *counted
	others []func() *counted
}

// counted is a set of positions and its counts.
type counted struct {
	v         *View
	positions Bits
	count     Count
	shared    bool // several fields are counted over them
	listing   sync.Once
	listed    *hitList
}

// newCounted counts a set of positions.
func (v *View) newCounted(positions Bits) *counted {
	return &counted{v: v, positions: positions, count: v.ordered().count(positions)}
}

// list returns the positions as a list, which is made when it is first asked for.
func (x *counted) list() *hitList {
	x.listing.Do(func() {
		x.listed = x.v.lists.Get().(*hitList)
		x.listed.fill(x.v.ordered(), x.positions, x.count)
	})
	return x.listed
}

// release gives the list back, which nobody may use any more.
func (x *counted) release() {
	if x.listed != nil {
		x.v.lists.Put(x.listed)
		x.listed, x.listing = nil, sync.Once{}
	}
}

// Select applies filters to a base, which must not be changed while the selection is
// in use.
func (v *View) Select(base Hits, filters []Filter) *Selection {
	s := &Selection{v: v, hits: base, whole: v.isAll(base)}
	s.base = sync.OnceValue(func() Bits {
		if s.whole {
			return All(v.ordered().n)
		}
		return v.positions(base)
	})
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
	s.all = sync.OnceValue(func() *counted { return s.under(-1) })
	for i := range s.fields {
		s.others = append(s.others, sync.OnceValue(func() *counted { return s.under(i) }))
	}
	return s
}

// under counts the positions under the filters of all fields but that with a number.
func (s *Selection) under(but int) *counted {
	positions := s.base()
	if len(s.fields) > 0 {
		positions = positions.Clone()
		for i, m := range s.match {
			if i != but {
				positions.And(m)
			}
		}
	}
	x := s.v.newCounted(positions)
	x.shared = but < 0
	return x
}

// without returns the positions under the filters of all fields but one.
func (s *Selection) without(field string) *counted {
	if i := slices.Index(s.fields, field); i >= 0 {
		return s.others[i]()
	}
	return s.all()
}
