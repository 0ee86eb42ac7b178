package extract

import (
	"math"

	"incidex/data"
	"incidex/indexer/extract/roles"
)

// candidate is a claim that a rule proposes, before it is given to an incident.
type candidate struct {
	field data.Field
	// order is the field's place among the fields, set by propose.
	order int
	value string
	// raw is the value as written; empty means the text of the span.
	raw string
	// number counts when counted is set.
	number    float64
	counted   bool
	unit      string
	qualifier data.Qualifier
	currency  string
	// status is Actual when empty.
	status     data.Status
	confidence float64
	rule       string
	// from and to are the tokens [from, to) of the evidence; from == to means none,
	// which only a derived candidate may have.
	from, to int
	// rank orders the candidates of a field before their confidence does, lower first.
	rank int
	// incident is the incident that the candidate belongs to; bySentence leaves it
	// to the sentence of the evidence.
	incident int
	// wide says that the rule itself does not believe in the candidate: it is proposed
	// for the subject only, where the model of roles decides.
	wide bool
	// notes are what the rule knows of the candidate besides: d.notes[noted:notedTo].
	noted, notedTo int32
}

// bySentence gives a candidate to the incident that its sentence tells of.
const bySentence = -1

// note is a feature of a candidate that only its rule knows.
type note struct {
	template roles.Named
	part     uint32
	// value is the feature's value, 1 for one that is simply there.
	value float32
}

// noted begins the notes of the next candidates.
func (d *document) noted(c *candidate) { c.noted, c.notedTo = int32(len(d.notes)), int32(len(d.notes)) }

// note adds a note to a candidate that noted was called for last.
func (d *document) note(c *candidate, t roles.Named, part uint32) {
	d.notes = append(d.notes, note{t, part, 1})
	c.notedTo = int32(len(d.notes))
}

// mark notes which of a rule's findings hold, by their places in the call.
func (d *document) mark(c *candidate, findings ...bool) {
	for k, yes := range findings {
		if yes {
			d.note(c, nMark, d.num(k))
		}
	}
}

// measure adds a note that is a number.
func (d *document) measure(c *candidate, t roles.Named, value float64) {
	d.notes = append(d.notes, note{t, d.num(0), float32(value)})
	c.notedTo = int32(len(d.notes))
}

// logit is the logarithm of the odds of a probability, within bounds.
func logit(p float64) float64 { return max(-5, min(5, math.Log(max(1e-6, p)/max(1e-6, 1-p)))) }

// propose adds a candidate.
func (d *document) propose(c candidate) {
	if c.status == "" {
		c.status = data.Actual
	}
	c.order = c.field.Order()
	d.candidates = append(d.candidates, c)
}

// The templates of notes.
var (
	nKept     = roles.Name("kept")
	nOrder    = roles.Name("order")
	nLead     = roles.Name("lead")
	nMark     = roles.Name("mark")
	nCue      = roles.Name("cue")
	nSaid     = roles.Name("said")
	nReach    = roles.Name("reach")
	nRansoms  = roles.Name("ransoms")
	nWeight   = roles.Name("weight")
	nStrength = roles.Name("strength")
	nList     = roles.Name("list")
	nShareOf  = roles.Name("shareof")
	nOdds     = roles.Name("odds")
	nOddsHead = roles.Name("oddshead")
)
