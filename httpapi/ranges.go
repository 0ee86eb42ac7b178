package httpapi

import (
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"incidex/data"
	"incidex/search"
	"incidex/search/query"
)

// RangesInput are the bounds of numbers and dates, inclusive. Each has what the same range
// has as a filter.
type RangesInput struct {
	RecordsMin    int64  `query:"records_min" minimum:"-1" maximum:"1000000000000" default:"-1" example:"1000" doc:"The least number of records affected; -1 for any"`
	RecordsMax    int64  `query:"records_max" minimum:"-1" maximum:"1000000000000" default:"-1" example:"100000000" doc:"The greatest number of records affected; -1 for any"`
	OccurredFrom  string `query:"occurred_from" maxLength:"10" example:"2013" doc:"The first day, month or year in which it occurred: YYYY-MM-DD, YYYY-MM or YYYY. What is known to its year only is in every month of it"`
	OccurredTo    string `query:"occurred_to" maxLength:"10" example:"2025-06" doc:"The last day, month or year in which it occurred"`
	PublishedFrom string `query:"published_from" maxLength:"10" example:"2014-01-31" doc:"The first day, month or year of publication"`
	PublishedTo   string `query:"published_to" maxLength:"10" example:"2025" doc:"The last day, month or year of publication"`
}

// ranges are the filters that the bounds make. An error names the parameter.
func (in *RangesInput) ranges() ([]search.Filter, []error) {
	number := func(n int64) string {
		if n < 0 {
			return ""
		}
		return strconv.FormatInt(n, 10)
	}
	var out []search.Filter
	var errs []error
	for _, r := range []struct {
		field, low, high, from, to string
	}{
		{string(data.Records), number(in.RecordsMin), number(in.RecordsMax), "records_min", "records_max"},
		{string(data.Occurred), in.OccurredFrom, in.OccurredTo, "occurred_from", "occurred_to"},
		{string(query.Published), in.PublishedFrom, in.PublishedTo, "published_from", "published_to"},
	} {
		if r.low == "" && r.high == "" {
			continue
		}
		info, _ := query.Lookup(r.field)
		refuse := func(name, text string) {
			errs = append(errs, &huma.ErrorDetail{Location: "query." + name, Message: text})
		}
		before := len(errs)
		for name, bound := range map[string]string{r.from: r.low, r.to: r.high} {
			if _, ok := query.ReadRange(info, ".."+bound); bound != "" && !ok {
				refuse(name, "want a date as in 2024, 2024-05 or 2024-05-07")
			}
		}
		if _, ok := query.ReadRange(info, r.low+".."+r.high); !ok && len(errs) == before {
			refuse(r.to, "it is before "+r.from)
		}
		out = append(out, search.Filter{Field: r.field, Values: []string{r.low + ".." + r.high}})
	}
	return out, errs
}
