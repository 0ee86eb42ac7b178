package reader

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

// Latin letters with marks lie at other places in the character sets of Windows, of old
// Macintosh computers, of DOS and of Eastern Europe. Read in the wrong one, they become
// marks in the middle of words and capital letters behind small ones. So the set is
// taken in which the most of them stand as letters and marks do.

// western are the sets that are tried, the usual one first: of equals it is taken.
var western = []struct {
	encoding encoding.Encoding
	name     string
}{
	{charmap.Windows1252, ""}, {charmap.Macintosh, "macintosh"}, {charmap.CodePage850, "ibm850"}, {charmap.Windows1250, "windows-1250"},
	{charmap.ISO8859_2, "iso-8859-2"},
}

// minWestern is the share of the bytes beyond ASCII that stand well in text of such a set.
const minWestern = 0.7

// guessWestern returns the character set of text in Latin letters and its name, which is
// empty for Windows-1252. It reports whether the bytes look like such text.
func guessWestern(b []byte) (encoding.Encoding, string, bool) {
	high := 0
	for _, c := range b {
		if c >= utf8.RuneSelf {
			high++
		}
	}
	best, most := -1, 0
	for i, w := range western {
		out, err := w.encoding.NewDecoder().Bytes(b)
		if err != nil {
			continue
		}
		if mixed(string(out)) {
			continue
		}
		if n := wellPlaced(string(out)); best < 0 || n > most {
			best, most = i, n
		}
	}
	if best < 0 || float64(most) < minWestern*float64(high) {
		return nil, "", false
	}
	return western[best].encoding, western[best].name, true
}

// mixed reports whether a text has letters of Polish beside those of Czech and Slovak, as
// one that is read in the wrong set of Eastern Europe has.
func mixed(s string) bool {
	return strings.ContainsAny(s, "ąęłńśźż") && strings.ContainsAny(s, "čďěľĺňŕřťů")
}

// wellPlaced counts the characters beyond ASCII that stand where they do in text, less
// those that do not.
func wellPlaced(s string) (n int) {
	var before, last rune = ' ', ' ' // the two characters before
	for i, r := range s {
		if r >= utf8.RuneSelf {
			next, _ := utf8.DecodeRuneInString(s[i+utf8.RuneLen(r):])
			n += placed(before, last, r, next)
		}
		before, last = last, r
	}
	return n
}

// placed is 1 for a character that stands well between its neighbors, -1 for one that
// does not, and 0 where it says nothing.
func placed(before, last, r, next rune) int {
	inWord := isASCIILetter(last) || isASCIILetter(next)
	switch {
	case r == '’' && unicode.IsLetter(last) && unicode.IsLetter(next): // "it’s", "l’hôpital", "O’Neill"
		if !unicode.IsLetter(before) || strings.ContainsRune("stdmrvl", next) || last == 'u' {
			return 1
		}
		return 0
	case strings.ContainsRune("’”»", r):
		return sign(last != ' ' && !unicode.IsLetter(next))
	case strings.ContainsRune("‘“„«", r):
		return sign(!unicode.IsLetter(last) && next != ' ')
	case strings.ContainsRune("–—…•·€£°§©®™¿¡½", r):
		return sign(!isASCIILetter(last) || !isASCIILetter(next))
	case unicode.IsLower(r) && usualLetters[r]:
		if !inWord || strings.ContainsRune("ìù", r) && isASCIILetter(next) { // Italian and French have them at the end
			return 0
		}
		return 1
	case unicode.IsUpper(r) && usualLetters[unicode.ToLower(r)]:
		if !inWord {
			return 0
		}
		return sign(!unicode.IsLetter(last) || unicode.IsUpper(last) && !unicode.IsLower(next))
	case unicode.IsSpace(r):
		return 0
	}
	return -1
}

// usualLetters are the small letters with marks of the languages that use these sets.
var usualLetters = func() map[rune]bool {
	out := map[rune]bool{}
	for _, r := range "àáâãäåæçèéêëìíîïñòóôõöøùúûüýßœ" + "ąćęłńśźżčďěňřšťůžľĺŕăâîşţőű" {
		out[r] = true
	}
	return out
}()

func isASCIILetter(r rune) bool { return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' }

func sign(well bool) int {
	if well {
		return 1
	}
	return -1
}
