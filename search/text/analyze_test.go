package text

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestWords(t *testing.T) {
	for text, want := range map[string]string{
		"The hackers hacked Kering's hotels":  "hackers:hacker@2 hacked:hack@3 kering:kere@4 hotels:hotel@5",
		"e-mail and E‑Mail":                   "e@1 mail@2 email@1+ e@4 mail@5 email@4+",
		"CVE-2021-44228":                      "cve@1 2021@2 44228@3 cve202144228@1+",
		"7,400,000 of 2.9 million":            "7400000@1 2.9@3 million@4",
		"1,2,3 in 2024-2025":                  "1@1 2@2 3@3 2024@5 2025@6",
		"AT&T, M&S and R & D":                 "at&t@1 m&s@2 r@4 d@5",
		"booking.com is up.The rest":          "booking:book@1 com@2 bookingcom@1+ rest@6",
		"U.K. law in the U.S.":                "uk@1 law@2 us@5",
		"O’Reilly’s café, L'Oréal":            "oreilly:oreilli@1 cafe@2 oreal@3 loreal@3+",
		"à l’hôpital, dell'Oro, L'e-mail":     "hopital:hopit@2 lhopital:lhopit@2+ oro@3 delloro@3+ e@4 mail@5 lemail@4+",
		"all's Dell's l' d'":                  "dell@2 l@3 d@4",
		"Straße STRASSE":                      "strasse:strass@1 strasse:strass@2",
		"IT, it; US us U.S. WHO who ITs IT's": "it@1 us@3 us@5 who@6 it@9",
		"C++, C# (.NET) asp.net c f#1 wtc#":   "c++@1 c#@2 .net@3 asp@4 net@5 aspnet@4+ c@6 f@7 1@8 wtc@9",
		"don't it's we'll":                    "",
		"dying skies happily":                 "dying@1 skies@2 happily:happili@3",
		"個人情報 data":                           "個@1 人@2 情@3 報@4 data@5",
		"Ünïcode ßtraße हिन्दी":               "unicode:unicod@1 sstrasse:sstrass@2 हिन्दी@3",
		"a_b x--y 3-D":                        "b@2 ab@1+ x@3 y@4 3@5 d@6 3d@5+",
		"":                                    "",
	} {
		var got []string
		for _, w := range Analyze(text) {
			s := w.Exact
			if w.Stem != w.Exact {
				s += ":" + w.Stem
			}
			s += fmt.Sprintf("@%d", w.Pos)
			if w.Joined {
				s += "+"
			}
			got = append(got, s)
		}
		if diff := cmp.Diff(want, strings.Join(got, " ")); diff != "" {
			t.Errorf("%q (-want +got)\n%s", text, diff)
		}
	}
}

// FuzzWords checks what the index and the snippets rely on: words are ranges of the
// text in order, the text in another case has the same, and keys can be read back.
func FuzzWords(f *testing.F) {
	f.Add("The e-mail of AT&T's 7,400,000 clients, U.K.")
	f.Add("個人情報 หกพัน हिन्दी O’Reilly’s")
	f.Add("a.b.c-d_e\u0301&f'g’h,123")
	f.Fuzz(func(t *testing.T, text string) {
		last, end := 0, 0
		for _, w := range Analyze(text) {
			if w.Start < 0 || w.End <= w.Start || w.End > len(text) {
				t.Fatalf("word %+v is not in the text", w)
			}
			if utf8.ValidString(text) && !utf8.ValidString(text[w.Start:w.End]) {
				t.Errorf("word %+v cuts a letter", w)
			}
			if !w.Joined && (w.Start < end || w.Pos <= last) {
				t.Errorf("word %+v begins before the end of the one before", w)
			}
			if !w.Joined {
				end, last = w.End, w.Pos
			}
			if w.Exact == "" || w.Stem == "" {
				t.Errorf("empty word %+v", w)
			}
			if stem, exact := SplitKey(Key(w.Stem, w.Exact)); exact != w.Exact || stem != w.Stem && stem != w.Exact {
				t.Errorf("key of %+v reads as %q, %q", w, stem, exact)
			}
			if n := min(minStem, len(w.Exact)); !strings.HasPrefix(w.Stem, w.Exact[:Shared(w.Exact, w.Stem)]) || Shared(w.Stem, w.Exact) < n && w.Stem != w.Exact {
				t.Errorf("stem of %+v does not keep its beginning", w)
			}
		}
	})
}
