package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"slices"
	"time"

	"incidex/httpapi"
	"incidex/search"
)

// served are the times of whole answers, with titles, snippets, facts and facets:
// in the process, again from what was kept, as JSON over HTTP, and as a page over
// HTTP.
type served struct{ inside, kept, api, page times }

// keptAnswers is the memory for answers that are kept, in bytes.
const keptAnswers = 32 << 20

// serve asks the questions with words of a server on this machine and of the
// engine behind it, in turn.
func serve(ctx context.Context, p *product, list []question, rounds int) (*served, error) {
	engine, keeping := search.NewEngine(p.store), search.NewEngine(p.store)
	keeping.Keep(keptAnswers)
	handler, err := httpapi.New(httpapi.Options{Engine: engine, Version: "benchmark", Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		return nil, err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	server := httpapi.HTTPServer(handler)
	go server.Serve(listener)
	defer server.Close()
	base := "http://" + listener.Addr().String()
	s := &served{}
	for round := range warmUp + rounds {
		for _, q := range list {
			if !q.words() || len(q.selected) > 0 {
				continue
			}
			q.facets = true
			var failed error
			clock := func(to *times, f func() error) {
				start := time.Now()
				err := f()
				if d := time.Since(start); round >= warmUp {
					*to = append(*to, d)
				}
				if err != nil {
					failed = err
				}
			}
			values := url.Values{"q": {q.text()}, "sort": {string(q.sort())}}.Encode()
			clock(&s.inside, func() error { _, err := engine.Search(ctx, q.request()); return err })
			clock(&s.kept, func() error { _, err := keeping.Search(ctx, q.request()); return err })
			clock(&s.api, func() error { return get(ctx, base+"/api/v1/search?"+values) })
			clock(&s.page, func() error { return get(ctx, base+"/?"+values) })
			if failed != nil {
				return nil, fmt.Errorf("serve %q: %w", q.name, failed)
			}
		}
	}
	for _, t := range []times{s.inside, s.kept, s.api, s.page} {
		slices.Sort(t)
	}
	return s, nil
}

func get(ctx context.Context, url string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err == nil && res.StatusCode != http.StatusOK {
		err = fmt.Errorf("get %s: %s: %.200s", url, res.Status, body)
	}
	return err
}
