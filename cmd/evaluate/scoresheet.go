package main

import (
	"fmt"
	"slices"
	"strings"
)

// sheet counts what is right, by field, in the order of the first count.
type sheet []tally

// tally counts one figure: a share, the mean of the shares of classes, or a
// comparison of what is wanted and got, in n articles.
type tally struct {
	name     string
	right, n int
	classes  sheet
	compared bool
	// Of what is wanted and of what was got, how many there are and how many the
	// other side has.
	want, wantHit, got, gotHit int
}

// find returns the tally of that name, a new one at the first call.
func (s *sheet) find(name string) *tally {
	i := slices.IndexFunc(*s, func(t tally) bool { return t.name == name })
	if i < 0 {
		i = len(*s)
		*s = append(*s, tally{name: name})
	}
	return &(*s)[i]
}

// share counts one case that is right or wrong.
func (s *sheet) share(name string, ok bool) {
	t := s.find(name)
	t.n++
	if ok {
		t.right++
	}
}

// top counts whether the best of what was got is right.
func top[T any](s *sheet, name string, got []T, right func(T) bool) bool {
	ok := len(got) > 0 && right(got[0])
	s.share(name, ok)
	return ok
}

// compare counts one article: what is wanted and got, and what of it is the same.
func compare[W, G any](s *sheet, name string, want []W, got []G, same func(W, G) bool) {
	compareWithin(s, name, want, want, got, same)
}

// compareWithin is compare where what was got is right within a longer list than is wanted.
func compareWithin[W, G any](s *sheet, name string, want, right []W, got []G, same func(W, G) bool) {
	t := s.find(name)
	t.compared = true
	t.n++
	t.want += len(want)
	t.got += len(got)
	for _, w := range want {
		if slices.ContainsFunc(got, func(g G) bool { return same(w, g) }) {
			t.wantHit++
		}
	}
	for _, g := range got {
		if slices.ContainsFunc(right, func(w W) bool { return same(w, g) }) {
			t.gotHit++
		}
	}
}

// compareSets counts one article by equal things, each once.
func compareSets[T comparable](s *sheet, name string, want, got []T) {
	compare(s, name, distinct(want), distinct(got), func(w, g T) bool { return w == g })
}

func distinct[T comparable](things []T) []T {
	var out []T
	for _, t := range things {
		if !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	return out
}

// String writes one line a figure: its name, the fraction and of how many.
func (s *sheet) String() string {
	var b strings.Builder
	line := func(name string, figure float64, n int) { fmt.Fprintf(&b, "  %-28s%.4f%8d\n", name, figure, n) }
	for _, t := range *s {
		switch {
		case t.compared:
			line(t.name+".precision", fraction(t.gotHit, t.got), t.got)
			line(t.name+".recall", fraction(t.wantHit, t.want), t.want)
			line(t.name+".f1", t.f1(), t.n)
		case t.classes != nil:
			mean := 0.0
			for _, c := range t.classes {
				mean += fraction(c.right, c.n) / float64(len(t.classes))
			}
			line(t.name, mean, len(t.classes))
		default:
			line(t.name, fraction(t.right, t.n), t.n)
		}
	}
	return b.String()
}

func (t *tally) f1() float64 {
	p, r := fraction(t.gotHit, t.got), fraction(t.wantHit, t.want)
	if p+r == 0 {
		return 0
	}
	return 2 * p * r / (p + r)
}

func fraction(part, all int) float64 { return float64(part) / float64(max(1, all)) }
