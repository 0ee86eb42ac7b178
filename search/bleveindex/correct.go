package bleveindex

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"incidex/data/vocab"
)

const (
	// minCorrected is the number of letters from which a word is corrected.
	minCorrected = 4
	// minTwice is the number of letters from which two slips are believed.
	minTwice = 7
	// maxCorrected is the number of letters up to which a word is corrected.
	maxCorrected = 40
)

// letters are what one slip can add to a word, beside its own letters.
const letters = "abcdefghijklmnopqrstuvwxyz"

// Correct returns the most frequent word of the index at one slip (a letter added,
// left out, replaced, or swapped with the next), else at two.
func (n *snapshot) Correct(text string) (string, error) {
	better := text
	l := newLookup(context.Background(), n)
	// From the end, so that the bytes of the words before stay where they are.
	for _, w := range slices.Backward(analyze(text)) {
		if w.joined {
			if known, err := l.knows(w); known || err != nil {
				return "", err
			}
			continue
		}
		c, err := n.correct(l, w)
		if err != nil {
			return "", err
		}
		if c != "" {
			better = better[:w.start] + c + better[w.end:]
		}
	}
	if better == text {
		return "", nil
	}
	return better, nil
}

// knows reports whether the index has a word, or one of its stem.
func (l *lookup) knows(w word) (bool, error) {
	df, err := l.frequency(group{fieldBody, stemGroup, w.stem})
	return df > 0, err
}

// correct returns the word that an unknown one most likely is a slip of, "" when
// there is none.
func (n *snapshot) correct(l *lookup, w word) (string, error) {
	size := utf8.RuneCountInString(w.exact)
	if size < minCorrected || size > maxCorrected || strings.ContainsFunc(w.exact, func(r rune) bool { return !unicode.IsLetter(r) }) {
		return "", nil
	}
	if known, err := l.knows(w); known || err != nil {
		return "", err
	}
	if best, ok := n.corrections.get(w.exact); ok {
		return best, nil
	}
	best, err := l.once(w.exact)
	if err == nil && best == "" && size >= minTwice {
		best, err = l.twice(w.exact)
	}
	if err != nil {
		return "", err
	}
	n.corrections.put(w.exact, best)
	return best, nil
}

// preferName is how many times more frequent another word must be than a word of
// an organization's name: what is misspelled is mostly a name.
const preferName = 20

// preference is the factor of a word's frequency.
func (n *snapshot) preference(w string) int {
	if nameWords()[w] {
		return preferName
	}
	return 1
}

// nameWords are the words of the names of known organizations.
var nameWords = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	for _, t := range vocab.Organizations().Terms() {
		for _, name := range append([]string{t.Value}, t.Aliases...) {
			for _, w := range strings.Fields(vocab.Fold(name)) {
				out[w] = true
			}
		}
	}
	return out
})

// once tries every word at one slip.
func (l *lookup) once(w string) (string, error) {
	a := analyzers.Get().(*analyzer)
	defer analyzers.Put(a)
	best, most := "", 0
	var failed error
	slips(w, func(c string) {
		f := a.newForm(c)
		if f.exact != c || failed != nil || utf8.RuneCountInString(c) < minCorrected {
			return
		}
		df, err := l.frequency(group{fieldBody, exactGroup, f.key})
		if err != nil {
			failed = err
		}
		df *= l.n.preference(c)
		if df > most || df == most && df > 0 && c < best {
			best, most = c, df
		}
	})
	return best, failed
}

// slips calls f with every word at one slip of w, some of them twice.
func slips(w string, f func(string)) {
	r := []rune(w)
	buf := make([]rune, 0, len(r)+1)
	for i := range r {
		buf = append(append(buf[:0], r[:i]...), r[i+1:]...)
		f(string(buf)) // one letter too many
		if i+1 < len(r) && r[i] != r[i+1] {
			buf = append(buf[:0], r...)
			buf[i], buf[i+1] = buf[i+1], buf[i]
			f(string(buf)) // two letters swapped
		}
	}
	for i := range len(r) + 1 {
		for _, c := range letters {
			buf = append(append(append(buf[:0], r[:i]...), c), r[i:]...)
			f(string(buf)) // one letter too few
			if i < len(r) && r[i] != c {
				buf = append(append(append(buf[:0], r[:i]...), c), r[i+1:]...)
				f(string(buf)) // a wrong letter
			}
		}
	}
}

// twice goes through the words of the index that begin with the first letter, or
// the second, for one at two slips.
func (l *lookup) twice(w string) (string, error) {
	found := map[string]int{}
	want := []rune(w)
	for i := range l.n.segments {
		dict, err := l.dict(i, fieldBody)
		if err != nil {
			return "", err
		}
		for _, first := range slices.Compact([]string{string(want[0]), string(want[1])}) {
			keys, err := keysBetween(dict, first, first+"\xff", func(key string) bool {
				_, exact := splitKey(key)
				return len(exact) >= len(w)-2*utf8.UTFMax && len(exact) <= len(w)+2*utf8.UTFMax && within(want, exact, 2)
			})
			if err != nil {
				return "", fmt.Errorf("read terms of %s: %w", fieldBody, err)
			}
			for _, key := range keys {
				df, err := l.frequency(group{fieldBody, exactGroup, key})
				if err != nil {
					return "", err
				}
				_, exact := splitKey(key)
				found[exact] = df
			}
		}
	}
	best, most := "", 0
	for c, df := range found {
		df *= l.n.preference(c)
		if df > most || df == most && df > 0 && c < best {
			best, most = c, df
		}
	}
	return best, nil
}

// within reports whether b is at most n slips from a.
func within(a []rune, b string, n int) bool {
	var rows [3][maxCorrected + 4]int
	size := utf8.RuneCountInString(b)
	if size > len(a)+n || size < len(a)-n || len(a) > maxCorrected {
		return false
	}
	before, last, row := &rows[0], &rows[1], &rows[2]
	for j := range len(a) + 1 {
		last[j] = j
	}
	var previous rune
	i := 0
	for _, c := range b {
		i++
		row[0] = i
		least := i
		for j, d := range a {
			cost := 1
			if c == d {
				cost = 0
			}
			v := min(last[j]+cost, last[j+1]+1, row[j]+1)
			if i > 1 && j > 0 && c == a[j-1] && previous == d {
				v = min(v, before[j-1]+1)
			}
			row[j+1] = v
			least = min(least, v)
		}
		if least > n {
			return false
		}
		previous = c
		before, last, row = last, row, before
	}
	return last[len(a)] <= n
}

// folded returns the values of a field by their folded form.
func (n *snapshot) folded(field string) map[string]string {
	if m, ok := n.values.get(field); ok {
		return m
	}
	m := map[string]string{}
	for _, v := range n.view.Values(field) {
		m[vocab.Fold(v)] = v
	}
	n.values.put(field, m)
	return m
}

// Value finds a value of a field whatever its case and accents.
func (n *snapshot) Value(field, text string) (string, bool) {
	v, ok := n.folded(field)[vocab.Fold(text)]
	return v, ok
}
