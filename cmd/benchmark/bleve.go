package main

import (
	"context"
	"strconv"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search/query"

	"incidex/data"
)

// bleveBatch is the number of articles in a batch of Bleve's, where it is fastest.
const bleveBatch = 1000

// rawBleve is Bleve as its users write it: text analyzed by "en" and stored, with
// term vectors, keywords with doc values, numbers and dates. The composite field
// "_all", which would double its work, is left out.
type rawBleve struct{ index bleve.Index }

func (b *rawBleve) name() string { return "Bleve" }
func (b *rawBleve) close() error { return b.index.Close() }

func openBleve(dir string) (*rawBleve, error) {
	i, err := bleve.OpenUsing(dir, map[string]any{"read_only": true})
	if err != nil {
		return nil, err
	}
	return &rawBleve{i}, nil
}

// dates are the fields that Bleve gets as dates.
var dates = map[string]bool{"occurred": true, "discovered": true, "disclosed": true, "notified": true}

func bleveMapping() mapping.IndexMapping {
	m := bleve.NewIndexMapping()
	m.DefaultMapping.Dynamic = false
	add := func(name string, f *mapping.FieldMapping) {
		f.IncludeInAll = false
		m.DefaultMapping.AddFieldMappingsAt(name, f)
	}
	for _, name := range []string{"title", "body"} {
		f := bleve.NewTextFieldMapping()
		f.Analyzer = "en"
		add(name, f)
	}
	for _, name := range []string{"publisher", "url", "language", "tag", "incident"} {
		add(name, bleve.NewKeywordFieldMapping())
	}
	add("published", bleve.NewDateTimeFieldMapping())
	add("records", bleve.NewNumericFieldMapping())
	for _, f := range data.Fields {
		switch name := string(f.Field); {
		case dates[name]:
			add(name, bleve.NewDateTimeFieldMapping())
		case f.Kind == data.Name || f.Kind == data.Code:
			add(name, bleve.NewKeywordFieldMapping())
		}
	}
	return m
}

// bleveDocument is a record as Bleve gets it.
func bleveDocument(r *record) map[string]any {
	doc := map[string]any{
		"title": r.Title, "body": r.body(), "publisher": r.Publisher, "url": r.URL, "language": r.Language, "tag": r.Tags,
	}
	if t, ok := data.Date(r.Date).First(); ok {
		doc["published"] = t
	}
	if r.Records != nil {
		doc["records"] = *r.Records
	}
	for field, values := range r.Fields {
		if !dates[field] {
			doc[field] = values
		} else if t, ok := data.Date(values[0]).First(); ok {
			doc[field] = t
		}
	}
	return doc
}

func indexBleve(_ context.Context, records, dir string) (time.Duration, error) {
	start := time.Now()
	i, err := bleve.New(dir, bleveMapping())
	if err != nil {
		return 0, err
	}
	batch := i.NewBatch()
	err = readRecords(records, func(r *record) error {
		if err := batch.Index(r.ID, bleveDocument(r)); err != nil || batch.Size() < bleveBatch {
			return err
		}
		err := i.Batch(batch)
		batch.Reset()
		return err
	})
	if err == nil {
		err = i.Batch(batch)
	}
	if e := i.Close(); err == nil {
		err = e
	}
	return time.Since(start), err
}

// ask searches without loading or highlighting anything. Counts that are exact
// under a selection take one more search for each selected field.
func (b *rawBleve) ask(ctx context.Context, q question) (answer, error) {
	r := bleve.NewSearchRequestOptions(q.bleve(""), pageSize, 0, false)
	switch {
	case q.order == "records":
		r.SortBy([]string{"-records", "_id"})
	case q.order == "date" || !q.words():
		r.SortBy([]string{"-published", "_id"})
	}
	if q.facets {
		for _, f := range termFacets {
			if q.selected[f] == "" {
				r.AddFacet(f, bleve.NewFacetRequest(f, facetSize))
			}
		}
		r.AddFacet("records", bleveNumbers())
		r.AddFacet("occurred", bleveYears())
	}
	res, err := b.index.SearchInContext(ctx, r)
	if err != nil {
		return answer{}, err
	}
	all := []*bleve.SearchResult{res}
	for field := range q.selected {
		if !q.facets {
			continue
		}
		r := bleve.NewSearchRequestOptions(q.bleve(field), 0, 0, false)
		r.AddFacet(field, bleve.NewFacetRequest(field, facetSize))
		res, err := b.index.SearchInContext(ctx, r)
		if err != nil {
			return answer{}, err
		}
		all = append(all, res)
	}
	return answer{int(res.Total), func() (out []count) {
		for _, res := range all {
			for field, f := range res.Facets {
				if f.Terms == nil {
					continue
				}
				for _, t := range f.Terms.Terms() {
					out = append(out, count{field, t.Term, t.Count})
				}
			}
		}
		return out
	}}, nil
}

func bleveNumbers() *bleve.FacetRequest {
	f := bleve.NewFacetRequest("records", len(numberStep))
	for i, low := range numberStep {
		var high *float64
		if i+1 < len(numberStep) {
			high = &numberStep[i+1]
		}
		f.AddNumericRange(strconv.Itoa(i), &low, high)
	}
	return f
}

func bleveYears() *bleve.FacetRequest {
	f := bleve.NewFacetRequest("occurred", lastYear-firstYear+1)
	for y := firstYear; y <= lastYear; y++ {
		f.AddDateTimeRange(strconv.Itoa(y), time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(y+1, 1, 1, 0, 0, 0, 0, time.UTC))
	}
	return f
}

// bleve is the question as a query, without what was selected of one field.
func (q question) bleve(without string) query.Query {
	var must []query.Query
	word := func(s string) query.Query {
		m := bleve.NewMatchQuery(s)
		m.SetField("body")
		return m
	}
	for _, w := range q.all {
		must = append(must, word(w))
	}
	if len(q.any) > 0 {
		var any []query.Query
		for _, w := range q.any {
			any = append(any, word(w))
		}
		must = append(must, bleve.NewDisjunctionQuery(any...))
	}
	if q.phrase != "" {
		p := bleve.NewMatchPhraseQuery(q.phrase)
		p.SetField("body")
		must = append(must, p)
	}
	if q.prefix != "" {
		p := bleve.NewPrefixQuery(q.prefix)
		p.SetField("body")
		must = append(must, p)
	}
	if q.records > 0 {
		n := bleve.NewNumericRangeQuery(&q.records, nil)
		n.SetField("records")
		must = append(must, n)
	}
	if q.from != "" {
		first, _ := data.Date(q.from).First()
		last, _ := data.Date(q.to).Last()
		d := bleve.NewDateRangeQuery(first, last.AddDate(0, 0, 1))
		d.SetField("published")
		must = append(must, d)
	}
	for field, value := range q.selected {
		if field != without {
			t := bleve.NewTermQuery(value)
			t.SetField(field)
			must = append(must, t)
		}
	}
	switch {
	case q.not != "":
		b := bleve.NewBooleanQuery()
		b.AddMust(must...)
		b.AddMustNot(word(q.not))
		return b
	case len(must) == 0:
		return bleve.NewMatchAllQuery()
	case len(must) == 1:
		return must[0]
	}
	return bleve.NewConjunctionQuery(must...)
}
