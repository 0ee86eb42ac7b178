package main

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"incidex/data"
	"incidex/data/vocab"
)

// rightActions are what counts as right for the label of a breach. They are wider
// than what training teaches, since an article may tell more than its label.
var rightActions = map[string][]string{
	"HACK": {"hacking", "malware", "social"}, "CARD": {"physical", "hacking", "malware"}, "INSD": {"misuse"}, "DISC": {"error"},
	"PHYS": {"physical", "error"}, "PORT": {"physical", "error"}, "STAT": {"physical", "error"},
	"Hacking/IT Incident": {"hacking", "malware", "social", "error"}, "Theft": {"physical"}, "Loss": {"error", "physical"},
	"Improper Disposal": {"error"}, "Unauthorized Access/Disclosure": {"error", "misuse", "hacking"},
}

// rightSectors are the same for the kind of a victim.
var rightSectors = map[string][]string{
	"MED": {"62"}, "EDU": {"61"}, "GOV": {"92"}, "BSF": {"52"}, "BSR": {"44", "45", "42", "72"}, "NGO": {"81"},
}

// healthSectors are right for all whom the rules on health data cover.
var healthSectors = []string{"62", "52"}

// coreTypes are the data types that gold names reliably.
var coreTypes = []string{"Email addresses", "Passwords", "Names", "Usernames", "IP addresses", "Phone numbers", "Physical addresses",
	"Dates of birth", "Genders", "Geographic locations", "Purchases", "Job titles", "Private messages", "Employers",
	"Partial credit card data", "Government issued IDs", "Social security numbers", "Passport numbers", "Bank account numbers",
	"Credit cards", "Personal health data", "Security questions and answers"}

func core(types []string) []string {
	return slices.DeleteFunc(slices.Clone(types), func(t string) bool { return !slices.Contains(coreTypes, t) })
}

// among accepts the values of a list.
func among(allowed []string) func(string) bool {
	return func(v string) bool { return slices.Contains(allowed, v) }
}

func scoreVictim(s *sheet, got answer, names ...string) {
	top(s, "victim.top1", got.actual(data.Victim).values(), anyName(names))
}

func scoreRecords(s *sheet, got answer, right func(float64) bool) {
	ns := got.actual(data.Records).numbers()
	found := slices.ContainsFunc(ns, right)
	top(s, "records.top1", ns, right)
	s.share("records.any", found)
	if len(ns) > 0 {
		s.share("records.precise", found)
	}
}

func scoreHIBP(s *sheet, g *row, got answer) {
	if g.Flags["IsStealerLog"] || g.Flags["IsSpamList"] || g.Flags["IsMalware"] || g.Domain == "" {
		return
	}
	label, _, _ := strings.Cut(g.Domain, ".")
	scoreVictim(s, got, g.Title, label)
	if right := within(g.PwnCount, .1); states(g.Text, right) {
		scoreRecords(s, got, right)
	}
	day, ok := data.Date(g.BreachDate).First()
	if ok && regexp.MustCompile("(?i)"+day.Format("January")+"[^.]{0,12}"+day.Format("2006")).MatchString(g.Text) {
		top(s, "occurred.month", got.actual(data.Occurred).values(), begins(g.BreachDate[:len("2006-01")]))
	}
	compareSets(s, "data_types.core", core(g.DataClasses), core(got.actual(data.DataType).values()))
}

// begins accepts dates of a year or a month.
func begins(period string) func(string) bool {
	return func(date string) bool { return strings.HasPrefix(date, period) }
}

func scorePRC(s *sheet, g *row, got answer) {
	right := scoreReport(s, g, got, rightSectors[g.EntityType])
	if rightActions[g.BreachType] != nil {
		s.find("action.macro").classes.share(g.BreachType, right)
	}
}

func scoreHHS(s *sheet, g *row, got answer) { scoreReport(s, g, got, healthSectors) }

// scoreReport scores a short report and returns whether its action is right.
func scoreReport(s *sheet, g *row, got answer, sectors []string) (right bool) {
	if g.VictimInText {
		scoreVictim(s, got, g.Victim)
	}
	if n := max(g.Records, g.Affected); g.CountInText && n > 0 {
		scoreRecords(s, got, within(n, 0))
	}
	var actions []string
	for _, label := range append(g.BreachTypes, g.BreachType) {
		actions = append(actions, rightActions[label]...)
	}
	if actions != nil {
		right = top(s, "action.top1", got.actual(data.Action).values(), among(actions))
	}
	if sectors != nil {
		top(s, "sector.top1", got.subject(data.Sector).values(), among(sectors))
	}
	return right
}

// uncoded are countries that the gold writes unlike its list of codes.
var uncoded = []string{"Brunei", "Kosovo", "Laos", "Moldova", "Tanzania", "Venezuela"}

func scoreEuRepoC(s *sheet, g *row, got answer) {
	text := strings.ToLower(g.Title + " " + g.Text)
	var all, stated []string // codes
	for _, name := range g.Countries {
		c, ok := vocab.Countries().Lookup(name)
		if ok && !slices.Contains(uncoded, name) && strings.Contains(text, strings.ToLower(name)) {
			stated = append(stated, c.Value)
		}
		all = append(all, c.Value)
	}
	if len(stated) > 0 && len(distinct(stated)) == len(distinct(all)) {
		compareSets(s, "victim_country", stated, got.actual(data.Country).values())
	}
	var actors, named [][]string // the names of each
	for _, a := range g.Actors {
		if a == "Not available" {
			continue
		}
		var names []string
		for _, n := range strings.FieldsFunc(a, func(r rune) bool { return r == '/' || r == '(' }) {
			if n = strings.Trim(n, " )("); utf8.RuneCountInString(n) > 2 {
				names = append(names, n)
			}
		}
		actors = append(actors, names)
		if slices.ContainsFunc(names, func(n string) bool { return containsWord(text, strings.ToLower(n)) }) {
			named = append(named, names)
		}
	}
	values := got.actual(data.Actor).values()
	if len(named) > 0 {
		compareWithin(s, "actor", named, actors, values, func(names []string, v string) bool { return anyName(names)(v) })
	} else if len(actors) == 0 {
		s.share("actor.none_when_none", len(values) == 0)
	}
}
