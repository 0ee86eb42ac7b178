package search

import (
	"context"

	"incidex/data"
	"incidex/search/facet"
	"incidex/search/query"
	"incidex/search/similar"
	"incidex/search/text"
)

// Index is what the Engine needs of an index.
type Index interface {
	// Snapshot pins the index as it is now. The caller closes it.
	Snapshot() (Snapshot, error)
}

// Snapshot is one unchanging state of an index, safe for concurrent use.
type Snapshot interface {
	// Generation names the state in answers and exports.
	Generation() string
	// State is a number that no other state of the index has.
	State() uint64
	// Search matches, counts and sorts in one pass.
	Search(ctx context.Context, plan Plan) (*Matches, error)
	// Articles loads documents by id, nil where there is none.
	Articles(ctx context.Context, ids ...string) ([]*data.Document, error)
	// Incidents loads incidents by id, or by the id of one that was merged into
	// them, nil where there is none.
	Incidents(ctx context.Context, ids ...string) ([]*data.Incident, error)
	// Spans returns the bytes of text that the words of a query match, in order
	// and without overlap, with the numbers of the words.
	Spans(q query.Node, text string) []text.Span
	// Correct says what words that stand side by side in a query most likely mean,
	// in their order: where the index does not know a word, where hardly any article
	// has it and a name is near, and where two words are almost a name that no article
	// has as they are. Short words and those with digits are left alone, and so are words
	// beyond the budget, which this lowers.
	Correct(ctx context.Context, words []string, budget *CorrectionBudget) ([]Correction, error)
	// Value returns the value of a field that an article has and that text is, whatever
	// its case and accents; the one that is written like text if there is one.
	Value(field, text string) (string, bool)
	// Suggest completes what a person types, best first.
	Suggest(ctx context.Context, typed string, limit int) ([]Suggestion, error)
	// Similar holds the facts of every incident that an article is about.
	Similar() *similar.Index
	// Close releases the state.
	Close() error
}

// Plan is a search in the form that an index answers.
type Plan struct {
	// Query holds no problems any more: names are canonical, values are codes.
	Query query.Node
	// Any makes every word of the query optional that need not be there.
	Any bool
	// Optional are words of the query that rank but are not needed beside others.
	Optional map[string]bool
	// Names are the organizations that the query names.
	Names   []Name
	Filters []facet.Filter
	Facets  []facet.Request
	// Medians are the number fields whose middle is wanted.
	Medians []string
	Sort    Sort
	// OnePerIncident lists the best article of each incident alone, and none that has no
	// incident. Counts stay those of all articles.
	OnePerIncident bool
	// Offset and Limit cut the page.
	Offset, Limit int
	// After begins the page behind a place instead; Offset is 0 then.
	After   *Cursor
	Explain bool
}

// Cursor is the place of a hit in a sorted list: what the hits are sorted by, and
// the id, which breaks ties. A page behind it begins with the next hit that there
// is, whether or not the hit itself is still found.
type Cursor struct {
	// Score is for ByRelevance. It depends on all articles: where some were written
	// since, a hit may come twice or not at all.
	Score float64 `json:"s,omitempty"`
	// Value is the value of the field that the other orders sort by, as the index
	// holds it; Missing says that there is none.
	Value   string `json:"v,omitempty"`
	Missing bool   `json:"m,omitempty"`
	ID      string `json:"i"`
}

// Name is an organization that a query names. Articles about it come first, and
// are found even where they have another name.
type Name struct {
	// Words are the words of the query, as written.
	Words []string
	// Victim is the value that articles about it have, "" when there are none.
	Victim string
}

// Correction is what words of a query were most likely meant to be.
type Correction struct {
	// First and End are the numbers of the words, from 0, the end exclusive.
	First, End int
	// Text is one word or more, with spaces between them.
	Text string
	// Articles have the word as it was typed.
	Articles int
}

// MaxCorrected is the most words of a query, and the most pairs of them, of which it is
// looked up what they may be slips of: that takes hundreds of look-ups each. Who makes
// more slips sees it from the first ones.
const MaxCorrected = 8

// CorrectionBudget is what correcting the words of one query may still look up.
type CorrectionBudget struct{ Words, Pairs int }

// NewCorrectionBudget is that of a whole query.
func NewCorrectionBudget() *CorrectionBudget {
	return &CorrectionBudget{Words: MaxCorrected, Pairs: MaxCorrected}
}

// Word takes a word out of the budget, and says whether there was one left.
func (b *CorrectionBudget) Word() bool {
	b.Words--
	return b.Words >= 0
}

// Pair takes a pair out of the budget, and says whether there was one left.
func (b *CorrectionBudget) Pair() bool {
	b.Pairs--
	return b.Pairs >= 0
}

// Matches is what an index found.
type Matches struct {
	Total, Incidents int
	// Words is the number of words and phrases of the query that rank.
	Words int
	Hits  []Match
	// Next is the place of the last hit, nil where no more follow.
	Next   *Cursor
	Facets []facet.Result
	// Medians are in the order of the plan.
	Medians []Median
}

// Median is the middle of the numbers of a field.
type Median struct {
	Field string
	// Known is the number of articles that have a number.
	Known int
	Value float64
}

// Match is one article found, best first.
type Match struct {
	ID string
	// Incident is the article's subject, "" when it has none.
	Incident string
	Score    float64
	// Matched is the number of the query's words and phrases that the article has.
	Matched     int
	Explanation *Explanation
}
