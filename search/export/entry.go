package export

import (
	"slices"

	"incidex/data"
	"incidex/data/vocab"
	"incidex/search"
)

// entry is a row with what it states as facts.
type entry struct {
	id, title string
	// article is set for a row that is one.
	article *data.Document
	// incident is the id of the incident that the row is or that the article is about,
	// "" for none.
	incident string
	campaign bool
	// sources are the articles that the row comes from, newest first.
	sources []data.ArticleRef
	// facts are in the order of data.Fields: one a field, or one for each value of a
	// field with several.
	facts []data.SourcedClaim
	// ranges are the lowest and the highest numbers that sources which disagree give.
	ranges map[data.Field][2]float64
}

func entryOf(row search.Row) entry {
	if d := row.Article; d != nil {
		e := entry{id: d.ID, title: d.Title, article: d, sources: []data.ArticleRef{data.Ref(d, data.Subject)}}
		if s := d.Subject(); s != nil {
			e.incident = s.ID
			e.facts = stated(s, d.ID)
		}
		return e
	}
	r := row.Incident
	e := entry{id: r.ID, title: r.Title, incident: r.ID, campaign: r.Campaign, sources: r.Articles, ranges: map[data.Field][2]float64{}}
	for _, f := range r.Fields {
		for _, c := range f.Chosen {
			if c.Asserted() {
				e.facts = append(e.facts, c)
			}
		}
		if f.Conflict && f.Low != nil && f.High != nil {
			e.ranges[f.Field] = [2]float64{*f.Low, *f.High}
		}
	}
	return e
}

// stated are the claims of a mention that an article states as facts.
func stated(m *data.Mention, article string) []data.SourcedClaim {
	var out []data.SourcedClaim
	for _, info := range data.Fields {
		var seen []string
		for _, c := range m.Claims {
			if c.Field != info.Field || !c.Asserted() || slices.Contains(seen, c.Value) {
				continue
			}
			seen = append(seen, c.Value)
			out = append(out, data.SourcedClaim{Claim: c, Article: article})
			if !info.Many {
				break
			}
		}
	}
	return out
}

// of returns the facts of a field.
func (e *entry) of(f data.Field) []data.SourcedClaim {
	var out []data.SourcedClaim
	for _, c := range e.facts {
		if c.Field == f {
			out = append(out, c)
		}
	}
	return out
}

// first returns the first fact of a field, and false where there is none.
func (e *entry) first(f data.Field) (data.SourcedClaim, bool) {
	for _, c := range e.facts {
		if c.Field == f {
			return c, true
		}
	}
	return data.SourcedClaim{}, false
}

// values are the values of a field as they are stored.
func (e *entry) values(f data.Field) []string {
	var out []string
	for _, c := range e.of(f) {
		out = append(out, c.Value)
	}
	return out
}

// labels are the values of a field as a reader sees them.
func (e *entry) labels(f data.Field) []string {
	out := e.values(f)
	for i, v := range out {
		out[i] = vocab.Label(f, v)
	}
	return out
}

// published returns the first and the last day of publication, "" where no source has one.
func (e *entry) published() (first, last data.Date) {
	for _, s := range e.sources {
		if s.Date == "" {
			continue
		}
		if first == "" || s.Date < first {
			first = s.Date
		}
		last = max(last, s.Date)
	}
	return first, last
}

// urls are the addresses of the sources, without passwords and each once.
func (e *entry) urls() []string {
	var out []string
	for _, s := range e.sources {
		if u := data.WithoutPassword(s.URL); u != "" && !slices.Contains(out, u) {
			out = append(out, u)
		}
	}
	return out
}
