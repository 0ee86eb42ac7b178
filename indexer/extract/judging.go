package extract

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"incidex/data"
	"incidex/indexer/extract/roles"
)

// Candidates of the subject that give the same value are one fact. Each fact
// becomes a row of features, and the model of roles tells whether it is shown.

// judging is what judging keeps of a document.
type judging struct {
	notes []note
	row   roles.Row
	facts []fact
	// shapes are the words of the document as features see them: names of
	// organizations and numbers by their kind, other words by their hash.
	shapes []uint32
	// leadTopics are the topics of title and lead.
	leadTopics uint32
	// dismissed: the model has said that the article is about no single incident.
	dismissed bool
	rivals    []*roles.Judgment
	// order is the candidates of the subject by fact.
	order []int32
}

// fact is one value of the subject with all its places.
type fact struct {
	field data.Field
	side  side
	// candidates are d.order[from:to], those that rules believe in first.
	from, to int
	judged   roles.Judgment
}

// side is how a fact is stated.
type side uint8

const (
	stated side = iota
	denied
	advised
	nSides
)

func sideOf(s data.Status) side {
	switch s {
	case data.Negated:
		return denied
	case data.Advised:
		return advised
	}
	return stated
}

// question is what a fact of the side is asked.
func (s side) question() roles.Question {
	return [nSides]roles.Question{roles.Right, roles.Denied, roles.Advised}[s]
}

// maxJudged is the number of candidates of a field that are judged, of those that the
// rules believe in and of the others each; a text of millions of numbers has as many.
const maxJudged = 300

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// gather makes the facts of the subject.
func (d *document) gather() {
	d.order = d.order[:0]
	var judged [maxFields][2]int
	for i := range d.candidates {
		c := &d.candidates[i]
		if c.incident == bySentence {
			c.incident = d.incidentAt(c.from)
		}
		if c.incident != 0 {
			continue
		}
		n := &judged[c.order][b2i(c.wide)]
		if *n++; *n <= maxJudged {
			d.order = append(d.order, int32(i))
		}
	}
	slices.SortStableFunc(d.order, func(i, j int32) int {
		a, b := &d.candidates[i], &d.candidates[j]
		if order := compareFacts(a, b); order != 0 {
			return order
		}
		return cmp.Or(cmp.Compare(b2i(a.wide), b2i(b.wide)), cmp.Compare(a.rank, b.rank), cmp.Compare(statusOrder(a.status), statusOrder(b.status)),
			cmp.Compare(b.confidence, a.confidence), cmp.Compare(a.from, b.from))
	})
	d.judging.facts = d.judging.facts[:0]
	for i := 0; i < len(d.order); {
		c := &d.candidates[d.order[i]]
		j := i + 1
		for j < len(d.order) && compareFacts(c, &d.candidates[d.order[j]]) == 0 {
			j++
		}
		d.judging.facts = append(d.judging.facts, fact{field: c.field, side: sideOf(c.status), from: i, to: j})
		i = j
	}
}

// compareFacts orders candidates by field, side and value; 0 for one fact.
func compareFacts(a, b *candidate) int {
	if a.order != b.order {
		return a.order - b.order
	}
	if x, y := sideOf(a.status), sideOf(b.status); x != y {
		return int(x) - int(y)
	}
	if a.value != b.value {
		return strings.Compare(a.value, b.value)
	}
	return cmp.Or(cmp.Compare(a.number, b.number), cmp.Compare(a.currency, b.currency))
}

// judge asks the model about every fact. It reports false where the article is about
// no single incident, unless the source says of which.
func (x *Extractor) judge(d *document) bool {
	d.gather()
	d.shape()
	if len(d.a.Given) == 0 {
		d.describeSubject()
		if x.roles.Judge(x.subject, d.scaleOf(Subject), &d.row)[roles.Right] < x.roles.Threshold(d.scaleOf(Subject)) {
			return false
		}
	}
	for i := range d.judging.facts {
		f := &d.judging.facts[i]
		d.describeFact(f)
		s := x.scopes[f.field.Order()]
		f.judged = x.roles.Judge(s, d.scaleOf(f.field), &d.row)
	}
	d.chooseHeads()
	d.coarsenDates(x.roles)
	return true
}

// coarsenDates replaces the likeliest date of a field by its month or its year where
// only these are sure: dates that agree in them add up.
func (d *document) coarsenDates(m *roles.Model) {
	facts := d.judging.facts
	for i := 0; i < len(facts); {
		j := i
		for j < len(facts) && facts[j].field == facts[i].field && facts[j].side == facts[i].side {
			j++
		}
		if info, _ := facts[i].field.Info(); info.Kind == data.When && facts[i].side == stated {
			d.coarsen(facts[i:j], m.Threshold(d.scaleOf(facts[i].field)))
		}
		i = j
	}
}

// coarsen does so for the dates of one field.
func (d *document) coarsen(facts []fact, threshold float64) {
	value := func(f *fact) string { return d.candidates[d.order[f.from]].value }
	for i := range facts {
		if facts[i].judged[roles.Head] >= threshold {
			return
		}
	}
	for _, n := range [...]int{len("2006-01"), len("2006")} {
		best, most := -1, 0.0
		for i := range facts {
			v := value(&facts[i])
			if len(v) < n {
				continue
			}
			sum, first := 0.0, i
			for k := range facts {
				if o := value(&facts[k]); len(o) >= n && o[:n] == v[:n] {
					sum += facts[k].judged[roles.Head]
					if facts[k].judged[roles.Head] > facts[first].judged[roles.Head] {
						first = k
					}
				}
			}
			if sum > most {
				best, most = first, sum
			}
		}
		if best < 0 || most < threshold {
			continue
		}
		f := &facts[best]
		for _, k := range d.order[f.from:f.to] {
			c := &d.candidates[k]
			c.value, c.rule = c.value[:n], "date.coarse"
		}
		f.judged[roles.Head], f.judged[roles.Right] = most, max(most, f.judged[roles.Right])
		return
	}
}

// shortText is the number of sentences of the longest text that is short.
const shortText = 4

// scaleOf names the scale of a field's judgments in the document.
func (d *document) scaleOf(f data.Field) string {
	if len(d.sents) <= shortText {
		return string(f) + roles.Short
	}
	return string(f)
}

// chooseHeads sets the facts of fields of one value against each other.
func (d *document) chooseHeads() {
	facts := d.judging.facts
	for i := 0; i < len(facts); {
		j := i
		d.rivals = d.rivals[:0]
		for ; j < len(facts) && facts[j].field == facts[i].field; j++ {
			if facts[j].side == stated {
				d.rivals = append(d.rivals, &facts[j].judged)
			}
		}
		if facts[i].single() {
			roles.Choose(d.rivals)
			for _, r := range d.rivals { // the value that heads the record is a right one
				r[roles.Right] = max(r[roles.Right], r[roles.Head])
			}
		}
		i = j
	}
}

// logBucket is the bucket of a number by its logarithm.
func logBucket(n float64) int {
	if n < 1 {
		return 0
	}
	return int(math.Log10(n)*2) + 1
}

// subjectClaims makes the claims of the subject of the facts, those that are shown
// before the doubtful ones, and the head of a field of one value first.
func (d *document) subjectClaims(m *roles.Model) []data.Claim {
	if !d.hasSubject() {
		return nil
	}
	facts := d.judging.facts
	slices.SortStableFunc(facts, func(a, b fact) int {
		return cmp.Or(cmp.Compare(a.field.Order(), b.field.Order()), cmp.Compare(a.side, b.side), cmp.Compare(b.standing(), a.standing()))
	})
	out := make([]data.Claim, 0, len(facts))
	headed := false // the field of one value has a sure head
	for i := range facts {
		f := &facts[i]
		threshold := m.Threshold(d.scaleOf(f.field))
		if i == 0 || facts[i-1].field != f.field {
			headed = !f.single() || f.side == stated && f.judged[roles.Head] >= threshold
		}
		if f.judged[f.side.question()] < leastJudged {
			continue
		}
		from, first := len(out), d.candidates[d.order[f.from]]
		for _, k := range d.order[f.from:f.to] {
			c := d.candidates[k]
			c.status, c.unit = first.status, first.unit
			out = d.claim(out, &c)
		}
		if len(out) == from {
			continue // a coarse date that is there already
		}
		c := &out[from]
		c.Confidence = round2(f.judged[f.side.question()])
		if f.single() && f.side == stated {
			c.Lead = max(.01, round2(f.judged[roles.Head])) // 0 is for what was not asked
		}
		f.state(c, headed, threshold)
		if c.Status == data.Doubtful && len(c.Evidence) == 0 {
			out = out[:from] // nothing to look at and decide by
		}
	}
	doubtContradictions(out)
	doubtGeneric(out)
	slices.SortStableFunc(out, func(a, b data.Claim) int {
		return cmp.Or(cmp.Compare(a.Field.Order(), b.Field.Order()), cmp.Compare(statusOrder(a.Status), statusOrder(b.Status)))
	})
	return out
}

// leastJudged is the probability of a value below which it is not even a doubtful one.
const leastJudged = 0.25

// doubtContradictions makes the less likely of two claims doubtful that cannot both be
// true: no article asserts a value and its opposite.
func doubtContradictions(claims []data.Claim) {
	for i := range claims {
		for j := range claims[:i] {
			if a, b := &claims[i], &claims[j]; data.Contradict(*a, *b) {
				if a.Confidence > b.Confidence {
					a = b
				}
				a.Status = data.Doubtful
			}
		}
	}
}

// doubtGeneric makes claims of generic values doubtful where a special one is asserted.
func doubtGeneric(claims []data.Claim) {
	asserted := func(c *data.Claim) bool { return c.Status == data.Actual || c.Status == data.Possible }
	special := map[data.Field]bool{}
	for i := range claims {
		if c := &claims[i]; asserted(c) && !data.Generic(c.Field, c.Value) {
			special[c.Field] = true
		}
	}
	for i := range claims {
		if c := &claims[i]; asserted(c) && special[c.Field] && data.Generic(c.Field, c.Value) {
			c.Status = data.Doubtful
		}
	}
}

// SideThreshold is the probability from which a value is told to be denied or advised:
// that keeps it from being shown as a fact, so it need not be as sure.
const SideThreshold = 0.4

// single reports whether the field has one value.
func (f *fact) single() bool {
	info, _ := f.field.Info()
	return !info.Many
}

// standing is the probability that orders the facts of a field.
func (f *fact) standing() float64 {
	if f.side == stated && f.single() {
		return f.judged[roles.Head]
	}
	return f.judged[f.side.question()]
}

// state gives the claim the status that the judgment allows.
func (f *fact) state(c *data.Claim, headed bool, threshold float64) {
	if f.side != stated {
		threshold = SideThreshold
	}
	switch {
	case f.judged[f.side.question()] < threshold || f.side == stated && !headed:
		c.Status = data.Doubtful
	case f.side == stated && f.judged[roles.Possible] >= .5:
		c.Status = data.Possible
	case f.side == stated && c.Status == data.Possible:
		c.Status = data.Actual
	}
}
