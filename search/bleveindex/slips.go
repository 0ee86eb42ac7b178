package bleveindex

import (
	"slices"
	"unicode/utf8"
)

// letters are what one slip can add to a word, beside its own letters.
const letters = "abcdefghijklmnopqrstuvwxyz"

// slips calls f with every word that one slip makes w of, some of them twice, and
// says how likely that slip is: a letter that is left out or swapped is one of as
// many slips as the word has letters; a wrong or an added one could be any letter.
func slips(w string, f func(word string, likely float64)) {
	r := []rune(w)
	buf := make([]rune, 0, len(r)+1)
	for i := range r {
		buf = append(append(buf[:0], r[:i]...), r[i+1:]...)
		f(string(buf), anyLetter) // one letter too many
		if i+1 < len(r) && r[i] != r[i+1] {
			buf = append(buf[:0], r...)
			buf[i], buf[i+1] = buf[i+1], buf[i]
			f(string(buf), 1) // two letters swapped
		}
	}
	for i := range len(r) + 1 {
		for _, c := range letters {
			buf = append(append(append(buf[:0], r[:i]...), c), r[i:]...)
			f(string(buf), 1) // one letter too few
			if i < len(r) && r[i] != c {
				buf = append(append(append(buf[:0], r[:i]...), c), r[i+1:]...)
				f(string(buf), anyLetter) // a wrong letter
			}
		}
	}
}

// twice calls f with the keys of the words of the index that begin with the first
// letter of w, or the second, and are at two slips or fewer.
func (l *lookup) twice(w string, f func(key string)) error {
	want := []rune(w)
	for i := range l.n.segments {
		for _, first := range slices.Compact([]string{string(want[0]), string(want[1])}) {
			keys, err := l.keysBetween(i, fieldBody, first, first+"\xff", func(key string) bool {
				_, exact := splitKey(key)
				return len(exact) >= len(w)-2*utf8.UTFMax && len(exact) <= len(w)+2*utf8.UTFMax && within(want, exact, 2)
			})
			if err != nil {
				return err
			}
			for _, key := range keys {
				f(key)
			}
		}
	}
	return nil
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
