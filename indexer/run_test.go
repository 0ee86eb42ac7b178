package indexer

import (
	"context"
	"fmt"
	"iter"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"incidex/data"
	"incidex/indexer/extract"
)

// memory is an index in memory.
type memory struct {
	mu        sync.Mutex
	articles  map[string]*data.Document
	incidents map[string]*data.Incident
	files     map[string]*data.File
	applied   int
	decisions int
	all       int    // times that all incidents were read
	after     func() // called after every batch
}

var _ Sink = (*memory)(nil)

func newMemory() *memory {
	return &memory{articles: map[string]*data.Document{}, incidents: map[string]*data.Incident{}, files: map[string]*data.File{}}
}

func (m *memory) Empty() bool { return len(m.articles) == 0 }

func (m *memory) Files(context.Context) ([]*data.File, error) {
	return slices.Collect(maps.Values(m.files)), nil
}

func (m *memory) Articles(_ context.Context, ids ...string) ([]*data.Document, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	out := make([]*data.Document, len(ids))
	for i, id := range ids {
		out[i] = m.articles[id]
	}
	return out, nil
}

func (m *memory) ArticlesFrom(_ context.Context, path string) iter.Seq2[*data.Document, error] {
	m.mu.Lock()
	defer m.mu.Unlock()
	var from []*data.Document
	for _, d := range m.articles {
		if slices.ContainsFunc(d.Locations, func(l data.Location) bool { return l.Path == path }) {
			from = append(from, d)
		}
	}
	return func(yield func(*data.Document, error) bool) {
		for _, d := range from {
			if !yield(d, nil) {
				return
			}
		}
	}
}

func (m *memory) Incidents(_ context.Context, ids ...string) ([]*data.Incident, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	out := make([]*data.Incident, len(ids))
	for i, id := range ids {
		out[i] = m.incidents[id]
		for _, inc := range m.incidents {
			if out[i] == nil && slices.Contains(inc.Merged, id) {
				out[i] = inc
			}
		}
	}
	return out, nil
}

func (m *memory) IncidentsWith(_ context.Context, key uint32, most int) ([]*data.Incident, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []*data.Incident
	for _, inc := range m.incidents {
		if slices.Contains(inc.Keys, key) {
			out = append(out, inc)
		}
	}
	if len(out) > most {
		return nil, false, nil
	}
	return out, true, nil
}

func (m *memory) AllIncidents(context.Context) iter.Seq2[*data.Incident, error] {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.all++
	all := slices.Collect(maps.Values(m.incidents))
	return func(yield func(*data.Incident, error) bool) {
		for _, inc := range all {
			if !yield(inc, nil) {
				return
			}
		}
	}
}

func (m *memory) Decisions(context.Context) (int, error) { return m.decisions, nil }

func (m *memory) Apply(_ context.Context, b *data.Batch) error {
	m.mu.Lock()
	for _, id := range b.RemovedArticles {
		delete(m.articles, id)
	}
	for _, id := range b.RemovedIncidents {
		delete(m.incidents, id)
	}
	for _, path := range b.RemovedFiles {
		delete(m.files, path)
	}
	for _, d := range b.Articles {
		m.articles[d.ID] = d
	}
	for _, inc := range b.Incidents {
		m.incidents[inc.ID] = inc
	}
	for _, f := range b.Files {
		m.files[f.Path] = f
	}
	if b.Decisions > 0 {
		m.decisions = b.Decisions
	}
	m.applied++
	m.mu.Unlock()
	if m.after != nil {
		m.after()
	}
	return nil
}

// check reports what a complete index must never have: an article twice, members
// without articles, or subjects without incidents.
func (m *memory) check(t *testing.T) {
	t.Helper()
	for id, inc := range m.incidents {
		if len(inc.Members) == 0 {
			t.Errorf("incident %s has no members", id)
		}
		for _, member := range inc.Members {
			d := m.articles[member.Article]
			if d == nil {
				t.Errorf("incident %s has the member %s, which is no article", id, member.Article)
			} else if d.Unlisted != id && !slices.ContainsFunc(d.Mentions, func(x data.Mention) bool { return x.ID == id }) {
				t.Errorf("incident %s has the member %s, which does not mention it", id, member.Article)
			}
		}
	}
	for id, d := range m.articles {
		for _, x := range d.Mentions {
			if x.ID == "" && m.incidents[d.Unlisted] != nil {
				continue // about an event that is no incident with a name
			}
			if inc := m.incidents[x.ID]; inc == nil {
				t.Errorf("article %s mentions %s, which is no incident", id, x.ID)
			} else if !slices.ContainsFunc(inc.Members, func(y data.Member) bool { return y.Article == id }) {
				t.Errorf("article %s mentions %s, of which it is no member", id, x.ID)
			}
		}
	}
}

var extractor = sync.OnceValue(extract.New)

func index(t *testing.T, sink Sink, o Options) Summary {
	t.Helper()
	x := Indexer{Sink: sink, Extractor: extractor()}
	sum, err := x.Run(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	if m, ok := sink.(*memory); ok {
		m.check(t)
	}
	return sum
}

// counts is what a run did, in short.
func counts(s Summary) string {
	return fmt.Sprintf("read %d opened %d new %d updated %d unchanged %d removed %d skipped %d",
		s.Read, s.Opened, s.New, s.Updated, s.Unchanged, s.Removed, len(s.Problems))
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	// A clock of its own, so that a change within one tick of the file system counts.
	stamp := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(len(text)) * time.Second)
	if err := os.Chtimes(path, stamp, stamp); err != nil {
		t.Fatal(err)
	}
}

const (
	acme = "---\ntitle: Acme Stores data breach exposes customers\nvictim: Acme Stores\n---\n" +
		"Acme Stores said hackers stole the names of 12,000 customers in April 2024."
	brill = "---\ntitle: Brill Pharmacies hit by ransomware\nvictim: Brill Pharmacies\n---\n" +
		"Brill Pharmacies said ransomware encrypted its servers in May 2024."
)

func TestRunsFollowTheFolder(t *testing.T) {
	dir := t.TempDir()
	m := newMemory()
	o := Options{Paths: []string{dir}}
	step := func(name, want string, change func()) {
		t.Helper()
		if change != nil {
			change()
		}
		if diff := cmp.Diff(want, counts(index(t, m, o))); diff != "" {
			t.Errorf("%s (-want +got)\n%s", name, diff)
		}
	}
	step("an empty folder", "read 0 opened 0 new 0 updated 0 unchanged 0 removed 0 skipped 0", nil)
	step("two new files", "read 2 opened 2 new 2 updated 0 unchanged 0 removed 0 skipped 1", func() {
		write(t, dir, "acme.md", acme)
		write(t, dir, "sub/brill.md", brill)
		write(t, dir, "picture.png", "no text")
	})
	step("nothing new", "read 2 opened 0 new 0 updated 0 unchanged 2 removed 0 skipped 1", nil)
	o.Verify = true
	step("verified", "read 2 opened 2 new 0 updated 0 unchanged 2 removed 0 skipped 1", nil)
	o.Verify = false
	before := slices.Sorted(maps.Keys(m.articles))
	step("a moved file keeps its article", "read 2 opened 1 new 0 updated 0 unchanged 2 removed 0 skipped 1", func() {
		if err := os.Rename(filepath.Join(dir, "acme.md"), filepath.Join(dir, "moved.md")); err != nil {
			t.Fatal(err)
		}
	})
	if diff := cmp.Diff(before, slices.Sorted(maps.Keys(m.articles))); diff != "" {
		t.Errorf("ids after a move (-want +got)\n%s", diff)
	}
	step("a copy is a location", "read 3 opened 1 new 0 updated 0 unchanged 3 removed 0 skipped 1", func() {
		write(t, dir, "copy.md", acme)
	})
	if n := len(m.articles); n != 2 {
		t.Errorf("%d articles with a copy; want 2", n)
	}
	step("one location less", "read 2 opened 0 new 0 updated 0 unchanged 2 removed 0 skipped 1", func() {
		if err := os.Remove(filepath.Join(dir, "moved.md")); err != nil {
			t.Fatal(err)
		}
	})
	step("a changed file", "read 2 opened 1 new 1 updated 0 unchanged 1 removed 1 skipped 1", func() {
		write(t, dir, "copy.md", acme+" No passwords were taken.")
	})
	step("all gone", "read 0 opened 0 new 0 updated 0 unchanged 0 removed 2 skipped 0", func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Fatal(err)
		}
		if err := os.Mkdir(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	})
	if len(m.articles)+len(m.incidents)+len(m.files) != 0 {
		t.Errorf("left behind: %v, %v, %v", m.articles, m.incidents, m.files)
	}
}

func TestIDsThatTheSourceGives(t *testing.T) {
	dir := t.TempDir()
	m := newMemory()
	o := Options{Paths: []string{dir}}
	line := func(id, text string) string {
		return fmt.Sprintf(`{"id":%q,"title":"Acme breach","text":%q}`+"\n", id, text)
	}
	write(t, dir, "a.jsonl", line("1", "Acme lost data.")+line("2", "Acme lost more data."))
	index(t, m, o)
	write(t, dir, "a.jsonl", line("1", "Acme lost data twice.")+line("3", "Acme lost all of its data."))
	if diff := cmp.Diff("read 2 opened 1 new 1 updated 1 unchanged 0 removed 1 skipped 0", counts(index(t, m, o))); diff != "" {
		t.Errorf("changed lines (-want +got)\n%s", diff)
	}
	write(t, dir, "b.jsonl", line("1", "Another text under the same id."))
	index(t, m, o)
	if diff := cmp.Diff("read 3 opened 0 new 0 updated 0 unchanged 3 removed 0 skipped 0", counts(index(t, m, o))); diff != "" {
		t.Errorf("a second run (-want +got)\n%s", diff)
	}
	if n := len(m.articles); n != 3 || m.articles["1"].Text != "Acme lost data twice." {
		t.Errorf("%d articles; want 3, the first under its id as it was", n)
	}
}

// A new version of the rules extracts from the stored text, without the files.
func TestNewRulesNeedNoFiles(t *testing.T) {
	dir := t.TempDir()
	m := newMemory()
	write(t, dir, "acme.md", acme)
	index(t, m, Options{Paths: []string{dir}})
	for _, d := range m.articles {
		d.Extractor, d.Mentions = "0", nil
	}
	m.incidents = map[string]*data.Incident{}
	for _, f := range m.files {
		f.Extractor = "0"
	}
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff("read 1 opened 0 new 0 updated 1 unchanged 0 removed 0 skipped 0", counts(index(t, m, Options{}))); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	for _, d := range m.articles {
		if len(d.Mentions) == 0 || d.Extractor != extract.Version {
			t.Errorf("article was not extracted again: %+v", d)
		}
	}
}

// A run that is cut off keeps whole batches, and the next one completes them.
func TestCanceledRunIsContinued(t *testing.T) {
	dir := t.TempDir()
	var b strings.Builder
	const batch = 300
	const n = 2*queue + 7 // more than what is on its way when the first batch is written
	for i := range n {
		fmt.Fprintf(&b, `{"id":"%d","title":"Firm %d breached","text":"Firm %d lost data."}`+"\n", i, i, i)
	}
	write(t, dir, "many.jsonl", b.String())
	m := newMemory()
	ctx, cancel := context.WithCancel(context.Background())
	m.after = cancel
	x := Indexer{Sink: m, Extractor: extractor(), batch: batch}
	if _, err := x.Run(ctx, Options{Paths: []string{dir}}); err == nil {
		t.Fatal("a canceled run reports no error")
	}
	m.after = nil
	m.check(t)
	if len(m.articles) == 0 || len(m.articles) == n || len(m.files) != 0 {
		t.Fatalf("%d articles and %d files after the run was cut off", len(m.articles), len(m.files))
	}
	kept := len(m.articles)
	sum := index(t, m, Options{Paths: []string{dir}})
	if sum.New != n-kept || len(m.articles) != n {
		t.Errorf("%d new, %d in all; want %d and %d", sum.New, len(m.articles), n-kept, n)
	}
}

// The same files give the same index, however the work was scheduled.
func TestRunsAreRepeatable(t *testing.T) {
	dir := t.TempDir()
	for i := range 40 {
		write(t, dir, fmt.Sprintf("%02d.md", i), strings.ReplaceAll(acme, "12,000", fmt.Sprint(1000*(i%5+1))))
		write(t, dir, fmt.Sprintf("b%02d.md", i), strings.ReplaceAll(brill, "Brill", fmt.Sprintf("Brill%d", i%7)))
	}
	a, b := newMemory(), newMemory()
	index(t, a, Options{Paths: []string{dir}})
	index(t, b, Options{Paths: []string{dir}})
	if diff := cmp.Diff(a.incidents, b.incidents); diff != "" {
		t.Errorf("incidents of two runs (-first +second)\n%s", diff)
	}
}

func TestDryRunChangesNothing(t *testing.T) {
	dir := t.TempDir()
	m := newMemory()
	write(t, dir, "acme.md", acme)
	write(t, dir, "brill.md", brill)
	index(t, m, Options{Paths: []string{dir}})
	applied := m.applied
	if err := os.Remove(filepath.Join(dir, "brill.md")); err != nil {
		t.Fatal(err)
	}
	write(t, dir, "corvo.md", strings.ReplaceAll(brill, "Brill", "Corvo")+" Names were stolen.")
	x := Indexer{Sink: m, Extractor: extractor()}
	c, err := x.DryRun(context.Background(), Options{Paths: []string{dir}}, false)
	if err != nil {
		t.Fatal(err)
	}
	var kinds []string
	for _, a := range c.Articles {
		kinds = append(kinds, a.Kind+" "+a.Title)
	}
	slices.Sort(kinds)
	want := []string{"gone Brill Pharmacies hit by ransomware", "new Corvo Pharmacies hit by ransomware"}
	if diff := cmp.Diff(want, kinds); diff != "" {
		t.Errorf("articles (-want +got)\n%s", diff)
	}
	if !slices.ContainsFunc(c.Fields, func(f FieldChange) bool { return f.Field == data.Victim && f.Added == 1 && f.Removed == 1 }) {
		t.Errorf("fields: %+v; want one victim more and one less", c.Fields)
	}
	if m.applied != applied {
		t.Errorf("a dry run wrote %d batches", m.applied-applied)
	}
}

// A run that reads all incidents of the index at once groups as one that looks for those
// with a key.
func TestReadingAllChangesNothing(t *testing.T) {
	dir := t.TempDir()
	lines := func(from, to int) string {
		var b strings.Builder
		for i := from; i < to; i++ {
			firm := fmt.Sprintf("Firm%d Bank", i%200)
			fmt.Fprintf(&b, `{"id":"%d","title":"%s breached","victim":"%s","date":"2024-%02d-%02d","text":"%s lost the data of %d customers."}`+"\n",
				i, firm, firm, 1+i%7, 1+i%28, firm, 1000+i%200)
		}
		return b.String()
	}
	looks, reads := newMemory(), newMemory()
	for i, text := range []string{lines(0, 700), lines(700, 1400), lines(300, 500)} {
		write(t, dir, fmt.Sprintf("%d.jsonl", i), text)
		index(t, looks, Options{Paths: []string{dir}, patience: math.MaxInt})
		index(t, reads, Options{Paths: []string{dir}, patience: 1 + 50*i, unpacked: 10})
	}
	if reads.all == 0 || looks.all > 0 {
		t.Errorf("all were read %d times, and %d times without patience's end", reads.all, looks.all)
	}
	if diff := cmp.Diff(looks.incidents, reads.incidents); diff != "" {
		t.Errorf("incidents (-looked for +read)\n%.3000s", diff)
	}
}

// A run that packs incidents and unpacks them groups as
// one that keeps them all.
func TestPackingChangesNothing(t *testing.T) {
	dir := t.TempDir()
	var b strings.Builder
	for i := range 2*batchArticles + 100 {
		firm := fmt.Sprintf("Firm%d Bank", i%700)
		fmt.Fprintf(&b, `{"id":"%d","title":"%s breached","victim":"%s","date":"2024-05-%02d","occurred":"2024-04","text":"%s lost the data of %d customers."}`+"\n",
			i, firm, firm, 1+i%28, firm, 1000+i%700)
	}
	write(t, dir, "many.jsonl", b.String())
	keeps, packs := newMemory(), newMemory()
	index(t, keeps, Options{Paths: []string{dir}})
	index(t, packs, Options{Paths: []string{dir}, unpacked: 10})
	if diff := cmp.Diff(keeps.incidents, packs.incidents); diff != "" {
		t.Errorf("incidents (-unpacked +packed)\n%.3000s", diff)
	}
}
