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

// rarity is the weight of a term: the logarithm of how much rarer than a telling
// word has to be it is, 0 for common words.
func rarity(t uint32) float64 {
	n, ok := commonWords()[t]
	switch {
	case !ok:
		n = unlisted
	case n >= commonest:
		return 0
	}
	return math.Log(sampleSize / n)
}

// isListed reports whether a term is a word that articles on security use, and not
// a rare name.
func isListed(t uint32) bool {
	_, ok := commonWords()[t]
	return ok
}

var commonWords = sync.OnceValue(func() map[uint32]float64 {
	counts := map[uint32]float64{}
	for n, line := range strings.Split(strings.TrimSpace(wordsFile), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		var word string
		var count float64
		if _, err := fmt.Sscanf(line, "%s\t%g", &word, &count); err != nil {
			panic(fmt.Errorf("words.tsv:%d: %w", n+1, err)) // embedded: a mistake of the build
		}
		counts[hash(word)] = count
	}
	return counts
})
