package extract

import (
	"strconv"

	"incidex/data"
)

// describeDoc adds features of the article.
func (d *document) describeDoc(value uint32) {
	r := &d.row
	r.Add(tLength, d.num(d.lengthBucket()))
	r.Add(tLikely, d.num(int(d.likely*10)))
	for t := range nTopics {
		if d.leadTopics>>t&1 != 0 {
			if value != 0 {
				r.Add(tDocV, d.num(t), value)
			} else {
				r.Add(tDoc, d.num(t))
			}
		}
	}
	for i := range d.tokens {
		t := &d.tokens[i]
		if !d.sents[t.sent].title || i > 30 {
			break
		}
		if t.is(punct | digit) {
			continue
		}
		h := t.hash
		if d.shapes[i] == shapeHashes[shapeVictim] {
			continue
		}
		if value != 0 {
			r.Add(tTitleVal, h, value)
		} else {
			r.Add(tTitleWord, h)
		}
	}
}

// lengthBucket is the bucket of the article's number of sentences.
func (d *document) lengthBucket() int {
	switch n := len(d.sents); {
	case n <= 2:
		return 0
	case n <= 4:
		return 1
	case n <= 8:
		return 2
	}
	return min(3+len(d.sents)/8, 8)
}

// describeSubject fills the row of the question whether the article is about one
// incident.
func (d *document) describeSubject() {
	r := &d.row
	r.Reset(d.learning)
	r.Add(tBias)
	r.AddValue(float32(logit(d.likely)), tLikely, d.num(2))
	r.Add(tLength, d.num(min(12, len(d.sents)/4)))
	for k, v := range d.about {
		if v >= .5 {
			r.Add(tDoc, d.num(k))
		}
		if v != 0 {
			r.AddValue(v, tDocV, r.Word(strconv.Itoa(k)))
		}
	}
	before, words := uint32(0), 0
	for i := range d.tokens {
		t := &d.tokens[i]
		if t.is(punct) {
			before = 0
			continue
		}
		h := d.shapes[i]
		if d.sents[t.sent].title {
			r.Add(tTitleWord, h)
			if before != 0 {
				r.Add(tTitleWord, before, h)
			}
			before = h
			continue
		}
		if words++; words > subjectBody {
			break
		}
		if words > subjectLead {
			r.AddValue(.5, tNear, h)
			continue
		}
		r.Add(tIn, h)
		if before != 0 {
			r.AddValue(.7, tPhrase, before, h)
		}
		before = h
	}
	var n [maxFields]int
	for i := range d.judging.facts {
		f := &d.judging.facts[i]
		if f.side == stated && !d.candidates[d.order[f.from]].wide {
			n[f.field.Order()]++
		}
	}
	for k, c := range n {
		r.Add(tRivals, d.num(k), d.num(min(c, 3)))
	}
	mentioned := 0
	for _, inc := range d.incidents {
		if inc.role == data.Mentioned {
			mentioned++
		}
	}
	r.Add(tScene, d.num(min(mentioned, 6)))
	if d.victim >= 0 {
		r.Add(tKnown, d.num(int(d.shareOf(d.victim)*10)))
		g := &d.orgs[d.victim]
		r.Add(tPlaces, d.num(min(g.places, 8)))
		for k, v := range g.feats {
			if v >= .5 && k < fPost {
				r.Add(tKnown, d.num(k), d.num(1))
			}
		}
	}
}

// subjectLead is the number of words of the text that the question of the subject reads
// with their neighbors, and subjectBody that of those that it reads at all.
const subjectLead, subjectBody = 120, 600

// maxFields is above the number of fields.
const maxFields = 40
