package facet

import (
	"slices"
	"sort"
	"strings"
)

// Range is an interval of values in their sort order. Of numbers, the bounds are
// what EncodeNumber writes.
type Range struct {
	// Name is free for callers; a counted range bears it as its value.
	Name string
	// Low and High are the bounds, "" for none.
	Low, High string
	// LowOpen and HighOpen leave the bound itself out.
	LowOpen, HighOpen bool
	// Dates compares partial dates: only as many characters of a value as the bound
	// has count, so that "2025-09-16" equals the bound "2025". A value less precise
	// than the bound sorts before it.
	Dates bool
}

// cut returns as much of value as compares with the bound.
func (r Range) cut(value, bound string) string {
	if r.Dates && len(value) > len(bound) {
		return value[:len(bound)]
	}
	return value
}

// Contains reports whether value lies in the range.
func (r Range) Contains(value string) bool {
	if r.Low != "" {
		if c := strings.Compare(r.cut(value, r.Low), r.Low); c < 0 || c == 0 && r.LowOpen {
			return false
		}
	}
	if r.High != "" {
		if c := strings.Compare(r.cut(value, r.High), r.High); c > 0 || c == 0 && r.HighOpen {
			return false
		}
	}
	return true
}

// find returns the interval [lo, hi) of the sorted values that lie in the range.
func (r Range) find(values []string) (lo, hi int) {
	hi = len(values)
	if r.Low != "" {
		lo = sort.Search(len(values), func(i int) bool {
			c := strings.Compare(r.cut(values[i], r.Low), r.Low)
			return c > 0 || c == 0 && !r.LowOpen
		})
	}
	if r.High != "" {
		hi = sort.Search(len(values), func(i int) bool {
			c := strings.Compare(r.cut(values[i], r.High), r.High)
			return c > 0 || c == 0 && r.HighOpen
		})
	}
	return lo, max(lo, hi)
}

// Filter chooses documents by the values of a field: those that have one of
// Values, or a value in one of Ranges, or, with Missing, no value at all. A filter
// without any of the three chooses every document, with Exclude as well.
type Filter struct {
	Field  string
	Values []string
	// Prefix takes every value that begins with one of Values: of dates "2025"
	// takes "2025-09-16" too.
	Prefix  bool
	Ranges  []Range
	Missing bool
	// Exclude chooses the other documents instead.
	Exclude bool
}

// empty reports whether the filter says nothing.
func (f Filter) empty() bool { return len(f.Values) == 0 && len(f.Ranges) == 0 && !f.Missing }

// Filter returns the live documents that the filter chooses. The caller may
// change them.
func (v *View) Filter(f Filter) Hits {
	if f.empty() {
		return v.All()
	}
	return v.hits(v.match(f))
}

// match returns the positions that the filter chooses.
func (v *View) match(f Filter) Bits {
	n := v.ordered().n
	if f.empty() {
		return All(n)
	}
	c := v.column(f.Field)
	out := NewBits(n)
	for _, value := range f.Values {
		if f.Prefix {
			lo, hi := Range{Low: value, High: value, Dates: true}.find(c.values)
			c.mark(out, lo, hi)
		} else if i, ok := slices.BinarySearch(c.values, value); ok {
			c.mark(out, i, i+1)
		}
	}
	for _, r := range f.Ranges {
		lo, hi := r.find(c.values)
		c.mark(out, lo, hi)
	}
	if f.Missing {
		missing := All(n)
		missing.AndNot(c.present)
		out.Or(missing)
	}
	if f.Exclude {
		chosen := out
		out = All(n)
		out.AndNot(chosen)
	}
	return out
}
