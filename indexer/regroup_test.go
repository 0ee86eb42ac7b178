package indexer

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"incidex/indexer/group"
)

// A decision that was recorded and not carried out, as after a kill, is carried out by
// the next run, though no file has changed; so is one that takes it back.
func TestRunsFollowDecisions(t *testing.T) {
	dir := t.TempDir()
	m := newMemory()
	write(t, dir, "one.md", acme)
	write(t, dir, "two.md", strings.ReplaceAll(acme, "12,000", "about 12,000"))
	index(t, m, Options{Paths: []string{dir}})
	if len(m.incidents) != 1 {
		t.Fatalf("%d incidents, want the one that is split", len(m.incidents))
	}
	var entries []group.Entry
	decide := func(e group.Entry) {
		t.Helper()
		e, _, err := group.Append(entries, e)
		if err != nil {
			t.Fatal(err)
		}
		entries = append(entries, e)
		x := Indexer{Sink: m, Extractor: extractor(), Rulings: group.Rule(entries)}
		for range 2 { // the second one has nothing to do
			if _, err := x.Run(context.Background(), Options{Paths: []string{dir}}); err != nil {
				t.Fatal(err)
			}
		}
	}
	var id string
	for id = range m.incidents {
	}
	articles := m.incidents[id].Subjects()
	decide(group.Entry{Act: group.ActSplit, Incident: id, Articles: articles[:1], Rest: articles[1:], New: "another"})
	if m.incidents["another"] == nil || !slices.Equal(m.incidents["another"].Subjects(), articles[:1]) {
		t.Fatalf("the split of %q is not in force: %v", articles, m.incidents["another"])
	}
	applied := m.applied
	decide(group.Entry{Act: group.ActUndo, Undoes: 1})
	if m.incidents["another"] != nil || len(m.incidents) != 1 {
		t.Errorf("%d incidents after the split was taken back, want 1", len(m.incidents))
	}
	if m.applied != applied+1 {
		t.Errorf("%d batches for one decision", m.applied-applied)
	}
}

// What is known of the whole folder may group it otherwise than what was known day by day,
// and a dry run of a rebuild counts that.
func TestDryRunOfARebuild(t *testing.T) {
	dir := t.TempDir()
	m := newMemory()
	for i := range 3 {
		write(t, dir, fmt.Sprintf("%d.md", i), strings.ReplaceAll(acme, "12,000", fmt.Sprint(12000+i)))
	}
	index(t, m, Options{Paths: []string{dir}})
	x := Indexer{Sink: m, Extractor: extractor()}
	again, err := x.DryRun(context.Background(), Options{Paths: []string{dir}}, true)
	if err != nil {
		t.Fatal(err)
	}
	if again.Come+again.Go+len(again.Articles)+len(again.Fields) > 0 {
		t.Errorf("an index of one run differs from one: %+v", again)
	}
	// As if the articles had come when nothing showed that they are of one incident.
	var id string
	for id = range m.incidents {
	}
	articles := m.incidents[id].Subjects()
	entries := []group.Entry{{N: 1, Act: group.ActSplit, Incident: id, Articles: articles[:1], Rest: articles[1:], New: "another"}}
	split := Indexer{Sink: m, Extractor: extractor(), Rulings: group.Rule(entries)}
	if _, err := split.Follow(context.Background()); err != nil {
		t.Fatal(err)
	}
	applied := m.applied
	c, err := x.DryRun(context.Background(), Options{Paths: []string{dir}}, true)
	if err != nil {
		t.Fatal(err)
	}
	if c.Come != 1 || c.Go != 2 || len(c.Merges) != 1 || len(c.Splits) != 0 {
		t.Errorf("%d incidents come and %d go, merges %v, splits %v; want two that become one", c.Come, c.Go, c.Merges, c.Splits)
	}
	if m.applied != applied {
		t.Error("a dry run wrote")
	}
}
