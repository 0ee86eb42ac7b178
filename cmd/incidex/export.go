package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"incidex/httpapi"
	"incidex/search"
	"incidex/search/bleveindex"
	"incidex/search/export"
	"incidex/search/query"
)

// terms are the flags of commands that search.
type terms struct {
	query   string
	filters []string
	match   string
	sort    string
}

func (o *terms) flags(c *cobra.Command) {
	c.Flags().StringVar(&o.query, "query", "", "what to search for; all articles when left out")
	c.Flags().StringArrayVar(&o.filters, "filter", nil, "FIELD=VALUE to keep, -FIELD=VALUE to leave out; may be repeated")
	c.Flags().StringVar(&o.match, "match", "auto", "words that an article must have: all, any, or auto")
	c.Flags().StringVar(&o.sort, "sort", "", "relevance, newest, oldest or records")
}

// request is the search that the flags ask for.
func (o *terms) request() (search.Request, error) {
	filters, err := parseFilters(o.filters)
	return search.Request{Query: o.query, Filters: filters, Match: search.Wanted(o.match), Sort: search.Sort(o.sort)}, err
}

// parseFilters reads filters as FIELD=VALUE. The values of a field are one filter.
func parseFilters(texts []string) ([]search.Filter, error) {
	var out []search.Filter
next:
	for _, text := range texts {
		field, value, ok := strings.Cut(text, "=")
		if !ok {
			return nil, usageError{fmt.Errorf("--filter %q: want FIELD=VALUE", text)}
		}
		field, exclude := strings.CutPrefix(field, "-")
		for i := range out {
			if out[i].Field == field && out[i].Exclude == exclude {
				out[i].Values = append(out[i].Values, value)
				continue next
			}
		}
		out = append(out, search.Filter{Field: field, Values: []string{value}, Exclude: exclude})
	}
	return out, nil
}

type exportOptions struct {
	terms
	format, level, output string
	// whole says that nothing was asked for but all claims.
	whole bool
}

func newExport(g *global) *cobra.Command {
	var o exportOptions
	c := &cobra.Command{
		Use:   "export",
		Short: "Write all that a search finds, or what the index holds of every article",
		Long: `Export writes every article or incident that a search finds, in the order of the
search, as a table (csv, xlsx), as lines of JSON (ndjson), or for other programs:
veris and stix are of incidents, bibtex is of articles. There is no limit. Only what
is stated as a fact is written.

Without a query, a filter, an order and a level, ndjson is what the index holds of every
article, in no order: its id and its incidents with all claims, also doubtful ones, and
their evidence. Beside a server it asks that.

` + exitCodes,
		Example: `  incidex export --query ransomware --filter sector=health --level incidents --format xlsx -o hospitals.xlsx
  incidex export > claims.ndjson`,
		Args: args(0, 0, "no arguments"),
		RunE: func(c *cobra.Command, _ []string) error {
			asked := func(name string) bool { return c.Flags().Changed(name) }
			if f := export.Format(o.format); g.json && f != export.NDJSON && f != export.VERIS && f != export.STIX {
				return usageError{fmt.Errorf("--format %s is no JSON: leave out --json", o.format)}
			}
			o.whole = o.format == string(export.NDJSON) && !asked("query") && !asked("filter") && !asked("level") && !asked("sort") && !asked("match")
			return runExport(c.Context(), g, o)
		},
	}
	o.flags(c)
	c.Flags().StringVar(&o.format, "format", string(export.NDJSON), strings.Join(export.Names(), ", "))
	c.Flags().StringVar(&o.level, "level", "", "articles or incidents; the usual one of the format when left out")
	c.Flags().StringVarP(&o.output, "output", "o", "", "file to write instead of the standard output; it appears when it is whole")
	return c
}

func runExport(ctx context.Context, g *global, o exportOptions) error {
	if o.whole {
		return toFile(&terminal{w: g.out, json: true}, o.output, func(w io.Writer) error {
			return g.read(true,
				func(s *bleveindex.Store) error { return exportClaims(ctx, s, w) },
				func(r remote) error { return r.export(ctx, w, "full=true") })
		})
	}
	info, err := export.Lookup(o.format)
	if err != nil {
		return usageError{err}
	}
	req, err := o.request()
	if err != nil {
		return err
	}
	level, err := levelOf(o.level, req.Query)
	if err == nil {
		level, err = info.Level(level)
	}
	if err != nil {
		return usageError{err}
	}
	return toFile(g.exported(info.Format), o.output, func(w io.Writer) error {
		return g.read(false,
			func(s *bleveindex.Store) error { return exportRows(ctx, search.NewEngine(s), w, req, info, level) },
			func(r remote) error {
				q := termsOf(req)
				q.Set("format", o.format)
				q.Set("level", string(level)+"s")
				return r.export(ctx, w, q.Encode())
			})
	})
}

// exported is the output for a format: text is safe to show on a terminal.
func (g *global) exported(f export.Format) io.Writer {
	switch f {
	case export.XLSX:
		return g.out
	case export.NDJSON, export.VERIS, export.STIX:
		return &terminal{w: g.out, json: true}
	}
	return &terminal{w: g.out}
}

// levelOf reads the name of a level, "" for that of the query.
func levelOf(name, text string) (query.Level, error) {
	switch name {
	case "":
		q, _ := query.Parse(text)
		return q.Level, nil
	case "articles":
		return query.ArticleLevel, nil
	case "incidents":
		return query.IncidentLevel, nil
	}
	return "", fmt.Errorf("--level %q: want articles or incidents", name)
}

func exportRows(ctx context.Context, e *search.Engine, w io.Writer, req search.Request, info export.Info, level query.Level) error {
	rows, err := e.Rows(ctx, req, level)
	if err != nil {
		return err
	}
	defer rows.Close()
	out := bufio.NewWriter(w)
	if err := info.Write(ctx, out, rows, export.AboutRows(rows, req.Filters, time.Now(), version())); err != nil {
		return err
	}
	return out.Flush()
}

func exportClaims(ctx context.Context, store *bleveindex.Store, w io.Writer) error {
	out := bufio.NewWriter(w)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	for d, err := range store.Documents(ctx) {
		if err == nil {
			err = enc.Encode(httpapi.ClaimsOf(d))
		}
		if err != nil {
			return fmt.Errorf("export: %w", err)
		}
	}
	return out.Flush()
}
