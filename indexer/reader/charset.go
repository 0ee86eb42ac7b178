package reader

import (
	"bytes"
	"unicode/utf8"

	"github.com/gogs/chardet"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
)

const (
	// maxGuess is the number of bytes from which a character set is guessed.
	maxGuess = 256 << 10
	// minGuess is the confidence, in percent, from which a guess is followed.
	minGuess = 20
)

// guessed are the character sets that are taken on a guess. What looks like another
// one of Western Europe is read as Windows-1252, as ever.
var guessed = map[string]string{
	"windows-1251": "windows-1251", "KOI8-R": "koi8-r", "ISO-8859-5": "iso-8859-5", "Shift_JIS": "shift_jis", "EUC-JP": "euc-jp",
	"GB-18030": "gb18030", "GB18030": "gb18030", "Big5": "big5", "EUC-KR": "euc-kr", "ISO-8859-7": "iso-8859-7", "windows-1253": "windows-1253",
	"ISO-8859-8": "windows-1255", "ISO-8859-8-I": "windows-1255", "windows-1255": "windows-1255", "windows-1256": "windows-1256", "ISO-8859-6": "iso-8859-6",
}

// guessEncoding returns the character set of bytes that are no UTF-8, by what letters
// come how often, and its name; nil where Windows-1252 does.
func guessEncoding(b []byte) (encoding.Encoding, string) {
	b = b[:min(len(b), maxGuess)]
	if i := bytes.LastIndexByte(b, '\n'); i > 0 && len(b) == maxGuess {
		b = b[:i] // no half of a letter
	}
	high, bad := 0, 0
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		if b[i] >= utf8.RuneSelf {
			high += n
			if r == utf8.RuneError && n == 1 {
				bad++
			}
		}
		i += n
	}
	if bad*2 < high || bad == 0 { // UTF-8 with stray bytes
		return nil, ""
	}
	if e, name, ok := guessWestern(b); ok {
		if name == "" {
			return nil, ""
		}
		return e, name
	}
	results, err := chardet.NewTextDetector().DetectAll(b)
	if err != nil {
		return nil, ""
	}
	for _, r := range results {
		name, ok := guessed[r.Charset]
		if r.Confidence < minGuess {
			break
		}
		if !ok {
			if r.Charset == "UTF-8" {
				continue
			}
			return nil, ""
		}
		e, _ := charset.Lookup(name)
		if out, err := e.NewDecoder().Bytes(b); err == nil && !bytes.ContainsRune(out, utf8.RuneError) {
			return e, name
		}
	}
	return nil, ""
}
