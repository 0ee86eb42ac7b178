package bleveindex

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"
	segment "github.com/blevesearch/scorch_segment_api/v2"

	"incidex/data"
	"incidex/search"
	"incidex/search/query"
)

// twoGenerations is a store of two, of which the older one holds "old" and the newer one "new".
func twoGenerations(t *testing.T) (dir string, s *Store) {
	t.Helper()
	dir = t.TempDir()
	s = open(t, dir, Options{Create: true})
	put := func(g *Generation, id string) {
		t.Helper()
		if err := g.Apply(t.Context(), &data.Batch{Articles: []*data.Document{article(id, "Acme", strings.Repeat("Names of customers. ", 500))}}); err != nil {
			t.Fatal(err)
		}
	}
	put(s.Current(), "old")
	g, err := s.Begin()
	if err != nil {
		t.Fatal(err)
	}
	put(g, "new")
	if _, err := s.Use(g); err != nil {
		t.Fatal(err)
	}
	return dir, s
}

func zaps(t *testing.T, dir, name string) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, name, "store", "*.zap"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no segment in %s: %v", name, err)
	}
	return names
}

// A segment that is cut off while it is in use is an error, and then the generation
// before is searched.
func TestCutOffInUse(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("it cuts off no file that is mapped")
	}
	dir, s := twoGenerations(t)
	snap, err := s.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Trouble(); err != nil {
		t.Errorf("trouble with a sound index: %v", err)
	}
	for _, name := range zaps(t, dir, "gen-000002") {
		if err := os.Truncate(name, 0); err != nil {
			t.Fatal(err)
		}
	}
	var damaged *DamagedError
	if _, err := snap.Articles(t.Context(), "new"); !errors.As(err, &damaged) || !errors.Is(err, search.ErrUnavailable) {
		t.Errorf("load from a segment that is gone: %v; want a DamagedError", err)
	}
	if _, err := snap.Search(t.Context(), search.Plan{Query: query.Word{Text: "customers"}, Limit: 1}); !errors.As(err, &damaged) {
		t.Errorf("search in a segment that is gone: %v; want a DamagedError", err)
	}
	if err := snap.Close(); err != nil {
		t.Fatal(err)
	}
	after, err := s.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	defer after.Close()
	docs, err := after.Articles(t.Context(), "old")
	if err != nil || docs[0] == nil || after.Generation() != "gen-000001" {
		t.Errorf("after damage %s is searched, %v; want the one before", after.Generation(), err)
	}
	if err := s.Trouble(); err == nil || !strings.Contains(err.Error(), "gen-000001 is used instead") {
		t.Errorf("trouble: %v", err)
	}
	next, err := s.Begin()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Use(next); err != nil {
		t.Fatal(err)
	}
	if err := s.Trouble(); err != nil || !s.WasDamaged() {
		t.Errorf("trouble after a rebuild: %v", err)
	}
}

// Without an older generation every search says what is wrong.
func TestCutOffInUseWithoutAnother(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("it cuts off no file that is mapped")
	}
	dir := t.TempDir()
	s := open(t, dir, Options{Create: true})
	if err := s.Current().Apply(t.Context(), &data.Batch{Articles: []*data.Document{article("1", "Acme", "Names.")}}); err != nil {
		t.Fatal(err)
	}
	for _, name := range zaps(t, dir, "gen-000001") {
		if err := os.Truncate(name, 0); err != nil {
			t.Fatal(err)
		}
	}
	var damaged *DamagedError
	if _, err := s.Current().Articles(t.Context(), "1"); !errors.As(err, &damaged) {
		t.Errorf("load: %v; want a DamagedError", err)
	}
	if _, err := s.Snapshot(); !errors.As(err, &damaged) {
		t.Errorf("snapshot: %v; want a DamagedError", err)
	}
	if err := s.Trouble(); !errors.As(err, &damaged) {
		t.Errorf("trouble: %v; want a DamagedError", err)
	}
}

// Nothing is written where the file that names the segments was cut off.
func TestRootCutOffInUse(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("it cuts off no file that is mapped")
	}
	dir, s := twoGenerations(t)
	put := func() error {
		return s.Current().Apply(t.Context(), &data.Batch{Articles: []*data.Document{article("1", "Acme", "Names.")}})
	}
	if err := put(); err != nil {
		t.Fatal(err)
	}
	// Scorch reads the file in the background as well: what it reads is there still.
	name := filepath.Join(dir, "gen-000002", "store", "root.bolt")
	info, err := os.Stat(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(name, info.Size()-1); err != nil {
		t.Fatal(err)
	}
	var damaged *DamagedError
	if err := put(); !errors.As(err, &damaged) {
		t.Errorf("write into what was cut off: %v; want a DamagedError", err)
	}
	snap, err := s.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	defer snap.Close()
	if snap.Generation() != "gen-000001" {
		t.Errorf("%s is searched; want the one before", snap.Generation())
	}
}

// A folder that is removed, or made anew by somebody else, is told at the next search.
func TestFolderIsGone(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("it removes no file that is in use")
	}
	for name, remove := range map[string]func(dir string) error{
		"all of it":      os.RemoveAll,
		"the generation": func(dir string) error { return os.RemoveAll(filepath.Join(dir, "gen-000001")) },
		"another one": func(dir string) error {
			return errors.Join(os.RemoveAll(dir), os.MkdirAll(filepath.Join(dir, "gen-000001"), 0o755), os.WriteFile(filepath.Join(dir, lockFile), nil, 0o644))
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "data")
			s := open(t, dir, Options{Create: true})
			if err := remove(dir); err != nil {
				t.Fatal(err)
			}
			if _, err := s.Snapshot(); !errors.Is(err, search.ErrUnavailable) || !strings.Contains(err.Error(), "removed or replaced") {
				t.Errorf("snapshot: %v", err)
			}
			if err := s.Trouble(); !errors.Is(err, search.ErrUnavailable) {
				t.Errorf("trouble: %v", err)
			}
		})
	}
}

// flip changes a byte in the middle of a file, and leaves its date.
func flip(t *testing.T, name string) {
	t.Helper()
	info, err := os.Stat(name)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	raw[len(raw)/2] ^= 0x10
	if err := errors.Join(os.WriteFile(name, raw, 0o600), os.Chtimes(name, info.ModTime(), info.ModTime())); err != nil {
		t.Fatal(err)
	}
}

// Whoever reads a generation checks its segments, once for each file.
func TestReadersCheckSums(t *testing.T) {
	dir, s := twoGenerations(t)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	file := zaps(t, dir, "gen-000002")[0]
	opened := func(o Options) string {
		t.Helper()
		s := open(t, dir, o)
		defer s.Close()
		return s.Current().Name()
	}
	checked := func() bool {
		return readChecked(filepath.Join(dir, "gen-000002"))[filepath.Base(file)] != stamp{}
	}
	if err := os.Remove(filepath.Join(dir, "gen-000002", checkedFile)); err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	flip(t, file)
	if got := opened(Options{ReadOnly: true}); got != "gen-000001" || checked() {
		t.Errorf("%s is read, and the damaged file was marked: %v", got, checked())
	}
	flip(t, file) // as it was
	if got := opened(Options{ReadOnly: true}); got != "gen-000002" || !checked() {
		t.Errorf("%s is read, and the sound file was marked: %v", got, checked())
	}
	flip(t, file)
	if got := opened(Options{ReadOnly: true}); got != "gen-000002" {
		t.Errorf("%s is read: the file was checked again", got)
	}
	if got := opened(Options{ReadOnly: true, Verify: true}); got != "gen-000001" {
		t.Errorf("%s is read although everything was to be checked", got)
	}
}

// A damaged segment is not merged, which would give what is wrong a sum that fits.
func TestMergeChecksSums(t *testing.T) {
	dir, s := twoGenerations(t)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	file := zaps(t, dir, "gen-000002")[0]
	plugin := &segments{}
	seg, err := plugin.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer seg.Close()
	merge := func() error {
		_, _, err := plugin.Merge([]segment.Segment{seg}, []*roaring.Bitmap{nil}, filepath.Join(t.TempDir(), "merged.zap"), make(chan struct{}), nil)
		return err
	}
	if err := merge(); err != nil {
		t.Errorf("merge of a sound segment: %v", err)
	}
	flip(t, file)
	if err := merge(); !errors.Is(err, errSum) {
		t.Errorf("merge of a damaged segment: %v; want errSum", err)
	}
}
