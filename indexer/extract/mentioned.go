package extract

import (
	"math"

	"incidex/data"
)

// The features of a name as the victim of another incident, which the article
// only mentions. They stand behind those of the victim.
const (
	mSubject = nVictimFeatures + iota
	mGap
	mPast
	mOldYear
	mThisYear
	mLike
	mList
	mLate
	mCounted
	mPlural
	mWithVictim
	mAlone
	mCueScore
	mCueAny
	mTopic
	mListPost        = mTopic + nTopics
	mListPre         = mListPost + nPost
	nMentionFeatures = mListPre + nPre
)

// mentionFrom is the probability from which a name is taken for the victim of a
// mentioned incident, and maxMentioned the number of these that are kept.
const (
	mentionFrom  = 0.25
	maxMentioned = 40
)

// victimCues are the cue features that only victims have.
var victimCues = []int{fPost + postSuffer, fPost + postPassive, fPost + postBreach, fPost + postLeak, fPost + postBare, fPre + preAttackOn, fPre + preFrom, fPre + preHacked, fPre + preAgainst}

// mentions finds the names of victims of mentioned incidents and gives sentences
// to the incidents that they tell of.
func (s *storyRules) mentions(d *document) {
	s.describeMentions(d)
	subject := d.hasSubject()
	for i := range d.orgs {
		g := &d.orgs[i]
		if g.alias != i || subject && i == d.victim || g.class == orgActor || g.class == orgMalware || g.class == orgPerson {
			continue
		}
		if p := sigmoid(dot(s.mention, d.rows[i][:])); p >= mentionFrom && len(d.incidents) < maxMentioned {
			d.incidents = append(d.incidents, incident{role: data.Mentioned, victim: i, likely: p})
		}
	}
	s.tell(d)
}

// describeMentions fills the rows of features of all names.
func (s *storyRules) describeMentions(d *document) {
	d.rows = d.rows[:0]
	for i := range d.orgs {
		var row [nMentionFeatures]float32
		g := &d.orgs[i]
		copy(row[:], g.feats[:])
		if g.alias == i && g.class == orgPlain {
			if d.likely >= subjectFrom {
				row[mSubject] = 1
			}
			if d.victim >= 0 {
				row[mGap] = float32(min(2, (d.orgs[d.victim].score-g.score)/5))
			}
			for k := range nPost {
				row[mListPost+k] = float32(g.listPost >> k & 1)
			}
			for k := range nPre {
				row[mListPre+k] = float32(g.listPre >> k & 1)
			}
			for _, k := range victimCues {
				if g.feats[k] > 0 {
					row[mCueAny] = 1
				}
			}
			row[mCueScore] = float32(max(-3, min(3, dot(s.victims.weights[fPost:], g.feats[fPost:])/3)))
		}
		d.rows = append(d.rows, row)
	}
	d.survey()
	for _, p := range d.places {
		root := d.rootOrg(p.org)
		row := &d.rows[root]
		sent := int(d.tokens[p.from].sent)
		for t := range nTopics {
			if d.topics[sent]>>t&1 != 0 {
				row[mTopic+t] = 1
			}
		}
		if d.topics[sent]>>topicPast&1 != 0 {
			row[mPast] = 1
		}
		if d.counted[sent] {
			row[mCounted] = 1
		}
		sc := &d.scenes[sent]
		if sc.names > 3 {
			row[mList] = 1
		}
		if sc.subject {
			row[mWithVictim] = 1
		} else {
			row[mAlone] = 1
		}
		if sc.oldYear {
			row[mOldYear] = 1
		}
		if sc.thisYear {
			row[mThisYear] = 1
		}
	}
	for i := range d.rows {
		if n := float32(len(d.tokens)); n > 0 && d.orgs[i].alias == i {
			d.rows[i][mLate] = float32(math.Sqrt(float64(float32(d.orgs[i].from) / n)))
		}
	}
}

// scene is what is known of a sentence.
type scene struct {
	// names is the number of mentions of organizations.
	names int
	// subject: the subject's victim is named.
	subject bool
	// oldYear and thisYear: a year before the publication, or of it, is given.
	oldYear, thisYear bool
	// incident is the mentioned incident whose victim is named first, noIncident for none.
	incident int32
}

// survey fills the scenes.
func (d *document) survey() {
	d.scenes = d.scenes[:0]
	for range d.sents {
		d.scenes = append(d.scenes, scene{incident: noIncident})
	}
	for _, p := range d.places {
		sc, root := &d.scenes[d.tokens[p.from].sent], d.rootOrg(p.org)
		if root == d.victim {
			sc.subject = true
		}
		if d.orgs[root].class == orgPlain {
			sc.names++
		}
	}
	published := d.a.Date.Year()
	for i := range d.numbers {
		if n := &d.numbers[i]; n.kind == year {
			if sc := &d.scenes[d.tokens[n.from].sent]; published == 0 || int(n.value) < published {
				sc.oldYear = true
			} else {
				sc.thisYear = true
			}
		}
	}
}

// tell gives each sentence to the incident that it tells of: to a mentioned one
// where it names that victim and not the subject's, and for the rest of the
// paragraph until the subject is named again.
func (s *storyRules) tell(d *document) {
	rest := int32(noIncident)
	if d.hasSubject() {
		rest = 0
	}
	for i := range d.tells {
		d.tells[i] = rest
	}
	for k := range d.incidents {
		if inc := &d.incidents[k]; inc.role == data.Mentioned {
			d.orgs[inc.victim].incident = int32(k)
		}
	}
	for _, p := range d.places {
		sc := &d.scenes[d.tokens[p.from].sent]
		if k := d.orgs[d.rootOrg(p.org)].incident; k != noIncident && sc.incident == noIncident {
			sc.incident = k
		}
	}
	running, para := rest, int32(-1)
	for i := range d.sents {
		if d.sents[i].para != para {
			running, para = rest, d.sents[i].para
		}
		switch sc := &d.scenes[i]; {
		case sc.subject && rest == 0 || d.sents[i].title:
			running = rest
		case sc.incident != noIncident:
			running = sc.incident
		}
		d.tells[i] = running
	}
}
