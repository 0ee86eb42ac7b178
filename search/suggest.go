package search

import (
	"context"
	"fmt"
)

// Suggestion completes what a person types.
type Suggestion struct {
	// Kind is one of the SuggestX constants.
	Kind string `json:"kind"`
	// Text is what to show, and Query what to search for.
	Text  string `json:"text"`
	Query string `json:"query"`
	// Field is the field of a value, or the field itself; "" for a title.
	Field string `json:"field,omitempty"`
	// Value is the value as the index holds it, or the id of an article.
	Value string `json:"value,omitempty"`
	// Articles and Incidents count what has the value; both are 0 for fields and titles.
	Articles  int `json:"articles,omitempty"`
	Incidents int `json:"incidents,omitempty"`
}

// The kinds of suggestions.
const (
	SuggestOrganization = "organization"
	SuggestValue        = "value"
	SuggestField        = "field"
	SuggestTitle        = "title"
)

const (
	// DefaultSuggestions is used when a caller does not say.
	DefaultSuggestions = 8
	// MaxSuggestions is the most that can be asked for.
	MaxSuggestions = 50
	// MaxTyped is the most bytes that are completed.
	MaxTyped = 100
)

// Suggest completes what a person types: organizations and other values by the
// incidents that have them, names of fields, and titles. What begins with the text
// comes before what begins with it but for one slip. A limit of 0 means
// DefaultSuggestions.
func (e *Engine) Suggest(ctx context.Context, typed string, limit int) ([]Suggestion, error) {
	if limit == 0 {
		limit = DefaultSuggestions
	}
	if limit < 1 || limit > MaxSuggestions {
		return nil, fmt.Errorf("%w: %d suggestions: want 1 to %d", ErrInvalid, limit, MaxSuggestions)
	}
	if len(typed) > MaxTyped {
		return nil, nil
	}
	snap, err := e.snapshot(ctx)
	if err != nil {
		return nil, fmt.Errorf("suggest: %w", err)
	}
	defer snap.Close()
	out, err := snap.Suggest(ctx, typed, limit)
	if err != nil {
		return nil, fmt.Errorf("suggest: %w", err)
	}
	return out, nil
}
