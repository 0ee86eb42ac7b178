package main

import (
	"context"
	"fmt"
	"io"
	"net/url"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"incidex/search"
	"incidex/search/bleveindex"
	"incidex/search/export"
	"incidex/search/query"
	"incidex/web"
)

type feedOptions struct {
	terms
	format, base, output string
}

func newFeed(g *global) *cobra.Command {
	var o feedOptions
	c := &cobra.Command{
		Use:   "feed",
		Short: "Write the newest incidents that a search finds as a feed",
		Long: fmt.Sprintf(`Feed writes the newest %d incidents that a search finds as Atom or as a JSON Feed, the
one with the newest article first. A server has the same at /feed.atom and /feed.json.

`, export.MaxFeed) + exitCodes,
		Example: `  incidex feed --query ransomware --filter sector=health -o hospitals.atom`,
		Args:    args(0, 0, "no arguments"),
		RunE: func(c *cobra.Command, _ []string) error {
			if g.json && !c.Flags().Changed("format") {
				o.format = "json"
			}
			if g.json && o.format != "json" {
				return usageError{fmt.Errorf("--format %s is no JSON: leave out --json", o.format)}
			}
			return runFeed(c.Context(), g, o)
		},
	}
	o.flags(c)
	c.Flags().StringVar(&o.format, "format", "atom", "atom or json")
	c.Flags().StringVar(&o.base, "base", "", "address of the server that the links lead to (default that of a running one, or http://127.0.0.1:8080)")
	c.Flags().StringVarP(&o.output, "output", "o", "", "file to write instead of the standard output")
	return c
}

func runFeed(ctx context.Context, g *global, o feedOptions) error {
	if o.format != "atom" && o.format != "json" {
		return usageError{fmt.Errorf("--format %q: want atom or json", o.format)}
	}
	if u, err := url.Parse(o.base); o.base != "" && (err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https") {
		return usageError{fmt.Errorf("--base %q: want an address such as https://incidents.example", o.base)}
	}
	req, err := o.request()
	if err != nil {
		return err
	}
	out := &terminal{w: g.out, json: o.format == "json"}
	return toFile(out, o.output, func(w io.Writer) error {
		return g.read(false,
			func(s *bleveindex.Store) error { return writeFeed(ctx, search.NewEngine(s), w, req, o) },
			func(r remote) error {
				if o.base != "" {
					return fmt.Errorf("%w: a server runs on %s, and its links lead there: leave out --base", search.ErrInvalid, r.address)
				}
				return r.copy(ctx, w, "/feed."+o.format+"?"+termsOf(req).Encode())
			})
	})
}

func writeFeed(ctx context.Context, e *search.Engine, w io.Writer, req search.Request, o feedOptions) error {
	rows, err := e.Rows(ctx, export.FeedRequest(req), query.IncidentLevel)
	if err != nil {
		return err
	}
	defer rows.Close()
	feed, err := export.NewFeed(ctx, rows, export.AboutRows(rows, req.Filters, time.Time{}, version()))
	if err != nil {
		return err
	}
	base := strings.TrimSuffix(o.base, "/")
	if base == "" {
		base = "http://127.0.0.1:8080"
	}
	state := web.StateOf(req)
	links := export.Links{Base: base, Page: base + state.URL(), Self: base + state.FeedURL("/feed."+o.format)}
	if o.format == "json" {
		return feed.JSON(w, links)
	}
	return feed.Atom(w, links)
}
