package group

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"incidex/data"
	"incidex/data/vocab"
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
	var sum float64
	var why []Contribution
	weigh(a, b, relate(a, b), func(score float64, format string, args ...any) {
		sum += score
		why = append(why, Contribution{fmt.Sprintf(format, args...), score})
	})
	return sum, why
}

// pairScore is the score of explainPair without its reasons.
func pairScore(a, b *Profile, r relation) (sum float64) {
	weigh(a, b, r, func(score float64, _ string, _ ...any) { sum += score })
	return sum
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
func weigh(a, b *Profile, r relation, add func(score float64, format string, args ...any)) {
	if inPassing(a.Signature) || inPassing(b.Signature) {
		add(passingPrior, "an incident told in passing is often a known one")
	} else {
		add(prior, "two articles seldom report one incident")
	}
	if r.copied {
		add(nearCopy, "near-copies of one text")
	}
	first, second := min(a.victim.value, b.victim.value), max(a.victim.value, b.victim.value)
	switch {
	case r.kin == same && (a.victim.uncommon || b.victim.uncommon):
		add(sameSource, "both name %s, which is seldom the victim", a.victim.value)
	case r.kin == same:
		add(sameVictim, "same victim %s", a.victim.value)
	case r.kin == family:
		add(kinVictim, "related victims %s and %s", first, second)
	case r.kin == strangers:
		add(r.strange, "different victims %s and %s", first, second)
	}
	otherTime := addTime(add, a, b, sameCount(a, b, r))
	if s := similarity(a, b); s > 0 {
		add(min(sameWords*s, mostWords), "telling words shared (%.0f%%)", 100*s)
		if !speaksOf(b, a) || !speaksOf(a, b) {
			add(otherName, "about a name that the other does not speak of")
		}
	}
	addFacts(add, &a.Signature, &b.Signature, otherTime)
}

// addFacts compares what is said of the events. OtherTime says that they occurred at
// different times.
func addFacts(add func(score float64, format string, args ...any), a, b *data.Signature, otherTime bool) {
	if len(a.Numbers) > 0 && len(b.Numbers) > 0 {
		if n, ok := sharedNumber(a.Numbers, b.Numbers); ok {
			add(sameNumber[min(digits(n), len(sameNumber))-1], "same number %.0f", n)
		} else if otherTime {
			add(otherNumberToo, "different numbers, too")
		} else {
			add(otherNumber, "different numbers")
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
			add(s.same, "same %s %s", s.name, s.a[i])
		} else if s.other != 0 {
			add(s.other, "nothing in common: %s", s.name)
		}
	}
}

// addTime compares when the events occurred and when the articles were published. The
// publication of an article that mentions an incident in passing says little. It
// reports whether the events are said to have occurred at different times.
func addTime(add func(float64, string, ...any), p, q *Profile, sameCount bool) (otherTime bool) {
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
			add(otherDated, "headlines of different years (%s, %s)", first, second)
		case days <= 31 && len(a.Occurred) > 4 && len(b.Occurred) > 4:
			agreed = true
			weight := sameMonth
			if published <= 31 {
				weight = sameMonthToo
			}
			add(weight, "occurred at the same time (%s, %s)", first, second)
		case days <= 31:
			agreed = passing || sure
			add(sameYear, "occurred in the same year (%s, %s)", first, second)
		case published <= 31:
			otherTime = true
			add(doubtfulTime, "said to have occurred at different times (%s, %s)", first, second)
		case sure:
			agreed = true
			add(sameYear, "occurred in the same year, which is sure (%s, %s)", first, second)
		case days <= 180:
			otherTime = true
			add(closeEventTime, "occurred months apart (%s, %s)", first, second)
		default:
			otherTime = true
			add(otherEventTime, "occurred at different times (%s, %s)", first, second)
		}
	}
	switch {
	case math.IsInf(published, 1):
	case published <= 7:
		add(publishedWeek, "published within a week")
	case published <= 31:
		add(publishedMonth, "published within a month")
	case agreed: // a late article on an event of a known date is still on that event
	case passing:
		if published > 366 {
			add(mentionedLater, "mentioned over a year later")
		}
	case published <= 92:
		add(publishedQuarter, "published months apart")
	case published <= 366:
		add(publishedYear, "published up to a year apart")
	default:
		add(publishedLater, "published over a year apart")
	}
	return otherTime
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

// kin is how two victims are related.
type kin int

const (
	unknown kin = iota // at least one is not named
	same
	family // one owns the other; houses of one owner are strangers
	strangers
)

func kinship(a, b *name) kin {
	switch {
	case a.value == "" || b.value == "":
		return unknown
	case a.folded == b.folded, within(a.folded, b.folded), within(b.folded, a.folded),
		a.acronym != "" && a.acronym == b.folded, b.acronym != "" && b.acronym == a.folded:
		return same
	case a.parent != "" && a.parent == b.folded, b.parent != "" && b.parent == a.folded:
		return family
	}
	return strangers
}

// strangeness is how much two different named victims speak against one incident:
// most when each article is about its own and does not speak of the other, and
// little when it is doubtful that the names are those of victims.
func strangeness(a, b *Profile) float64 {
	switch sa, sb := doubtful(a), doubtful(b); {
	case sa && sb:
		return doubtfulVictims
	case sa || sb:
		return doubtfulVictim
	}
	const spoken = 0.5
	switch inB, inA := prominence(&a.victim, b) >= spoken, prominence(&b.victim, a) >= spoken; {
	case inA && inB:
		return bothVictims
	case inA || inB:
		return oneVictim
	}
	return otherVictim
}

// doubtful reports whether the victim may be someone else whom the article names:
// the headline does not name it, or it is an organization that articles name more
// often as a source, a tool or a place.
func doubtful(p *Profile) bool {
	return !inPassing(p.Signature) && (!p.Signature.Headlined || p.victim.uncommon)
}

// isUncommon reports whether a victim is a country, or an organization that
// articles name more often as a source, a tool or a place.
func isUncommon(victim string) bool {
	if _, ok := vocab.Countries().Lookup(victim); ok {
		return true
	}
	t, ok := vocab.Organizations().Lookup(victim)
	return ok && t.Attr("kind") != ""
}

// prominence is the share of a name's telling words that are among the terms of an
// article, 1 for a name of common words only, of which nothing can be told.
func prominence(n *name, p *Profile) float64 {
	if len(n.telling) == 0 || len(p.Signature.Terms) == 0 {
		return 1
	}
	found := 0
	for _, t := range n.telling {
		if p.mayHave(t) && slices.Contains(p.Signature.Terms, t) {
			found++
		}
	}
	return float64(found) / float64(len(n.telling))
}

// within reports whether the words of the short name stand together in the long one.
func within(short, long string) bool {
	if len(short) < 4 {
		return false
	}
	for at := 0; ; at++ {
		i := strings.Index(long[at:], short)
		if i < 0 {
			return false
		}
		at += i
		end := at + len(short)
		if (at == 0 || long[at-1] == ' ') && (end == len(long) || long[end] == ' ') {
			return true
		}
	}
}

// acronym is the first letters of a folded name of several words.
func acronym(s string) string {
	var b strings.Builder
	for w := range strings.FieldsSeq(s) {
		switch w {
		case "of", "the", "and", "for", "&":
			continue
		}
		r, _ := utf8.DecodeRuneInString(w)
		b.WriteRune(r)
	}
	if b.Len() < 2 {
		return ""
	}
	return b.String()
}
