package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"incidex/data"
)

// flags are the marks that a token carries.
type flags uint16

const (
	// capital: the first letter is upper case.
	capital flags = 1 << iota
	// allCaps: at least two letters, all upper case.
	allCaps
	// digit: the first character is a digit.
	digit
	// punct: a single character that is neither letter nor digit.
	punct
	// possessive: 's or a bare apostrophe follows; it is not part of the token.
	possessive
	// spaced: white space stands before the token.
	spaced
	// hyphened: the token is tied to the one before by a hyphen, which is no token.
	hyphened
	// newline: a line break stands before the token.
	newline
	// blank: an empty line stands before the token.
	blank
	// dotted: the token has an inner full stop, such as a domain name or "U.S".
	dotted
	// first: the token begins a sentence.
	first
)

// token is a word, a number or a punctuation mark of a document's buffer.
type token struct {
	start, end int32
	// word is the lexicon's id of the folded word, or a negative hash for a word
	// that no lexicon knows. Equal words have equal ids.
	word int32
	// hash is the hash of the folded word, which does not depend on lexicons.
	hash  uint32
	sent  int32
	flags flags
}

func (t token) is(f flags) bool { return t.flags&f != 0 }

// sentence is a half-open range of tokens.
type sentence struct {
	from, to int32
	// para counts paragraphs from 0.
	para  int32
	title bool
}

const (
	// maxSentence is the number of tokens after which a sentence is cut at the next
	// comma, and twice that many is where it is cut anyway, so that a text without
	// a full stop stays linear.
	maxSentence = 120
	// maxWord is the length in bytes of the longest word that lexicons look up.
	maxWord = 40
	// wrapped is the length in bytes below which a line was not broken by wrapping.
	wrapped = 50
	// unwrapped is the length in bytes above which a line was not broken by wrapping.
	unwrapped = 100
	// maxText is the number of bytes that offsets can hold; what follows is not read.
	maxText = 1 << 30
)

// document is an article being read: one buffer holds the title, an empty line
// and the text, so that rules see one text.
type document struct {
	a      *data.Article
	lex    *lexicon
	buf    string
	textAt int // where the text begins in buf
	tokens []token
	sents  []sentence
	// hits are the lexicon hits of each kind, by place.
	hits [maxKinds][]hit
	fold []byte
	// claims are those of each incident in the making, with memory of articles before.
	claims [][]data.Claim
	// learning keeps what only learning needs.
	learning bool
	story
	facts
	judging
}

// load reads the article into the document: tokens, sentences and lexicon hits.
func (d *document) load(a *data.Article) {
	d.a = a
	d.row.Reset(d.learning)
	text := a.Text
	if len(text) > maxText {
		text = text[:maxText]
	}
	if a.Title == "" {
		d.buf, d.textAt = text, 0
	} else {
		d.buf, d.textAt = a.Title+"\n\n"+text, len(a.Title)+2
	}
	d.tokenize()
	d.split()
	d.match()
}

// text returns what the tokens [from, to) cover, "" for no tokens.
func (d *document) text(from, to int) string {
	if from >= to {
		return ""
	}
	return d.buf[d.tokens[from].start:d.tokens[to-1].end]
}

// word is the id of token i, 0 outside of the document.
func (d *document) word(i int) int32 {
	if i < 0 || i >= len(d.tokens) {
		return 0
	}
	return d.tokens[i].word
}

// is reports whether token i exists and has one of the flags.
func (d *document) is(i int, f flags) bool {
	return i >= 0 && i < len(d.tokens) && d.tokens[i].is(f)
}

// tokenize cuts the buffer into tokens in one pass.
func (d *document) tokenize() {
	d.tokens = d.tokens[:0]
	buf, pos := d.buf, 0
	var gap flags
	for pos < len(buf) {
		c := buf[pos]
		switch {
		case c == '\n':
			if gap&newline != 0 {
				gap |= blank
			}
			gap |= spaced | newline
			pos++
			continue
		case c == ' ' || c == '\t' || c == '\r':
			gap |= spaced
			pos++
			continue
		}
		r, size := rune(c), 1
		if c >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(buf[pos:])
			if unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' {
				gap |= spaced
				pos += size
				continue
			}
		}
		if !wordRune(r) {
			if hyphen(r) && gap == 0 && pos > 0 && wordByte(buf, pos-1) && pos+size < len(buf) && wordByte(buf, pos+size) {
				gap |= hyphened
				pos += size
				continue
			}
			d.add(pos, pos+size, punct|gap)
			pos, gap = pos+size, 0
			continue
		}
		end, f := d.scan(pos)
		if cut := d.glued(pos, end); cut > 0 {
			d.add(pos, cut, gap)
			f = capital
			pos, gap = cut, spaced|blank
		}
		i := d.add(pos, end, f|gap)
		pos, gap = end, 0
		if n := possessiveAt(buf, end); n > 0 {
			d.tokens[i].flags |= possessive
			pos = end + n
		}
	}
}

// scan returns the end of the word that begins at pos, and its flags.
func (d *document) scan(pos int) (int, flags) {
	buf, i := d.buf, pos
	var f flags
	letters, upper := 0, 0
	numeric := buf[pos] >= '0' && buf[pos] <= '9'
	for i < len(buf) {
		r, size := rune(buf[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(buf[i:])
		}
		switch {
		case r >= 'a' && r <= 'z':
			letters++
		case r >= '0' && r <= '9':
			if i == pos {
				f |= digit
			}
		case wordRune(r):
			letters++
			if r < utf8.RuneSelf || unicode.IsUpper(r) {
				upper++
				if i == pos {
					f |= capital
				}
			}
		case numeric && letters == 0 && (r == ',' || r == '.') && digitAt(buf, i+1) && (r == '.' || digitAt(buf, i+2) && (digitAt(buf, i+3) || indianGroups(buf[pos:i], buf[i:]))):
		case r == '.' && d.joins(pos, i):
			f |= dotted
		case (r == '\'' || r == '’') && letters > 0 && apostropheJoins(buf, i, size):
		case r == '&' && letters > 0 && i+1 < len(buf) && wordByte(buf, i+1):
		default:
			goto done
		}
		i += size
	}
done:
	if letters > 1 && upper == letters {
		f |= allCaps
	}
	return i, f
}

// indianGroups reports whether a comma parts digits as in India, in twos up to the last
// three: "1,23,456". What stands before it has at most two digits after its own comma.
func indianGroups(before, from string) bool {
	if i := strings.LastIndexByte(before, ','); len(before)-i-1 > 2 {
		return false
	}
	for len(from) >= 3 && from[0] == ',' && digitAt(from, 1) && digitAt(from, 2) && !digitAt(from, 3) {
		from = from[3:]
	}
	return len(from) >= 4 && from[0] == ',' && digitAt(from, 1) && digitAt(from, 2) && digitAt(from, 3) && !digitAt(from, 4)
}

// minGlued is the length in bytes of the shortest word that another can be glued to.
const minGlued = 4

// glued returns where a word ends that lost the space behind it, as in
// "breachHarrods", 0 when none did.
func (d *document) glued(pos, end int) int {
	if end-pos < minGlued+3 || end-pos > maxWord {
		return 0
	}
	i := pos
	for i < end && d.buf[i] >= 'a' && d.buf[i] <= 'z' {
		i++
	}
	if i-pos < minGlued || i+2 >= end || d.buf[i] < 'A' || d.buf[i] > 'Z' || !lowerAt(d.buf, i+1) {
		return 0
	}
	w := []byte(d.buf[pos:i])
	if !d.lex.plain.has(d.lex.words.id(w, hashBytes(w))) {
		return 0
	}
	return i
}

// joins reports whether the full stop at i belongs to the word that begins at
// pos: a domain name, an initialism or a decimal point, not the end of a
// sentence whose following space is missing.
func (d *document) joins(pos, i int) bool {
	buf := d.buf
	if i+1 >= len(buf) {
		return false
	}
	next := buf[i+1]
	// "U.S" and "J.P": one letter on either side.
	one := i-pos == 1 || i-pos >= 2 && buf[i-2] == '.'
	if one && next >= 'A' && next <= 'Z' && !digitAt(buf, pos) {
		return true
	}
	switch {
	case next >= 'a' && next <= 'z':
		return true
	case digitAt(buf, i+1):
		return digitAt(buf, i-1) || i-pos <= 3
	}
	return false
}

func apostropheJoins(buf string, i, size int) bool {
	j := i + size
	if j >= len(buf) || !letterByte(buf[j]) {
		return false
	}
	// 's before a non-letter is a possessive, not a part of the word.
	return !((buf[j] == 's' || buf[j] == 'S') && (j+1 >= len(buf) || !wordByte(buf, j+1)))
}

// possessiveAt returns the length of a possessive ending at pos, 0 when there is none.
func possessiveAt(buf string, pos int) int {
	n := 0
	switch {
	case strings.HasPrefix(buf[pos:], "'"):
		n = 1
	case strings.HasPrefix(buf[pos:], "’"):
		n = len("’")
	default:
		return 0
	}
	if j := pos + n; j < len(buf) && (buf[j] == 's' || buf[j] == 'S') && (j+1 >= len(buf) || !wordByte(buf, j+1)) {
		return n + 1
	}
	if pos > 0 && buf[pos-1] == 's' && pos+n < len(buf) && buf[pos+n] == ' ' {
		return n
	}
	return 0
}

// add appends a token and looks its word up.
func (d *document) add(start, end int, f flags) int {
	w := d.buf[start:end]
	var id int32
	if len(w) <= maxWord {
		d.fold = foldWord(d.fold[:0], w)
	} else {
		d.fold = append(d.fold[:0], w...)
	}
	hash := hashBytes(d.fold)
	if len(w) <= maxWord {
		id = d.lex.words.id(d.fold, hash)
	}
	if id == 0 {
		id = -int32(hash&0x7ffffffe) - 1
	}
	d.tokens = append(d.tokens, token{start: int32(start), end: int32(end), word: id, hash: hash, flags: f})
	if d.learning {
		d.row.Word(string(d.fold))
	}
	return len(d.tokens) - 1
}
