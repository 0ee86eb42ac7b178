package indexer

import "hash/maphash"

// hashes is a set of ids that takes a fixed room. It can have some that were never
// added: 1 in 13 after 10 million.
type hashes struct {
	seed maphash.Seed
	bits []uint64
}

// hashBits is the binary logarithm of the number of bits: 16 MB.
const hashBits = 27

func newHashes() *hashes {
	return &hashes{maphash.MakeSeed(), make([]uint64, 1<<(hashBits-6))}
}

// place is the word and the bit of an id.
func (h *hashes) place(id string) (word, bit uint64) {
	x := maphash.String(h.seed, id) >> (64 - hashBits)
	return x >> 6, 1 << (x & 63)
}

func (h *hashes) add(id string) {
	word, bit := h.place(id)
	h.bits[word] |= bit
}

func (h *hashes) has(id string) bool {
	word, bit := h.place(id)
	return h.bits[word]&bit != 0
}
