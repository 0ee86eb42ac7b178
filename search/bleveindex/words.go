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
	t := &tokens{name: name}
	a.begin()
	last := 0
	for i, text := range texts {
		offset := last
		if i > 0 {
			offset += positionGap
		}
		t.bytes += uint64(len(text))
		for _, w := range a.words(text) {
			if !w.joined {
				t.length++
			}
			last = offset + w.pos
			a.occur(w.keyed, uint32(last))
		}
	}
	t.freqs = make(index.TokenFrequencies, len(a.seen))
	all := make([]index.TokenFreq, len(a.seen))
	for i := range a.seen {
		a.seen[i].into(&all[i])
		t.freqs[a.seen[i].key] = &all[i]
	}
	return t
}

func (t *tokens) Name() string                        { return t.name }
func (t *tokens) ArrayPositions() []uint64            { return nil }
func (t *tokens) Options() index.FieldIndexingOptions { return wordOptions }
func (t *tokens) Analyze()                            {}
func (t *tokens) Value() []byte                       { return nil }
func (t *tokens) NumPlainTextBytes() uint64           { return t.bytes }

// AnalyzedLength is what Bleve keeps with each word, and nothing reads: the lengths
// are in a column.
func (t *tokens) AnalyzedLength() int { return 1 }

func (t *tokens) AnalyzedTokenFrequencies() index.TokenFrequencies { return t.freqs }
func (t *tokens) EncodedFieldType() byte                           { return 't' }

// Size is what the field takes in memory, roughly: Bleve only adds it up.
func (t *tokens) Size() int { return int(t.bytes) + 64*len(t.freqs) }
