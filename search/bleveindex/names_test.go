package bleveindex

import (
	"encoding/json"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"incidex/data"
	"incidex/data/vocab"
	"incidex/search"
	"incidex/search/text"
)

const articles = "../../../shared/corpus"

// TestNames measures how often the first article for the name of an organization,
// and for the name with one slip in it, has the name in its title.
func TestNames(t *testing.T) {
	if testing.Short() {
		t.Skip("it indexes a corpus")
	}
	docs, names := titled(t)
	s := testStore(t)
	fill(t, s, docs)
	e := search.NewEngine(s)
	for _, c := range []struct {
		name   string
		suffix string
		slips  int // of each name, 0 for the name itself
		seed   uint64
		floor  float64
	}{
		{"names", "", 0, 0, 0.98},
		{"names with words", " data breach", 0, 0, 0.98},
		{"slips", "", 5, 2, 0.92}, // short names become other words
		{"other slips", "", 5, 3, 0.92},
		{"slips with words", " data breach", 5, 4, 0.92},
	} {
		right, all := 0, 0
		r := rand.New(rand.NewPCG(1, c.seed))
		rightOf, allOf := map[int]int{}, map[int]int{} // by the letters of the name
		for _, name := range names {
			for range max(c.slips, 1) {
				typed := name
				if c.slips > 0 {
					typed = slip(r, name)
				}
				res, err := e.Search(t.Context(), search.Request{Query: strings.ToLower(typed) + c.suffix, PerPage: 1, Facets: []search.FacetRequest{}})
				if err != nil {
					t.Fatal(err)
				}
				all++
				allOf[len(name)]++
				if len(res.Hits) > 0 && holds(res.Hits[0].Article.Title, name) {
					right++
					rightOf[len(name)]++
				} else if os.Getenv("SHOW") != "" {
					t.Logf("%s: %q of %q: %q %v", c.name, typed, name, title(res), res.Notes)
				}
			}
		}
		got := float64(right) / float64(all)
		t.Logf("%s: %.3f of %d", c.name, got, all)
		if c.slips > 0 {
			for _, letters := range slices.Sorted(maps.Keys(allOf)) {
				t.Logf("%2d letters: %.3f of %d", letters, float64(rightOf[letters])/float64(allOf[letters]), allOf[letters])
			}
		}
		if got < c.floor {
			t.Errorf("%s: %.3f right, want at least %.2f", c.name, got, c.floor)
		}
	}
}

func holds(title, name string) bool {
	return strings.Contains(foldedTitle(title), " "+vocab.Fold(name)+" ")
}

// foldedTitle is a title with spaces around all of its words, for finding names.
func foldedTitle(title string) string {
	return " " + vocab.Fold(strings.NewReplacer("’s", "", "'s", "").Replace(title)) + " "
}

// slip makes one mistake in a word of four letters or more.
func slip(r *rand.Rand, name string) string {
	words := strings.Fields(name)
	var long []int
	for i, w := range words {
		if len(w) >= 4 && !strings.ContainsFunc(w, func(r rune) bool { return r > 127 || r < 'A' }) {
			long = append(long, i)
		}
	}
	k := long[r.IntN(len(long))]
	w := []byte(strings.ToLower(words[k]))
	for {
		i, c := r.IntN(len(w)), byte('a'+r.IntN(26))
		var out []byte
		switch r.IntN(4) {
		case 0:
			out = slices.Insert(slices.Clone(w), i, c)
		case 1:
			out = slices.Delete(slices.Clone(w), i, i+1)
		case 2:
			out = slices.Clone(w)
			out[i] = c
		default:
			out = slices.Clone(w)
			j := min(i+1, len(w)-1)
			out[i], out[j] = out[j], out[i]
		}
		if string(out) != string(w) {
			words[k] = string(out)
			return strings.Join(words, " ")
		}
	}
}

// titled returns articles, and names of organizations that stand in their titles.
func titled(t *testing.T) ([]*data.Document, []string) {
	var docs []*data.Document
	var entities []string
	for _, file := range []string{"security_news_2011_2021.jsonl", "security_headlines_2025_2026.jsonl", "known_breaches_2004_2023.jsonl", "../eval/hibp/dev.jsonl"} {
		f, err := os.Open(filepath.Join(articles, file))
		if err != nil {
			t.Skipf("no corpus: %v", err)
		}
		defer f.Close()
		for dec := json.NewDecoder(f); dec.More(); {
			var row struct{ ID, Title, Text, Date, Entity string }
			if err := dec.Decode(&row); err != nil {
				t.Fatal(err)
			}
			switch {
			case row.Entity != "":
				entities = append(entities, row.Entity)
				continue
			case strings.HasPrefix(file, ".."):
				entities = append(entities, row.Title)
				continue
			}
			docs = append(docs, &data.Document{Article: data.Article{ID: row.ID, Title: row.Title, Text: row.Text, Date: data.Date(row.Date)}})
		}
	}
	titles := make([]string, len(docs))
	for i, d := range docs {
		titles[i] = foldedTitle(d.Title)
	}
	var names []string
	for _, e := range entities {
		e, _, _ = strings.Cut(e, " (")
		for _, suffix := range []string{" Inc.", " Inc", " Corporation", " Incorporated", " LLC", ", Inc.", " Co.", " Company"} {
			e = strings.TrimSuffix(e, suffix)
		}
		long := slices.ContainsFunc(strings.Fields(e), func(w string) bool {
			return len(w) >= 4 && !strings.ContainsFunc(w, func(r rune) bool { return r > 127 || r < 'A' })
		})
		if !long || len(strings.Fields(e)) > 4 || slices.ContainsFunc(names, func(n string) bool { return vocab.Fold(n) == vocab.Fold(e) }) {
			continue
		}
		folded := " " + vocab.Fold(e) + " "
		if slices.ContainsFunc(titles, func(title string) bool { return strings.Contains(title, folded) }) {
			names = append(names, e)
		}
	}
	slices.Sort(names)
	return docs, names
}

func title(res *search.Response) string {
	if len(res.Hits) == 0 {
		return "nothing"
	}
	return res.Hits[0].Article.Title
}

// A slip in a name of two words is found as if every word were tried.
func TestNameBeside(t *testing.T) {
	snap, err := small(t).Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	defer snap.Close()
	n := snap.(*pinnedSnapshot).Snapshot.(*snapshot)
	tried := 0
	for name, kind := range nameWords() {
		first, second, ok := strings.Cut(name, " ")
		if kind != wholeName || !ok || strings.Contains(second, " ") || len(first) <= minCorrected || !text.Plain(first) {
			continue
		}
		tried++
		typed := first[1:]
		if whole, _ := n.nameWord(typed + " " + second); whole {
			continue
		}
		if got := nameBeside(n, typed, second, true, true); !slices.Contains(got, name) {
			t.Errorf("%q beside %q: %q; want %q", typed, second, got, name)
		}
	}
	if tried == 0 {
		t.Error("no name was tried")
	}
	if begins, ends := n.inPairs("customers", "nowhere"); begins || ends {
		t.Errorf("customers begins a name: %v, nowhere ends one: %v", begins, ends)
	}
}
