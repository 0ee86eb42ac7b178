package extract

import (
	"strconv"

	"incidex/data"
	"incidex/indexer/extract/roles"
)

// The templates of features. Their names stand in the file of weights: a template
// that is renamed has to be learned anew.
var (
	tBias      = roles.Name("bias")
	tValue     = roles.Name("value")
	tRule      = roles.Name("rule")
	tSure      = roles.Name("sure")     // rule, confidence in tenths
	tBelieved  = roles.Name("believed") // the rule believes in it
	tPlaces    = roles.Name("places")   // number of places
	tStance    = roles.Name("stance")   // how a place is stated
	tStances   = roles.Name("onlystance")
	tWhere     = roles.Name("where")  // part of the article
	tFirst     = roles.Name("first")  // part of the article of the first place
	tBefore    = roles.Name("before") // word before a place, by distance
	tAfter     = roles.Name("after")  // word behind a place, by distance
	tPairB     = roles.Name("pairbefore")
	tPairA     = roles.Name("pairafter")
	tNear      = roles.Name("near")     // word within reach, either side
	tIn        = roles.Name("sentence") // word of the sentence
	tEnds      = roles.Name("ends")
	tNeighbor  = roles.Name("neighbors")
	tPhrase    = roles.Name("phrase") // the words of the place
	tTopic     = roles.Name("topic")  // topic of the sentence
	tTopicV    = roles.Name("topicvalue")
	tScene     = roles.Name("scene")
	tPrevious  = roles.Name("previous") // topic of the sentence before
	tTitleWord = roles.Name("titleword")
	tTitleVal  = roles.Name("titlevalue")
	tDoc       = roles.Name("doc") // what the article has
	tDocV      = roles.Name("docvalue")
	tRivals    = roles.Name("rivals") // number of other values of the field
	tRank      = roles.Name("rank")
	tUnit      = roles.Name("unit")
	tSize      = roles.Name("size")
	tShare     = roles.Name("share") // of the largest of its field
	tQualifier = roles.Name("qualifier")
	tLength    = roles.Name("length")
	tLikely    = roles.Name("likely")
	tDelta     = roles.Name("delta") // of a date and the publication
	tGrain     = roles.Name("grain") // precision of a date
	tEarliest  = roles.Name("earliest")
	tWith      = roles.Name("with") // another value of the article
	tKnown     = roles.Name("known")
	tOther     = roles.Name("otherfield") // the same number or date in another field
)

const (
	// factPlaces is the number of places of a fact that are read.
	factPlaces = 4
	// nearReach and placeReach are the numbers of tokens around a place that are read
	// as a bag, and each by its place.
	nearReach, placeReach = 9, 3
)

// kinds of fields that share weights.
var roleKinds = func() map[data.Field]string {
	m := map[data.Field]string{}
	for _, f := range data.Fields {
		switch f.Kind {
		case data.When:
			m[f.Field] = "date"
		case data.Money:
			m[f.Field] = "money"
		case data.Name:
			m[f.Field] = "name"
		case data.Count:
			m[f.Field] = "count"
		default:
			m[f.Field] = "code"
		}
	}
	return m
}()

// small holds the hashes of small numbers.
var small = func() (out [100]uint32) {
	for i := range out {
		out[i] = roles.Hash(strconv.Itoa(i))
	}
	return out
}()

// num is the part of a feature that is a small number.
func (d *document) num(n int) uint32 {
	n = max(0, min(n, len(small)-1))
	if d.row.Learning() {
		return d.row.Word(strconv.Itoa(n))
	}
	return small[n]
}

// part tells which part of the article a sentence is in.
func (d *document) part(sent int32) int {
	s := &d.sents[sent]
	if s.title {
		return 0
	}
	n := int(sent)
	if d.sents[0].title {
		n -= d.titleSents()
	}
	switch {
	case n < 1:
		return 1
	case n < 3:
		return 2
	case n < 6:
		return 3
	case n < 12:
		return 4
	case n < 24:
		return 5
	}
	return 6
}

func (d *document) titleSents() int {
	n := 0
	for n < len(d.sents) && d.sents[n].title {
		n++
	}
	return n
}

// valueHash is the value of a code as a part of features, 0 for open values.
func (d *document) valueHash(c *candidate) uint32 {
	switch roleKinds[c.field] {
	case "code":
		return d.row.Word(c.value)
	}
	return 0
}

// describeFact fills the row of a fact.
func (d *document) describeFact(f *fact) {
	r := &d.row
	r.Reset(d.learning)
	list := d.order[f.from:f.to]
	c := &d.candidates[list[0]]
	value := d.valueHash(c)
	r.Add(tBias)
	if value != 0 {
		r.Add(tValue, value)
	}
	if !c.wide {
		r.Add(tBelieved)
		r.AddValue(float32(logit(c.confidence)/2), tBelieved, d.num(1))
		r.AddValue(1, tBelieved, d.num(50+d.lengthBucket()), d.num(min(9, int(c.confidence*10))))
		r.Add(tSure, r.Word(c.rule), d.num(int(c.confidence*10)))
		if value != 0 {
			r.Add(tSure, value, d.num(int(c.confidence*10)))
		}
	}
	places := 0
	length := d.num(50 + d.lengthBucket())
	only := stance(255)
	for _, i := range list {
		p := &d.candidates[i]
		if places == factPlaces {
			break
		}
		r.Add(tRule, r.Word(p.rule))
		for _, n := range d.notes[p.noted:p.notedTo] {
			r.AddValue(n.value, n.template, n.part)
			if n.template == nOdds || n.template == nOddsHead {
				r.AddValue(n.value, n.template, n.part, length)
			}
		}
		if p.from >= p.to {
			continue
		}
		places++
		st := d.stanceOf(p.from, p.to)
		only = min(only, st)
		d.describePlace(p, value, st, places == 1)
	}
	if only != 255 {
		r.Add(tStances, d.num(int(only)))
		if value != 0 {
			r.Add(tStances, d.num(int(only)), value)
		}
	}
	n := len(list)
	if n > 3 {
		n = 4 + min(n/6, 2)
	}
	r.Add(tPlaces, d.num(n))
	if value != 0 {
		r.Add(tPlaces, d.num(n), value)
	}
	d.describeRivals(f, c)
	switch info, _ := c.field.Info(); info.Kind {
	case data.Count, data.Money:
		d.describeNumber(f, c)
	case data.When:
		d.describeDate(f, c)
	}
	d.describeDoc(value)
}

// describePlace adds the features of one place.
func (d *document) describePlace(p *candidate, value uint32, st stance, firstPlace bool) {
	r := &d.row
	sent := d.tokens[p.from].sent
	s := &d.sents[sent]
	part := d.part(sent)
	r.Add(tWhere, d.num(part))
	r.Add(tStance, d.num(int(st)))
	if value != 0 {
		r.Add(tWhere, d.num(part), value)
		r.Add(tStance, d.num(int(st)), value)
	}
	if firstPlace {
		r.Add(tFirst, d.num(part))
	}
	for k := 1; k <= placeReach; k++ {
		if w := d.wordAt(p.from-k, s); w != 0 {
			r.Add(tBefore, d.num(k), w)
		}
		if w := d.wordAt(p.to-1+k, s); w != 0 {
			r.Add(tAfter, d.num(k), w)
		}
	}
	if a, b := d.wordAt(p.from-2, s), d.wordAt(p.from-1, s); a != 0 && b != 0 {
		r.Add(tPairB, a, b)
	}
	if a, b := d.wordAt(p.to, s), d.wordAt(p.to+1, s); a != 0 && b != 0 {
		r.Add(tPairA, a, b)
	}
	for k := max(int(s.from), p.from-nearReach); k < min(int(s.to), p.to+nearReach); k++ {
		if (k < p.from || k >= p.to) && !d.tokens[k].is(punct) {
			r.Add(tNear, d.shapes[k])
		}
	}
	if p.to-p.from <= 4 {
		switch p.to - p.from {
		case 1:
			r.Add(tPhrase, d.shapes[p.from])
		case 2:
			r.Add(tPhrase, d.shapes[p.from], d.shapes[p.from+1])
		default:
			r.Add(tPhrase, d.shapes[p.from], d.shapes[p.from+1], d.shapes[p.from+2])
		}
	}
	if p.to-p.from > 1 {
		r.Add(tEnds, d.shapes[p.from], d.shapes[p.to-1])
	}
	before, after := d.neighbors(p, s)
	r.Add(tNeighbor, d.num(before), d.num(after))
	if value != 0 {
		r.Add(tNeighbor, d.num(before), d.num(after), value)
	}
	topics := d.topics[sent]
	for t := range nTopics {
		if topics>>t&1 != 0 {
			r.Add(tTopic, d.num(t))
			if value != 0 {
				r.Add(tTopicV, d.num(t), value)
			}
		}
	}
	if sent > 0 && !s.title {
		before := d.topics[sent-1]
		for t := range nTopics {
			if before>>t&1 != 0 {
				r.Add(tPrevious, d.num(t))
			}
		}
	}
	sc := &d.scenes[sent]
	for i, yes := range [...]bool{sc.subject, sc.names > 1, sc.oldYear, sc.thisYear, sc.other, sc.again, sc.names == 0} {
		if yes {
			r.Add(tScene, d.num(i))
		}
	}
}

// neighbors tells what the nearest names before and behind a place in its sentence
// are: 0 none, 1 the victim, 2 a victim of another incident, 3 another organization,
// 4 an actor.
func (d *document) neighbors(p *candidate, s *sentence) (before, after int) {
	sc := &d.scenes[d.tokens[p.from].sent]
	if sc.first < 0 {
		return 0, 0
	}
	for _, o := range d.places[sc.first:] {
		if o.from < int(s.from) {
			continue
		}
		if o.from >= int(s.to) {
			break
		}
		kind := 3
		switch root := d.rootOrg(o.org); {
		case root == d.victim:
			kind = 1
		case d.orgs[root].incident != noIncident:
			kind = 2
		case d.orgs[root].class == orgActor || d.named[o.from]:
			kind = 4
		case d.orgs[root].class != orgPlain:
			continue
		}
		if o.to <= p.from {
			before = kind
		} else if o.from >= p.to {
			return before, kind
		}
	}
	return before, after
}
