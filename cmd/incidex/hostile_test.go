package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
)

// Pages answer what no reader of good will asks for, and never lead to another host.
func TestPagesWithstandHostileRequests(t *testing.T) {
	server, _ := apiServer(t)
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	query := func(s string) string { return "/?q=" + url.QueryEscape(s) }
	for _, x := range []struct {
		name, path string
		status     int
	}{
		{"a page whose first hit no number can hold", "/?page=9223372036854775807", 400},
		{"the same with large pages", "/?page=9223372036854775807&per_page=200", 400},
		{"a query that is too long", query(strings.Repeat("a ", 1001)), 400},
		{"a comparison of searches that are too long", "/compare/searches?a=" + strings.Repeat("a", 2001) + "&b=", 400},
		{"a letter with many accents", query("a" + strings.Repeat("\u0301", 1900)), 400},
		{"filters that are too long", "/?filter%5Bvictim%5D=" + strings.Repeat("a", 6000), 400},
		{"a tray that is too long", "/help?ids=" + strings.Repeat("a", 6000), 400},
		{"a mistake at every character", query(strings.Repeat("(", 1999)), 200},
		{"bytes that are no text", "/?q=%ff%00", 200},
		{"another host before a page", "//evil.example/../compare/", 404},
		{"a slash behind a page", "/compare/", 404},
		{"localhost in capitals", "/help", 200},
	} {
		t.Run(x.name, func(t *testing.T) {
			req, err := http.NewRequestWithContext(t.Context(), "GET", server.URL, nil)
			if err != nil {
				t.Fatal(err)
			}
			path, raw, _ := strings.Cut(x.path, "?")
			req.URL.Opaque, req.URL.RawQuery, req.Host = path, raw, "LOCALHOST"
			if strings.HasPrefix(path, "//") { // an opaque part of this form names a host
				req.URL.Opaque = server.URL + path
			}
			res, err := client.Do(req)
			if err != nil {
				t.Fatal(err)
			}
			defer res.Body.Close()
			body, err := io.ReadAll(res.Body)
			if err != nil {
				t.Fatal(err)
			}
			if res.StatusCode != x.status {
				t.Errorf("status %d; want %d: %.300s", res.StatusCode, x.status, body)
			}
			if to := res.Header.Get("Location"); to != "" {
				t.Errorf("leads to %q", to)
			}
			if len(body) > 2<<20 {
				t.Errorf("a page of %d bytes", len(body))
			}
			if n := strings.Count(string(body), `class="problem"`); n > 10 {
				t.Errorf("%d mistakes are shown, each with the whole query; want 10 at most", n)
			}
		})
	}
}

// A client that never finishes its request does not make the end of a server a failure.
func TestServeStopsBesideAnUnfinishedRequest(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	out, write := io.Pipe()
	ended := make(chan int, 1)
	args := []string{"serve", "--listen", "127.0.0.1:0", "--data", filepath.Join(t.TempDir(), "data")}
	go func() {
		ended <- run(ctx, args, streams{strings.NewReader(""), write, io.Discard})
		write.Close()
	}()
	address := ""
	for lines := bufio.NewScanner(out); address == "" && lines.Scan(); {
		if _, rest, ok := strings.Cut(lines.Text(), " on http://"); ok {
			address, _, _ = strings.Cut(rest, " ")
		}
	}
	go io.Copy(io.Discard, out)
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprint(conn, "GET / HTTP/1.1\r\nHost: loc")
	stop()
	if code := <-ended; code != exitOK {
		t.Errorf("exit code %d; want %d", code, exitOK)
	}
}
