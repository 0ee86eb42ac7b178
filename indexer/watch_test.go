package indexer

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// calls collects what a watcher calls for.
type calls chan []string

// until waits for a call that fits.
func (c calls) until(t *testing.T, what string, fits func(paths []string) bool) {
	t.Helper()
	late := time.After(time.Minute)
	for {
		select {
		case paths := <-c:
			if fits(paths) {
				return
			}
		case <-late:
			t.Fatalf("no call after %s", what)
		}
	}
}

// watching starts a watcher of a root; fail says whether a call is to fail.
func watching(t *testing.T, w Watcher, fail func() bool) calls {
	t.Helper()
	c := make(calls, 1000)
	w.Log = slog.New(slog.NewTextHandler(t.Output(), nil))
	w.Changed = func(_ context.Context, paths []string) error {
		if fail() {
			c <- nil
			return errors.New("failed")
		}
		c <- slices.Clone(paths)
		return nil
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- w.Run(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return c
}

func never() bool { return false }

// A root that goes and comes back is watched again, and its neighbors never are.
func TestRootGoesAndComes(t *testing.T) {
	top := t.TempDir()
	root := filepath.Join(top, "in")
	mkdir := func(name string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Join(root, name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	gone := func() bool { _, err := os.Stat(root); return err != nil }
	mkdir("a")
	c := watching(t, Watcher{Roots: []string{root}}, gone)
	all := func(paths []string) bool {
		if slices.Contains(paths, top) {
			t.Errorf("a call for %q, which is above the root", paths)
		}
		return slices.Equal(paths, []string{root})
	}
	c.until(t, "the start", all)
	c.until(t, "the watches are set", all)
	if err := os.RemoveAll(root); err != nil {
		t.Fatal(err)
	}
	c.until(t, "the root is gone", func(paths []string) bool { return paths == nil })
	mkdir("b")
	c.until(t, "the root is back", all)
	write(t, root, "b/acme.md", acme)
	c.until(t, "a new file", func(paths []string) bool { return slices.Equal(paths, []string{filepath.Join(root, "b")}) })
}

// A folder that is moved is watched where it is now, and so are those below it.
func TestMovedFolder(t *testing.T) {
	root := t.TempDir()
	at := func(name string) func(paths []string) bool {
		return func(paths []string) bool { return slices.Equal(paths, []string{filepath.Join(root, name)}) }
	}
	write(t, root, "a/deep/acme.md", acme)
	c := watching(t, Watcher{Roots: []string{root}}, never)
	c.until(t, "the start", at(""))
	c.until(t, "the watches are set", at(""))
	if err := os.Rename(filepath.Join(root, "a"), filepath.Join(root, "b")); err != nil {
		t.Fatal(err)
	}
	c.until(t, "the move", at(""))
	write(t, root, "b/new.md", acme)
	c.until(t, "a file in it", at("b"))
	write(t, root, "b/deep/new.md", acme)
	c.until(t, "a file below it", at("b/deep"))
}

// A run that fails is repeated.
func TestFailedRunIsRepeated(t *testing.T) {
	root := t.TempDir()
	failures := 2
	c := watching(t, Watcher{Roots: []string{root}}, func() bool { failures--; return failures >= 0 })
	c.until(t, "two failures", func(paths []string) bool { return slices.Equal(paths, []string{root}) })
}

func TestPolling(t *testing.T) {
	root := t.TempDir()
	c := watching(t, Watcher{Roots: []string{root}, Poll: time.Millisecond}, never)
	for range 3 {
		c.until(t, "an interval", func(paths []string) bool { return slices.Equal(paths, []string{root}) })
	}
}
