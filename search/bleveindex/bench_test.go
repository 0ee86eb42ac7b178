package bleveindex

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/registry"
	index "github.com/blevesearch/bleve_index_api"

	"incidex/data"
	"incidex/search"
	"incidex/search/query"
)

// The benchmark compares searches with Bleve's own over the same articles: their
// words follow Zipf's law. BENCH_ARTICLES sets the number of articles, BENCH_DIR a
// folder that keeps the indexes for the next run.

func benchWords() []string {
	r := rand.New(rand.NewPCG(7, 7))
	out := make([]string, 60_000)
	for i := range out {
		n := 3 + r.IntN(8)
		var b strings.Builder
		for range n {
			b.WriteByte("aeioubcdfghklmnprstvz"[r.IntN(21)])
		}
		out[i] = b.String()
	}
	return out
}

func benchArticle(i int, words []string) data.Article {
	r := rand.New(rand.NewPCG(uint64(i), 3))
	zipf := rand.NewZipf(r, 1.05, 8, uint64(len(words)-1))
	text := func(n int) string {
		var b strings.Builder
		for range n {
			b.WriteString(words[zipf.Uint64()])
			b.WriteByte(' ')
		}
		return b.String()
	}
	return data.Article{ID: fmt.Sprintf("%07d", i), Title: text(8), Text: text(250 + r.IntN(300)), Date: data.Date(fmt.Sprintf("20%02d-%02d", 10+r.IntN(15), 1+r.IntN(12)))}
}

func BenchmarkSearch(b *testing.B) {
	n, _ := strconv.Atoi(os.Getenv("BENCH_ARTICLES"))
	if n == 0 {
		n = 5000
	}
	dir := os.Getenv("BENCH_DIR")
	if dir == "" {
		dir = b.TempDir()
	}
	words := benchWords()
	ours, theirs := benchStore(b, filepath.Join(dir, "ours"), n, words), benchBleve(b, filepath.Join(dir, "bleve"), n, words)
	for _, ranks := range [][]int{{10}, {400}, {10, 100, 900}, {40, 400, 4000}, {5, 10, 30, 60, 100, 400, 900, 3000}} {
		var text []string
		for _, r := range ranks {
			text = append(text, words[r])
		}
		q := strings.Join(text, " ")
		name := strings.Trim(fmt.Sprint(ranks), "[]")
		b.Run(name+"/ours-any", func(b *testing.B) { benchOurs(b, ours, q, true) })
		b.Run(name+"/ours-all", func(b *testing.B) { benchOurs(b, ours, q, false) })
		b.Run(name+"/bleve", func(b *testing.B) {
			m := bleve.NewMatchQuery(q)
			m.SetField("body")
			benchTheirs(b, theirs, bleve.NewSearchRequestOptions(m, 20, 0, false))
		})
	}
	phrase := words[10] + " " + words[20]
	b.Run("phrase/ours", func(b *testing.B) { benchOurs(b, ours, `"`+phrase+`"`, false) })
	b.Run("phrase/bleve", func(b *testing.B) {
		m := bleve.NewMatchPhraseQuery(phrase)
		m.SetField("body")
		benchTheirs(b, theirs, bleve.NewSearchRequestOptions(m, 20, 0, false))
	})
	prefix := words[50][:3]
	b.Run("prefix/ours", func(b *testing.B) { benchOurs(b, ours, prefix+"*", false) })
	b.Run("prefix/bleve", func(b *testing.B) {
		m := bleve.NewPrefixQuery(prefix)
		m.SetField("body")
		benchTheirs(b, theirs, bleve.NewSearchRequestOptions(m, 20, 0, false))
	})
	snap, err := ours.Snapshot()
	if err != nil {
		b.Fatal(err)
	}
	defer snap.Close()
	b.Run("suggest", func(b *testing.B) {
		for range b.N {
			if _, err := snap.Suggest(b.Context(), words[100][:3], 8); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("correct", func(b *testing.B) {
		for i := range b.N {
			if _, err := snap.Correct(b.Context(), []string{words[100] + string(rune('a'+i%26)) + string(rune('a'+i/26%26))}, search.NewCorrectionBudget()); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func benchOurs(b *testing.B, s *Store, text string, any bool) {
	q, _ := query.Parse(text)
	for range b.N {
		if hits := find(b, s, search.Plan{Query: q.Root, Any: any, Limit: 20}); len(hits) == 0 && any {
			b.Fatal("no hits")
		}
	}
}

func benchTheirs(b *testing.B, idx bleve.Index, req *bleve.SearchRequest) {
	for range b.N {
		if res, err := idx.Search(req); err != nil || res.Total == 0 {
			b.Fatal("no hits", err)
		}
	}
}

func benchStore(b *testing.B, dir string, n int, words []string) *Store {
	fresh := !HasIndex(dir)
	s, err := Open(dir, Options{Create: true})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { s.Close() })
	for i := 0; fresh && i < n; {
		batch := &data.Batch{}
		for ; i < n && len(batch.Articles) < 1000; i++ {
			batch.Articles = append(batch.Articles, &data.Document{Article: benchArticle(i, words)})
		}
		if err := s.Current().Apply(b.Context(), batch); err != nil {
			b.Fatal(err)
		}
	}
	return s
}

func benchBleve(b *testing.B, dir string, n int, words []string) bleve.Index {
	if idx, err := bleve.Open(dir); err == nil {
		b.Cleanup(func() { idx.Close() })
		return idx
	}
	m := bleve.NewIndexMapping()
	m.DefaultMapping.Dynamic = false
	body := bleve.NewTextFieldMapping()
	body.Analyzer = en.AnalyzerName
	m.DefaultMapping.AddFieldMappingsAt("body", body)
	idx, err := bleve.New(dir, m)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { idx.Close() })
	for i := 0; i < n; {
		batch := idx.NewBatch()
		for ; i < n && batch.Size() < 1000; i++ {
			a := benchArticle(i, words)
			if err := batch.Index(a.ID, map[string]any{"body": a.Title + "\n" + a.Text}); err != nil {
				b.Fatal(err)
			}
		}
		if err := idx.Batch(batch); err != nil {
			b.Fatal(err)
		}
	}
	return idx
}

// BenchmarkWords makes the index fields of articles, and lets Bleve's English
// analyzer make them of the same texts.
func BenchmarkWords(b *testing.B) {
	words := benchWords()
	var texts []string
	size := 0
	for i := range 200 {
		texts = append(texts, benchArticle(i, words).Text)
		size += len(texts[i])
	}
	b.Run("ours", func(b *testing.B) {
		b.SetBytes(int64(size / len(texts)))
		b.ReportAllocs()
		for i := range b.N {
			newTokens(fieldBody, texts[i%len(texts)])
		}
	})
	b.Run("bleve", func(b *testing.B) {
		a, err := en.AnalyzerConstructor(nil, registry.NewCache())
		if err != nil {
			b.Fatal(err)
		}
		b.SetBytes(int64(size / len(texts)))
		b.ReportAllocs()
		for i := range b.N {
			analysis.TokenFrequency(a.Analyze([]byte(texts[i%len(texts)])), nil, wordOptions)
		}
	})
}

// BenchmarkSegment makes the segment of a batch.
func BenchmarkSegment(b *testing.B) {
	words := benchWords()
	docs := make([]index.Document, 2000)
	for i := range docs {
		var err error
		if docs[i], err = articleDocument(&data.Document{Article: benchArticle(i, words)}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		_, size, err := (&segments{}).NewUsing(docs, nil)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(size), "bytes")
	}
}
