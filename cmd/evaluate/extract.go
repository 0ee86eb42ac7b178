package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"

	"incidex/data"
	"incidex/indexer/extract"
)

// line is one extracted article.
type line struct {
	ID        string         `json:"id"`
	Incidents []data.Mention `json:"incidents"`
}

// runExtract reads articles as JSON Lines and writes what is extracted, in order.
func runExtract(in io.Reader, out io.Writer) error {
	x := extract.New()
	dec := json.NewDecoder(in)
	w := bufio.NewWriter(out)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for n := 1; dec.More(); n++ {
		var a data.Article
		if err := dec.Decode(&a); err != nil {
			return fmt.Errorf("read article %d: %w", n, err)
		}
		if err := enc.Encode(line{a.ID, x.Extract(&a)}); err != nil {
			return err
		}
	}
	return w.Flush()
}
