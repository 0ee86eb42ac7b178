package extract

import (
	"math"
	"strconv"
	"time"

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
	tSameSent  = roles.Name("samesentence")
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

// The shapes of words that are no plain words.
var shapeNames = [...]string{"VICTIM", "ORG", "NAME", "NUMBER", "YEAR", "MONEY"}

var shapeHashes = func() (out [len(shapeNames)]uint32) {
	for i, n := range shapeNames {
		out[i] = roles.Hash(n)
	}
	return out
}()

const (
	shapeVictim = iota
	shapeOrg
	shapeName
	shapeNumber
	shapeYear
	shapeMoney
)

// shape finds the words as features see them.
func (d *document) shape() {
	if d.row.Learning() {
		for _, n := range shapeNames {
			d.row.Word(n)
		}
	}
	d.shapes = d.shapes[:0]
	for i := range d.tokens {
		t := &d.tokens[i]
		h := t.hash
		switch {
		case t.is(digit):
			h = shapeHashes[shapeNumber]
		case t.is(capital) && !t.is(first) && !d.lex.plain.has(t.word) && !d.sents[t.sent].title:
			h = shapeHashes[shapeName]
		}
		d.shapes = append(d.shapes, h)
	}
	for i := range d.numbers {
		n := &d.numbers[i]
		h := shapeHashes[shapeNumber]
		switch n.kind {
		case year:
			h = shapeHashes[shapeYear]
		case money:
			h = shapeHashes[shapeMoney]
		}
		for k := n.from; k < n.to; k++ {
			d.shapes[k] = h
		}
	}
	d.leadTopics = 0
	for i, s := range d.sents {
		if s.title || int(s.from) < d.lead {
			d.leadTopics |= d.topics[i]
		}
	}
	for _, p := range d.places {
		h := shapeHashes[shapeOrg]
		switch root := d.rootOrg(p.org); {
		case root == d.victim:
			h = shapeHashes[shapeVictim]
		case d.orgs[root].class == orgPerson || d.orgs[root].class == orgPlace:
			continue
		}
		for k := p.from; k < p.to; k++ {
			d.shapes[k] = h
		}
	}
}

// wordAt is the shape of the word at a token of the sentence, and 0 outside.
func (d *document) wordAt(i int, s *sentence) uint32 {
	if i < int(s.from) || i >= int(s.to) {
		return 0
	}
	return d.shapes[i]
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
	r.Add(tLikely, d.num(int(d.likely*20)))
	r.AddValue(float32(logit(d.likely)), tLikely, d.num(2))
	r.Add(tLikely, d.num(int(max(0, min(40, 20+4*math.Log(max(1e-9, d.likely/(1-min(d.likely, 1-1e-9)))))))), d.num(1))
	r.Add(tLength, d.num(min(12, len(d.sents)/4)))
	for k, v := range d.about {
		if v >= .5 {
			r.Add(tDoc, d.num(k))
		}
	}
	title, words := uint32(0), 0
	for i := range d.tokens {
		t := &d.tokens[i]
		if t.is(punct) {
			title = 0
			continue
		}
		h := d.shapes[i]
		if d.sents[t.sent].title {
			r.Add(tTitleWord, h)
			if title != 0 {
				r.Add(tTitleWord, title, h)
			}
			title = h
			continue
		}
		if words++; words > subjectLead {
			break
		}
		r.Add(tIn, h)
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

// subjectLead is the number of words of the text that the question of the subject reads.
const subjectLead = 120

// maxFields is above the number of fields.
const maxFields = 40
