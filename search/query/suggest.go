package query

import (
	"slices"
	"strings"

	"incidex/data/vocab"
)

// maxSlip is the number of bytes of the longest word that is compared.
const maxSlip = 50

// Nearest returns the candidate that s is most likely a slip of, "" where none is near.
func Nearest(s string, candidates []string) string { return nearest(s, slices.Clone(candidates)) }

// nearest returns the candidate that s is most likely a slip of: one that it
// starts or that holds it as a word, else the one with the fewest edits, at most
// one for every three letters. It is "" when none is near.
func nearest(s string, candidates []string) string {
	if len(s) > maxSlip {
		return ""
	}
	slices.Sort(candidates)
	s = vocab.Fold(s)
	best, bestCost := "", 1+len(s)/3
	for _, c := range candidates {
		f := vocab.Fold(c)
		cost := bestCost + 1
		if len(f)-len(s) < bestCost && len(s)-len(f) < bestCost {
			cost = distance(s, f)
		}
		if len(s) > 2 && strings.Contains(" "+f, " "+s) {
			cost = 1
		}
		if cost < bestCost || cost == bestCost && best != "" && len(c) < len(best) {
			best, bestCost = c, cost
		}
	}
	return best
}

// distance is the number of letters to insert, delete, replace or swap with their
// neighbor that makes b of a (optimal string alignment).
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	before, last, row := make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range last {
		last[j] = j
	}
	for i := range x {
		row[0] = i + 1
		for j := range y {
			cost := 1
			if x[i] == y[j] {
				cost = 0
			}
			row[j+1] = min(last[j]+cost, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && x[i] == y[j-1] && x[i-1] == y[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(y)]
}

// nearestField returns the name of a field that s is a slip of, "" if there is none.
func nearestField(s string) string {
	var all []string
	for _, f := range Fields {
		all = append(append(all, string(f.Field)), f.Aliases...)
	}
	all = append(all, hasKeyword, missingKeyword, levelKeyword)
	name := nearest(s, all)
	if info, ok := Lookup(name); ok {
		return string(info.Field)
	}
	return name
}
