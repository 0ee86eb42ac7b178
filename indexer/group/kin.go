package group

import (
	"slices"
	"strings"
	"unicode/utf8"

	"incidex/data/vocab"
)

// kin is how two victims are related.
type kin int

const (
	unknown kin = iota // at least one is not named
	same
	family // one owns the other; houses of one owner are strangers
	strangers
)

func kinship(a, b *name) kin {
	switch {
	case a.value == "" || b.value == "":
		return unknown
	case a.folded == b.folded, within(a.folded, b.folded), within(b.folded, a.folded),
		a.acronym != "" && a.acronym == b.folded, b.acronym != "" && b.acronym == a.folded:
		return same
	case a.parent != "" && a.parent == b.folded, b.parent != "" && b.parent == a.folded:
		return family
	}
	return strangers
}

// strangeness is how much two different named victims speak against one incident:
// most when each article is about its own and does not speak of the other, and
// little when it is doubtful that the names are those of victims.
func strangeness(a, b *Profile) float64 {
	switch sa, sb := doubtful(a), doubtful(b); {
	case sa && sb:
		return doubtfulVictims
	case sa || sb:
		return doubtfulVictim
	}
	const spoken = 0.5
	switch inB, inA := prominence(&a.victim, b) >= spoken, prominence(&b.victim, a) >= spoken; {
	case inA && inB:
		return bothVictims
	case inA || inB:
		return oneVictim
	}
	return otherVictim
}

// doubtful reports whether the victim may be someone else whom the article names: the
// headline does not name it.
func doubtful(p *Profile) bool {
	return !inPassing(p.Signature) && !p.Signature.Headlined
}

// isUncommon reports whether a victim is a country, or an organization that
// articles name more often as a source, a tool or a place.
func isUncommon(victim string) bool {
	if _, ok := vocab.Countries().Lookup(victim); ok {
		return true
	}
	t, ok := vocab.Organizations().Lookup(victim)
	return ok && t.Attr("kind") != ""
}

// prominence is the share of a name's telling words that are among the terms of an
// article, 1 for a name of common words only, of which nothing can be told. The words of
// the article's own victim tell nothing of another: two clinics are two.
func prominence(n *name, p *Profile) float64 {
	words, found := 0, 0
	for _, t := range n.telling {
		if slices.Contains(p.victim.telling, t) {
			continue
		}
		words++
		if p.mayHave(t) && slices.Contains(p.Signature.Terms, t) {
			found++
		}
	}
	if words == 0 || len(p.Signature.Terms) == 0 {
		return 1
	}
	return float64(found) / float64(words)
}

// within reports whether the words of the short name stand together in the long one.
func within(short, long string) bool {
	if len(short) < 4 {
		return false
	}
	for at := 0; ; at++ {
		i := strings.Index(long[at:], short)
		if i < 0 {
			return false
		}
		at += i
		end := at + len(short)
		if (at == 0 || long[at-1] == ' ') && (end == len(long) || long[end] == ' ') {
			return true
		}
	}
}

// acronym is the first letters of a folded name of several words.
func acronym(s string) string {
	var b strings.Builder
	for w := range strings.FieldsSeq(s) {
		switch w {
		case "of", "the", "and", "for", "&":
			continue
		}
		r, _ := utf8.DecodeRuneInString(w)
		b.WriteRune(r)
	}
	if b.Len() < 2 {
		return ""
	}
	return b.String()
}
