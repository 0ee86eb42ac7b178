package facet

import (
	"math"
	"slices"
)

// smallest keeps the k smallest of the numbers that are added after a start.
type smallest struct {
	k     int
	keys  []uint64
	bound uint64 // numbers from here on are not among the k smallest
}

// start begins anew, with the room that there is.
func (s *smallest) start(k int) {
	*s = smallest{k: k, keys: s.keys[:0], bound: math.MaxUint64}
}

// add adds a number, which is below the greatest one.
func (s *smallest) add(key uint64) {
	if key >= s.bound {
		return
	}
	s.keys = append(s.keys, key)
	if len(s.keys) >= 2*s.k+smallestRoom {
		s.cut()
	}
}

// addFrom adds a number that is not below from, and reports whether it is not.
func (s *smallest) addFrom(from, key uint64) bool {
	if key < from {
		return false
	}
	s.add(key)
	return true
}

// smallestRoom is how many numbers are gathered, beside two times k, before they
// are cut to k.
const smallestRoom = 256

func (s *smallest) cut() {
	slices.Sort(s.keys)
	if len(s.keys) >= s.k {
		s.keys = s.keys[:s.k]
		if s.k > 0 {
			s.bound = s.keys[s.k-1]
		}
	}
}

// sorted returns the numbers that were kept in ascending order.
func (s *smallest) sorted() []uint64 {
	s.cut()
	return s.keys
}
