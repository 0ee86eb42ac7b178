package text

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// Words that are left out by their first letters would not have been found.
func TestBeginningsLoseNoWord(t *testing.T) {
	pieces := []string{
		"Breach", "breaches", "BREACHED", "o'neil", "O’Neil's", "e-mail", "Email", "at&t", "AT&T's", "U.K.", "uk", "école", "Ecole", "ÉCOLE",
		"1,234", "12", "CVE-2021-44228", "a", "I", "dying", "die", "São", "sao", "株式会社", "x", "re-use", "İstanbul", "ﬁle", "file", "K",
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		var text []string
		for range 12 {
			text = append(text, pieces[r.IntN(len(pieces))])
		}
		joined := strings.Join(text, " ")
		wanted := Analyze(pieces[r.IntN(len(pieces))] + " " + pieces[r.IntN(len(pieces))])
		only := &beginnings{}
		stems := map[string]bool{}
		for _, w := range wanted {
			stems[w.Stem] = true
			only.add(w.Stem)
		}
		find := func(only *beginnings) (out []Word) {
			a := analyzers.Get().(*Analyzer)
			defer analyzers.Put(a)
			a.only = only
			defer func() { a.only = nil }()
			for _, w := range a.Words(joined) {
				if stems[w.Stem] {
					out = append(out, w)
				}
			}
			return out
		}
		want, got := find(nil), find(only)
		if len(want) != len(got) {
			t.Fatalf("words %v of %q: %d places, without others %d", stems, joined, len(want), len(got))
		}
		for i := range want {
			// Two analyzers, which the pool may have given, remember forms apart.
			w, g := want[i], got[i]
			if w.Exact != g.Exact || w.Stem != g.Stem || w.Pos != g.Pos || w.Start != g.Start || w.End != g.End || w.Joined != g.Joined {
				t.Fatalf("words %v of %q: %+v, without others %+v", stems, joined, want[i], got[i])
			}
		}
	}
}
