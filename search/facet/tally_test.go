package facet

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestWaysAgree counts every field in each way, whichever would be chosen, and right
// before the epochs begin anew.
func TestWaysAgree(t *testing.T) {
	n := rounds
	if testing.Short() {
		n /= 5
	}
	few, many := 0, 0
	for seed := range n {
		r := chance{rand.New(rand.NewPCG(uint64(seed), 2))}
		c := r.corpus()
		v := c.view()
		o := v.ordered()
		x := v.newCounted(v.positions(c.hits(r.query(c))))
		for _, field := range fields {
			column := v.column(field)
			// read returns the counts by id, and all that a walk can leave.
			read := func(count func(t *tallies)) ([]smallCount, smallCount) {
				tally := &tallies{}
				tally.take(column.ids.keys())
				count(tally) // leaves traces of the first epochs
				tally.reset()
				tally.take(column.ids.keys())
				tally.epoch = math.MaxUint32 - uint32(r.IntN(30))
				count(tally)
				var out []smallCount
				for id := range uint32(len(column.values) + 1) {
					out = append(out, tally.of(id))
				}
				if tally.few {
					few++
					var want []uint32
					for id, n := range out {
						if id > 0 && n.articles > 0 {
							want = append(want, uint32(id))
						}
					}
					if diff := differ(want, slices.Sorted(slices.Values(tally.touched))); diff != "" {
						t.Fatalf("seed %d, %s: listed ids (-want +got):\n%s", seed, field, diff)
					}
				} else {
					many++
				}
				known := tally.known
				tally.reset()
				for key, n := range tally.own.articles[:cap(tally.own.articles)] {
					if n != 0 || tally.own.repeats[:cap(tally.own.repeats)][key] != 0 {
						t.Fatalf("seed %d, %s: key %d is not cleared", seed, field, key)
					}
				}
				return out, known
			}
			scanned, known := read(func(t *tallies) { column.scan(o, x.positions, t) })
			walked, also := read(func(t *tallies) { column.ids.walk(x.list(), t) })
			if diff := differ(fmt.Sprint(scanned, known), fmt.Sprint(walked, also)); diff != "" {
				t.Fatalf("seed %d, %s: walk (-scanned +walked):\n%s", seed, field, diff)
			}
		}
		x.release()
	}
	if few == 0 || many == 0 {
		t.Errorf("%d counts by few hits, %d by many: want some of both", few, many)
	}
}

// TestHitList compares lists with the documents that they stand for.
func TestHitList(t *testing.T) {
	longest := 0
	for seed := range rounds {
		r := chance{rand.New(rand.NewPCG(uint64(seed), 3))}
		c := r.corpus()
		v := c.view()
		o := v.ordered()
		x := v.newCounted(v.positions(c.hits(r.query(c))))
		var want hitList
		var run []uint32
		last := uint32(0)
		end := func() {
			longest = max(longest, len(run))
			switch {
			case len(run) == 2:
				want.pairs = append(want.pairs, [2]uint32{run[0], run[1]})
			case len(run) > 2:
				run[0] |= begins
				want.more = append(want.more, run...)
			}
			run = run[:0]
		}
		for p, g := range o.incidents() {
			if !x.positions.Has(p) {
				continue
			}
			want.positions = append(want.positions, uint32(p))
			if g == 0 {
				want.alone = append(want.alone, uint32(p))
				continue
			}
			if g != last {
				end()
			}
			last = g
			run = append(run, uint32(p))
		}
		end()
		if diff := differ(fmt.Sprintf("%+v", want), fmt.Sprintf("%+v", *x.list())); diff != "" {
			t.Fatalf("seed %d (-want +got):\n%s", seed, diff)
		}
		x.release()
	}
	if longest <= 64 {
		t.Errorf("the longest incident has %d hits: want more than a word of bits", longest)
	}
}

// TestStartAgain answers twice from one selection, the second time other requests.
func TestStartAgain(t *testing.T) {
	v := benchView(20_000)
	hits := share(v, 0.3)
	filters := []Filter{{Field: "attack", Values: []string{"attack 00001"}}}
	selected := v.Select(hits, filters)
	for _, fields := range [][]string{{"sector", "attack", "victim"}, {"country", "attack", "actor", "date"}} {
		var requests []Request
		for _, f := range fields {
			requests = append(requests, Request{Field: f, Limit: 10})
		}
		_, want := v.Count(hits, filters, requests)
		if diff := differ(want, selected.Start(requests)()); diff != "" {
			t.Errorf("%v (-alone +together):\n%s", fields, diff)
		}
	}
}
