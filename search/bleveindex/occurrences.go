package bleveindex

import (
	"math/bits"

	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// Where a word stands in an article is kept in the number that Bleve takes for its
// frequency, as a Bleve location costs six bytes and most words stand once or
// twice. From its lowest bit on, the number holds
//
//	3 bits   n, how often the word stands there, up to maxPacked
//	5 bits   w, the bits of a distance, when n is more than 1
//	w bits   each distance to the place before, the first one's to 0, first one lowest
//
// Where this takes more than packedBits, n is 0, the frequency follows at once and
// the places are Bleve locations.
const (
	maxPacked   = 7
	countBits   = 3
	widthBits   = 5
	packedBits  = 62 // Bleve shifts the number by one, and keeps it in a signed one
	countMask   = 1<<countBits - 1
	widthMask   = 1<<widthBits - 1
	headerWidth = countBits + widthBits
)

// packPlaces returns the number for ascending places from 1 on, and false when
// they must be kept as locations.
func packPlaces(places []uint32) (int, bool) {
	n := len(places)
	if n == 1 {
		return int(places[0])<<countBits | 1, true
	}
	if n > maxPacked {
		return n << countBits, false
	}
	last, most := uint32(0), uint32(0)
	for _, p := range places {
		most = max(most, p-last)
		last = p
	}
	width := bits.Len32(most)
	if width > widthMask || headerWidth+n*width > packedBits {
		return n << countBits, false
	}
	packed := n | width<<countBits
	last = 0
	for i, p := range places {
		packed |= int(p-last) << (headerWidth + i*width)
		last = p
	}
	return packed, true
}

// frequencyOf returns how often a word stands in an article.
func frequencyOf(packed uint64) int {
	if n := packed & countMask; n > 0 {
		return int(n)
	}
	return int(packed >> countBits)
}

// appendPlaces appends the places of a word in an article in ascending order.
func appendPlaces(to []int, packed uint64, locations []segment.Location) []int {
	n := int(packed & countMask)
	switch n {
	case 0:
		for _, l := range locations {
			to = append(to, int(l.Pos()))
		}
	case 1:
		to = append(to, int(packed>>countBits))
	default:
		width := packed >> countBits & widthMask
		packed >>= headerWidth
		last := 0
		for range n {
			last += int(packed & (1<<width - 1))
			packed >>= width
			to = append(to, last)
		}
	}
	return to
}
