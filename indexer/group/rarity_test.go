package group

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write words.tsv anew from the articles beside the project")

// listedFrom is the smallest count in 10,000 articles that words.tsv lists.
const listedFrom = 25

// TestWords holds that words.tsv is sorted and counts as it says. With -update it
// writes the file from the articles beside the project.
func TestWords(t *testing.T) {
	if *update {
		writeWords(t)
	}
	var last string
	for line := range strings.Lines(wordsFile) {
		word, count, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if strings.HasPrefix(line, "#") {
			continue
		}
		if !ok || word <= last || count == "" {
			t.Fatalf("words.tsv: line %q is malformed or out of order", line)
		}
		last = word
	}
	for common, rare := range map[string]string{"security": "hospital", "hospital": "zyxelon"} {
		if rarity(hash(common)) >= rarity(hash(rare)) {
			t.Errorf("rarity(%q) = %.2f is not below rarity(%q) = %.2f", common, rarity(hash(common)), rare, rarity(hash(rare)))
		}
	}
}

func writeWords(t *testing.T) {
	df, n := map[string]int{}, 0
	for _, name := range []string{"corpus/security_news_2011_2021.jsonl", "eval/casie/dev.jsonl", "eval/judged/dev.jsonl"} {
		f, err := os.Open(filepath.Join("..", "..", "..", "shared", name))
		if err != nil {
			t.Skip("no articles to count:", err)
		}
		defer f.Close()
		lines := bufio.NewScanner(f)
		lines.Buffer(nil, 1<<24)
		for lines.Scan() {
			var a struct{ Title, Text string }
			if json.Unmarshal(lines.Bytes(), &a) != nil || len(a.Text) < 500 {
				continue
			}
			seen := map[string]bool{}
			for w := range words(a.Title + " " + a.Text) {
				seen[w] = true
			}
			for w := range seen {
				df[w]++
			}
			n++
		}
	}
	var lines []string
	for w, c := range df {
		if per := int(math.Round(sampleSize * float64(c) / float64(n))); per >= listedFrom && c >= 6 {
			lines = append(lines, fmt.Sprintf("%s\t%d", w, per))
		}
	}
	slices.Sort(lines)
	out := "# Words and in how many of 10,000 articles on security each stands.\n" + strings.Join(lines, "\n") + "\n"
	if err := os.WriteFile("words.tsv", []byte(out), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d words of %d articles; run the test again without -update", len(lines), n)
}
