package group

import (
	"math/bits"
	"slices"
)

const (
	// shingle is the number of words of a shingle. The code of sketch relies on it.
	shingle = 4
	// minShingles is the fewest shingles that make a sketch worth comparing.
	minShingles = 30
)

// sketch is the simhash of the word shingles of a text, given by its folded words, 0
// for a text that is too short to have one. Texts that share most of their sentences
// have sketches that differ in few bits.
func sketch(w []string) uint64 {
	if len(w) < minShingles+shingle {
		return 0
	}
	seen := newSums(len(w))
	var votes votes
	// The sums of the shingles that are open, the oldest first: each byte goes into all of
	// them, which takes no longer than into one.
	var a, b, c, d uint64
	for i, s := range w {
		a, b, c, d = b, c, d, fnvOffset
		for j := range len(s) {
			x := uint64(s[j])
			a, b, c, d = (a^x)*fnvPrime, (b^x)*fnvPrime, (c^x)*fnvPrime, (d^x)*fnvPrime
		}
		a, b, c, d = (a^' ')*fnvPrime, (b^' ')*fnvPrime, (c^' ')*fnvPrime, (d^' ')*fnvPrime
		if i < shingle-1 {
			continue
		}
		if x := mix(a); seen.add(x) {
			votes.add(x)
		}
	}
	return votes.most(seen.n)
}

// votes counts for each of 64 bits how many numbers have it. Number i has bit i of the
// count of each bit.
type votes [32]uint64

func (v *votes) add(x uint64) {
	for i := 0; x != 0 && i < len(v); i++ {
		v[i], x = v[i]^x, v[i]&x
	}
}

// most are the bits that most of the n numbers have.
func (v *votes) most(n int) uint64 {
	var out uint64
	for b := range 64 {
		count := 0
		for i, x := range v[:bits.Len(uint(n))] {
			count |= int(x>>b&1) << i
		}
		if 2*count > n {
			out |= 1 << b
		}
	}
	return out
}

// sums is a set of numbers, in a table with open addressing.
type sums struct {
	n      int
	places []uint64 // 0 for a free one
	zero   bool
}

func newSums(most int) *sums { return &sums{places: make([]uint64, 2<<bits.Len(uint(most)))} }

// add reports whether x is new.
func (s *sums) add(x uint64) bool {
	if x == 0 {
		if !s.zero {
			s.zero = true
			s.n++
			return true
		}
		return false
	}
	last := uint64(len(s.places) - 1)
	i := x & last
	for ; s.places[i] != 0; i = (i + 1) & last {
		if s.places[i] == x {
			return false
		}
	}
	s.places[i] = x
	s.n++
	return true
}

// The constants of the 64-bit FNV-1a hash.
const (
	fnvOffset = 14695981039346656037
	fnvPrime  = 1099511628211
)

// mix spreads the bits of an FNV sum (the finalizer of MurmurHash3).
func mix(x uint64) uint64 {
	x ^= x >> 33
	x *= 0xff51afd7ed558ccd
	x ^= x >> 33
	x *= 0xc4ceb9fe1a85ec53
	return x ^ x>>33
}

// firstOf drops what repeats, keeping the order.
func firstOf[T comparable](list []T, most int) []T {
	var out []T
	for _, x := range list {
		if len(out) == most {
			break
		}
		if !slices.Contains(out, x) {
			out = append(out, x)
		}
	}
	return out
}
