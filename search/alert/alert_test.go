package alert

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"incidex/data"
	"incidex/search"
)

var day = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

func TestNew(t *testing.T) {
	for _, x := range []struct{ name, query, to, want string }{
		{"a", "ransomware", "https://example.org/x", ""},
		{"a", "ransomware", "/tmp/x", ""},
		{"", "ransomware", "/tmp/x", "the name"},
		{"a b", "ransomware", "/tmp/x", "the name"},
		{"a", "", "/tmp/x", "the query is empty"},
		{"a", "recrods:5", "/tmp/x", "query, at 1"},
		{"a", "x", "relative", "no absolute path"},
		{"a", "x", "ftp://example.org", "want an address"},
		{"a", "x", "https://", "want an address"},
		{"a", "x", "https://u:p@example.org", "password"},
		{"a", "x", "http://127.0.0.1/x", "--private"},
		{"a", "x", "http://[::1]/x", "--private"},
		{"a", "x", "http://169.254.169.254/latest", "--private"},
	} {
		a, err := New(x.name, x.query, x.to, false, day)
		if (x.want == "") != (err == nil) || err != nil && (!strings.Contains(err.Error(), x.want) || !errors.Is(err, search.ErrInvalid)) {
			t.Errorf("%+v: %v", x, err)
		}
		if err == nil && a.URL() != (a.Secret != "") {
			t.Errorf("%+v: the secret is %q", x, a.Secret)
		}
	}
	if _, err := New("a", "x", "http://127.0.0.1/x", true, day); err != nil {
		t.Error(err)
	}
}

func TestPublic(t *testing.T) {
	for text, want := range map[string]bool{
		"93.184.216.34": true, "2606:2800:220:1::1": true, "::ffff:93.184.216.34": true,
		"127.0.0.1": false, "10.1.2.3": false, "172.16.0.1": false, "192.168.1.1": false, "169.254.169.254": false, "100.64.0.1": false, "0.0.0.0": false,
		"224.0.0.1": false, "255.255.255.255": false, "198.18.0.1": false, "::1": false, "::": false, "fe80::1": false, "fe80::1%eth0": false, "fd00::1": false,
		"::ffff:10.0.0.1": false, "64:ff9b::a00:1": false, "2002:a00:1::": false, "fec0::1": false,
	} {
		if got := public(netip.MustParseAddr(text)); got != want {
			t.Errorf("%s is public: %v", text, got)
		}
	}
}

// index is one in memory: a query finds the articles whose title has it.
type index struct {
	mu   sync.Mutex
	docs map[string]*data.Document
	// late are the looks until searches see what was written.
	late int
}

func (x *index) Matching(_ context.Context, query string, ids []string) ([]string, error) {
	var out []string
	for _, id := range ids {
		if d := x.docs[id]; d != nil && strings.Contains(d.Title, query) {
			out = append(out, id)
		}
	}
	return out, nil
}

func (x *index) Articles(_ context.Context, ids ...string) (map[string]*data.Document, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	out := map[string]*data.Document{}
	if x.late--; x.late >= 0 {
		return out, nil
	}
	for _, id := range ids {
		if x.docs[id] != nil {
			out[id] = x.docs[id]
		}
	}
	return out, nil
}

func (x *index) Generation(context.Context) (string, error) { return "gen-000001", nil }

func (x *index) written(_ context.Context, ids ...string) ([]*data.Document, error) {
	var out []*data.Document
	for _, id := range ids {
		out = append(out, x.docs[id])
	}
	return out, nil
}

// put notes an article and writes it, as a run does.
func (x *index) put(t *testing.T, b *Book, id, title, hash, change string) {
	t.Helper()
	if err := b.Note([]Note{{ID: id, Hash: hash, Change: change}}); err != nil {
		t.Fatal(err)
	}
	if x.docs == nil {
		x.docs = map[string]*data.Document{}
	}
	x.docs[id] = &data.Document{Article: data.Article{ID: id, Title: title}, Hash: hash}
}

func (x *index) match(t *testing.T, b *Book) {
	t.Helper()
	if err := b.Match(t.Context(), x, x.written, day); err != nil {
		t.Fatal(err)
	}
}

// book has an alert for "bank" that tells to.
func book(t *testing.T, to string) *Book {
	t.Helper()
	b := In(t.TempDir())
	a, err := New("banks", "bank", to, true, day)
	if err == nil {
		err = b.Add(a)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func deliver(t *testing.T, b *Book, now time.Time) time.Time {
	t.Helper()
	next, err := b.Deliver(t.Context(), func() time.Time { return now }, slog.New(slog.NewTextHandler(t.Output(), nil)))
	if err != nil {
		t.Fatal(err)
	}
	return next
}

// told are the articles in a file of messages, each as its change and its id.
func told(t *testing.T, name string) []string {
	t.Helper()
	raw, err := os.ReadFile(name)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	var out []string
	for dec := json.NewDecoder(bytes.NewReader(raw)); ; {
		var m Message
		if err := dec.Decode(&m); err == io.EOF {
			return out
		} else if err != nil {
			t.Fatal(err)
		}
		for _, f := range m.Articles {
			out = append(out, f.Change+" "+f.ID)
		}
	}
}

func TestMatch(t *testing.T) {
	file := filepath.Join(t.TempDir(), "feed.jsonl")
	b, x := book(t, file), &index{late: 3}
	x.put(t, b, "a", "a bank", "1", Added)
	x.put(t, b, "b", "a shop", "1", Added)
	x.put(t, b, "c", "bank c", "1", Added)
	if err := b.Note([]Note{{ID: "d", Hash: "1", Change: Added}}); err != nil { // and killed
		t.Fatal(err)
	}
	x.put(t, b, "c", "bank c again", "2", Changed) // nobody knows of the first
	x.match(t, b)
	x.match(t, b)
	deliver(t, b, day)
	deliver(t, b, day)
	if got := fmt.Sprint(told(t, file)); got != "[added a added c]" {
		t.Errorf("told: %s", got)
	}
	x.put(t, b, "a", "a bank, later", "2", Changed)
	x.put(t, b, "d", "bank d", "1", Added)
	x.match(t, b)
	deliver(t, b, day)
	if got := told(t, file)[2:]; !slices.Equal(got, []string{"changed a", "added d"}) {
		t.Errorf("told: %v", got)
	}
	// One that was written again after it was noted, without a note, is not taken for it.
	x.put(t, b, "e", "bank e", "1", Added)
	x.docs["e"].Hash = "3"
	x.match(t, b)
	if all, _ := b.List(); all[0].Waiting != 0 {
		t.Errorf("%d messages wait", all[0].Waiting)
	}
	if notes, _ := b.notes(); len(notes) != 0 {
		t.Errorf("notes are left: %v", notes)
	}
}

// Of many articles messages have at most maxArticles each, and at most MaxWaiting wait.
func TestBounds(t *testing.T) {
	b, x := book(t, filepath.Join(t.TempDir(), "feed.jsonl")), &index{docs: map[string]*data.Document{}}
	const articles = maxArticles*(MaxWaiting+2) + 1
	var notes []Note
	for i := range articles {
		id := fmt.Sprintf("a%06d", i)
		notes = append(notes, Note{ID: id, Hash: "1", Change: Added})
		x.docs[id] = &data.Document{Article: data.Article{ID: id, Title: "bank"}, Hash: "1"}
	}
	if err := b.Note(notes); err != nil {
		t.Fatal(err)
	}
	x.match(t, b)
	all, err := b.List()
	if err != nil || all[0].Waiting != MaxWaiting || all[0].Lost != 3 {
		t.Errorf("%d messages wait, %d are lost, %v", all[0].Waiting, all[0].Lost, err)
	}
}
