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
	if r, ok := listed()[t]; ok {
		return r
	}
	return rarest
}

// rarest is the rarity of a word that is not listed.
var rarest = math.Log(sampleSize / unlisted)

// isListed reports whether a term is a word that articles on security use, and not
// a rare name.
func isListed(t uint32) bool {
	_, ok := listed()[t]
	return ok
}

// listed holds the rarities of the words of wordsFile, by their hash.
var listed = sync.OnceValue(func() map[uint32]float64 {
	rarities := map[uint32]float64{}
	for n, line := range strings.Split(strings.TrimSpace(wordsFile), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		var word string
		var count float64
		if _, err := fmt.Sscanf(line, "%s\t%g", &word, &count); err != nil {
			panic(fmt.Errorf("words.tsv:%d: %w", n+1, err)) // embedded: a mistake of the build
		}
		rarities[hash(word)] = 0
		if count < commonest {
			rarities[hash(word)] = math.Log(sampleSize / count)
		}
	}
	return rarities
})
