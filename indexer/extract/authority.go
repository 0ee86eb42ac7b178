package extract

import "incidex/data"

// authorityRules find regulators and police by how they are called, for the model of
// roles to choose from: a vocabulary has not every state's attorney general.
type authorityRules struct {
	tails, heads kind
	// joining are the words within a name that are written small.
	joining wordSet
}

// Words that end and begin the names of authorities: "Maine Attorney General",
// "Ministry of Health".
var (
	authorityTails = []string{"attorney general", "police", "police department/force/service/agency", "state police", "sheriff's office", "data protection authority/commissioner/inspectorate/commission/ombudsman/agency",
		"privacy commissioner", "information commissioner", "privacy protection authority/commission", "information protection commission", "prosecutor/prosecutors", "public prosecutor", "ministry", "secret service", "security agency/authority/service",
		"cyber security/cybersecurity centre/center/agency/directorate", "crime agency/unit/bureau", "investigation bureau", "supervisory authority/commission", "regulation authority", "regulator", "commission", "authority", "communications authority", "control board", "intelligence service", "central bank", "cert", "ombudsman", "inspectorate"}
	authorityHeads = []string{"office of the", "department/ministry/bureau/office/commission/board/division/secretariat of", "ministry for", "bank of", "police", "commissioner for", "garda", "cert"}
)

const (
	// authorityWords is the number of words that a name has before its tail or after
	// its head.
	authorityWords = 4
	// maxAuthorities bounds the names of an article.
	maxAuthorities = 24
)

func newAuthorityRules(b *builder) *authorityRules {
	r := &authorityRules{tails: b.kind(), heads: b.kind()}
	b.add(r.tails, 0, authorityTails...)
	b.add(r.heads, 0, authorityHeads...)
	r.joining = b.set("of the and for de la")
	return r
}

func (r *authorityRules) find(d *document) {
	if !d.hasSubject() {
		return
	}
	n := 0
	propose := func(from, to int, rule string) {
		if n == maxAuthorities || d.incidentAt(from) != 0 {
			return
		}
		n++
		c := candidate{field: data.RegulatorField, value: d.text(from, to), status: data.Actual, confidence: .1, rule: rule, from: from, to: to, incident: bySentence, wide: true}
		d.noted(&c)
		d.mark(&c, d.tokens[to-1].is(capital), to-from > 2, d.sents[d.tokens[from].sent].title)
		d.propose(c)
	}
	for _, h := range d.hits[r.tails] {
		s := &d.sents[d.tokens[h.from].sent]
		from := int(h.from)
		for from > int(s.from) && int(h.from)-from < authorityWords && inName(d.tokens[from-1]) && !d.is(from-1, punct) {
			from--
		}
		if from < int(h.from) || d.tokens[from].is(capital) && h.to-h.from > 1 {
			propose(from, int(h.to), "regulator.by-tail")
		}
	}
	for _, h := range d.hits[r.heads] {
		s := &d.sents[d.tokens[h.from].sent]
		to := int(h.to)
		for to < int(s.to) && to-int(h.to) < authorityWords && (d.tokens[to].is(capital) || r.joining.has(d.word(to))) && !d.is(to, punct) {
			to++
		}
		for to > int(h.to) && r.joining.has(d.word(to-1)) {
			to--
		}
		if to > int(h.to) && d.tokens[h.from].is(capital) {
			propose(int(h.from), to, "regulator.by-head")
		}
	}
}
