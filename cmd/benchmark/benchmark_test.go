package main

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestArticlesComeFromTheirSeed(t *testing.T) {
	a, b, c := newGenerator(3), newGenerator(3), newGenerator(4)
	for i := range 20 {
		if diff := cmp.Diff(a.article(i), b.article(i)); diff != "" {
			t.Errorf("article %d of one seed (-first +second):\n%s", i, diff)
		}
		if a.article(i).Text == c.article(i).Text {
			t.Errorf("article %d is the same for two seeds", i)
		}
	}
}

// What all engines understand alike they must answer alike.
func TestEnginesAgree(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	g := newGenerator(1)
	c, err := makeCorpus(g, 300, dir)
	if err != nil {
		t.Fatal(err)
	}
	home, bleve, sqlite := filepath.Join(dir, "incidex"), filepath.Join(dir, "bleve"), filepath.Join(dir, "sqlite")
	if _, err := indexProduct(ctx, c.articles, home); err != nil {
		t.Fatal(err)
	}
	if err := exportProduct(ctx, home, c.records); err != nil {
		t.Fatal(err)
	}
	if _, err := indexBleve(ctx, c.records, bleve); err != nil {
		t.Fatal(err)
	}
	if _, err := indexSQLite(ctx, c.records, sqlite); err != nil {
		t.Fatal(err)
	}
	p, err := openProduct(home)
	if err != nil {
		t.Fatal(err)
	}
	defer p.close()
	b, err := openBleve(bleve)
	if err != nil {
		t.Fatal(err)
	}
	defer b.close()
	s, err := openSQLite(sqlite)
	if err != nil {
		t.Fatal(err)
	}
	defer s.close()
	for _, q := range []question{
		{name: "all", facets: true},
		{name: "number", records: 1e5, facets: true},
		{name: "date", from: "2020-01", to: "2024-12", facets: true},
		{name: "selected", selected: map[string]string{"attack": "Ransomware"}, facets: true},
		{name: "phrase", phrase: "stolen files", facets: true},
		{name: "word and number", all: []string{"forum"}, records: 1e4, order: "records", facets: true},
	} {
		t.Run(q.name, func(t *testing.T) {
			var answers []answer
			for _, e := range []engine{p, b, s} {
				a, err := e.ask(ctx, q)
				if err != nil {
					t.Fatalf("%s: %v", e.name(), err)
				}
				if a.total == 0 {
					t.Errorf("%s finds nothing", e.name())
				}
				answers = append(answers, a)
			}
			for i, name := range []string{"Bleve", "SQLite"} {
				if problem := disagreement([]answer{answers[0], answers[i+1]}); problem != "" {
					t.Errorf("incidex and %s: %s", name, problem)
				}
			}
		})
	}
}
