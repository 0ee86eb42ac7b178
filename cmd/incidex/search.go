package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"incidex/data"
	"incidex/search"
	"incidex/search/bleveindex"
	"incidex/search/compare"
)

type searchOptions struct {
	filters []string
	match   string
	sort    string
	page    int
	limit   int
	explain bool
	queries string
	run     string
}

func newSearch(g *global) *cobra.Command {
	var o searchOptions
	c := &cobra.Command{
		Use:   "search QUERY",
		Short: "Search the articles",
		Long: `Search finds articles by words, "phrases", -exclusions and fields such as
sector:retail, records:>=1m or occurred:2024..2025.

` + exitCodes,
		Example: `  incidex search 'hospital ransomware'
  incidex search --filter sector=retail --filter country=GB --json passwords`,
		Args: func(c *cobra.Command, a []string) error {
			if o.queries != "" {
				return args(0, 0, "no query beside --queries")(c, a)
			}
			return args(1, -1, "a query")(c, a)
		},
		RunE: func(c *cobra.Command, a []string) error {
			if o.queries != "" && g.json {
				return usageError{errors.New("--queries writes a TREC run and no JSON: leave out --json")}
			}
			if o.queries != "" {
				return runQueries(c.Context(), g, o)
			}
			return runSearch(c.Context(), g, o, strings.Join(a, " "))
		},
	}
	c.Flags().StringArrayVar(&o.filters, "filter", nil, "FIELD=VALUE to keep, -FIELD=VALUE to leave out; may be repeated")
	c.Flags().StringVar(&o.match, "match", "auto", "words that an article must have: all, any, or auto")
	c.Flags().StringVar(&o.sort, "sort", "", "relevance, newest, oldest or records")
	c.Flags().IntVar(&o.page, "page", 1, "page, counted from 1")
	c.Flags().IntVar(&o.limit, "limit", search.DefaultPerPage, "articles on a page")
	c.Flags().BoolVar(&o.explain, "explain", false, "say how each score came about")
	c.Flags().StringVar(&o.queries, "queries", "", "file of JSON Lines with id and text: answer all of them as a TREC run")
	c.Flags().StringVar(&o.run, "run", "incidex", "name of the TREC run")
	return c
}

// runQueries answers a file of queries in the format of TREC.
func runQueries(ctx context.Context, g *global, o searchOptions) error {
	f, err := os.Open(o.queries)
	if err != nil {
		return err
	}
	defer f.Close()
	store, err := bleveindex.Open(g.data, bleveindex.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	defer store.Close()
	return search.NewEngine(store).Run(ctx, f, o.run, o.limit, g.toOut())
}

func runSearch(ctx context.Context, g *global, o searchOptions, query string) error {
	if o.limit < 1 || o.limit > search.MaxPerPage {
		return usageError{fmt.Errorf("--limit %d: want 1 to %d", o.limit, search.MaxPerPage)}
	}
	if o.page < 1 {
		return usageError{fmt.Errorf("--page %d: want 1 or more", o.page)}
	}
	req := search.Request{
		Query: query, Match: search.Wanted(o.match), Sort: search.Sort(o.sort), Page: o.page, PerPage: o.limit, Explain: o.explain,
		Facets: []search.FacetRequest{},
	}
	if g.json {
		req.Facets = nil
	}
	var err error
	if req.Filters, err = parseFilters(o.filters); err != nil {
		return err
	}
	return g.withEngine(func(e engine) error {
		res, err := e.Search(ctx, req)
		if err != nil {
			return err
		}
		if g.json {
			return writeJSON(g.out, res)
		}
		for _, p := range res.Problems {
			say(g.toErr(), "query, at %d: %s\n", p.Start+1, p)
		}
		for _, n := range res.Notes {
			say(g.toErr(), "%s\n", n.Text)
		}
		return printHits(g.toOut(), res)
	})
}

func writeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(&terminal{w: w, json: true})
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

func printHits(w io.Writer, res *search.Response) error {
	say(w, "%d articles on %d incidents\n\n", res.Total, res.Incidents)
	t := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	for _, h := range res.Hits {
		say(t, "%s\t%s\t%s\n", h.Article.Date, h.Article.Title, factLine(h.Facts))
		say(t, "\t  %s\t%s\n", h.Article.ID, h.Incident)
		if h.Explanation != nil {
			printExplanation(t, *h.Explanation, "\t  ")
		}
	}
	return t.Flush()
}

// factLine is the size and the kind of an incident, for one line.
func factLine(facts []data.Claim) string {
	var parts []string
	for _, c := range facts {
		switch {
		case c.Field == data.Records && c.Number != nil:
			parts = append(parts, compare.FormatNumber(*c.Number)+" "+c.Unit)
		case c.Field == data.Attack:
			parts = append(parts, c.Value)
		}
	}
	return strings.Join(parts, ", ")
}

func printExplanation(w io.Writer, e search.Explanation, indent string) {
	fmt.Fprint(w, indent)
	say(w, "%.4f %s\n", e.Value, e.Text)
	for _, p := range e.Parts {
		printExplanation(w, p, indent+"  ")
	}
}
