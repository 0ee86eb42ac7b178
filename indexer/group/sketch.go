package group

import "slices"

const (
	// shingle is the number of words of a shingle.
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
	seen := make(map[uint64]struct{}, len(w))
	var votes [64]int // how many shingles have the bit
	for i := range len(w) - shingle + 1 {
		h := uint64(fnvOffset)
		for _, s := range w[i : i+shingle] {
			for j := range len(s) {
				h = (h ^ uint64(s[j])) * fnvPrime
			}
			h = (h ^ ' ') * fnvPrime
		}
		x := mix(h)
		if _, ok := seen[x]; ok {
			continue
		}
		seen[x] = struct{}{}
		for b := range votes {
			votes[b] += int(x >> b & 1) // without a branch that nothing can predict
		}
	}
	var out uint64
	for b, v := range votes {
		if 2*v > len(seen) {
			out |= 1 << b
		}
	}
	return out
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
