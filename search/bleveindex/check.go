package bleveindex

import (
	"context"
	"errors"
	"fmt"
	"slices"

	segment "github.com/blevesearch/scorch_segment_api/v2"

	"incidex/data"
	"incidex/search"
	"incidex/search/facet"
	"incidex/search/query"
	"incidex/search/text"
)

const (
	// maxFaults is the most faults that a Report lists.
	maxFaults = 1000
	// checkedArticles is the number of articles whose words are looked for where not all
	// are, and checkedWords that of the words of each.
	checkedArticles, checkedWords = 200, 3
)

// Fault is something that is wrong with an index.
type Fault struct {
	// What is "file", "article", "incident", "facet" or "word", and ID which one.
	What string `json:"what"`
	ID   string `json:"id"`
	Why  string `json:"why"`
}

// Report is what Check found.
type Report struct {
	Generation string `json:"generation"`
	Segments   int    `json:"segments"`
	Articles   int    `json:"articles"`
	Incidents  int    `json:"incidents"`
	Quotes     int    `json:"quotes"`
	Values     int    `json:"values"`
	Words      int    `json:"words"`
	// Faults are the first ones, Total counts all.
	Faults []Fault `json:"faults,omitempty"`
	Total  int     `json:"total_faults"`
}

func (r *Report) fault(what, id, format string, args ...any) {
	r.Total++
	if len(r.Faults) < maxFaults {
		r.Faults = append(r.Faults, Fault{what, id, fmt.Sprintf(format, args...)})
	}
}

// Check compares everything that the generation holds with what it must be: the sums of
// its files, the quotes of claims with the texts, incidents with their articles, counts
// of values with a recount, and words of articles with what finds them; with deep those of
// all articles. An error says that it could not be checked. It keeps about 200 bytes an
// article in memory.
func (s *Generation) Check(ctx context.Context, deep bool) (*Report, error) {
	snap, err := s.Snapshot()
	if err != nil {
		return nil, fmt.Errorf("check %s: %w", s.name, err)
	}
	defer snap.Close()
	c := checker{Report: &Report{Generation: s.name}, n: snap.(*snapshot), counts: map[string]map[string]int{}, refs: map[reference]bool{}, deep: deep}
	for _, step := range []func(context.Context) error{c.files, c.articles, c.incidents, c.values} {
		if err := step(ctx); err != nil {
			return nil, fmt.Errorf("check %s: %w", s.name, err)
		}
		if c.Articles == 0 && c.Total > 0 { // of a damaged file nothing more is to be read
			break
		}
	}
	return c.Report, nil
}

type checker struct {
	*Report
	n      *snapshot
	deep   bool
	counts map[string]map[string]int // articles by field and value
	refs   map[reference]bool        // true once the incident names the article, too
}

// reference is an incident that an article names.
type reference struct{ incident, article string }

func (c *checker) files(ctx context.Context) error {
	for _, seg := range c.n.segments {
		if err := ctx.Err(); err != nil {
			return err
		}
		file, ok := seg.Segment().(segment.PersistedSegment)
		if !ok {
			continue
		}
		c.Segments++
		if err := checkSum(file.Path()); err != nil {
			c.fault("file", file.Path(), "%v", err)
		}
	}
	return nil
}

// articles checks every article, and collects what it says of incidents and values.
func (c *checker) articles(ctx context.Context) error {
	every := max(1, c.n.view.Len()/checkedArticles)
	if c.deep {
		every = 1
	}
	for d, err := range with[data.Document](c.n.reader, fieldKind, kindArticle) {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			if errors.Is(err, context.Canceled) {
				return err
			}
			c.fault("article", "", "one cannot be read, nor those after it: %v", err)
			return nil
		}
		if d == nil {
			c.fault("article", "", "one is listed and not stored")
			continue
		}
		c.quotes(d)
		for _, m := range d.Mentions {
			if m.ID != "" { // else it is about an event that is no incident with a name
				c.refs[reference{m.ID, d.ID}] = false
			}
		}
		if d.Unlisted != "" {
			c.refs[reference{d.Unlisted, d.ID}] = false
		}
		for _, k := range keywordsOf(d) {
			if c.counts[k.field] == nil {
				c.counts[k.field] = map[string]int{}
			}
			c.counts[k.field][k.value]++
		}
		if c.Articles%every == 0 {
			if err := c.words(ctx, d); err != nil {
				return err
			}
		}
		c.Articles++
	}
	return nil
}

// quotes compares the quotes of claims with the texts that they are of.
func (c *checker) quotes(d *data.Document) {
	for _, m := range d.Mentions {
		for _, claim := range m.Claims {
			for _, e := range claim.Evidence {
				c.Quotes++
				if got := quote(d, e); e.Quote == "" || got != e.Quote {
					c.fault("article", d.ID, "the quote of %s at %d to %d is %q, the text says %q", claim.Field, e.Start, e.End, e.Quote, got)
				}
			}
		}
	}
}

// words looks for the article by some of its words.
func (c *checker) words(ctx context.Context, d *data.Document) error {
	seen := map[string]bool{}
	all := d.Title + " " + d.Text
	for _, w := range text.Analyze(all) {
		if w.Joined || seen[w.Exact] {
			continue
		}
		seen[w.Exact] = true
		c.Words++
		found, err := c.n.Search(ctx, search.Plan{Query: query.And{Nodes: []query.Node{query.Phrase{Text: all[w.Start:w.End]}, query.Match{Field: query.ID, Value: d.ID}}}, Sort: search.ByNewest, Limit: 1})
		if err != nil {
			return err
		}
		if found.Total != 1 {
			c.fault("word", d.ID, "the article is not found by its word %q", w.Exact)
		}
		if len(seen) == checkedWords {
			break
		}
	}
	return nil
}

// incidents checks that incidents and articles name each other.
func (c *checker) incidents(ctx context.Context) error {
	for inc, err := range with[data.Incident](c.n.reader, fieldKind, kindIncident) {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			if errors.Is(err, context.Canceled) {
				return err
			}
			c.fault("incident", "", "one cannot be read, nor those after it: %v", err)
			return nil
		}
		if inc == nil {
			c.fault("incident", "", "one is listed and not stored")
			continue
		}
		c.Incidents++
		if len(inc.Members) == 0 {
			c.fault("incident", inc.ID, "it has no article")
		}
		for _, m := range inc.Members {
			ref := reference{inc.ID, m.Article}
			if _, ok := c.refs[ref]; !ok {
				c.fault("incident", inc.ID, "it has the article %s, which does not name it or is not there", m.Article)
			}
			c.refs[ref] = true
		}
	}
	for ref, both := range c.refs {
		if !both {
			c.fault("article", ref.article, "it names the incident %s, which does not have it or is not there", ref.incident)
		}
	}
	return nil
}

// values compares the numbers of articles with each value, as searches count them, with a
// recount. Amounts in dollars are left out: an older program made none.
func (c *checker) values(ctx context.Context) error {
	var requests []facet.Request
	for _, field := range columns {
		if !slices.ContainsFunc(data.Fields, func(f data.FieldInfo) bool { return search.DollarsField(f.Field) == field }) {
			requests = append(requests, facet.Request{Field: field})
		}
	}
	all, err := c.n.Search(ctx, search.Plan{Query: query.All{}, Sort: search.ByNewest, Limit: 1, Facets: requests})
	if err != nil {
		return err
	}
	for _, f := range all.Facets {
		want := c.counts[f.Field]
		for _, v := range f.Values {
			c.Values++
			if v.Articles != want[v.Value] {
				c.fault("facet", f.Field, "%d articles are counted with %q, %d have it", v.Articles, v.Value, want[v.Value])
			}
			delete(want, v.Value)
		}
		for value, n := range want {
			c.fault("facet", f.Field, "no article is counted with %q, %d have it", value, n)
		}
	}
	return nil
}
