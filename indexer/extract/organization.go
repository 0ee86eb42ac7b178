package extract

import (
	_ "embed"
	"strings"
	"unicode"

	"incidex/data/vocab"
)

// wordsFile lists words that are written in lower case nearly always, made by
// "evaluate words" from articles. A capital of theirs says nothing.
//
//go:embed words.txt
var wordsFile string

// maxOrgs is the number of distinct names that are kept of a document.
const maxOrgs = 300

// maxNameTokens is the number of tokens that a name can have.
const maxNameTokens = 10

// org is a named thing of the document with all places that name it.
type org struct {
	// from and to are the tokens of the fullest name.
	from, to int
	// entry is the index in vocab.Organizations, -1 for an unknown one.
	entry int
	// places is the number of mentions.
	places int
	// alias is the index of the name that this one is short for, its own index when it is none.
	alias int
	key   uint64
	// score is how likely it is the victim of the subject.
	score float64
	feats [nVictimFeatures]float32
	// listPost and listPre are the cues around lists that the name stands in.
	listPost, listPre uint64
	class             orgClass
	// incident is the mentioned incident that the name is the victim of, noIncident for none.
	incident int32
}

// orgClass is what a name is by its form or a lexicon.
type orgClass uint8

const (
	orgPlain orgClass = iota
	orgActor
	orgMalware
	orgRegulator
	orgPlace
	orgPerson
)

// place is one mention of a name.
type place struct {
	from, to int
	org      int
}

// orgRules find names of organizations.
type orgRules struct {
	table                                            *vocab.Table
	known                                            kind
	places, actors, malware, regulators              kind
	common, never, suffix, kinds, head, links        wordSet
	persons, months, saints, near, police            wordSet
	of, and, amp, the, dot, comma, open, at, forWord int32
	domains                                          map[string]bool
	fate                                             *cueTrie
}

func newOrgRules(b *builder) *orgRules {
	o := &orgRules{table: vocab.Organizations()}
	o.known = b.kind()
	o.common = b.set(wordsFile)
	for i, term := range o.table.Terms() {
		if term.Attr("ambiguous") == "yes" {
			b.addStrict(o.known, i, term.Value)
		} else {
			b.addStrict(o.known, i, term.Value, term.Label)
		}
		b.addStrict(o.known, i, term.Aliases...)
		// "imgur": one word that is no other word may be written small
		if ids := b.ids(term.Value); len(ids) == 1 && term.Attr("ambiguous") != "yes" && len(term.Value) > 3 && !o.common.has(ids[0]) {
			b.add(o.known, i, term.Value)
		}
	}
	o.places, o.actors, o.malware, o.regulators = b.kind(), b.kind(), b.kind(), b.kind()
	for i, term := range vocab.Countries().Terms() {
		b.addStrict(o.places, i, term.Label)
		b.addStrict(o.places, i, term.Aliases...)
		for _, column := range []string{"demonyms", "cities"} {
			for _, name := range strings.Split(term.Attr(column), " | ") {
				b.addStrict(o.places, i, name)
			}
		}
	}
	b.addStrict(o.places, 0, strings.Split(stateNames, "|")...)
	for i, term := range vocab.Actors().Terms() {
		b.addStrict(o.actors, i, term.Value)
		b.addStrict(o.actors, i, term.Aliases...)
	}
	b.addTable(o.malware, vocab.Malware(), true)
	b.addTable(o.regulators, vocab.Regulators(), true)
	o.never = b.set(neverNames)
	b.lex.plain = o.common
	o.suffix = b.set("inc incorporated llc llp ltd limited corp corporation plc co gmbh ag sa nv bv pllc pc lp l.l.c l.l.p p.c p.a pa s.a n.v spa oy ab kg pty pvt n.a kk srl")
	o.kinds = b.set(orgKinds)
	o.head = b.set(orgHeads)
	o.near = b.set("in near from at of to , and")
	o.police = b.set("police sheriff marshals prosecutors prosecutor general attorney")
	o.saints = b.set("st mt ft dr drs")
	o.links = b.set("of and & for de du la le the at del des et")
	o.persons = b.set("mr mrs ms dr sir lord judge justice sheriff detective officer sgt capt lt col gen sen rep gov prof professor ceo cto ciso cio cfo coo president chairman director spokesman spokeswoman spokesperson minister secretary senator congressman congresswoman attorney founder researcher analyst expert author reporter journalist editor blogger commissioner mayor chief manager prince king queen actor actress singer engineer officer executive republicans democrats ministers lawmakers senators mps officials executives")
	o.months = b.set("january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun")
	o.of, o.and, o.amp, o.the, o.dot = b.word("of"), b.word("and"), b.word("&"), b.word("the"), b.word(".")
	o.comma, o.open, o.at, o.forWord = b.word(","), b.word("("), b.word("at"), b.word("for")
	o.fate = newCueTrie(b, [][]string{{"suffered/suffers/experienced a/an/another/its", "was/were/has/had hacked/breached/compromised/been", "had a/its/their"}}, false)
	o.domains = map[string]bool{}
	for _, d := range strings.Fields("com net org edu gov io co uk de fr in au ca ru cn jp kr br it es nl info biz us me tv ai app eu be ch se no dk fi pl at nz za ie il to cc ly im sg hk tw mx ar cl xyz club online site store shop tech mil int hu cz gr pt ro ua ir pk id th my ph vn gg fm ws dev cloud games live") {
		o.domains[d] = true
	}
	return o
}

// find collects the names of the document: the text first, then the title, whose
// capitals mean less.
func (o *orgRules) find(d *document) {
	d.orgs, d.places = d.orgs[:0], d.places[:0]
	if d.orgKeys == nil {
		d.orgKeys, d.inBody = map[uint64]int{}, map[int32]bool{}
	}
	clear(d.orgKeys)
	clear(d.inBody)
	title := 0
	for i := range d.sents {
		if d.sents[i].title {
			title = i + 1
			continue
		}
		o.sentence(d, &d.sents[i], headlineCase(d, o, &d.sents[i]))
	}
	for i := range title {
		o.sentence(d, &d.sents[i], true)
	}
	o.link(d)
}

// headlineCase reports whether most long words of a sentence have a capital, so
// that capitals do not tell names.
func headlineCase(d *document, o *orgRules, s *sentence) bool {
	words, common, upper := 0, 0, 0
	for i := s.from; i < s.to; i++ {
		t := &d.tokens[i]
		if t.is(punct) || t.is(digit) || t.end-t.start < 4 {
			continue
		}
		words++
		if o.common.has(t.word) {
			common++
			if t.is(capital) {
				upper++
			}
		}
	}
	return common >= 2 && upper*2 > common
}

// sentence finds the names of one sentence.
func (o *orgRules) sentence(d *document, s *sentence, headline bool) {
	for i := int(s.from); i < int(s.to); {
		to := o.name(d, i, int(s.to), headline)
		if to == i {
			i++
			continue
		}
		from := i
		if d.is(i, dotted) {
			for from > int(s.from) && d.is(from, hyphened) {
				from-- // "dvd-shop.example"
			}
		}
		o.take(d, from, to)
		i = to
	}
}

// name returns the end of the name that begins at token i, i when there is none.
func (o *orgRules) name(d *document, i, end int, headline bool) int {
	if h := d.hitStarting(o.known, i); h != nil {
		return o.grow(d, i, int(h.to), end, headline)
	}
	if !o.begins(d, i, headline) {
		if o.small(d, i) {
			return i + 1
		}
		return i
	}
	return o.grow(d, i, i+1, end, headline)
}

// begins reports whether a name can begin at token i.
func (o *orgRules) begins(d *document, i int, headline bool) bool {
	t := &d.tokens[i]
	if o.never.has(t.word) && o.kinds.has(t.word) && o.proper(d, i) && !o.never.has(d.word(i+1)) && o.proper(d, i+1) && !headline && !t.is(first) || d.hitStarting(o.places, i) != nil && o.proper(d, i+1) {
		return true // "the New York Times"
	}
	if !o.proper(d, i) || o.never.has(t.word) || o.months.has(t.word) || d.is(i, hyphened) && !d.is(i-1, capital) {
		return false
	}
	if t.is(dotted) || !t.is(capital) {
		return true
	}
	if !headline && !t.is(first) {
		return true
	}
	if !o.common.has(t.word) {
		return !headline || t.word > 0 && !o.common.has(t.word) || d.inBody[t.word] || t.word < 0
	}
	// A common word begins a name where a name follows: "Bank of America", "Central One".
	if d.inBody[t.word] && headline {
		return true
	}
	next := i + 1
	if o.head.has(t.word) && (d.word(next) == o.of || d.word(next) == o.forWord) {
		next++
		if d.word(next) == o.the {
			next++
		}
		return o.proper(d, next) && (!headline || !o.common.has(d.word(next)) || o.kinds.has(d.word(next)))
	}
	if !o.proper(d, next) || d.is(next, punct) {
		return false
	}
	w := d.word(next)
	return !o.never.has(w) && (o.kinds.has(w) && !headline || o.kinds.has(w) && o.kinds.has(d.word(next+1)) || !o.common.has(w) && !headline && o.kinds.has(t.word))
}

// small reports whether token i is a name that is written small: a word that no
// lexicon knows, before a verb that only victims have or behind a noun for them.
func (o *orgRules) small(d *document, i int) bool {
	t := &d.tokens[i]
	if t.word > 0 || t.is(punct|digit|capital|hyphened|dotted) || t.end-t.start < 4 || d.is(i+1, hyphened) {
		return false
	}
	groups, _ := o.fate.at(d, i+1)
	return groups != 0
}

// proper reports whether token i is written as a name: a capital, a letter within
// that is one, digits and letters, or a domain.
func (o *orgRules) proper(d *document, i int) bool {
	if i < 0 || i >= len(d.tokens) {
		return false
	}
	t := &d.tokens[i]
	if t.is(punct) {
		return false
	}
	s := d.buf[t.start:t.end]
	switch {
	case t.is(capital):
		return true
	case t.is(dotted) && !t.is(digit):
		return o.domain(s)
	case t.is(digit):
		if t.is(dotted) && o.domain(s) {
			return true
		}
		if len(s) < 4 || plainDigits(s) {
			return false
		}
		_, _, ok := parseDigits(s)
		return !ok && letters(s) >= 2 && !strings.ContainsAny(s, ",.")
	}
	// eBay, iPhone, boAt
	if len(s) >= 4 && len(s) < 24 {
		for _, r := range s[1:] {
			if unicode.IsUpper(r) {
				return true
			}
		}
	}
	return false
}

func letters(s string) int {
	n := 0
	for i := range len(s) {
		if letterByte(s[i]) {
			n++
		}
	}
	return n
}

// domain reports whether s is a domain name.
func (o *orgRules) domain(s string) bool {
	i := strings.LastIndexByte(s, '.')
	if i < 2 || i+1 >= len(s) {
		return false
	}
	tail := s[i+1:]
	for _, c := range []byte(tail) {
		if c >= 'A' && c <= 'Z' {
			return o.domains[strings.ToLower(tail)]
		}
	}
	return o.domains[tail]
}
