package reader

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/charmap"
	uni "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

// contentID is the id of an article that brings none.
func contentID(title, text string) string {
	sum := sha256.Sum256([]byte(title + "\n" + text))
	return "a" + hex.EncodeToString(sum[:8])
}

// decode makes UTF-8 of bytes in any character set: what the byte order mark
// says, else UTF-8 if they are, else UTF-16 if every other byte is zero, else what
// the declaration says, else what the letters look like, else UTF-8 with stray bytes of
// Windows-1252.
func decode(b []byte, declared string) string {
	if e := byteOrderMark(b); e != nil {
		if out, err := e.Bytes(b); err == nil {
			return string(out)
		}
	}
	if utf8.Valid(b) && bytes.Count(b, []byte{0}) < 1+len(b)/4 {
		return string(b)
	}
	if order, ok := looksUTF16(b); ok {
		if out, err := uni.UTF16(order, uni.IgnoreBOM).NewDecoder().Bytes(b); err == nil {
			return string(out)
		}
	}
	if e, _ := charset.Lookup(declared); e != nil && declared != "" {
		if out, err := e.NewDecoder().Bytes(b); err == nil {
			return string(out)
		}
	}
	if e, _ := guessEncoding(b); e != nil {
		if out, err := e.NewDecoder().Bytes(b); err == nil {
			return string(out)
		}
	}
	return repair(string(b))
}

// decoder is the part of an encoding's decoder that is needed here.
type decoder interface {
	Bytes([]byte) ([]byte, error)
	Reader(io.Reader) io.Reader
}

// byteOrderMark returns the decoder that the first bytes ask for, nil if they
// ask for none.
func byteOrderMark(b []byte) decoder {
	switch {
	case bytes.HasPrefix(b, []byte("\xef\xbb\xbf")):
		return uni.UTF8BOM.NewDecoder()
	case bytes.HasPrefix(b, []byte("\xff\xfe")):
		return uni.UTF16(uni.LittleEndian, uni.UseBOM).NewDecoder()
	case bytes.HasPrefix(b, []byte("\xfe\xff")):
		return uni.UTF16(uni.BigEndian, uni.UseBOM).NewDecoder()
	}
	return nil
}

func looksUTF16(b []byte) (uni.Endianness, bool) {
	head := b[:min(len(b), 1000)/2*2]
	var zeros [2]int
	for i, c := range head {
		if c == 0 {
			zeros[i%2]++
		}
	}
	order := uni.BigEndian
	if zeros[1] > zeros[0] {
		order = uni.LittleEndian
	}
	return order, len(b)%2 == 0 && max(zeros[0], zeros[1]) > len(head)/4
}

// skipMark makes UTF-8 of a stream with a byte order mark. Other streams stay as
// they are: their lines are repaired one by one.
func skipMark(r io.Reader) io.Reader {
	head := make([]byte, 3)
	n, err := io.ReadFull(r, head)
	head = head[:n]
	rest := io.MultiReader(bytes.NewReader(head), r)
	if err != nil && n == 0 {
		return rest
	}
	switch d := byteOrderMark(head).(type) {
	case nil:
		return rest
	case transform.Transformer:
		return transform.NewReader(rest, d)
	default:
		return d.Reader(rest)
	}
}

// repair reads bytes that are no UTF-8 as Windows-1252.
func repair(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + len(s)/8)
	for len(s) > 0 {
		r, n := utf8.DecodeRuneInString(s)
		if r == utf8.RuneError && n == 1 {
			r = charmap.Windows1252.DecodeByte(s[0])
		}
		b.WriteRune(r)
		s = s[n:]
	}
	return b.String()
}

// clean brings text to its stored form: normalization form C, line feeds, plain
// spaces, no controls and invisible marks, no space at the end of a line, one
// empty line at most, trimmed.
func clean(s string) string {
	s = norm.NFC.String(repair(s))
	if strings.ContainsFunc(s, isUnclean) {
		s = replaceUnclean(s)
	}
	lines := strings.Split(s, "\n")
	out, empty := lines[:0], true
	for _, line := range lines {
		line = strings.TrimRight(line, " \t")
		if line == "" && empty {
			continue
		}
		empty = line == ""
		out = append(out, line)
	}
	return strings.TrimSpace(strings.Join(out, "\n"))
}

// cleanLine is clean for a title or a name: one line.
func cleanLine(s string) string { return strings.Join(strings.Fields(clean(s)), " ") }

func isUnclean(r rune) bool {
	switch r {
	case '\n', '\t':
		return false
	case utf8.RuneError, '\u00ad', '\u200b', '\ufeff', '\u2028', '\u2029':
		return true
	}
	return unicode.IsControl(r) || r != ' ' && unicode.Is(unicode.Zs, r)
}

func replaceUnclean(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	last := ' '
	for i, r := range s {
		switch {
		case r == '\r':
			if !strings.HasPrefix(s[i+1:], "\n") {
				b.WriteByte('\n')
			}
		case r == '\u2028', r == '\u2029', r == '\v', r == '\f', r == '\u0085':
			b.WriteByte('\n')
		case r == '\u00ad', r == '\u200b', r == '\ufeff':
		case r == utf8.RuneError:
			b.WriteString(lost(last, s[i+len("\ufffd"):]))
		case isUnclean(r):
			b.WriteByte(' ')
		default:
			b.WriteRune(r)
		}
		last = r
	}
	return b.String()
}

// lost is what stands for a character that was lost before the text came here: an
// apostrophe before what follows one in English, else a space.
func lost(last rune, rest string) string {
	if !unicode.IsLetter(last) {
		return " "
	}
	word := rest
	if i := strings.IndexFunc(rest, func(r rune) bool { return !unicode.IsLetter(r) }); i >= 0 {
		word = rest[:i]
	}
	switch word {
	case "s", "t", "d", "m", "re", "ve", "ll":
		return "'"
	}
	return " "
}
