package search

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"testing"
)

// FuzzCursor reads cursors that no page gave: they are refused, or are a place that the
// next page gives again.
func FuzzCursor(f *testing.F) {
	of := Request{Query: "data"}
	f.Add([]byte(`{"s":1.5,"id":"a","h":1,"g":"gen-000001"}`), true)
	f.Add([]byte("{"), false)
	f.Add([]byte(`{"s":1e999}`), true)
	f.Fuzz(func(t *testing.T, raw []byte, signed bool) {
		var c checkedCursor
		if signed && json.Unmarshal(raw, &c) == nil {
			c.Sum = of.sum()
			raw, _ = json.Marshal(c)
		}
		r := of
		r.After = base64.RawURLEncoding.EncodeToString(raw)
		got, _, err := r.cursor("gen-000001")
		switch {
		case errors.Is(err, ErrInvalid):
		case err != nil:
			t.Fatal(err)
		case got != nil && r.next(got, "gen-000001") == "":
			t.Errorf("%+v cannot be given again", got)
		}
	})
}
