package reader

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"incidex/data"
)

// seeds are the files of testdata by name.
func seeds(t testing.TB) map[string][]byte {
	out := map[string][]byte{}
	for _, pattern := range []string{"testdata/*.*", "testdata/broken/*"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if filepath.Ext(file) == ".golden" || strings.Contains(file, "bomb") {
				continue
			}
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			out[strings.TrimPrefix(file, "testdata/")] = b
		}
	}
	return out
}

// fuzzFormat fuzzes the reader of the formats with the extensions.
func fuzzFormat(f *testing.F, extensions ...string) {
	for name, b := range seeds(f) {
		for i, x := range extensions {
			if strings.HasSuffix(name, x) {
				f.Add(byte(i), b)
			}
		}
	}
	f.Fuzz(func(t *testing.T, which byte, b []byte) {
		name := "a" + extensions[int(which)%len(extensions)]
		n := 0
		for item, err := range Read(t.Context(), name, bytes.NewReader(b), Options{MaxText: 1 << 20}) {
			n++
			if err == nil {
				checkItem(t, item)
			}
		}
		if n == 0 && !strings.Contains(name, "json") && !strings.HasSuffix(name, "csv") && name != "a.tsv" && name != "a.rss" && name != "a.xml" && name != "a.atom" {
			t.Error("neither an article nor a problem")
		}
	})
}

func FuzzText(f *testing.F)     { fuzzFormat(f, ".txt") }
func FuzzMarkdown(f *testing.F) { fuzzFormat(f, ".md") }
func FuzzJSON(f *testing.F)     { fuzzFormat(f, ".jsonl", ".json") }
func FuzzCSV(f *testing.F)      { fuzzFormat(f, ".csv", ".tsv") }
func FuzzHTML(f *testing.F)     { fuzzFormat(f, ".html") }
func FuzzPDF(f *testing.F)      { fuzzFormat(f, ".pdf") }
func FuzzMail(f *testing.F)     { fuzzFormat(f, ".eml") }
func FuzzDOCX(f *testing.F)     { fuzzFormat(f, ".docx") }
func FuzzFeed(f *testing.F)     { fuzzFormat(f, ".rss", ".atom", ".xml") }
func FuzzArchive(f *testing.F)  { fuzzFormat(f, ".zip", ".jsonl.gz") }

func FuzzSidecar(f *testing.F) {
	f.Add(true, []byte(`{"victim":"Acme","records":{"number":1}}`))
	f.Add(false, []byte("victim: &a Acme\nbrand: [*a, *a]\ndate: 2025-01-01\n"))
	f.Fuzz(func(t *testing.T, isJSON bool, b []byte) {
		name := "a.txt.fields.yaml"
		if isJSON {
			name = "a.txt.fields.json"
		}
		a, _ := Sidecar(data.Article{ID: "x", Text: "x"}, name, b, Options{})
		checkItem(t, Item{Article: a})
	})
}
