package compare

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"incidex/data"
)

// judge fills in the verdict of a row and what follows from seeing all cells.
func (r *Row) judge(columns []Column) {
	var known, silent, odd []int // silent: it applies, and no value is known
	for i, c := range r.Cells {
		switch c.State {
		case Known, Denied:
			known = append(known, i)
		case NotReported, Unknown:
			silent = append(silent, i)
		case Contradictory:
			silent, odd = append(silent, i), append(odd, i)
		}
	}
	if r.Kind == KindSet {
		r.sets(known)
	} else if r.Kind != KindDate {
		r.bars(known)
	}
	all, compatible, any, foreign := true, true, false, false
	for i, a := range known {
		for _, b := range known[i+1:] {
			a, b := r.Cells[a], r.Cells[b]
			foreign = foreign || r.incomparable(a, b)
			if r.alike(a, b) {
				any = true
				continue
			}
			all = false
			compatible = compatible && r.compatible(a, b)
			any = any || overlap(a, b)
		}
	}
	names := func(list []int) string {
		var s []string
		for _, i := range list {
			s = append(s, columns[i].Title)
		}
		return join(s)
	}
	switch {
	case len(known) == 0:
		r.Verdict, r.Words = NobodyKnow, "No source says"
	case len(silent) > 0:
		r.Verdict, r.Words = SomeKnow, "Known only for "+names(known)
	case len(known) == 1:
		r.Verdict, r.Words = SomeKnow, "Applies only to "+names(known)
	case all:
		r.Verdict, r.Words = Same, "The same"
		if t := r.Cells[known[0]].Text; !slices.ContainsFunc(known, func(i int) bool { return r.Cells[i].Text != t }) {
			r.Words += ": " + t
		}
	case foreign:
		r.Verdict, r.Words = NotComparable, "Not comparable: they count different things"
		if r.Kind == KindMoney {
			r.Words = "Not comparable: there is no exchange rate for an amount"
		}
	case compatible:
		r.Verdict, r.Words = Compatible, "Compatible: one is less precise"
	case any:
		r.Verdict, r.Words = Partly, "Partly shared"
		if len(r.Shared) > 0 {
			r.Words = "All have " + join(r.Shared)
		}
	default:
		r.Verdict, r.Words = Differ, "Different"
	}
	if r.Ratio != nil && (r.Verdict == Differ || r.Verdict == Partly || r.Verdict == SomeKnow) {
		r.Words += "; " + r.ratio(columns, known)
	}
	if len(odd) > 0 {
		r.Words += "; the dates of " + names(odd) + " contradict each other"
	}
}

// ratio says the ratio of a row in words.
func (r *Row) ratio(columns []Column, known []int) string {
	lo, hi := -1, -1
	for _, i := range known {
		n, _ := r.amount(r.Cells[i])
		if n == nil || *n <= 0 {
			continue
		}
		if lo < 0 {
			lo, hi = i, i
		}
		if m, _ := r.amount(r.Cells[lo]); *n < *m {
			lo = i
		}
		if m, _ := r.amount(r.Cells[hi]); *n > *m {
			hi = i
		}
	}
	format := "%s has %s times as many as %s"
	switch {
	case r.Converted:
		format = "%s has about %s times as much as %s, in US dollars of its year"
	case r.Kind == KindMoney:
		format = "%s has %s times as much as %s"
	case r.Kind == KindDays:
		format = "%s took %s times as long as %s"
	}
	return fmt.Sprintf(format, columns[hi].Title, times(*r.Ratio), columns[lo].Title)
}

// times writes a ratio with two significant digits.
func times(ratio float64) string {
	if ratio >= 10 {
		return FormatNumber(math.Round(ratio))
	}
	return FormatNumber(math.Round(ratio*10) / 10)
}

func join(s []string) string {
	if len(s) < 2 {
		return strings.Join(s, "")
	}
	return strings.Join(s[:len(s)-1], ", ") + " and " + s[len(s)-1]
}

// alike reports whether two known cells say the same. It is symmetric.
func (r *Row) alike(a, b Cell) bool {
	if len(a.Values) == 0 || len(b.Values) == 0 {
		return len(a.Values) == len(b.Values)
	}
	x, y := a.Values[0], b.Values[0]
	switch r.Kind {
	case KindNumber, KindMoney:
		n, u := r.amount(a)
		m, w := r.amount(b)
		switch {
		case n == nil || m == nil:
			return n == nil && m == nil && x.Value == y.Value
		case r.Key == "articles":
			return *n == *m
		case x.Currency != y.Currency: // of the one that is turned into the other nothing is exact
			return u == w && math.Abs(*n-*m) <= rateError*max(math.Abs(*n), math.Abs(*m))
		}
		return u == w && data.SameCount(*x.Number, *y.Number)
	case KindDays:
		return *a.Low == *b.Low && *a.High == *b.High
	case KindDate:
		return x.Value == y.Value
	}
	if len(a.Values) != len(b.Values) {
		return false
	}
	return !slices.ContainsFunc(a.Values, func(v Value) bool { return !has(b, v.Value) })
}

// rateError is how far apart two amounts may be, as a share, that are the same but for
// the average exchange rate of a year.
const rateError = 0.02

// compatible reports whether two cells that are not alike can both be of the same day,
// or the same number of days: one is less precise than the other.
func (r *Row) compatible(a, b Cell) bool {
	if len(a.Values) == 0 || len(b.Values) == 0 {
		return false
	}
	switch r.Kind {
	case KindDate:
		d, e := data.Date(a.Values[0].Value), data.Date(b.Values[0].Value)
		return d.Covers(e) || e.Covers(d)
	case KindDays:
		return *a.Low <= *b.High && *b.Low <= *a.High
	}
	return false
}

// overlap reports whether two cells have a value in common.
func overlap(a, b Cell) bool {
	return slices.ContainsFunc(a.Values, func(v Value) bool { return v.Value != "" && has(b, v.Value) })
}

func has(c Cell, value string) bool {
	return slices.ContainsFunc(c.Values, func(v Value) bool { return v.Value == value })
}

// sets fills in the shared values of a row and the own ones of its cells.
func (r *Row) sets(known []int) {
	if len(known) < 2 {
		return
	}
	in := map[string]int{}
	for _, i := range known {
		for _, v := range r.Cells[i].Values {
			in[v.Value]++
		}
	}
	for _, v := range r.Cells[known[0]].Values {
		if in[v.Value] == len(known) {
			r.Shared = append(r.Shared, v.Label)
		}
	}
	slices.Sort(r.Shared)
	for _, i := range known {
		for _, v := range r.Cells[i].Values {
			if in[v.Value] == 1 {
				r.Cells[i].Own = append(r.Cells[i].Own, v.Label)
			}
		}
	}
}

// number is the number of a cell, nil when it has none.
func number(c Cell) *float64 {
	if len(c.Values) == 0 {
		return nil
	}
	return c.Values[0].Number
}

// bars fills in unit, ratio, scale and bars where all known numbers count the same.
func (r *Row) bars(known []int) {
	var unit string
	lo, hi, n := math.Inf(1), 0.0, 0
	for _, i := range known {
		v, u := r.amount(r.Cells[i])
		if v == nil {
			continue
		}
		if n > 0 && u != unit {
			return
		}
		unit, n = u, n+1
		if *v > 0 {
			lo, hi = min(lo, *v), max(hi, *v)
		}
	}
	if n == 0 {
		return
	}
	r.Unit, r.Scale = unit, Linear
	positive := 0
	for _, i := range known {
		if v, _ := r.amount(r.Cells[i]); v != nil && *v > 0 {
			positive++
		}
	}
	if positive > 1 {
		ratio := hi / lo
		r.Ratio = &ratio
		if ratio > LogFrom {
			r.Scale = Log
		}
	}
	for _, i := range known {
		v, _ := r.amount(r.Cells[i])
		if v == nil {
			continue
		}
		bar := 0.0
		switch {
		case hi == 0 || *v <= 0:
		case r.Scale == Log:
			bar = math.Log1p(*v) / math.Log1p(hi)
		default:
			bar = *v / hi
		}
		r.Cells[i].Bar = &bar
	}
}
