package reader

import (
	"bytes"
	"iter"
	"strconv"
)

// pdfLexer reads the operations in the contents of a page and in the tables of a
// font. It ends at the end of its bytes whatever they are.
type pdfLexer struct {
	b   []byte
	pos int
}

// pdfName is a name, without its slash. Numbers are float64, strings string,
// arrays []any; dictionaries are not needed and read as nil.
type pdfName string

// pdfWord is an operator or a stray bracket.
type pdfWord string

// maxOperands is the number of values kept before an operator.
const maxOperands = 1000

// operations yields every operator with the values before it.
func (l *pdfLexer) operations() iter.Seq2[string, []any] {
	return func(yield func(string, []any) bool) {
		var args []any
		for {
			v, ok := l.next(0)
			if !ok {
				return
			}
			word, isWord := v.(pdfWord)
			if !isWord {
				if len(args) < maxOperands {
					args = append(args, v)
				}
				continue
			}
			if word == "BI" {
				l.skipImage()
			} else if !yield(string(word), args) {
				return
			}
			args = nil
		}
	}
}

// skipImage leaves out an image in the contents, which ends with the word EI.
func (l *pdfLexer) skipImage() {
	for {
		i := bytes.Index(l.b[l.pos:], []byte("EI"))
		if i < 0 {
			l.pos = len(l.b)
			return
		}
		start := l.pos + i
		l.pos = start + len("EI")
		if start > 0 && pdfSpace(l.b[start-1]) && (l.pos == len(l.b) || pdfSpace(l.b[l.pos])) {
			return
		}
	}
}

// next reads a value or a word, and returns false at the end.
func (l *pdfLexer) next(depth int) (any, bool) {
	for l.pos < len(l.b) {
		c := l.b[l.pos]
		switch {
		case pdfSpace(c):
			l.pos++
		case c == '%':
			if i := bytes.IndexAny(l.b[l.pos:], "\r\n"); i >= 0 {
				l.pos += i
			} else {
				l.pos = len(l.b)
			}
		case c == '(':
			return l.literal(), true
		case c == '<':
			if l.pos+1 < len(l.b) && l.b[l.pos+1] == '<' {
				l.pos += 2
				l.until(">>", depth)
				return nil, true
			}
			return l.hex(), true
		case c == '[':
			l.pos++
			return l.until("]", depth), true
		case c == '>' && l.pos+1 < len(l.b) && l.b[l.pos+1] == '>':
			l.pos += 2
			return pdfWord(">>"), true
		case c == '/':
			l.pos++
			return pdfName(l.regular()), true
		case pdfDelimiter(c):
			l.pos++
			return pdfWord([]byte{c}), true
		default:
			word := l.regular()
			if n, err := strconv.ParseFloat(word, 64); err == nil && c < 'A' {
				return n, true
			}
			return pdfWord(word), true
		}
	}
	return nil, false
}

// until reads values up to a closing bracket.
func (l *pdfLexer) until(end pdfWord, depth int) []any {
	out := []any{}
	for depth < maxPDFDepth {
		v, ok := l.next(depth + 1)
		if !ok || v == end {
			break
		}
		out = append(out, v)
	}
	return out
}

// regular reads up to a space or a delimiter.
func (l *pdfLexer) regular() string {
	start := l.pos
	for l.pos < len(l.b) && !pdfSpace(l.b[l.pos]) && !pdfDelimiter(l.b[l.pos]) {
		l.pos++
	}
	return string(l.b[start:l.pos])
}

// hex reads a string of hexadecimal digits.
func (l *pdfLexer) hex() string {
	var out []byte
	digits, value := 0, 0
	for l.pos++; l.pos < len(l.b); l.pos++ {
		c := l.b[l.pos]
		switch {
		case '0' <= c && c <= '9':
			value = value<<4 | int(c-'0')
		case 'a' <= c|0x20 && c|0x20 <= 'f':
			value = value<<4 | int(c|0x20-'a'+10)
		case c == '>':
			l.pos++
			if digits%2 == 1 {
				out = append(out, byte(value<<4))
			}
			return string(out)
		default:
			continue
		}
		if digits++; digits%2 == 0 {
			out = append(out, byte(value))
			value = 0
		}
	}
	return string(out)
}

// literal reads a string in parentheses.
func (l *pdfLexer) literal() string {
	var out []byte
	depth := 0
	for ; l.pos < len(l.b); l.pos++ {
		c := l.b[l.pos]
		switch c {
		case '(':
			if depth++; depth == 1 {
				continue
			}
		case ')':
			if depth--; depth == 0 {
				l.pos++
				return string(out)
			}
		case '\\':
			if l.pos++; l.pos < len(l.b) {
				out = l.escape(out)
			}
			continue
		}
		out = append(out, c)
	}
	l.pos = min(l.pos, len(l.b)) // behind a last backslash
	return string(out)
}

// escape adds what stands behind a backslash, and leaves pos on its last byte.
func (l *pdfLexer) escape(out []byte) []byte {
	c := l.b[l.pos]
	switch c {
	case 'n':
		return append(out, '\n')
	case 'r':
		return append(out, '\r')
	case 't':
		return append(out, '\t')
	case 'b':
		return append(out, '\b')
	case 'f':
		return append(out, '\f')
	case '\n':
		return out
	case '\r':
		if l.pos+1 < len(l.b) && l.b[l.pos+1] == '\n' {
			l.pos++
		}
		return out
	}
	if c < '0' || c > '7' {
		return append(out, c)
	}
	value := 0
	for n := 0; n < 3 && l.pos < len(l.b) && '0' <= l.b[l.pos] && l.b[l.pos] <= '7'; n++ {
		value = value<<3 | int(l.b[l.pos]-'0')
		l.pos++
	}
	l.pos--
	return append(out, byte(value))
}

func pdfSpace(c byte) bool { return bytes.IndexByte([]byte("\x00\t\n\f\r "), c) >= 0 }

func pdfDelimiter(c byte) bool { return bytes.IndexByte([]byte("()<>[]{}/%"), c) >= 0 }
