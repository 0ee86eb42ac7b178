package group

import (
	"bufio"
	"encoding/json"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"incidex/data"
)

// TestDevelopmentGroups measures B-cubed on the development groups from the words
// of the articles alone, as Campaign gives them, in several orders. Victims and
// dates only add to that.
func TestDevelopmentGroups(t *testing.T) {
	f, err := os.Open(filepath.Join("..", "..", "..", "shared", "eval", "groups_dev.jsonl"))
	if err != nil {
		t.Skip("no development groups:", err)
	}
	defer f.Close()
	want := map[string]string{}
	var members []data.Member
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var row struct {
			ArticleID  string `json:"article_id"`
			IncidentID string `json:"incident_id"`
			Date       string
			Title      string
			Text       string
		}
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		a := data.Article{ID: row.ArticleID, Title: row.Title, Text: row.Text, Date: data.Date(row.Date)}
		m, ok := Campaign(&a, nil)
		if !ok {
			t.Logf("not on security: %s", a.ID)
			m = data.Mention{Role: data.Subject}
		}
		want[a.ID] = row.IncidentID
		members = append(members, data.Member{Article: a.ID, Role: m.Role, Signature: Sign(&a, &m)})
	}
	rnd := rand.New(rand.NewPCG(9, 10))
	for order := range 5 {
		s := newShelf()
		for _, m := range members {
			s.place(m)
		}
		got := map[string]string{}
		for id, inc := range s.incidents {
			for _, m := range inc.Members {
				got[m.Article] = id
			}
		}
		precision, recall := bcubed(want, got)
		f1 := 2 * precision * recall / (precision + recall)
		t.Logf("order %d: B-cubed precision %.3f, recall %.3f, F1 %.3f in %d incidents", order, precision, recall, f1, len(s.incidents))
		if f1 < 0.92 {
			t.Errorf("order %d: B-cubed F1 is %.3f, want at least 0.92", order, f1)
		}
		rnd.Shuffle(len(members), func(i, j int) { members[i], members[j] = members[j], members[i] })
	}
}

// bcubed is the mean over the articles of the precision and the recall of the
// group that each is in.
func bcubed(want, got map[string]string) (precision, recall float64) {
	members := func(groups map[string]string) map[string][]string {
		out := map[string][]string{}
		for a, g := range groups {
			out[g] = append(out[g], a)
		}
		return out
	}
	wanted, made := members(want), members(got)
	for a := range want {
		both := 0
		for _, b := range made[got[a]] {
			if slices.Contains(wanted[want[a]], b) {
				both++
			}
		}
		precision += float64(both) / float64(len(made[got[a]]))
		recall += float64(both) / float64(len(wanted[want[a]]))
	}
	n := float64(len(want))
	return precision / n, recall / n
}
