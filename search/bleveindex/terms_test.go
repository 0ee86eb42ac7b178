package bleveindex

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/blevesearch/vellum"
	"github.com/google/go-cmp/cmp"
)

// tree makes a dictionary of words, which it sorts.
func tree(t testing.TB, words []string, options *vellum.BuilderOpts) termTree {
	t.Helper()
	var out bytes.Buffer
	b, err := vellum.New(&out, options)
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(words)
	for i, w := range slices.Compact(words) {
		if err := b.Insert([]byte(w), uint64(i*i*31)); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func (t termTree) list(start, end string) ([]string, error) {
	var out []string
	err := t.between(start, end, func(key []byte) { out = append(out, string(key)) })
	return out, err
}

// Words are found as vellum finds them.
func TestTermsBetween(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	word := func(letters string, most int) string {
		var b strings.Builder
		for range r.IntN(most) {
			b.WriteByte(letters[r.IntN(len(letters))])
		}
		return b.String()
	}
	var all strings.Builder
	for i := range 256 {
		all.WriteByte(byte(i))
	}
	for _, x := range []struct {
		name, letters string
		n, most       int
	}{
		{"none", "a", 0, 1},
		{"the empty word", "a", 1, 1},
		{"few letters", "abc", 300, 8},
		{"common and other letters", "etaoQ\x00\x1f\xffé", 2000, 6},
		{"all letters", all.String(), 3000, 4},
		{"long words", "ab", 50, 200},
	} {
		for name, options := range map[string]*vellum.BuilderOpts{"shared": nil, "apart": apart} {
			t.Run(x.name+" "+name, func(t *testing.T) {
				var words []string
				for range x.n {
					words = append(words, word(x.letters, x.most))
				}
				made := tree(t, words, options)
				fst, err := vellum.Load(made)
				if err != nil {
					t.Fatal(err)
				}
				for _, w := range append([]string{"", "no such word"}, words...) {
					want, is, err := fst.Get([]byte(w))
					if err != nil {
						t.Fatal(err)
					}
					if got, ok, err := made.get(w); ok != is || ok && got != want || err != nil {
						t.Fatalf("get %q: %d, %v, %v; want %d, %v", w, got, ok, err, want, is)
					}
				}
				for range 100 {
					start, end := word(x.letters, x.most), word(x.letters, x.most)
					if len(words) > 0 && r.IntN(2) == 0 {
						start = words[r.IntN(len(words))]
						end = start + "\xff"
					}
					if start > end {
						start, end = end, start
					}
					var want []string
					it, err := fst.Iterator([]byte(start), []byte(end))
					for ; err == nil; err = it.Next() {
						key, _ := it.Current()
						if string(key) < end { // where nothing lies between, it stands behind
							want = append(want, string(key))
						}
					}
					got, err := made.list(start, end)
					if err != nil {
						t.Fatal(err)
					}
					if diff := cmp.Diff(want, got); diff != "" {
						t.Fatalf("from %q to %q (-want +got)\n%s", start, end, diff)
					}
				}
			})
		}
	}
}

// A damaged dictionary is an error, or has other words, and never a panic.
func TestDamagedTerms(t *testing.T) {
	var words []string
	for i := range 100 {
		words = append(words, fmt.Sprintf("word%c%d", 'a'+i%26, i*i))
	}
	sound := tree(t, words, apart)
	failed := 0
	for i := range sound {
		for _, b := range []byte{0, 1, finalState, singleState, 0xff, ^sound[i]} {
			damaged := slices.Clone(sound)
			damaged[i] = b
			got, err := damaged.list("word", "word\xff")
			if err != nil {
				failed++
			}
			for _, w := range words[:3] {
				_, _, _ = damaged.get(w)
			}
			for _, key := range got {
				if !strings.HasPrefix(key, "word") {
					t.Fatalf("with byte %d as %#x: %q is not between", i, b, key)
				}
			}
		}
	}
	if failed == 0 {
		t.Error("no damage is an error")
	}
}
