package extract

import (
	"math"

	"incidex/data/vocab"
)

// The features of a name as the victim. Those of cue groups follow: behind and
// before the name, in the title, in the lead and anywhere.
const (
	fBias = iota
	fInTitle
	fTitleFirst
	fTitleOnly
	fLead
	fLeadFirst
	fBodyFirst
	fPlaces
	fShare
	fTop
	fLate
	fKnownVictim
	fKnownSecurity
	fKnownPublisher
	fKnownAgency
	fKnownLawFirm
	fKnownVendor
	fKnownPlatform
	fActor
	fMalware
	fRegulator
	fPlace
	fPerson
	fSuffix
	fLLP
	fHead
	fDomain
	fTokens
	fShort
	fCommon
	fAllCaps
	fHasAlias
	fApposition
	fBracketed
	fPublisher
	fIncidentShare
	fIncidentAny
	fWithCount
	fFirstIncident
	fPossessive
	fParagraphs
	fHeadTitle
	fQuoted
	fPersonLike
	fGeneric
	fListed
	fPost
	fPostTitle      = fPost + nPost
	fPostLead       = fPostTitle + nPost
	fPre            = fPostLead + nPost
	fPreTitle       = fPre + nPre
	fPreLead        = fPreTitle + nPre
	fAppos          = fPreLead + nPre
	nVictimFeatures = fAppos + nAppos
)

// The groups of phrases inside of an apposition behind a name.
const (
	apposBased = iota
	apposSecurity
	apposCompany
	apposPerson
	apposAssociate
	apposActor
	apposProduct
	apposEntity
	nAppos
)

var apposCues = [nAppos][]string{
	apposBased:     {"based", "headquartered", "located"},
	apposSecurity:  {"security firm/company/researcher/vendor/provider/startup", "cybersecurity firm/company/vendor/researcher", "law firm", "intelligence firm/company", "forensics", "researcher", "expert", "analyst"},
	apposCompany:   {"company/provider/retailer/bank/hospital/university/website/site/platform/service/giant/chain/firm/maker/manufacturer/operator/airline/insurer/exchange/startup/agency/department/contractor/organization/business/vendor/network/school/college/subsidiary/practice/clinic"},
	apposPerson:    {"ceo/cto/ciso/director/president/founder/spokesman/spokeswoman/spokesperson/chief/professor/vice/head/senior/manager/executive/officer/attorney/judge/minister"},
	apposAssociate: {"business associate", "vendor", "contractor", "subcontractor", "third-party", "third party", "supplier"},
	apposActor:     {"hacker/hackers/group/gang/collective/hacktivist/criminal"},
	apposEntity:    {"covered entity"},
	apposProduct:   {"malware/ransomware/trojan/botnet/tool/software/app/framework/library/plugin/protocol/browser/database/system"},
}

// Limits of the look around a name.
const (
	// maxApposition is the number of tokens that a comma or bracket behind a name can enclose.
	maxApposition = 24
	// maxBefore is the number of words between a cue and the name that it is about.
	maxBefore = 5
	// maxAdverbs is the number of words that may stand between a name and its verb.
	maxAdverbs = 3
)

// victimRules score names as the victim.
type victimRules struct {
	orgs                 *orgRules
	post, pre, appos     *cueTrie
	comma, close, open   int32
	adverbs, stops, arts wordSet
	quotes               wordSet
	which, listed        wordSet
	kinds                []int // feature of each organization's kind
	weights              []float64
}

func newVictimRules(b *builder, orgs *orgRules) *victimRules {
	v := &victimRules{orgs: orgs}
	v.post = newCueTrie(b, postCues[:], false)
	v.pre = newCueTrie(b, preCues[:], true)
	v.appos = newCueTrie(b, apposCues[:], false)
	v.comma, v.open, v.close = b.word(","), b.word("("), b.word(")")
	v.adverbs = b.set("also recently today now just yesterday reportedly allegedly apparently again still finally later previously first publicly officially quietly monday tuesday wednesday thursday friday saturday sunday on and inc . has have had itself")
	v.stops = b.set("of on at in from by with to for and or that which who said has was were is are , . ( ) ; : \" “ ” —")
	v.arts = b.set("the a an its their his her our this that those these")
	v.quotes = b.set("\" “ ” ' ‘ ’")
	v.listed = b.set(", and or & the /")
	v.which = b.set("a an the one which who whose based formerly part owned previously also known")
	kinds := map[string]int{"": fKnownVictim, "security": fKnownSecurity, "publisher": fKnownPublisher, "agency": fKnownAgency, "lawfirm": fKnownLawFirm, "vendor": fKnownVendor, "platform": fKnownPlatform}
	for _, term := range vocab.Organizations().Terms() {
		v.kinds = append(v.kinds, kinds[term.Attr("kind")])
	}
	v.weights = weightsOf("victim", nVictimFeatures)
	return v
}

// What a name gains that stands in the title, and what a regulator or agency,
// and what an attacker or malware loses. Most gold has no titles and few authorities, so that weights learned from
// it give too little on these.
const (
	titleBonus     = 0.9
	authorityMalus = 0.7
	attackerMalus  = 2.5
	// lateMalus is what a name loses that neither title nor lead has, where the title
	// begins with another that the lead has as well.
	lateMalus = 3
)

// score fills the features and the score of every name.
func (v *victimRules) score(d *document) {
	v.features(d)
	d.headed = false
	for i := range d.orgs {
		g := &d.orgs[i]
		d.headed = d.headed || g.class == orgPlain && g.feats[fTitleFirst] > 0 && g.feats[fLead] > 0 && g.feats[fKnownSecurity]+g.feats[fKnownPublisher]+g.feats[fKnownAgency]+g.feats[fKnownVendor]+g.feats[fKnownPlatform] == 0
	}
	for i := range d.orgs {
		g := &d.orgs[i]
		g.score = math.Inf(-1)
		if g.alias == i {
			g.score = dot(v.weights, g.feats[:]) + titleBonus*float64(g.feats[fInTitle]) - authorityMalus*float64(max(g.feats[fRegulator], g.feats[fKnownAgency])) - attackerMalus*float64(max(g.feats[fActor], g.feats[fMalware]))
		}
	}
}

func dot(w []float64, x []float32) float64 {
	sum := 0.0
	for i, f := range x {
		if f != 0 {
			sum += w[i] * float64(f)
		}
	}
	return sum
}

func (v *victimRules) features(d *document) {
	for i := range d.orgs {
		d.orgs[i].feats = [nVictimFeatures]float32{}
		d.orgs[i].listPost, d.orgs[i].listPre = 0, 0
	}
	lead := d.lead
	firstBody, firstIncident := true, true
	first, last := 0, -1
	for n := range d.places {
		p := &d.places[n]
		if n > last {
			first, last = n, v.listEnd(d, n)
		}
		root := d.rootOrg(p.org)
		g := &d.orgs[root]
		sent := int(d.tokens[p.from].sent)
		s := &d.sents[sent]
		inTitle, inLead := s.title, !s.title && p.from < lead
		v.around(d, p.from, p.to, g, inTitle, inLead)
		if first < last {
			g.feats[fListed] = 1
			groups, _ := v.post.at(d, d.places[last].to)
			g.listPost |= groups
			g.listPre |= v.before(d, d.places[first].from)
		}
		f := &g.feats
		f[fPlaces]++
		if inTitle {
			f[fInTitle] = 1
			if p.from <= 1 {
				f[fTitleFirst] = 1
			}
		} else if g.class != orgPlace && g.class != orgPerson && firstBody {
			f[fBodyFirst], firstBody = 1, false
		}
		if inLead {
			f[fLead] = 1
			if p.from <= int(s.from)+1 {
				f[fLeadFirst] = 1
			}
		}
		if d.topics[sent]&strongIncident != 0 {
			f[fIncidentShare]++
			f[fIncidentAny] = 1
			if firstIncident && !inTitle && g.class == orgPlain {
				f[fFirstIncident], firstIncident = 1, false
			}
		}
		if d.counted[sent] {
			f[fWithCount] = 1
		}
		if d.is(p.to-1, possessive) {
			f[fPossessive]++
		}
		if v.quotes.has(d.word(p.from-1)) && v.quotes.has(d.word(p.to)) {
			f[fQuoted] = 1
		}
	}
	v.global(d)
}

// leadEnd is the token where the lead ends: two sentences of the text, or three
// when they are short.
func (d *document) leadEnd() int {
	n, end := 0, 0
	for _, s := range d.sents {
		if s.title {
			continue
		}
		n++
		end = int(s.to)
		if n == 2 && end-int(s.from) > 12 || n == 3 {
			break
		}
	}
	return end
}

// listEnd returns the last place of the list that place n begins: "Acme, Bravo and
// Corvo"; what stands before and behind a list is said of all its members.
func (v *victimRules) listEnd(d *document, n int) int {
	for n+1 < len(d.places) && d.tokens[d.places[n].from].sent == d.tokens[d.places[n+1].from].sent {
		from, to := d.places[n].to, d.places[n+1].from
		if to <= from || to-from > 3 {
			return n
		}
		for k := from; k < to; k++ {
			if !v.listed.has(d.word(k)) {
				return n
			}
		}
		n++
	}
	return n
}

// around notes the cues around the tokens [from, to) of a name.
func (v *victimRules) around(d *document, from, to int, g *org, inTitle, inLead bool) {
	p := place{from: from, to: to}
	note := func(groups uint64, base, title, lead int) {
		for k := 0; groups != 0; k++ {
			if groups&1 != 0 {
				g.feats[base+k]++
				if inTitle {
					g.feats[title+k] = 1
				} else if inLead {
					g.feats[lead+k] = 1
				}
			}
			groups >>= 1
		}
	}
	end := int(d.sents[d.tokens[p.from].sent].to)
	i := v.orgs.afterName(d, p.to)
	if d.word(i) == v.comma {
		if groups, _ := v.post.at(d, i); groups != 0 { // ", who", ", the company's"
			note(groups, fPost, fPostTitle, fPostLead)
		}
	}
	i = v.skip(d, i, end, g)
	if groups, n := v.post.at(d, i); n > 0 && i < end {
		note(groups, fPost, fPostTitle, fPostLead)
	} else {
		for k := 0; k < maxAdverbs && i < end && v.adverbs.has(d.word(i)); k++ {
			i++
			if groups, n := v.post.at(d, i); n > 0 && i < end {
				note(groups, fPost, fPostTitle, fPostLead)
				break
			}
		}
	}
	begin := int(d.sents[d.tokens[p.from].sent].from)
	for i, k := p.from, 0; i > begin && k <= maxBefore; k++ {
		if groups, n := v.pre.at(d, i); n > 0 && i-n >= begin {
			note(groups, fPre, fPreTitle, fPreLead)
			// A noun before the name may itself stand behind a cue: "attack on retailer X".
			if groups == 1<<preNoun {
				i -= n
				for i > begin && !v.stops.has(d.word(i-1)) && k <= maxBefore {
					if groups, n := v.pre.at(d, i); n > 0 && groups != 1<<preNoun {
						note(groups, fPre, fPreTitle, fPreLead)
						break
					}
					i--
					k++
				}
				if groups, n := v.pre.at(d, i); n > 0 && v.stops.has(d.word(i-1)) {
					note(groups&^(1<<preAnd), fPre, fPreTitle, fPreLead)
				}
			}
			break
		}
		if v.stops.has(d.word(i - 1)) {
			break
		}
		i--
	}
}

// before returns the cues before a list of names.
func (v *victimRules) before(d *document, i int) uint64 {
	begin := int(d.sents[d.tokens[i].sent].from)
	for k := 0; i > begin && k <= maxBefore; k++ {
		if groups, n := v.pre.at(d, i); n > 0 && i-n >= begin {
			return groups
		}
		i--
	}
	return 0
}

// skip passes brackets and an apposition behind a name, and notes what they hold.
func (v *victimRules) skip(d *document, i, end int, g *org) int {
	for range 2 {
		switch {
		case i < end && d.word(i) == v.open:
			for k := i + 1; k < end && k < i+maxApposition; k++ {
				if d.word(k) == v.close {
					g.feats[fBracketed] = 1
					i = k + 1
					break
				}
			}
		case i+1 < end && d.word(i) == v.comma && v.which.has(d.word(i+1)):
			for k := i + 1; k < end && k < i+maxApposition; k++ {
				if groups, _ := v.appos.at(d, k); groups != 0 {
					for a := range nAppos {
						if groups>>a&1 != 0 {
							g.feats[fAppos+a] = 1
						}
					}
				}
				if d.word(k) == v.comma {
					g.feats[fApposition] = 1
					i = k + 1
					break
				}
			}
		}
	}
	return i
}
