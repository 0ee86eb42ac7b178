package indexer

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

func TestSpillGivesBackWhatItGot(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	var s spill
	content := func(i int) []byte { return bytes.Repeat(fmt.Appendf(nil, "%d,", i), 1+i%3000) }
	var places []place
	for i := range 2000 {
		p, err := s.put(content(i))
		if err != nil {
			t.Fatal(err)
		}
		places = append(places, p)
	}
	if s.end == 0 || len(s.room) == 0 {
		t.Fatalf("%d bytes in the file and %d in memory; want some in each", s.end, len(s.room))
	}
	for i, p := range places {
		if got, err := s.get(p); err != nil || !bytes.Equal(got, content(i)) {
			t.Fatalf("%d: %d bytes, %v; want %d", i, len(got), err, len(content(i)))
		}
	}
	s.close()
	if left, _ := os.ReadDir(dir); len(left) > 0 {
		t.Errorf("%v is left", left)
	}
}

func TestSpillWithoutRoom(t *testing.T) {
	t.Setenv("TMPDIR", filepath.Join(t.TempDir(), "none"))
	var s spill
	first, err := s.put([]byte("one"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.put(make([]byte, spillBytes)); err == nil {
		t.Error("no error")
	}
	if got, err := s.get(first); err != nil || string(got) != "one" {
		t.Errorf("got %q, %v after an error", got, err)
	}
}
