package search

import "errors"

// The kinds of errors. Everything else is internal.
var (
	// ErrInvalid is a request that can never succeed; its text says what to change.
	ErrInvalid = errors.New("invalid request")
	// ErrNotFound is an article or incident that the index does not have.
	ErrNotFound = errors.New("not found")
	// ErrUnavailable is an index that cannot answer now.
	ErrUnavailable = errors.New("unavailable")
)
