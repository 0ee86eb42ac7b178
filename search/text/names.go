package text

import (
	"strings"
	"unicode/utf8"
)

// signed are names with signs that belong to them, in lower case. They are words of
// their own: C++ is not found as c, nor .NET as net.
var signed = []string{".net", "c++", "c#", "f#"}

// signedEnd returns the end of the signed name at i, 0 when there is none. One behind a
// letter or before one is a part of something else: asp.net, C#m.
func signedEnd(s string, i int) int {
	switch s[i] {
	case '.', 'c', 'C', 'f', 'F':
	default:
		return 0
	}
	for _, name := range signed {
		end := i + len(name)
		if end > len(s) || !strings.EqualFold(s[i:end], name) || startsWord(s, end) {
			continue
		}
		if r, _ := utf8.DecodeLastRuneInString(s[:i]); i == 0 || !isLetterOrDigit(r) {
			return end
		}
	}
	return 0
}

// capitals are names that in lower case are words that are left out.
var capitals = map[string]bool{"IT": true, "US": true, "WHO": true}

// FormOfExact returns the form with an exact word, "" for a word that no text can have.
func FormOfExact(exact string) Form {
	for _, raw := range []string{exact, strings.ToUpper(exact)} {
		if f := FormOf(raw); f.Exact == exact {
			return f
		}
	}
	return Form{}
}

// elided are the French and Italian words that lose their end before a vowel, in lower
// case and without the apostrophe.
var elided = func() map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq("l d j m n s t c qu jusqu lorsqu puisqu quoiqu gl un dell all dall nell sull coll quell quest sant") {
		out[w] = true
	}
	return out
}()

// contracted are the ends of English words behind an apostrophe: all's.
var contracted = map[string]bool{"s": true, "d": true, "t": true, "m": true, "ll": true, "re": true, "ve": true}

// maxElided is the most letters of an elided word.
const maxElided = 6

// elisionEnd returns where the word begins that follows an elided one at i, as in
// l'hôpital, and i when nothing is elided there.
func elisionEnd(s string, i int) int {
	end := i
	for end < len(s) && end-i <= maxElided && isLetter(s[end]) {
		end++
	}
	if end == i || end-i > maxElided || end == len(s) || s[end] != '\'' && s[end] < utf8.RuneSelf {
		return i
	}
	r, n := utf8.DecodeRuneInString(s[end:])
	if r != '\'' && r != '’' && r != 'ʼ' || !beforeLetter(s, end+n) || !elided[strings.ToLower(s[i:end])] {
		return i
	}
	next := end + n
	if contracted[strings.ToLower(s[next:wordEnd(s, next)])] {
		return i
	}
	return next
}
