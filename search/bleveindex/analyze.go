package bleveindex

import (
	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/registry"
	index "github.com/blevesearch/bleve_index_api"
)

// english is Bleve's analyzer "en": Unicode words, possessives and stop words
// dropped, lower case, Porter stems.
var english = func() analysis.Analyzer {
	a, err := en.AnalyzerConstructor(nil, registry.NewCache())
	if err != nil {
		panic(err) // built in: it cannot fail
	}
	return a
}()

// analyze returns the terms of a text in order. A token's Term shares no memory
// with text.
func analyze(text string) analysis.TokenStream {
	return english.Analyze([]byte(text))
}

// tokens is an index field of words that were analyzed before: the article's
// goroutine does the work, not Bleve's.
type tokens struct {
	name    string
	options index.FieldIndexingOptions
	length  int
	freqs   index.TokenFrequencies
	bytes   uint64
}

var _ document.Field = (*tokens)(nil)

const wordOptions = index.IndexField | index.IncludeTermVectors

// newTokens analyzes text into a field with positions.
func newTokens(name, text string) *tokens {
	stream := analyze(text)
	return &tokens{
		name: name, options: wordOptions, length: len(stream), bytes: uint64(len(text)),
		freqs: analysis.TokenFrequency(stream, nil, wordOptions),
	}
}

func (t *tokens) Name() string                                     { return t.name }
func (t *tokens) ArrayPositions() []uint64                         { return nil }
func (t *tokens) Options() index.FieldIndexingOptions              { return t.options }
func (t *tokens) Analyze()                                         {}
func (t *tokens) Value() []byte                                    { return nil }
func (t *tokens) NumPlainTextBytes() uint64                        { return t.bytes }
func (t *tokens) AnalyzedLength() int                              { return t.length }
func (t *tokens) AnalyzedTokenFrequencies() index.TokenFrequencies { return t.freqs }
func (t *tokens) EncodedFieldType() byte                           { return 't' }

// Size is what the field takes in memory, roughly: Bleve only adds it up.
func (t *tokens) Size() int { return int(t.bytes) + 64*len(t.freqs) }
