package search

import (
	"context"
	"fmt"
	"strings"

	"incidex/data"
	"incidex/data/rates"
	"incidex/search/compare"
)

// selectionFields are the fields that two selections are compared by.
var selectionFields = []string{
	"sector", "country", "action", "attack", "vector", "actor", "actor_kind", "motive", "data_type", "data_subject",
	"malware", "law", "regulator", "response", "consequence",
}

// selectionMedians are the numbers whose middles are compared. Amounts are in US dollars:
// the middle of several currencies says nothing.
var selectionMedians = []string{
	"records", DollarsField(data.Fine), DollarsField(data.Settlement), DollarsField(data.Loss), DollarsField(data.RansomDemanded), DollarsField(data.RansomPaid),
}

// dollarsSuffix ends the name of an index field that holds the amounts of another.
const dollarsSuffix = "_usd"

// DollarsField is the index field with the amounts of a field of money in US dollars of
// the incident's year, for those that have an exchange rate. Queries cannot name it.
func DollarsField(f data.Field) string { return string(f) + dollarsSuffix }

// selectionValues is the number of values of a field that are compared.
const selectionValues = 25

// CompareSelections compares what two searches find: counts, shares and medians
// of incidents by field, and where they differ most, in one state of the index.
func (e *Engine) CompareSelections(ctx context.Context, a, b Request) (*compare.SelectionTable, error) {
	ctx, release := e.Pin(ctx)
	defer release()
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
		c := compare.Facet{Field: data.Field(f.Field), Known: f.Known.Incidents, Values: []compare.Count{}}
		for _, v := range f.Values {
			c.Values = append(c.Values, compare.Count{Value: v.Value, Label: v.Label, Count: v.Incidents})
		}
		s.Facets = append(s.Facets, c)
	}
	for _, m := range res.medians {
		if m.Known > 0 {
			field, money := strings.CutSuffix(m.Field, dollarsSuffix)
			median := compare.Median{Field: data.Field(field), Known: m.Known, Median: m.Value}
			if money {
				median.Unit = rates.Dollar
			}
			s.Medians = append(s.Medians, median)
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
