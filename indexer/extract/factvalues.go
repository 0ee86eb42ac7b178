package extract

import (
	"math"
	"time"

	"incidex/data"
)

// describeRivals adds features of the other values of the field.
func (d *document) describeRivals(f *fact, c *candidate) {
	r := &d.row
	rivals, believed := 0, 0
	for i := range d.judging.facts {
		o := &d.judging.facts[i]
		if o.field == f.field && o.side == f.side && o != f {
			rivals++
			if !d.candidates[d.order[o.from]].wide {
				believed++
			}
		}
		if o.field == f.field && o.side != f.side && d.candidates[d.order[o.from]].value == c.value && c.value != "" {
			r.Add(tOther, d.num(int(o.side)))
		}
		if o.side == stated && !d.candidates[d.order[o.from]].wide && o.field != f.field {
			switch o.field {
			case data.Attack, data.Action, data.Sector:
				if f.field != data.DataType {
					r.Add(tWith, d.row.Word(d.candidates[d.order[o.from]].value))
					if v := d.valueHash(c); v != 0 {
						r.Add(tWith, d.row.Word(d.candidates[d.order[o.from]].value), v)
					}
				}
			}
		}
	}
	r.Add(tRivals, d.num(min(believed, 8)))
	r.Add(tRivals, d.num(min(rivals, 12)), d.num(99))
}

// describeNumber adds features of a count or an amount among the others.
func (d *document) describeNumber(f *fact, c *candidate) {
	r := &d.row
	r.Add(tSize, d.num(logBucket(c.number)))
	if c.unit != "" {
		r.Add(tUnit, r.Word(c.unit))
		r.Add(tUnit, r.Word(c.unit), d.num(logBucket(c.number)))
	}
	r.Add(tQualifier, r.Word(string(c.qualifier)))
	if c.currency != "" {
		r.Add(tUnit, r.Word(c.currency))
	}
	most, larger, firstSmaller := 0.0, 0, true
	for i := range d.judging.facts {
		o := &d.judging.facts[i]
		if o.field != f.field || o.side != f.side || o == f {
			continue
		}
		oc := &d.candidates[d.order[o.from]]
		if oc.wide && !c.wide {
			continue
		}
		most = max(most, oc.number)
		if oc.number > c.number {
			larger++
		}
		if oc.from < c.from {
			firstSmaller = false
		}
	}
	switch {
	case most == 0:
		r.Add(tShare, r.Word("only"))
	case c.number > most:
		r.Add(tShare, r.Word("largest"))
	default:
		r.Add(tShare, d.num(min(8, int(2*math.Log10(most/max(1, c.number)))+1)))
	}
	r.Add(tRank, d.num(min(larger, 5)))
	if firstSmaller {
		r.Add(tRank, r.Word("first"))
	}
}

// describeDate adds features of a date among the others, and to the publication.
func (d *document) describeDate(f *fact, c *candidate) {
	r := &d.row
	v := data.Date(c.value)
	r.Add(tGrain, d.num(len(v)))
	from, ok := v.First()
	delta := "unknown"
	if ok && d.published.known {
		switch days := int(d.published.last.Sub(from) / (24 * time.Hour)); {
		case days < -1:
			delta = "future"
		case days <= 1:
			delta = "day"
		case days <= 8:
			delta = "week"
		case days <= 40:
			delta = "month"
		case days <= 120:
			delta = "quarter"
		case days <= 400:
			delta = "year"
		case days <= 1200:
			delta = "3years"
		case days <= 3000:
			delta = "8years"
		default:
			delta = "old"
		}
	}
	h := r.Word(delta)
	r.Add(tDelta, h)
	r.Add(tDelta, h, d.num(len(v)))
	earlier, later := 0, 0
	for i := range d.judging.facts {
		o := &d.judging.facts[i]
		if o.field == f.field && o != f {
			if ov := data.Date(d.candidates[d.order[o.from]].value); ov < v {
				earlier++
			} else {
				later++
			}
		}
	}
	r.Add(tEarliest, d.num(min(earlier, 4)), d.num(min(later, 4)))
}
