package extract

import (
	_ "embed"
	"slices"
	"strings"

	"incidex/data"
	"incidex/data/vocab"
)

// The sector is that of the victim where the gazetteer knows it. Otherwise a
// linear model reads the words of the story, and phrases that are listed for a
// sector count besides, more so within names.

//go:embed weights_sector.tsv
var sectorWeights string

//go:embed sector_words.txt
var sectorWords string

// sectorLexicon finds the listed phrases and makes features of them.
type sectorLexicon struct {
	words   kind // entries: index into sectors * 4, plus one of the strengths
	sectors []string
}

func newSectorLexicon(b *builder) *sectorLexicon {
	l := &sectorLexicon{words: b.kind()}
	for line := range strings.Lines(sectorWords) {
		code, phrases, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || strings.HasPrefix(code, "#") {
			continue
		}
		sure := weakWord
		if strings.HasSuffix(code, "*") {
			sure, code = sureWord, strings.TrimSuffix(code, "*")
		}
		i := slices.Index(l.sectors, code)
		if i < 0 {
			i = len(l.sectors)
			l.sectors = append(l.sectors, code)
		}
		for phrase := range strings.SplitSeq(phrases, " | ") {
			if strings.ToLower(phrase) == phrase {
				b.add(l.words, i*4+sure, phrase)
			} else {
				b.addStrict(l.words, i*4+sure, phrase) // a name: "Target", "Gap"
			}
		}
	}
	for _, t := range vocab.Organizations().Terms() {
		code := t.Attr("sector")
		switch code {
		case "42", "45", "72":
			code = "44"
		}
		if i := slices.Index(l.sectors, code); i >= 0 && t.Attr("kind") == "" && t.Attr("ambiguous") != "yes" {
			b.addStrict(l.words, i*4+knownName, t.Value)
		}
	}
	return l
}

// The strengths of a phrase: weakWord, sureWord and the name of a known organization.
const (
	weakWord = iota
	sureWord
	knownName
)

// sectorFeatures is the number of features that a sector can have.
const sectorFeatures = 10

// features returns numbers of what the phrases of each sector amount to: how
// many there are, how many are sure, and how many stand within names.
func (l *sectorLexicon) features(d *document) []int32 {
	var count [maxClasses][4]int
	for _, h := range d.hits[l.words] {
		c := &count[h.entry/4]
		switch h.entry % 4 {
		case knownName:
			c[3]++
			continue
		case sureWord:
			c[1]++
			if d.is(int(h.from), capital) && !d.is(int(h.from), first) {
				c[2]++
			}
		}
		c[0]++
	}
	var out []int32
	top, most := -1, 0
	for i := range l.sectors {
		base := int32(i * sectorFeatures)
		c := count[i]
		if n := c[0] + 2*c[1] + 3*c[2] + 4*c[3]; n > most {
			top, most = i, n
		}
		for k, on := range []bool{c[0] > 0, c[0] > 2, c[1] > 0, c[1] > 2, c[2] > 0, c[2] > 1, c[3] > 0, c[3] > 1} {
			if on {
				out = append(out, base+int32(k))
			}
		}
	}
	if top >= 0 {
		out = append(out, int32(top*sectorFeatures+8))
		if most > 6 {
			out = append(out, int32(top*sectorFeatures+9))
		}
	}
	return out
}

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
	// leadSector is the number of tokens in which a victim is named whose sector
	// stands in any case, and sureModel the probability from which the model knows
	// better than a name that comes later.
	leadSector = 40
	sureModel  = 0.7
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
	class, sure := "", 0.0
	if own == "" || victim.from >= leadSector {
		p, best, _, _ := r.model.score(d, func(sent int32) bool { return d.tells[sent] == 0 }, r.lexicon.features(d))
		best = r.model.known(&p, best)
		class, sure = r.model.classes[best], p[best]
	}
	if own != "" && (sure < sureModel || class == noSector) {
		d.propose(candidate{field: data.Sector, value: own, status: data.Derived, confidence: 0.95 * victim.confidence, rule: "sector.of-victim", from: victim.from, to: victim.to, incident: 0})
		return
	}
	if class == noSector || sure < leastSector {
		return
	}
	from, to := r.telling(d, class, victim)
	d.propose(candidate{field: data.Sector, value: class, status: data.Derived, confidence: 0.3 + 0.6*sure, rule: "sector.model", from: from, to: to, incident: 0})
}

// ofVictim returns the victim and its sector, "" where the vocabulary has none. A
// university or a shop is a provider of care where health law is spoken of.
func (r *sectorRules) ofVictim(d *document) (victim candidate, code string) {
	for _, c := range d.candidates {
		if c.field != data.Victim || c.status != data.Actual && c.status != data.Derived || d.incidentOf(&c) != 0 {
			continue
		}
		t, _ := vocab.Organizations().Lookup(c.value)
		code = t.Attr("sector")
		if c.confidence < sureVictim || c.confidence < sureSource && t.Attr("kind") != "" || code != health && len(d.hits[r.health]) > 1 {
			code = ""
		}
		return c, code
	}
	return victim, ""
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
