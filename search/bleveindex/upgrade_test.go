package bleveindex

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/index/scorch/mergeplan"
	index "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"

	"incidex/data"
)

// Some of what is asked of Bleve is asked by an interface, a name or a text that it does
// not promise: were one gone, the program would go on, but slower, or blind to damage.
// Each has a test here, so that who raises the versions in go.mod is told.

// upgraded fails a test of what a version of Bleve has.
func upgraded(t *testing.T, what, where string) {
	t.Helper()
	t.Errorf("the Bleve or zapx that go.mod names %s: change %s before moving to it", what, where)
}

// TestUpgradeSegments is about the segments of an index on disk.
func TestUpgradeSegments(t *testing.T) {
	g := testStore(t).Current()
	put := func(id string) {
		if err := g.Apply(context.Background(), &data.Batch{Articles: []*data.Document{article(id, "Acme", "Names.")}}); err != nil {
			t.Fatal(err)
		}
	}
	read := func() *scorch.IndexSnapshot {
		r, err := g.reader()
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { r.Close() })
		return r
	}
	put("1")
	before := read()
	if before != read() {
		upgraded(t, "gives another snapshot of an index that has not changed", "Generation.Snapshot, which makes all columns anew for each")
	}
	if _, err := os.Stat(filepath.Join(g.path, "store", "root.bolt")); err != nil {
		upgraded(t, "has the list of its segments elsewhere", "Generation.rooted, which watches that file")
	}
	seg := before.Segments()[0]
	put("2")
	after := read()
	if len(after.Segments()) < 2 || after.Segments()[0].Id() != seg.Id() {
		upgraded(t, "gives a segment another id, or merges it at once", "Generation.pin, which keeps columns by these ids")
	}
	file, ok := seg.Segment().(segment.PersistedSegment)
	if !ok {
		file, ok = after.Segments()[0].Segment().(segment.PersistedSegment)
	}
	if !ok {
		upgraded(t, "does not tell the file of a segment", "sums.go and columnfile.go, which pass it over")
		return
	}
	raw, err := os.ReadFile(file.Path())
	if err != nil {
		t.Fatal(err)
	}
	if mapped, ok := file.(interface{ Data() []byte }); !ok || !bytes.Contains(raw, mapped.Data()) {
		upgraded(t, "does not give the bytes of a segment", "dropSegments, which leaves them in memory")
	}
	if sum, ok := file.(interface{ CRC() uint32 }); !ok || sum.CRC() != binary.BigEndian.Uint32(raw[len(raw)-4:]) {
		upgraded(t, "does not give the sum that ends a segment's file", "sums.go and columnfile.go")
	}
	dict, err := seg.Segment().Dictionary(fieldKind)
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := dict.(interface {
		AutomatonIteratorOmitCount(a segment.Automaton, from, to []byte) segment.DictionaryIterator
	}); !ok {
		upgraded(t, "lists terms with their counts only", "eachTerm, which then reads postings twice")
	}
	list, err := dict.PostingsList([]byte(kindArticle), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := list.Iterator(true, false, false, nil).(segment.OptimizablePostingsIterator); !ok {
		upgraded(t, "gives no bitmap of a term's documents", "postings.go")
	}
}

// TestUpgradeSettings is about the settings that Scorch takes by name, and what it tells of
// what went wrong.
func TestUpgradeSettings(t *testing.T) {
	dir := t.TempDir()
	g, err := createGeneration(dir, "gen-000001")
	if err != nil {
		t.Fatal(err)
	}
	if err := g.Close(); err != nil {
		t.Fatal(err)
	}
	failed := make(chan error, 1)
	idx, err := openBleve(g.path, failed, func(error) {})
	if err != nil {
		t.Fatal(err)
	}
	low, err := idx.Advanced()
	if err != nil {
		t.Fatal(err)
	}
	second := make(chan error, 1)
	go func() {
		again, err := openBleve(g.path, nil, nil)
		if err == nil {
			err = again.Close()
		}
		second <- err
	}()
	select {
	case err := <-second:
		if err == nil {
			upgraded(t, "opens an index twice", "openBleve")
		}
	case <-time.After(time.Minute):
		upgraded(t, `does not know "bolt_timeout"`, "openBleve, whose second caller waits for ever")
	}
	store := filepath.Join(g.path, "store")
	if err := os.Rename(store, store+"-away"); err != nil {
		t.Skipf("this system moves no folder that is in use: %v", err)
	}
	doc, err := fileDocument(&data.File{Path: "x.txt"})
	if err != nil {
		t.Fatal(err)
	}
	batch := index.NewBatch()
	batch.Update(doc)
	if err := low.Batch(batch); err != nil {
		upgraded(t, `does not know "unsafe_batch"`, "commit, which searches panic after")
	}
	select {
	case err := <-failed:
		if !strings.Contains(err.Error(), syscall.ENOENT.Error()) {
			upgraded(t, "does not tell what the system said", "cause, which finds a full disk so")
		}
	case <-time.After(time.Minute):
		upgraded(t, `does not know "asyncErrorCallbackName", or calls its persister another name`, "openBleve")
	}
	if err := os.Rename(store+"-away", store); err != nil {
		t.Fatal(err)
	}
	if err := idx.Close(); err != nil {
		t.Fatal(err)
	}
	a, err := openBleve(g.path, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	b, err := openBleve(g.path, nil, nil)
	if err != nil {
		upgraded(t, `does not know "read_only"`, "openBleve: readers no longer share an index")
		return
	}
	b.Close()
}

// TestUpgradeMergeSettings looks for the name of a setting where Scorch decodes it.
func TestUpgradeMergeSettings(t *testing.T) {
	raw, err := json.Marshal(mergeSettings)
	if err != nil {
		t.Fatal(err)
	}
	strict := json.NewDecoder(bytes.NewReader(raw))
	strict.DisallowUnknownFields()
	var plan mergeplan.MergePlanOptions
	if err := strict.Decode(&plan); err != nil || plan.MaxSegmentSize != maxSegment {
		upgraded(t, "does not know MaxSegmentSize", "openBleve: a merge would take more memory")
	}
}

// TestUpgradeTexts is about errors of Bleve that are known by their texts.
func TestUpgradeTexts(t *testing.T) {
	dir, s := twoGenerations(t)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for _, name := range zaps(t, dir, "gen-000002") {
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
	}
	if err := check(filepath.Join(dir, "gen-000002"), false); !errors.Is(err, errNoState) {
		t.Logf("it says: %v", err)
		upgraded(t, "says otherwise that there is no state to read", "check")
	}
}

// TestUpgradeMerge has Scorch merge a damaged segment, which must come by segments.MergeUsing.
func TestUpgradeMerge(t *testing.T) {
	g := testStore(t).Current()
	for _, id := range []string{"1", "2"} {
		if err := g.Apply(context.Background(), &data.Batch{Articles: []*data.Document{article(id, "Acme", "Names.")}}); err != nil {
			t.Fatal(err)
		}
	}
	files, err := filepath.Glob(filepath.Join(g.path, "store", "*.zap"))
	if err != nil || len(files) < 2 {
		t.Fatal(files, err)
	}
	flip(t, files[0])
	go g.scorch.(*scorch.Scorch).ForceMerge(context.Background(), nil) // tries until the index is closed
	for begin := time.Now(); g.damage.Load() == nil; runtime.Gosched() {
		if time.Since(begin) > time.Minute {
			upgraded(t, "merges segments without asking who made them, or does not tell of what failed", "segments.MergeUsing, where damage is found")
			return
		}
	}
	if err := g.damage.Load(); !strings.Contains(err.Error(), errSum.Error()) {
		t.Errorf("told of %v; want of the segment that was not merged", err)
	}
}
