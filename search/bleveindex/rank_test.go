package bleveindex

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"incidex/data"
	"incidex/search"
)

const collections = "../../../shared/eval/ir"

// TestRanking measures nDCG@10 on public collections, where they are.
func TestRanking(t *testing.T) {
	if testing.Short() {
		t.Skip("it indexes whole collections")
	}
	for name, floor := range map[string]float64{"cran": 0.384, "scifact": 0.705, "lisa": 0.500} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(collections, name)
			if _, err := os.Stat(dir); err != nil {
				t.Skipf("no collection: %v", err)
			}
			s := testStore(t)
			fill(t, s, collection(t, dir))
			queries, err := os.Open(filepath.Join(dir, "queries.jsonl"))
			if err != nil {
				t.Fatal(err)
			}
			defer queries.Close()
			var run bytes.Buffer
			if err := search.NewEngine(s).Run(t.Context(), queries, "test", 100, &run); err != nil {
				t.Fatal(err)
			}
			if out := os.Getenv("RUN_DIR"); out != "" {
				os.WriteFile(filepath.Join(out, name+".trec"), run.Bytes(), 0o644)
			}
			got := ndcg(t, filepath.Join(dir, "qrels.tsv"), run.String())
			t.Logf("nDCG@10 %.4f", got)
			if got < floor {
				t.Errorf("nDCG@10 is %.4f, want at least %.3f", got, floor)
			}
		})
	}
}

func testStore(t testing.TB) *Store {
	t.Helper()
	s, err := Open(t.TempDir(), Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// fill applies documents in batches.
func fill(t testing.TB, s *Store, docs []*data.Document) {
	t.Helper()
	for batch := range slices.Chunk(docs, 1000) {
		if err := s.Current().Apply(context.Background(), &data.Batch{Articles: batch}); err != nil {
			t.Fatal(err)
		}
	}
}

func collection(t testing.TB, dir string) []*data.Document {
	t.Helper()
	f, err := os.Open(filepath.Join(dir, "corpus.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var docs []*data.Document
	for dec := json.NewDecoder(f); dec.More(); {
		d := &data.Document{}
		if err := dec.Decode(&d.Article); err != nil {
			t.Fatal(err)
		}
		docs = append(docs, d)
	}
	return docs
}

// ndcg is the mean of the queries that have a relevant document, cut at 10.
func ndcg(t testing.TB, path, run string) float64 {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	grades := map[string]map[string]int{}
	for line := range strings.Lines(string(raw)) {
		var query, doc string
		var grade int
		if _, err := fmt.Sscan(line, &query, &doc, &grade); err != nil || grade <= 0 {
			continue
		}
		if grades[query] == nil {
			grades[query] = map[string]int{}
		}
		grades[query][doc] = grade
	}
	gain := map[string]float64{}
	for sc := bufio.NewScanner(strings.NewReader(run)); sc.Scan(); {
		f := strings.Fields(sc.Text())
		var rank int
		fmt.Sscan(f[3], &rank)
		if rank <= 10 {
			gain[f[0]] += (math.Exp2(float64(grades[f[0]][f[2]])) - 1) / math.Log2(float64(rank+1))
		}
	}
	sum := 0.0
	for query, docs := range grades {
		var all []int
		for _, g := range docs {
			all = append(all, g)
		}
		slices.Sort(all)
		slices.Reverse(all)
		ideal := 0.0
		for i, g := range all[:min(10, len(all))] {
			ideal += (math.Exp2(float64(g)) - 1) / math.Log2(float64(i+2))
		}
		sum += gain[query] / ideal
	}
	return sum / float64(len(grades))
}
