package bleveindex

import (
	"github.com/blevesearch/bleve/v2/document"
	index "github.com/blevesearch/bleve_index_api"
)

// tokens is an index field of words that were analyzed before: the article's
// goroutine does the work, not Bleve's.
type tokens struct {
	name   string
	length int // words without joined ones
	freqs  index.TokenFrequencies
	bytes  uint64
}

var _ document.Field = (*tokens)(nil)

const wordOptions = index.IndexField | index.IncludeTermVectors

// positionGap keeps the words of two texts in one field apart for phrases.
const positionGap = 100

// newTokens analyzes texts into a field with positions, one after the other.
func newTokens(name string, texts ...string) *tokens {
	a := analyzers.Get().(*analyzer)
	defer analyzers.Put(a)
	t := &tokens{name: name, freqs: index.TokenFrequencies{}}
	last := 0
	for i, text := range texts {
		offset := last
		if i > 0 {
			offset += positionGap
		}
		t.bytes += uint64(len(text))
		words := a.words(text)
		places := make([]index.TokenLocation, len(words))
		for j, w := range words {
			if !w.joined {
				t.length++
			}
			last = offset + w.pos
			// Snippets find the words in the text again: their bytes are not kept.
			places[j].Position = last
			key := termKey(w.stem, w.exact)
			f := t.freqs[key]
			if f == nil {
				f = &index.TokenFreq{Term: []byte(key)}
				t.freqs[key] = f
			}
			f.Locations = append(f.Locations, &places[j])
			f.SetFrequency(len(f.Locations))
		}
	}
	return t
}

func (t *tokens) Name() string                                     { return t.name }
func (t *tokens) ArrayPositions() []uint64                         { return nil }
func (t *tokens) Options() index.FieldIndexingOptions              { return wordOptions }
func (t *tokens) Analyze()                                         {}
func (t *tokens) Value() []byte                                    { return nil }
func (t *tokens) NumPlainTextBytes() uint64                        { return t.bytes }
func (t *tokens) AnalyzedLength() int                              { return t.length }
func (t *tokens) AnalyzedTokenFrequencies() index.TokenFrequencies { return t.freqs }
func (t *tokens) EncodedFieldType() byte                           { return 't' }

// Size is what the field takes in memory, roughly: Bleve only adds it up.
func (t *tokens) Size() int { return int(t.bytes) + 64*len(t.freqs) }
