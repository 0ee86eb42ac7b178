package extract

import (
	"strings"
	"unicode/utf8"

	"incidex/data/vocab"
)

// core is the end of the name without legal suffixes.
func (o *orgRules) core(d *document, from, to int) int {
	for to > from+1 && (o.suffix.has(d.tokens[to-1].word) || d.tokens[to-1].is(punct)) {
		to--
	}
	return to
}

// key identifies a name by its words without legal suffixes.
func (o *orgRules) key(d *document, from, to int) uint64 {
	h := uint64(14695981039346656037)
	for k := from; k < o.core(d, from, to); k++ {
		if d.tokens[k].is(punct) && d.tokens[k].word != o.amp {
			continue
		}
		h = (h ^ uint64(uint32(d.tokens[k].word))) * 1099511628211
	}
	return h
}

// classOf tells what a name is by the lexicons.
func (o *orgRules) classOf(d *document, from, to int) orgClass {
	core := o.core(d, from, to)
	covers := func(k kind) bool {
		h := d.hitStarting(k, from)
		return h != nil && int(h.to) >= core
	}
	switch {
	case covers(o.known):
		return orgPlain
	case covers(o.actors), o.inside(d, o.actors, from, core):
		return orgActor
	case covers(o.malware):
		return orgMalware
	case covers(o.regulators):
		return orgRegulator
	case covers(o.places), d.word(to) == o.comma && d.hitStarting(o.places, to+1) != nil && !o.hasKind(d, from, core) && o.near.has(d.word(from-1)):
		return orgPlace
	case o.police.has(d.tokens[core-1].word):
		return orgRegulator
	case core-from > 1 && o.persons.has(d.tokens[core-1].word), o.roleInside(d, from, core):
		return orgPerson
	case o.persons.has(d.word(from-1)) || d.word(from-1) == o.dot && o.persons.has(d.word(from-2)) || o.persons.has(d.tokens[from].word) && !o.kinds.has(d.tokens[core-1].word):
		return orgPerson
	}
	return orgPlain
}

// hasKind reports whether a name has a word that organizations have.
func (o *orgRules) hasKind(d *document, from, to int) bool {
	for i := from; i < to; i++ {
		if o.kinds.has(d.tokens[i].word) || o.head.has(d.tokens[i].word) {
			return true
		}
	}
	return false
}

// inside reports whether a hit of a kind lies behind the first token of a name.
func (o *orgRules) inside(d *document, k kind, from, to int) bool {
	for i := from + 1; i < to; i++ {
		if h := d.hitStarting(k, i); h != nil && int(h.to) <= to {
			return true
		}
	}
	return false
}

// roleInside reports whether a name holds a person's role: "Health Minister Ann Lee".
func (o *orgRules) roleInside(d *document, from, to int) bool {
	for i := from + 1; i+1 < to; i++ {
		if o.persons.has(d.tokens[i].word) && !o.kinds.has(d.tokens[to-1].word) {
			return true
		}
	}
	return false
}

// link joins short names to full ones: "Kaleida" to "Kaleida Health", "PSNI" to
// "Police Service of Northern Ireland", and what stands in brackets behind a name.
func (o *orgRules) link(d *document) {
	if d.byFirst == nil {
		d.byFirst, d.byAcronym = map[int32]int{}, map[uint32]int{}
	}
	clear(d.byFirst)
	clear(d.byAcronym)
	for i := range d.orgs {
		g := &d.orgs[i]
		core := o.core(d, g.from, g.to)
		if core-g.from < 2 {
			continue
		}
		w := d.tokens[g.from].word
		if _, ok := d.byFirst[w]; !ok && g.class == orgPlain {
			d.byFirst[w] = i
		}
		if h, ok := o.acronym(d, g.from, core); ok {
			if _, taken := d.byAcronym[h]; !taken {
				d.byAcronym[h] = i
			}
		}
	}
	for i := range d.orgs {
		g := &d.orgs[i]
		if core := o.core(d, g.from, g.to); core-g.from == 1 && g.entry < 0 && g.class == orgPlain {
			t := &d.tokens[g.from]
			if full, ok := d.byFirst[t.word]; ok && full != i && !o.common.has(t.word) {
				g.alias = full
			} else if t.is(allCaps) {
				d.fold = foldWord(d.fold[:0], d.buf[t.start:t.end])
				if full, ok := d.byAcronym[hashBytes(d.fold)]; ok && full != i {
					g.alias = full
				}
			}
		}
	}
	o.brackets(d)
}

// brackets links the name in brackets behind a name: `Belkorp Ag ("Belkorp")`.
func (o *orgRules) brackets(d *document) {
	for n := 0; n+1 < len(d.places); n++ {
		p, q := d.places[n], d.places[n+1]
		if p.org == q.org || q.from-p.to < 1 || q.from-p.to > 4 || d.word(o.afterName(d, p.to)) != o.open {
			continue
		}
		g := &d.orgs[q.org]
		if g.alias != q.org || d.orgs[p.org].alias == q.org || g.class == orgPlace || d.orgs[p.org].class == orgPlace {
			continue
		}
		inside := true
		for k := o.afterName(d, p.to) + 1; k < q.from; k++ {
			inside = inside && (d.tokens[k].is(punct) || d.tokens[k].word == o.the)
		}
		r, _ := utf8.DecodeRuneInString(d.buf[d.tokens[min(q.to, len(d.tokens)-1)].start:])
		if inside && (r == ')' || r == '”' || r == '"' || r == '’' || r == '\'' || r == ',' || r == ';') && q.to-q.from <= p.to-p.from {
			g.alias = d.orgs[p.org].alias
		}
	}
}

// afterName skips the full stop of "Inc.".
func (o *orgRules) afterName(d *document, i int) int {
	if d.word(i) == o.dot && o.suffix.has(d.word(i-1)) {
		return i + 1
	}
	return i
}

// acronym hashes the initials of the capitals in a name.
func (o *orgRules) acronym(d *document, from, to int) (uint32, bool) {
	d.fold = d.fold[:0]
	for k := from; k < to; k++ {
		t := &d.tokens[k]
		if t.is(punct) || o.links.has(t.word) {
			continue
		}
		d.fold = append(d.fold, d.buf[t.start]|0x20)
	}
	return hashBytes(d.fold), len(d.fold) > 1
}

// root is the full name that org i is short for.
func (d *document) rootOrg(i int) int {
	for n := 0; d.orgs[i].alias != i && n < 4; n++ {
		i = d.orgs[i].alias
	}
	return i
}

// akin reports whether two names share a word, or one is the initials of the
// other; a gazetteer's value that is not akin to what is written names an owner.
func akin(a, b string) bool {
	a, b = vocab.Fold(a), vocab.Fold(b)
	for _, w := range strings.Fields(a) {
		if len(w) > 2 && strings.Contains(b, w) {
			return true
		}
	}
	squeeze := strings.NewReplacer(" ", "", "&", "")
	a2, b2 := squeeze.Replace(a), squeeze.Replace(b)
	return strings.Contains(a2, b2) || strings.Contains(b2, a2) || squeeze.Replace(firstLetters(a)) == b2 || squeeze.Replace(firstLetters(b)) == a2
}

func firstLetters(s string) string {
	var out []byte
	for _, w := range strings.Fields(s) {
		if w != "of" && w != "and" && w != "the" && w != "for" {
			out = append(out, w[0])
		}
	}
	return string(out)
}

// nameOf is the canonical spelling of org i.
func (o *orgRules) nameOf(d *document, i int) string {
	g := &d.orgs[i]
	if g.entry >= 0 {
		if name := o.table.Terms()[g.entry].Value; akin(name, d.text(g.from, o.core(d, g.from, g.to))) {
			return name
		}
	}
	s := d.text(g.from, o.core(d, g.from, g.to))
	if strings.ContainsAny(s, "\n\t") || strings.Contains(s, "  ") {
		s = strings.Join(strings.Fields(s), " ")
	}
	return strings.ReplaceAll(s, "U. S.", "U.S.")
}
