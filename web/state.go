package web

import (
	"maps"
	"slices"

	"incidex/search"
	"incidex/search/compare"
	"incidex/search/query"
)

// withinPrefix begins the name of the input that filters a facet's values.
const withinPrefix = "in."

func (s State) within(field, part string) State {
	all := maps.Clone(s.Within)
	if all == nil {
		all = map[string]string{}
	}
	if part == "" {
		delete(all, field)
	} else {
		all[field] = part
	}
	s.Within = all
	return s
}

// first returns the state on its first page, with filters of its own to change.
func (s State) first() State {
	s.Page = 0
	s.Filters = slices.Clone(s.Filters)
	return s
}

// Has reports whether a value is wanted (or, with exclude, not wanted).
func (s State) Has(field, value string, exclude bool) bool {
	return slices.Contains(s.Filters, Filter{field, value, exclude})
}

// Toggle adds a filter value, or takes it away. Adding it takes away its opposite.
func (s State) Toggle(field, value string, exclude bool) State {
	s = s.first()
	had := s.Has(field, value, exclude)
	s.Filters = slices.DeleteFunc(s.Filters, func(f Filter) bool { return f.Field == field && f.Value == value })
	if !had {
		s.Filters = append(s.Filters, Filter{field, value, exclude})
	}
	return s
}

// WithoutField takes away all filters of a field.
func (s State) WithoutField(field string) State {
	s = s.first()
	s.Filters = slices.DeleteFunc(s.Filters, func(f Filter) bool { return f.Field == field })
	return s
}

// WithRange wants a range of a field of dates or numbers, both ends included and "" for an
// open one, instead of what was wanted of the field. What is no range is left out.
func (s State) WithRange(field, low, high string) State {
	value := low + ".." + high
	if low == high {
		value = low
	}
	info, ok := query.Lookup(field)
	if _, reads := query.ReadRange(info, value); !ok || !reads {
		return s
	}
	s = s.first()
	s.Filters = slices.DeleteFunc(s.Filters, func(f Filter) bool { return f.Field == field && !f.Exclude })
	s.Filters = append(s.Filters, Filter{Field: field, Value: value})
	return s
}

// WithoutFilters takes away all filters.
func (s State) WithoutFilters() State { s.Page, s.Filters = 0, nil; return s }

// WithQuery replaces the query.
func (s State) WithQuery(q string) State { s.Page, s.Query = 0, q; return s }

// WithMatch says which words an article must have; "" leaves it to the search.
func (s State) WithMatch(m search.Wanted) State { s.Page, s.Match = 0, m; return s }

// WithLevel makes articles or incidents of the hits.
func (s State) WithLevel(level query.Level) State {
	if q, _ := query.Parse(s.Query); q.Level != "" {
		q.Level = ""
		s.Query = q.String()
	}
	s.Page, s.Level = 0, ""
	if level == query.IncidentLevel {
		s.Level = level
	}
	return s
}

// WithSort replaces the order.
func (s State) WithSort(o search.Sort) State { s.Page, s.Sort = 0, o; return s }

// WithPage goes to a page.
func (s State) WithPage(n int) State { s.Page = n; return s }

// ToggleMore shows more or fewer values of a facet.
func (s State) ToggleMore(field string) State {
	if slices.Contains(s.More, field) {
		s.More = slices.DeleteFunc(slices.Clone(s.More), func(f string) bool { return f == field })
	} else {
		s.More = append(slices.Clone(s.More), field)
	}
	return s
}

// WithoutWithin shows all values of a facet again.
func (s State) WithoutWithin(field string) State { return s.within(field, "") }

// InTray reports whether an incident is chosen for comparison.
func (s State) InTray(id string) bool { return slices.Contains(s.Tray, id) }

// TrayFull reports whether no other incident can be chosen.
func (s State) TrayFull() bool { return len(s.Tray) >= compare.MaxIncidents }

// ToggleTray chooses an incident for comparison, or drops it. The page stays.
func (s State) ToggleTray(id string) State {
	if s.InTray(id) {
		s.Tray = slices.DeleteFunc(slices.Clone(s.Tray), func(t string) bool { return t == id })
	} else if !s.TrayFull() {
		s.Tray = append(slices.Clone(s.Tray), id)
	}
	return s
}

// WithTray replaces the incidents chosen for comparison.
func (s State) WithTray(ids ...string) State { s.Tray = ids; return s }
