package text

import (
	"unicode"
	"unicode/utf8"
)

// wordEnd returns the end of the word that starts at i.
func wordEnd(s string, i int) int {
	start := i
	if r, n := utf8.DecodeRuneInString(s[i:]); n > 1 && isAlone(r) {
		i += n
		for i < len(s) {
			r, n := utf8.DecodeRuneInString(s[i:])
			if !unicode.IsMark(r) {
				break
			}
			i += n
		}
		return i
	}
	for i < len(s) {
		c := s[i]
		if c >= utf8.RuneSelf {
			r, n := utf8.DecodeRuneInString(s[i:])
			switch {
			case (isLetterOrDigit(r) || unicode.IsMark(r)) && !isAlone(r):
				i += n
			case (r == '’' || r == 'ʼ') && afterLetter(s, i) && beforeLetter(s, i+n):
				i += n
			default:
				return i
			}
			continue
		}
		switch {
		case isLetter(c) || isDigit(c):
			i++
		case c == '\'' && afterLetter(s, i) && beforeLetter(s, i+1),
			c == '&' && startsWord(s, i+1),
			c == '.' && i > start && isDigit(s[i-1]) && i+1 < len(s) && isDigit(s[i+1]),
			c == ',' && i > start && groups(s, start, i):
			i++
		default:
			return i
		}
	}
	return i
}

// groups reports whether the comma at i separates thousands: digits before it,
// and three of them, not more, behind.
func groups(s string, start, i int) bool {
	if i+3 >= len(s) || !isDigit(s[i+1]) || !isDigit(s[i+2]) || !isDigit(s[i+3]) || i+4 < len(s) && isDigit(s[i+4]) {
		return false
	}
	for _, c := range []byte(s[start:i]) {
		if !isDigit(c) && c != ',' {
			return false
		}
	}
	return true
}

// joiner returns where the word starts that is joined to the one that ends at i,
// 0 when there is none.
func joiner(s string, i int) int {
	if i >= len(s) {
		return 0
	}
	r, n := utf8.DecodeRuneInString(s[i:])
	switch r {
	case '-', '_', '‐', '‑':
	case '.':
		// No space after the end of a sentence: "leaked.The company".
		if i+1 < len(s) && s[i+1] >= 'A' && s[i+1] <= 'Z' && s[i-1] >= 'a' && s[i-1] <= 'z' {
			return 0
		}
	default:
		return 0
	}
	if !startsWord(s, i+n) {
		return 0
	}
	return i + n
}

// startsWord reports whether a letter or a digit is at i.
func startsWord(s string, i int) bool {
	if i >= len(s) {
		return false
	}
	if c := s[i]; c < utf8.RuneSelf {
		return isLetter(c) || isDigit(c)
	}
	r, _ := utf8.DecodeRuneInString(s[i:])
	return isLetterOrDigit(r)
}

func width(s string, i int) int {
	if s[i] < utf8.RuneSelf {
		return 1
	}
	_, n := utf8.DecodeRuneInString(s[i:])
	return n
}

func afterLetter(s string, i int) bool {
	r, _ := utf8.DecodeLastRuneInString(s[:i])
	return unicode.IsLetter(r)
}

func beforeLetter(s string, i int) bool {
	r, _ := utf8.DecodeRuneInString(s[i:])
	return unicode.IsLetter(r)
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isLetterOrDigit(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) && r > 0x36f)
}

// isAlone reports whether r belongs to a script that does not separate words.
func isAlone(r rune) bool {
	return r >= 0x0e00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}
