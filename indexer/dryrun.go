package indexer

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"

	"incidex/data"
)

// Changes is what a run would do.
type Changes struct {
	Summary
	// Articles would be new, changed or gone, by id.
	Articles []ArticleChange
	// Fields are the claims that would come and go, in the order of data.Fields.
	Fields []FieldChange
	// Splits are incidents whose articles would come to stand in several; Merges are
	// incidents that would take in the articles of several. By id.
	Splits, Merges []Regrouping
}

// ArticleChange is one article that a run would write or remove.
type ArticleChange struct {
	ID, Title string
	// Kind is "new", "changed", "gone" or, where only its incidents or locations
	// change, "moved".
	Kind string
}

// FieldChange counts the claims of a field that a run would add and remove.
type FieldChange struct {
	Field          data.Field
	Added, Removed int
}

// Regrouping is an incident and those that its articles come from or go to, sorted.
type Regrouping struct {
	Incident string
	Others   []string
}

// DryRun does everything that Run does but writing. It keeps what would be
// written in memory.
func (x *Indexer) DryRun(ctx context.Context, o Options) (Changes, error) {
	d := &dry{Sink: x.Sink, articles: map[string]*data.Document{}, incidents: map[string]*data.Incident{}}
	tried := *x
	tried.Sink = d
	sum, err := tried.Run(ctx, o)
	c := Changes{Summary: sum}
	if err != nil {
		return c, err
	}
	return c, d.compare(ctx, &c)
}

// dry is an index that keeps changes to itself.
type dry struct {
	Sink
	articles  map[string]*data.Document // nil for one that is gone
	incidents map[string]*data.Incident // nil for one that is gone
}

func (d *dry) Empty() bool {
	e, ok := d.Sink.(interface{ Empty() bool })
	return ok && e.Empty() && len(d.articles) == 0
}

func (d *dry) Articles(ctx context.Context, ids ...string) ([]*data.Document, error) {
	out, err := d.Sink.Articles(ctx, ids...)
	for i, id := range ids {
		if doc, ok := d.articles[id]; ok && err == nil {
			out[i] = doc
		}
	}
	return out, err
}

func (d *dry) Apply(_ context.Context, b *data.Batch) error {
	for _, id := range b.RemovedArticles {
		d.articles[id] = nil
	}
	for _, id := range b.RemovedIncidents {
		d.incidents[id] = nil
	}
	for _, doc := range b.Articles {
		d.articles[doc.ID] = doc
	}
	for _, inc := range b.Incidents {
		d.incidents[inc.ID] = inc
	}
	return nil
}

func (d *dry) compare(ctx context.Context, c *Changes) error {
	fields := map[data.Field]*FieldChange{}
	ids := slices.Sorted(maps.Keys(d.articles))
	for _, id := range ids {
		olds, err := d.Sink.Articles(ctx, id)
		if err != nil {
			return err
		}
		old, now := olds[0], d.articles[id]
		switch {
		case old == nil && now == nil:
			continue
		case old == nil:
			c.Articles = append(c.Articles, ArticleChange{id, now.Title, "new"})
		case now == nil:
			c.Articles = append(c.Articles, ArticleChange{id, old.Title, "gone"})
		case old.Hash != now.Hash || old.Extractor != now.Extractor:
			c.Articles = append(c.Articles, ArticleChange{id, now.Title, "changed"})
		default:
			c.Articles = append(c.Articles, ArticleChange{id, now.Title, "moved"})
		}
		before, after := claimSet(old), claimSet(now)
		for k, f := range after {
			if _, ok := before[k]; !ok {
				change(fields, f).Added++
			}
		}
		for k, f := range before {
			if _, ok := after[k]; !ok {
				change(fields, f).Removed++
			}
		}
	}
	for _, info := range data.Fields {
		if f := fields[info.Field]; f != nil {
			c.Fields = append(c.Fields, *f)
		}
	}
	return d.regroupings(ctx, c)
}

func change(m map[data.Field]*FieldChange, f data.Field) *FieldChange {
	if m[f] == nil {
		m[f] = &FieldChange{Field: f}
	}
	return m[f]
}

// claimSet holds what a document claims, whatever the words.
func claimSet(d *data.Document) map[string]data.Field {
	out := map[string]data.Field{}
	if d == nil {
		return out
	}
	for _, m := range d.Mentions {
		for _, c := range m.Claims {
			value := c.Value
			if c.Number != nil {
				value = strconv.FormatFloat(*c.Number, 'g', -1, 64) + c.Unit + c.Currency
			}
			out[strings.Join([]string{string(m.Role), string(c.Field), value, string(c.Status)}, "\x00")] = c.Field
		}
	}
	return out
}

// regroupings finds the incidents whose articles do not stay together, or not
// apart.
func (d *dry) regroupings(ctx context.Context, c *Changes) error {
	to, from := map[string]map[string]bool{}, map[string]map[string]bool{}
	add := func(m map[string]map[string]bool, k, v string) {
		if m[k] == nil {
			m[k] = map[string]bool{}
		}
		m[k][v] = true
	}
	home := map[string]string{} // the incident that an article would be about
	for id, inc := range d.incidents {
		if inc == nil {
			continue
		}
		for _, m := range inc.Members {
			if m.Role == data.Subject {
				home[m.Article] = id
			}
		}
	}
	for _, id := range slices.Sorted(maps.Keys(d.incidents)) {
		olds, err := d.Sink.Incidents(ctx, id)
		if err != nil {
			return err
		}
		if olds[0] == nil {
			continue
		}
		for _, m := range olds[0].Members {
			if now := home[m.Article]; m.Role == data.Subject && now != "" {
				add(to, olds[0].ID, now)
				add(from, now, olds[0].ID)
			}
		}
	}
	c.Splits, c.Merges = several(to), several(from)
	return nil
}

func several(m map[string]map[string]bool) []Regrouping {
	var out []Regrouping
	for _, id := range slices.Sorted(maps.Keys(m)) {
		if len(m[id]) > 1 {
			out = append(out, Regrouping{id, slices.Sorted(maps.Keys(m[id]))})
		}
	}
	return out
}
