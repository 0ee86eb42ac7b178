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
	var known, silent []int // silent: it applies, and no value is known
	for i, c := range r.Cells {
		switch c.State {
		case Known, Denied:
			known = append(known, i)
		case NotReported, Unknown:
			silent = append(silent, i)
		}
	}
	if r.Kind == KindSet {
		r.sets(known)
	} else if r.Kind != KindDate {
		r.bars(known)
	}
	all, any := true, false
	for i, a := range known {
		for _, b := range known[i+1:] {
			if r.alike(r.Cells[a], r.Cells[b]) {
				any = true
			} else {
				all = false
				any = any || overlap(r.Cells[a], r.Cells[b])
			}
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
	case any:
		r.Verdict, r.Words = Partly, "Partly shared"
		if len(r.Shared) > 0 {
			r.Words = "All have " + join(r.Shared)
		}
	default:
		r.Verdict, r.Words = Differ, "Different"
	}
	if r.Ratio != nil && r.Verdict != Same {
		lo, hi := known[0], known[0]
		for _, i := range known {
			if n := number(r.Cells[i]); n != nil && *n > 0 {
				if m := number(r.Cells[lo]); m == nil || *m <= 0 || *n < *m {
					lo = i
				}
				if m := number(r.Cells[hi]); m == nil || *n > *m {
					hi = i
				}
			}
		}
		r.Words += fmt.Sprintf("; %s has %s times as many as %s", columns[hi].Title, times(*r.Ratio), columns[lo].Title)
		if r.Kind == KindMoney || r.Kind == KindDays {
			r.Words = strings.Replace(r.Words, "as many", "as much", 1)
		}
	}
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
	case KindNumber, KindMoney, KindDays:
		if x.Number == nil || y.Number == nil {
			return x.Number == nil && y.Number == nil && x.Value == y.Value
		}
		if r.Key == "articles" || r.Kind == KindDays {
			return *x.Number == *y.Number
		}
		return x.Unit == y.Unit && x.Currency == y.Currency && data.SameCount(*x.Number, *y.Number)
	case KindDate:
		d, e := data.Date(x.Value), data.Date(y.Value)
		return d.Covers(e) || e.Covers(d)
	}
	if len(a.Values) != len(b.Values) {
		return false
	}
	return !slices.ContainsFunc(a.Values, func(v Value) bool { return !has(b, v.Value) })
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
		v := number(r.Cells[i])
		if v == nil {
			continue
		}
		u := r.Cells[i].Values[0].Unit + r.Cells[i].Values[0].Currency
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
		if v := number(r.Cells[i]); v != nil && *v > 0 {
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
		v := number(r.Cells[i])
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
