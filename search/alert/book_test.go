package alert

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"incidex/search"
)

// Wherever the program is killed while it appends a line, the line is there once.
func TestAppendOnce(t *testing.T) {
	line := []byte("{\"id\":\"x\"}\n")
	for _, x := range []struct {
		name, before string
		at           int64
		want         string
	}{
		{"never begun", "old\n", -1, "old\n{\"id\":\"x\"}\n"},
		{"no file", "", -1, "{\"id\":\"x\"}\n"},
		{"begun, nothing written", "old\n", 4, "old\n{\"id\":\"x\"}\n"},
		{"a part written", "old\n{\"id\":", 4, "old\n{\"id\":\"x\"}\n"},
		{"all written", "old\n{\"id\":\"x\"}\n", 4, "old\n{\"id\":\"x\"}\n"},
		{"all written, and more behind it", "old\n{\"id\":\"x\"}\nnew\n", 4, "old\n{\"id\":\"x\"}\nnew\n"},
		{"another line came first", "old\nother line that is long\n", 4, "old\nother line that is long\n{\"id\":\"x\"}\n"},
		{"the file was emptied", "", 4, "{\"id\":\"x\"}\n"},
	} {
		name := filepath.Join(t.TempDir(), "f")
		if err := os.WriteFile(name, []byte(x.before), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := appendOnce(name, line, x.at, func(int64) error { return nil }); err != nil {
			t.Errorf("%s: %v", x.name, err)
		}
		if got, _ := os.ReadFile(name); string(got) != x.want {
			t.Errorf("%s: %q, want %q", x.name, got, x.want)
		}
	}
}

func TestBook(t *testing.T) {
	dir := t.TempDir()
	b := In(dir)
	if all, err := b.List(); len(all) != 0 || err != nil {
		t.Errorf("a new folder has %v, %v", all, err)
	}
	if err := b.Remove("x"); !errors.Is(err, search.ErrNotFound) {
		t.Errorf("remove what is not there: %v", err)
	}
	b = book(t, "/tmp/x")
	a, err := b.Get("banks")
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Add(a); !errors.Is(err, search.ErrInvalid) {
		t.Errorf("a name that is taken: %v", err)
	}
	x := &index{}
	x.put(t, b, "a", "bank", "1", Added)
	x.match(t, b)
	if err := b.CopyTo(dir); err != nil {
		t.Fatal(err)
	}
	if copied, err := In(dir).Get("banks"); err != nil || copied.Waiting != 0 || copied.Query != "bank" {
		t.Errorf("the copy is %+v, %v", copied, err)
	}
	if info, _ := os.Stat(b.path); info.Mode().Perm() != 0o600 {
		t.Errorf("the secrets have the mode %v", info.Mode())
	}
	if err := b.Remove("banks"); err != nil {
		t.Fatal(err)
	}
	if next := deliver(t, b, day); !next.IsZero() {
		t.Error("messages of an alert that is gone wait")
	}
}

// A file that is cut off or overwritten is an error that says what to do.
func TestDamagedBook(t *testing.T) {
	for _, size := range []int{100, 4096, 9000, 0} {
		b := book(t, "/tmp/x")
		bad := bytes.Repeat([]byte("x"), 40000)
		if raw, err := os.ReadFile(b.path); err != nil {
			t.Fatal(err)
		} else if size > 0 {
			bad = raw[:size]
		}
		if err := os.WriteFile(b.path, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := b.Note([]Note{{ID: "a"}}); err == nil || !strings.Contains(err.Error(), "is damaged") {
			t.Errorf("%d bytes: %v", size, err)
		}
	}
}
