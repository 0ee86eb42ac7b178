package search

import (
	"context"
	"fmt"

	"incidex/data"
	"incidex/search/compare"
)

// selectionFields are the fields that two selections are compared by.
var selectionFields = []string{
	"sector", "country", "action", "attack", "vector", "actor", "actor_kind", "motive", "data_type", "data_subject",
	"malware", "law", "regulator", "response", "consequence",
}

// selectionMedians are the numbers whose middles are compared.
var selectionMedians = []string{"records", "fine", "settlement", "loss", "ransom_demanded", "ransom_paid"}

// selectionValues is the number of values of a field that are compared.
const selectionValues = 25

// CompareSelections compares what two searches find: counts, shares and medians
// of incidents by field, and where they differ most.
func (e *Engine) CompareSelections(ctx context.Context, a, b Request) (*compare.SelectionTable, error) {
	sa, generation, err := e.selection(ctx, a)
	if err != nil {
		return nil, err
	}
	sb, _, err := e.selection(ctx, b)
	if err != nil {
		return nil, err
	}
	t := compare.Selections(sa, sb, generation)
	return &t, nil
}

func (e *Engine) selection(ctx context.Context, r Request) (compare.Selection, string, error) {
	r.Facets, r.PerPage, r.medians = []FacetRequest{}, 1, selectionMedians
	for _, f := range selectionFields {
		r.Facets = append(r.Facets, FacetRequest{Field: f, Limit: selectionValues})
	}
	res, err := e.Search(ctx, r)
	if err != nil {
		return compare.Selection{}, "", fmt.Errorf("compare selections: %w", err)
	}
	s := compare.Selection{Query: r.label(), Incidents: res.Incidents, Articles: res.Total}
	for _, f := range res.Facets {
		c := compare.Facet{Field: data.Field(f.Field), Known: f.Known.Incidents}
		for _, v := range f.Values {
			c.Values = append(c.Values, compare.Count{Value: v.Value, Label: v.Label, Count: v.Incidents})
		}
		s.Facets = append(s.Facets, c)
	}
	for _, m := range res.medians {
		if m.Known > 0 {
			s.Medians = append(s.Medians, compare.Median{Field: data.Field(m.Field), Known: m.Known, Median: m.Value})
		}
	}
	return s, res.Generation, nil
}

// label is a request in one line, as its user wrote it.
func (r Request) label() string {
	label := r.Query
	for _, f := range r.Filters {
		for _, v := range f.Values {
			if label != "" {
				label += " "
			}
			if f.Exclude {
				label += "-"
			}
			label += f.Field + ":" + v
		}
	}
	if label == "" {
		return "all articles"
	}
	return label
}
