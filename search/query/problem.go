package query

import "incidex/data"

// Problem is a mistake in a query.
type Problem struct {
	// Span is the part of the query that is wrong.
	data.Span
	// Message says what is wrong, in lower case and without a full stop.
	Message string `json:"message"`
	// Suggestion is what to write instead of the part; empty when nothing is near.
	Suggestion string `json:"suggestion,omitempty"`
}

// String returns the message and, if there is one, the suggestion as a question.
func (p Problem) String() string {
	if p.Suggestion == "" {
		return p.Message
	}
	return p.Message + ": did you mean " + p.Suggestion + "?"
}

// Fix returns the query with the suggestion in the place of the wrong part.
func (p Problem) Fix(query string) string {
	if p.Suggestion == "" || p.Start < 0 || p.Start > p.End || p.End > len(query) {
		return query
	}
	return query[:p.Start] + p.Suggestion + query[p.End:]
}
