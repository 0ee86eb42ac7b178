package bleveindex

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"incidex/data"
	"incidex/search"
)

// A batch that cannot be written is an error, harms no search, and is written when it can be.
func TestWhatCannotBeWrittenIsTriedAgain(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	s := open(t, dir, Options{Create: true})
	put := func(id string) error {
		return s.Current().Apply(ctx, &data.Batch{Articles: []*data.Document{article(id, "Acme", "Names.")}})
	}
	has := func(id string) {
		t.Helper()
		snap, err := s.Snapshot()
		if err != nil {
			t.Fatal(err)
		}
		defer snap.Close()
		if docs, err := snap.Articles(ctx, id); err != nil || docs[0] == nil {
			t.Errorf("article %s is not there: %v", id, err)
		}
	}
	if err := put("1"); err != nil {
		t.Fatal(err)
	}
	store, away := filepath.Join(dir, "gen-000001", "store"), filepath.Join(dir, "gen-000001", "away")
	if err := os.Rename(store, away); err != nil {
		t.Skipf("this system moves no folder that is in use: %v", err)
	}
	if err := put("2"); err == nil {
		t.Error("a batch for which there is no place is written")
	}
	has("1")
	if err := s.Current().Durable(); err == nil {
		t.Error("a batch that is not on disk is said to be durable")
	}
	if err := os.Rename(away, store); err != nil {
		t.Fatal(err)
	}
	for s.Current().Durable() != nil { // the next try may still be the one that fails
	}
	if err := put("3"); err != nil {
		t.Error(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = open(t, dir, Options{})
	for _, id := range []string{"1", "2", "3"} {
		has(id)
	}
}

// Whatever part of a generation is damaged, it is named and left, and the one before used.
func TestDamageIsDetected(t *testing.T) {
	ctx := context.Background()
	sound := t.TempDir()
	s := open(t, sound, Options{Create: true})
	for range 2 {
		g := s.Current()
		if !g.Empty() {
			var err error
			if g, err = s.Begin(); err != nil {
				t.Fatal(err)
			}
		}
		if err := g.Apply(ctx, &data.Batch{Articles: []*data.Document{article("1", "Acme", "Names.")}}); err != nil {
			t.Fatal(err)
		}
		if g != s.Current() {
			if _, err := s.Use(g); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	overwrite := func(name string, at int64) error {
		f, err := os.OpenFile(name, os.O_WRONLY, 0)
		if err != nil {
			return err
		}
		_, err = f.WriteAt([]byte("overwritten overwritten"), at)
		return errors.Join(err, f.Close())
	}
	cut := func(name string) error { return os.Truncate(name, 40) }
	tests := []struct {
		name, file string
		damage     func(name string) error
	}{
		{"a segment is missing", "*.zap", os.Remove},
		{"a segment is cut off", "*.zap", cut},
		{"a segment is overwritten", "*.zap", func(name string) error { return overwrite(name, 50) }},
		{"the root is missing", "root.bolt", os.Remove},
		{"the root is cut off", "root.bolt", cut},
		{"all folders are missing", "../store", os.RemoveAll},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.CopyFS(dir, os.DirFS(sound)); err != nil {
				t.Fatal(err)
			}
			names, err := filepath.Glob(filepath.Join(dir, "gen-000002", "store", tt.file))
			if err != nil || len(names) == 0 {
				t.Fatalf("no file to damage: %v", err)
			}
			for _, name := range names {
				if err := tt.damage(name); err != nil {
					t.Fatal(err)
				}
			}
			if s := open(t, dir, Options{Verify: true}); s.Damaged == nil || s.Current().Name() != "gen-000001" {
				t.Errorf("opened %s, damaged: %v; want the one before", s.Current().Name(), s.Damaged)
			}
		})
	}
}

// A generation that was being filled when its process was cut off is never used.
func TestUnfinishedGeneration(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	s := open(t, dir, Options{Create: true})
	if _, err := s.Begin(); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := Select(ctx, dir, "gen-000002"); !errors.Is(err, search.ErrInvalid) {
		t.Errorf("use an unfinished generation: %v; want ErrInvalid", err)
	}
	if err := os.Remove(filepath.Join(dir, "gen-000001", "store", "root.bolt")); err != nil {
		t.Fatal(err)
	}
	var damaged *DamagedError
	if _, err := Open(dir, Options{}); !errors.As(err, &damaged) {
		t.Errorf("with the only finished generation damaged: %v; want a DamagedError", err)
	}
	s = open(t, dir, Options{Anew: true})
	if n := len(s.Unfinished); n != 1 || s.Unfinished[0] != "gen-000002" || s.Current().Name() != "gen-000003" {
		t.Errorf("unfinished: %q, current: %s; want gen-000002 and gen-000003", s.Unfinished, s.Current().Name())
	}
	if _, err := s.Use(s.Current()); err != nil {
		t.Fatal(err)
	}
	if err := s.Prune("gen-000003"); err != nil {
		t.Fatal(err)
	}
	left, err := filepath.Glob(filepath.Join(dir, generationPrefix+"*"))
	if err != nil || len(left) != 1 {
		t.Errorf("left: %q, %v; want gen-000003 alone", left, err)
	}
}

// What a killed process wrote of itself into the lock names nobody.
func TestDeadHolder(t *testing.T) {
	dir := t.TempDir()
	if err := open(t, dir, Options{Create: true}).Close(); err != nil {
		t.Fatal(err)
	}
	dead, err := json.Marshal(Holder{PID: 1 << 30, Command: "serve", Address: "http://127.0.0.1:1"})
	if err != nil {
		t.Fatal(err)
	}
	write := func() {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, lockFile), dead, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write()
	reader := open(t, dir, Options{ReadOnly: true})
	if raw, err := os.ReadFile(filepath.Join(dir, lockFile)); err != nil || len(raw) > 0 {
		t.Errorf("the lock of a reader says %q, %v; want nothing", raw, err)
	}
	write()
	var locked *LockedError
	if _, err := Open(dir, Options{}); !errors.As(err, &locked) || locked.Holder != (Holder{}) {
		t.Errorf("open beside a reader: %v; want a LockedError that names nobody", err)
	}
	if err := reader.Close(); err != nil {
		t.Fatal(err)
	}
}

// The token of a server is for the owner of the folder, the rest of the lock for everybody.
func TestToken(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir, Options{Create: true, Command: "serve"})
	if err := s.Serving("http://127.0.0.1:1", "secret"); err != nil {
		t.Fatal(err)
	}
	var locked *LockedError
	if _, err := Open(dir, Options{}); !errors.As(err, &locked) || locked.Holder.Token != "secret" {
		t.Errorf("open beside a server: %v; want a LockedError with the token", err)
	}
	raw, err := os.ReadFile(filepath.Join(dir, lockFile))
	if err != nil || !strings.Contains(string(raw), `"serve"`) || strings.Contains(string(raw), "secret") {
		t.Errorf("the lock says %q, %v", raw, err)
	}
	if info, err := os.Stat(filepath.Join(dir, tokenFile)); err != nil || runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		t.Errorf("the token can be read by others: %v, %v", info, err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, tokenFile)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the token is left: %v", err)
	}
}

// A folder that was opened to others stays so: files, and generations, that are new
// are as readable as those before.
func TestSharedFolder(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("it has no such modes")
	}
	ctx := context.Background()
	dir := t.TempDir()
	s := open(t, dir, Options{Create: true})
	readable := func(want bool) {
		t.Helper()
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		err := filepath.WalkDir(filepath.Join(dir, s.Current().Name()), func(name string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			info, err := d.Info()
			if err == nil && (info.Mode().Perm()&0o044 == 0o044) != want && d.Name() != "index_meta.json" {
				t.Errorf("%s has the mode %s; want it readable: %v", name, info.Mode(), want)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		s = open(t, dir, Options{})
	}
	put := func(g *Generation) {
		t.Helper()
		if err := g.Apply(ctx, &data.Batch{Articles: []*data.Document{article("1", "Acme", "Names.")}}); err != nil {
			t.Fatal(err)
		}
	}
	put(s.Current())
	readable(false)
	if err := os.Chmod(filepath.Join(dir, "gen-000001"), 0o755); err != nil {
		t.Fatal(err)
	}
	put(s.Current())
	readable(true)
	g, err := s.Begin()
	if err != nil {
		t.Fatal(err)
	}
	put(g)
	if _, err := s.Use(g); err != nil {
		t.Fatal(err)
	}
	readable(true)
}

// Who finds the folder locked is told by whom, and what to do.
func TestLockedSaysWhatToDo(t *testing.T) {
	for _, x := range []struct {
		holder Holder
		want   string
	}{
		{Holder{}, "the index in d is being read by another process: try again when it is done"},
		{Holder{PID: 7, Command: "serve", Address: "http://127.0.0.1:1"}, "the index in d is open in process 7 (incidex serve on http://127.0.0.1:1): stop it first, or use another folder with --data"},
		{Holder{PID: 7, Command: "index"}, "the index in d is open in process 7 (incidex index): try again when it is done; to search meanwhile, start incidex serve before incidex index, which then hands its work to it"},
		{Holder{PID: 7, Command: "group"}, "the index in d is open in process 7 (incidex group): try again when it is done"},
	} {
		if got := (&LockedError{Dir: "d", Holder: x.holder}).Error(); got != x.want {
			t.Errorf("held by %+v: %s\nwant %s", x.holder, got, x.want)
		}
	}
}
