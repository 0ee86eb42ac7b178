package facet

// OnePerIncident keeps the best hit of each incident, and none that has no incident.
// better reports whether a comes before b. The hits are not changed; the result is the
// caller's to change.
func (v *View) OnePerIncident(hits Hits, better func(a, b Ref) bool) Hits {
	o, incidents := v.ordered(), v.column(Incident)
	out := make(Bits, len(v.live))
	var best Ref
	last := uint32(0)
	for p := range v.positions(hits).Ones() { // those of an incident follow each other
		incident := incidents.ids.first(p)
		if incident == 0 {
			break // those without one come last
		}
		r := v.ref(int(o.at[p]))
		switch {
		case incident == last && !better(r, best):
			continue
		case incident != last && last != 0:
			out.Set(v.slot(best))
		}
		best, last = r, incident
	}
	if last != 0 {
		out.Set(v.slot(best))
	}
	return v.split(out)
}

// Before returns whether a comes before b in the order of a key.
func (v *View) Before(key Key) func(a, b Ref) bool {
	o, c, t := v.ordered(), v.column(key.Field), v.ties()
	place := func(r Ref) uint64 {
		slot := v.slot(r)
		return c.rank(key, int(o.pos[slot]))<<32 | uint64(t.rank(slot))
	}
	return func(a, b Ref) bool { return place(a) < place(b) }
}
