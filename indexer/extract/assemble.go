package extract

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"incidex/data"
	"incidex/indexer/extract/roles"
)

// assemble turns the candidates into claims of the incidents.
func (d *document) assemble(m *roles.Model) []data.Mention {
	n := len(d.incidents)
	subject := d.subjectClaims(m)
	for len(d.claims) < n {
		d.claims = append(d.claims, nil)
	}
	type place struct{ field, candidate int }
	order := make([]place, 0, len(d.candidates))
	for i := range d.candidates {
		c := &d.candidates[i]
		if c.incident == bySentence {
			c.incident = d.incidentAt(c.from)
		}
		if c.incident >= 0 && c.incident < n && !c.wide && !(c.incident == 0 && d.hasSubject()) {
			order = append(order, place{c.field.Order(), i})
		}
	}
	slices.SortStableFunc(order, func(i, j place) int {
		if i.field != j.field {
			return cmp.Compare(i.field, j.field)
		}
		a, b := &d.candidates[i.candidate], &d.candidates[j.candidate]
		return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(statusOrder(a.status), statusOrder(b.status)),
			cmp.Compare(b.confidence, a.confidence), cmp.Compare(a.from, b.from))
	})
	for _, p := range order {
		c := &d.candidates[p.candidate]
		d.claims[c.incident] = d.claim(d.claims[c.incident], c)
	}
	var out []data.Mention
	for i, inc := range d.incidents {
		m := data.Mention{Role: inc.role}
		if inc.role == data.Subject {
			m.Claims = given(d.a.Given)
		}
		found := d.claims[i]
		if inc.role == data.Subject {
			found = subject
		}
		m.Claims = append(m.Claims, found...)
		if inc.role != data.Subject {
			clear(found)
			d.claims[i] = found[:0]
		}
		if len(m.Claims) == 0 || inc.dropped {
			continue
		}
		if inc.role == data.Subject && len(d.a.Given) > 0 {
			slices.SortStableFunc(m.Claims, func(a, b data.Claim) int { return cmp.Compare(a.Field.Order(), b.Field.Order()) })
		}
		m.ID = nameIncident(&m, d.a.Date)
		out = append(out, m)
	}
	if len(out) == 0 || out[0].Role != data.Subject {
		out = append(givenOnly(d.a), out...)
	}
	return out
}

// claim appends the candidate as a claim, or as more evidence of an equal one.
func (d *document) claim(list []data.Claim, c *candidate) []data.Claim {
	raw := c.raw
	if raw == "" {
		raw = d.text(c.from, c.to)
	}
	var ev data.Evidence
	if c.from < c.to {
		ev = d.evidence(c.from, c.to)
	}
	for i := len(list) - 1; i >= 0 && list[i].Field == c.field; i-- {
		o := &list[i]
		if o.Value != c.value || o.Status != c.status || o.Unit != c.unit || o.Currency != c.currency ||
			(o.Number != nil) != c.counted || c.counted && *o.Number != c.number {
			continue
		}
		if c.from < c.to && !slices.Contains(o.Evidence, ev) {
			o.Evidence = cite(o.Evidence, ev)
		}
		return list
	}
	out := data.Claim{Field: c.field, Value: c.value, Raw: raw, Unit: c.unit, Qualifier: c.qualifier, Currency: c.currency,
		Status: c.status, Confidence: c.confidence, Rule: c.rule}
	if c.from < c.to {
		out.Evidence = []data.Evidence{ev}
	}
	if c.counted {
		number := c.number
		out.Number = &number
	}
	return append(list, out)
}

// cite adds a place to the evidence. A title mostly repeats the text in fewer
// words, so its place counts only while the text has none.
func cite(list []data.Evidence, e data.Evidence) []data.Evidence {
	switch {
	case len(list) > 0 && e.Source == data.InTitle:
		return list
	case len(list) == 1 && list[0].Source == data.InTitle:
		list[0] = e
		return list
	case len(list) < maxEvidence:
		return append(list, e)
	}
	return list
}

// maxEvidence is the number of places that a claim keeps.
const maxEvidence = 8

// evidence maps tokens back to the title or the text. Tokens never span both.
func (d *document) evidence(from, to int) data.Evidence {
	start, end := int(d.tokens[from].start), int(d.tokens[to-1].end)
	e := data.Evidence{Quote: d.buf[start:end]}
	if start < d.textAt {
		e.Span, e.Source = data.Span{Start: start, End: end}, data.InTitle
	} else {
		e.Span = data.Span{Start: start - d.textAt, End: end - d.textAt}
	}
	return e
}

// givenOnly is the subject that the source's own claims make, nil when there are none.
func givenOnly(a *data.Article) []data.Mention {
	if len(a.Given) == 0 {
		return nil
	}
	m := data.Mention{Role: data.Subject, Claims: given(a.Given)}
	slices.SortStableFunc(m.Claims, func(a, b data.Claim) int { return cmp.Compare(a.Field.Order(), b.Field.Order()) })
	m.ID = nameIncident(&m, a.Date)
	return []data.Mention{m}
}

// given returns the claims that the source brought, as claims of an extractor.
func given(claims []data.Claim) []data.Claim {
	out := slices.Clone(claims)
	for i := range out {
		c := &out[i]
		c.Rule = data.RuleGiven
		c.Status = cmp.Or(c.Status, data.Actual)
		if c.Confidence == 0 {
			c.Confidence = 1
		}
	}
	return out
}

func statusOrder(s data.Status) int {
	return slices.Index([]data.Status{data.Actual, data.Derived, data.Possible, data.Advised, data.Negated, data.Doubtful}, s)
}

// nameIncident makes a readable id: the victim and the year.
func nameIncident(m *data.Mention, published data.Date) string {
	name := "unnamed"
	if c := m.Best(data.Victim); c != nil {
		name = slug(c.Value)
	}
	year := 0
	for _, f := range []data.Field{data.Occurred, data.Disclosed} {
		if c := m.Best(f); c != nil && year == 0 {
			year = data.Date(c.Value).Year()
		}
		if year == 0 && m.Role == data.Subject {
			year = likelyYear(m, f)
		}
	}
	if year == 0 && m.Role == data.Subject {
		year = published.Year()
	}
	if year == 0 {
		return name
	}
	return name + "-" + strconv.Itoa(year)
}

// likelyYear is the year of the likeliest date of a field, 0 where none is likelier
// than not to be the one, as a name needs less certainty than a claim.
func likelyYear(m *data.Mention, f data.Field) int {
	for _, c := range m.Claims {
		if c.Field == f && c.Status == data.Doubtful && c.Lead >= leastYear {
			return data.Date(c.Value).Year()
		}
	}
	return 0
}

// leastYear is the probability of a date whose year names an incident.
const leastYear = 0.5

// slug is a name in lower-case letters and digits with single hyphens.
func slug(s string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(s) {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteRune(unicode.ToLower(r))
		case unicode.Is(unicode.Mn, r) || r == '\'' || r == '’':
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	if out := strings.TrimSuffix(b.String(), "-"); out != "" {
		return out
	}
	return "unnamed"
}
