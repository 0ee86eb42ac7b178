package extract

import (
	"strconv"

	"incidex/data"
	"incidex/indexer/extract/roles"
)

// Mention is the field of the row that asks whether a name is the victim of an incident
// that the article mentions.
const Mention = "mention"

// judgeMentions asks the model about the victims of mentioned incidents, and drops those
// that are clients, platforms, agencies and the like.
func (x *Extractor) judgeMentions(d *document) {
	if !d.hasSubject() { // else it was shaped to judge the subject
		d.shape()
	}
	for i := range d.incidents {
		if inc := &d.incidents[i]; inc.role == data.Mentioned && inc.victim >= 0 {
			d.describeMentioned(inc)
			inc.dropped = x.roles.Judge(x.mention, Mention, &d.row)[roles.Right] < x.roles.Threshold(Mention)
		}
	}
}

// describeMentioned fills the row of the question whether an incident is mentioned.
func (d *document) describeMentioned(inc *incident) {
	r := &d.row
	r.Reset(d.learning)
	r.Add(tBias)
	r.AddValue(float32(logit(inc.likely)), tLikely)
	for k, v := range d.rows[inc.victim] {
		if v != 0 {
			r.AddValue(v, tKnown, r.Word(strconv.Itoa(k)))
		}
	}
	n := 0
	for _, p := range d.places {
		if d.rootOrg(p.org) != inc.victim || n == factPlaces {
			continue
		}
		n++
		c := candidate{from: p.from, to: p.to}
		d.describePlace(&c, 0, d.stanceOf(p.from, p.to), n == 1)
	}
	r.Add(tPlaces, d.num(n))
	r.Add(tRivals, d.num(min(len(d.incidents), 12)))
	d.describeDoc(0)
}
