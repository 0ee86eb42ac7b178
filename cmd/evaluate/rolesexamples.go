package main

import (
	"hash/fnv"
	"slices"
	"strings"

	"incidex/data"
	"incidex/data/vocab"
	"incidex/indexer/extract"
	"incidex/indexer/extract/roles"
)

// goldWeight is how much an example of a gold label counts: where readers differ in
// what is worth showing, those whom figures are measured against decide.
const goldWeight = 3

// exampleOf turns a row into an example, nil where the label does not know.
func exampleOf(l *label, r *extract.Row) *roles.Example {
	e := &roles.Example{Article: l.ID, Kind: r.Kind, Field: string(r.Field), Scale: r.Scale, Names: r.Features, Values: r.Values, Weight: 1}
	if l.Gold {
		e.Weight = goldWeight
	}
	group := l.ID
	if l.Subject != "" {
		group = strings.ToLower(strings.Fields(l.Subject)[0])
	}
	h := fnv.New32a()
	h.Write([]byte(group))
	e.Group, e.Fold = group, int(h.Sum32()%5)
	for q := range e.Answers {
		e.Answers[q] = -1
	}
	yes := func(q roles.Question, is bool) {
		e.Answers[q] = 0
		if is {
			e.Answers[q] = 1
		}
	}
	if r.Field == extract.Subject {
		if len(l.Only) > 0 && !slices.Contains(l.Only, extract.Subject) {
			return nil
		}
		yes(roles.Right, l.Subject != "")
		return e
	}
	if r.Field == extract.Mention {
		if len(l.Only) > 0 || slices.Contains(l.Unsure, "mentioned") {
			return nil
		}
		yes(roles.Right, slices.ContainsFunc(l.Mentioned, func(m string) bool { return sameName(r.Value, withoutYear(m)) }))
		return e
	}
	if l.Subject == "" || slices.Contains(l.Unsure, string(r.Field)) || len(l.Only) > 0 && !slices.Contains(l.Only, string(r.Field)) {
		return nil
	}
	var right, head, possible, denied, advised bool
	possible = true
	for i := range l.Facts {
		f := &l.Facts[i]
		if !f.gives(r) {
			continue
		}
		switch {
		case f.Status == "negated":
			denied = true
		case f.Status == "advised":
			advised = true
		default:
			right = true
			head = head || f.Main || f.Optional
			possible = possible && f.Status == "possible"
		}
	}
	switch r.Status {
	case data.Negated:
		yes(roles.Denied, denied)
	case data.Advised:
		yes(roles.Advised, advised)
	default:
		yes(roles.Right, right)
		if info, _ := r.Field.Info(); !info.Many {
			yes(roles.Head, head)
		}
		if right {
			yes(roles.Possible, possible)
		}
	}
	return e
}

// withoutYear is the name of an incident without the year at its end.
func withoutYear(name string) string {
	if i := strings.LastIndexByte(name, ' '); i > 0 && len(name)-i == 5 && strings.Trim(name[i+1:], "0123456789") == "" {
		return name[:i]
	}
	return name
}

// partOf is of how many rows of a set one is read, to keep short notices from
// outweighing news.
var partOf = map[string]int{"judged": 1, "casie": 1, "prc": 2, "hhs": 2, "hibp": 1, "noise": 2}

// lessonShare is how much an example of gold that knows a few fields only counts.
const lessonShare = 0.5

// leastIncident is how much a notice counts as one of an incident: news has few that
// name nobody.
const leastIncident = 0.4

// exampleOfLesson turns a row of an article whose gold knows a few fields into an
// example, nil where it does not know.
func exampleOfLesson(set string, l *extract.Lesson, g *row, r *extract.Row) *roles.Example {
	e := &roles.Example{Article: set + ":" + l.Article.ID, Kind: r.Kind, Field: string(r.Field), Scale: r.Scale, Names: r.Features, Values: r.Values, Weight: lessonShare}
	h := fnv.New32a()
	h.Write([]byte(l.Article.ID))
	e.Fold = int(h.Sum32() % 5)
	for q := range e.Answers {
		e.Answers[q] = -1
	}
	yes := func(q roles.Question, is bool) {
		e.Answers[q] = 0
		if is {
			e.Answers[q] = 1
		}
	}
	if r.Status != data.Actual {
		return nil
	}
	if r.Field == extract.Mention {
		if set != "judged" || l.Mentioned == nil {
			return nil
		}
		e.Weight = 1
		yes(roles.Right, l.Mentioned(r.Value))
		return e
	}
	if set == "judged" && r.Field != extract.Subject && r.Field != data.Victim && r.Field != data.Records {
		return judgedExample(e, g, r, yes)
	}
	switch r.Field {
	case extract.Subject:
		if l.Incident == 0 {
			return nil
		}
		e.Weight = max(leastIncident, min(1, l.IncidentWeight))
		yes(roles.Right, l.Incident > 0)
		return e
	case data.Victim:
		if l.Victim == nil {
			return nil
		}
		yes(roles.Right, l.Victim(r.Value))
		yes(roles.Head, l.Victim(r.Value))
		return e
	case data.Records:
		if l.Records == nil {
			return nil
		}
		if l.Counts == nil || l.CountWeight > 0 {
			yes(roles.Right, l.Counts != nil && l.Counts(r.Number))
		} else if l.Counts(r.Number) {
			yes(roles.Right, true)
		}
		yes(roles.Head, l.Records(r.Number))
		return e
	case data.Occurred:
		if set == "hibp" && len(g.BreachDate) >= 7 {
			is := len(r.Value) >= 4 && strings.HasPrefix(g.BreachDate, r.Value) || r.Value == g.BreachDate[:7]
			yes(roles.Right, is)
			yes(roles.Head, is)
			return e
		}
		return nil
	case data.Action:
		var allowed []string
		switch set {
		case "prc":
			allowed = prcActions[g.BreachType]
		case "hhs":
			for _, b := range g.BreachTypes {
				allowed = append(allowed, hhsActions[b]...)
			}
		}
		if len(allowed) == 0 {
			return nil
		}
		e.Weight = .25
		yes(roles.Right, slices.Contains(allowed, r.Value) || r.Value == "malware" && slices.Contains(allowed, "hacking"))
		return e
	case data.DataType:
		if set != "hibp" {
			return nil
		}
		is := slices.ContainsFunc(g.DataClasses, func(c string) bool { return strings.EqualFold(c, r.Value) })
		if !is { // the classes leave out what the text says of other data
			e.Weight = lessonShare / 2
		}
		yes(roles.Right, is)
		return e
	}
	return nil
}

// judgedExample answers what judged gold knows besides victim and records.
func judgedExample(e *roles.Example, g *row, r *extract.Row, yes func(roles.Question, bool)) *roles.Example {
	s := g.Subject
	if s == nil {
		return nil
	}
	e.Weight = 1
	unsure := func(name string) bool { return slices.Contains(g.Unsure, name) }
	fold := func(list []string) bool {
		return slices.ContainsFunc(list, func(v string) bool { return strings.EqualFold(v, r.Value) })
	}
	switch r.Field {
	case data.Occurred:
		if s.Occurred == "" || unsure("occurred") {
			return nil
		}
		yes(roles.Right, strings.HasPrefix(s.Occurred, r.Value))
		yes(roles.Head, strings.HasPrefix(s.Occurred, r.Value))
	case data.Country:
		if s.Country == "" || unsure("country") {
			return nil
		}
		yes(roles.Right, s.Country == r.Value)
	case data.Attack:
		if len(s.Attacks) == 0 || unsure("attacks") {
			return nil
		}
		yes(roles.Right, fold(s.Attacks) || r.Value == "Unauthorized access")
	case data.DataType:
		if len(s.DataTypes) == 0 || unsure("data_types") {
			return nil
		}
		yes(roles.Right, fold(s.DataTypes))
	case data.Actor:
		if unsure("actor") {
			return nil
		}
		yes(roles.Right, s.Actor != "" && (sameName(s.Actor, r.Value) || sameTerm(vocab.Actors(), s.Actor, r.Value)))
	default:
		return nil
	}
	return e
}
