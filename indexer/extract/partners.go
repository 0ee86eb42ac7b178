package extract

import "incidex/data"

// partners proposes brands and suppliers of the subject: names of the gazetteer
// whose parent is the victim, and names behind words for suppliers.
func (s *storyRules) partners(d *document) {
	if !d.hasSubject() || d.victim < 0 {
		return
	}
	victim := s.orgs.nameOf(d, d.victim)
	s.rivals(d)
	for i := range d.orgs {
		g := &d.orgs[i]
		if g.alias != i || i == d.victim || g.class != orgPlain || g.incident != noIncident {
			continue
		}
		s.anyPartner(d, i, victim)
		name := s.orgs.nameOf(d, i)
		supplied := g.feats[fPre+preSupplier] > 0 || g.feats[fPre+preAssociate] > 0 || g.feats[fPost+postAssociate] > 0 || g.feats[fAppos+apposAssociate] > 0
		switch {
		case g.entry >= 0 && s.orgs.table.Terms()[g.entry].Attr("parent") == victim:
			s.cite(d, 0, i, candidate{field: data.Brand, value: name, confidence: .9, rule: "brand.of-victim"})
		case supplied && g.feats[fActor]+g.feats[fRegulator]+g.feats[fKnownPublisher]+g.feats[fKnownLawFirm] == 0 && name != victim:
			s.cite(d, 0, i, candidate{field: data.Supplier, value: name, confidence: .7, rule: "supplier.by-role"})
		}
	}
}

// anyPartner proposes a name as brand, supplier and parent, for the model of roles to
// choose from.
func (s *storyRules) anyPartner(d *document, i int, victim string) {
	g := &d.orgs[i]
	known := g.entry >= 0
	parent := known && s.orgs.table.Terms()[g.entry].Attr("parent") == victim
	v := &d.orgs[d.victim]
	owner := v.entry >= 0 && s.orgs.table.Terms()[v.entry].Attr("parent") == s.orgs.nameOf(d, i)
	for _, f := range [...]data.Field{data.Brand, data.Supplier, data.Parent} {
		c := candidate{field: f, value: s.orgs.nameOf(d, i), confidence: .1, rule: "partner.any", wide: true}
		d.noted(&c)
		d.mark(&c, known, parent, owner, g.feats[fKnownVendor] > 0, g.feats[fKnownSecurity] > 0, g.feats[fKnownPublisher] > 0, g.feats[fKnownPlatform] > 0, g.feats[fKnownAgency]+g.feats[fRegulator] > 0,
			g.feats[fInTitle] > 0, g.feats[fLead] > 0, g.feats[fSuffix] > 0, g.feats[fGeneric] > 0, g.feats[fHead] > 0, g.feats[fPlace] > 0, g.feats[fKnownVictim] > 0, g.feats[fKnownLawFirm] > 0)
		d.noteCues(&c, g)
		s.cite(d, 0, i, c)
	}
}

// rivals proposes the likeliest names as the victim, for the model of roles to judge.
func (s *storyRules) rivals(d *document) {
	best := d.orgs[d.victim].score
	for i := range d.orgs {
		g := &d.orgs[i]
		if g.alias != i || g.score < best-rivalWithin || s.commonNoun(d, g) {
			continue
		}
		share := d.shareOf(i)
		c := candidate{field: data.Victim, value: s.orgs.nameOf(d, i), confidence: .1, rule: "victim.any", wide: true}
		d.noted(&c)
		d.measure(&c, nOdds, logit(share))
		d.measure(&c, nOddsHead, max(-4, min(4, g.score/3)))
		d.note(&c, nKept, d.num(int(share*20)))
		d.note(&c, nOrder, d.num(int(min(9, best-g.score))))
		d.note(&c, nWeight, d.num(int(max(0, min(20, 10+2*g.score)))))
		d.mark(&c, i == d.victim, g.feats[fInTitle] > 0, g.feats[fLead] > 0, g.feats[fLeadFirst] > 0, g.feats[fKnownVictim] > 0, g.feats[fKnownSecurity] > 0, g.feats[fKnownPublisher] > 0, g.feats[fKnownAgency]+g.feats[fRegulator] > 0, g.feats[fKnownVendor] > 0,
			g.feats[fKnownPlatform] > 0, g.feats[fActor] > 0, g.feats[fMalware] > 0, g.feats[fPlace] > 0, g.feats[fPerson] > 0, g.feats[fSuffix] > 0, g.feats[fHead] > 0, g.feats[fDomain] > 0, g.feats[fShort] > 0, g.feats[fCommon] > 0, g.feats[fAllCaps] > 0,
			g.feats[fHasAlias] > 0, g.feats[fPublisher] > 0, g.feats[fIncidentAny] > 0, g.feats[fFirstIncident] > 0, g.feats[fHeadTitle] > 0, g.feats[fQuoted] > 0, g.feats[fPersonLike] > 0, g.feats[fGeneric] > 0, g.feats[fListed] > 0, g.feats[fWithCount] > 0, g.entry >= 0)
		d.noteCues(&c, g)
		s.cite(d, 0, i, c)
	}
}

// bareNouns are words of names that are no name by themselves: "City confirms breach".
const bareNouns = `info information service services system systems data database databases server servers network networks user users
	customer customers site sites website websites web app apps email emails account accounts password passwords hacker hackers group company
	firm bank banks hospital hospitals school schools university city county government ministry police army military state agency department
	council court parliament center centre club store stores shop market exchange wallet bridge clinic internet online security cyber software
	hardware device devices phone phones router routers atm atms malware ransomware virus botnet card cards credit payment payments bitcoin
	crypto cryptocurrency health healthcare insurance airline airport hotel hotels casino forum blog media news press social mobile cloud`

// software are names of programs and protocols: what runs them is the victim.
const software = `windows macos ios android linux unix ubuntu debian bluetooth wifi wordpress joomla drupal magento memcached mongodb elasticsearch
	openssl apache nginx java javascript python chrome firefox safari photoshop flash struts log4j log4shell heartbleed`

// commonNoun reports whether a name is that of malware ("BIOPASS RAT") or runs into
// what happened ("InterWorx Hacked"), which no gazetteer need know, or that of software,
// or a single everyday word that none knows:
// the capitals of a headline or of a sentence's beginning make "Info" and "Million" no
// victims.
func (s *storyRules) commonNoun(d *document, g *org) bool {
	if g.entry < 0 && s.threats.has(d.tokens[g.to-1].word) {
		return true
	}
	if g.to-g.from == 1 && s.software.has(d.tokens[g.from].word) {
		return true
	}
	if g.entry >= 0 || g.to-g.from > 1 || g.feats[fAllCaps]+g.feats[fDomain] > 0 {
		return false
	}
	return g.feats[fCommon] == 1 || s.bare.has(d.tokens[g.from].word)
}

// rivalWithin is how far behind the likeliest victim the score of another may be.
const rivalWithin = 4

// noteCues notes the groups of cues that stand before, behind and in appositions of a
// name.
func (d *document) noteCues(c *candidate, g *org) {
	for _, base := range [...][2]int{{fPre, nPre}, {fPost, nPost}, {fAppos, nAppos}} {
		for k := range base[1] {
			if g.feats[base[0]+k] > 0 {
				d.note(c, nCue, d.num(min(99, base[0]-fPost+k)))
			}
		}
	}
}
