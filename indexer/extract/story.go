package extract

import "incidex/data"

// story is what is known of a document beyond its tokens.
type story struct {
	// numbers are all numbers of the text, by place.
	numbers []number
	// incidents has the subject first, when there is one.
	incidents []incident
	// sentences gives each sentence the index of the incident that it tells of, or
	// noIncident for what belongs to none.
	tells      []int32
	candidates []candidate
}

// noIncident marks what belongs to no incident.
const noIncident = -2

// incident is one event that the document tells of.
type incident struct {
	role data.Role
}

func (d *document) reset() {
	d.incidents = d.incidents[:0]
	d.tells = d.tells[:0]
	d.candidates = d.candidates[:0]
}

// incidentAt returns the incident that the sentence of a token tells of.
func (d *document) incidentAt(token int) int {
	if token < 0 || token >= len(d.tokens) {
		return noIncident
	}
	return int(d.tells[d.tokens[token].sent])
}

// hasSubject reports whether the document is about an incident.
func (d *document) hasSubject() bool {
	return len(d.incidents) > 0 && d.incidents[0].role == data.Subject
}

type storyRules struct{}

func newStoryRules(*builder, *orgRules) *storyRules { return &storyRules{} }

func (s *storyRules) find(d *document) {
	d.incidents = append(d.incidents, incident{role: data.Subject})
	for range d.sents {
		d.tells = append(d.tells, 0)
	}
}
