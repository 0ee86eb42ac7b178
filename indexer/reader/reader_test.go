package reader

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"incidex/data"
)

var update = flag.Bool("update", false, "rewrite the files of what is expected")

// golden is what a file is expected to give.
type golden struct {
	Items    []Item   `json:",omitempty"`
	Problems []string `json:",omitempty"`
}

// readAll reads a file and checks what is true of every item.
func readAll(t *testing.T, name string, b []byte, opts Options) golden {
	t.Helper()
	var g golden
	for item, err := range Read(t.Context(), name, bytes.NewReader(b), opts) {
		if err != nil {
			p, ok := err.(*Problem)
			if !ok {
				t.Fatalf("the error %v is no Problem", err)
			}
			s := p.Error()
			if p.Kept {
				s += " (kept)"
			}
			g.Problems = append(g.Problems, s)
			continue
		}
		checkItem(t, item)
		g.Items = append(g.Items, item)
	}
	return g
}

// TestFiles reads every file of testdata and testdata/broken. What is expected of
// NAME stands in NAME.golden.
func TestFiles(t *testing.T) {
	files, err := filepath.Glob("testdata/*")
	if err != nil {
		t.Fatal(err)
	}
	broken, _ := filepath.Glob("testdata/broken/*")
	seen := map[string]bool{}
	for _, file := range append(files, broken...) {
		if strings.HasSuffix(file, ".golden") || filepath.Ext(file) == "" {
			continue
		}
		seen[filepath.Ext(file)] = true
		t.Run(strings.TrimPrefix(file, "testdata/"), func(t *testing.T) {
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			g := readAll(t, filepath.Base(file), b, Options{})
			if len(g.Items)+len(g.Problems) == 0 && filepath.Base(file) != "empty-array.json" {
				t.Error("neither an article nor a problem")
			}
			var got bytes.Buffer
			enc := json.NewEncoder(&got)
			enc.SetEscapeHTML(false)
			enc.SetIndent("", "  ")
			if err := enc.Encode(g); err != nil {
				t.Fatal(err)
			}
			if *update {
				if err := os.WriteFile(file+".golden", got.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file + ".golden")
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got.String()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	for _, x := range Formats() {
		if x != ".markdown" && x != ".ndjson" && !seen[x] {
			t.Errorf("no file has the format %s", x)
		}
	}
}

// checkItem holds what is true of every item.
func checkItem(t *testing.T, item Item) {
	t.Helper()
	a := item.Article
	if strings.TrimSpace(a.Text) == "" || a.ID == "" {
		t.Errorf("an article without text or id: %+v", a)
	}
	for _, s := range append([]string{a.ID, a.Title, a.Text, a.Publisher, a.URL, a.Language}, a.Tags...) {
		if s != strings.ToValidUTF8(s, "") || strings.ContainsRune(s, 0) {
			t.Errorf("%q is no text", s)
		}
	}
	if a.Date != "" {
		if _, err := data.ParseDate(string(a.Date)); err != nil {
			t.Error(err)
		}
	}
	for _, c := range a.Given {
		if c.Rule != data.RuleGiven || c.Field.Order() == len(data.Fields) || c.Value == "" && c.Number == nil {
			t.Errorf("claim %+v", c)
		}
	}
	if !slices.IsSortedFunc(a.Given, func(x, y data.Claim) int { return x.Field.Order() - y.Field.Order() }) {
		t.Errorf("claims are not in order: %+v", a.Given)
	}
}
