package bleveindex

import (
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"incidex/data"
	"incidex/data/sample"
	"incidex/search"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestAnalysts asks the sample what analysts ask, and compares where the answers
// stand with a golden table. Its last lines are the quality: the share of the
// answers that are first, the share of answers among the first five, and the mean
// of one over the place of the first answer.
func TestAnalysts(t *testing.T) {
	s := testStore(t)
	fill(t, s, sampleDocuments(t))
	e := search.NewEngine(s)
	raw, err := os.ReadFile("testdata/analysts.tsv")
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	var first, five, mrr, n float64
	for line := range strings.Lines(string(raw)) {
		text, ids, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok {
			continue
		}
		want := strings.Fields(ids)
		res, err := e.Search(t.Context(), search.Request{Query: text, PerPage: 20, Facets: []search.FacetRequest{}})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, h := range res.Hits {
			got = append(got, h.Article.ID)
		}
		place, among := 0, 0
		for i, id := range got {
			if slices.Contains(want, id) {
				if place == 0 {
					place = i + 1
				}
				if i < 5 {
					among++
				}
			}
		}
		n++
		if place == 1 {
			first++
		}
		if place > 0 {
			mrr += 1 / float64(place)
		}
		five += float64(among) / float64(min(5, len(want)))
		fmt.Fprintf(&out, "%-50s first at %2d, %d of %d in five, %d hits, top %s\n", text, place, among, len(want), res.Total, strings.Join(got[:min(1, len(got))], ""))
	}
	fmt.Fprintf(&out, "\nrecall@1 %.3f\nrecall@5 %.3f\nMRR      %.3f\n", first/n, five/n, mrr/n)
	const golden = "testdata/analysts.golden"
	if *update {
		if err := os.WriteFile(golden, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	before, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(before), out.String()); diff != "" {
		t.Errorf("run with -update when this is better (-want +got)\n%s", diff)
	}
}

// sampleDocuments are the sample's articles with title, text and date.
func sampleDocuments(t *testing.T) []*data.Document {
	t.Helper()
	var docs []*data.Document
	err := fs.WalkDir(sample.FS(), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || path.Ext(name) != ".md" {
			return err
		}
		raw, err := fs.ReadFile(sample.FS(), name)
		if err != nil {
			return err
		}
		parts := strings.SplitN(string(raw), "---\n", 3)
		d := &data.Document{Article: data.Article{ID: strings.TrimSuffix(path.Base(name), ".md"), Text: strings.TrimSpace(parts[2])}}
		for line := range strings.Lines(parts[1]) {
			key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
			switch key {
			case "title":
				d.Title = strings.Trim(value, `"`)
			case "date":
				d.Date = data.Date(value)
			}
		}
		docs = append(docs, d)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return docs
}
