package facet

import (
	"cmp"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// document is what the reference knows of a document.
type document struct {
	ref    Ref
	live   bool
	fields map[string][]string // sorted, without duplicates
}

// corpus is the documents of a view, segment by segment.
type corpus [][]document

// all returns the documents that are live.
func (c corpus) all() []document {
	var out []document
	for _, segment := range c {
		for _, d := range segment {
			if d.live {
				out = append(out, d)
			}
		}
	}
	return out
}

// view builds the segments of the corpus as an index would.
func (c corpus) view() *View {
	var segments []*Segment
	var live []Bits
	for _, docs := range c {
		s := &Segment{Docs: len(docs), Columns: map[string]*Column{}}
		bits := NewBits(len(docs))
		postings := map[string]map[string][]uint32{}
		for i, d := range docs {
			if d.live {
				bits.Set(i)
			}
			for field, values := range d.fields {
				if postings[field] == nil {
					postings[field] = map[string][]uint32{}
				}
				for _, value := range values {
					postings[field][value] = append(postings[field][value], uint32(i))
				}
			}
		}
		for field, terms := range postings {
			b := NewColumnBuilder(len(docs))
			for _, term := range slices.Sorted(maps.Keys(terms)) {
				b.Add(term, slices.Values(terms[term]))
			}
			s.Columns[field] = b.Column()
		}
		if len(docs)%2 == 1 { // some were written and read again
			again, rest, err := ReadSegment(s.AppendTo(nil))
			if err != nil || len(rest) > 0 {
				panic("a segment cannot be read again")
			}
			s = again
		}
		segments = append(segments, s)
		live = append(live, bits)
	}
	return NewView(segments, live)
}

// hits returns the set of documents.
func (c corpus) hits(docs []document) Hits {
	out := make(Hits, len(c))
	for i := range out {
		out[i] = NewBits(len(c[i]))
	}
	for _, d := range docs {
		out[d.ref.Segment].Set(d.ref.Doc)
	}
	return out
}

// matches is the slow meaning of Filter.
func (d document) matches(f Filter) bool {
	if len(f.Values) == 0 && len(f.Ranges) == 0 && !f.Missing {
		return true
	}
	values := d.fields[f.Field]
	chosen := f.Missing && len(values) == 0
	for _, value := range values {
		for _, want := range f.Values {
			chosen = chosen || value == want || f.Prefix && strings.HasPrefix(value, want)
		}
		chosen = chosen || slices.ContainsFunc(f.Ranges, func(r Range) bool { return r.Contains(value) })
	}
	return chosen != f.Exclude
}

// keep returns the documents under the filters of all fields but one.
func keep(docs []document, filters []Filter, without string) []document {
	return slices.DeleteFunc(slices.Clone(docs), func(d document) bool {
		return slices.ContainsFunc(filters, func(f Filter) bool { return f.Field != without && !d.matches(f) })
	})
}

// count is the slow meaning of Count: articles and distinct incidents.
func count(docs []document) Count {
	incidents := map[string]bool{}
	for _, d := range docs {
		if ids := d.fields[Incident]; len(ids) > 0 {
			incidents[ids[0]] = true
		}
	}
	return Count{len(docs), len(incidents)}
}

// answer is the slow meaning of a request.
func answer(base []document, filters []Filter, r Request) Result {
	docs := keep(base, filters, r.Field)
	res := Result{Field: r.Field, Matches: count(docs)}
	var known, missing []document
	by := map[string][]document{}
	for _, d := range docs {
		values := d.fields[r.Field]
		if len(values) == 0 {
			missing = append(missing, d)
		} else {
			known = append(known, d)
		}
		counted := map[string]bool{}
		for _, value := range values {
			switch {
			case r.Histogram == Year:
				value = value[:min(4, len(value))]
			case r.Histogram == Month:
				value = value[:min(7, len(value))]
			case !strings.Contains(strings.ToLower(value), strings.ToLower(r.Contains)) && !slices.Contains(r.Selected, value):
				continue
			}
			if !counted[value] {
				counted[value] = true
				by[value] = append(by[value], d)
			}
		}
	}
	res.Known, res.Missing = count(known), count(missing)
	if len(r.Ranges) > 0 {
		for _, rg := range r.Ranges {
			in := keep(docs, []Filter{{Field: r.Field, Ranges: []Range{rg}}}, "")
			if len(in) > 0 {
				res.Total++
			}
			res.Values = append(res.Values, Value{Value: rg.Name, Low: rg.Low, High: rg.High,
				Count: count(in), Selected: slices.Contains(r.Selected, rg.Name)})
		}
		return res
	}
	for value, in := range by {
		v := Value{Value: value, Count: count(in), Selected: slices.Contains(r.Selected, value)}
		if r.Histogram != NoHistogram || strings.Contains(strings.ToLower(value), strings.ToLower(r.Contains)) {
			res.Total++
			res.Values = append(res.Values, v)
		}
	}
	slices.SortFunc(res.Values, func(a, b Value) int {
		switch r.Sort {
		case ByCount:
			return cmp.Or(b.Articles-a.Articles, strings.Compare(a.Value, b.Value))
		case ByIncidents:
			return cmp.Or(b.Incidents-a.Incidents, strings.Compare(a.Value, b.Value))
		}
		return strings.Compare(a.Value, b.Value)
	})
	if r.Limit > 0 && len(res.Values) > r.Limit {
		res.Values = res.Values[:r.Limit]
	}
	for _, s := range r.Selected {
		if !slices.ContainsFunc(res.Values, func(v Value) bool { return v.Value == s }) {
			res.Values = append(res.Values, Value{Value: s, Count: count(by[s]), Selected: true})
		}
	}
	slices.SortStableFunc(res.Values, func(a, b Value) int {
		switch r.Sort {
		case ByCount:
			return cmp.Or(b.Articles-a.Articles, strings.Compare(a.Value, b.Value))
		case ByIncidents:
			return cmp.Or(b.Incidents-a.Incidents, strings.Compare(a.Value, b.Value))
		}
		return strings.Compare(a.Value, b.Value)
	})
	return res
}

// sorted is the slow meaning of Top without a limit.
func sorted(docs []document, key Key) []Ref {
	docs = slices.Clone(docs)
	slices.SortFunc(docs, func(a, b document) int {
		x, y := a.fields[key.Field], b.fields[key.Field]
		c := 0
		switch {
		case len(x) == 0 || len(y) == 0:
			c = cmp.Compare(len(y), len(x)) // the one with values first
			if len(x) == 0 && len(y) == 0 {
				c = 0
			}
		case key.Desc:
			c = strings.Compare(y[len(y)-1], x[len(x)-1])
		default:
			c = strings.Compare(x[0], y[0])
		}
		return cmp.Or(c, slices.Compare(a.fields[ID], b.fields[ID]), cmp.Compare(a.ref.Segment, b.ref.Segment), cmp.Compare(a.ref.Doc, b.ref.Doc))
	})
	var out []Ref
	for _, d := range docs {
		out = append(out, d.ref)
	}
	return out
}

// chance makes corpora and requests.
type chance struct{ *rand.Rand }

func (r chance) oneIn(n int) bool { return r.IntN(n) == 0 }

// zipf returns a number below n, small ones far more often.
func (r chance) zipf(n int) int {
	x := r.Float64()
	return int(x * x * x * float64(n))
}

func (r chance) date() string {
	y := 2015 + r.IntN(11)
	switch m := 1 + r.IntN(12); r.IntN(6) {
	case 0:
		return fmt.Sprintf("%04d", y)
	case 1:
		return fmt.Sprintf("%04d-%02d", y, m)
	default:
		return fmt.Sprintf("%04d-%02d-%02d", y, m, 1+r.IntN(28))
	}
}

// value returns a value of a field.
func (r chance) value(field string) string {
	switch field {
	case "sector":
		return fmt.Sprintf("Sector %c", 'A'+r.zipf(20))
	case "type":
		return fmt.Sprintf("type %d", r.zipf(60))
	case "victim":
		return fmt.Sprintf("Victim %d", r.zipf(3000))
	case "date":
		return r.date()
	case "records":
		return EncodeNumber(float64(r.zipf(400)-50) * 1.5)
	case "same":
		return "same"
	}
	return "of " + field
}

// fields are the fields that requests ask for; no document has the last one.
var fields = []string{"sector", "type", "victim", "date", "records", "same", Incident, "none"}

// corpus makes documents of all kinds: fields with one, several and no values,
// fields that some segments lack, empty segments, deleted documents.
func (r chance) corpus() corpus {
	incidents := 1 + r.IntN(600)
	most := 1 + r.IntN([]int{3, 70, 300, 2000}[r.IntN(4)])
	deleted := []int{1000000, 10, 2}[r.IntN(3)]
	singles := r.oneIn(3)
	ids := r.Perm(6 * most)
	named := !r.oneIn(4)
	var c corpus
	for s := range r.IntN(6) {
		lacks := fields[r.IntN(len(fields))]
		docs := make([]document, r.IntN(most))
		for i := range docs {
			d := document{ref: Ref{s, i}, live: !r.oneIn(deleted), fields: map[string][]string{}}
			for _, field := range []string{"sector", "type", "victim", "date", "records", "same"} {
				n := []int{0, 1, 1, 1, 2, 3}[r.IntN(6)]
				if singles || field == "victim" {
					n = min(n, 1)
				}
				if field == lacks {
					n = 0
				}
				for range n {
					d.fields[field] = append(d.fields[field], r.value(field))
				}
			}
			if !r.oneIn(5) && lacks != Incident {
				d.fields[Incident] = []string{fmt.Sprintf("incident %d", r.zipf(incidents))}
				if r.oneIn(20) {
					d.fields[Incident] = append(d.fields[Incident], fmt.Sprintf("incident %d", r.IntN(incidents)))
				}
			}
			if named {
				d.fields[ID] = []string{fmt.Sprintf("id %06d", ids[s*most+i])}
			}
			for field, values := range d.fields {
				slices.Sort(values)
				d.fields[field] = slices.Compact(values)
			}
			docs[i] = d
		}
		c = append(c, docs)
	}
	return c
}

func (r chance) rangeOf(field string) Range {
	rg := Range{Name: fmt.Sprint("range ", r.IntN(9)), LowOpen: r.oneIn(2), HighOpen: r.oneIn(2)}
	if !r.oneIn(4) {
		rg.Low = r.value(field)
	}
	if !r.oneIn(4) {
		rg.High = r.value(field)
	}
	rg.Dates = field == "date" && !r.oneIn(3)
	return rg
}

func (r chance) filters() []Filter {
	var out []Filter
	for range r.IntN(4) {
		f := Filter{Field: fields[r.IntN(len(fields))], Missing: r.oneIn(6), Exclude: r.oneIn(3)}
		for range r.IntN(4) {
			f.Values = append(f.Values, r.value(f.Field))
		}
		if r.oneIn(3) {
			f.Prefix = true
			for i, value := range f.Values {
				f.Values[i] = value[:1+r.IntN(len(value))]
			}
		}
		if r.oneIn(4) {
			rg := r.rangeOf(f.Field)
			f.Ranges = append(f.Ranges, rg)
		}
		out = append(out, f)
	}
	return out
}

func (r chance) requests() []Request {
	var out []Request
	for _, field := range fields {
		q := Request{Field: field, Sort: []Sort{ByCount, ByValue, ByIncidents}[r.IntN(3)], Limit: []int{0, 1, 5, 40}[r.IntN(4)]}
		switch {
		case r.oneIn(5):
			for range 1 + r.IntN(4) {
				q.Ranges = append(q.Ranges, r.rangeOf(field))
			}
			q.Selected = []string{"range 3"}
		case field == "date" && r.oneIn(2):
			q.Histogram = []Histogram{Year, Month}[r.IntN(2)]
			q.Selected = []string{"2019", "2016-02"}
		default:
			for range r.IntN(3) {
				q.Selected = append(q.Selected, r.value(field))
			}
			if r.oneIn(3) {
				q.Contains = []string{"ECT", "1", "typE 2", "-0", "absent"}[r.IntN(5)]
			}
			if r.oneIn(6) {
				q.Selected = append(q.Selected, "never seen")
			}
		}
		q.Selected = slices.Compact(slices.Sorted(slices.Values(q.Selected)))
		out = append(out, q)
	}
	return out
}

// rounds is how many corpora the reference checks.
const rounds = 150

// TestReference holds every answer against the one found by walking documents.
func TestReference(t *testing.T) {
	n := rounds
	if testing.Short() {
		n /= 5
	}
	for seed := range n {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			r := chance{rand.New(rand.NewPCG(uint64(seed), 1))}
			c := r.corpus()
			v := c.view()
			if diff := differ(c.hits(c.all()), v.All()); diff != "" {
				t.Fatalf("All (-want +got):\n%s", diff)
			}
			for range 6 {
				checkCount(t, r, c, v)
				checkTop(t, r, c, v)
			}
			checkQuantiles(t, r, c, v)
			checkColumns(t, c, v)
			checkNumbers(t, c, v)
		})
	}
}

// differ compares answers; nil and empty lists are the same.
func differ(want, got any) string { return gocmp.Diff(want, got, cmpopts.EquateEmpty()) }

// query returns the documents that a query of random width matches, deleted ones included.
func (r chance) query(c corpus) []document {
	share := []float64{0, 0.003, 0.05, 0.5, 0.99, 1}[r.IntN(6)]
	var out []document
	for _, segment := range c {
		for _, d := range segment {
			if r.Float64() < share {
				out = append(out, d)
			}
		}
	}
	return out
}

func checkCount(t *testing.T, r chance, c corpus, v *View) {
	t.Helper()
	matched := r.query(c)
	base := c.hits(matched)
	before := base.Clone()
	live := slices.DeleteFunc(slices.Clone(matched), func(d document) bool { return !d.live })
	filters, requests := r.filters(), r.requests()
	hits, results := v.Count(base, filters, requests)
	if diff := differ(before, base); diff != "" {
		t.Fatalf("Count changed its base (-want +got):\n%s", diff)
	}
	if diff := differ(c.hits(keep(live, filters, "")), hits); diff != "" {
		t.Fatalf("filters %+v: hits (-want +got):\n%s", filters, diff)
	}
	for i, q := range requests {
		if diff := differ(answer(live, filters, q), results[i]); diff != "" {
			t.Fatalf("%d hits, filters %+v, request %+v (-want +got):\n%s", len(live), filters, q, diff)
		}
	}
	for _, f := range filters {
		if diff := differ(c.hits(keep(c.all(), []Filter{f}, "")), v.Filter(f)); diff != "" {
			t.Fatalf("filter %+v (-want +got):\n%s", f, diff)
		}
	}
}

func checkTop(t *testing.T, r chance, c corpus, v *View) {
	t.Helper()
	matched := r.query(c)
	live := slices.DeleteFunc(slices.Clone(matched), func(d document) bool { return !d.live })
	key := Key{Field: fields[r.IntN(len(fields))], Desc: r.oneIn(2)}
	k := 1 + r.IntN(300)
	want := sorted(live, key)
	var got []Ref
	var cursor *Cursor
	for range len(want)/k + 1 {
		var page []Ref
		page, cursor = v.Top(c.hits(matched), key, k, cursor)
		got = append(got, page...)
		if cursor == nil {
			break
		}
	}
	if cursor != nil {
		t.Fatalf("key %+v, pages of %d: a cursor behind the last page", key, k)
	}
	if diff := differ(want, got); diff != "" {
		t.Fatalf("key %+v, pages of %d (-want +got):\n%s", key, k, diff)
	}
}

func checkQuantiles(t *testing.T, r chance, c corpus, v *View) {
	t.Helper()
	matched := r.query(c)
	var numbers []float64
	for _, d := range matched {
		for _, value := range d.fields["records"] {
			if f, _ := DecodeNumber(value); d.live {
				numbers = append(numbers, f)
			}
		}
	}
	slices.Sort(numbers)
	qs := []float64{0, 0.25, 0.5, 0.9, 1}
	var want []float64
	for _, q := range qs {
		if n := len(numbers); n > 0 {
			at := q * float64(n-1)
			i := int(at)
			want = append(want, numbers[i]+(at-float64(i))*(numbers[min(i+1, n-1)]-numbers[i]))
		}
	}
	got, n := v.Quantiles("records", c.hits(matched), qs...)
	if diff := gocmp.Diff(want, got, cmpopts.EquateApprox(0, 1e-9), cmpopts.EquateEmpty()); diff != "" || n != len(numbers) {
		t.Fatalf("quantiles of %d numbers, counted as %d (-want +got):\n%s", len(numbers), n, diff)
	}
}

func checkColumns(t *testing.T, c corpus, v *View) {
	t.Helper()
	for _, field := range fields {
		want := map[string]bool{}
		for _, segment := range c {
			for _, d := range segment {
				if diff := differ(d.fields[field], v.Strings(field, d.ref)); diff != "" {
					t.Fatalf("%s of %v (-want +got):\n%s", field, d.ref, diff)
				}
				if field == "records" {
					got, ok := v.Number(field, d.ref)
					if ok != (len(d.fields[field]) > 0) || ok && EncodeNumber(got) != d.fields[field][0] {
						t.Fatalf("number of %v = %v, %v, want the first of %v", d.ref, got, ok, d.fields[field])
					}
				}
				for _, value := range d.fields[field] {
					if d.live {
						want[value] = true
					}
				}
			}
		}
		if diff := differ(slices.Sorted(maps.Keys(want)), v.Values(field)); diff != "" {
			t.Fatalf("values of %s (-want +got):\n%s", field, diff)
		}
		if diff := differ(listsByIncident(c, field), lists(v, field)); diff != "" {
			t.Fatalf("lists of %s (-want +got):\n%s", field, diff)
		}
	}
}

// checkNumbers holds the largest of the articles' smallest numbers against the documents.
func checkNumbers(t *testing.T, c corpus, v *View) {
	t.Helper()
	want := make([]float64, len(v.Values(Incident)))
	for _, segment := range c {
		for _, d := range segment {
			if d.live && len(d.fields[Incident]) > 0 && len(d.fields["records"]) > 0 {
				i, _ := slices.BinarySearch(v.Values(Incident), d.fields[Incident][0])
				n, _ := DecodeNumber(d.fields["records"][0])
				want[i] = max(want[i], n)
			}
		}
	}
	if diff := differ(want, v.NumberByIncident("records")); diff != "" {
		t.Fatalf("numbers by incident (-want +got):\n%s", diff)
	}
}

// lists are the values of a field by incident.
func lists(v *View, field string) map[string][]string {
	out := map[string][]string{}
	l := v.ByIncident(field)
	for i, incident := range v.Values(Incident) {
		for _, value := range l.Of(i) {
			out[incident] = append(out[incident], l.Values[value])
		}
	}
	return out
}

func listsByIncident(c corpus, field string) map[string][]string {
	out := map[string][]string{}
	for _, segment := range c {
		for _, d := range segment {
			if incidents := d.fields[Incident]; d.live && len(incidents) > 0 && len(d.fields[field]) > 0 {
				out[incidents[0]] = append(out[incidents[0]], d.fields[field]...)
			}
		}
	}
	for incident, values := range out {
		slices.Sort(values)
		out[incident] = slices.Compact(values)
	}
	return out
}

// numberRange returns the range of numbers from low to high, both included; nil
// stands for no bound.
func numberRange(low, high *float64) Range {
	var r Range
	if low != nil {
		r.Low = EncodeNumber(*low)
	}
	if high != nil {
		r.High = EncodeNumber(*high)
	}
	return r
}
