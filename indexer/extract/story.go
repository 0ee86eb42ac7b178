package extract

import (
	"math"
	"strings"

	"incidex/data"
)

// story is what is known of a document beyond its tokens.
type story struct {
	// numbers are all numbers of the text, by place.
	numbers []number
	// orgs are the names of the text, and places where they stand, by place in
	// the text and then in the title.
	orgs      []org
	places    []place
	orgKeys   map[uint64]int
	inBody    map[int32]bool
	byFirst   map[int32]int
	byAcronym map[uint32]int
	// topics are the groups of topic phrases of each sentence; counted tells which
	// sentences count people or records.
	topics  []uint32
	counted []bool
	// incidents has the subject first, when there is one.
	incidents []incident
	// tells gives each sentence the index of the incident that it tells of, or
	// noIncident for what belongs to none.
	tells      []int32
	candidates []candidate
	counts     []count
	// updateAt is the token from which a later report is told.
	updateAt int
	// lead is the token where the lead of the text ends.
	lead int
	// headed tells that the title begins with a name that the lead has as well.
	headed bool
	// victim is the name that is most likely the victim, -1 when there is none.
	victim int
	// likely is the probability that the document is about an incident.
	likely float64
	about  [nStoryFeatures]float32
	// rows are the features of the names as victims of mentioned incidents, and
	// scenes what is known of each sentence.
	rows   [][nMentionFeatures]float32
	scenes []scene
	// otherAt are the tokens of words that lead to other incidents.
	otherAt []int32
	keys    []uint64
}

// noIncident marks what belongs to no incident.
const noIncident = -2

// incident is one event that the document tells of.
type incident struct {
	role data.Role
	// victim is the index of the name of the victim, -1 when it is not named.
	victim int
	// likely is the probability that there is such an incident.
	likely float64
	// only is the sentence that alone tells of it, anySentence for no such limit.
	only int
	// dropped: the model says that the victim is none.
	dropped bool
}

// anySentence is no limit to one sentence.
const anySentence = -1

func (d *document) reset() {
	d.incidents = d.incidents[:0]
	d.tells = d.tells[:0]
	d.candidates = d.candidates[:0]
	d.notes = d.notes[:0]
	d.topics = d.topics[:0]
	d.counted = d.counted[:0]
}

// incidentAt returns the incident that the sentence of a token tells of.
func (d *document) incidentAt(token int) int {
	if token < 0 || token >= len(d.tokens) {
		return noIncident
	}
	return d.ownerOf(token)
}

// hasSubject reports whether the document is about an incident.
func (d *document) hasSubject() bool {
	return len(d.incidents) > 0 && d.incidents[0].role == data.Subject
}

// storyRules find out which incidents a document tells of, and at whom.
type storyRules struct {
	orgs    *orgRules
	victims *victimRules
	counts  *recordRules
	topics  [nTopics]kind
	// question ends a headline that only asks.
	question wordSet
	events   kind
	// others lead to other incidents, repeats to others of the same victim.
	others, repeats kind
	// networks are payment networks, and laws words that end the names of laws.
	networks kind
	laws     wordSet
	// bare are nouns that name nobody by themselves.
	bare wordSet
	// threats end the names of malware, of those who use it and of what happened.
	threats wordSet
	// software names programs.
	software wordSet
	// prepositions, articles and adjectives stand before event nouns.
	prepositions, articles, adjectives wordSet
	weights                            []float64
	mention                            []float64
	bag                                *bag
}

func newStoryRules(b *builder, orgs *orgRules) *storyRules {
	s := &storyRules{orgs: orgs, victims: newVictimRules(b, orgs), counts: newRecordRules(b)}
	for t, phrases := range topicCues {
		s.topics[t] = b.kind()
		b.add(s.topics[t], t, phrases...)
	}
	s.question = b.set("?")
	s.bare = b.set(bareNouns)
	s.threats = b.set("rat trojan malware ransomware botnet worm virus spyware stealer infostealer loader backdoor rootkit wiper exploit gang hackers apt hacked hack attack breach")
	s.software = b.set(software)
	s.events = b.kind()
	b.add(s.events, 0, eventNouns...)
	s.others = b.kind()
	b.add(s.others, 0, otherCues...)
	s.repeats = b.kind()
	b.add(s.repeats, 0, againCues...)
	s.networks = b.kind()
	b.add(s.networks, 0, "visa/mastercard/discover/amex", "american express")
	s.laws = b.set("regulation act law rule rules directive treaty")
	s.prepositions, s.articles, s.adjectives = b.set(eventPrepositions), b.set(eventArticles), b.set(eventAdjectives)
	s.weights = weightsOf("story", nStoryFeatures)
	s.bag = newBag(b)
	s.mention = weightsOf("mention", nMentionFeatures)
	return s
}

func (s *storyRules) find(d *document) {
	for range d.sents {
		d.tells = append(d.tells, 0)
		d.topics = append(d.topics, 0)
		d.counted = append(d.counted, false)
	}
	for t, k := range s.topics {
		for _, h := range d.hits[k] {
			d.topics[d.tokens[h.from].sent] |= 1 << t
		}
	}
	s.eventTopics(d)
	for i := range d.numbers {
		if n := &d.numbers[i]; n.kind == plain && n.value >= 100 {
			d.counted[d.tokens[n.from].sent] = true
		}
	}
	d.lead = d.leadEnd()
	s.victims.score(d)
	d.victim = d.bestName()
	s.counts.find(d)
	s.describe(d)
	d.likely = sigmoid(storyBlend * (dot(s.weights, d.about[:]) + s.bag.score(d) - deniedMalus*float64(d.about[sFirstNo])))
	if d.likely >= subjectFrom && !d.dismissed || d.learning {
		d.incidents = append(d.incidents, incident{role: data.Subject, victim: d.victim, likely: d.likely, only: anySentence})
	}
	s.mentions(d)
	for i, inc := range d.incidents {
		if inc.victim >= 0 {
			s.propose(d, i, inc.victim)
		}
	}
	s.partners(d)
	s.counts.propose(d)
}

// eventTopics marks sentences that speak of one event: "a massive data breach",
// "after the hack".
func (s *storyRules) eventTopics(d *document) {
	for _, h := range d.hits[s.events] {
		sent := d.tokens[h.from].sent
		i, begin := int(h.from)-1, int(d.sents[sent].from)
		for i >= begin && s.adjectives.has(d.word(i)) {
			i--
		}
		if i >= begin && s.articles.has(d.word(i)) {
			d.topics[sent] |= 1 << topicEvent
			i--
		}
		for i >= begin && s.adjectives.has(d.word(i)) {
			i--
		}
		if i >= begin && s.prepositions.has(d.word(i)) {
			d.topics[sent] |= 1 << topicAftermath
		}
	}
}

// storyBlend weighs the sum of the two models that tell whether there is a subject;
// both read the same text, so their odds are not independent.
const storyBlend = 0.7

// deniedMalus is what a story loses whose headline begins with a denial ("No data
// breach at ..."); gold has too few of them to learn that.
const deniedMalus = 5

// subjectFrom is the probability from which an article may be about an incident; the
// model of roles decides once all candidates are known.
const subjectFrom = 0.1

// bestName is the index of the name that is most likely the victim, -1 when there is none.
func (d *document) bestName() int {
	best, high := -1, 0.0
	for i := range d.orgs {
		if score := d.standing(i); d.orgs[i].alias == i && (best < 0 || score > high) {
			best, high = i, score
		}
	}
	return best
}

// standing is the score of a name among those that may be the victim.
func (d *document) standing(i int) float64 {
	g := &d.orgs[i]
	if d.headed && g.feats[fInTitle]+g.feats[fLead] == 0 {
		return g.score - lateMalus
	}
	return g.score
}

// propose makes the claims of the names of an incident: victim, parent, brand and
// supplier.
func (s *storyRules) propose(d *document, incident, victim int) {
	g := &d.orgs[victim]
	if d.incidents[incident].role == data.Subject && s.commonNoun(d, g) {
		return
	}
	confidence := d.incidents[incident].likely
	if d.incidents[incident].role == data.Subject {
		confidence = (1 + confidence) / 2 * d.shareOf(victim)
	}
	s.cite(d, incident, victim, candidate{field: data.Victim, value: s.orgs.nameOf(d, victim), confidence: round2(confidence), rule: "victim.of-names"})
	if g.entry < 0 {
		return
	}
	term := s.orgs.table.Terms()[g.entry]
	if parent := term.Attr("parent"); parent != "" {
		d.propose(candidate{field: data.Parent, value: parent, raw: parent, status: data.Derived, confidence: .9, rule: "parent.of-victim", incident: incident})
	}
}

// cite proposes the candidate with each place that names org as evidence, the
// full name first.
func (s *storyRules) cite(d *document, incident, org int, c candidate) {
	c.incident = incident
	cited := 0
	for _, full := range []bool{true, false} {
		for _, p := range d.places {
			if only := d.incidents[incident].only; only != anySentence && only != int(d.tokens[p.from].sent) {
				continue
			}
			if d.rootOrg(p.org) == org && (p.org == org) == full && cited < maxEvidence {
				c.from, c.to = p.from, p.to
				d.propose(c)
				cited++
			}
		}
	}
}

// shareOf is the probability of a name among all names of the document.
func (d *document) shareOf(org int) float64 {
	all := 0.0
	for i := range d.orgs {
		if d.orgs[i].alias == i {
			all += math.Exp(d.orgs[i].score - d.orgs[org].score)
		}
	}
	return 1 / all
}

// hostLabel is the name in a URL's host: "thehackernews" of "https://www.thehackernews.com/x".
func hostLabel(url string) string {
	_, rest, ok := strings.Cut(url, "://")
	if !ok {
		return ""
	}
	host, _, _ := strings.Cut(rest, "/")
	parts := strings.Split(strings.TrimPrefix(host, "www."), ".")
	if len(parts) < 2 {
		return ""
	}
	return parts[max(0, len(parts)-2)]
}
