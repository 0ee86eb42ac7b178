package group

import (
	_ "embed"
	"fmt"
	"math"
	"strings"
	"sync"
)

// wordsFile lists the words that are common in articles on security: a word, a
// tab, and in how many of 10,000 articles it stands. TestWords with -update makes
// it from a folder of articles.
//
//go:embed words.tsv
var wordsFile string

const (
	// sampleSize is the number of articles that the counts of wordsFile refer to.
	sampleSize = 10_000
	// unlisted is the assumed count of a word that wordsFile does not list.
	unlisted = 8
	// commonest is the count from which on a word tells nothing.
	commonest = 2_500
)

// rarity is the weight of a term, ln(10,000 / count), and 0 for common words.
func rarity(t uint32) float64 {
	if r, ok := listed().get(t); ok {
		return r
	}
	return rarest
}

// rarest is the rarity of a word that is not listed.
var rarest = math.Log(sampleSize / unlisted)

// isListed reports whether a term is a word that articles on security use, and not
// a rare name.
func isListed(t uint32) bool {
	_, ok := listed().get(t)
	return ok
}

// rarities holds the rarities of the words of wordsFile by their hash, in a table
// with open addressing: the grouper looks up a hundred of them for each pair.
type rarities struct {
	hashes [1 << 14]uint32 // 0 for a free place
	values [1 << 14]float64
}

// place is where a hash is, or the free place where it belongs.
func (r *rarities) place(t uint32) uint32 {
	i := t % uint32(len(r.hashes))
	for r.hashes[i] != t && r.hashes[i] != 0 {
		i = (i + 1) % uint32(len(r.hashes))
	}
	return i
}

func (r *rarities) get(t uint32) (float64, bool) {
	i := r.place(t)
	if r.hashes[i] == 0 {
		return 0, false // without a look at the other table
	}
	return r.values[i], true
}

var listed = sync.OnceValue(func() *rarities {
	r := &rarities{}
	for n, line := range strings.Split(strings.TrimSpace(wordsFile), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		var word string
		var count float64
		if _, err := fmt.Sscanf(line, "%s\t%g", &word, &count); err != nil {
			panic(fmt.Errorf("words.tsv:%d: %w", n+1, err)) // embedded: a mistake of the build
		}
		i := r.place(hash(word))
		r.hashes[i] = hash(word)
		if count < commonest {
			r.values[i] = math.Log(sampleSize / count)
		}
	}
	return r
})
