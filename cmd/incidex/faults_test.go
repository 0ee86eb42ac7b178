package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"incidex/indexer"
)

// invented writes files of articles, all about different breaches, and returns the
// articles' ids.
func invented(t *testing.T, folder string, files, each int) []string {
	t.Helper()
	var ids []string
	for f := range files {
		var b bytes.Buffer
		for i := range each {
			id := fmt.Sprintf("f%02d-%03d", f, i)
			victim := fmt.Sprintf("Harbor %c%c Trading", 'A'+f%26, 'A'+i%26)
			fmt.Fprintf(&b, `{"id":%q,"title":"%s warns %d customers","date":"2024-%02d-11","victim":%q,"text":"%s said on Monday that intruders took the names and email addresses of %d customers. The company called in the police in week %d and offered credit monitoring."}`+"\n",
				id, victim, 1000+i, 1+i%12, victim, victim, 1000+i, i)
			ids = append(ids, id)
		}
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("%02d.jsonl", f)), b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return ids
}

// incidex runs the program in this process.
func incidex(t *testing.T, args ...string) (code int, out, said string) {
	t.Helper()
	var o, e bytes.Buffer
	code = run(t.Context(), args, streams{strings.NewReader(""), &o, &e})
	return code, o.String(), e.String()
}

// exported are the ids of all articles of an index, in order.
func exported(t *testing.T, data string) []string {
	t.Helper()
	code, out, said := incidex(t, "export", "--data", data)
	if code != exitOK {
		t.Fatalf("export: %d %s", code, said)
	}
	var ids []string
	for lines := bufio.NewScanner(strings.NewReader(out)); lines.Scan(); {
		var a struct{ ID string }
		if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, a.ID)
	}
	slices.Sort(ids)
	return ids
}

var manyFaults = flag.Bool("faults", false, "try kills and damage many times instead of a few")

// rounds is how often a fault is tried.
func rounds(many, few int) int {
	if *manyFaults {
		return many
	}
	return few
}

// Runs, rebuilds and decisions are killed at moments of chance. Each time what is there is
// whole, and in the end nothing is lost, nothing there twice, and every decision that was
// recorded is in force.
func TestKilledRuns(t *testing.T) {
	program := linkedProgram(t)
	rnd := rand.New(rand.NewPCG(21, 22))
	folder, data := t.TempDir(), filepath.Join(t.TempDir(), "data")
	ids := invented(t, folder, 8, 60)
	for round := range rounds(40, 8) {
		args := []string{"index", "--data", data, folder}
		switch rnd.IntN(3) {
		case 0:
			args = append(args, "--rebuild")
		case 1:
			args = []string{"group", "pin", "--data", data, "harbor-aa-trading-2024", fmt.Sprintf("f01-%03d", round%60)}
		}
		cmd := exec.Command(program, args...)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(rnd.IntN(700)) * time.Millisecond)
		_ = cmd.Process.Kill() // it may be done
		_ = cmd.Wait()
		code, out, said := incidex(t, "check", "--data", data)
		if code != exitOK && code != exitNotFound {
			t.Fatalf("round %d, after %q: check says %d\n%s%s", round, args, code, out, said)
		}
		// Something changes for the next one.
		name := filepath.Join(folder, fmt.Sprintf("%02d.jsonl", rnd.IntN(8)))
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, bytes.ReplaceAll(raw, []byte("police"), fmt.Appendf(nil, "police of town %d and the", round)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if code, _, said := incidex(t, "index", "--data", data, folder); code != exitOK {
		t.Fatalf("the last run: %d %s", code, said)
	}
	if code, out, said := incidex(t, "check", "--deep", "--data", data); code != exitOK {
		t.Errorf("check after the last run: %d\n%s%s", code, out, said)
	}
	if got := exported(t, data); !slices.Equal(got, ids) {
		t.Errorf("%d articles in the end, want %d, each once", len(got), len(ids))
	}
	entries, err := indexer.JournalIn(data).Entries()
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		code, out, said := incidex(t, "search", "--json", "--data", data, "id:"+e.Articles[0])
		if code != exitOK || !strings.Contains(out, `"incident": "`+e.Incident+`"`) {
			t.Errorf("decision %d puts %s into %s, but a search says %d %.1000s%s", e.N, e.Articles[0], e.Incident, code, out, said)
		}
	}
	t.Logf("%d decisions were recorded", len(entries))
	left, err := filepath.Glob(filepath.Join(data, "*unfinished*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left: %q, %v", left, err)
	}
}

// Every kind of file of a data folder is cut off or has a bit turned over, somewhere. The
// program never crashes, and what it answers is right or an error.
func TestDamagedFiles(t *testing.T) {
	rnd := rand.New(rand.NewPCG(31, 32))
	folder, sound := t.TempDir(), filepath.Join(t.TempDir(), "data")
	ids := invented(t, folder, 2, 30)
	for _, args := range [][]string{
		{"index", "--data", sound, folder}, {"index", "--rebuild", "--data", sound, folder},
		{"group", "pin", "--data", sound, "harbor-aa-trading-2024", "f00-000"}, {"search", "--data", sound, "names"},
		{"alert", "add", "names", "names", "--data", sound, "--to", filepath.Join(t.TempDir(), "feed.jsonl")},
	} {
		if code, _, said := incidex(t, args...); code != exitOK && args[0] != "group" {
			t.Fatalf("%q: %d %s", args, code, said)
		}
	}
	var files []string
	err := filepath.WalkDir(sound, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			rel, _ := filepath.Rel(sound, path)
			files = append(files, rel)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		t.Run(strings.ReplaceAll(file, string(filepath.Separator), " "), func(t *testing.T) {
			for round := range rounds(12, 2) {
				data := filepath.Join(t.TempDir(), fmt.Sprint(round))
				if err := os.CopyFS(data, os.DirFS(sound)); err != nil {
					t.Fatal(err)
				}
				what, err := harm(rnd, filepath.Join(data, file))
				if err != nil {
					t.Fatal(err)
				}
				code, out, said := incidex(t, "search", "--data", data, "names")
				if code == exitOK && !strings.HasPrefix(out, fmt.Sprintf("%d articles", len(ids))) {
					t.Errorf("%s: a search finds %.40q without a word\n%s", what, out, said)
				}
				if code != exitOK && said == "" {
					t.Errorf("%s: a search ends with %d and says nothing", what, code)
				}
				checked, report, complaint := incidex(t, "check", "--data", data)
				if checked == exitOK && code != exitOK {
					t.Errorf("%s: all is well, but a search says %s", what, said)
				}
				if checked != exitOK && report+complaint == "" {
					t.Errorf("%s: check ends with %d and says nothing", what, checked)
				}
				if code, _, said := incidex(t, "index", "--rebuild", "--data", data, folder); code != exitOK && file != "groups.jsonl" && file != "CURRENT" && file != "alerts.db" {
					t.Errorf("%s: a rebuild does not help: %d %s", what, code, said)
				} else if code == exitOK && !slices.Equal(exported(t, data), ids) {
					t.Errorf("%s: after a rebuild other articles are there", what)
				}
			}
		})
	}
}

// harm cuts a file off or turns a bit of it over.
func harm(rnd *rand.Rand, name string) (what string, err error) {
	f, err := os.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil || size == 0 {
		return "it is empty", err
	}
	at := rnd.Int64N(size)
	if rnd.IntN(2) == 0 {
		return fmt.Sprintf("cut off at %d of %d", at, size), f.Truncate(at)
	}
	var b [1]byte
	if _, err := f.ReadAt(b[:], at); err != nil {
		return "", err
	}
	b[0] ^= 1 << rnd.IntN(8)
	_, err = f.WriteAt(b[:], at)
	return fmt.Sprintf("a bit turned over at %d of %d", at, size), err
}
