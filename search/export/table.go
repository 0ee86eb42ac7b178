package export

import (
	"strconv"
	"strings"

	"incidex/data"
	"incidex/data/vocab"
	"incidex/search/query"
)

// A table has a row for each article or incident: what it is, then every field, then the
// sentences that the values come from, and the generation of the index. Several values
// of one cell stand behind semicolons.

// column is one of its columns. Its cell is a string, a float64 or nil.
type column struct {
	name string
	cell func(e *entry) any
}

// between stands between the values of a cell.
const between = "; "

// coded are the fields whose codes stand in a column of their own, beside the labels.
var coded = map[data.Field]bool{data.Sector: true, data.Country: true}

// columns are those of a level.
func columns(a About) []column {
	out := articleColumns
	if a.Level == query.IncidentLevel {
		out = incidentColumns
	}
	out = append([]column{}, out...)
	for _, f := range data.Fields {
		out = append(out, fieldColumns(f, a.Level)...)
	}
	for _, f := range data.Fields {
		out = append(out, column{string(f.Field) + "_evidence", func(e *entry) any { return evidence(e.of(f.Field)) }})
	}
	return append(out, column{"generation", func(*entry) any { return a.Generation }})
}

var articleColumns = []column{
	{"id", func(e *entry) any { return e.id }},
	{"title", func(e *entry) any { return e.title }},
	{"publisher", func(e *entry) any { return e.article.Publisher }},
	{"source_kind", func(e *entry) any { return string(e.article.Kind) }},
	{"published", func(e *entry) any { return string(e.article.Date) }},
	{"language", func(e *entry) any { return e.article.Language }},
	{"tags", func(e *entry) any { return strings.Join(e.article.Tags, between) }},
	{"url", func(e *entry) any { return data.WithoutPassword(e.article.URL) }},
	{"incident", func(e *entry) any { return e.incident }},
}

var incidentColumns = []column{
	{"id", func(e *entry) any { return e.id }},
	{"title", func(e *entry) any { return e.title }},
	{"campaign", func(e *entry) any { return yes(e.campaign) }},
	{"articles", func(e *entry) any { return float64(len(e.sources)) }},
	{"first_published", func(e *entry) any { first, _ := e.published(); return string(first) }},
	{"last_published", func(e *entry) any { _, last := e.published(); return string(last) }},
	{"urls", func(e *entry) any { return strings.Join(e.urls(), between) }},
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return ""
}

// fieldColumns are the columns of a field.
func fieldColumns(info data.FieldInfo, level query.Level) []column {
	f, name := info.Field, string(info.Field)
	part := func(suffix string, get func(c data.SourcedClaim) any) column {
		return column{name + suffix, func(e *entry) any {
			if c, ok := e.first(f); ok {
				return get(c)
			}
			return nil
		}}
	}
	number := part("", func(c data.SourcedClaim) any {
		if c.Number == nil {
			return nil
		}
		return *c.Number
	})
	qualifier := part("_qualifier", func(c data.SourcedClaim) any { return string(c.Qualifier) })
	var out []column
	switch info.Kind {
	case data.Count:
		out = []column{number, part("_unit", func(c data.SourcedClaim) any { return c.Unit }), qualifier}
	case data.Money:
		out = []column{number, part("_currency", func(c data.SourcedClaim) any { return c.Currency }), qualifier}
	default:
		out = []column{{name, func(e *entry) any { return strings.Join(e.labels(f), between) }}}
		if coded[f] {
			out = append(out, column{name + "_code", func(e *entry) any { return strings.Join(e.values(f), between) }})
		}
		return out
	}
	if level == query.IncidentLevel {
		for i, suffix := range []string{"_lowest", "_highest"} {
			out = append(out, column{name + suffix, func(e *entry) any {
				if r, ok := e.ranges[f]; ok {
					return r[i]
				}
				return nil
			}})
		}
	}
	return out
}

// evidence are the quotes of facts, each with its article.
func evidence(facts []data.SourcedClaim) string {
	var out []string
	for _, c := range facts {
		for _, q := range quotes(c) {
			out = append(out, "“"+q+"” ["+c.Article+"]")
		}
	}
	return strings.Join(out, between)
}

// quotes are the distinct pieces of text that a fact comes from.
func quotes(c data.SourcedClaim) []string {
	var out []string
	for _, ev := range c.Evidence {
		if len(out) == 0 || out[len(out)-1] != ev.Quote {
			out = append(out, ev.Quote)
		}
	}
	return out
}

// shown is a fact in words: a label, a date, or a number with what it counts.
func shown(c data.SourcedClaim) string {
	if c.Number == nil {
		return vocab.Label(c.Field, c.Value)
	}
	words := append(nonEmpty(string(c.Qualifier)), plain(*c.Number))
	return strings.Join(append(words, nonEmpty(c.Unit+c.Currency)...), " ")
}

// plain writes a number in digits.
func plain(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }
