package bleveindex

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"incidex/data"
	"incidex/search"
	"incidex/search/facet"
	"incidex/search/query"
)

func open(t *testing.T, dir string, o Options) *Store {
	t.Helper()
	s, err := Open(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func article(id, victim, text string) *data.Document {
	return &data.Document{
		Article: data.Article{ID: id, Title: victim + " breached", Text: text, Date: "2025-03-04"},
		Mentions: []data.Mention{{ID: victim + "-2025", Role: data.Subject, Claims: []data.Claim{
			{Field: data.Victim, Value: victim, Status: data.Actual, Confidence: 1, Rule: "test"},
		}}},
		Locations: []data.Location{{Path: "/in/" + id}},
		Hash:      "h" + id,
	}
}

func TestWhatIsAppliedIsReadBack(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	store := open(t, dir, Options{Create: true})
	s := store.Current()
	acme := article("1", "Acme", "Names were taken.")
	inc := &data.Incident{ID: "Acme-2025", Title: "Acme, 2025", Keys: []uint32{7}, Merged: []string{"acme-old"}, Members: []data.Member{{Article: "1", Role: data.Subject}}}
	file := &data.File{Path: "/in/1", Size: 7, Hash: "x", Articles: 1, Extractor: "1"}
	batch := &data.Batch{Articles: []*data.Document{acme, article("2", "Brill", "Nothing.")}, Incidents: []*data.Incident{inc}, Files: []*data.File{file}}
	if err := s.Apply(ctx, batch); err != nil {
		t.Fatal(err)
	}
	check := func(s *Generation) {
		t.Helper()
		docs, err := s.Articles(ctx, "1", "none")
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]*data.Document{acme, nil}, docs); diff != "" {
			t.Errorf("articles (-want +got)\n%s", diff)
		}
		for _, id := range []string{"Acme-2025", "acme-old"} {
			got, err := s.Incidents(ctx, id)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff([]*data.Incident{inc}, got); diff != "" {
				t.Errorf("incident %s (-want +got)\n%s", id, diff)
			}
		}
		if _, few, err := s.IncidentsWith(ctx, 7, 0); err != nil || few {
			t.Errorf("one incident is no more than none: %v", err)
		}
		if got, few, err := s.IncidentsWith(ctx, 7, 1); err != nil || len(got) != 1 || !few {
			t.Errorf("incidents with a key: %v, %v; want one", got, err)
		}
		for d, err := range s.ArticlesFrom(ctx, "/in/1") {
			if err != nil || d.ID != "1" {
				t.Errorf("article from a file: %v, %v; want article 1", d, err)
			}
		}
		got, err := s.Files(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]*data.File{file}, got); diff != "" {
			t.Errorf("files (-want +got)\n%s", diff)
		}
	}
	check(s)
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	check(open(t, dir, Options{ReadOnly: true}).Current())
}

func TestRemovedIsGone(t *testing.T) {
	ctx := context.Background()
	s := open(t, t.TempDir(), Options{Create: true}).Current()
	for i := range 5 {
		if err := s.Apply(ctx, &data.Batch{Articles: []*data.Document{article(fmt.Sprint(i), "Acme", "Names.")}}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Apply(ctx, &data.Batch{RemovedArticles: []string{"3"}, Articles: []*data.Document{article("4", "Brill", "Changed.")}}); err != nil {
		t.Fatal(err)
	}
	var ids []string
	for d, err := range s.Documents(ctx) {
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, d.ID+" "+d.Title)
	}
	slices.Sort(ids)
	want := []string{"0 Acme breached", "1 Acme breached", "2 Acme breached", "4 Brill breached"}
	if diff := cmp.Diff(want, ids); diff != "" {
		t.Errorf("documents (-want +got)\n%s", diff)
	}
}

// A rebuilt generation takes over while an older snapshot is read, and the one
// before it can be chosen again.
func TestGenerations(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	s := open(t, dir, Options{Create: true})
	put := func(g *Generation, text string) {
		t.Helper()
		if err := g.Apply(ctx, &data.Batch{Articles: []*data.Document{article("1", "Acme", text)}}); err != nil {
			t.Fatal(err)
		}
	}
	text := func(snap search.Snapshot) string {
		t.Helper()
		docs, err := snap.Articles(ctx, "1")
		if err != nil || docs[0] == nil {
			t.Fatalf("article 1: %v", err)
		}
		return docs[0].Text
	}
	put(s.Current(), "old")
	before, err := s.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	next, err := s.Begin()
	if err != nil {
		t.Fatal(err)
	}
	put(next, "new")
	if name, err := s.Use(next); err != nil || name != "gen-000001" {
		t.Fatalf("use: %q, %v; want gen-000001 before", name, err)
	}
	after, err := s.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	if a, b := text(before), text(after); a != "old" || b != "new" {
		t.Errorf("snapshots before and after hold %q and %q; want old and new", a, b)
	}
	before.Close()
	before.Close() // harmless
	after.Close()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := Remove(dir, "gen-000002"); !errors.Is(err, search.ErrInvalid) {
		t.Errorf("remove the current generation: %v; want ErrInvalid", err)
	}
	if err := Select(ctx, dir, "gen-000001"); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "gen-000001", "index_meta.json"), []byte("{"), 0o644); err != nil {
		t.Fatal(err)
	}
	s = open(t, dir, Options{})
	if s.Damaged == nil || s.Current().Name() != "gen-000002" {
		t.Errorf("opened %s, damaged %v; want the other generation", s.Current().Name(), s.Damaged)
	}
}

// Searches of a large index do not wait for what was just written, and see it soon.
func TestLargeIndexIsRenewedBesideSearches(t *testing.T) {
	ctx := context.Background()
	s := open(t, t.TempDir(), Options{Create: true}).Current()
	s.large = 1
	put := func(id string) {
		t.Helper()
		if err := s.Apply(ctx, &data.Batch{Articles: []*data.Document{article(id, "Acme", "Names.")}}); err != nil {
			t.Fatal(err)
		}
	}
	has := func(id string) bool {
		t.Helper()
		snap, err := s.Snapshot()
		if err != nil {
			t.Fatal(err)
		}
		defer snap.Close()
		docs, err := snap.Articles(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		return docs[0] != nil
	}
	put("1")
	if !has("1") {
		t.Fatal("the first state is not seen at once")
	}
	put("2")
	for range 600 { // a minute, on the slowest of machines
		if has("2") {
			return
		}
		if !has("1") {
			t.Fatal("an answer is empty meanwhile")
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Error("the second state is never seen")
}

// The columns of a segment are the same from its file, and without it.
func TestColumnsAreKept(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	s := open(t, dir, Options{Create: true})
	s.Current().minSaved = 2
	batch := &data.Batch{Articles: []*data.Document{article("1", "Acme", "Names were taken."), article("2", "Brill", "Nothing.")}}
	if err := s.Current().Apply(ctx, batch); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	read := func(want string, minSaved int) (out []facet.Result) {
		t.Helper()
		s := open(t, dir, Options{ReadOnly: true})
		defer s.Close()
		g := s.Current()
		g.minSaved = minSaved
		snap, err := g.Snapshot()
		if err != nil {
			t.Fatal(err)
		}
		defer snap.Close()
		found, err := snap.Search(ctx, search.Plan{Query: query.All{}, Sort: search.ByNewest, Limit: 9, Facets: []facet.Request{{Field: "victim"}}})
		if err != nil {
			t.Fatal(err)
		}
		saved := 0
		for _, seg := range snap.(*snapshot).segments {
			if g.loadColumns(seg.Segment()) != nil {
				saved++
			}
		}
		if got := fmt.Sprintf("%d articles, %d segments from files", found.Total, saved); got != want {
			t.Errorf("got %s; want %s", got, want)
		}
		return found.Facets
	}
	kept := read("2 articles, 1 segments from files", 2)
	if diff := cmp.Diff(read("2 articles, 0 segments from files", 100), kept); diff != "" {
		t.Errorf("facets (-from the segment +from the file)\n%s", diff)
	}
	files, _ := filepath.Glob(filepath.Join(dir, "*", "store", "*"+columnSuffix))
	if len(files) != 1 {
		t.Fatalf("files %v; want one", files)
	}
	raw, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	raw[len(raw)/2] ^= 1
	if err := os.WriteFile(files[0], raw, 0o644); err != nil {
		t.Fatal(err)
	}
	read("2 articles, 0 segments from files", 2)
	// The next writer mends it, and touches nothing elsewhere.
	elsewhere := t.TempDir()
	t.Chdir(elsewhere)
	if err := os.WriteFile("mine"+columnSuffix, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, minSaved := range []int{100, 2} {
		s := open(t, dir, Options{})
		s.Current().minSaved = minSaved
		snap, err := s.Snapshot()
		if err != nil {
			t.Fatal(err)
		}
		snap.Close()
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := os.Stat("mine" + columnSuffix); err != nil {
		t.Error(err)
	}
	read("2 articles, 1 segments from files", 2)
}

// What is comparable with an incident that is newer than the facts of the others is
// found all the same, and what is gone since is not.
func TestComparableWithOlderFacts(t *testing.T) {
	ctx := context.Background()
	store := open(t, t.TempDir(), Options{Create: true})
	s := store.Current()
	s.large = 1
	incident := func(victim, id string) *data.Incident {
		return &data.Incident{ID: victim + "-2025", Title: victim, Members: []data.Member{{Article: id, Role: data.Subject}}}
	}
	put := func(b *data.Batch) {
		t.Helper()
		for _, d := range b.Articles {
			d.Mentions[0].Claims = append(d.Mentions[0].Claims, data.Claim{Field: data.Attack, Value: "Phishing", Status: data.Actual, Confidence: 1, Rule: "test"})
		}
		if err := s.Apply(ctx, b); err != nil {
			t.Fatal(err)
		}
	}
	put(&data.Batch{
		Articles:  []*data.Document{article("1", "Acme", "Names."), article("2", "Brill", "Names.")},
		Incidents: []*data.Incident{incident("Acme", "1"), incident("Brill", "2")},
	})
	e := search.NewEngine(store)
	like := func(id string) (out []string) {
		list, err := e.Similar(ctx, search.SimilarRequest{ID: id})
		if errors.Is(err, search.ErrNotFound) {
			return []string{"not found"}
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range list {
			out = append(out, c.ID)
		}
		return out
	}
	if diff := cmp.Diff([]string{"Brill-2025"}, like("Acme-2025")); diff != "" {
		t.Fatalf("(-want +got)\n%s", diff)
	}
	put(&data.Batch{
		Articles: []*data.Document{article("3", "Corvo", "Names.")}, Incidents: []*data.Incident{incident("Corvo", "3")},
		RemovedArticles: []string{"2"}, RemovedIncidents: []string{"Brill-2025"},
	})
	var got []string
	for range 600 { // a minute, on the slowest of machines
		if got = like("Corvo-2025"); !slices.Equal(got, []string{"not found"}) {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	if diff := cmp.Diff([]string{"Acme-2025"}, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// A snapshot shows what was there when it was taken, whatever is written after.
func TestSnapshotStays(t *testing.T) {
	ctx := context.Background()
	s := open(t, t.TempDir(), Options{Create: true}).Current()
	if err := s.Apply(ctx, &data.Batch{Articles: []*data.Document{article("1", "Acme", "Names.")}}); err != nil {
		t.Fatal(err)
	}
	before, err := s.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	defer before.Close()
	if err := s.Apply(ctx, &data.Batch{RemovedArticles: []string{"1"}}); err != nil {
		t.Fatal(err)
	}
	if docs, err := before.Articles(ctx, "1"); err != nil || docs[0] == nil {
		t.Errorf("the older snapshot lost its article: %v", err)
	}
	after, err := s.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	defer after.Close()
	if docs, err := after.Articles(ctx, "1"); err != nil || docs[0] != nil {
		t.Errorf("the newer snapshot has the removed article: %v", err)
	}
}

func TestOpenSaysWhatIsWrong(t *testing.T) {
	empty := t.TempDir()
	if _, err := Open(empty, Options{}); !errors.Is(err, ErrNoIndex) {
		t.Errorf("open an empty folder: %v; want ErrNoIndex", err)
	}

	dir := t.TempDir()
	s := open(t, dir, Options{Create: true, Command: "serve", Address: "http://127.0.0.1:1"})
	var locked *LockedError
	for _, o := range []Options{{Create: true}, {ReadOnly: true}} {
		if _, err := Open(dir, o); !errors.As(err, &locked) {
			t.Errorf("open a second time with %+v: %v; want a LockedError", o, err)
		} else if locked.Holder.PID != os.Getpid() || locked.Holder.Address != "http://127.0.0.1:1" {
			t.Errorf("holder is %+v; want this process", locked.Holder)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	first, second := open(t, dir, Options{ReadOnly: true}), open(t, dir, Options{ReadOnly: true})
	first.Close()
	second.Close()

	damage := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	damage(currentFile, "../elsewhere\n")
	if s := open(t, dir, Options{}); s.Damaged == nil || s.Current().Name() != "gen-000001" {
		t.Errorf("with a damaged %s: opened %s, damaged %v; want the one generation that is there", currentFile, s.Current().Name(), s.Damaged)
	} else if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	damage("gen-000001/index_meta.json", "{")
	var damaged *DamagedError
	if _, err := Open(dir, Options{}); !errors.As(err, &damaged) {
		t.Errorf("with nothing that can be opened: %v; want a DamagedError", err)
	}
	if _, err := os.Stat(filepath.Join(dir, "gen-000001", "store")); err != nil {
		t.Errorf("the damaged index was touched: %v", err)
	}
}

func TestPasswordsAreNotKept(t *testing.T) {
	g := open(t, t.TempDir(), Options{Create: true}).Current()
	d := article("1", "Acme", "Names.")
	d.URL = "https://reader:secret@herald.example/acme"
	if err := g.Apply(t.Context(), &data.Batch{Articles: []*data.Document{d}}); err != nil {
		t.Fatal(err)
	}
	docs, err := g.Articles(t.Context(), "1")
	if err != nil || docs[0].URL != "https://herald.example/acme" {
		t.Errorf("%v, %v", docs[0].URL, err)
	}
}
