package web

import (
	"strconv"

	"incidex/data"
	"incidex/search"
	"incidex/search/query"
)

// Whole is the search as a single query, its filters written out.
func (v SearchPage) Whole() string {
	q, _ := query.Parse(v.State.Query)
	var nodes []query.Node
	switch root := q.Root.(type) {
	case query.All:
	case query.And:
		nodes = append(nodes, root.Nodes...)
	default:
		nodes = append(nodes, root)
	}
	type side struct {
		field   string
		exclude bool
	}
	var order []side
	values := map[side][]query.Node{}
	for _, f := range v.State.Filters {
		s := side{f.Field, f.Exclude}
		if values[s] == nil {
			order = append(order, s)
		}
		values[s] = append(values[s], v.condition(f.Field, f.Value))
	}
	for _, s := range order {
		n := values[s][0]
		if len(values[s]) > 1 {
			n = query.Or{Nodes: values[s]}
		}
		if s.exclude {
			n = query.Not{Node: n}
		}
		nodes = append(nodes, n)
	}
	switch len(nodes) {
	case 0:
		return ""
	case 1:
		return query.Query{Root: nodes[0]}.String()
	}
	return query.Query{Root: query.And{Nodes: nodes}}.String()
}

// condition is a value of a filter in the query language. What the value of a range
// stands for is known where its facet was counted.
func (v SearchPage) condition(field, value string) query.Node {
	f := data.Field(field)
	if value == search.Missing {
		return query.Missing{Field: f}
	}
	info, _ := query.Lookup(field)
	if d, err := data.ParseDate(value); err == nil && info.Kind == query.Date {
		day := &query.Bound{Date: d, Inclusive: true}
		return query.Range{Field: f, Low: day, High: day}
	}
	if v.Response != nil && info.Kind == query.Number {
		for _, fc := range v.Response.Facets {
			for _, x := range fc.Values {
				if fc.Field == field && x.Value == value {
					return query.Range{Field: f, Low: bound(x.Low, true), High: bound(x.High, false)}
				}
			}
		}
	}
	return query.Match{Field: f, Value: value}
}

// bound is an end of a range, nil when it is open.
func bound(s string, inclusive bool) *query.Bound {
	n, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return nil
	}
	return &query.Bound{Number: n, Inclusive: inclusive}
}

// Against is the address at which the search is compared with another one.
func (v SearchPage) Against() string { return v.State.SelectionsAgainstURL(v.Whole()) }
