package indexer

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"incidex/data"
	"incidex/indexer/extract"
	"incidex/indexer/reader"
)

const (
	// maxQuotes is the number of quotes that a claim of a command keeps.
	maxQuotes = 8
	// notQuoted ends the rule of a claim whose quote does not stand in the article.
	notQuoted = ", quote not found"
)

// add puts the claims of an answer beside those of a document: behind what the source
// gives and before what was extracted.
func (a *asker) add(d *data.Document, incidents []answered) {
	for _, incident := range incidents {
		role := cmp.Or(incident.Role, data.Subject)
		if role != data.Subject && role != data.Mentioned {
			a.refuse(fmt.Sprintf("role %.20q, which is neither subject nor mentioned", role), len(incident.Claims))
			continue
		}
		var claims []data.Claim
		for _, told := range incident.Claims {
			c, err := a.claim(&d.Article, told)
			if err != nil {
				a.refuse(err.Error(), 1)
				continue
			}
			claims = append(claims, c...)
		}
		if len(claims) > 0 {
			join(d, role, claims)
		}
	}
}

// refuse counts claims that are none.
func (a *asker) refuse(why string, n int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.refused += n
	a.example = cmp.Or(a.example, why)
}

// claim makes a claim of what a command tells, in the form of data.Claim. One with a
// quote that does not stand in the article is doubtful and keeps no evidence.
func (a *asker) claim(article *data.Article, told map[string]any) ([]data.Claim, error) {
	field, _ := told["field"].(string)
	doubtful := told["status"] == string(data.Doubtful)
	if doubtful {
		delete(told, "status")
	}
	claims, err := reader.Given(data.Field(field), told)
	if err != nil {
		return nil, err
	}
	quotes, found := evidenceOf(article, told["evidence"])
	for i := range claims {
		c := &claims[i]
		c.Rule, c.Evidence = data.RuleCommand+a.name, quotes
		if told["raw"] == nil && len(quotes) > 0 {
			c.Raw = quotes[0].Quote
		}
		if !found {
			c.Rule, c.Evidence, c.Status = c.Rule+notQuoted, nil, data.Doubtful
			a.mu.Lock()
			a.unquoted++
			a.mu.Unlock()
		}
		if doubtful {
			c.Status = data.Doubtful
		}
	}
	return claims, nil
}

// evidenceOf finds the quotes of a claim in the article, and reports whether all are
// there. Where an offset is not that of the quote, as one counted in characters, the
// place of the quote that begins nearest is taken.
func evidenceOf(a *data.Article, told any) ([]data.Evidence, bool) {
	list, ok := told.([]any)
	if told != nil && !ok || len(list) > maxQuotes {
		return nil, false
	}
	var out []data.Evidence
	for _, one := range list {
		m, _ := one.(map[string]any)
		quote, _ := m["quote"].(string)
		source, _ := m["source"].(string)
		text := a.Text
		if source == data.InTitle {
			text = a.Title
		}
		start := nearest(text, quote, number(m["start"]))
		if quote == "" || start < 0 || source != "" && source != data.InTitle {
			return nil, false
		}
		out = append(out, data.Evidence{Span: data.Span{Start: start, End: start + len(quote)}, Quote: quote, Source: source})
	}
	return out, true
}

// number is an offset as JSON has it, 0 for what is none.
func number(v any) int {
	n, _ := v.(json.Number)
	i, _ := n.Int64()
	return int(i)
}

// nearest is where a quote begins in a text nearest to an offset, -1 where it does not.
func nearest(text, quote string, at int) int {
	at = min(max(at, 0), len(text))
	before := strings.LastIndex(text[:min(len(text), at+max(len(quote)-1, 0))], quote)
	after := strings.Index(text[at:], quote)
	switch {
	case after < 0:
		return before
	case before < 0 || after <= at-before:
		return at + after
	}
	return before
}

// join adds claims to the subject, or to the mentioned incident of the same victim, and
// makes the mention where there is none.
func join(d *data.Document, role data.Role, claims []data.Claim) {
	victim := (&data.Mention{Claims: claims}).Best(data.Victim)
	i := slices.IndexFunc(d.Mentions, func(m data.Mention) bool {
		return m.Role == role && (role == data.Subject || victim != nil && slices.Contains(m.Values(data.Victim), victim.Value))
	})
	if i < 0 {
		i = len(d.Mentions)
		if role == data.Subject {
			i = 0
		}
		d.Mentions = slices.Insert(d.Mentions, i, data.Mention{Role: role})
	}
	m := &d.Mentions[i]
	m.Claims = append(slices.Clone(m.Claims), claims...)
	slices.SortStableFunc(m.Claims, func(a, b data.Claim) int {
		return cmp.Or(cmp.Compare(a.Field.Order(), b.Field.Order()), rank(a)-rank(b))
	})
	m.ID = extract.Name(m, d.Date)
}

// rank orders claims of a field by who makes them.
func rank(c data.Claim) int {
	switch {
	case c.Rule == data.RuleGiven:
		return 0
	case c.OfCommand() && c.Status != data.Doubtful:
		return 1
	}
	return 2
}
