package main

import (
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"incidex/httpapi"
	"incidex/search/alert"
)

// Runs are killed at moments of chance. In the end every article was told of as new once,
// and not more often as changed than it was changed.
func TestKilledRunsLoseAndDoubleNoAlerts(t *testing.T) {
	program := linkedProgram(t)
	rnd := rand.New(rand.NewPCG(41, 42))
	folder, data, feed := t.TempDir(), filepath.Join(t.TempDir(), "data"), filepath.Join(t.TempDir(), "feed.jsonl")
	empty := t.TempDir()
	if code, _, said := incidex(t, "index", "--data", data, empty); code != exitOK {
		t.Fatal(said)
	}
	if code, _, said := incidex(t, "alert", "add", "all", "customers", "--to", feed, "--data", data); code != exitOK {
		t.Fatal(said)
	}
	ids := invented(t, folder, 8, 60)
	edits := map[string]int{} // of the files
	killed := 0
	for round := range rounds(40, 8) {
		args := []string{"index", "--data", data, folder}
		if rnd.IntN(3) == 0 {
			args = append(args, "--rebuild")
		}
		cmd := exec.Command(program, args...)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(rnd.IntN(600)) * time.Millisecond)
		_ = cmd.Process.Kill() // it may be done
		if cmd.Wait() != nil {
			killed++
		}
		file := fmt.Sprintf("%02d", rnd.IntN(8))
		edits[file]++
		raw, err := os.ReadFile(filepath.Join(folder, file+".jsonl"))
		if err != nil {
			t.Fatal(err)
		}
		changed := strings.ReplaceAll(string(raw), "The company", fmt.Sprintf("The company of town %d", round))
		if err := os.WriteFile(filepath.Join(folder, file+".jsonl"), []byte(changed), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if code, _, said := incidex(t, "index", "--data", data, folder); code != exitOK {
		t.Fatal(said)
	}
	raw, err := os.ReadFile(feed)
	if err != nil {
		t.Fatal(err)
	}
	count := map[string]int{}
	for line := range strings.Lines(string(raw)) {
		var m alert.Message
		if err := json.Unmarshal([]byte(line), &m); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		for _, f := range m.Articles {
			count[f.Change+" "+f.ID]++
		}
	}
	for _, id := range ids {
		if n := count["added "+id]; n != 1 {
			t.Errorf("%s was told of as new %d times", id, n)
		}
		if n, most := count["changed "+id], edits[id[1:3]]; n > most {
			t.Errorf("%s was told of as changed %d times, and was %d times", id, n, most)
		}
	}
	if killed == 0 {
		t.Error("no run was killed")
	}
}

// A server tells of what its runs find, and of what a run that was cut off has left.
func TestServerTells(t *testing.T) {
	got := make(chan alert.Message, 10)
	receiver := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		var m alert.Message
		raw, _ := io.ReadAll(r.Body)
		if err := json.Unmarshal(raw, &m); err != nil {
			t.Errorf("%v: %s", err, raw)
		}
		got <- m
	}))
	defer receiver.Close()
	g := testGlobal(t)
	store, err := openOrSample(t.Context(), g, testExtractor)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	if code, _, said := incidex(t, "alert", "add", "x", "OR kering zebra", "--to", receiver.URL, "--private", "--data", g.data); code == exitOK {
		t.Errorf("a query with a mistake is kept: %s", said)
	}
	if code, _, said := incidex(t, "alert", "add", "x", "kering OR zebra", "--to", receiver.URL, "--private", "--data", g.data); code != exitOK {
		t.Fatal(said)
	}
	docs, err := store.Current().Articles(t.Context(), "kering-2025-1")
	if err != nil {
		t.Fatal(err)
	}
	// As a run leaves it that is killed after its last batch.
	if err := alert.In(g.data).Note([]alert.Note{{ID: "kering-2025-1", Hash: docs[0].Hash, Change: alert.Added}}); err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	log := slog.New(slog.NewTextHandler(t.Output(), nil))
	runs, err := newRuns(t.Context(), store, testExtractor, []string{folder}, log)
	if err != nil {
		t.Fatal(err)
	}
	told := newAlerts(store, log)
	runs.ended = told.wake
	go told.run(t.Context(), &runs.busy)
	wait := func() alert.Message {
		select {
		case m := <-got:
			return m
		case <-time.After(20 * time.Second):
			t.Fatal("nothing is told")
			return alert.Message{}
		}
	}
	if m := wait(); len(m.Articles) != 1 || m.Articles[0].ID != "kering-2025-1" || m.Articles[0].Incident != "kering-2025" || len(m.Articles[0].Facts) == 0 {
		t.Errorf("the message is %+v", m)
	}
	if err := os.WriteFile(filepath.Join(folder, "z.txt"), []byte("Zoo breached\n\nThe zebra house lost the names of 3,000 visitors in May 2024."), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := runs.Start(httpapi.RunOptions{Local: true, KeepSample: true}); err != nil {
		t.Fatal(err)
	}
	if m := wait(); len(m.Articles) != 1 || m.Articles[0].Title != "Zoo breached" || m.Articles[0].Change != alert.Added {
		t.Errorf("the message is %+v", m)
	}
	runs.busy.Lock()
	if all, err := alert.In(g.data).List(); err != nil || len(all) != 1 {
		t.Errorf("%v %v", all, err)
	}
}
