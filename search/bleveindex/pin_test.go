package bleveindex

import (
	"context"
	"fmt"
	"testing"

	"incidex/data"
	"incidex/search"
)

// growing is an index to which somebody writes an article each time that it is read.
type growing struct {
	*Store
	t     *testing.T
	reads int
}

func (g *growing) Snapshot() (search.Snapshot, error) {
	snap, err := g.Store.Snapshot()
	g.reads++
	batch := &data.Batch{Articles: []*data.Document{article(fmt.Sprint("later-", g.reads), "Acme", "Names.")}}
	if err := g.Current().Apply(context.Background(), batch); err != nil {
		g.t.Error(err)
	}
	return snap, err
}

// What is answered together is of one state, although the index is written to in between.
func TestOneStateForAllAnswers(t *testing.T) {
	index := &growing{Store: testStore(t), t: t}
	fill(t, index.Store, []*data.Document{article("1", "Acme", "Names.")})
	engine := search.NewEngine(index)
	table, err := engine.CompareSelections(context.Background(), search.Request{Query: "names"}, search.Request{Query: "names"})
	if err != nil {
		t.Fatal(err)
	}
	if a, b := table.A.Articles, table.B.Articles; a != 1 || b != 1 {
		t.Errorf("the same search finds %d and %d articles in one comparison; want 1 and 1", a, b)
	}

	ctx, release := engine.Pin(context.Background())
	total := func(ctx context.Context) int {
		t.Helper()
		res, err := engine.Search(ctx, search.Request{Query: "names"})
		if err != nil {
			t.Fatal(err)
		}
		return res.Total
	}
	before := total(ctx)
	again, inner := engine.Pin(ctx)
	if n := total(again); n != before {
		t.Errorf("%d articles, then %d, with the same state pinned", before, n)
	}
	inner()
	if _, err := engine.Article(ctx, fmt.Sprint("later-", index.reads)); err == nil {
		t.Error("an article is there that was written after the state was pinned")
	}
	if n := total(ctx); n != before {
		t.Errorf("%d articles, then %d: the state was given back too early", before, n)
	}
	release()
	if n := total(ctx); n <= before {
		t.Errorf("%d articles after the state was given back; want more than %d", n, before)
	}
}
