package group

import (
	"cmp"
	"hash/fnv"
	"math"
	"slices"
	"strings"
	"unicode"

	"incidex/data/vocab"
)

const (
	// maxTerms is the number of terms that a signature keeps.
	maxTerms = 40
	// titleWeight is how many times a word of the title counts.
	titleWeight = 3
	// minTermLen and maxTermLen bound the runes of a term.
	minTermLen, maxTermLen = 3, 24
)

// term is a word of an article with its weight.
type term struct {
	word   string
	weight float64
}

// rankTerms returns the article's words, the most telling first.
func rankTerms(title, text string) []term {
	count := map[string]float64{}
	for w := range words(title) {
		count[w] += titleWeight
	}
	for w := range words(text) {
		count[w]++
	}
	terms := make([]term, 0, len(count))
	for w, n := range count {
		if r := rarity(hash(w)); r > 0 {
			terms = append(terms, term{w, (1 + math.Log(n)) * r})
		}
	}
	slices.SortFunc(terms, func(a, b term) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.word, b.word))
	})
	return terms
}

// words yields the words of s that can be terms, folded and without a plural s.
func words(s string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for w := range strings.FieldsSeq(vocab.Fold(s)) {
			n := len([]rune(w))
			if n < minTermLen || n > maxTermLen || strings.IndexFunc(w, unicode.IsLetter) < 0 {
				continue
			}
			if n > 4 && w[len(w)-1] == 's' && w[len(w)-2] != 's' {
				w = w[:len(w)-1]
			}
			if !yield(w) {
				return
			}
		}
	}
}

func hash(w string) uint32 {
	h := fnv.New32a()
	h.Write([]byte(w))
	return h.Sum32()
}

// similarity is the cosine, 0 to 1, of two lists of terms weighed by rarity.
func similarity(a, b []uint32) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	in := make(map[uint32]bool, len(a))
	var na, nb, shared float64
	for _, t := range a {
		in[t] = true
		na += rarity(t) * rarity(t)
	}
	for _, t := range b {
		r := rarity(t)
		nb += r * r
		if in[t] {
			shared += r * r
		}
	}
	if shared == 0 {
		return 0
	}
	return shared / math.Sqrt(na*nb)
}
