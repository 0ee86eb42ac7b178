package extract

import (
	"strings"

	"incidex/data"
	"incidex/data/vocab"
)

// Where nobody names the actors, reports tell at least where they come from:
// "Ruritanian hackers", "a Ruritania-based gang", "blamed Ruritania for the
// attack". That is an attribution and no identity, so the claim is a possible one.

// maxOriginWords is the number of words between a country and "hackers".
const maxOriginWords = 4

// originRules find where unnamed attackers come from.
type originRules struct {
	countries                  kind
	blames, deeds              kind
	adjective                  []string
	between, attackers, people wordSet
	state, who                 wordSet
}

// seats are words that stand for a state.
var seats = map[string][]string{"RU": {"Kremlin", "Moscow"}, "CN": {"Beijing"}, "KP": {"Pyongyang", "DPRK"}, "IR": {"Tehran"}}

func newOriginRules(b *builder) *originRules {
	r := &originRules{countries: b.kind(), blames: b.kind(), deeds: b.kind()}
	for i, t := range vocab.Countries().Terms() {
		demonyms := strings.Split(t.Attr("demonyms"), " | ")
		r.adjective = append(r.adjective, demonyms[0])
		if demonyms[0] == "" || t.Attr("ambiguous") == "yes" {
			continue
		}
		b.addStrict(r.countries, i, append(append([]string{t.Label}, seats[t.Value]...), demonyms...)...)
	}
	b.add(r.blames, 0, "blame/blames/blamed/blaming", "blamed on", "accuse/accuses/accused/accusing", "attributed/attributes/attribute to", "attributed the/it/this attack/hack/attacks to", "work of", "state sponsored by", "believed/thought/said to be backed/sponsored/supported/directed by", "seemingly/likely/allegedly/reportedly/probably backed/sponsored/supported/directed by", "hackers/hacker/group/gang/attackers/actors/attack/campaign/operation backed/sponsored/supported/directed/ordered by", "hackers from/in", "hackers working for", "hackers linked/tied/connected to",
		"pointed/points/pointing the/a finger at", "retaliation by", "attack/attacks/hack/hacking/intrusion by/from", "perpetrated by", "orchestrated by", "carried out by", "traced/back to", "working/acting/worked on behalf of", "point/points/pointed to")
	b.add(r.deeds, 0, "blamed for", "is/was/were/are/being/been blamed for", "is/was/were/are accused of", "was/is/were/are behind", "is/was/as responsible", "directly responsible", "of being/hacking/carrying/attacking/breaching/stealing", "hacked", "government hacked", "launched the/a/an/its/cyber cyberattack/cyberattacks/attack/attacks/cyber", "orchestrated the/a", "used hackers")
	r.between = b.set("based backed linked sponsored affiliated aligned government state military intelligence cyber computer nation national supported associated born suspected hacking criminal and - young teenage run owned directed ransomware security espionage")
	r.attackers = b.set("hackers hacker attackers attacker cybercriminals cybercriminal criminals spies cyberspies operatives hacktivists hacktivist actors actor threat adversaries cybergang hackergroup gang crooks fraudsters scammers cyberattackers group")
	r.people = b.set("nationals national agents officers man teenager teenagers brothers duo spy")
	r.who = b.set("who were was have has pleaded")
	r.state = b.set("government state military intelligence backed sponsored nation directed run agents officers spies operatives cyberspies spy")
	return r
}

// origin is where a text says that its attackers come from.
type origin struct {
	country, from, to int
	state             bool
}

// find proposes the origin that the text names most.
func (r *originRules) find(d *document, accused func(hit) bool) {
	var found []origin
	weights := map[int]float64{}
	best := -1
	for _, h := range d.hits[r.countries] {
		if d.incidentAt(int(h.from)) != 0 || d.stanceOf(int(h.from), int(h.to)) >= stanceNegated {
			continue
		}
		if d.covered(int(h.from), int(h.to)) {
			continue // "the Syrian Electronic Army"
		}
		o, ok := r.read(d, h, accused)
		if !ok {
			continue
		}
		found = append(found, o)
		sent := d.tokens[o.from].sent
		w := attackWeightOf(d, sent)
		if d.topics[sent]&strongIncident != 0 {
			w++
		}
		weights[o.country] += w
		if best < 0 || weights[o.country] > weights[best] {
			best = o.country
		}
	}
	if best < 0 || weights[best] < leastActorWeight {
		return
	}
	state, shown := false, 0
	for _, o := range found {
		state = state || o.country == best && o.state
	}
	value := r.adjective[best] + " hackers"
	if state {
		value = r.adjective[best] + " state hackers"
	}
	for _, o := range found {
		if o.country == best && shown < maxActorPlaces {
			shown++
			d.propose(candidate{field: data.Actor, value: value, status: data.Possible, confidence: 0.5, rule: "actor.by-origin", from: o.from, to: o.to, incident: bySentence})
		}
	}
}

// read tells whether the country at a hit is the attackers'.
func (r *originRules) read(d *document, h hit, accused func(hit) bool) (origin, bool) {
	o := origin{country: int(h.entry), from: int(h.from), to: int(h.to)}
	i, end := o.to, int(d.sents[d.tokens[o.from].sent].to)
	for ; i < end && i < o.to+maxOriginWords && r.between.has(d.tokens[i].word); i++ {
		o.state = o.state || r.state.has(d.tokens[i].word)
	}
	w := d.word(i)
	if i < end && (r.attackers.has(w) || r.people.has(w) && accused(h)) {
		o.state = o.state || r.state.has(w)
		o.to = i + 1
		return o, true
	}
	if i == o.to && d.is(i-1, capital) && r.who.has(w) && strings.HasSuffix(d.text(o.from, o.to), "s") && accused(h) {
		return o, true // "two Ruritanians who were arrested"
	}
	if endsAt(d.hits[r.blames], h.from, 1) || !d.is(o.from-1, capital) && beginsAt(d.hits[r.deeds], h.to) {
		o.state = true
		return o, true
	}
	return o, false
}
