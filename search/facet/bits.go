package facet

import (
	"iter"
	"math/bits"
)

// Bits is a set of small non-negative integers, such as the local document
// numbers of a segment, one bit each. The zero value is an empty set without
// room; sets that are combined must have been made for the same size.
type Bits []uint64

// NewBits returns an empty set with room for 0 to n-1.
func NewBits(n int) Bits { return make(Bits, (n+63)/64) }

// All returns the set of 0 to n-1.
func All(n int) Bits {
	b := NewBits(n)
	for i := range b {
		b[i] = ^uint64(0)
	}
	if rest := n % 64; rest != 0 {
		b[len(b)-1] = 1<<rest - 1
	}
	return b
}

// Set adds i, which must be within the room of the set.
func (b Bits) Set(i int) { b[i>>6] |= 1 << (i & 63) }

// Clear removes i, which must be within the room of the set.
func (b Bits) Clear(i int) { b[i>>6] &^= 1 << (i & 63) }

// Has reports whether i is in the set, false when it is beyond its room.
func (b Bits) Has(i int) bool { return uint(i>>6) < uint(len(b)) && b[i>>6]>>(i&63)&1 != 0 }

// Count returns the number of members.
func (b Bits) Count() int {
	n := 0
	for _, w := range b {
		n += bits.OnesCount64(w)
	}
	return n
}

// And keeps the members that are in o too. What o has no room for is removed.
func (b Bits) And(o Bits) {
	n := min(len(b), len(o))
	for i, w := range o[:n] {
		b[i] &= w
	}
	clear(b[n:])
}

// Or adds the members of o, which must not have more room than b.
func (b Bits) Or(o Bits) {
	for i, w := range o {
		b[i] |= w
	}
}

// AndNot removes the members of o.
func (b Bits) AndNot(o Bits) {
	for i, w := range o[:min(len(b), len(o))] {
		b[i] &^= w
	}
}

// Clone returns a copy.
func (b Bits) Clone() Bits { return append(make(Bits, 0, len(b)), b...) }

// Ones yields the members in ascending order.
func (b Bits) Ones() iter.Seq[int] {
	return func(yield func(int) bool) {
		for i, w := range b {
			for ; w != 0; w &= w - 1 {
				if !yield(i<<6 + bits.TrailingZeros64(w)) {
					return
				}
			}
		}
	}
}
