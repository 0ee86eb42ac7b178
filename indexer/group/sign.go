package group

import (
	"regexp"
	"slices"
	"strings"

	"incidex/data"
	"incidex/data/vocab"
)

const (
	// maxValues is the number of values of a field that a signature keeps.
	maxValues = 8
	// leastTopic and mostTopic are the bytes of the phrase of a headline that names an
	// incident without a victim.
	leastTopic, mostTopic = 16, 60
)

// Sign reduces what an article says about an incident to what tells incidents
// apart. The words and the sketch of the article go to its subject only: they say
// little about an incident that is mentioned in passing.
func Sign(a *data.Article, m *data.Mention) data.Signature {
	s := data.Signature{
		Published: a.Date,
		Occurred:  dateOf(m, data.Occurred),
		Disclosed: dateOf(m, data.Disclosed),
		Attacks:   valuesOf(m, data.Attack),
		Actors:    valuesOf(m, data.Actor),
		DataTypes: valuesOf(m, data.DataType),
		Suppliers: valuesOf(m, data.Supplier),
		CVEs:      valuesOf(m, data.CVE),
		Malware:   malwareOf(m),
	}
	s.Likely = m.Best(data.Occurred) == nil && !slices.ContainsFunc(m.Claims, func(c data.Claim) bool {
		return c.Field == data.Occurred && c.Lead >= namingDate
	})
	for _, v := range m.Values(data.Victim) {
		if !isThreat(v) {
			s.Victim = strings.Clone(canonical(v))
			s.VictimGiven = slices.ContainsFunc(m.Claims, func(c data.Claim) bool {
				return c.Field == data.Victim && c.Value == v && c.Rule == data.RuleGiven
			})
			s.Headlined = m.Role == data.Subject && headlined(v, a.Title, m)
			break
		}
	}
	var numbers []float64
	for _, c := range m.Claims {
		if c.Field == data.Records && c.Number != nil && c.Qualifier != data.Vague &&
			(c.Asserted() || c.Status == data.Possible || c.Status == data.Doubtful) {
			numbers = append(numbers, *c.Number)
		}
	}
	s.Numbers = firstOf(numbers, maxValues)
	if m.Role == data.Subject {
		if year := pastYear(a); year != "" {
			s.Dated, s.Likely = true, false
			if !year.Covers(s.Occurred) {
				s.Occurred = year
			}
		}
		title := headline(a.Title)
		text := strings.Fields(vocab.Fold(a.Text))
		count := countTerms(strings.Fields(vocab.Fold(title)), text)
		terms := rankTerms(count)
		for _, t := range terms {
			s.Terms = append(s.Terms, t.hash)
			s.Counts = append(s.Counts, t.count)
		}
		s.Topic = strings.Clone(topic(title))
		s.Sketch = sketch(text)
	}
	return s
}

func valuesOf(m *data.Mention, f data.Field) []string {
	out := firstOf(m.Values(f), maxValues)
	for i, v := range out {
		out[i] = strings.Clone(v)
	}
	return out
}

// malwareOf are the names of malware, those that are likelier than not too: they tell
// events apart, and name campaigns.
func malwareOf(m *data.Mention) []string {
	out := valuesOf(m, data.Malware)
	for _, c := range m.Claims {
		if c.Field == data.Malware && c.Status == data.Doubtful && c.Confidence >= likelyMalware && len(out) < maxValues {
			out = append(out, strings.Clone(c.Value))
		}
	}
	return out
}

// likelyMalware is the probability from which doubtful malware counts in grouping.
const likelyMalware = 0.5

func dateOf(m *data.Mention, f data.Field) data.Date {
	c := m.Best(f)
	for i := range m.Claims { // two doubtful dates that agree tell incidents apart as well as sure ones
		if o := &m.Claims[i]; c == nil && o.Field == f && o.Status == data.Doubtful && o.Lead >= likelyDate {
			c = o
		}
	}
	if c != nil {
		if d, err := data.ParseDate(c.Value); err == nil {
			return d
		}
	}
	return ""
}

// likelyDate is the probability from which a doubtful date counts in grouping, and
// namingDate that from which its year names the incident.
const likelyDate, namingDate = 0.25, 0.75

// headlined reports whether a title names a victim, by any of its names.
func headlined(victim, title string, m *data.Mention) bool {
	for _, c := range m.Claims {
		if c.Field == data.Victim && c.Value == victim && slices.ContainsFunc(c.Evidence, func(e data.Evidence) bool { return e.Source == data.InTitle }) {
			return true
		}
	}
	folded := vocab.Fold(headline(title))
	names := []string{victim, acronym(vocab.Fold(victim))}
	if t, ok := vocab.Organizations().Lookup(victim); ok {
		names = append(append(names, t.Value), t.Aliases...)
	}
	return slices.ContainsFunc(names, func(n string) bool {
		n = vocab.Fold(n)
		return len(n) >= 2 && strings.Contains(" "+folded+" ", " "+n+" ")
	})
}

var yearInTitle = regexp.MustCompile(`\b(?:19|20)\d\d\b`)

// pastYear is the year before that of publication which the title gives, as in "the
// 2014 breach", and "" when it gives none or several.
func pastYear(a *data.Article) data.Date {
	years := yearInTitle.FindAllString(a.Title, 2)
	if len(years) != 1 || a.Date.Year() == 0 || data.Date(years[0]).Year() >= a.Date.Year() {
		return ""
	}
	return data.Date(years[0])
}

// isThreat reports whether a name is that of a malware or a threat actor, which
// headlines put where a victim stands.
func isThreat(name string) bool {
	_, malware := vocab.Malware().Lookup(name)
	_, actor := vocab.Actors().Lookup(name)
	return malware || actor
}

// canonical is the gazetteer's spelling of an organisation, name itself when the
// gazetteer does not know it.
func canonical(name string) string {
	if t, ok := vocab.Organizations().Lookup(name); ok {
		return t.Value
	}
	return strings.TrimSpace(name)
}

// topic is a short phrase of a headline: its first clause, cut between words.
func topic(headline string) string {
	phrase := strings.TrimSpace(headline)
	for _, mark := range []string{": ", "; ", " - ", " – ", " — ", " | ", ", "} {
		if i := strings.Index(phrase, mark); i >= leastTopic {
			phrase = phrase[:i]
		}
	}
	if len(phrase) > mostTopic {
		phrase = strings.ToValidUTF8(phrase[:mostTopic], "")
		if i := strings.LastIndexByte(phrase, ' '); i > 0 {
			phrase = phrase[:i]
		}
	}
	return strings.TrimSpace(phrase)
}

// when is the best known date of the event itself, and false when only the date
// of publication is known.
func when(s data.Signature) (data.Date, bool) {
	switch {
	case s.Occurred != "" && (!s.Likely || s.Occurred.Year() == s.Published.Year()):
		return s.Occurred, true
	case s.Disclosed != "":
		return s.Disclosed, true
	}
	return s.Published, false
}
