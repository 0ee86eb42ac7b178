package facet

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
)

func TestBits(t *testing.T) {
	of := func(n int, members ...int) Bits {
		b := NewBits(n)
		for _, i := range members {
			b.Set(i)
		}
		return b
	}
	a, b := of(130, 0, 63, 64, 129), of(130, 63, 100, 129)
	op := func(do func(x Bits)) []int {
		x := a.Clone()
		do(x)
		return slices.Collect(x.Ones())
	}
	for _, test := range []struct {
		name      string
		got, want []int
	}{
		{"ones", slices.Collect(a.Ones()), []int{0, 63, 64, 129}},
		{"and", op(func(x Bits) { x.And(b) }), []int{63, 129}},
		{"and a shorter set", op(func(x Bits) { x.And(of(64, 0)) }), []int{0}},
		{"or", op(func(x Bits) { x.Or(b) }), []int{0, 63, 64, 100, 129}},
		{"and not", op(func(x Bits) { x.AndNot(b) }), []int{0, 64}},
		{"clear", op(func(x Bits) { x.Clear(64) }), []int{0, 63, 129}},
		{"all of none", slices.Collect(All(0).Ones()), nil},
		{"all of a word", []int{All(64).Count(), len(All(64))}, []int{64, 1}},
		{"all", []int{All(130).Count(), len(All(130))}, []int{130, 3}},
	} {
		if diff := differ(test.want, test.got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
	if !a.Has(129) || a.Has(128) || a.Has(1000) || a.Has(-1) {
		t.Errorf("Has(129, 128, 1000, -1) = %v, %v, %v, %v", a.Has(129), a.Has(128), a.Has(1000), a.Has(-1))
	}
}

func TestNumbers(t *testing.T) {
	numbers := []float64{math.Inf(-1), -1e300, -2, -1, -1e-300, 0, 1e-300, 1, 1.5, 2, 1e6, 1 << 53, math.Inf(1)}
	var texts []string
	for _, f := range numbers {
		s := EncodeNumber(f)
		texts = append(texts, s)
		if got, ok := DecodeNumber(s); !ok || got != f || len(s) != numberDigits {
			t.Errorf("%v is written %q and read %v, %v", f, s, got, ok)
		}
	}
	if !slices.IsSorted(texts) {
		t.Errorf("texts do not sort as the numbers: %q", texts)
	}
	if a, b := EncodeNumber(0), EncodeNumber(math.Copysign(0, -1)); a != b {
		t.Errorf("zeros are written %q and %q", a, b)
	}
	for _, s := range []string{"", "1", "000000000000000g", strings.Repeat("f", 16), strings.Repeat("f", 17), "+000000000000001"} {
		if f, ok := DecodeNumber(s); ok {
			t.Errorf("DecodeNumber(%q) = %v", s, f)
		}
	}
}

func FuzzDecodeNumber(f *testing.F) {
	f.Add(EncodeNumber(12))
	f.Add("+0000000000000ff")
	f.Fuzz(func(t *testing.T, s string) {
		if n, ok := DecodeNumber(s); ok && !strings.EqualFold(EncodeNumber(n), s) && n != 0 {
			t.Errorf("%q is read %v and written %q", s, n, EncodeNumber(n))
		}
	})
}

func TestRange(t *testing.T) {
	for _, test := range []struct {
		of   Range
		in   string // space-separated
		outs string
	}{
		{Range{}, "2024 2025-09", ""},
		{Range{Low: "2025", High: "2025", Dates: true}, "2025 2025-09 2025-09-16", "2024 2024-12-31 2026"},
		{Range{Low: "2025", High: "2025"}, "2025", "2025-09 2024"},
		{Range{Low: "2025", LowOpen: true, Dates: true}, "2026 2026-01-01", "2025 2025-12-31"},
		{Range{High: "2025-03", HighOpen: true, Dates: true}, "2025-02-28 2025", "2025-03 2025-03-01"},
		{Range{Low: "2026", High: "2025", Dates: true}, "", "2025 2025-06 2026"},
	} {
		values := append(strings.Fields(test.in), strings.Fields(test.outs)...)
		var in []string
		for _, value := range values {
			if test.of.Contains(value) {
				in = append(in, value)
			}
		}
		if diff := differ(strings.Fields(test.in), in); diff != "" {
			t.Errorf("%+v contains (-want +got):\n%s", test.of, diff)
		}
		slices.Sort(values)
		slices.Sort(in)
		lo, hi := test.of.find(values)
		if diff := differ(in, values[lo:hi]); diff != "" {
			t.Errorf("%+v finds (-want +got):\n%s", test.of, diff)
		}
	}
}

func TestColumnBuilderRefuses(t *testing.T) {
	one := slices.Values([]uint32{0})
	for name, build := range map[string]func(b *ColumnBuilder){
		"descending values":         func(b *ColumnBuilder) { b.Add("b", one); b.Add("a", one) },
		"a value twice":             func(b *ColumnBuilder) { b.Add("a", one); b.Add("a", one) },
		"a document beyond the end": func(b *ColumnBuilder) { b.Add("a", slices.Values([]uint32{2})) },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			build(NewColumnBuilder(2))
		})
	}
}

// TestManyValues needs ids of each width.
func TestManyValues(t *testing.T) {
	for _, n := range []int{255, 256, 65_535, 65_536, 70_000} {
		b := NewColumnBuilder(n)
		for i := range n {
			b.Add(fmt.Sprintf("%06d", i), slices.Values([]uint32{uint32(n - 1 - i)}))
		}
		v := NewView([]*Segment{{Docs: n, Columns: map[string]*Column{"f": b.Column()}}}, nil)
		half := v.All()
		for d := range n / 2 {
			half[0].Clear(d)
		}
		_, results := v.Count(half, nil, []Request{{Field: "f", Limit: 1}})
		if r := results[0]; r.Total != n-n/2 || r.Values[0].Value != "000000" || r.Missing != (Count{}) {
			t.Errorf("%d values: %+v", n, r)
		}
		for _, d := range []int{0, n - 1} {
			if diff := differ([]string{fmt.Sprintf("%06d", n-1-d)}, v.Strings("f", Ref{0, d})); diff != "" {
				t.Errorf("%d values, document %d (-want +got):\n%s", n, d, diff)
			}
		}
	}
}

// TestFold searches values by their labels.
func TestFold(t *testing.T) {
	var docs []document
	for i, code := range []string{"DE", "FR", "GB", "DE"} {
		docs = append(docs, document{ref: Ref{0, i}, live: true, fields: map[string][]string{"country": {code}}})
	}
	v := corpus{docs}.view()
	labels := map[string]string{"DE": "germany", "FR": "france", "GB": "united kingdom"}
	v.Fold = func(field, value string) string {
		if label, ok := labels[value]; ok && field == "country" {
			return label
		}
		return strings.ToLower(value)
	}
	_, results := v.Count(v.All(), nil, []Request{{Field: "country", Contains: "AN", Selected: []string{"GB"}}})
	want := Result{Field: "country", Total: 2, Known: Count{Articles: 4}, Matches: Count{Articles: 4}, Values: []Value{
		{Value: "DE", Count: Count{Articles: 2}},
		{Value: "FR", Count: Count{Articles: 1}},
		{Value: "GB", Count: Count{Articles: 1}, Selected: true},
	}}
	if diff := differ(want, results[0]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestTopAcrossViews turns the pages of a list while the index is merged and
// documents behind the cursor vanish.
func TestTopAcrossViews(t *testing.T) {
	r := chance{rand.New(rand.NewPCG(7, 7))}
	var all []document
	for i := range 500 {
		d := document{live: true, fields: map[string][]string{ID: {fmt.Sprintf("%03d", i)}}}
		if !r.oneIn(5) {
			d.fields["date"] = []string{r.date()}
		}
		all = append(all, d)
	}
	// arrange deals the documents to segments anew.
	arrange := func() (corpus, []document) {
		c := make(corpus, 1+r.IntN(4))
		var out []document
		for _, i := range r.Perm(len(all)) {
			d := all[i]
			s := r.IntN(len(c))
			d.ref = Ref{s, len(c[s])}
			c[s] = append(c[s], d)
			out = append(out, d)
		}
		return c, out
	}
	for _, key := range []Key{{"date", false}, {"date", true}} {
		for _, k := range []int{1, 7, 450} {
			var want, got []string
			_, docs := arrange()
			byRef := map[Ref]string{}
			for _, d := range docs {
				byRef[d.ref] = d.fields[ID][0]
			}
			for _, ref := range sorted(docs, key) {
				want = append(want, byRef[ref])
			}
			var cursor *Cursor
			for range len(all) {
				c, docs := arrange()
				v := c.view()
				if cursor != nil { // the cursor's own document is deleted
					live := v.All()
					for _, d := range docs {
						if d.fields[ID][0] == cursor.ID {
							live[d.ref.Segment].Clear(d.ref.Doc)
						}
					}
					v = NewView(v.segments, live)
				}
				var page []Ref
				page, cursor = v.Top(v.All(), key, k, cursor)
				for _, ref := range page {
					got = append(got, v.Strings(ID, ref)...)
				}
				if cursor == nil {
					break
				}
			}
			if diff := differ(want, got); diff != "" {
				t.Errorf("key %+v, pages of %d (-want +got):\n%s", key, k, diff)
			}
		}
	}
}

// TestConcurrentUse lets many searches ask a new view for the same things.
func TestConcurrentUse(t *testing.T) {
	v := benchView(20_000)
	requests := []Request{{Field: "sector"}, {Field: "victim", Limit: 5}, {Field: "date", Histogram: Month}, {Field: "actor", Contains: "1"}}
	filters := []Filter{{Field: "attack", Values: []string{"attack 00001"}}}
	results := make([][]Result, 8)
	var group sync.WaitGroup
	for i := range results {
		group.Go(func() {
			v.Prepare("records", "country")
			_, results[i] = v.Count(v.All(), filters, requests)
			v.Top(v.All(), Key{Field: "records"}, 10, nil)
		})
	}
	group.Wait()
	for i := range results {
		if diff := differ(results[0], results[i]); diff != "" {
			t.Fatalf("search %d answers otherwise (-first +this):\n%s", i, diff)
		}
	}
	if results[0][0].Matches.Articles == 0 {
		t.Fatal("nothing matched")
	}
}
