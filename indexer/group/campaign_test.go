package group

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"incidex/data"
)

// TestCampaignNoise holds that newswire from before the trade is not taken for
// articles on security.
func TestCampaignNoise(t *testing.T) {
	f, err := os.Open(filepath.Join("..", "..", "..", "shared", "eval", "noise_dev.jsonl"))
	if err != nil {
		t.Skip("no articles that report nothing:", err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<24)
	wrong, n := 0, 0
	for lines.Scan() {
		var a data.Article
		if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
			t.Fatal(err)
		}
		n++
		if _, ok := Campaign(&a, nil); ok {
			wrong++
			t.Logf("taken for one on security: %s", a.Title)
		}
	}
	if wrong*200 > n {
		t.Errorf("%d of %d articles are taken for ones on security, want at most 1 in 200", wrong, n)
	}
}
