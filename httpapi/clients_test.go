package httpapi

import (
	"bytes"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"incidex/search"
)

// A client may ask for a while at once, then at its rate, and gets its turn again.
func TestClientsAreHeldToARate(t *testing.T) {
	now := time.Unix(1_700_000_000, 0)
	c := newClients(10)
	c.now = func() time.Time { return now }
	served := 0
	for range 100 {
		if c.wait("a") == 0 {
			served++
		}
	}
	if served != 10*burst {
		t.Errorf("%d of 100 requests at once are served, want %d", served, 10*burst)
	}
	if d := c.wait("a"); d <= 0 || d > 100*time.Millisecond {
		t.Errorf("the next one is to wait %v, want up to 100ms: those that were refused count nothing", d)
	}
	if c.wait("b") != 0 {
		t.Error("another client is held up")
	}
	now = now.Add(time.Second)
	if c.wait("a") != 0 {
		t.Error("a second later the client is held up still")
	}
	if newClients(0).wait("a") != 0 {
		t.Error("without a rate a client is held up")
	}
}

// Ever new clients take no more memory.
func TestClientsAreBounded(t *testing.T) {
	c := newClients(1)
	c.most = 3
	for i := range 1000 {
		c.wait(fmt.Sprint(i))
		c.wait("regular")
	}
	if len(c.table) != 3 || c.order.Len() != 3 {
		t.Errorf("%d and %d clients are kept, want 3", len(c.table), c.order.Len())
	}
	if c.wait("regular") == 0 {
		t.Error("one that asks all the time was forgotten")
	}
	if newClients(1).most != maxClients {
		t.Error("the table is not bounded by maxClients")
	}
}

// request asks the handler of these options, from an address, with headers as NAME, VALUE.
func request(t *testing.T, o Options, log *bytes.Buffer) func(from, path string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	o.Engine = search.NewEngine(nil)
	o.Log = slog.New(slog.NewJSONHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	h, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	return func(from, path string, headers ...string) *httptest.ResponseRecorder {
		r := httptest.NewRequestWithContext(t.Context(), "GET", path, nil)
		r.Host, r.RemoteAddr = "localhost", from
		for i := 0; i < len(headers); i += 2 {
			r.Header.Set(headers[i], headers[i+1])
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w
	}
}

// Who a client is: its address, of IPv6 the network, or the user whom a proxy names.
func TestClientNames(t *testing.T) {
	for _, x := range []struct{ name, one, other, header, user, second string }{
		{name: "another port", one: "192.0.2.1:1", other: "192.0.2.1:2"},
		{name: "another address of a network of IPv6", one: "[2001:db8::1]:1", other: "[2001:db8::2]:1"},
		{name: "the address in two forms", one: "192.0.2.1:1", other: "[::ffff:192.0.2.1]:1"},
		{name: "a header that is not asked for", one: "192.0.2.1:1", other: "192.0.2.1:1", header: "X-Forwarded-For", user: "1.2.3.4", second: "5.6.7.8"},
		{name: "the user at another address", one: "192.0.2.1:1", other: "192.0.2.2:1", header: "X-User", user: "ada", second: "ada"},
	} {
		t.Run(x.name, func(t *testing.T) {
			ask := request(t, Options{Rate: 0.25, AuthHeader: "X-User"}, new(bytes.Buffer))
			if w := ask(x.one, "/assets/none", x.header, x.user); w.Code != http.StatusNotFound {
				t.Fatalf("the first one: %d", w.Code)
			}
			w := ask(x.other, "/assets/none", x.header, x.second)
			if w.Code != http.StatusTooManyRequests || w.Header().Get("Retry-After") == "" {
				t.Errorf("the second one of a client: %d, to be tried again after %q s", w.Code, w.Header().Get("Retry-After"))
			}
		})
	}
	ask := request(t, Options{Rate: 0.25, AuthHeader: "X-User", AdminToken: "a token of the admin"}, new(bytes.Buffer))
	for i := range 3 {
		if w := ask("192.0.2.1:1", "/assets/none", "Authorization", "Bearer a token of the admin"); w.Code != http.StatusNotFound {
			t.Errorf("the admin's request %d: %d", i, w.Code)
		}
		if w := ask("192.0.2.1:1", "/assets/none", "X-User", fmt.Sprint(i)); w.Code != http.StatusNotFound {
			t.Errorf("the first one of user %d: %d", i, w.Code)
		}
	}
}

// The log has a line for each request, with an id that the client is told, and nothing
// that a client sends begins another line.
func TestRequestsAreLogged(t *testing.T) {
	var log bytes.Buffer
	ask := request(t, Options{AuthHeader: "X-User"}, &log)
	w := ask("192.0.2.1:1", "/none%0alevel=ERROR?q=secret", "X-User", "ada\nlevel=ERROR"+strings.Repeat("x", 500), "X-Request-Id", "forged")
	id := w.Header().Get(requestID)
	if len(id) != 36 || !strings.Contains(w.Body.String(), "urn:uuid:"+id) {
		t.Errorf("id %q, problem %s", id, w.Body)
	}
	lines := strings.Split(strings.TrimSpace(log.String()), "\n")
	if len(lines) != 2 { // the refusal, and the request
		t.Fatalf("%d lines: %s", len(lines), log.String())
	}
	for _, line := range lines {
		for _, want := range []string{`"request":"` + id, `"method":"GET"`, `"client":"192.0.2.1"`, `"status":404`, `"user":"ada\nlevel=ERROR`} {
			if !strings.Contains(line, want) {
				t.Errorf("no %s in %s", want, line)
			}
		}
		if strings.Contains(line, "secret") || len(line) > 1000 {
			t.Errorf("a line has the query, or %d bytes: %s", len(line), line)
		}
	}
}
