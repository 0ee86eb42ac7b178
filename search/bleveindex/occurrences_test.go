package bleveindex

import (
	"math/rand/v2"
	"testing"

	segment "github.com/blevesearch/scorch_segment_api/v2"
	"github.com/google/go-cmp/cmp"
)

type at struct {
	segment.Location
	pos int
}

func (a at) Pos() uint64 { return uint64(a.pos) }

func TestPackedPlaces(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	packed, kept := 0, 0
	for range 20_000 {
		var want []int
		last := 0
		for range 1 + r.IntN(10) {
			last += 1 + r.IntN(1<<r.IntN(24))
			want = append(want, last)
		}
		n, ok := packPlaces(narrow(want))
		if n <= 1 {
			t.Fatalf("%v becomes %d, which Bleve keeps in another form", want, n)
		}
		var locations []segment.Location
		if ok {
			packed++
		} else {
			kept++
			for _, p := range want {
				locations = append(locations, at{pos: p})
			}
		}
		number := uint64(n)
		if number>>packedBits != 0 {
			t.Fatalf("%v becomes %d, which is too large", want, number)
		}
		if n := frequencyOf(number); n != len(want) {
			t.Fatalf("%v counts %d", want, n)
		}
		if diff := cmp.Diff(want, appendPlaces(nil, number, locations)); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
	}
	if packed == 0 || kept == 0 {
		t.Errorf("%d packed, %d kept as locations: both should occur", packed, kept)
	}
}

func narrow(places []int) []uint32 {
	out := make([]uint32, len(places))
	for i, p := range places {
		out[i] = uint32(p)
	}
	return out
}
