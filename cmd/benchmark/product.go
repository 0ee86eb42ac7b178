package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"incidex/indexer"
	"incidex/indexer/extract"
	"incidex/search"
	"incidex/search/bleveindex"
	"incidex/search/facet"
	"incidex/search/query"
)

// product is this program.
type product struct{ store *bleveindex.Store }

func (p *product) name() string { return "incidex" }
func (p *product) close() error { return p.store.Close() }

func openProduct(dir string) (*product, error) {
	store, err := bleveindex.Open(dir, bleveindex.Options{ReadOnly: true, Command: "benchmark"})
	if err != nil {
		return nil, err
	}
	return &product{store}, nil
}

// indexProduct runs the pipeline over a folder into an index, which may be there
// already. Making the extractor is not part of the time that it returns.
func indexProduct(ctx context.Context, articles, dir string) (time.Duration, error) {
	x := extract.New()
	start := time.Now()
	store, err := bleveindex.Open(dir, bleveindex.Options{Create: true, Command: "benchmark"})
	if err != nil {
		return 0, err
	}
	run := indexer.Indexer{Sink: store.Current(), Extractor: x}
	sum, err := run.Run(ctx, indexer.Options{Paths: []string{articles}})
	if err == nil && len(sum.Problems) > 0 {
		err = fmt.Errorf("index %s: %v", articles, sum.Problems[0])
	}
	if e := store.Close(); err == nil {
		err = e
	}
	return time.Since(start), err
}

// exportProduct writes what the product has indexed as the peers get it.
func exportProduct(ctx context.Context, dir, path string) error {
	p, err := openProduct(dir)
	if err != nil {
		return err
	}
	defer p.close()
	return writeLines(path, func(yield func(record) error) error {
		for d, err := range p.store.Current().Documents(ctx) {
			if err != nil {
				return err
			}
			if err := yield(newRecord(d)); err != nil {
				return err
			}
		}
		return nil
	})
}

// ask searches the index itself: matches, scores, counts and the ids of the page.
func (p *product) ask(ctx context.Context, q question) (answer, error) {
	snap, err := p.store.Snapshot()
	if err != nil {
		return answer{}, err
	}
	defer snap.Close()
	parsed, _ := query.Parse(q.text())
	plan := search.Plan{Query: parsed.Root, Sort: q.sort(), Limit: pageSize}
	for field, value := range q.selected {
		plan.Filters = append(plan.Filters, facet.Filter{Field: field, Values: []string{value}})
	}
	if q.facets {
		plan.Facets = productFacets
	}
	m, err := snap.Search(ctx, plan)
	if err != nil {
		return answer{}, err
	}
	return answer{m.Total, func() (out []count) {
		for _, f := range m.Facets {
			for _, v := range f.Values {
				out = append(out, count{f.Field, v.Value, v.Articles})
			}
		}
		return out
	}}, nil
}

var productFacets = func() []facet.Request {
	var out []facet.Request
	for _, f := range termFacets {
		out = append(out, facet.Request{Field: f, Limit: facetSize})
	}
	records := facet.Request{Field: "records"}
	for i, low := range numberStep {
		r := facet.Range{Name: strconv.Itoa(i), Low: facet.EncodeNumber(low), HighOpen: true}
		if i+1 < len(numberStep) {
			r.High = facet.EncodeNumber(numberStep[i+1])
		}
		records.Ranges = append(records.Ranges, r)
	}
	return append(out, records, facet.Request{Field: "occurred", Histogram: facet.Year, Sort: facet.ByValue})
}()

// sort is the order in the product's words.
func (q question) sort() search.Sort {
	switch {
	case q.order == "records":
		return search.ByRecords
	case q.order == "date" || !q.words():
		return search.ByNewest
	}
	return search.ByRelevance
}

// text is the question in the product's language, without what was selected.
func (q question) text() string {
	parts := append([]string(nil), q.all...)
	if len(q.any) > 0 {
		parts = append(parts, "("+strings.Join(q.any, " OR ")+")")
	}
	if q.phrase != "" {
		parts = append(parts, strconv.Quote(q.phrase))
	}
	if q.prefix != "" {
		parts = append(parts, q.prefix+"*")
	}
	if q.not != "" {
		parts = append(parts, "-"+q.not)
	}
	if q.records > 0 {
		parts = append(parts, fmt.Sprintf("records:>=%.0f", q.records))
	}
	if q.from != "" {
		parts = append(parts, "published:"+q.from+".."+q.to)
	}
	return strings.Join(parts, " ")
}

// request is the question as a reader asks it.
func (q question) request() search.Request {
	r := search.Request{Query: q.text(), Sort: q.sort()}
	if !q.facets {
		r.Facets = []search.FacetRequest{}
	}
	for field, value := range q.selected {
		r.Filters = append(r.Filters, search.Filter{Field: field, Values: []string{value}})
	}
	return r
}
