package web

import (
	"html/template"
	"slices"
	"strings"

	"incidex/data"
	"incidex/search"
	"incidex/search/facet"
	"incidex/search/query"
)

type facetView struct {
	search.Facet
	Values []valueView
	Open   bool
	// Long says that the facet shows all that it can, Hidden how many it does not.
	Long     bool
	Hidden   int
	Selected int
}

type valueView struct {
	Label               string
	Articles, Incidents int
	Selected, Excluded  bool
	// Toggle and Exclude are the addresses of the search with the value wanted, or
	// no more wanted, and not wanted.
	Toggle, Exclude string
	// Share is the part of the largest count, in percent.
	Share float64
}

func (v SearchPage) facet(f search.Facet) facetView {
	out := facetView{Facet: f, Long: slices.Contains(v.State.More, f.Field)}
	if out.Label == "" {
		out.Label = FieldLabel(f.Field)
	}
	most := 1
	for _, value := range f.Values {
		most = max(most, value.Articles)
	}
	limit := v.State.facetLimit(f.Field)
	values := f.Values
	if out.Dates() { // newest first
		values = slices.Clone(values)
		slices.Reverse(values)
	}
	for i, value := range values {
		x := v.value(f.Field, value, most)
		if x.Selected || x.Excluded {
			out.Selected++
		}
		if strings.Contains(value.Value, "..") && (out.Dates() || f.Field == string(data.Records)) {
			continue // a range that was asked for: it is none of what is counted
		}
		if x.Selected || x.Excluded || x.Articles > 0 && (i < limit || out.Ranges()) {
			out.Values = append(out.Values, x)
		}
	}
	out.Hidden = max(0, f.Total-len(out.Values))
	none := v.value(f.Field, facet.Value{Value: search.Missing, Label: "Not stated", Count: f.Missing}, most)
	if none.Selected || none.Excluded {
		out.Selected++
		out.Values = append(out.Values, none)
	} else if out.Long && none.Articles > 0 {
		out.Values = append(out.Values, none)
	}
	return out
}

// value is a value of a facet whose largest count is most.
func (v SearchPage) value(field string, value facet.Value, most int) valueView {
	x := valueView{
		Label: value.Label, Articles: value.Articles, Incidents: value.Incidents,
		Selected: v.State.Has(field, value.Value, false), Excluded: v.State.Has(field, value.Value, true),
		Share: percent(float64(value.Articles) / float64(most)),
	}
	x.Toggle = v.State.Toggle(field, value.Value, x.Excluded).URL()
	x.Exclude = v.State.Toggle(field, value.Value, true).URL()
	if x.Label == "" {
		x.Label = ValueLabel(field, value.Value)
	}
	return x
}

// Items are the values as items of a list.
func (f facetView) Items() template.HTML {
	var m markup
	for _, v := range f.Values {
		m.value(v)
	}
	return m.html()
}

// Ranges says that the values are ranges, all of which are shown.
func (f facetView) Ranges() bool {
	return slices.ContainsFunc(f.Facet.Values, func(v facet.Value) bool { return v.Low != "" || v.High != "" })
}

// Expandable says that a facet shows more values when it is asked to, or fewer.
func (f facetView) Expandable() bool { return f.Hidden > 0 || f.Long }

// Filterable says that a facet has so many values that they are looked for by name.
func (f facetView) Filterable() bool { return f.Total > 2*ShortFacet && !f.Dates() && !f.Ranges() }

// Dates says that the values are years.
func (f facetView) Dates() bool {
	info, ok := query.Lookup(f.Field)
	return ok && info.Kind == query.Date
}
