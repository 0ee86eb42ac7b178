package text

import (
	_ "embed"
	"hash/maphash"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
	"golang.org/x/text/unicode/norm"
)

// Word is one word of a text as it is indexed.
//
// A word is a run of letters, digits and marks; of Han, kana, Thai and others
// that write without spaces each letter is a word. These stay inside a word:
//
//	'  between letters, and is dropped; a possessive 's goes with it
//	&  between letters or digits: at&t, r&d
//	,  between digits that it groups by three, and is dropped: 7,400,000
//	.  between digits: 2.9, 10.0.0.1
//
// C++, C#, F# and .NET are words with their signs. IT, US and WHO in capitals are words;
// it, us and who are left out. An elided word is left out, and the two together are one
// more: l'hôpital is found as hopital and as lhopital.
//
// Words joined by a hyphen, an underscore or a period are words of their own,
// and together one more: e-mail is also found as email, booking.com as
// bookingcom, CVE-2021-44228 as cve202144228. Single letters joined by periods
// are one word only: U.K. is uk.
type Word struct {
	*Form
	// Pos counts the words of the text from 1, stop words included.
	Pos int
	// Start and End are the bytes of the text.
	Start, End int
	// Joined is a word made of the one at Pos and those after it.
	Joined bool
}

// Form is what a word becomes.
type Form struct {
	// Exact is the word in lower case and without accents and apostrophes; "" for a
	// stop word.
	Exact string
	// Stem is what English inflections of the word share; Exact where it has a digit
	// or a letter that is not ASCII.
	Stem   string
	*keyed // nil for a stop word
}

const (
	// maxJoined is the most words that are joined into one more.
	maxJoined = 3
	// maxWord is the most bytes of a word that is indexed; longer ones are no words
	// that anybody types.
	maxWord = 100
	// minStem is the least number of letters that a word keeps of its beginning in
	// its stem: "dying" stays, rather than becoming "die". Prefixes rely on it.
	minStem = 3
	// maxForms bounds the words that an analyzer remembers from one text to the next, to
	// about 20 MB. 20,000 articles have as many.
	maxForms = 1 << 17
)

// keyed is the term in the index of one or more forms, with where the text that is
// being read has it.
type keyed struct {
	key  string
	term uint32 // its number in the dictionary
	text uint64 // the number of the last text with it
	at   int    // its place in seen
}

// Analyzer finds the words of texts. It is not safe for concurrent use.
type Analyzer struct {
	forms forms
	out   []Word
	parts []part
	only  *beginnings // nil for all words
	terms map[string]*keyed
	*Dictionary
	// The words of the text that newTokens is at, which is the one of this number.
	seen []Occurrences
	text uint64
}

// part is a word in a chain of joined ones.
type part struct{ start, end int }

// analyzers keeps analyzers with the words that they remember, until memory is
// collected: making one must be cheap.
var analyzers = sync.Pool{New: func() any {
	return &Analyzer{terms: map[string]*keyed{}, Dictionary: &Dictionary{}}
}}

//go:embed stopwords.txt
var stopWordList string

// stopWords are the English ones of the Snowball project, which Bleve's analyzers leave
// out as well, and "us", which would be found as the country.
var stopWords = func() map[string]bool {
	out := map[string]bool{"us": true}
	for w := range strings.FieldsSeq(stopWordList) {
		out[w] = true
	}
	return out
}()

// Analyze returns the words of a text in order, without stop words. A joined word
// follows those that it is made of.
func Analyze(text string) []Word {
	a := Acquire()
	defer a.Release()
	return append([]Word(nil), a.Words(text)...)
}

// Acquire returns an analyzer, with the words that it remembers. The caller releases it.
func Acquire() *Analyzer {
	a := analyzers.Get().(*Analyzer)
	a.begin()
	return a
}

// Release gives the analyzer to who wants one next.
func (a *Analyzer) Release() {
	a.only = nil
	analyzers.Put(a)
}

// Words is Analyze without a copy: the result is valid until the next call.
func (a *Analyzer) Words(text string) []Word {
	a.out = a.out[:0]
	pos := 0
	for i := 0; i < len(text); {
		if end := signedEnd(text, i); end > 0 {
			a.parts = append(a.parts[:0], part{i, end})
			pos, i = a.chain(text, i, pos), end
			continue
		}
		if !startsWord(text, i) {
			i += width(text, i)
			continue
		}
		a.parts = a.parts[:0]
		start := i
		i = elisionEnd(text, i)
		for {
			end := wordEnd(text, i)
			a.parts = append(a.parts, part{i, end})
			i = end
			next := joiner(text, end)
			if next == 0 {
				break
			}
			i = next
		}
		pos = a.chain(text, start, pos)
	}
	return a.out
}

// chain adds the words of a chain, of which pos words come before. It begins at start,
// which is before its first part where a word is elided.
func (a *Analyzer) chain(text string, start, pos int) int {
	last := a.parts[len(a.parts)-1]
	joined := (len(a.parts) > 1 || start < a.parts[0].start) && len(a.parts) <= maxJoined
	if len(a.parts) > 1 && isAcronym(text[start:last.end]) {
		a.parts, joined = append(a.parts[:0], part{start, last.end}), false
	}
	letters := false
	for k, p := range a.parts {
		raw := text[p.start:p.end]
		letters = letters || joined && strings.ContainsFunc(raw, unicode.IsLetter)
		if !a.only.may(raw) {
			continue
		}
		if f := a.form(raw); f.Exact != "" {
			a.out = append(a.out, Word{Form: f, Pos: pos + 1 + k, Start: p.start, End: p.end})
		}
	}
	if joined && letters && a.only.may(text[start:last.end]) {
		if f := a.form(text[start:last.end]); f.Exact != "" {
			a.out = append(a.out, Word{Form: f, Pos: pos + 1, Start: start, End: last.end, Joined: true})
		}
	}
	return pos + len(a.parts)
}

// beginnings are the first two letters of words, of which there may be more: it is
// cheaper to look at these than to find the stem of a word that nobody wants.
type beginnings [16]uint64

// add adds the beginning of a stem, or of what a word begins with, and reports
// whether words with others can be left out.
func (b *beginnings) add(s string) bool {
	if len(s) < 2 {
		return false
	}
	h := beginning(s)
	b[h>>6] |= 1 << (h & 63)
	return true
}

// may reports whether a word as written may have one of the beginnings. A stem
// has the first letters of its words, and minStem says that they are two or more.
func (b *beginnings) may(raw string) bool {
	if b == nil || len(raw) < 2 || !isLetter(raw[0]) && !isDigit(raw[0]) || !isLetter(raw[1]) && !isDigit(raw[1]) {
		return true
	}
	h := beginning(raw)
	return b[h>>6]>>(h&63)&1 != 0
}

// beginning is a hash of two letters, whatever their case.
func beginning(s string) int { return (int(s[0]|0x20)*37 + int(s[1]|0x20)) & 1023 }

// isAcronym reports whether s is single letters between periods.
func isAcronym(s string) bool {
	for i, c := range []byte(s) {
		if i%2 == 0 != isLetter(c) || i%2 == 1 && c != '.' {
			return false
		}
	}
	return true
}

// begin is called before each text, or texts that are one. In between, words of one key
// share what is known of it.
func (a *Analyzer) begin() {
	if a.forms.n >= maxForms {
		a.forms = forms{}
		clear(a.terms)
		a.Dictionary = &Dictionary{}
	}
	a.seen = a.seen[:0]
	a.text++
}

// form normalizes a word as written.
func (a *Analyzer) form(raw string) *Form {
	place := a.forms.place(raw)
	if place.form == nil {
		f := FormOf(raw)
		if f.keyed != nil {
			if t := a.terms[f.key]; t != nil {
				f.keyed = t
			} else {
				a.terms[f.key] = f.keyed
				f.term = uint32(len(a.Keys))
				a.Keys = append(a.Keys, f.key)
			}
		}
		place.form = &f
		a.forms.n++
	}
	return place.form
}

// forms are what words become, by a hash of the word as written, in a table with open
// addressing: every word of every article is looked up. The hash has 64 bits: of maxForms
// words, a further one is taken for another once in 10^14.
type forms struct {
	places []formPlace
	n      int // how many are taken
}

type formPlace struct {
	hash uint64
	form *Form // nil for a free place
}

// minPlaces is the size of a table in the beginning.
const minPlaces = 1 << 10

var formSeed = maphash.MakeSeed()

// place is where a word is, or the free place where it belongs.
func (f *forms) place(raw string) *formPlace {
	if 2*f.n >= len(f.places) {
		f.grow()
	}
	h := maphash.String(formSeed, raw)
	p := f.at(h)
	p.hash = h
	return p
}

func (f *forms) at(h uint64) *formPlace {
	last := uint64(len(f.places) - 1)
	for i := h & last; ; i = (i + 1) & last {
		if p := &f.places[i]; p.hash == h || p.form == nil {
			return p
		}
	}
}

func (f *forms) grow() {
	old := f.places
	f.places = make([]formPlace, max(minPlaces, 2*len(old)))
	for _, p := range old {
		if p.form != nil {
			*f.at(p.hash) = p
		}
	}
}

// FormOf normalizes a word as written; the form of a stop word is empty.
func FormOf(raw string) Form {
	w := Fold(raw)
	w = strings.TrimSuffix(w, "'s")
	if stopWords[w] && !capitals[raw[:min(len(w), len(raw))]] || len(w) > maxWord {
		return Form{}
	}
	if slices.Contains(signed, w) {
		return Form{w, w, &keyed{key: Key(w, w)}}
	}
	w = strings.Map(func(r rune) rune {
		if isLetterOrDigit(r) || r == '&' || r == '.' {
			return r
		}
		return -1
	}, w)
	if strings.ContainsFunc(w, unicode.IsLetter) {
		w = strings.ReplaceAll(w, ".", "")
	}
	stem := w
	if Plain(w) {
		stem = stemOf(w)
		if Shared(stem, w) < min(minStem, len(w)) {
			stem = w
		}
	}
	if stem == w {
		stem = w // one string is enough
	}
	return Form{w, stem, &keyed{key: Key(stem, w)}}
}

// stemOf is the stem of a word of ASCII letters.
func stemOf(w string) string {
	env := snowballstem.NewEnv(w)
	english.Stem(env)
	return env.Current()
}

// Plain reports whether w is ASCII letters only.
func Plain(w string) bool {
	for _, c := range []byte(w) {
		if c < 'a' || c > 'z' {
			return false
		}
	}
	return true
}

// Fold brings a word to lower case, without the accents of Latin, Greek and
// Cyrillic letters, with plain apostrophes, and with ss for ß.
func Fold(s string) string {
	ascii := true
	for _, c := range []byte(s) {
		ascii = ascii && c < utf8.RuneSelf
	}
	if ascii {
		return strings.ToLower(s)
	}
	return strings.ReplaceAll(norm.NFC.String(strings.Map(func(r rune) rune {
		switch {
		case r == '’' || r == 'ʼ':
			return '\''
		case r >= 0x300 && r <= 0x36f:
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKD.String(s))), "ß", "ss")
}

// Shared is the length of the common beginning of two words.
func Shared(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	for n > 0 && n < len(b) && !utf8.RuneStart(b[n]) {
		n--
	}
	return n
}
