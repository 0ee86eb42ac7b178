package extract

import "incidex/data"

// scene is what is known of a sentence.
type scene struct {
	// names is the number of mentions of organizations.
	names int
	// subject: the subject's victim is named.
	subject bool
	// oldYear and thisYear: a year before the publication, or of it, is given.
	oldYear, thisYear bool
	// other: a word leads to other incidents.
	other bool
	// again: a word leads to another incident of the same victim.
	again bool
	// first is the first of the mentions in the sentence, -1 for none, and several
	// tells that victims of more than one mentioned incident are named.
	first   int
	several bool
	// incident is the mentioned incident whose victim is named first, noIncident for none.
	incident int32
}

// survey fills the scenes.
func (s *storyRules) survey(d *document) {
	d.scenes = d.scenes[:0]
	for range d.sents {
		d.scenes = append(d.scenes, scene{incident: noIncident, first: -1})
	}
	for i, p := range d.places {
		sc, root := &d.scenes[d.tokens[p.from].sent], d.rootOrg(p.org)
		if sc.first < 0 {
			sc.first = i
		}
		if root == d.victim {
			sc.subject = true
		}
		if d.orgs[root].class == orgPlain {
			sc.names++
		}
	}
	d.otherAt = d.otherAt[:0]
	for _, h := range d.hits[s.others] {
		d.otherAt = append(d.otherAt, h.from)
		d.scenes[d.tokens[h.from].sent].other = true
	}
	for _, h := range d.hits[s.repeats] {
		d.scenes[d.tokens[h.from].sent].again = true
	}
	published := d.a.Date.Year()
	for i := range d.numbers {
		if n := &d.numbers[i]; n.kind == year {
			if sc := &d.scenes[d.tokens[n.from].sent]; published == 0 || int(n.value) < published {
				sc.oldYear = true
			} else {
				sc.thisYear = true
			}
		}
	}
}

// tell gives each sentence to the incident that it tells of: to a mentioned one
// where it names that victim and not the subject's, and for the rest of the
// paragraph until the subject is named again.
func (s *storyRules) tell(d *document) {
	rest := int32(noIncident)
	if d.hasSubject() {
		rest = 0
	}
	for i := range d.tells {
		d.tells[i] = rest
	}
	for k := range d.incidents {
		if inc := &d.incidents[k]; inc.role == data.Mentioned && (rest != 0 || inc.likely >= tellFrom) {
			d.orgs[inc.victim].incident = int32(k)
		}
	}
	for _, p := range d.places {
		sc := &d.scenes[d.tokens[p.from].sent]
		if k := d.orgs[d.rootOrg(p.org)].incident; k != noIncident {
			if sc.incident == noIncident {
				sc.incident = k
			} else if sc.incident != k {
				sc.several = true
			}
		}
	}
	running, para := rest, int32(-1)
	for i := range d.sents {
		if d.sents[i].para != para {
			running, para = rest, d.sents[i].para
		}
		switch sc := &d.scenes[i]; {
		case sc.subject && rest == 0 || d.sents[i].title:
			running = rest
		case sc.incident != noIncident:
			running = sc.incident
		}
		d.tells[i] = running
	}
}

// ownerOf returns the incident that what stands at a token belongs to. In a
// sentence that names the victims of several mentioned incidents it is the one
// whose victim is named right behind or last before.
func (d *document) ownerOf(token int) int {
	sent := d.tokens[token].sent
	sc, told := &d.scenes[sent], int(d.tells[sent])
	if told < 0 || !sc.several || d.incidents[told].role == data.Subject {
		return told
	}
	for _, p := range d.places[sc.first:] {
		if d.tokens[p.from].sent != sent || p.from > token+ownerWithin {
			break
		}
		if k := d.orgs[d.rootOrg(p.org)].incident; k != noIncident {
			told = int(k)
		}
	}
	return told
}

// ownerWithin is the number of tokens behind a fact within which a name owns it:
// "14 million Acme customers".
const ownerWithin = 3

// tellFrom is the probability of a mentioned incident from which sentences tell of
// it and not of the subject.
const tellFrom = 0.5

// again finds an earlier or later incident of the subject's own victim: a sentence
// outside of the lead that names it, tells of an incident with another year, and
// says that this is not the one.
func (s *storyRules) again(d *document) {
	if !d.hasSubject() || d.victim < 0 {
		return
	}
	early := map[int]bool{} // the years of title and lead
	for i := range d.numbers {
		if n := &d.numbers[i]; n.kind == year && (n.from < d.lead || d.sents[d.tokens[n.from].sent].title) {
			early[int(n.value)] = true
		}
	}
	said := 0
	for i := range d.numbers {
		n := &d.numbers[i]
		if n.kind != year || early[int(n.value)] {
			continue
		}
		sent := int(d.tokens[n.from].sent)
		sc, published := &d.scenes[sent], d.a.Date.Year()
		if d.tells[sent] != 0 || d.sents[sent].title || n.from < d.lead || d.topics[sent]&strongIncident == 0 ||
			!sc.again || published > 0 && int(n.value) > published || said == maxRepeats {
			continue
		}
		early[int(n.value)] = true
		said++
		d.tells[sent] = int32(len(d.incidents))
		d.incidents = append(d.incidents, incident{role: data.Mentioned, victim: d.victim, likely: againLikely, only: sent})
	}
}

// maxRepeats is the number of other incidents of one victim that are kept, and
// againLikely their probability.
const (
	maxRepeats  = 2
	againLikely = 0.6
)

// againCues are words that tell of another incident of the same victim.
var againCues = []string{"previous/earlier/prior/another/separate/second/similar/past/older breach/breaches/attack/attacks/incident/incidents/hack/hacks/leak/intrusion/theft/cyberattack/data/security",
	"previously/also/already suffered/hacked/breached/hit/attacked/disclosed/admitted/reported", "not the/its/their first", "second time", "first time", "same manner/way"}
