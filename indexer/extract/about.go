package extract

import "math"

// The features of a document as one that is about an incident.
const (
	sBias = iota
	sSentences
	sTitled
	sHeadlineOnly
	sNames
	sScore
	sShare
	sMargin
	sNoName
	sCount
	sCountTitle
	sKnownVictim
	sKnownSecurity
	sKnownVendor
	sKnownPlatform
	sKnownAgency
	sActorTitle
	sMalwareTitle
	sQuestion
	sPlaceBest
	sVictimTitle
	sCues
	sTitleDigit
	sTitleQuote
	sFirstHow
	sFirstNo
	// Sentences that tell of one event at the likely victim: in the text, in the title.
	sTold
	sTitleTold
	sVictim
	sAnyTitle   = sVictim + len(victimOwn)
	sTitleTopic = sAnyTitle + len(titleCues)
	sLeadTopic  = sTitleTopic + nTopics
	sTopic      = sLeadTopic + nTopics
	sCue        = sTopic + nTopics
	// The cues around the likely victim: any, title and lead, behind and before.
	nStoryFeatures = sCue + nVictimFeatures - fPost
)

// victimOwn are the features of the likely victim that are taken over.
var victimOwn = [...]int{fLead, fLeadFirst, fPlaces, fShare, fTop, fIncidentShare, fIncidentAny, fWithCount, fFirstIncident, fPossessive, fHead, fDomain, fAllCaps, fPersonLike, fGeneric, fHasAlias}

// titleCues are cue features that count for any name of the title.
var titleCues = [...]int{fPostTitle + postMalware, fPostTitle + postAttacker, fPostTitle + postBreach, fPostTitle + postSuffer,
	fPostTitle + postPassive, fPostTitle + postBare, fPostTitle + postConfirm, fPostTitle + postNotify, fPostTitle + postHolder,
	fPostTitle + postPay, fPostTitle + postPatch, fPreTitle + preAttackOn, fPreTitle + preFrom, fPreTitle + preHacked, fPreTitle + preGroup, fPreTitle + preVia}

// describe fills the features of the document as a story.
func (s *storyRules) describe(d *document) {
	f := &d.about
	*f = [nStoryFeatures]float32{}
	f[sBias] = 1
	body := 0
	for i, sent := range d.sents {
		base := sTopic
		switch {
		case sent.title:
			f[sTitled] = 1
			base = sTitleTopic
		case int(sent.from) < d.lead:
			base = sLeadTopic
			body++
		default:
			body++
		}
		for t := range nTopics {
			if d.topics[i]>>t&1 != 0 {
				if base == sTopic {
					f[base+t]++
				} else {
					f[base+t] = 1
				}
				if base == sLeadTopic {
					f[sTopic+t]++
				}
			}
		}
		if sent.title && i == 0 {
			if d.hitStarting(s.topics[topicHowTo], int(sent.from)) != nil {
				f[sFirstHow] = 1
			}
			if d.hitStarting(s.topics[topicDenied], int(sent.from)) != nil {
				f[sFirstNo] = 1
			}
		}
		if first := d.tokens[sent.from]; sent.title && first.is(digit) {
			f[sTitleDigit] = 1
		} else if sent.title && first.is(punct) {
			f[sTitleQuote] = 1
		}
		if sent.title && s.question.has(d.word(int(sent.to)-1)) {
			f[sQuestion] = 1
		}
	}
	for t := range nTopics {
		f[sTopic+t] /= float32(max(3, body))
	}
	f[sSentences] = log2(1+float32(body)) / 5
	if body <= 1 {
		f[sHeadlineOnly] = 1
	}
	s.describeVictim(d)
	for i := range d.counts {
		c := &d.counts[i]
		if p := float32(sigmoid(dot(s.counts.keep, c.feats[:]))); p > f[sCount] {
			f[sCount] = p
		}
		if c.feats[cTitle] == 1 && c.unit >= 0 && c.unit <= groupFiles {
			f[sCountTitle] = 1
		}
	}
}

func (s *storyRules) describeVictim(d *document) {
	f := &d.about
	f[sNames] = log2(1+float32(len(d.orgs))) / 5
	if d.victim < 0 {
		f[sNoName] = 1
		return
	}
	best := &d.orgs[d.victim]
	all, second := 0.0, math.Inf(-1)
	for i := range d.orgs {
		g := &d.orgs[i]
		if g.alias != i {
			continue
		}
		all += math.Exp(g.score - best.score)
		if i != d.victim {
			second = max(second, g.score)
		}
		if g.feats[fInTitle] == 1 {
			for k, cue := range titleCues {
				f[sAnyTitle+k] = max(f[sAnyTitle+k], g.feats[cue])
			}
			f[sActorTitle] = max(f[sActorTitle], g.feats[fActor])
			f[sMalwareTitle] = max(f[sMalwareTitle], g.feats[fMalware])
		}
	}
	f[sScore] = float32(max(-3, min(3, best.score/3)))
	f[sCues] = float32(max(-3, min(3, dot(s.victims.weights[fPost:], best.feats[fPost:])/3)))
	f[sShare] = float32(1 / all)
	f[sMargin] = float32(min(2, (best.score-max(second, -20))/3))
	f[sKnownVictim] = best.feats[fKnownVictim]
	f[sKnownSecurity] = best.feats[fKnownSecurity]
	f[sKnownVendor] = best.feats[fKnownVendor]
	f[sKnownPlatform] = best.feats[fKnownPlatform]
	f[sKnownAgency] = max(best.feats[fKnownAgency], best.feats[fRegulator])
	f[sPlaceBest] = max(best.feats[fPlace], best.feats[fPerson])
	f[sVictimTitle] = best.feats[fInTitle]
	for k, own := range victimOwn {
		f[sVictim+k] = best.feats[own]
	}
	told := 0
	last := int32(-1)
	for _, p := range d.places {
		sent := d.tokens[p.from].sent
		if sent == last || d.rootOrg(p.org) != d.victim || d.topics[sent]&strongIncident == 0 || d.topics[sent]&(1<<topicHappened|1<<topicEvent) == 0 {
			continue
		}
		last = sent
		if d.sents[sent].title {
			f[sTitleTold] = 1
		} else {
			told++
		}
	}
	f[sTold] = log2(1+float32(told)) / 3
	for k := fPost; k < nVictimFeatures; k++ {
		f[sCue+k-fPost] = min(1.5, best.feats[k])
	}
}
