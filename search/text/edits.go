package text

import (
	"unicode/utf8"
)

// MaxWithin is the most letters of a word that Within compares.
const MaxWithin = 40

// AnyLetter is how likely one wrong or added letter is beside one left out or two
// swapped: it is one of many that it could be.
const AnyLetter = 0.2

// letters are what one slip can add to a word, beside its own letters.
const letters = "abcdefghijklmnopqrstuvwxyz"

// Edits calls f with every word that one slip makes w of, some of them twice, and
// says how likely that slip is: a letter that is left out or swapped is one of as
// many slips as the word has letters; a wrong or an added one could be any letter.
func Edits(w string, f func(word string, likely float64)) {
	r := []rune(w)
	buf := make([]rune, 0, len(r)+1)
	for i := range r {
		buf = append(append(buf[:0], r[:i]...), r[i+1:]...)
		f(string(buf), AnyLetter) // one letter too many
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
				f(string(buf), AnyLetter) // a wrong letter
			}
		}
	}
}

// Within reports whether b is at most n slips from a.
func Within(a []rune, b string, n int) bool {
	var rows [3][MaxWithin + 4]int
	size := utf8.RuneCountInString(b)
	if size > len(a)+n || size < len(a)-n || len(a) > MaxWithin {
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
