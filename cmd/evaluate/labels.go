package main

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"path/filepath"
	"strings"

	"incidex/data"
	"incidex/data/sample"
	"incidex/data/vocab"
	"incidex/indexer/extract"
	"incidex/indexer/reader"
)

// labelsFile are the project's own labels: what careful readers took from articles of
// the development sets, by the articles' ids.
//
//go:embed labels.jsonl
var labelsFile []byte

// madeUpFile are articles that were made up for what news has too few of, with their
// labels: sizes of victims, gangs' tallies, arrests, advice, amounts of every kind and
// other things that look like facts of the incident.
//
//go:embed madeup.jsonl
var madeUpFile []byte

// label is a labeled article: what a careful reader takes from it. Texts stay where
// they are; a label names them by id.
type label struct {
	ID        string      `json:"id"`
	Subject   string      `json:"subject"`
	Facts     []labelFact `json:"facts"`
	Mentioned []string    `json:"mentioned"`
	Unsure    []string    `json:"unsure"`
	// Only names the fields that the label knows; empty means all.
	Only []string `json:"only,omitempty"`
	// Gold marks a label of the gold folder, which figures are measured against.
	Gold bool `json:"-"`
}

// labelFact is one value of a label.
type labelFact struct {
	Field    data.Field `json:"f"`
	Value    string     `json:"v"`
	Number   float64    `json:"n"`
	Currency string     `json:"cur"`
	Status   string     `json:"s"` // possible, negated, advised; empty for a fact
	Main     bool       `json:"main"`
	Optional bool       `json:"opt"`
}

// usable reports whether the value can be shown.
func (f *labelFact) usable() bool { return f.Status == "" || f.Status == "possible" }

// gives reports whether a row gives the value of the label.
func (f *labelFact) gives(r *extract.Row) bool {
	if f.Field != r.Field {
		return false
	}
	info, _ := f.Field.Info()
	switch info.Kind {
	case data.Count:
		return near(r.Number, f.Number, .005)
	case data.Money:
		return near(r.Number, f.Number, .005) && (f.Currency == "" || f.Currency == r.Currency)
	case data.When:
		return len(r.Value) >= 4 && strings.HasPrefix(f.Value, r.Value)
	case data.Name:
		return sameName(r.Value, f.Value) || f.Field == data.Actor && sameTerm(vocab.Actors(), r.Value, f.Value) || f.Field == data.Malware && sameTerm(vocab.Malware(), r.Value, f.Value)
	}
	return strings.EqualFold(r.Value, f.Value)
}

// sameTerm reports whether a vocabulary has one term for two names.
func sameTerm(t *vocab.Table, a, b string) bool {
	x, ok := t.Lookup(a)
	y, ok2 := t.Lookup(b)
	return ok && ok2 && x.Value == y.Value
}

// near reports whether two numbers differ by no more than a share.
func near(a, b, share float64) bool { return math.Abs(a-b) <= share*math.Max(math.Abs(a), math.Abs(b)) }

// readLabels reads the project's labels and those below a folder, and their articles:
// the sample's and those of the development sets.
func readLabels(dir string) ([]label, map[string]*data.Article, error) {
	labels, err := decodeAll[label](labelsFile)
	if err != nil {
		return nil, nil, fmt.Errorf("read labels: %w", err)
	}
	for _, name := range []string{"sample", "judged-dev", "groups-dev"} {
		more, err := readJSON[label](filepath.Join(dir, "facts", name+".jsonl"))
		if err != nil {
			return nil, nil, err
		}
		for i := range more {
			more[i].Gold = true
		}
		labels = append(labels, more...)
	}
	articles, err := sampleArticles()
	if err != nil {
		return nil, nil, err
	}
	madeUp, err := decodeAll[struct {
		label
		Title, Date, Text string
	}](madeUpFile)
	if err != nil {
		return nil, nil, fmt.Errorf("read made-up articles: %w", err)
	}
	for _, m := range madeUp {
		a := &data.Article{ID: m.ID, Title: m.Title, Date: data.Date(m.Date), Text: m.Text}
		if extract.English(a) {
			labels = append(labels, m.label)
			articles[m.ID] = a
		}
	}
	for _, set := range []struct{ path, prefix string }{
		{"judged/dev.jsonl", ""}, {"groups_dev.jsonl", ""}, {"casie/dev.jsonl", "casie:"},
		{"../corpus/security_news_2011_2021.jsonl", ""}, {"../corpus/security_headlines_2025_2026.jsonl", ""},
	} {
		rows, err := readRows(filepath.Join(dir, set.path))
		if err != nil {
			return nil, nil, err
		}
		for i := range rows {
			a := lessonOf("", &rows[i]).Article
			a.ID = set.prefix + a.ID
			articles[a.ID] = a
		}
	}
	return labels, articles, nil
}

// decodeAll decodes JSON Lines.
func decodeAll[T any](content []byte) ([]T, error) {
	var out []T
	for dec := json.NewDecoder(bytes.NewReader(content)); ; {
		var v T
		if err := dec.Decode(&v); errors.Is(err, io.EOF) {
			return out, nil
		} else if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
}

// sampleArticles are the articles of the embedded sample, by the names of their files.
func sampleArticles() (map[string]*data.Article, error) {
	out := map[string]*data.Article{}
	names, err := fs.Glob(sample.FS(), "*.md")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		content, err := sample.FS().Open(name)
		if err != nil {
			return nil, err
		}
		for item, err := range reader.Read(context.Background(), name, content, reader.Options{}) {
			if err != nil {
				return nil, fmt.Errorf("read %s: %w", name, err)
			}
			a := item.Article
			out[strings.TrimSuffix(name, ".md")] = &a
		}
	}
	return out, nil
}
