package extract

import (
	_ "embed"

	"incidex/data"
	"incidex/data/vocab"
)

// The action is one of the seven of VERIS. A linear model tells hacking, misuse,
// error and theft apart by the whole story; the attack found by its phrase then
// says which kind of hacking it was.

//go:embed weights_action.tsv
var actionWeights string

const (
	// actionSure is the probability from which the model overrules an attack's phrase.
	actionSure = 0.85
	// anyHacking is the model's class for hacking, malware and social engineering.
	anyHacking = "hacking"
)

// actionRules find the action.
type actionRules struct {
	model   *linear
	attacks *attackRules
}

func newActionRules(b *builder, attacks *attackRules) *actionRules {
	m, err := newLinear(b, actionWeights)
	if err != nil {
		panic(err) // embedded: damaged weights are a mistake of the build
	}
	return &actionRules{model: m, attacks: attacks}
}

func (r *actionRules) find(d *document) {
	if !d.hasSubject() {
		return
	}
	p, best, from, to := r.model.score(d, ownStory(d), nil, 0, 0)
	class, sure := r.model.classes[best], p[best]
	attack, hit := r.attack(d)
	action, told := class, false
	if attack != nil && attack.Group != "" {
		group := attack.Group
		if group == "malware" || group == "social" {
			group = anyHacking
		}
		if group == class || sure < actionSure && d.attacks[hit.term] >= 2*attackWeight {
			action, from, to, told = attack.Group, hit.from, hit.to, true
		} else {
			d.propose(candidate{field: data.Action, value: attack.Group, confidence: 0.5, rank: 1, rule: "action.of-attack", from: hit.from, to: hit.to, incident: 0})
		}
	}
	groups := map[string]bool{action: true}
	for _, h := range d.attackHits {
		group := r.attacks.terms[h.term].Group
		if group == "" || groups[group] || d.incidentAt(h.from) != 0 {
			continue
		}
		groups[group] = true
		d.propose(candidate{field: data.Action, value: group, confidence: 0.3, rank: 2, rule: "action.of-attack", from: h.from, to: h.to, incident: 0, wide: true})
	}
	if h, ok := r.phrase(d, action); ok && !told {
		from, to = h.from, h.to
	}
	if from < to {
		d.propose(candidate{field: data.Action, value: action, confidence: 0.4 + 0.55*sure, rule: "action.model", from: from, to: to, incident: 0})
	}
}

// phrase returns the first phrase of an attack on the subject that is of the
// action, rather of a particular attack than of any, and rather of the text than of
// the title.
func (r *actionRules) phrase(d *document, action string) (out attackHit, ok bool) {
	best := 0
	for _, h := range d.attackHits {
		if r.attacks.terms[h.term].Group != action || d.incidentAt(h.from) != 0 || d.stanceOf(h.from, h.to) > stancePossible {
			continue
		}
		n := 1
		if h.term != r.attacks.general {
			n += 2
		}
		if !d.sents[h.sent].title {
			n++
		}
		if n > best {
			best, out, ok = n, h, true
		}
	}
	return out, ok
}

// attack returns the heaviest attack of the subject and where it stands first,
// nil when no particular one is told.
func (r *actionRules) attack(d *document) (*vocab.Term, attackHit) {
	var out attackHit
	best := 0.0
	for _, h := range d.attackHits {
		if w := d.attacks[h.term]; w > best && w >= attackWeight && h.term != r.attacks.general && d.incidentAt(h.from) == 0 && d.stanceOf(h.from, h.to) <= stancePossible {
			best, out = w, h
		}
	}
	if best == 0 {
		return nil, out
	}
	return &r.attacks.terms[out.term], out
}
