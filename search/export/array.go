package export

import (
	"bytes"
	"encoding/json"
	"io"
)

// array writes a JSON array, a value a line.
type array struct {
	w      io.Writer
	before string // the next value
}

func (a *array) add(v any) error {
	var b bytes.Buffer
	b.WriteString(a.before)
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return err
	}
	b.Truncate(b.Len() - 1) // the line break
	a.before = ",\n"
	_, err := a.w.Write(b.Bytes())
	return err
}
