package group

import (
	"slices"
	"strings"

	"incidex/data"
	"incidex/data/vocab"
)

const (
	// maxValues is the number of values of a field that a signature keeps.
	maxValues = 8
	// topicWords is the number of words of a topic.
	topicWords = 3
)

// Sign reduces what an article says about an incident to what tells incidents
// apart. The words and the sketch of the article go to its subject only: they say
// little about an incident that is mentioned in passing.
func Sign(a *data.Article, m *data.Mention) data.Signature {
	s := data.Signature{
		Published: a.Date,
		Occurred:  dateOf(m, data.Occurred),
		Disclosed: dateOf(m, data.Disclosed),
		Attacks:   firstOf(m.Values(data.Attack), maxValues),
		Actors:    firstOf(m.Values(data.Actor), maxValues),
		DataTypes: firstOf(m.Values(data.DataType), maxValues),
		Suppliers: firstOf(m.Values(data.Supplier), maxValues),
		CVEs:      firstOf(m.Values(data.CVE), maxValues),
		Malware:   firstOf(m.Values(data.Malware), maxValues),
	}
	if v := m.Values(data.Victim); len(v) > 0 {
		s.Victim = canonical(v[0])
	}
	var numbers []float64
	for _, c := range m.Claims {
		if c.Field == data.Records && c.Number != nil && (c.Asserted() || c.Status == data.Possible) && c.Qualifier != data.Vague {
			numbers = append(numbers, *c.Number)
		}
	}
	s.Numbers = firstOf(numbers, maxValues)
	if m.Role == data.Subject {
		terms := rankTerms(a.Title, a.Text)
		for _, t := range terms[:min(len(terms), maxTerms)] {
			s.Terms = append(s.Terms, hash(t.word))
		}
		s.Topic = topic(a.Title, terms)
		s.Sketch = Sketch(a.Text)
	}
	return s
}

func dateOf(m *data.Mention, f data.Field) data.Date {
	if c := m.Best(f); c != nil {
		if d, err := data.ParseDate(c.Value); err == nil {
			return d
		}
	}
	return ""
}

// canonical is the gazetteer's spelling of an organisation, name itself when the
// gazetteer does not know it.
func canonical(name string) string {
	if t, ok := vocab.Organizations().Lookup(name); ok {
		return t.Value
	}
	return strings.TrimSpace(name)
}

// topic is the most telling words of the title in their order there, or the most
// telling words of the text where there is no title.
func topic(title string, terms []term) string {
	weight := map[string]float64{}
	for _, t := range terms {
		weight[t.word] = t.weight
	}
	var in []string
	for w := range words(title) {
		if weight[w] > 0 && !slices.Contains(in, w) {
			in = append(in, w)
		}
	}
	if len(in) == 0 {
		for _, t := range terms[:min(len(terms), topicWords)] {
			in = append(in, t.word)
		}
		return strings.Join(in, " ")
	}
	best := slices.Clone(in)
	slices.SortStableFunc(best, func(a, b string) int {
		switch {
		case weight[a] > weight[b]:
			return -1
		case weight[a] < weight[b]:
			return 1
		}
		return 0
	})
	best = best[:min(len(best), topicWords)]
	in = slices.DeleteFunc(in, func(w string) bool { return !slices.Contains(best, w) })
	return strings.Join(in, " ")
}

// when is the best known date of the event itself, and false when only the date
// of publication is known.
func when(s data.Signature) (data.Date, bool) {
	switch {
	case s.Occurred != "":
		return s.Occurred, true
	case s.Disclosed != "":
		return s.Disclosed, true
	}
	return s.Published, false
}
