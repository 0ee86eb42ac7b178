package extract

import "incidex/data"

// candidate is a claim that a rule proposes, before it is given to an incident.
type candidate struct {
	field data.Field
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
}

// bySentence gives a candidate to the incident that its sentence tells of.
const bySentence = -1

// propose adds a candidate.
func (d *document) propose(c candidate) {
	if c.status == "" {
		c.status = data.Actual
	}
	d.candidates = append(d.candidates, c)
}
