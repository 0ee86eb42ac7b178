package extract

import "unicode/utf8"

// abbreviations never end a sentence; the second set does when a word follows
// that likes to begin one.
var (
	titles = map[string]bool{"mr": true, "mrs": true, "ms": true, "dr": true, "prof": true, "sr": true, "st": true, "gen": true,
		"sen": true, "rep": true, "gov": true, "lt": true, "col": true, "sgt": true, "capt": true, "no": true, "vs": true,
		"dept": true, "approx": true, "est": true, "fig": true, "e.g": true, "i.e": true, "jan": true, "feb": true,
		"aug": true, "sept": true, "oct": true, "nov": true, "dec": true, "mt": true, "ft": true}
	endings = map[string]bool{"inc": true, "corp": true, "co": true, "ltd": true, "llc": true, "llp": true, "jr": true,
		"etc": true, "al": true, "p.m": true, "a.m": true, "bros": true, "assn": true, "cos": true, "p.c": true, "m.d": true,
		"l.l.c": true, "d.d.s": true, "d.o": true, "p.a": true, "ph.d": true}
	openers = map[string]bool{"the": true, "a": true, "an": true, "it": true, "in": true, "on": true, "at": true, "this": true,
		"these": true, "that": true, "they": true, "we": true, "he": true, "she": true, "but": true, "and": true, "as": true,
		"for": true, "if": true, "according": true, "however": true, "while": true, "after": true, "when": true, "there": true,
		"its": true, "his": true, "our": true, "to": true, "no": true, "all": true, "those": true, "some": true, "about": true,
		"also": true, "although": true, "by": true, "from": true, "more": true, "with": true, "you": true, "customers": true,
		"patients": true, "hackers": true, "officials": true, "information": true}
)

// split groups the tokens into sentences and paragraphs.
func (d *document) split() {
	d.sents = d.sents[:0]
	var para int32
	from, line := 0, int32(0)
	titled := d.textAt > 0
	for i := range d.tokens {
		t := &d.tokens[i]
		inTitle := titled && int(t.start) < d.textAt
		cut := false
		switch {
		case i == from:
		case titled && !inTitle && int(d.tokens[i-1].start) < d.textAt: // a title is one sentence
			cut = true
		case inTitle:
		case t.is(blank):
			cut = true
		case t.is(newline):
			length := d.tokens[i-1].end - line
			cut = d.ended(i) || !lowerAt(d.buf, int(t.start)) && (length < wrapped || length > unwrapped)
		case i-from >= maxSentence && d.buf[d.tokens[i-1].start] == ',', i-from >= 2*maxSentence:
			cut = true
		default:
			cut = d.ended(i)
		}
		if t.is(newline) {
			line = t.start
		}
		if cut {
			d.sents = append(d.sents, sentence{int32(from), int32(i), para, int(d.tokens[from].start) < d.textAt})
			from = i
			if t.is(blank) || t.is(newline) && (d.tokens[i-1].end-line > unwrapped || t.start < line+1) {
				para++
			}
		}
		t.sent = int32(len(d.sents))
		if i == from {
			t.flags |= first
		}
	}
	if from < len(d.tokens) {
		d.sents = append(d.sents, sentence{int32(from), int32(len(d.tokens)), para, int(d.tokens[from].start) < d.textAt})
	}
	// A quotation mark or bullet does not keep the word behind it from being the first.
	for _, s := range d.sents {
		for i := s.from; i+1 < s.to && d.tokens[i].is(punct); i++ {
			d.tokens[i+1].flags |= first
		}
	}
}

// ended reports whether a sentence ends before token i: a mark that ends
// sentences, closing quotes and brackets, and something that can begin one.
func (d *document) ended(i int) bool {
	t := d.tokens[i]
	if lowerAt(d.buf, int(t.start)) {
		return false
	}
	p := i - 1
	for p > 0 && d.tokens[p].is(punct) && closing(d.buf, d.tokens[p]) {
		p--
	}
	mark := d.tokens[p]
	if !mark.is(punct) || p == 0 {
		return false
	}
	c := d.buf[mark.start]
	if c != '.' && c != '!' && c != '?' {
		return false
	}
	if t.is(punct) && !t.is(spaced) && closing(d.buf, t) {
		return false
	}
	w := d.tokens[p-1]
	if c != '.' || w.is(punct) || mark.is(spaced) {
		return t.is(spaced) || t.is(capital)
	}
	d.fold = foldWord(d.fold[:0], d.buf[w.start:w.end])
	switch {
	case titles[string(d.fold)]:
		return t.is(newline)
	case endings[string(d.fold)] || w.is(dotted) && w.end-w.start <= 5 || w.end-w.start == 1 && w.is(capital):
		next := d.tokens[i]
		if next.is(punct) && i+1 < len(d.tokens) {
			next = d.tokens[i+1]
		}
		d.fold = foldWord(d.fold[:0], d.buf[next.start:next.end])
		return t.is(newline) || openers[string(d.fold)]
	}
	return t.is(spaced) || t.is(capital)
}

func closing(buf string, t token) bool {
	r, _ := utf8.DecodeRuneInString(buf[t.start:])
	switch r {
	case '"', '\'', '’', '”', ')', ']', '»':
		return true
	}
	return false
}

func lowerAt(s string, i int) bool { return i < len(s) && s[i] >= 'a' && s[i] <= 'z' }
