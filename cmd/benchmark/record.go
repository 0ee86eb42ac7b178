package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"incidex/data"
)

// record is an article as the peers get it: with the values that the product has
// found in it, so that all index the same.
type record struct {
	article
	Fields  map[string][]string `json:"fields"`
	Records *float64            `json:"records,omitempty"`
}

// body is the text that is searched: title and text, as in the product.
func (r *record) body() string { return r.Title + "\n" + r.Text }

// newRecord takes over what the product indexes of a document.
func newRecord(d *data.Document) record {
	r := record{
		article: article{
			ID: d.ID, Title: d.Title, Text: d.Text, Publisher: d.Publisher, URL: d.URL, Date: string(d.Date), Language: d.Language, Tags: d.Tags,
		},
		Fields: map[string][]string{},
	}
	subject := d.Subject()
	if subject == nil {
		return r
	}
	r.Fields["incident"] = []string{subject.ID}
	for _, info := range data.Fields {
		if info.Field == data.Records {
			if c := best(subject, info.Field); c != nil {
				r.Records = c.Number
			}
			continue
		}
		values := subject.Values(info.Field)
		if !info.Many && len(values) > 1 {
			values = values[:1]
		}
		if len(values) > 0 {
			r.Fields[string(info.Field)] = values
		}
	}
	return r
}

// best is the first claim with a number that is stated as a fact.
func best(m *data.Mention, f data.Field) *data.Claim {
	for i, c := range m.Claims {
		if c.Field == f && c.Asserted() && c.Number != nil {
			return &m.Claims[i]
		}
	}
	return nil
}

// readRecords calls f with each record of a file.
func readRecords(path string, f func(*record) error) error {
	in, err := os.Open(path)
	if err != nil {
		return err
	}
	defer in.Close()
	d := json.NewDecoder(bufio.NewReaderSize(in, 1<<20))
	for {
		r := new(record)
		if err := d.Decode(r); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return fmt.Errorf("read %s: %w", path, err)
		}
		if err := f(r); err != nil {
			return err
		}
	}
}

// writeLines writes values as JSON, one a line.
func writeLines[T any](path string, each func(yield func(T) error) error) error {
	out, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(out, 1<<20)
	enc := json.NewEncoder(w)
	err = each(func(v T) error { return enc.Encode(v) })
	return errors.Join(err, w.Flush(), out.Close())
}
