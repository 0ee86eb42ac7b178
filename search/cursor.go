package search

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"hash/fnv"
)

// maxCursor is the most bytes of a Request.After.
const maxCursor = 4 << 10

// A Request.After is JSON in the alphabet of URLs: a Cursor, and a checksum of what was
// searched for, so that one for another search is refused rather than answered
// with the wrong page, and the generation of the index that it is a place in.
type checkedCursor struct {
	Cursor
	Sum        uint32 `json:"h"`
	Generation string `json:"g"`
}

// sum is that of a search, whatever the page. Its order must be known.
func (r *Request) sum() uint32 {
	h := fnv.New32a()
	fmt.Fprintf(h, "%q %q %q %t %#v", r.Query, r.Match, r.Sort, r.Exact, r.Filters)
	return h.Sum32()
}

// next writes the cursor behind a page, "" where none follows.
func (r *Request) next(c *Cursor, generation string) string {
	if c == nil {
		return ""
	}
	b, err := json.Marshal(checkedCursor{*c, r.sum(), generation})
	if err != nil { // a score that is no number
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

// cursor reads After, nil where there is none. A note says that it is a place in
// another generation.
func (r *Request) cursor(generation string) (*Cursor, *Note, error) {
	if r.After == "" {
		return nil, nil, nil
	}
	var c checkedCursor
	b, err := base64.RawURLEncoding.DecodeString(r.After)
	if err == nil {
		err = json.Unmarshal(b, &c)
	}
	switch {
	case err != nil || len(r.After) > maxCursor:
		return nil, nil, invalid("after", "after %.20q: want the next of the page before", r.After)
	case c.Sum != r.sum():
		return nil, nil, invalid("after", "after is the next of another search: query, filters, match and sort must stay the same")
	}
	if c.Generation != generation {
		return &c.Cursor, &Note{
			Kind: NoteMoved, Text: "The index was rebuilt since the page before: hits may come twice, or not at all. Begin again for all of them.",
		}, nil
	}
	return &c.Cursor, nil, nil
}
