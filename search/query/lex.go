package query

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"incidex/data"
)

type tokenKind int

const (
	tokenEnd tokenKind = iota
	tokenWord
	tokenQuoted
	tokenField // a name before a colon or a comparison
	tokenValue // what follows a field without a space, unless quoted or in parentheses
	tokenOpen
	tokenClose
	tokenMinus
	tokenPlus
	tokenAnd
	tokenOr
	tokenNot
)

// token is a piece of a query.
type token struct {
	kind tokenKind
	data.Span
	// text is what the token says: without quotes and their backslashes, and
	// without the colon of a field.
	text string
	// known is set for a field whose name is a field or a keyword.
	known bool
}

// value is the text of a token that stands as a value, without the punctuation
// that ends a list.
func (t token) value() string {
	if t.kind == tokenQuoted {
		return t.text
	}
	return strings.TrimRight(t.text, ",;")
}

var operators = map[string]tokenKind{"AND": tokenAnd, "OR": tokenOr, "NOT": tokenNot}

type lexer struct {
	s      string
	pos    int
	tokens []token
	report func(Problem)
}

// lex cuts s into tokens, the last of which is the end.
func lex(s string, report func(Problem)) []token {
	l := &lexer{s: s, report: report}
	for l.next() {
	}
	l.emit(tokenEnd, len(s), "")
	return l.tokens
}

func (l *lexer) emit(kind tokenKind, start int, text string) {
	l.tokens = append(l.tokens, token{kind: kind, Span: data.Span{Start: start, End: l.pos}, text: text})
}

func (l *lexer) peek() (rune, int) { return utf8.DecodeRuneInString(l.s[l.pos:]) }

// skip leaves out spaces and the punctuation that can stand before a word. The period of
// .NET stays.
func (l *lexer) skip() {
	for l.pos < len(l.s) {
		r, n := l.peek()
		if r == '+' || !isSpace(r) && !isLeading(r) || l.atPeriod() {
			return
		}
		l.pos += n
	}
}

// atPeriod reports whether a period that belongs to the word behind it is ahead.
func (l *lexer) atPeriod() bool {
	rest, ok := strings.CutPrefix(l.s[l.pos:], ".")
	r, _ := utf8.DecodeRuneInString(rest)
	return ok && unicode.IsLetter(r)
}

// next reads one or more tokens and reports whether there may be others.
func (l *lexer) next() bool {
	l.skip()
	if l.pos == len(l.s) {
		return false
	}
	start := l.pos
	r, n := l.peek()
	switch {
	case r == '(':
		l.pos += n
		l.emit(tokenOpen, start, "(")
	case r == ')':
		l.pos += n
		l.emit(tokenClose, start, ")")
	case isQuote(r):
		l.quoted()
	case isDash(r):
		l.sign(tokenMinus, isDash)
	case r == '+':
		l.sign(tokenPlus, func(r rune) bool { return r == '+' })
	default:
		l.word()
	}
	return true
}

// sign reads a minus or a plus: one or more such characters with something behind
// them that they can stand for.
func (l *lexer) sign(kind tokenKind, is func(rune) bool) {
	start := l.pos
	for l.pos < len(l.s) {
		r, n := l.peek()
		if !is(r) {
			break
		}
		l.pos += n
	}
	if r, _ := l.peek(); l.pos < len(l.s) && !isSpace(r) && (!isLeading(r) || r == '+' || l.atPeriod()) && r != ')' {
		l.emit(kind, start, "")
	}
}

// quoted reads a quotation. A quote that is never closed is left out.
func (l *lexer) quoted() {
	start := l.pos
	text, end, ok := unquote(l.s[start:])
	if !ok {
		_, n := l.peek()
		l.pos += n
		l.report(Problem{Span: data.Span{Start: start, End: l.pos}, Message: "this quote is never closed"})
		return
	}
	l.pos += end
	if l.pos < len(l.s) && l.s[l.pos] == ':' {
		if _, ok := Lookup(text); ok {
			l.field(start, text, l.pos+1)
			return
		}
	}
	l.emit(tokenQuoted, start, text)
}

// unquote reads the quotation at the start of s and returns its text, with runs
// of spaces made one, and the number of bytes it takes.
func unquote(s string) (text string, size int, ok bool) {
	var b strings.Builder
	_, i := utf8.DecodeRuneInString(s)
	for i < len(s) {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case isQuote(r):
			return strings.Join(strings.FieldsFunc(b.String(), isSpace), " "), i + n, true
		case r == '\\' && i+1 < len(s):
			next, m := utf8.DecodeRuneInString(s[i+1:])
			if isQuote(next) || next == '\\' {
				r, n = next, 1+m
			}
		}
		b.WriteRune(r)
		i += n
	}
	return "", 0, false
}

// quote is the reverse of unquote.
func quote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		if isQuote(r) || r == '\\' {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	b.WriteByte('"')
	return b.String()
}

// word reads a bare word, an operator, or a field and its value.
func (l *lexer) word() {
	start := l.pos
	run := l.run()
	if name, size := fieldName(run); name != "" {
		from, name := l.wordsBefore(start, name)
		l.field(from, name, start+size)
		return
	}
	l.pos += len(run)
	if kind, ok := operators[run]; ok {
		l.emit(kind, start, run)
		return
	}
	l.emit(tokenWord, start, run)
}

// run returns what is ahead up to a space, a quote or a parenthesis.
func (l *lexer) run() string {
	rest := l.s[l.pos:]
	end := strings.IndexFunc(rest, func(r rune) bool {
		return isSpace(r) || isQuote(r) || r == '(' || r == ')'
	})
	if end < 0 {
		return rest
	}
	return rest[:end]
}

// fieldName returns the name that a run of characters starts with, and the number
// of bytes up to its value; "" when it starts with none, as 10:30, C:\news and
// https://example.com do.
func fieldName(run string) (name string, size int) {
	end := strings.IndexFunc(run, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' && r != '-'
	})
	if end < 2 {
		return "", 0
	}
	if first, _ := utf8.DecodeRuneInString(run); !unicode.IsLetter(first) {
		return "", 0
	}
	name = run[:end]
	info, known := Lookup(name)
	switch r, _ := utf8.DecodeRuneInString(run[end:]); {
	case r == ':' && strings.HasPrefix(run[end:], "://") && !known:
		return "", 0
	case r == ':':
		return name, end + 1
	case strings.ContainsRune("<>=≤≥", r) && known && info.Comparable():
		return name, end
	}
	return "", 0
}

// field reads the field that starts at start and whose value starts at value.
func (l *lexer) field(start int, name string, value int) {
	_, known := Lookup(name)
	l.pos = value
	l.emit(tokenField, start, name)
	l.tokens[len(l.tokens)-1].known = known || isKeyword(name)
	if l.pos == len(l.s) {
		return
	}
	if r, _ := l.peek(); isQuote(r) {
		if text, size, ok := unquote(l.s[l.pos:]); ok {
			l.pos += size
			l.emit(tokenQuoted, value, text)
		}
		return
	}
	if run := l.run(); run != "" {
		l.pos += len(run)
		l.emit(tokenValue, value, run)
	}
}

// wordsBefore takes back the words that belong to the name behind them, as in:
// data type:passwords.
func (l *lexer) wordsBefore(start int, name string) (int, string) {
	for k := min(maxNameWords-1, len(l.tokens)); k > 0; k-- {
		words := l.tokens[len(l.tokens)-k:]
		joined := name
		for i := k - 1; i >= 0 && words[i].kind == tokenWord; i-- {
			joined = words[i].text + " " + joined
			if _, ok := Lookup(joined); i == 0 && ok {
				l.tokens = l.tokens[:len(l.tokens)-k]
				return words[0].Start, joined
			}
		}
	}
	return start, name
}

// isSpace holds for what separates words: spaces, controls, invisible marks and
// bytes that are not UTF-8.
func isSpace(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || r == utf8.RuneError || r == '\u200b' || r == '\ufeff'
}

// isLeading holds for punctuation that means nothing before a word.
func isLeading(r rune) bool { return strings.ContainsRune("+,;:.!?…'‘’—", r) }

// isTrailing holds for punctuation that means nothing after a word.
func isTrailing(r rune) bool { return isLeading(r) && r != '+' || isDash(r) }

func isQuote(r rune) bool { return strings.ContainsRune("\"“”„‟«»＂", r) }

// isDash holds for what keyboards make of a minus. A long dash is none.
func isDash(r rune) bool { return r == '-' || r == '–' || r == '−' }
