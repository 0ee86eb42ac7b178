package main

import "context"

// pageSize is the number of articles that a search returns.
const pageSize = 20

// facetSize is the number of values that a facet lists.
const facetSize = 10

// The fields that are counted: terms, and one number by ranges and one date by years.
var (
	termFacets = []string{"sector", "attack", "data_type", "country", "actor", "victim", "action", "data_subject"}
	numberStep = []float64{0, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9}
)

// The first and the last year that dates are counted by.
const firstYear, lastYear = 2014, 2026

// question is a search in no engine's words. Its zero value asks for all articles.
type question struct {
	name string
	// Words that must stand in the text, of which one must, and one that must not.
	all, any []string
	not      string
	// Words that follow each other, and the beginning of a word.
	phrase, prefix string
	// The least number of records; 0 asks for nothing.
	records float64
	// The days of publication, both included; "" asks for nothing.
	from, to string
	// Values that were selected, one of each field.
	selected map[string]string
	// order is "" for by score, or by date where there are no words; "date" and
	// "records" are descending.
	order  string
	facets bool
}

// words reports whether the question has words to score.
func (q question) words() bool {
	return len(q.all)+len(q.any) > 0 || q.phrase != "" || q.prefix != ""
}

// answer is what is checked of a search.
type answer struct {
	total int
	// counts are those of the term facets. They are brought to this form when asked
	// for, as that is no work of an engine.
	counts func() []count
}

// count is the number of articles with a value.
type count struct {
	field, value string
	articles     int
}

// engine answers questions from an index.
type engine interface {
	name() string
	ask(ctx context.Context, q question) (answer, error)
	close() error
}
