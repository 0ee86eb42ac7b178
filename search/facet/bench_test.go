package facet

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// benchDocs is the size of the generated view: eight term fields of the sizes
// that articles have, one of numbers and one of dates, in benchSegments segments.
const (
	benchDocs     = 100_000
	benchSegments = 6
)

// benchFields gives the number of distinct values of each term field, and the
// greatest number of values in a document.
var benchFields = []struct {
	name           string
	distinct, most int
	missing        float64
}{
	{"sector", 20, 1, 0.1}, {"country", 120, 2, 0.15}, {"attack", 30, 3, 0.1}, {"data_type", 90, 5, 0.3},
	{"actor", 800, 1, 0.6}, {"victim", 20_000, 1, 0.05}, {"publisher", 300, 1, 0}, {"consequence", 25, 3, 0.4},
}

// benchSegment returns a segment of documents with Zipf-distributed values.
func benchSegment(r *rand.Rand, docs, incidents int) *Segment {
	s := &Segment{Docs: docs, Columns: map[string]*Column{}}
	build := func(field string, of func() []string) {
		terms := map[string][]uint32{}
		for d := range docs {
			values := of()
			slices.Sort(values)
			for _, value := range slices.Compact(values) {
				terms[value] = append(terms[value], uint32(d))
			}
		}
		s.Columns[field] = benchColumn(docs, terms)
	}
	for _, f := range benchFields {
		zipf := rand.NewZipf(r, 1.2, 2, uint64(f.distinct-1))
		build(f.name, func() []string {
			if r.Float64() < f.missing {
				return nil
			}
			var out []string
			for range 1 + r.IntN(f.most) {
				out = append(out, fmt.Sprintf("%s %05d", f.name, zipf.Uint64()))
			}
			return out
		})
	}
	one := func(missing float64, value func() string) func() []string {
		return func() []string {
			if r.Float64() < missing {
				return nil
			}
			return []string{value()}
		}
	}
	number := rand.NewZipf(r, 1.1, 10, 1_000_000)
	build("records", one(0.5, func() string { return EncodeNumber(float64(number.Uint64())) }))
	build("date", one(0, func() string {
		return fmt.Sprintf("%04d-%02d-%02d", 2010+r.IntN(16), 1+r.IntN(12), 1+r.IntN(28))
	}))
	build(Incident, one(0.05, func() string { return fmt.Sprintf("incident-%06d", r.IntN(incidents)) }))
	return s
}

func benchColumn(docs int, terms map[string][]uint32) *Column {
	b := NewColumnBuilder(docs)
	sorted := make([]string, 0, len(terms))
	for term := range terms {
		sorted = append(sorted, term)
	}
	slices.Sort(sorted)
	for _, term := range sorted {
		b.Add(term, slices.Values(terms[term]))
	}
	return b.Column()
}

func benchView(docs int) *View {
	r := rand.New(rand.NewPCG(1, 2))
	var segments []*Segment
	for range benchSegments {
		segments = append(segments, benchSegment(r, docs/benchSegments, docs/3))
	}
	return NewView(segments, nil)
}

// share returns every document with the given chance.
func share(v *View, p float64) Hits {
	r := rand.New(rand.NewPCG(3, 4))
	hits := v.All()
	for _, b := range hits {
		for d := range b.Ones() {
			if r.Float64() >= p {
				b.Clear(d)
			}
		}
	}
	return hits
}

func BenchmarkCount(b *testing.B) {
	v := benchView(benchDocs)
	var eight, ten []Request
	for _, f := range benchFields {
		eight = append(eight, Request{Field: f.name, Limit: 10})
	}
	low, high := 1000.0, 1e5
	ten = append(slices.Clone(eight),
		Request{Field: "records", Ranges: []Range{numberRange(nil, &low), numberRange(&low, &high), numberRange(&high, nil)}},
		Request{Field: "date", Histogram: Year})
	v.Count(v.All(), nil, ten)
	two := []Filter{
		{Field: "country", Values: []string{"country 00000", "country 00003"}},
		{Field: "attack", Values: []string{"attack 00001"}},
	}
	for _, of := range []struct {
		name string
		hits Hits
	}{
		{"all", v.All()}, {"99%", share(v, 0.99)}, {"47%", share(v, 0.47)}, {"21%", share(v, 0.21)},
		{"5%", share(v, 0.05)}, {"1%", share(v, 0.01)}, {"0.1%", share(v, 0.001)},
	} {
		for _, q := range []struct {
			name     string
			filters  []Filter
			requests []Request
		}{{"none", nil, nil}, {"eight", nil, eight}, {"ten", nil, ten}, {"eight-two-selected", two, eight}} {
			b.Run(of.name+"/"+q.name, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					v.Count(of.hits, q.filters, q.requests)
				}
			})
		}
	}
}

func BenchmarkTop(b *testing.B) {
	v := benchView(benchDocs)
	for _, p := range []float64{1, 0.21} {
		hits := share(v, p)
		for _, key := range []Key{{"date", true}, {"records", true}} {
			v.Top(hits, key, 20, nil)
			b.Run(fmt.Sprintf("%v%%/%s", 100*p, key.Field), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					v.Top(hits, key, 20, nil)
				}
			})
		}
	}
}

func BenchmarkFilter(b *testing.B) {
	v := benchView(benchDocs)
	low := 1000.0
	records := numberRange(&low, nil)
	for _, f := range []Filter{
		{Field: "sector", Values: []string{"sector 00002"}},
		{Field: "date", Values: []string{"2020"}, Prefix: true},
		{Field: "records", Ranges: []Range{records}},
	} {
		v.Filter(f)
		b.Run(f.Field, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				v.Filter(f)
			}
		})
	}
}

// BenchmarkView builds everything that ten fields need from ready segments, and
// reports the memory of an article.
func BenchmarkView(b *testing.B) {
	segments := benchView(benchDocs).segments
	names := []string{"records", "date"}
	for _, f := range benchFields {
		names = append(names, f.name)
	}
	b.ReportAllocs()
	var v *View
	for b.Loop() {
		v = NewView(segments, nil)
		v.Prepare(names...)
	}
	size := 0
	for _, s := range segments {
		for _, c := range s.Columns {
			size += c.Bytes()
		}
	}
	b.ReportMetric(float64(size)/benchDocs, "segment-B/article")
	b.ReportMetric(float64(v.Bytes())/benchDocs, "view-B/article")
}
