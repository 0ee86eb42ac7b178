package extract

import (
	_ "embed"
	"slices"
	"strings"

	"incidex/data/vocab"
)

// The phrases of the sector lexicon are features of the sector model: how many
// there are, how sure they are, and where they stand.

//go:embed sector_words.txt
var sectorWords string

// sectorLexicon finds the listed phrases and makes features of them.
type sectorLexicon struct {
	words   kind // entries: index into sectors * 4, plus one of the strengths
	sectors []string
	// articles stand before what the text is about ("the hospital"), and holders
	// behind it ("hospital employee").
	articles, holders wordSet
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
		if i := slices.Index(l.sectors, retailOf(t.Attr("sector"))); i >= 0 && t.Attr("kind") == "" && t.Attr("ambiguous") != "yes" {
			b.addStrict(l.words, i*4+knownName, t.Value)
		}
	}
	l.articles = b.set("the a an")
	l.holders = b.set("employee employees worker computer laptop official officials website server")
	return l
}

// retailOf returns the class of a sector: trade, hotels and restaurants are one.
func retailOf(code string) string {
	switch code {
	case "42", "45", "72":
		return "44"
	}
	return code
}

// The strengths of a phrase: weakWord, sureWord and the name of a known organization.
const (
	weakWord = iota
	sureWord
	knownName
	nStrengths
)

// The features of a sector. Those of a place have one for each strength.
const (
	phrases     = iota // a phrase
	manyPhrases        // more than two
	sures              // a sure phrase
	manySures          // more than two
	named              // a sure phrase within a name
	manyNamed          // more than one
	knowns             // a known organization
	manyKnowns         // more than one
	mostPhrases        // no other sector has as many phrases
	muchTheMost        // and they are many
	inSectorLead

	behindArticle  = inSectorLead + nStrengths
	beforeHolder   = behindArticle + nStrengths
	ofVictim       = beforeHolder + nStrengths // the vocabulary's sector of the victim
	ofSureVictim   = ofVictim + 1
	ofSource       = ofVictim + 2 // of a victim that is named rather as a source or a tool
	sectorFeatures = ofVictim + 3
)

// sectorLead is the number of tokens at the beginning in which a phrase tells more.
const sectorLead = 25

// features returns numbers of what the phrases of each sector amount to.
func (l *sectorLexicon) features(d *document) []int32 {
	var count [maxClasses][4]int
	var has [maxClasses * sectorFeatures]bool
	for _, h := range d.hits[l.words] {
		c := &count[h.entry/4]
		strength := int(h.entry % 4)
		switch strength {
		case knownName:
			c[3]++
		case sureWord:
			c[1]++
			if d.is(int(h.from), capital) && !d.is(int(h.from), first) {
				c[2]++
			}
			fallthrough
		default:
			c[0]++
		}
		at := has[int(h.entry/4)*sectorFeatures:]
		if h.from < sectorLead {
			at[inSectorLead+strength] = true
		}
		if h.to == h.from+1 && l.articles.has(d.word(int(h.from)-1)) {
			at[behindArticle+strength] = true
		}
		if l.holders.has(d.word(int(h.to))) {
			at[beforeHolder+strength] = true
		}
	}
	top, most := -1, 0
	for i := range l.sectors {
		c := count[i]
		if n := c[0] + 2*c[1] + 3*c[2] + 4*c[3]; n > most {
			top, most = i, n
		}
		at := has[i*sectorFeatures:]
		at[phrases], at[manyPhrases] = c[0] > 0, c[0] > 2
		at[sures], at[manySures] = c[1] > 0, c[1] > 2
		at[named], at[manyNamed] = c[2] > 0, c[2] > 1
		at[knowns], at[manyKnowns] = c[3] > 0, c[3] > 1
	}
	if top >= 0 {
		has[top*sectorFeatures+mostPhrases] = true
		has[top*sectorFeatures+muchTheMost] = most > 6
	}
	var out []int32
	for i, on := range has {
		if on {
			out = append(out, int32(i))
		}
	}
	return out
}

// extras returns the features of the phrases and of the victim, which may be the
// zero candidate.
func (r *sectorRules) extras(d *document, victim candidate) []int32 {
	out := r.lexicon.features(d)
	other := int32(len(r.lexicon.sectors) * sectorFeatures) // of no sector that the model knows
	if victim.value == "" {
		return append(out, other)
	}
	t, _ := vocab.Organizations().Lookup(victim.value)
	code := retailOf(t.Attr("sector"))
	if code == "" {
		return append(out, other+1)
	}
	base := other
	if i := slices.Index(r.lexicon.sectors, code); i >= 0 {
		base = int32(i * sectorFeatures)
	}
	if t.Attr("kind") != "" {
		return append(out, base+ofSource)
	}
	out = append(out, base+ofVictim)
	if victim.confidence > sureVictim {
		out = append(out, base+ofSureVictim)
	}
	return out
}
