package data

import "math"

// SameCount reports whether two counts are one up to rounding: equal when both are
// written to the precision of the coarser one, as 7.4 million and 7,412,345 are, and
// not more than a tenth apart.
func SameCount(a, b float64) bool {
	if a == b {
		return true
	}
	if a == 0 || b == 0 {
		return false
	}
	unit := max(precision(a), precision(b))
	return math.Abs(a-b) <= min(unit/2, max(math.Abs(a), math.Abs(b))/10)
}

// precision is the unit of the last significant digit of a count: 100,000 for
// 7.4 million.
func precision(n float64) float64 {
	unit := 1.0
	for n = math.Abs(n); n >= 10 && math.Mod(n, 10) == 0; n /= 10 {
		unit *= 10
	}
	return unit
}
