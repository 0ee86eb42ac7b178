package extract

import "math/bits"

// table maps numbers to values, with open addressing: rules look up several for each word
// of a text, and most are not there. The zero table is empty.
type table[V any] struct {
	places []tablePlace[V]
	n      int
	shift  int
}

type tablePlace[V any] struct {
	key   uint64 // plus one, 0 for a free place
	value V
}

// spread is 2^64 divided by the golden ratio: the first bits of its multiples spread well.
const spread = 0x9e3779b97f4a7c15

// get returns the value of a key, and whether there is one.
func (t *table[V]) get(key uint64) (v V, ok bool) {
	if t.n == 0 {
		return v, false
	}
	p := t.place(key)
	return p.value, p.key != 0
}

// put sets the value of a key, which is not the largest number.
func (t *table[V]) put(key uint64, v V) {
	if 2*t.n >= len(t.places) {
		old := t.places
		t.places = make([]tablePlace[V], max(8, 2*len(old)))
		t.shift = 64 - bits.TrailingZeros(uint(len(t.places)))
		for _, p := range old {
			if p.key != 0 {
				*t.place(p.key - 1) = p
			}
		}
	}
	p := t.place(key)
	if p.key == 0 {
		t.n++
	}
	*p = tablePlace[V]{key + 1, v}
}

// place is where a key is, or where it belongs.
func (t *table[V]) place(key uint64) *tablePlace[V] {
	for i := int(key * spread >> t.shift); ; i++ {
		p := &t.places[i&(len(t.places)-1)]
		if p.key == key+1 || p.key == 0 {
			return p
		}
	}
}

// wordTable numbers words from 1 on, by their bytes.
type wordTable struct {
	places []wordPlace
	// bytes are those of the words, one after the other.
	bytes []byte
	n     int
}

type wordPlace struct {
	hash     uint32
	id       int32 // 0 for a free place
	from, to uint32
}

// id returns the number of a word with this hash (see hashBytes), 0 for one that is not there.
func (t *wordTable) id(w []byte, hash uint32) int32 {
	if t.n == 0 {
		return 0
	}
	return t.place(w, hash).id
}

// add returns the number of a word, which it gets if it has none.
func (t *wordTable) add(w []byte) int32 {
	if 2*t.n >= len(t.places) {
		old := t.places
		t.places = make([]wordPlace, max(8, 2*len(old)))
		for _, p := range old {
			if p.id != 0 {
				*t.place(t.bytes[p.from:p.to], p.hash) = p
			}
		}
	}
	hash := hashBytes(w)
	p := t.place(w, hash)
	if p.id == 0 {
		t.n++
		from := len(t.bytes)
		t.bytes = append(t.bytes, w...)
		*p = wordPlace{hash, int32(t.n), uint32(from), uint32(len(t.bytes))}
	}
	return p.id
}

func (t *wordTable) place(w []byte, hash uint32) *wordPlace {
	for i := int(hash); ; i++ {
		p := &t.places[i&(len(t.places)-1)]
		if p.id == 0 || p.hash == hash && string(t.bytes[p.from:p.to]) == string(w) {
			return p
		}
	}
}

// branches are the ways from node to node of a trie, by word.
type branches struct{ next table[int32] }

// put leads from a node by a word to another.
func (b *branches) put(from *followed, at, word, to int32) {
	from.words |= 1 << (word & 63)
	b.next.put(pairKey(at, word), to)
}

// get returns the node to which a word leads, 0 for none.
func (b *branches) get(from *followed, at, word int32) int32 {
	if from.words>>(word&63)&1 == 0 {
		return 0
	}
	to, _ := b.next.get(pairKey(at, word))
	return to
}

// followed is a part of a node: the words that lead on, by their last six bits. Most
// others are told apart by them.
type followed struct{ words uint64 }
