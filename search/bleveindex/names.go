package bleveindex

import (
	"iter"
	"maps"
	"strings"
	"sync"

	"incidex/data"
	"incidex/data/vocab"
)

// nameWord reports whether a text is the name of an organization that the index or
// the vocabulary knows, or a word of one.
func (n *snapshot) nameWord(w string) (whole, part bool) {
	if _, ok := n.folded(string(data.Victim))[w]; ok {
		return true, true
	}
	k := nameWords()[w]
	return k == wholeName, k > 0
}

type nameKind byte

const (
	partOfName nameKind = iota + 1
	wholeName
)

// nameWords are the names of known organizations and their words.
var nameWords = sync.OnceValue(func() map[string]nameKind {
	out := map[string]nameKind{}
	for _, t := range vocab.Organizations().Terms() {
		for i, name := range append([]string{t.Value}, t.Aliases...) {
			folded := vocab.Fold(name)
			for _, w := range strings.Fields(folded) {
				out[w] = max(out[w], partOfName)
			}
			if i > 0 || t.Attr("ambiguous") == "" {
				out[folded] = wholeName
			}
		}
	}
	return out
})

// namePairs are the words of names of two words.
type namePairs struct{ first, second map[string]bool }

// newNamePairs takes the names of two words out of folded names.
func newNamePairs(folded iter.Seq[string]) namePairs {
	p := namePairs{map[string]bool{}, map[string]bool{}}
	for name := range folded {
		if first, second, ok := strings.Cut(name, " "); ok && !strings.Contains(second, " ") {
			p.first[first], p.second[second] = true, true
		}
	}
	return p
}

// knownPairs are those of known organizations.
var knownPairs = sync.OnceValue(func() namePairs { return newNamePairs(maps.Keys(nameWords())) })

// inPairs reports whether a name of two words may begin with first, and end with second.
func (n *snapshot) inPairs(first, second string) (begins, ends bool) {
	known, own := knownPairs(), n.pairs()
	return known.first[first] || own.first[first], known.second[second] || own.second[second]
}

// folded returns the values of a field by their folded form.
func (n *snapshot) folded(field string) map[string]string {
	if m, ok := n.values.get(field); ok {
		return m
	}
	m := map[string]string{}
	for _, v := range n.view.Values(field) {
		m[vocab.Fold(v)] = v
	}
	n.values.put(field, m)
	return m
}

// Value finds a value of a field whatever its case and accents, the one that is written
// so if there is one.
func (n *snapshot) Value(field, text string) (string, bool) {
	if n.view.Has(field, text) {
		return text, true
	}
	v, ok := n.folded(field)[vocab.Fold(text)]
	return v, ok
}
