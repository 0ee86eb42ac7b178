package indexer

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"incidex/indexer/extract"
	"incidex/indexer/reader"
)

// lines are so many articles as JSON Lines.
func lines(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `{"id":"%d","title":"Firm%d breached","text":"Firm%d lost the data of %d customers."}`+"\n", i, i, i, 1000+i)
	}
	return b.String()
}

// failing is a file system whose files cannot be read to their end.
type failing struct{ fs.FS }

type failingFile struct {
	fs.File
	left int
}

func (f failing) Open(name string) (fs.File, error) {
	file, err := f.FS.Open(name)
	if info, e := fs.Stat(f.FS, name); e != nil || info.IsDir() {
		return file, err
	}
	return &failingFile{file, 300}, err
}

func (f failing) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(f.FS, name) }

func (f *failingFile) Read(p []byte) (int, error) {
	if f.left == 0 {
		return 0, errors.New("the drive is gone")
	}
	n, err := f.File.Read(p[:min(len(p), f.left)])
	f.left -= n
	return n, err
}

// What cannot be read any more is not taken for gone.
func TestReadErrorsRemoveNothing(t *testing.T) {
	m := newMemory()
	file := &fstest.MapFile{Data: []byte(lines(20)), ModTime: time.Unix(1, 0)}
	folder := fstest.MapFS{"a.jsonl": file}
	index(t, m, Options{FS: folder})
	file.Data, file.ModTime = []byte(lines(21)), time.Unix(2, 0)
	sum := index(t, m, Options{FS: failing{folder}})
	if sum.Removed != 0 || len(m.articles) != 20 || len(sum.Problems) == 0 {
		t.Errorf("after an error of the drive: %s, %d articles; want 20 and a problem", counts(sum), len(m.articles))
	}
	if sum = index(t, m, Options{FS: folder}); sum.New != 1 || len(m.articles) != 21 {
		t.Errorf("when the drive is back: %s, %d articles; want 21", counts(sum), len(m.articles))
	}

	if os.Geteuid() == 0 {
		t.Skip("the superuser may read any folder")
	}
	dir := t.TempDir()
	write(t, dir, "sub/acme.md", acme)
	m = newMemory()
	index(t, m, Options{Paths: []string{dir}})
	if err := os.Chmod(filepath.Join(dir, "sub"), 0); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(filepath.Join(dir, "sub"), 0o755)
	if sum = index(t, m, Options{Paths: []string{dir}}); sum.Removed != 0 || len(m.articles) != 1 {
		t.Errorf("below a folder that cannot be read: %s; want nothing removed", counts(sum))
	}
}

func TestLinks(t *testing.T) {
	top := t.TempDir()
	dir := filepath.Join(top, "in")
	write(t, dir, "a/acme.md", acme)
	write(t, top, "out/brill.md", brill)
	link := func(to, name string) {
		t.Helper()
		if err := os.Symlink(to, filepath.Join(top, name)); err != nil {
			t.Skipf("this system makes no links: %v", err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "b"), 0o755); err != nil {
		t.Fatal(err)
	}
	link("../a/acme.md", "in/b/within.md")
	link("../a", "in/b/folder")
	link("../../out/brill.md", "in/b/out.md")
	link("../../out", "in/b/outside")
	link("../../out/brill.md", "in/a/acme.md.fields.json")
	link("in", "linked")
	problems := func(s Summary) (out []string) {
		for _, p := range s.Problems {
			out = append(out, filepath.Base(p.Path)+" "+strings.SplitN(p.Reason, ":", 2)[0])
		}
		return out
	}
	const reason = " a link that leads out of the folders"
	want := []string{"acme.md.fields.json" + reason, "out.md" + reason, "outside" + reason}
	for _, root := range []string{"in", "linked"} {
		m := newMemory()
		sum := index(t, m, Options{Paths: []string{filepath.Join(top, root)}})
		if diff := cmp.Diff(want, problems(sum)); diff != "" {
			t.Errorf("problems below %s (-want +got)\n%s", root, diff)
		}
		if len(m.articles) != 1 || len(m.files) != 2 {
			t.Errorf("%d articles in %d files below %s; want one in two", len(m.articles), len(m.files), root)
		}
		// A run over a part knows what it may follow.
		o := Options{Paths: []string{filepath.Join(top, root, "b")}, Within: []string{dir}}
		if sum := index(t, m, o); len(m.files) != 2 {
			t.Errorf("%d files after a run over a part: %s; want two", len(m.files), counts(sum))
		}
	}
}

// A side-car is a part of its file: the file is read again when it comes, changes or goes.
func TestSidecarsAreWatched(t *testing.T) {
	dir := t.TempDir()
	m := newMemory()
	write(t, dir, "a.txt", "Acme breached\n\nAcme lost the names of 12,000 customers.")
	country := func() string {
		for _, d := range m.articles {
			for _, c := range d.Given {
				return c.Value
			}
		}
		return ""
	}
	step := func(name, want string, opened int) {
		t.Helper()
		for _, opened := range []int{opened, 0} {
			if sum := index(t, m, Options{Paths: []string{dir}}); sum.Opened != opened || country() != want {
				t.Errorf("%s: %s, country %q; want %d opened, country %q", name, counts(sum), country(), opened, want)
			}
		}
	}
	step("no side-car", "", 1)
	side := filepath.Join(dir, "a.txt.fields.json")
	write(t, dir, "a.txt.fields.json", `{"country":"FR"}`)
	step("a side-car", "FR", 1)
	write(t, dir, "a.txt.fields.json", `{"country":"DE"}`)
	if err := os.Chtimes(side, time.Now(), time.Now()); err != nil {
		t.Fatal(err)
	}
	step("a changed side-car", "DE", 1)
	if err := os.Remove(side); err != nil {
		t.Fatal(err)
	}
	step("no side-car any more", "", 1)
	write(t, dir, "b.txt.fields.json", `{}`)
	if sum := index(t, m, Options{Paths: []string{dir}}); len(sum.Problems) != 1 {
		t.Errorf("a side-car without its file: %v; want a problem", sum.Problems)
	}
}

// A file of which the time alone changed is hashed, and not opened again.
func TestTouchedFile(t *testing.T) {
	dir := t.TempDir()
	m := newMemory()
	write(t, dir, "a.jsonl", lines(3))
	o := Options{Paths: []string{dir}}
	index(t, m, o)
	for _, d := range m.articles {
		d.Title = "not read again"
	}
	now := time.Now()
	if err := os.Chtimes(filepath.Join(dir, "a.jsonl"), now, now); err != nil {
		t.Fatal(err)
	}
	for _, opened := range []int{1, 0} {
		if diff := cmp.Diff(fmt.Sprintf("read 3 opened %d new 0 updated 0 unchanged 3 removed 0 skipped 0", opened), counts(index(t, m, o))); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
	}
	write(t, dir, "a.jsonl", strings.ReplaceAll(lines(3), "1000", "1003")) // of the same size
	if sum := index(t, m, Options{Paths: []string{dir}}); sum.Updated != 1 {
		t.Errorf("another content: %s; want one updated", counts(sum))
	}
}

// Keys that were given once hold for the file until others are given.
func TestKeysAreKept(t *testing.T) {
	dir := t.TempDir()
	m := newMemory()
	text := `{"kopf":"Acme breached","rumpf":"Acme lost data."}` + "\n"
	write(t, dir, "a.jsonl", text)
	step := func(name, want string, keys map[string]string) {
		t.Helper()
		got := counts(index(t, m, Options{Paths: []string{dir}, Reader: reader.Options{Map: keys}}))
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got)\n%s", name, diff)
		}
	}
	step("no keys", "read 0 opened 1 new 0 updated 0 unchanged 0 removed 0 skipped 1", nil)
	step("keys", "read 1 opened 1 new 1 updated 0 unchanged 0 removed 0 skipped 0", map[string]string{"kopf": "title", "rumpf": "text"})
	step("none again", "read 1 opened 0 new 0 updated 0 unchanged 1 removed 0 skipped 0", nil)
	write(t, dir, "a.jsonl", text+text[:len(text)-1]+" \n"+strings.ReplaceAll(text, "Acme", "Brill"))
	step("none, and a change", "read 3 opened 1 new 1 updated 0 unchanged 2 removed 0 skipped 0", nil)
}

// Progress goes on within a file, in bytes of the file as it lies there.
func TestProgressWithinAFile(t *testing.T) {
	const n = 3 * queue // more than what is read ahead
	text := []byte(lines(n))
	var packed, archive bytes.Buffer
	z := gzip.NewWriter(&packed)
	z.Write(text)
	a := zip.NewWriter(&archive)
	w, err := a.Create("a.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	w.Write(text)
	if err := errors.Join(z.Close(), a.Close()); err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string][]byte{"a.jsonl": text, "a.jsonl.gz": packed.Bytes(), "a.zip": archive.Bytes()} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			write(t, dir, name, string(content))
			var last Progress
			within := false
			m := newMemory()
			sum := index(t, m, Options{Paths: []string{dir}, Progress: func(p Progress) {
				within = within || p.Bytes > 0 && p.Bytes < p.Total
				last = p
			}})
			want := Progress{Bytes: int64(len(content)), Total: int64(len(content)), Articles: n}
			if diff := cmp.Diff(want, last); diff != "" || sum.New != n || !within {
				t.Errorf("new %d, within the file %v, at the end (-want +got)\n%s", sum.New, within, diff)
			}
			for _, f := range m.files {
				if diff := cmp.Diff(fmt.Sprintf("%x", sha256.Sum256(content)), f.Hash); diff != "" {
					t.Errorf("hash (-want +got)\n%s", diff)
				}
			}
		})
	}
}

// Problems say which part of a file they are of, and are remembered.
func TestProblemsOfParts(t *testing.T) {
	dir := t.TempDir()
	var archive bytes.Buffer
	a := zip.NewWriter(&archive)
	for name, text := range map[string]string{"sub/bad.json": "{", "good.md": acme} {
		w, err := a.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		w.Write([]byte(text))
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	write(t, dir, "a.zip", archive.String())
	write(t, dir, "b.txt", "Brill breached\n\nBrill lost data.")
	write(t, dir, "b.txt.fields.json", "{broken")
	write(t, dir, "c.txt", strings.Repeat("\x00\x01\x02text", 100))
	m := newMemory()
	sum := index(t, m, Options{Paths: []string{dir}})
	var got []string
	for _, p := range sum.Problems {
		got = append(got, strings.TrimPrefix(p.String(), dir+string(filepath.Separator)))
	}
	want := []string{
		"a.zip:1: sub/bad.json: json: it is cut off",
		"b.txt: b.txt.fields.json: invalid character 'b' looking for beginning of object key string",
		"c.txt: the file is binary, no text",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("problems (-want +got)\n%s", diff)
	}
	if sum.Skipped != 2 || sum.Partial != 1 || sum.Before != 0 {
		t.Errorf("%d skipped, %d partial, %d before; want 2, 1, 0", sum.Skipped, sum.Partial, sum.Before)
	}
	if sum = index(t, m, Options{Paths: []string{dir}}); sum.Before != 3 || len(sum.Problems) != 0 {
		t.Errorf("a second run: %d before, %v; want 3 and none", sum.Before, sum.Problems)
	}
}

// canceling is a file system whose files end the run while they are read.
type canceling struct {
	fs.FS
	cancel context.CancelFunc
}

func (c canceling) Open(name string) (fs.File, error) {
	f, err := c.FS.Open(name)
	if err != nil || name == "." {
		return f, err
	}
	return cancelingFile{f, c.cancel}, nil
}

type cancelingFile struct {
	fs.File
	cancel context.CancelFunc
}

func (f cancelingFile) Read(p []byte) (int, error) {
	f.cancel()
	return f.File.Read(p[:min(len(p), 100)])
}

// TestCanceledReadRemovesNothing holds that articles which a canceled run did not come to
// are not taken for gone.
func TestCanceledReadRemovesNothing(t *testing.T) {
	m := newMemory()
	file := &fstest.MapFile{Data: []byte(lines(20)), ModTime: time.Unix(1, 0)}
	folder := fstest.MapFS{"a.jsonl": file}
	index(t, m, Options{FS: folder})
	file.Data, file.ModTime = []byte(lines(21)), time.Unix(2, 0)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	x := Indexer{Sink: m, Extractor: extract.New()}
	sum, err := x.Run(ctx, Options{FS: canceling{folder, cancel}})
	if !errors.Is(err, context.Canceled) || sum.Removed != 0 || len(m.articles) != 20 {
		t.Errorf("%v; %d removed, %d articles; want a canceled run and 20", err, sum.Removed, len(m.articles))
	}
	if sum := index(t, m, Options{FS: folder}); sum.New != 1 || len(m.articles) != 21 {
		t.Errorf("the next run: %s, %d articles; want 21", counts(sum), len(m.articles))
	}
}
