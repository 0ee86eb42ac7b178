package main

import (
	"slices"

	"incidex/data"
	"incidex/indexer/extract"
	"incidex/indexer/extract/roles"
)

// The precision that thresholds are chosen for on articles with gold labels, of all
// fields and of the headline's.
const (
	wantPrecision = 0.955
	wantHeadline  = 0.96
)

const (
	// subjectFrom is the probability from which an article is about an incident, and
	// victimFrom that of a victim: an incident without one is lost, so that it need not
	// be as sure as other values.
	subjectFrom = 0.55
	victimFrom  = 0.5
	// shortSubjectFrom is the same for short texts: notices of breaches are.
	shortSubjectFrom = 0.2
	// mentionedFrom is that of an incident that is mentioned: what is missed counts as
	// much as what is wrong.
	mentionedFrom = 0.4
	// quotedFrom is the most that is asked of the few values that a record is opened for.
	quotedFrom = 0.75
	// actorFrom and moneyFrom are the same for threat actors and for amounts, of which
	// labels have too few to calibrate more.
	actorFrom = 0.6
	moneyFrom = 0.6
	// cveFrom is the same for the numbers of vulnerabilities, which are hardly mistaken.
	cveFrom = 0.5
)

var quoted = []data.Field{data.Action, data.Records, data.Occurred, data.Disclosed}

// choose sets for the fields of the headline and for the others the lowest probability
// from which the values shown are right often enough.
func (b *scoreboard) choose(learner *roles.Learner) {
	b.learner = learner
	out := learner.Thresholds
	var rest []data.Field
	for _, f := range everyField {
		if !slices.Contains(headline, f) {
			rest = append(rest, f)
		}
	}
	set := func(fields []data.Field, want float64) {
		t := lowest(want, func(t float64) (right, shown int) {
			c, _ := b.all("gold", fields, func(data.Field) float64 { return t }, held)
			return c.right, c.shown
		})
		for _, f := range fields {
			out[string(f)] = t
		}
	}
	set(headline, wantHeadline)
	set(rest, wantPrecision)
	out[string(data.Victim)] = victimFrom
	out[string(data.Actor)] = min(out[string(data.Actor)], actorFrom)
	for _, f := range quoted {
		out[string(f)] = min(out[string(f)], quotedFrom)
	}
	out[string(data.CVE)] = min(out[string(data.CVE)], cveFrom)
	for _, f := range data.Fields {
		if f.Kind == data.Money {
			out[string(f.Field)] = min(out[string(f.Field)], moneyFrom)
		}
	}
	for _, f := range []data.Field{data.Victim, data.Records, data.Occurred, data.Action, data.Sector, data.DataType} {
		if t := lowest(wantHeadline, b.inShortTexts(f)); t < out[string(f)] {
			out[string(f)+roles.Short] = t
		}
	}
	out[extract.Mention] = mentionedFrom
	out[extract.Subject] = subjectFrom
	out[extract.Subject+roles.Short] = shortSubjectFrom
}

// lowest is the lowest probability from which the values shown are right often enough.
func lowest(want float64, shown func(from float64) (right, shown int)) float64 {
	t := 0.3
	for ; t < .97; t += .01 {
		if right, shown := shown(t); float64(right) >= want*float64(max(1, shown)) {
			break
		}
	}
	return t
}

// inShortTexts counts the values of a field that short texts show from a probability on,
// among all examples: notices are most of them.
func (b *scoreboard) inShortTexts(field data.Field) func(from float64) (right, shown int) {
	info, _ := field.Info()
	q := roles.Right
	if !info.Many {
		q = roles.Head
	}
	var list []*roles.Example
	first := map[string]int{} // by article, the place of the likeliest in the list
	for _, e := range b.examples {
		if e.Scale != string(field)+roles.Short || e.Answers[q] < 0 {
			continue
		}
		i, ok := first[e.Article]
		switch {
		case info.Many || !ok:
			first[e.Article] = len(list)
			list = append(list, e)
		case e.Held[q] > list[i].Held[q]:
			list[i] = e
		}
	}
	return func(from float64) (right, shown int) {
		for _, e := range list {
			if e.Held[q] >= from {
				shown++
				right += int(e.Answers[q])
			}
		}
		return right, shown
	}
}
