package main

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"incidex/data"
)

// general are words that name nobody and nothing.
var general = strings.Fields(`it its he she they them their his her who which that this these those we us our you your i
	someone anyone others victim victims user users people customers hackers hacker attacker attackers criminals company
	companies data information`)

// unnamed is how arguments begin that describe an attacker instead of naming one.
var unnamed = regexp.MustCompile(`^([^A-Z]|(The|A|An|Some|Hackers?|Attackers?|They|He|She|Cyber|Criminals?|Someone|Who)\b)`)

var cveID = regexp.MustCompile(`(?i)CVE-\d{4}-\d{4,7}`)

// compareSpans counts one article by overlap: how many arguments some evidence
// meets, and how many pieces of evidence meet an argument. Evidence in the title
// counts as if its offsets were the text's.
func compareSpans(s *sheet, name, text string, want []argument, cs claims) {
	telling := slices.DeleteFunc(slices.Clone(want), func(a argument) bool { return slices.Contains(general, plainName(a.Text)) })
	if len(telling) == 0 {
		return
	}
	var got [][2]int // in characters
	for _, c := range cs {
		for _, e := range c.Evidence {
			got = append(got, [2]int{characters(text, e.Start), characters(text, e.End)})
		}
	}
	compareWithin(s, name, telling, want, got, func(a argument, e [2]int) bool {
		return slices.ContainsFunc(a.Spans, func(w [2]int) bool { return w[0] < e[1] && e[0] < w[1] })
	})
}

// characters is how many characters begin before a byte of the text.
func characters(text string, end int) int { return utf8.RuneCountInString(text[:min(end, len(text))]) }

func scoreCasie(s *sheet, g *row, got answer) {
	if len(g.Victims) > 0 {
		scoreVictim(s, got, g.Victims...)
		compare(s, "victims", g.Victims, got.actual(data.Victim).values(), sameName)
	}
	compareSpans(s, "data_type.spans", g.Text, g.Gold.Data, got.subject(data.DataType))
	if slices.Contains(g.EventTypes, "Databreach") || slices.Contains(g.EventTypes, "Ransom") {
		compareSpans(s, "dates.spans", g.Text, g.Gold.Time, got.subject(data.Occurred, data.Discovered, data.Disclosed, data.Notified))
		named := slices.DeleteFunc(slices.Clone(g.Gold.Attackers), func(a argument) bool {
			return unnamed.MatchString(a.Text) || slices.Contains(general, plainName(a.Text))
		})
		compareSpans(s, "actor.spans", g.Text, named, got.subject(data.Actor))
	}
	var counts []float64
	for _, c := range slices.Concat(g.Gold.People, g.Gold.Things) {
		if bytesOf.MatchString(c.Text) {
			continue
		}
		for _, f := range figures(c.Text) {
			counts = append(counts, f.value)
		}
	}
	if len(counts) > 0 {
		compare(s, "records", distinct(counts), got.subject(data.Records).numbers(), sameNumber(0))
	}
	var ransoms []sum
	for _, r := range g.Gold.Ransoms {
		ransoms = append(ransoms, sumsIn(r.Text)...)
	}
	if len(ransoms) > 0 {
		compareSets(s, "ransom", ransoms, got.subject(data.RansomDemanded, data.RansomPaid).sums())
	}
	if ids := cveID.FindAllString(strings.ToUpper(g.Text), -1); len(ids) > 0 {
		var found []string
		for _, m := range got {
			found = append(found, claimsOf(m, data.CVE).values()...)
		}
		compareSets(s, "cve", ids, found)
	}
}

// currencies are how gold writes the currency before or after an amount; the first
// of the list counts.
var currencies = [...]struct{ written, code string }{
	{"btc", "BTC"}, {"bitcoin", "BTC"}, {"us$", "USD"}, {"$", "USD"}, {"usd", "USD"}, {"dollar", "USD"},
	{"£", "GBP"}, {"gbp", "GBP"}, {"pound", "GBP"}, {"€", "EUR"}, {"eur", "EUR"}, {"xmr", "XMR"}, {"monero", "XMR"},
}

// sumsIn are the amounts of money that a text writes.
func sumsIn(text string) []sum {
	var out []sum
	text = strings.ToLower(text)
	for _, f := range figures(text) {
		before, after := strings.TrimSpace(text[:f.start]), strings.TrimSpace(text[f.end:])
		for _, c := range currencies {
			if strings.HasSuffix(before, c.written) || strings.HasPrefix(after, c.written) {
				out = append(out, sum{f.value, c.code})
				break
			}
		}
	}
	return out
}

// sameNumber compares numbers with a tolerance that is a fraction of the wanted one.
func sameNumber(tolerance float64) func(want, got float64) bool {
	return func(want, got float64) bool { return within(want, tolerance)(got) }
}

func scoreJudged(s *sheet, g *row, got answer) {
	want := g.Subject
	s.share("is_incident", (len(got.subject()) > 0) == (want != nil))
	if want == nil {
		return
	}
	sure := func(field string) bool { return !slices.Contains(g.Unsure, field) }
	if want.Victim != "" && sure("victim") {
		scoreVictim(s, got, append([]string{want.Victim}, want.Aliases...)...)
	}
	if sure("records") {
		ns := got.actual(data.Records).numbers()
		if len(want.Records) > 0 {
			top(s, "records.top1", ns, within(want.Records[0], .005))
		}
		compare(s, "records", want.Records, ns, sameNumber(.005))
	}
	if sure("data_types") {
		types := got.actual(data.DataType).values()
		if len(want.Negated) > 0 {
			s.share("negated.kept_out", !slices.ContainsFunc(want.Negated, among(types)))
		}
		compareSets(s, "data_types", core(want.DataTypes), core(types))
	}
	if sure("attacks") {
		compareSets(s, "attacks", want.Attacks, got.actual(data.Attack).values())
	}
	if sure("actor") {
		compare(s, "actor", given(want.Actor), got.actual(data.Actor).values(), sameName)
	}
	if want.Occurred != "" && sure("occurred") {
		dates := got.actual(data.Occurred).values()
		top(s, "occurred.year", dates, begins(want.Occurred[:len("2006")]))
		if month := len("2006-01"); len(want.Occurred) >= month {
			top(s, "occurred.month", dates, begins(want.Occurred[:month]))
		}
	}
	if want.Country != "" && sure("country") {
		top(s, "country.top1", got.actual(data.Country).values(), among([]string{want.Country}))
	}
	if r := want.Ransom; r.Amount > 0 {
		s.share("ransom", slices.ContainsFunc(got.subject(data.RansomDemanded, data.RansomPaid).sums(), func(x sum) bool {
			return x.currency == r.Currency && within(r.Amount, .01)(x.number)
		}))
	}
	var others, mentioned []string
	for _, m := range g.Mentioned {
		others = append(others, given(m.Victim)...)
	}
	for _, m := range got {
		if victims := claimsOf(m, data.Victim).values(); m.Role == data.Mentioned && len(victims) > 0 {
			mentioned = append(mentioned, victims[0])
		}
	}
	if len(others) > 0 {
		compare(s, "mentioned", others, mentioned, sameName)
	}
}
