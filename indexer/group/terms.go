package group

import (
	"cmp"
	"iter"
	"math"
	"math/bits"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"incidex/data"
	"incidex/data/vocab"
)

const (
	// maxTerms is the number of terms that a signature keeps.
	maxTerms = 48
	// titleWeight is how many times a word of the title counts.
	titleWeight = 4
	// minTermLen and maxTermLen bound the runes of a term.
	minTermLen, maxTermLen = 3, 24
	// minHeadline is the fewest words that a title without its site has.
	minHeadline = 4
	// damping is the power of a term's count in its weight.
	damping = 0.7
)

// term is a word of an article with how often it stands there and its weight.
type term struct {
	word   string
	hash   uint32
	count  uint8
	weight float64
}

// counts are the terms of an article. Their places are in a table with open addressing.
type counts struct {
	terms  []term
	places []int32 // 0 for a free one, or a term's number plus one
}

// countTerms counts the words that can tell an article from others among the folded
// words of its headline and its text.
func countTerms(headline, text []string) *counts {
	n := len(headline) + len(text)
	c := &counts{terms: make([]term, 0, n/2), places: make([]int32, 2<<bits.Len(uint(n)))}
	add := func(words []string, n uint8) {
		for w := range ownWords(words) {
			h := hash(w)
			place := c.place(w, h)
			if *place == 0 {
				c.terms = append(c.terms, term{word: w, hash: h})
				*place = int32(len(c.terms))
			}
			t := &c.terms[*place-1]
			t.count += min(n, math.MaxUint8-t.count)
		}
	}
	add(headline, titleWeight)
	add(text, 1)
	return c
}

// place is where the number of a term is, or where it belongs.
func (c *counts) place(word string, hash uint32) *int32 {
	last := uint32(len(c.places) - 1)
	for i := hash & last; ; i = (i + 1) & last {
		if n := c.places[i]; n == 0 || c.terms[n-1].hash == hash && c.terms[n-1].word == word {
			return &c.places[i]
		}
	}
}

// rankTerms returns the most telling terms, the best first, at most maxTerms.
func rankTerms(c *counts) []term {
	best := make([]term, 0, maxTerms+1)
	for _, t := range c.terms {
		t.weight = termWeight(t.hash, t.count)
		if t.weight == 0 || len(best) == maxTerms && byWeight(t, best[maxTerms-1]) > 0 {
			continue
		}
		i, _ := slices.BinarySearchFunc(best, t, byWeight)
		best = slices.Insert(best, i, t)
		best = best[:min(len(best), maxTerms)]
	}
	return best
}

// byWeight puts the more telling term first.
func byWeight(a, b term) int {
	if a.weight != b.weight {
		return cmp.Compare(b.weight, a.weight)
	}
	return strings.Compare(a.word, b.word)
}

// siteName ends a title that names its site: " | The Daily", " - CSO Online".
var siteName = regexp.MustCompile(`\s+(?:[|«»—–-]\s+[^|«»—–]{1,70})$`)

// headline is a title without the names of its site, which say nothing of the event.
// What remains has at least minHeadline words.
func headline(title string) string {
	for {
		loc := siteName.FindStringIndex(title)
		if loc == nil || len(strings.Fields(title[:loc[0]])) < minHeadline {
			return title
		}
		title = title[:loc[0]]
	}
}

// isReference reports whether a text speaks of another event for comparison after a word:
// "weeks before Eel", "larger than the Eel attack".
func isReference(word string) bool {
	switch word {
	case "after", "as", "before", "like", "since", "than", "unlike":
		return true
	}
	return false
}

// isLikeness is the same of a word behind the name: "an Eel-like worm".
func isLikeness(word string) bool {
	switch word {
	case "like", "style", "inspired":
		return true
	}
	return false
}

// ownWords yields those of folded words that can be terms and do not name another
// event.
func ownWords(fields []string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for i, f := range fields {
			before := i - 1
			if before >= 0 && fields[before] == "the" {
				before--
			}
			if before >= 0 && isReference(fields[before]) || i+1 < len(fields) && isLikeness(fields[i+1]) {
				continue
			}
			if w, ok := termOf(f); ok && !yield(w) {
				return
			}
		}
	}
}

// termWeight is the damped count of a term times its rarity.
func termWeight(t uint32, count uint8) float64 {
	return dampedCounts[count] * rarity(t)
}

var dampedCounts = func() (d [math.MaxUint8 + 1]float64) {
	for n := range d {
		d[n] = math.Pow(float64(n), damping)
	}
	return d
}()

// words yields the words of s that can be terms.
func words(s string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for f := range strings.FieldsSeq(vocab.Fold(s)) {
			if w, ok := termOf(f); ok && !yield(w) {
				return
			}
		}
	}
}

// termOf makes a term of a folded word: without a plural s, and only if it has a
// letter and a fitting length.
func termOf(w string) (string, bool) {
	n := utf8.RuneCountInString(w)
	if n < minTermLen || n > maxTermLen || strings.IndexFunc(w, unicode.IsLetter) < 0 {
		return "", false
	}
	if n > 4 && w[len(w)-1] == 's' && w[len(w)-2] != 's' {
		w = w[:len(w)-1]
	}
	return w, true
}

// hash is the 32-bit FNV-1a hash of strings, one after the other.
func hash(parts ...string) uint32 {
	h := uint32(2166136261)
	for _, s := range parts {
		for i := range len(s) {
			h = (h ^ uint32(s[i])) * 16777619
		}
	}
	return h
}

// enoughShared is the rarity of shared terms, added up, that it takes to trust the
// likeness of a text that is too short for a sketch: about two names. Headlines share
// a few half-common words by chance.
const enoughShared = 12.0

// similarity is the cosine, 0 to 1, of the weighted terms of two signatures, lowered
// for short texts that share little.
func similarity(a, b *Profile) float64 {
	var shared, mass float64
	for i, t := range a.Signature.Terms {
		if !b.mayHave(t) {
			continue
		}
		if j := slices.Index(b.Signature.Terms, t); j >= 0 {
			shared += termWeight(t, countAt(&a.Signature, i)) * termWeight(t, countAt(&b.Signature, j))
			mass += rarity(t)
		}
	}
	if shared == 0 {
		return 0
	}
	cosine := shared / (a.norm * b.norm)
	if a.Signature.Sketch == 0 || b.Signature.Sketch == 0 {
		cosine *= min(1, mass/enoughShared)
	}
	return cosine
}

// norm is the length of the vector of a signature's weighted terms.
func norm(s data.Signature) float64 {
	sum := 0.0
	for i, t := range s.Terms {
		w := termWeight(t, countAt(&s, i))
		sum += w * w
	}
	return math.Sqrt(sum)
}

// oftenNamed is how often a name stands in an article that is about it; a word of
// the title counts titleWeight times.
const oftenNamed = 6

// speaksOf reports whether an article speaks of the name that another is about:
// the most telling term of the other, if it is a rare word and stands there often.
// Among articles with like words such a name is unknown to the other article in 4 of
// 5 pairs that tell of two events, and in 1 of 10 that tell of one.
func speaksOf(p, about *Profile) bool {
	s, other := &p.Signature, &about.Signature
	if len(other.Terms) == 0 || len(s.Terms) == 0 || countAt(other, 0) < oftenNamed || isListed(other.Terms[0]) {
		return true
	}
	return p.mayHave(other.Terms[0]) && slices.Contains(s.Terms, other.Terms[0])
}

func countAt(s *data.Signature, i int) uint8 {
	if i < len(s.Counts) {
		return s.Counts[i]
	}
	return 1
}
