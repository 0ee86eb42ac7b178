package bleveindex

import (
	"context"
	"errors"
	"strings"
	"testing"

	"incidex/data"
)

// sound is an index without a fault.
func sound(t *testing.T) *Generation {
	t.Helper()
	g := open(t, t.TempDir(), Options{Create: true}).Current()
	d := article("1", "Acme", "Names of customers were taken.")
	c := &d.Mentions[0].Claims[0]
	c.Evidence = []data.Evidence{{Span: data.Span{Start: 0, End: 4}, Source: data.InTitle, Quote: "Acme"}}
	inc := &data.Incident{ID: "Acme-2025", Members: []data.Member{{Article: "1", Role: data.Subject}}}
	if err := g.Apply(t.Context(), &data.Batch{Articles: []*data.Document{d}, Incidents: []*data.Incident{inc}}); err != nil {
		t.Fatal(err)
	}
	return g
}

func TestCheck(t *testing.T) {
	for name, x := range map[string]struct {
		harm func(t *testing.T, g *Generation) error
		want string
	}{
		"nothing": {func(*testing.T, *Generation) error { return nil }, ""},
		"an event that is no incident with a name": {func(t *testing.T, g *Generation) error {
			d := article("2", "Unknown", "Something was taken.")
			d.Mentions[0].ID, d.Unlisted = "", "something-2025"
			return g.Apply(t.Context(), &data.Batch{Articles: []*data.Document{d},
				Incidents: []*data.Incident{{ID: "something-2025", Members: []data.Member{{Article: "2", Role: data.Subject}}}}})
		}, ""},
		"a quote that the text does not have": {func(t *testing.T, g *Generation) error {
			d := article("2", "Brill", "Text.")
			d.Mentions[0].Claims[0].Evidence = []data.Evidence{{Span: data.Span{Start: 0, End: 4}, Quote: "Brim"}}
			return g.Apply(t.Context(), &data.Batch{Articles: []*data.Document{d}, Incidents: []*data.Incident{{ID: "Brill-2025", Members: []data.Member{{Article: "2"}}}}})
		}, `article 2: the quote of victim at 0 to 4 is "Brim", the text says "Text"`},
		"a span outside the text": {func(t *testing.T, g *Generation) error {
			d := article("2", "Brill", "Text.")
			d.Mentions[0].Claims[0].Evidence = []data.Evidence{{Span: data.Span{Start: 3, End: 40}}}
			return g.Apply(t.Context(), &data.Batch{Articles: []*data.Document{d}, Incidents: []*data.Incident{{ID: "Brill-2025", Members: []data.Member{{Article: "2"}}}}})
		}, `article 2: the quote of victim at 3 to 40 is "", the text says ""`},
		"an incident without its article": {func(t *testing.T, g *Generation) error {
			return g.Apply(t.Context(), &data.Batch{RemovedArticles: []string{"1"}})
		}, "incident Acme-2025: it has the article 1, which does not name it or is not there"},
		"an article without its incident": {func(t *testing.T, g *Generation) error {
			return g.Apply(t.Context(), &data.Batch{RemovedIncidents: []string{"Acme-2025"}})
		}, "article 1: it names the incident Acme-2025, which does not have it or is not there"},
		"an incident of nothing": {func(t *testing.T, g *Generation) error {
			return g.Apply(t.Context(), &data.Batch{Incidents: []*data.Incident{{ID: "empty"}}})
		}, "incident empty: it has no article"},
		"a column of other values": {func(t *testing.T, g *Generation) error {
			snap, err := g.Snapshot()
			if err != nil {
				return err
			}
			defer snap.Close()
			for _, c := range snap.(*snapshot).columns {
				c.facet.Columns["victim"] = nil
			}
			return nil
		}, `facet victim: no article is counted with "Acme", 1 have it`},
		"an overwritten segment": {func(t *testing.T, g *Generation) error {
			snap, err := g.Snapshot()
			if err != nil {
				return err
			}
			defer snap.Close()
			flip(t, zaps(t, strings.TrimSuffix(g.path, g.name), g.name)[0])
			return nil
		}, "the sum does not fit"},
	} {
		t.Run(name, func(t *testing.T) {
			g := sound(t)
			if err := x.harm(t, g); err != nil {
				t.Fatal(err)
			}
			for _, deep := range []bool{false, true} {
				r, err := g.Check(t.Context(), deep)
				if err != nil {
					t.Fatal(err)
				}
				said := ""
				for _, f := range r.Faults {
					said += f.What + " " + f.ID + ": " + f.Why + "\n"
				}
				if x.want == "" && (r.Total > 0 || r.Articles == 0 || r.Incidents != r.Articles || r.Quotes == 0 || r.Words == 0 || r.Values == 0) || !strings.Contains(said, x.want) {
					t.Errorf("deep %v: want %q, got %+v", deep, x.want, r)
				}
			}
		})
	}
	gone, leave := context.WithCancel(t.Context())
	leave()
	if _, err := sound(t).Check(gone, false); !errors.Is(err, context.Canceled) {
		t.Errorf("one who left is told %v", err)
	}
}
