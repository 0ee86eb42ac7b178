package facet

import (
	"fmt"
	"math"
	"strconv"
)

// numberDigits is the length of an encoded number: 64 bits in hexadecimal.
const numberDigits = 16

// EncodeNumber writes a number as text of fixed length that sorts as the number
// does: the bits of the float, negative ones inverted and the sign bit set on
// the others, as 16 lower-case hexadecimal digits. Both zeros are written alike.
func EncodeNumber(f float64) string {
	if f == 0 {
		f = 0 // drops the sign
	}
	u := math.Float64bits(f)
	if u>>63 != 0 {
		u = ^u
	} else {
		u |= 1 << 63
	}
	return fmt.Sprintf("%016x", u)
}

// DecodeNumber reads what EncodeNumber wrote, and false when s is something else.
func DecodeNumber(s string) (float64, bool) {
	if len(s) != numberDigits {
		return 0, false
	}
	u, err := strconv.ParseUint(s, 16, 64)
	if err != nil {
		return 0, false
	}
	if u>>63 != 0 {
		u &^= 1 << 63
	} else {
		u = ^u
	}
	f := math.Float64frombits(u)
	return f, !math.IsNaN(f)
}
