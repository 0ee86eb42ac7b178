package bleveindex

import (
	index "github.com/blevesearch/bleve_index_api"

	"incidex/search/text"
)

// tokens are the words of a field.
type tokens struct {
	name   string
	length int // words without joined ones
	words  []occurrence
	// places are those of words that have locations, of one word after the other.
	places []uint32
	// of numbers the words, and keys are those that it knew.
	of   *text.Dictionary
	keys []string
}

// occurrence is a word in a text.
type occurrence struct {
	term      uint32 // number of its key
	locations uint32 // places, where they are not packed
	packed    uint64 // see packPlaces
}

const wordOptions = index.IndexField | index.IncludeTermVectors

// newTokens analyzes texts into a field with positions, one after the other.
func newTokens(name string, texts ...string) *tokens {
	a := text.Acquire()
	defer a.Release()
	t := &tokens{name: name}
	var found []text.Occurrences
	found, t.length = a.Occurrences(texts...)
	t.of, t.keys = a.Dictionary, a.Dictionary.Keys
	t.words = make([]occurrence, len(found))
	for i := range found {
		o := &found[i]
		packed, ok := packPlaces(o.Positions)
		t.words[i] = occurrence{term: o.Term, packed: uint64(packed)}
		if !ok {
			t.words[i].locations = uint32(len(o.Positions))
			t.places = append(t.places, o.Positions...)
		}
	}
	return t
}
