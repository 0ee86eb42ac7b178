package search

import (
	"errors"
	"fmt"
)

// The kinds of errors. Everything else is internal.
var (
	// ErrInvalid is a request that can never succeed; its text says what to change.
	ErrInvalid = errors.New("invalid request")
	// ErrNotFound is an article or incident that the index does not have.
	ErrNotFound = errors.New("not found")
	// ErrUnavailable is an index that cannot answer now.
	ErrUnavailable = errors.New("unavailable")
)

// RequestError is an ErrInvalid that says which part of the request is to blame.
type RequestError struct {
	// Part is the name of a parameter: "page", or "filter[sector]".
	Part string
	// Text says what to change.
	Text string
}

func (e *RequestError) Error() string { return ErrInvalid.Error() + ": " + e.Text }
func (e *RequestError) Unwrap() error { return ErrInvalid }

// invalid makes a RequestError.
func invalid(part, format string, args ...any) error {
	return &RequestError{part, fmt.Sprintf(format, args...)}
}
