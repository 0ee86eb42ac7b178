package bleveindex

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"incidex/data"
	"incidex/search"
)

// A backup that is made while the index is written to is a whole index, which later
// changes to the first one leave as it is.
func TestBackupWhileWriting(t *testing.T) {
	dir, s := twoGenerations(t)
	if err := os.WriteFile(filepath.Join(dir, keptFiles[0]), []byte("{}\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	put := func(id string) error {
		return s.Current().Apply(t.Context(), &data.Batch{Articles: []*data.Document{article(id, "Acme", "Names.")}})
	}
	if err := put("before"); err != nil {
		t.Fatal(err)
	}
	written := make(chan error, 1)
	go func() {
		var err error
		for i := 0; i < 30 && err == nil; i++ {
			err = put(fmt.Sprint("beside-", i))
		}
		written <- err
	}()
	to := filepath.Join(t.TempDir(), "copy")
	made, err := s.Backup(to)
	if err != nil {
		t.Fatal(err)
	}
	if err := <-written; err != nil {
		t.Fatal(err)
	}
	if err := s.Current().Apply(t.Context(), &data.Batch{RemovedArticles: []string{"new", "before"}}); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(s.Close(), os.RemoveAll(dir)); err != nil {
		t.Fatal(err)
	}
	b := open(t, to, Options{Verify: true})
	if b.Damaged != nil || b.Current().Name() != made.Generation {
		t.Errorf("the backup is of %s: %v", b.Current().Name(), b.Damaged)
	}
	docs, err := b.Current().Articles(t.Context(), "new", "before")
	if err != nil || docs[0] == nil || docs[1] == nil {
		t.Errorf("articles of the backup: %v, %v", docs, err)
	}
	if n, err := b.Current().articles(); err != nil || n != made.Articles || n < 2 {
		t.Errorf("%d articles, %v; want %d", n, err, made.Articles)
	}
	if _, err := os.Stat(filepath.Join(to, keptFiles[0])); err != nil {
		t.Errorf("the decisions are missing: %v", err)
	}
	left, err := filepath.Glob(to + unfinishedSuffix + "*")
	if err != nil || len(left) > 0 {
		t.Errorf("left: %q, %v", left, err)
	}
}

func TestBackupIsRefused(t *testing.T) {
	dir, s := twoGenerations(t)
	there := t.TempDir()
	for to, want := range map[string]string{
		there:                    "is there already",
		filepath.Join(dir, "in"): "inside the data folder",
		dir:                      "inside the data folder",
	} {
		if _, err := s.Backup(to); !errors.Is(err, search.ErrInvalid) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", to, err, want)
		}
	}
	if _, err := s.Backup(filepath.Join(there, "no", "such", "folder")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("into no folder: %v", err)
	}
}
