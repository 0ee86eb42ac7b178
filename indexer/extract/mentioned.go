package extract

import (
	"math"
	"slices"

	"incidex/data"
)

// The features of a name as the victim of another incident, which the article
// only mentions. There are few examples to learn from, so cues that say the same
// are one feature.
const (
	mBias = iota
	mSubject
	mGap
	mLate
	mPlaces
	mInTitle
	mLead
	mRelated
	mOtherCue
	mOtherBefore
	mOtherStrong
	mOldYear
	mOldYearStrong
	mThisYear
	mPast
	mList
	mListed
	mCounted
	mWithVictim
	mAlone
	mStrong
	mStrongBefore
	mCueScore
	mVictimCue
	mSuspect
	mKnownStrong
	mKind
	mCue             = mKind + len(mentionKinds)
	mListCue         = mCue + len(mentionCues)
	mTopic           = mListCue + len(mentionLists)
	nMentionFeatures = mTopic + len(mentionTopics)
)

// mentionKinds are the features of a name that are taken over.
var mentionKinds = [...]int{fKnownVictim, fKnownSecurity, fKnownPublisher, fKnownAgency, fKnownLawFirm, fKnownVendor, fKnownPlatform, fRegulator, fPlace,
	fSuffix, fHead, fDomain, fPersonLike, fGeneric, fCommon, fShort, fPublisher, fPossessive}

// mentionCues are groups of cues around a name.
var mentionCues = [...][]int{
	{fPost + postSuffer, fPost + postPassive, fPost + postBare},
	{fPost + postBreach},
	{fPost + postDiscover, fPost + postLeak, fPost + postNotify, fPost + postConfirm},
	{fPost + postSay, fPost + postRole, fPost + postInvestigate},
	{fPost + postResearch, fPost + postPatch, fPost + postMalware},
	{fPost + postAttacker},
	{fPost + postHolder},
	{fPost + postPay},
	{fPost + postBased, fPost + postLaw},
	{fPre + preAttackOn, fPre + preHacked},
	{fPre + preFrom, fPre + preHolderOf},
	{fPre + preResearch, fPre + preTold, fPre + preSecurity, fPre + preRole, fPre + preNotified},
	{fPre + preVia, fPre + preIn},
	{fPre + preLike, fPre + preSince},
	{fPre + preNoun},
	{fPre + preParent, fPre + preSupplier, fAppos + apposProduct},
	{fPre + preGroup, fPre + preBy},
	{fPre + preAgainst},
	{fAppos + apposSecurity, fAppos + apposPerson, fAppos + apposActor},
	{fAppos + apposCompany, fAppos + apposBased},
}

// cueAttackOn is the group of cues before the target of an attack.
const cueAttackOn = 9

// listCue is a cue around the list that a name stands in.
type listCue struct{ post, pre uint64 }

// mentionLists are groups of cues around lists.
var mentionLists = [...]listCue{
	{post: 1<<postSuffer | 1<<postPassive | 1<<postBare | 1<<postBreach},
	{pre: 1<<preAttackOn | 1<<preHacked | 1<<preFrom | 1<<preHolderOf},
	{pre: 1<<preLike | 1<<preSince},
	{pre: 1<<preVia | 1<<preResearch | 1<<preTold | 1<<preSecurity, post: 1<<postSay | 1<<postResearch},
}

// mentionTopics are the topics of the sentences that name a name.
var mentionTopics = [...]int{topicBreach, topicAttack, topicStolen, topicLoss, topicVulnerability, topicMalware, topicCampaign, topicPolice, topicMarket,
	topicMaybe, topicGeneral, topicLegal, topicPlural, topicEvent, topicNotice}

// otherCues are words that lead from the incident of an article to others.
var otherCues = []string{"unlike", "such as", "like the", "among them", "including", "other/others/another", "earlier this/in", "last year/year's/month/month's/week/week's/summer/spring/fall/autumn/winter/december",
	"in recent weeks/months/years", "recent/recently", "list/string/series/wave/spate/rash/victims of", "growing list", "also hit/targeted/suffered/breached/hacked/attacked/compromised/blamed/behind/responsible",
	"was/were also", "has/have also", "too", "as well", "similar/similarly", "previous/previously/earlier/prior", "following/follows/followed", "joins/joined/join", "same group/gang/hackers/hacker/attackers/ring/circle/actors/way/crew",
	"blamed for", "behind the/a/an", "responsible for", "attributed/attributes", "linked to", "connected to", "days/weeks/months/years/year later/earlier/before/after/ago", "remember", "history", "in the past", "surpasses/passes/exceeds/dwarfs/eclipses/rivals",
	"larger/bigger/smaller/worse than", "largest/biggest", "compared to/with", "who suffered", "for example/instance", "reminiscent", "back in", "fresh", "so did/was/were", "also", "not just/the first/alone", "after the/a", "since the", "in the wake", "came after", "comes after/weeks/months/days", "just days/weeks/months"}

// otherWithin is the number of tokens around a name within which such words count.
const otherWithin = 30

// mentionFrom is the probability from which a name is taken for the victim of a
// mentioned incident, and maxMentioned the number of these that are kept.
const (
	mentionFrom  = 0.18
	maxMentioned = 40
)

// mentions finds the names of victims of mentioned incidents and gives sentences
// to the incidents that they tell of.
func (s *storyRules) mentions(d *document) {
	s.describeMentions(d)
	subject := d.hasSubject()
	for i := range d.orgs {
		g := &d.orgs[i]
		if g.alias != i || subject && i == d.victim || g.class == orgActor || g.class == orgMalware || g.class == orgPerson || g.class == orgPlace {
			continue
		}
		if s.partner(d, i) {
			continue
		}
		if p := sigmoid(dot(s.mention, d.rows[i][:])); p >= mentionFrom && len(d.incidents) < maxMentioned {
			d.incidents = append(d.incidents, incident{role: data.Mentioned, victim: i, likely: p, only: anySentence})
		}
	}
	s.tell(d)
	s.again(d)
}

// partner reports whether a name has a part in the subject's incident that keeps
// it from being the victim of another: the house of the victim, a payment network,
// a regulator that nobody attacks.
func (s *storyRules) partner(d *document, i int) bool {
	g, row := &d.orgs[i], &d.rows[i]
	if d.hasSubject() && row[mRelated] == 1 && row[mOldYearStrong]+row[mOtherStrong] < 2 {
		return true
	}
	return g.class == orgRegulator && row[mVictimCue] == 0 || d.hitStarting(s.networks, g.from) != nil && row[mCue] == 0 || s.laws.has(d.word(g.to-1))
}

// describeMentions fills the rows of features of all names.
func (s *storyRules) describeMentions(d *document) {
	d.rows = d.rows[:0]
	for i := range d.orgs {
		d.rows = append(d.rows, [nMentionFeatures]float32{})
		if g := &d.orgs[i]; g.alias == i {
			s.describeMention(d, i, g)
		}
	}
	s.survey(d)
	for _, p := range d.places {
		s.describePlace(d, p)
	}
	for i := range d.rows {
		row := &d.rows[i]
		row[mSuspect] = row[mVictimCue] * (1 - row[mWithVictim])
		row[mKnownStrong] = row[mKind] * row[mStrong]
	}
}

// describeMention fills what is known of a name as a whole.
func (s *storyRules) describeMention(d *document, i int, g *org) {
	row := &d.rows[i]
	row[mBias] = 1
	if d.likely >= subjectFrom {
		row[mSubject] = 1
	}
	if d.victim >= 0 {
		row[mGap] = float32(min(2, (d.orgs[d.victim].score-g.score)/5))
		if s.related(d, i) {
			row[mRelated] = 1
		}
	}
	row[mPlaces], row[mInTitle], row[mLead], row[mListed] = g.feats[fPlaces], g.feats[fInTitle], g.feats[fLead], g.feats[fListed]
	if n := float64(len(d.tokens)); n > 0 {
		row[mLate] = float32(math.Sqrt(float64(g.from) / n))
	}
	for k, f := range mentionKinds {
		row[mKind+k] = g.feats[f]
	}
	for k, group := range mentionCues {
		for _, f := range group {
			if g.feats[f] > 0 {
				row[mCue+k] = 1
			}
		}
	}
	for k, c := range mentionLists {
		if g.listPost&c.post != 0 || g.listPre&c.pre != 0 {
			row[mListCue+k] = 1
		}
	}
	row[mVictimCue] = max(row[mCue], row[mCue+1], row[mCue+cueAttackOn], row[mCue+cueAttackOn+1], row[mListCue], row[mListCue+1])
	row[mCueScore] = float32(max(-3, min(3, dot(s.victims.weights[fPost:], g.feats[fPost:])/3)))
}

// related reports whether a name is of the victim's house: an owner, a brand, or
// a name that shares a word with it.
func (s *storyRules) related(d *document, i int) bool {
	v, g := &d.orgs[d.victim], &d.orgs[i]
	terms := s.orgs.table.Terms()
	if v.entry >= 0 && g.entry >= 0 {
		a, b := &terms[v.entry], &terms[g.entry]
		if v.entry == g.entry || a.Attr("parent") == b.Value || b.Attr("parent") == a.Value || a.Attr("parent") != "" && a.Attr("parent") == b.Attr("parent") {
			return true
		}
	}
	for k := v.from; k < v.to; k++ {
		w := d.tokens[k].word
		for n := g.from; n < g.to; n++ {
			if d.tokens[n].word == w && !d.is(n, punct) && !s.orgs.links.has(w) && !s.orgs.kinds.has(w) && !s.orgs.suffix.has(w) {
				return true
			}
		}
	}
	return false
}

// describePlace adds what the sentence says that names a name.
func (s *storyRules) describePlace(d *document, p place) {
	row := &d.rows[d.rootOrg(p.org)]
	sent := int(d.tokens[p.from].sent)
	sc, topics := &d.scenes[sent], d.topics[sent]
	set := func(k int, ok bool) {
		if ok {
			row[k] = 1
		}
	}
	strong := topics&strongIncident != 0
	for k, t := range mentionTopics {
		set(mTopic+k, topics>>t&1 != 0)
	}
	near, _ := slices.BinarySearch(d.otherAt, max(d.sents[sent].from, int32(p.from-otherWithin)))
	other := near < len(d.otherAt) && d.otherAt[near] < min(d.sents[sent].to, int32(p.to+otherWithin))
	set(mOtherCue, other)
	set(mOtherStrong, other && strong)
	if sent > 0 && d.sents[sent-1].para == d.sents[sent].para {
		set(mOtherBefore, d.scenes[sent-1].other)
		set(mStrongBefore, d.topics[sent-1]&strongIncident != 0)
	}
	set(mStrong, strong)
	set(mPast, topics>>topicPast&1 != 0)
	set(mCounted, d.counted[sent])
	set(mList, sc.names > 3)
	set(mWithVictim, sc.subject)
	set(mAlone, !sc.subject)
	set(mOldYear, sc.oldYear)
	set(mOldYearStrong, sc.oldYear && strong)
	set(mThisYear, sc.thisYear)
}
