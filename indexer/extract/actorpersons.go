package extract

import (
	"slices"
	"strings"

	"incidex/data/vocab"
)

// Persons are actors where the text accuses them: by a word for it near their
// name, by what it calls them, or by their age beside it. Later places give their
// last name only.

// personReach is the number of tokens between a person's name and the word that accuses him.
const personReach = 20

// accused reports whether the sentence of a person's name says that he did it.
func (r *actorRules) accused(d *document, h hit) bool {
	s := d.sents[d.tokens[h.from].sent]
	near := max(s.from, h.from-personReach)
	i := searchHit(d.hits[r.people], near)
	return i < len(d.hits[r.people]) && d.hits[r.people][i].from < min(s.to, h.to+personReach)
}

// persons finds people who are accused, by the word for it or by their age: "Ann Lee, 33," or "a
// 22-year-old student, Ann Lee".
func (r *actorRules) persons(d *document) {
	for _, h := range d.hits[r.arrests] {
		if d.sents[d.tokens[h.from].sent].title || d.stanceOf(int(h.from), int(h.to)) != stanceActual {
			continue
		}
		if from, to := r.person(d, int(h.to), 1); to > 0 && !d.covered(from, to) && r.namesPerson(d, from, to) {
			r.accuse(d, from, to)
		}
	}
	for _, h := range d.hits[r.verdicts] {
		i := int(h.from)
		if d.word(i-1) == r.comma {
			i--
		}
		if from, to := r.person(d, i, -1); to > 0 && !d.sents[d.tokens[h.from].sent].title && !d.covered(from, to) && r.namesPerson(d, from, to) {
			r.accuse(d, from, to)
		}
	}
	for _, h := range d.hits[r.callings] {
		i, dashed := int(h.to), false
		if r.dashes.has(d.word(i)) {
			dashed = d.word(i) != r.comma
			i++
		}
		if d.sents[d.tokens[h.from].sent].title || i >= len(d.tokens) || d.tokens[i].sent != d.tokens[h.from].sent {
			continue
		}
		if from, to := r.person(d, i, 1); to > 0 && to-from <= 3 && !d.covered(from, to) && (dashed || r.accused(d, hit{0, int32(from), int32(to)})) && r.namesPerson(d, from, to) {
			r.accuse(d, from, to)
		}
	}
	for i := range d.tokens {
		if !d.is(i, digit) || d.sents[d.tokens[i].sent].title {
			continue
		}
		if age := d.small(i); age < 13 || age > 80 {
			continue
		}
		from, to := 0, 0
		switch {
		case d.word(i-1) == r.comma:
			from, to = r.person(d, r.unbracket(d, i-1), -1)
		case d.word(i-1) == r.a && d.word(i-2) == r.comma:
			from, to = r.person(d, i-2, -1)
		}
		if to == 0 && d.is(i+1, hyphened) && d.is(i+2, hyphened) {
			for j := i + 3; j < i+3+maxBetween && to == 0; j++ {
				from, to = r.person(d, j, 1)
			}
		}
		if to > 0 && !d.covered(from, to) && r.accused(d, hit{0, int32(from), int32(to)}) {
			r.accuse(d, from, to)
		}
	}
}

// accuse adds a person, and those whom "and" joins to him: "Ann Lee and Bo Kim",
// "Ann Lee, 33, and Bo Kim, 28".
func (r *actorRules) accuse(d *document, from, to int) {
	for n := 0; n < maxJoined && to > 0 && !d.covered(from, to); n++ {
		d.addActor(actorHit{value: r.fullName(d, from, to), kind: person, from: from, to: to, sure: true})
		i := to
		if d.word(i) == r.open {
			for k := 0; k < maxBracket && i < len(d.tokens)-1 && d.word(i) != r.close; k++ {
				i++
			}
			i++
		}
		for k := 0; k < maxBetween && (r.joins.has(d.word(i)) || d.is(i, digit|hyphened)); k++ {
			i++
		}
		if i == to || i >= len(d.tokens) || d.tokens[i].sent != d.tokens[to-1].sent {
			return
		}
		from, to = r.person(d, i, 1)
		if to > 0 && (to-from > 3 || !r.namesPerson(d, from, to)) {
			return
		}
	}
}

// fullName is the name of the last person found that ends with the tokens
// [from, to), or these.
func (r *actorRules) fullName(d *document, from, to int) string {
	name := d.text(from, to)
	if full := d.persons[d.tokens[to-1].word]; len(full) > len(name) && strings.HasSuffix(full, name) {
		return full
	}
	return name
}

// maxJoined is the number of persons that one accusation can name.
const maxJoined = 6

// namesPerson reports whether two or three words with capitals can be a person's
// name: none of an organization's, a place's or the language's words.
func (r *actorRules) namesPerson(d *document, from, to int) bool {
	if overlaps(d.hits[r.capitals], from, to) || overlaps(d.hits[r.malware], from, to) {
		return false
	}
	for i := from; i < to; i++ {
		if d.tokens[i].is(dotted|digit) || r.ordinary.has(d.tokens[i].word) || r.company.has(d.tokens[i].word) || r.houses.has(d.tokens[i].word) || i > from && !d.is(i, spaced|hyphened) {
			return false
		}
	}
	near, _ := slices.BinarySearchFunc(d.places, from-maxNameTokens, func(p place, at int) int { return p.from - at })
	for _, p := range d.places[near:] {
		if p.from >= to {
			break
		}
		if d.rootOrg(p.org) == d.victim && from < p.to {
			return false
		}
	}
	_, known := vocab.Organizations().Lookup(d.text(from, to))
	return !known && !d.headline(d.tokens[from].sent)
}

// unbracket returns the token that begins the brackets which end before token i, i
// when there are none: "Ann Lee (aka Annie), 33".
func (r *actorRules) unbracket(d *document, i int) int {
	if d.word(i-1) != r.close {
		return i
	}
	for n := i - 2; n >= 0 && n >= i-maxBracket; n-- {
		if d.word(n) == r.open {
			return n
		}
	}
	return i
}

// maxBracket is the number of tokens in brackets behind a person's name.
const maxBracket = 8

// maxBetween is the number of words between "22-year-old" and the name.
const maxBetween = 5

// person reads a name of two to four capital words that ends before token i, or
// begins at it.
func (r *actorRules) person(d *document, i, direction int) (int, int) {
	from, to := i, i
	if direction < 0 {
		for from > 0 && to-from < 4 && r.capital(d, from-1) {
			from--
		}
	} else {
		for to < len(d.tokens) && to-from < 4 && r.capital(d, to) {
			to++
		}
	}
	if to-from < 2 || d.tokens[from].sent != d.tokens[to-1].sent {
		return 0, 0
	}
	return from, to
}

func (r *actorRules) capital(d *document, i int) bool {
	return d.is(i, capital) && !d.is(i, allCaps) && !r.skip.has(d.tokens[i].word)
}

// surname adds the places that name a person by the last name only.
func (r *actorRules) surname(d *document, a actorHit) {
	last := d.tokens[a.to-1].word
	if r.ordinary.has(last) {
		return
	}
	for i := a.to; i < len(d.tokens); i++ {
		if d.tokens[i].word == last && d.is(i, capital) && !d.covered(i, i+1) && !(d.is(i-1, capital) && d.is(i, spaced) && !d.is(i-1, first)) {
			d.addActor(actorHit{value: a.value, kind: a.kind, from: i, to: i + 1})
		}
	}
}
