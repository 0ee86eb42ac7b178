package text

import (
	"strings"
)

// A word's key in the index is its stem, a byte that says how many letters of the
// stem are not in the word, and what follows the others in the word: all words of
// a stem stand together, and take little room. "happy" is "happi\x01y".

// maxDropped is the greatest such byte.
const maxDropped = 0x1f

// Key is the term of a word in an index.
func Key(stem, exact string) string {
	n := Shared(stem, exact)
	if len(stem)-n > maxDropped {
		stem, n = exact, len(exact)
	}
	return stem + string(rune(len(stem)-n)) + exact[n:]
}

// SplitKey is the inverse of Key.
func SplitKey(key string) (stem, exact string) {
	i := strings.IndexFunc(key, func(r rune) bool { return r <= maxDropped })
	if i < 0 || int(key[i]) > i {
		return key, key
	}
	return key[:i], key[:i-int(key[i])] + key[i+1:]
}

// Key is the word's, "" for a stop word.
func (f *Form) Key() string {
	if f.keyed == nil {
		return ""
	}
	return f.key
}

// WordOf is the word of a key, at no position.
func WordOf(key string) Word {
	stem, exact := SplitKey(key)
	return Word{Form: &Form{exact, stem, &keyed{key: key}}}
}

// StemKeys are the bounds of the keys of a stem's words, the upper one exclusive.
func StemKeys(stem string) (from, to string) { return stem + "\x00", stem + string(rune(maxDropped+1)) }

// PrefixKeys are bounds between which the keys stand of all words that begin with a
// prefix, beside others: a stem keeps the first letters of its words.
func PrefixKeys(prefix string) (from, to string) {
	from = prefix[:min(minStem, len(prefix))]
	return from, from + "\xff"
}

// Prefix brings the beginning of a word to the form of exact words.
func Prefix(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\'' || r == '-' {
			return -1
		}
		return r
	}, Fold(s))
}
