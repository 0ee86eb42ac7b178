package facet

import "slices"

// Lists are the values of one field by incident, for the incidents that Values(Incident)
// returns, in that order.
type Lists struct {
	// Values are distinct and ascending.
	Values []string
	// IDs are the numbers of values, those of incident i from Start[i] to Start[i+1],
	// ascending and each once.
	IDs, Start []uint32
}

// Of returns the numbers of the values of an incident.
func (l *Lists) Of(incident int) []uint32 { return l.IDs[l.Start[incident]:l.Start[incident+1]] }

// ByIncident returns what values the articles of each incident have.
func (v *View) ByIncident(field string) Lists {
	o, c, incidents := v.ordered(), v.column(field), v.column(Incident)
	l := Lists{Values: c.values, Start: make([]uint32, len(incidents.values)+1)}
	// Positions follow each other by incident, but not in the order of their names.
	type part struct{ incident, from, to uint32 }
	parts := make([]part, 0, len(incidents.values))
	var ids []uint32
	for p := 0; p < o.n; {
		incident := incidents.ids.first(p)
		if incident == 0 {
			break // those without one come last
		}
		at := part{incident - 1, uint32(len(ids)), 0}
		for ; p < o.n && incidents.ids.first(p) == incident; p++ {
			ids = c.ids.append(ids, p)
		}
		own := ids[at.from:]
		slices.Sort(own)
		ids = ids[:int(at.from)+len(slices.Compact(own))]
		at.to = uint32(len(ids))
		parts = append(parts, at)
		l.Start[at.incident+1] = at.to - at.from
	}
	for i := range incidents.values {
		l.Start[i+1] += l.Start[i]
	}
	l.IDs = make([]uint32, len(ids))
	for _, at := range parts {
		own := l.IDs[l.Start[at.incident]:]
		for i, id := range ids[at.from:at.to] {
			own[i] = id - 1
		}
	}
	return l
}

// NumberByIncident returns the largest of the numbers of each incident's articles, of
// which the smallest counts; 0 for none.
func (v *View) NumberByIncident(field string) []float64 {
	o, c, incidents := v.ordered(), v.column(field), v.column(Incident)
	out := make([]float64, len(incidents.values))
	for p := range o.n {
		incident, id := incidents.ids.first(p), c.ids.first(p)
		if incident == 0 || id == 0 {
			continue
		}
		if n, ok := DecodeNumber(c.values[id-1]); ok {
			out[incident-1] = max(out[incident-1], n)
		}
	}
	return out
}
