package httpapi

import (
	"context"

	"incidex/search"
)

// OffsetsInput is the parameter of everything that answers with places in texts. Its name
// has a capital for Huma, which reads the fields of no other embedded types.
type OffsetsInput struct {
	Offsets string `query:"offsets" enum:"utf8,utf16" default:"utf8" example:"utf16" doc:"What the offsets of marks, evidence and mistakes count: the bytes of texts in UTF-8, or UTF-16 code units as JavaScript counts them"`
}

// in is the context in which the answer has its offsets.
func (in OffsetsInput) in(ctx context.Context) context.Context {
	if in.Offsets == "utf16" {
		return search.InUTF16(ctx)
	}
	return ctx
}
