package alert

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// receiver is a server that fails as often as it is told.
type receiver struct {
	mu     sync.Mutex
	fail   int
	status int
	got    []string
	header http.Header
	body   []byte
}

func (r *receiver) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.header = req.Header.Clone()
	r.body, _ = io.ReadAll(req.Body)
	r.got = append(r.got, req.Header.Get("webhook-id"))
	if r.fail--; r.fail >= 0 {
		w.Header().Set("Location", "/elsewhere")
		w.WriteHeader(r.status)
	}
}

func TestPost(t *testing.T) {
	r := &receiver{fail: 2, status: http.StatusServiceUnavailable}
	server := httptest.NewServer(r)
	defer server.Close()
	b, x := book(t, server.URL+"/hook"), &index{}
	x.put(t, b, "a", "bank a", "1", Added)
	x.match(t, b)
	x.put(t, b, "b", "bank b", "1", Added)
	x.match(t, b)
	next := deliver(t, b, day)
	if want := day.Add(firstPause); !next.Equal(want) || len(r.got) != 1 {
		t.Errorf("the next try is at %v, want %v; %d messages came", next, want, len(r.got))
	}
	deliver(t, b, day.Add(firstPause/2)) // too early
	if next = deliver(t, b, next); !next.Equal(day.Add(3 * firstPause)) {
		t.Errorf("the third try is at %v", next)
	}
	if all, _ := b.List(); all[0].Waiting != 2 || !strings.Contains(all[0].Problem, "503") {
		t.Errorf("the alert is %+v", all[0])
	}
	if next = deliver(t, b, next); !next.IsZero() {
		t.Errorf("there is more at %v", next)
	}
	if len(r.got) != 4 || r.got[0] != r.got[1] || r.got[1] != r.got[2] || r.got[3] == r.got[2] {
		t.Errorf("messages came as %v", r.got)
	}
	a, err := b.Get("banks")
	if err != nil || a.Waiting != 0 || a.Problem != "" || a.Lost != 0 {
		t.Errorf("the alert is %+v, %v", a, err)
	}
	signature, err := sign(a.Secret, r.header.Get("webhook-id"), r.header.Get("webhook-timestamp"), r.body)
	if err != nil || r.header.Get("webhook-signature") != signature {
		t.Errorf("signed %s, want %s, %v", r.header.Get("webhook-signature"), signature, err)
	}
	var m Message
	if err := json.Unmarshal(r.body, &m); err != nil || m.Alert != "banks" || m.ID != r.header.Get("webhook-id") || len(m.Articles) != 1 || m.Articles[0].ID != "b" || m.Articles[0].Title != "bank b" {
		t.Errorf("%v: %s", err, r.body)
	}
}

// What one process delivers is left alone by others, unless it was killed.
func TestLease(t *testing.T) {
	file := filepath.Join(t.TempDir(), "feed.jsonl")
	b, x := book(t, file), &index{}
	x.put(t, b, "a", "bank a", "1", Added)
	x.match(t, b)
	a, err := b.Get("banks")
	if err != nil {
		t.Fatal(err)
	}
	if key, _, err := b.take(a, day); key == nil || err != nil { // and killed
		t.Fatal(key, err)
	}
	if next := deliver(t, b, day); !next.Equal(day.Add(fileLease)) || len(told(t, file)) > 0 {
		t.Errorf("another process takes it: %v, next at %v", told(t, file), next)
	}
	if next := deliver(t, b, day.Add(fileLease)); !next.IsZero() || len(told(t, file)) != 1 {
		t.Errorf("nobody takes it: %v, next at %v", told(t, file), next)
	}
}

// The signature is that of the example of Standard Webhooks.
func TestSignature(t *testing.T) {
	got, err := sign("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", []byte(`{"test": 2432232314}`))
	if want := "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="; got != want || err != nil {
		t.Errorf("%s, %v; want %s", got, err, want)
	}
}

// What cannot be delivered is given up after keptTime, and said to be lost.
func TestLost(t *testing.T) {
	r := &receiver{fail: 1000, status: http.StatusFound}
	server := httptest.NewServer(r)
	defer server.Close()
	b, x := book(t, server.URL), &index{}
	x.put(t, b, "a", "bank a", "1", Added)
	x.match(t, b)
	for now := day; ; {
		next := deliver(t, b, now)
		if next.IsZero() {
			break
		}
		now = next
	}
	a, _ := b.Get("banks")
	if a.Lost != 1 || a.Waiting != 0 || !strings.Contains(a.Problem, "redirects are not followed") {
		t.Errorf("the alert is %+v", a)
	}
	if n := len(r.got); n < 50 || n > 100 {
		t.Errorf("it was tried %d times", n)
	}
}

// What a name means is checked when it is dialed.
func TestPrivateNames(t *testing.T) {
	r := &receiver{}
	server := httptest.NewServer(r)
	defer server.Close()
	a, err := New("a", "bank", strings.Replace(server.URL, "127.0.0.1", "localhost", 1), false, day)
	if err != nil {
		t.Fatal(err)
	}
	if err := Test(t.Context(), a, day); err == nil || !strings.Contains(err.Error(), "no public address") || len(r.got) > 0 {
		t.Errorf("a private address behind a name: %v; %d messages came", err, len(r.got))
	}
	a.Private = true
	if err := Test(t.Context(), a, day); err != nil || len(r.got) != 1 || !bytes.Contains(r.body, []byte(`"test":true`)) {
		t.Errorf("%v; %d messages came: %s", err, len(r.got), r.body)
	}
}
