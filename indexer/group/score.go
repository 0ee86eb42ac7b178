package group

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"incidex/data"
)

// Contribution is one reason of a score, in words.
type Contribution struct {
	Reason string  `json:"reason"`
	Score  float64 `json:"score"`
}

// The weights of a pair of mentions, in log-odds: what each agreement or
// disagreement makes it more or less likely that both tell of one incident. They
// are set by hand and tried on the development groups.
const (
	prior            = -4.0
	passingPrior     = -2.5
	sameVictim       = 3.0
	sameSource       = 1.0 // a victim that is more often a source, a tool or a place
	kinVictim        = 1.5
	otherVictim      = -8.0 // each article is about its own
	oneVictim        = -5.0 // one article speaks of both
	bothVictims      = -3.0 // each article speaks of both
	doubtfulVictim   = -2.0 // it is doubtful that one of them is a victim
	doubtfulVictims  = -1.0
	nearCopy         = 12.0
	sameWords        = 22.0 // times the similarity of the words, 0 to 1
	mostWords        = 7.0
	otherName        = -4.0
	otherNumber      = -0.7
	otherNumberToo   = -3.0 // of events of different times; a count alone may have grown
	sameAttack       = 0.5
	otherAttack      = -0.5
	sameActor        = 0.7
	otherActor       = -0.7
	sameMalware      = 0.5
	otherMalware     = -1.5
	sameCVE          = 1.0
	sameSupplier     = 1.0
	sameData         = 0.5
	sameMonth        = 2.5 // of the event
	sameMonthToo     = 0.7 // in articles of one month
	newsThen         = 1.5 // an article is from the time of the other's event
	sameYear         = 1.0
	otherDated       = -6.0
	closeEventTime   = -1.5
	otherEventTime   = -3.0
	doubtfulTime     = -1.0 // as before, in articles of one month
	publishedWeek    = 1.5
	publishedMonth   = 0.8
	publishedQuarter = -0.5
	publishedYear    = -2.0
	publishedLater   = -4.0
	mentionedLater   = -2.0
)

// sameNumber is the weight of a shared number by its significant digits: many
// incidents count 200,000, few 214,000.
var sameNumber = [...]float64{1, 1.8, 2.5}

// digits is the number of significant digits of a count, at least 1.
func digits(n float64) int {
	return max(1, len(strings.TrimRight(strconv.FormatFloat(math.Abs(n), 'f', 0, 64), "0")))
}

// explainPair scores whether two mentions tell of one incident. Above 0 it is more likely
// than not. The contributions are in a fixed order and add up to the score.
func explainPair(a, b *Profile) (float64, []Contribution) {
	t := tally{explains: true}
	t.weigh(a, b, relate(a, b))
	return t.sum, t.why
}

// pairScore is the score of explainPair without its reasons.
func pairScore(a, b *Profile, r relation) float64 {
	var t tally
	t.weigh(a, b, r)
	return t.sum
}

// tally adds contributions up.
type tally struct {
	sum      float64
	explains bool
	why      []Contribution // if it explains
}

// add adds a contribution and reports whether because is to say why.
func (t *tally) add(score float64) bool {
	t.sum += score
	if t.explains {
		t.why = append(t.why, Contribution{Score: score})
	}
	return t.explains
}

// say is add with a reason that names nothing.
func (t *tally) say(score float64, reason string) {
	if t.add(score) {
		t.because("%s", reason)
	}
}

// because gives the reason of the contribution added last.
func (t *tally) because(format string, args ...any) {
	t.why[len(t.why)-1].Reason = fmt.Sprintf(format, args...)
}

// relation is how two mentions relate whatever else they tell.
type relation struct {
	kin kin
	// strange is how much different victims speak against one incident, 0 for others.
	strange float64
	copied  bool // near-copies of one text
}

func relate(a, b *Profile) relation {
	r := relation{kin: kinship(&a.victim, &b.victim), copied: data.NearCopy(a.Signature.Sketch, b.Signature.Sketch)}
	if r.kin == strangers {
		r.strange = strangeness(a, b)
	}
	return r
}

// weigh adds every contribution of a pair.
func (t *tally) weigh(a, b *Profile, r relation) {
	if inPassing(a.Signature) || inPassing(b.Signature) {
		t.say(passingPrior, "an incident told in passing is often a known one")
	} else {
		t.say(prior, "two articles seldom report one incident")
	}
	if r.copied {
		t.say(nearCopy, "near-copies of one text")
	}
	first, second := min(a.victim.value, b.victim.value), max(a.victim.value, b.victim.value)
	switch {
	case r.kin == same && (a.victim.uncommon || b.victim.uncommon):
		if t.add(sameSource) {
			t.because("both name %s, which is seldom the victim", a.victim.value)
		}
	case r.kin == same:
		if t.add(sameVictim) {
			t.because("same victim %s", a.victim.value)
		}
	case r.kin == family:
		if t.add(kinVictim) {
			t.because("related victims %s and %s", first, second)
		}
	case r.kin == strangers:
		if t.add(r.strange) {
			t.because("different victims %s and %s", first, second)
		}
	}
	otherTime := t.addTime(a, b, sameCount(a, b, r))
	if s := similarity(a, b); s > 0 {
		if t.add(min(sameWords*s, mostWords)) {
			t.because("telling words shared (%.0f%%)", 100*s)
		}
		if !speaksOf(b, a) || !speaksOf(a, b) {
			t.say(otherName, "about a name that the other does not speak of")
		}
	}
	t.addFacts(&a.Signature, &b.Signature, otherTime)
}

// addFacts compares what is said of the events. OtherTime says that they occurred at
// different times.
func (t *tally) addFacts(a, b *data.Signature, otherTime bool) {
	if len(a.Numbers) > 0 && len(b.Numbers) > 0 {
		if n, ok := sharedNumber(a.Numbers, b.Numbers); ok {
			if t.add(sameNumber[min(digits(n), len(sameNumber))-1]) {
				t.because("same number %.0f", n)
			}
		} else if otherTime {
			t.say(otherNumberToo, "different numbers, too")
		} else {
			t.say(otherNumber, "different numbers")
		}
	}
	sets := [...]struct {
		a, b        []string
		same, other float64
		name        string
	}{
		{a.Attacks, b.Attacks, sameAttack, otherAttack, "attack"},
		{a.Actors, b.Actors, sameActor, otherActor, "actor"},
		{a.Malware, b.Malware, sameMalware, otherMalware, "malware"},
		{a.CVEs, b.CVEs, sameCVE, 0, "vulnerability"},
		{a.Suppliers, b.Suppliers, sameSupplier, 0, "supplier"},
		{a.DataTypes, b.DataTypes, sameData, 0, "data"},
	}
	for _, s := range sets {
		if len(s.a) == 0 || len(s.b) == 0 {
			continue
		}
		if i := slices.IndexFunc(s.a, func(x string) bool { return slices.Contains(s.b, x) }); i >= 0 {
			if t.add(s.same) {
				t.because("same %s %s", s.name, s.a[i])
			}
		} else if s.other != 0 {
			if t.add(s.other) {
				t.because("nothing in common: %s", s.name)
			}
		}
	}
}

// addTime compares when the events occurred and when the articles were published. The
// publication of an article that mentions an incident in passing says little. It
// reports whether the events are said to have occurred at different times.
func (t *tally) addTime(p, q *Profile, sameCount bool) (otherTime bool) {
	a, b := &p.Signature, &q.Signature
	published := daysApart(p.published, q.published)
	passing := inPassing(*a) || inPassing(*b)
	agreed := false
	if a.Occurred != "" && b.Occurred != "" {
		first, second := min(a.Occurred, b.Occurred), max(a.Occurred, b.Occurred)
		days := daysApart(p.occurred, q.occurred)
		if first.Year() != second.Year() && min(len(first), len(second)) == 4 {
			days = max(days, yearsApart)
		}
		// A follow-up is surer of the year than of the day.
		sure := first.Year() == second.Year() && (a.Dated || b.Dated || sameCount)
		switch {
		case a.Dated && b.Dated && first.Year() != second.Year():
			otherTime = true
			if t.add(otherDated) {
				t.because("headlines of different years (%s, %s)", first, second)
			}
		case days <= 31 && len(a.Occurred) > 4 && len(b.Occurred) > 4:
			agreed = true
			weight := sameMonth
			if published <= 31 {
				weight = sameMonthToo
			}
			if t.add(weight) {
				t.because("occurred at the same time (%s, %s)", first, second)
			}
		case days <= 31:
			agreed = passing || sure
			if t.add(sameYear) {
				t.because("occurred in the same year (%s, %s)", first, second)
			}
		case published <= 31:
			otherTime = true
			if t.add(doubtfulTime) {
				t.because("said to have occurred at different times (%s, %s)", first, second)
			}
		case sure:
			agreed = true
			if t.add(sameYear) {
				t.because("occurred in the same year, which is sure (%s, %s)", first, second)
			}
		case days <= 180:
			otherTime = true
			if t.add(closeEventTime) {
				t.because("occurred months apart (%s, %s)", first, second)
			}
		default:
			otherTime = true
			if t.add(otherEventTime) {
				t.because("occurred at different times (%s, %s)", first, second)
			}
		}
	}
	if published > 31 && (newsOf(p, q) || newsOf(q, p)) {
		agreed = true
		t.say(newsThen, "one was published when the other's event occurred")
	}
	switch {
	case math.IsInf(published, 1):
	case published <= 7:
		t.say(publishedWeek, "published within a week")
	case published <= 31:
		t.say(publishedMonth, "published within a month")
	case agreed: // a late article on an event of a known date is still on that event
	case passing:
		if published > 366 {
			t.say(mentionedLater, "mentioned over a year later")
		}
	case published <= 92:
		t.say(publishedQuarter, "published months apart")
	case published <= 366:
		t.say(publishedYear, "published up to a year apart")
	default:
		t.say(publishedLater, "published over a year apart")
	}
	return otherTime
}

// newsOf reports whether an article that tells no time of its event was published within
// weeks of the month or day in which the other's occurred.
func newsOf(undated, other *Profile) bool {
	return undated.Signature.Occurred == "" && len(other.Signature.Occurred) > len("2006") && daysApart(undated.published, other.occurred) <= 45
}

// yearsApart is the number of days that a bare year is at least taken to be from
// another year, though its last day is next to the other's first.
const yearsApart = 92

// inPassing reports whether a signature is that of an incident that its article is
// not about, which has no words of its own.
func inPassing(s data.Signature) bool { return len(s.Terms) == 0 }

// sameCount reports whether both give a count of records at one victim that is too
// precise to be shared by chance.
func sameCount(a, b *Profile, r relation) bool {
	if r.kin != same || a.victim.uncommon || b.victim.uncommon {
		return false
	}
	n, ok := sharedNumber(a.Signature.Numbers, b.Signature.Numbers)
	return ok && digits(n) >= len(sameNumber)
}

// sharedNumber finds a number of a that some number of b repeats up to rounding.
func sharedNumber(a, b []float64) (float64, bool) {
	for _, x := range a {
		for _, y := range b {
			if data.SameCount(x, y) {
				return x, true
			}
		}
	}
	return 0, false
}
