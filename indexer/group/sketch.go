package group

import (
	"hash/fnv"
	"slices"
	"strings"

	"incidex/data/vocab"
)

const (
	// shingle is the number of words of a shingle.
	shingle = 4
	// minShingles is the fewest shingles that make a sketch worth comparing.
	minShingles = 30
)

// Sketch is the simhash of the word shingles of a text, 0 for a text that is too
// short to have one. Texts that share most of their sentences have sketches that
// differ in few bits.
func Sketch(text string) uint64 {
	w := strings.Fields(vocab.Fold(text))
	if len(w) < minShingles+shingle {
		return 0
	}
	seen := map[uint64]bool{}
	var votes [64]int
	for i := range len(w) - shingle + 1 {
		h := fnv.New64a()
		for _, s := range w[i : i+shingle] {
			h.Write([]byte(s))
			h.Write([]byte{' '})
		}
		x := mix(h.Sum64())
		if seen[x] {
			continue
		}
		seen[x] = true
		for b := range votes {
			if x>>b&1 == 1 {
				votes[b]++
			} else {
				votes[b]--
			}
		}
	}
	var sketch uint64
	for b, v := range votes {
		if v > 0 {
			sketch |= 1 << b
		}
	}
	return sketch
}

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
