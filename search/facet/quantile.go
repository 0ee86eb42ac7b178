package facet

import "math"

// Quantiles returns the quantiles of a number field over the hits, such as 0.5
// for the median, and how many numbers there were: a document counts each of its
// numbers. Between two numbers it interpolates linearly, so that the median of
// an even count is the mean of the middle two. It returns nil and 0 when no hit
// has a number. Each of qs must be from 0 to 1, both included.
func (v *View) Quantiles(field string, hits Hits, qs ...float64) ([]float64, int) {
	c, o := v.column(field), v.ordered()
	t := v.scratch.Get().(*tallies)
	defer v.scratch.Put(t)
	defer t.reset()
	x := v.newCounted(v.positions(hits))
	defer x.release()
	c.count(o, x, t)
	var numbers []float64 // distinct, ascending
	var upto []int        // how many numbers there are up to and with each
	n := 0
	for i, s := range c.values {
		if times := int(t.articles[i+1]); times > 0 {
			if f, ok := DecodeNumber(s); ok {
				n += times
				numbers, upto = append(numbers, f), append(upto, n)
			}
		}
	}
	if n == 0 {
		return nil, 0
	}
	at := func(rank int) float64 {
		lo, hi := 0, len(upto)
		for lo < hi {
			if mid := (lo + hi) / 2; upto[mid] > rank {
				hi = mid
			} else {
				lo = mid + 1
			}
		}
		return numbers[lo]
	}
	out := make([]float64, len(qs))
	for i, q := range qs {
		rank := q * float64(n-1)
		low := math.Floor(rank)
		a, b := at(int(low)), at(int(math.Ceil(rank)))
		out[i] = a
		if a != b {
			out[i] = a + (rank-low)*(b-a)
		}
	}
	return out, n
}
