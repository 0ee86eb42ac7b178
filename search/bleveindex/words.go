package bleveindex

import index "github.com/blevesearch/bleve_index_api"

// tokens are the words of a field.
type tokens struct {
	name   string
	length int // words without joined ones
	words  []occurrence
	// places are those of words that have locations, of one word after the other.
	places []uint32
	// of numbers the words, and keys are those that it knew.
	of   *dictionary
	keys []string
}

// occurrence is a word in a text.
type occurrence struct {
	term      uint32 // number of its key
	locations uint32 // places, where they are not packed
	packed    uint64 // see packPlaces
}

// dictionary numbers the keys of words from 0 on, of one analyzer.
type dictionary struct{ keys []string }

const wordOptions = index.IndexField | index.IncludeTermVectors

// positionGap keeps the words of two texts in one field apart for phrases.
const positionGap = 100

// newTokens analyzes texts into a field with positions, one after the other.
func newTokens(name string, texts ...string) *tokens {
	a := analyzers.Get().(*analyzer)
	defer analyzers.Put(a)
	t := &tokens{name: name}
	a.begin()
	last := 0
	for i, text := range texts {
		offset := last
		if i > 0 {
			offset += positionGap
		}
		for _, w := range a.words(text) {
			if !w.joined {
				t.length++
			}
			last = offset + w.pos
			a.occur(w.keyed, uint32(last))
		}
	}
	t.of, t.keys = a.dictionary, a.dictionary.keys
	t.words = make([]occurrence, len(a.seen))
	for i := range a.seen {
		o := &a.seen[i]
		packed, ok := packPlaces(o.places)
		t.words[i] = occurrence{term: o.term, packed: uint64(packed)}
		if !ok {
			t.words[i].locations = uint32(len(o.places))
			t.places = append(t.places, o.places...)
		}
	}
	return t
}
