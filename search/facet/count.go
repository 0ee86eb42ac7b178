package facet

import (
	"cmp"
	"encoding/binary"
	"slices"
	"strconv"
	"strings"
)

// Histogram says by what the values of a date field are counted together.
type Histogram int

// The histograms. A date that is less precise than the histogram counts under
// itself: "2025" is a bucket of its own among the months.
const (
	NoHistogram Histogram = iota
	Year
	Month
)

// width is the number of characters of a date that make its bucket.
func (h Histogram) width() int {
	if h == Year {
		return len("2006")
	}
	return len("2006-01")
}

// Sort is an order of counted values.
type Sort int

// The orders. Equal counts are in ascending order of value.
const (
	// ByCount puts the value of most articles first.
	ByCount Sort = iota
	// ByValue puts the smallest value first.
	ByValue
	// ByIncidents puts the value of most incidents first.
	ByIncidents
)

// Request asks for the counts of one field.
type Request struct {
	Field string
	// Limit is the most values that are returned, beside selected ones; 0 means all.
	Limit int
	// Contains keeps the values in which it is found, after View.Fold of both; ""
	// keeps all. Ranges and histograms ignore it.
	Contains string
	// Prefix keeps the values of which a word begins with it, and is folded and ignored
	// like Contains; "" keeps all.
	Prefix string
	// Ranges are counted instead of values, when there are any. All of them are
	// returned in this order, whatever Limit and Sort say.
	Ranges []Range
	// Histogram counts the values of a date field by year or month.
	Histogram Histogram
	Sort      Sort
	// Selected are values (or names of ranges, or buckets of the histogram) that are
	// returned in any case, in their place of the order.
	Selected []string
}

// Result is the answer to a request.
type Result struct {
	Field  string  `json:"field"`
	Values []Value `json:"values"`
	// Known counts the documents with a value, Missing those without. An incident may
	// have some of each, and then counts in both.
	Known   Count `json:"known"`
	Missing Count `json:"missing"`
	// Matches counts the documents that were looked at: those of the base under all
	// filters but the field's own.
	Matches Count `json:"matches"`
	// Total is the number of distinct values with a count, before Limit.
	Total int `json:"total"`
}

// Value is one counted value.
type Value struct {
	Value string `json:"value"`
	// Label is for callers to fill in.
	Label string `json:"label"`
	Count
	Selected bool `json:"selected,omitempty"`
	// Low and High are the bounds of a counted range.
	Low  string `json:"low,omitempty"`
	High string `json:"high,omitempty"`
}

// countField answers one request over a set of positions.
func (v *View) countField(x *counted, r Request) Result {
	c := v.column(r.Field)
	switch {
	case len(r.Ranges) > 0:
		c = v.ranged(r.Field, r.Ranges)
	case r.Histogram != NoHistogram:
		c = v.buckets(r.Field, r.Histogram)
		r.Contains, r.Prefix = "", ""
	}
	t := v.scratch.Get().(*tallies)
	c.count(v.ordered(), x, t)
	res := Result{Field: r.Field, Matches: x.count, Known: t.known.count(), Missing: t.of(0).count()}
	if len(r.Ranges) > 0 {
		res.Values, res.Total = c.inRanges(t, r)
	} else {
		res.Values, res.Total = c.choose(t, r, v.fold(r.Field))
	}
	t.reset()
	v.scratch.Put(t)
	return res
}

// fold returns the folding of a field's values.
func (v *View) fold(field string) func(string) string {
	if v.Fold == nil {
		return strings.ToLower
	}
	return func(value string) string { return v.Fold(field, value) }
}

// choose returns the values of a request in its order, and how many had a count.
func (c *column) choose(t *tallies, r Request, fold func(string) string) ([]Value, int) {
	if t.full && r.Contains == "" && r.Prefix == "" && r.Sort == ByCount && len(r.Selected) == 0 && r.Limit > 0 {
		most := c.most()
		out := make([]Value, min(r.Limit, len(most)))
		for n := range out {
			out[n] = Value{Value: c.value(most[n]), Count: t.of(most[n]).count()}
		}
		return out, len(most)
	}
	limit := r.Limit
	if limit <= 0 {
		limit = len(c.values)
	}
	best := &t.best
	best.start(limit)
	total := 0
	if r.Contains == "" && r.Prefix == "" {
		total = t.choose(r.Sort, len(c.values), nil)
	} else {
		folded, needle, prefix := c.folded(), fold(r.Contains), " "+fold(r.Prefix)
		total = t.choose(r.Sort, len(c.values), func(id uint32) bool {
			value := folded[id-1]
			return strings.Contains(value, needle) && (r.Prefix == "" || strings.HasPrefix(value, prefix[1:]) || strings.Contains(value, prefix))
		})
	}
	keys := best.sorted()
	out := make([]Value, len(keys), len(keys)+len(r.Selected))
	for n, key := range keys {
		id := uint32(key)
		out[n] = Value{Value: c.value(id), Count: t.of(id).count()}
	}
	if len(r.Selected) == 0 {
		return out, total
	}
	for _, s := range r.Selected {
		if i := slices.IndexFunc(out, func(v Value) bool { return v.Value == s }); i >= 0 {
			out[i].Selected = true
			continue
		}
		value := Value{Value: s, Selected: true}
		if i, ok := slices.BinarySearch(c.values, s); ok {
			value.Count = t.of(uint32(i) + 1).count()
		}
		out = append(out, value)
	}
	slices.SortFunc(out, r.Sort.compare)
	return out, total
}

// inRanges returns the ranges of a request in its order, and how many had a count.
func (c *column) inRanges(t *tallies, r Request) ([]Value, int) {
	out, total := make([]Value, len(r.Ranges)), 0
	id := uint32(0)
	for n, rg := range r.Ranges {
		out[n] = Value{Value: rg.Name, Low: rg.Low, High: rg.High, Selected: slices.Contains(r.Selected, rg.Name)}
		if int(id) < len(c.values) && c.values[id] == rangeName(n) {
			id++
			out[n].Count = t.of(id).count()
		}
		if out[n].Articles > 0 {
			total++
		}
	}
	return out, total
}

// choose adds the values with a count that are wanted to the best, and returns how many
// there are. With nil all are wanted.
func (t *tallies) choose(by Sort, values int, want func(id uint32) bool) int {
	total := 0
	consider := func(id uint32) {
		if t.articles[id] > 0 && (want == nil || want(id)) {
			total++
			t.best.add(by.key(t, id))
		}
	}
	switch {
	case t.few && by == ByCount && want == nil:
		total = len(t.touched)
		for _, id := range t.touched {
			if key := by.key(t, id); key < t.best.bound {
				t.best.add(key)
			}
		}
	case t.few:
		for _, id := range t.touched {
			consider(id)
		}
	case by == ByCount && want == nil:
		least := uint32(0) // a value needs more, as those of smaller ids come first
		for i, n := range t.articles[1 : values+1] {
			if n > 0 {
				total++
			}
			if n > least {
				t.best.add(by.key(t, uint32(i)+1))
				least = ^uint32(t.best.bound >> 32)
			}
		}
	default:
		for id := range values {
			consider(uint32(id) + 1)
		}
	}
	return total
}

// key sorts the value with an id as the order wants it, smallest first, ties left to
// the id, which is its lower half.
func (s Sort) key(t *tallies, id uint32) uint64 {
	switch s {
	case ByCount:
		return uint64(^t.articles[id])<<32 | uint64(id)
	case ByIncidents:
		return uint64(^(t.articles[id]-t.repeats[id]))<<32 | uint64(id)
	}
	return uint64(id)
}

// compare compares two counted values.
func (s Sort) compare(a, b Value) int {
	c := 0
	switch s {
	case ByCount:
		c = cmp.Compare(b.Articles, a.Articles)
	case ByIncidents:
		c = cmp.Compare(b.Incidents, a.Incidents)
	}
	return cmp.Or(c, strings.Compare(a.Value, b.Value))
}

// buckets returns the column of a field's histogram.
func (v *View) buckets(field string, by Histogram) *column {
	return v.lazy(columnKey{field: field, by: by}, func() *column {
		c := v.column(field)
		var values []string
		number := make([][]uint32, len(c.values))
		for i, s := range c.values {
			s = s[:min(len(s), by.width())]
			if len(values) == 0 || values[len(values)-1] != s {
				values = append(values, s)
			}
			number[i] = []uint32{uint32(len(values))}
		}
		return v.regroup(c, values, number)
	})
}

// ranged returns the column of the ranges of a field: its values are rangeName of
// their numbers.
func (v *View) ranged(field string, ranges []Range) *column {
	return v.lazy(columnKey{field: field, ranges: rangesName(ranges)}, func() *column {
		c := v.column(field)
		values := make([]string, len(ranges)+1) // the last one is to be in none
		number := make([][]uint32, len(c.values))
		for n, r := range ranges {
			values[n] = rangeName(n)
			lo, hi := r.find(c.values)
			for i := lo; i < hi; i++ {
				number[i] = append(number[i], uint32(n)+1)
			}
		}
		values[len(ranges)] = rangeName(len(ranges))
		for i := range number {
			if number[i] == nil {
				number[i] = []uint32{uint32(len(values))}
			}
		}
		return v.regroup(c, values, number)
	})
}

// rangeName sorts as the number of a range does.
func rangeName(n int) string { return string(binary.BigEndian.AppendUint32(nil, uint32(n))) }

// rangesName is the same for ranges with the same bounds alone.
func rangesName(ranges []Range) string {
	var name []byte
	for _, r := range ranges {
		for _, bound := range []string{r.Low, r.High} {
			name = append(strconv.AppendInt(name, int64(len(bound)), 10), ' ')
			name = append(name, bound...)
		}
		for _, is := range []bool{r.LowOpen, r.HighOpen, r.Dates} {
			name = strconv.AppendBool(name, is)
		}
	}
	return string(name)
}

// regroup builds a column of other values: those that value i of c stands for have
// the ids of[i].
func (v *View) regroup(c *column, values []string, of [][]uint32) *column {
	o := v.ordered()
	start := make([]uint32, o.n+1)
	var all, room []uint32
	for p := range o.n {
		from := len(all)
		room = c.ids.append(room[:0], p)
		for _, id := range room {
			all = append(all, of[id-1]...)
		}
		slices.Sort(all[from:])
		all = all[:from+len(slices.Compact(all[from:]))]
		start[p+1] = uint32(len(all))
	}
	return buildColumn(o, values, start, all)
}
