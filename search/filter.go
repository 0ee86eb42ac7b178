package search

import (
	"slices"
	"time"

	"incidex/data"
	"incidex/search/facet"
	"incidex/search/query"
)

// Missing is the value of a filter that chooses the articles without a value.
const Missing = "(none)"

// checkFilters checks the fields and the number of values.
func checkFilters(filters []Filter) error {
	values := 0
	for _, f := range filters {
		if !slices.Contains(Facetable, f.Field) && f.Field != facet.Incident {
			return invalid("filter["+f.Field+"]", "filter by %q: %s", f.Field, oneOf(f.Field))
		}
		values += len(f.Values)
	}
	if values > MaxFilters {
		return invalid("filter", "%d filter values: at most %d are allowed", values, MaxFilters)
	}
	return nil
}

// oneOf says which fields there are, and which one a name is a slip of.
func oneOf(field string) string {
	if info, ok := query.Lookup(field); ok && slices.Contains(Facetable, string(info.Field)) {
		return "did you mean " + string(info.Field) + "?"
	}
	return "want one of " + join(Facetable)
}

// stored returns filters with the values that the index holds for labels, aliases and
// other spellings. A value that an article has stays as it is, even where it is another
// name of a second one. A value that a closed vocabulary does not know is an ErrInvalid.
func stored(snap Snapshot, filters []Filter) ([]Filter, error) {
	out := slices.Clone(filters)
	for i, f := range out {
		out[i].Values = slices.Clone(f.Values)
		for k, v := range f.Values {
			var err error
			if out[i].Values[k], err = storedValue(snap, f.Field, v); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

func storedValue(snap Snapshot, field, v string) (string, error) {
	info, ok := query.Lookup(field)
	if v == Missing || !ok {
		return v, nil
	}
	if info.Comparable() {
		if _, ok := sizeRange(v); ok && field == string(data.Records) {
			return v, nil
		}
		if _, ok := query.ReadRange(info, v); !ok {
			return "", invalid("filter["+field+"]", "filter by %s %q: want %s", field, v, wantRange(info))
		}
		return v, nil
	}
	if held, ok := snap.Value(field, v); ok {
		return held, nil
	}
	value, known, nearest := query.ReadValue(info, v)
	switch {
	case known || info.Kind != query.Code:
		return value, nil
	case nearest != "":
		return "", invalid("filter["+field+"]", "filter by %s %q: there is no such value; did you mean %s?", field, v, nearest)
	}
	return "", invalid("filter["+field+"]", "filter by %s %q: there is no such value; a search with facets=%s lists those that there are", field, v, field)
}

func wantRange(info query.Info) string {
	if info.Kind == query.Date {
		return "a date as in 2024, 2024-05, 2024-05-07 or 2023..2025"
	}
	return "a number as in 5000, >=1m or 10k..2m, or one of " + join(sizeNames())
}

// facetFilters translates filters whose values the index holds: ranges for the names of
// ranges, and for dates and numbers what the query language makes of them.
func facetFilters(filters []Filter) []facet.Filter {
	var out []facet.Filter
	for _, f := range filters {
		to := facet.Filter{Field: f.Field, Exclude: f.Exclude}
		info, _ := query.Lookup(f.Field)
		for _, v := range f.Values {
			switch {
			case v == Missing:
				to.Missing = true
			case info.Comparable():
				if named, ok := sizeRange(v); ok {
					to.Ranges = append(to.Ranges, named)
				} else if r, ok := query.ReadRange(info, v); ok {
					one := RangeFilter(r)
					to.Values, to.Ranges = append(to.Values, one.Values...), append(to.Ranges, one.Ranges...)
				}
			default:
				to.Values = append(to.Values, v)
			}
		}
		if len(to.Values) > 0 || len(to.Ranges) > 0 || to.Missing {
			out = append(out, to)
		}
	}
	return out
}

// RangeFilter is the filter of a range. A partial date lies in a range when one of its
// days does: a month has the dates that are known to its year only.
func RangeFilter(r query.Range) facet.Filter {
	f := facet.Filter{Field: string(r.Field)}
	if info, ok := query.Lookup(string(r.Field)); ok && info.Kind == query.Date {
		// Days are in a range as texts are. A month or a year with the first day is
		// before it as a text, and those with the last day are before that.
		first, last := r.Days()
		days := facet.Range{Dates: true}
		if !first.IsZero() {
			days.Low = first.Format(time.DateOnly)
			f.Values = []string{days.Low[:len("2006")], days.Low[:len("2006-01")]}
		}
		if !last.IsZero() {
			days.High = last.Format(time.DateOnly)
		}
		if days.High == "" || days.Low <= days.High {
			f.Ranges = []facet.Range{days}
			return f
		}
		f.Values = []string{""} // no date lies in the range
		return f
	}
	rng := facet.Range{}
	if r.Low != nil {
		rng.Low, rng.LowOpen = facet.EncodeNumber(r.Low.Number), !r.Low.Inclusive
	}
	if r.High != nil {
		rng.High, rng.HighOpen = facet.EncodeNumber(r.High.Number), !r.High.Inclusive
	}
	f.Ranges = []facet.Range{rng}
	return f
}

// facets translates the requests for counts; filters have values that the index holds.
func (r *Request) facets(filters []Filter) []facet.Request {
	out := make([]facet.Request, len(r.Facets))
	for i, f := range r.Facets {
		q := facet.Request{Field: f.Field, Limit: f.Limit, Contains: f.Contains, Prefix: f.Prefix}
		if q.Limit == 0 {
			q.Limit = DefaultFacetValues
		}
		for _, x := range filters {
			if x.Field == f.Field && !x.Exclude {
				for _, v := range x.Values {
					if v != Missing {
						q.Selected = append(q.Selected, v)
					}
				}
			}
		}
		switch {
		case isDate(f.Field):
			q.Histogram, q.Sort = facet.Year, facet.ByValue
			q.Limit = MaxFacetValues
		case f.Field == string(data.Records):
			q.Ranges = sizes
		}
		out[i] = q
	}
	return out
}
