package facet

import (
	"math/rand/v2"
	"testing"
)

func encoded(seed uint64) []byte {
	v := chance{rand.New(rand.NewPCG(seed, 1))}.corpus().view()
	var out []byte
	for _, s := range v.segments {
		out = s.AppendTo(out)
	}
	return out
}

// TestReference reads the answers of segments that were written and read again.
func TestReadSegmentOfAPart(t *testing.T) {
	raw := encoded(1)
	for n := range raw {
		if s, rest, err := ReadSegment(raw[:n]); err == nil && len(s.AppendTo(nil))+len(rest) != n {
			t.Fatalf("%d of %d bytes are read as more than there are", n, len(raw))
		}
	}
}

func FuzzReadSegment(f *testing.F) {
	f.Add(encoded(1))
	f.Add(encoded(2))
	f.Fuzz(func(t *testing.T, raw []byte) {
		s, rest, err := ReadSegment(raw)
		if err != nil {
			return
		}
		again, none, err := ReadSegment(s.AppendTo(nil))
		if err != nil || len(none) > 0 || len(rest) > len(raw) || len(again.Columns) != len(s.Columns) {
			t.Errorf("what was read is not read again: %v", err)
		}
	})
}
