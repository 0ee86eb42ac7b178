package extract

import (
	"slices"
	"strings"
)

// Threat actors are names of the gazetteer, names that an introduction makes
// actors ("a group calling itself ..."), and names that end as groups of hackers
// do. An ordinary word that is also a group's name needs such company. Every name
// gathers weight as an attack does, and only those that carry the story are
// claimed for it.

// maxActorName is the number of tokens that the name of an unknown actor can have.
const maxActorName = 5

// beside reports whether the name stands in a row with the words of groups: "hackers
// of Anonymous", "the group, Anonymous, ...".
func (r *actorRules) beside(d *document, h hit) bool {
	for i := int(h.from) - 1; i >= 0 && i >= int(h.from)-4 && d.tokens[i].sent == d.tokens[h.from].sent; i-- {
		if r.company.has(d.tokens[i].word) {
			return true
		}
	}
	return false
}

// nameAfter reads a name that begins at token i, maybe in quotes.
func (r *actorRules) nameAfter(d *document, i int) (int, int, bool) {
	if i >= len(d.tokens) || d.tokens[i].sent != d.tokens[i-1].sent {
		return 0, 0, false
	}
	if r.articles.has(d.tokens[i].word) {
		i++
	}
	if i < len(d.tokens) && r.quotes.has(d.tokens[i].word) {
		for j := i + 1; j < len(d.tokens) && j <= i+maxActorName+1 && d.tokens[j].sent == d.tokens[i].sent; j++ {
			if r.quotes.has(d.tokens[j].word) {
				if to := r.bare(d, i+1, j); d.is(i+1, capital|digit) || to == i+2 {
					return i + 1, to, j > i+1
				}
				break
			}
		}
		return 0, 0, false
	}
	if d.sents[d.tokens[i].sent].title && !odd(d.text(i, i+1)) {
		return 0, 0, false
	}
	j := i
	if d.word(i) == r.at && d.is(i+1, capital) {
		j++
	}
	start := j
	for j < len(d.tokens) && j < start+maxActorName && d.tokens[j].sent == d.tokens[i-1].sent && r.named(d, j) && (j == start || d.is(j, spaced|hyphened)) {
		j++
		if r.letters.has(d.word(j)) && !d.is(j, spaced) && j+1 < len(d.tokens) && !d.is(j+1, punct|spaced) {
			j += 2 // a mark for a letter: "T!gers"
		}
		if d.is(j-1, possessive) {
			break
		}
	}
	if j == start {
		return 0, 0, false
	}
	return i, j, true
}

// bare leaves out the marks and brackets that end a quoted name.
func (r *actorRules) bare(d *document, from, to int) int {
	for i := from + 1; i < to; i++ {
		if d.is(i, punct) && d.is(i, spaced) {
			return i
		}
	}
	for to > from+1 && d.is(to-1, punct) {
		to--
	}
	return to
}

// named reports whether a token can be part of an unknown actor's name.
func (r *actorRules) named(d *document, i int) bool {
	t := d.tokens[i]
	if t.is(punct) || t.end-t.start < 2 || r.skip.has(t.word) {
		return false
	}
	return t.is(capital) || odd(d.buf[t.start:t.end])
}

// odd reports whether a word mixes letters and digits, as handles do.
func odd(w string) bool {
	letters, digits := false, false
	for i := 0; i < len(w); i++ {
		digits = digits || w[i] >= '0' && w[i] <= '9'
		letters = letters || letterByte(w[i])
	}
	return letters && digits && len(w) > 3 && (w[0] < '0' || w[0] > '9' || w[1] > '9')
}

// nameBefore reads a name that ends before token i.
func (r *actorRules) nameBefore(d *document, i int) (int, int, bool) {
	j := i
	if j > 0 && r.quotes.has(d.tokens[j-1].word) && j > 1 {
		j--
		i--
	}
	for j > 0 && i-j < maxActorName && d.tokens[j-1].sent == d.tokens[i].sent && r.named(d, j-1) && !(d.is(j-1, first) && d.is(j, spaced) && j == i && !odd(d.text(j-1, j)) && !d.is(j-1, allCaps)) {
		j--
		if !d.is(j, spaced) && !d.is(j, hyphened) {
			break
		}
	}
	if j == i || d.sents[d.tokens[j].sent].title {
		return 0, 0, false
	}
	return j, i, true
}

// tracked finds groups that have a number for a name: "UNC1234", "TAG-99".
func (r *actorRules) tracked(d *document) {
	for i := range d.tokens {
		if !d.is(i, capital) || d.tokens[i].end-d.tokens[i].start > 9 {
			continue
		}
		w := d.text(i, i+1)
		for _, t := range trackers {
			rest, ok := strings.CutPrefix(w, t)
			if !ok {
				continue
			}
			to := i + 1
			if rest == "" && d.is(to, hyphened) && d.small(to) > 0 {
				rest = d.text(to, to+1)
				to++
			}
			if len(rest) >= 2 && strings.Trim(rest, "0123456789") == "" && (len(rest) > 2 || t == "APT" || t == "FIN" || t == "TAG") && !d.covered(i, to) {
				d.addActor(actorHit{value: d.text(i, to), kind: "state", from: i, to: to, sure: true})
			}
		}
	}
}

// armies finds names that end as groups of hackers do: "Northern Cyber Army".
func (r *actorRules) armies(d *document) {
	for i := range d.tokens {
		if !r.endings.has(d.tokens[i].word) || !d.is(i, capital) || i == 0 {
			continue
		}
		j := i
		cyber := false
		for j > 0 && i-j < maxActorName && d.is(j-1, capital) && d.tokens[j-1].sent == d.tokens[i].sent && !d.is(j-1, punct) && !r.articles.has(d.tokens[j-1].word) {
			j--
			w := strings.ToLower(d.text(j, j+1))
			cyber = cyber || strings.Contains(w, "cyber") || strings.Contains(w, "hack") || strings.Contains(w, "electronic")
		}
		if cyber && !d.covered(j, i+1) {
			d.addActor(actorHit{value: d.text(j, i+1), kind: "hacktivist", from: j, to: i + 1, sure: true})
		}
	}
}

// maxAgain is the number of distinct names that are looked for again, so that a
// long text stays linear.
const maxAgain = 32

// again adds the other places of names that an introduction made actors.
func (r *actorRules) again(d *document) {
	var sought []string
	for n := range len(d.actors) {
		a := d.actors[n]
		whole, last := a.sure && a.to-a.from <= 3, a.kind == person && a.to-a.from > 1
		if !whole && !last || len(sought) >= maxAgain || slices.Contains(sought, a.value) {
			continue
		}
		sought = append(sought, a.value)
		if last {
			r.surname(d, a)
		}
		if !whole {
			continue
		}
		r.initials(d, a)
		first := d.tokens[a.from].word
		for i := range d.tokens {
			if d.tokens[i].word != first || !d.is(i, capital) && d.is(a.from, capital) || i+a.to-a.from > len(d.tokens) || d.covered(i, i+a.to-a.from) {
				continue
			}
			same := true
			for k := 1; k < a.to-a.from; k++ {
				same = same && d.tokens[i+k].word == d.tokens[a.from+k].word
			}
			if same && d.tokens[i].sent == d.tokens[i+a.to-a.from-1].sent {
				d.addActor(actorHit{value: a.value, kind: a.kind, from: i, to: i + a.to - a.from})
			}
		}
	}
}

// leastInitials is the number of letters from which initials stand for an actor.
const leastInitials = 3

// initials adds the places that name an actor by the first letters of his name:
// "TMF" for The Marble Foxes.
func (r *actorRules) initials(d *document, a actorHit) {
	var want strings.Builder
	from := a.from
	if from > 0 && r.articles.has(d.tokens[from-1].word) {
		from--
	}
	for i := from; i < a.to; i++ {
		if w := d.text(i, i+1); letterByte(w[0]) {
			want.WriteString(strings.ToUpper(w[:1]))
		}
	}
	full := want.String()
	if a.to-from < leastInitials-1 || len(full) < leastInitials-1 {
		return
	}
	short := full[a.from-from:]
	for i := range d.tokens {
		if !d.is(i, allCaps) || d.covered(i, i+1) {
			continue
		}
		if w := d.text(i, i+1); len(w) >= leastInitials && (w == full || w == short) {
			d.addActor(actorHit{value: a.value, kind: a.kind, from: i, to: i + 1})
		}
	}
}

// versus takes the name before "vs." in a title for that of an attacker.
func (r *actorRules) versus(d *document) {
	if len(d.sents) == 0 || !d.sents[0].title {
		return
	}
	for i := 1; i < int(d.sents[0].to) && i <= maxActorName; i++ {
		if r.quotes.has(d.tokens[i].word) || beginsAt(d.hits[r.malware], 0) {
			return
		}
		if d.tokens[i].word == r.vs && r.named(d, 0) && !d.covered(0, i) {
			d.addActor(actorHit{value: d.text(0, i), from: 0, to: i, sure: true})
		}
	}
}
