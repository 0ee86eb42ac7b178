package extract

import (
	_ "embed"
	"slices"

	"incidex/data"
	"incidex/data/vocab"
)

// The sector is that of the victim where the gazetteer knows it. Otherwise a
// linear model reads the words of the story and of the victim's name, and phrases
// that are listed for a sector count besides.

//go:embed weights_sector.tsv
var sectorWeights string

// sectorRules find the sector of the victim.
type sectorRules struct {
	model   *linear
	lexicon *sectorLexicon
	// health are the words of health law, under which a university or a shop is a
	// provider of care.
	health kind
}

const (
	// health is the sector of health care.
	health = "62"
	// sureVictim is the confidence from which a victim's own sector is taken, and
	// sureSource that for organizations that are mostly named for other reasons.
	sureVictim = 0.5
	sureSource = 0.85
	// noSector is the model's class for sectors that it does not know, and
	// sureNoSector the probability from which it is believed.
	noSector     = "other"
	sureNoSector = 0.85
	// A victim's own sector stands unless the model is sureModel of another. One that
	// the model does not know stands in any case where the victim is named in the first
	// leadSector tokens, with the confidence sureForeign.
	leadSector  = 40
	sureModel   = 0.7
	sureForeign = 0.8
	// leastSector is the probability of a sector that is claimed.
	leastSector = 0.2
)

func newSectorRules(b *builder) *sectorRules {
	m, err := newLinear(b, sectorWeights)
	if err != nil {
		panic(err) // embedded: damaged weights are a mistake of the build
	}
	r := &sectorRules{model: m, lexicon: newSectorLexicon(b), health: b.kind()}
	b.add(r.health, 0, "covered entity", "protected health information", "PHI", "ePHI", "HIPAA", "patients", "patient", "medical records", "business associate")
	return r
}

func (r *sectorRules) find(d *document) {
	if !d.hasSubject() {
		return
	}
	victim, own := r.ofVictim(d)
	r.proposeAll(d, victim)
	if foreign := !slices.Contains(r.model.classes, retailOf(own)); own != "" && foreign && victim.from < leadSector && victim.confidence >= sureForeign {
		r.proposeOwn(d, victim, own)
		return
	}
	p, best, _, _ := r.model.score(d, ownStory(d), r.extras(d, victim), victim.from, victim.to)
	best = r.model.known(&p, best)
	class, sure := r.model.classes[best], p[best]
	if own != "" && (sure < sureModel || class == noSector || class == retailOf(own)) {
		r.proposeOwn(d, victim, own)
		return
	}
	if class == noSector || sure < leastSector {
		return
	}
	from, to := r.telling(d, class, victim)
	d.propose(candidate{field: data.Sector, value: class, status: data.Derived, confidence: 0.3 + 0.6*sure, rule: "sector.model", from: from, to: to, incident: 0})
}

// proposeAll proposes every sector that the vocabulary or a word tells, for the
// model of roles to choose from.
func (r *sectorRules) proposeAll(d *document, victim candidate) {
	c := candidate{field: data.Sector, status: data.Derived, confidence: .1, from: victim.from, to: victim.to, incident: 0, wide: true}
	if t, ok := vocab.Organizations().Lookup(victim.value); ok && t.Attr("sector") != "" {
		c.value, c.rule = t.Attr("sector"), "sector.known"
		d.noted(&c)
		d.note(&c, nSaid, d.row.Word("kind:"+t.Attr("kind")))
		if t.Attr("ambiguous") == "yes" {
			d.note(&c, nMark, d.num(0))
		}
		d.propose(c)
	}
	p, _, _, _ := r.model.score(d, ownStory(d), r.extras(d, victim), victim.from, victim.to)
	for k, class := range r.model.classes {
		if class != noSector {
			c.value, c.rule = class, "sector.any"
			d.noted(&c)
			d.measure(&c, nOdds, logit(p[k]))
			d.note(&c, nKept, d.num(int(p[k]*10)))
			d.propose(c)
		}
	}
	n := map[int32]int{}
	for _, h := range d.hits[r.lexicon.words] {
		if d.incidentAt(int(h.from)) != 0 {
			continue
		}
		c.value, c.rule = r.lexicon.sectors[h.entry/4], "sector.word"
		if n[h.entry/4]++; n[h.entry/4] > factPlaces {
			continue
		}
		c.from, c.to = int(h.from), int(h.to)
		d.noted(&c)
		d.note(&c, nStrength, d.num(int(h.entry%4)))
		if int(h.from) < victim.to && victim.from < int(h.to) {
			d.note(&c, nMark, d.num(1))
		}
		d.note(&c, nReach, d.num(min(9, (max(0, int(h.from)-victim.to)+max(0, victim.from-int(h.to)))/4)))
		d.propose(c)
	}
}

// proposeOwn proposes the sector that the vocabulary has for the victim.
func (r *sectorRules) proposeOwn(d *document, victim candidate, own string) {
	d.propose(candidate{field: data.Sector, value: own, status: data.Derived, confidence: 0.95 * victim.confidence, rule: "sector.of-victim", from: victim.from, to: victim.to, incident: 0})
}

// ownStory accepts the sentences that tell of the subject.
func ownStory(d *document) func(sent int32) bool {
	return func(sent int32) bool { return d.tells[sent] == 0 }
}

// ofVictim returns the victim and its sector, "" where the vocabulary has none. A
// university or a shop is a provider of care where health law is spoken of.
func (r *sectorRules) ofVictim(d *document) (victim candidate, code string) {
	victim, ok := d.victimClaim()
	if !ok {
		return victim, ""
	}
	t, _ := vocab.Organizations().Lookup(victim.value)
	code = t.Attr("sector")
	if victim.confidence < sureVictim || victim.confidence < sureSource && t.Attr("kind") != "" || code != health && len(d.hits[r.health]) > 1 {
		code = ""
	}
	return victim, code
}

// victimClaim returns the victim of the subject, false when none is found.
func (d *document) victimClaim() (candidate, bool) {
	for _, c := range d.candidates {
		if c.field == data.Victim && (c.status == data.Actual || c.status == data.Derived) && d.incidentOf(&c) == 0 {
			return c, true
		}
	}
	return candidate{}, false
}

// telling returns the tokens that tell a sector: its surest word in the sentences
// of the subject, else the victim's name. A word within a name tells most.
func (r *sectorRules) telling(d *document, code string, victim candidate) (int, int) {
	index := slices.Index(r.lexicon.sectors, code)
	best, from, to := 0, victim.from, victim.to
	for _, h := range d.hits[r.lexicon.words] {
		if int(h.entry/4) != index || h.entry%4 == knownName || d.incidentAt(int(h.from)) != 0 {
			continue
		}
		n := 1
		if h.entry%4 == sureWord {
			n = 2
			if inName(d.tokens[h.from]) {
				n = 3
			}
			if int(h.from) < victim.to && victim.from < int(h.to) {
				n = 4
			}
		}
		if n > best {
			best, from, to = n, int(h.from), int(h.to)
		}
	}
	return from, to
}

// incidentOf is the incident that a candidate belongs to.
func (d *document) incidentOf(c *candidate) int {
	if c.incident == bySentence {
		return d.incidentAt(c.from)
	}
	return c.incident
}
