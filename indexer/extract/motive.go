package extract

import (
	"incidex/data"
)

// motiveRules find why it was done and on which side the actor stood. What tells it
// is weak by itself: the candidates are for the model of roles.
type motiveRules struct {
	motives, kinds kind
}

// motiveCues are the phrases that can tell a motive, actorKindCues a kind of actor.
var (
	motiveValues = [...]string{"Financial", "Espionage", "Ideology", "Grudge", "Fun"}
	motiveCues   = [...][]string{
		{"ransom/ransoms/ransomware/extortion/extort/extorted/extorting/blackmail", "for sale", "sold/sell/selling/sells", "stole/stolen $/million", "cryptocurrency/bitcoin/bitcoins", "money", "financial/financially gain/motivated", "fraud/fraudulent/fraudulently", "cash/cashed out", "bank account/accounts", "credit/debit/payment card/cards", "profit", "wire transfer/transfers", "heist", "cybercriminals/criminals"},
		{"espionage/spying/spies/spy/spied", "cyberespionage", "state sponsored", "nation state", "state backed", "intelligence/surveillance", "APT", "government backed", "military", "foreign government", "hackers working for"},
		{"protest/protests/protesting", "hacktivist/hacktivists/hacktivism", "anonymous", "political/politically", "free speech", "in support of", "in solidarity", "pro palestinian/palestine/isis/russian/russia/ukraine", "justice", "electronic army", "corruption", "opposed", "defaced/deface", "message"},
		{"revenge/retaliation/retaliated", "disgruntled", "grudge", "angry", "in response to"},
		{"for fun", "lulz", "for the lulz", "boredom", "challenge", "prank", "just for"},
	}
	kindValues    = [...]string{"external", "internal", "partner"}
	actorKindCues = [...][]string{
		{"hacker/hackers/attacker/attackers/intruder/intruders/criminals/cybercriminals/thieves", "unauthorized/unauthorised party/person/individual/actor/access/third", "gang/group/crew", "third parties", "threat actor/actors", "outsider/outsiders", "hacked/hacking"},
		{"insider/insiders", "former/ex/disgruntled/rogue/current employee/employees/worker/contractor/staff", "employee/employees/staff/worker had/has/have/was/were/stole/accessed/sold/took/copied/improperly", "an employee", "own employees/staff"},
		{"vendor/supplier/contractor/contractors/subcontractor/provider", "third party vendor/provider/supplier/contractor", "business associate", "partner"},
	}
)

func newMotiveRules(b *builder) *motiveRules {
	r := &motiveRules{motives: b.kind(), kinds: b.kind()}
	for i, cues := range motiveCues {
		b.add(r.motives, i, cues...)
	}
	for i, cues := range actorKindCues {
		b.add(r.kinds, i, cues...)
	}
	return r
}

func (r *motiveRules) find(d *document) {
	if !d.hasSubject() {
		return
	}
	propose := func(k kind, field data.Field, values []string, rule string) {
		var n [8]int
		for _, h := range d.hits[k] {
			if d.incidentAt(int(h.from)) != 0 || d.stanceOf(int(h.from), int(h.to)) > stancePossible {
				continue
			}
			if n[h.entry]++; n[h.entry] <= 2*factPlaces {
				d.propose(candidate{field: field, value: values[h.entry], status: data.Derived, confidence: .1, rule: rule, from: int(h.from), to: int(h.to), incident: bySentence, wide: true})
			}
		}
	}
	propose(r.motives, data.Motive, motiveValues[:], "motive.phrase")
	propose(r.kinds, data.ActorKind, kindValues[:], "actor_kind.phrase")
}
