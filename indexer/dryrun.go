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
	// Come and Go count the incidents that would hold articles that are not one incident
	// now, and those whose articles would no longer be one. Articles that are new or gone
	// are left out of this.
	Come, Go int
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
// written in memory, without the texts. With anew, the run would fill an empty index
// in place of the one that there is.
func (x *Indexer) DryRun(ctx context.Context, o Options, anew bool) (Changes, error) {
	d := &dry{Sink: x.Sink, before: x.Sink, articles: map[string]*data.Document{}, incidents: map[string]*data.Incident{}}
	if anew {
		d.Sink = Nothing{}
	}
	tried := *x
	tried.Sink = d
	sum, err := tried.Run(ctx, o)
	c := Changes{Summary: sum}
	if err == nil && anew {
		err = d.dropRest(ctx)
	}
	if err == nil {
		err = d.compare(ctx, &c)
	}
	if err == nil && anew {
		c.recount()
	}
	return c, err
}

// recount counts articles as changes of the index before: to the empty one all are new.
func (c *Changes) recount() {
	all := c.New
	c.New, c.Updated, c.Removed = 0, 0, 0
	for _, a := range c.Articles {
		switch a.Kind {
		case "new":
			c.New++
		case "changed":
			c.Updated++
		case "gone":
			c.Removed++
		}
	}
	c.Unchanged += all - c.New - c.Updated
}

// dry is an index that keeps changes to itself.
type dry struct {
	Sink                                // what the run changes
	before    Sink                      // what the changes are told against
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
		bare := *doc
		bare.Text = ""
		d.articles[doc.ID] = &bare
	}
	for _, inc := range b.Incidents {
		d.incidents[inc.ID] = inc
	}
	return nil
}

// dropRest takes away what the index before holds and the run has not written.
func (d *dry) dropRest(ctx context.Context) error {
	files, err := d.before.Files(ctx)
	if err != nil {
		return err
	}
	for _, f := range files {
		for doc, err := range d.before.ArticlesFrom(ctx, f.Path) {
			if err != nil {
				return err
			}
			if _, ok := d.articles[doc.ID]; !ok {
				d.articles[doc.ID] = nil
			}
		}
	}
	for inc, err := range d.before.AllIncidents(ctx) {
		if err != nil {
			return err
		}
		if _, ok := d.incidents[inc.ID]; !ok {
			d.incidents[inc.ID] = nil
		}
	}
	return nil
}

func (d *dry) compare(ctx context.Context, c *Changes) error {
	fields := map[data.Field]*FieldChange{}
	ids := slices.Sorted(maps.Keys(d.articles))
	for _, id := range ids {
		olds, err := d.before.Articles(ctx, id)
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
		case !samePlace(old, now):
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

// samePlace reports whether the incidents and locations of an article stay as they are.
func samePlace(a, b *data.Document) bool {
	return a.Unlisted == b.Unlisted && slices.Equal(a.Locations, b.Locations) &&
		slices.EqualFunc(a.Mentions, b.Mentions, func(a, b data.Mention) bool { return a.ID == b.ID })
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
		for _, article := range inc.Subjects() {
			home[article] = id
		}
	}
	was := map[string]bool{}  // articles that are about an incident now
	held := map[string]bool{} // incidents, as the articles that stay
	for _, id := range slices.Sorted(maps.Keys(d.incidents)) {
		olds, err := d.before.Incidents(ctx, id)
		if err != nil {
			return err
		}
		if olds[0] == nil || olds[0].ID != id {
			continue
		}
		var stay []string
		for _, article := range olds[0].Subjects() {
			if now := home[article]; now != "" {
				add(to, id, now)
				add(from, now, id)
				was[article] = true
				stay = append(stay, article)
			}
		}
		if len(stay) > 0 {
			held[strings.Join(stay, "\x00")] = true
		}
	}
	c.Go = len(held)
	for _, inc := range d.incidents {
		if inc == nil {
			continue
		}
		stay := slices.DeleteFunc(inc.Subjects(), func(article string) bool { return !was[article] })
		switch {
		case len(stay) == 0:
		case held[strings.Join(stay, "\x00")]:
			c.Go--
		default:
			c.Come++
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
