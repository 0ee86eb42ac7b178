package main

import (
	"context"
	"errors"
	"io"

	"github.com/spf13/cobra"

	"incidex/search"
	"incidex/search/compare"
)

type compareOptions struct {
	markdown, csv bool
	show          string
	hideUnknown   bool
	searches      bool
}

func newCompare(g *global) *cobra.Command {
	var o compareOptions
	c := &cobra.Command{
		Use:   "compare ID ID...",
		Short: "Lay two to six incidents, or what two searches find, side by side",
		Long: `Compare writes a table with one row a field: what each incident's articles say,
and whether they are the same or differ. Ids are those that search prints.

With --searches it compares what two searches find instead: counts, shares and
medians of their incidents, and where they differ most.

` + exitCodes,
		Example: `  incidex compare kering-2025 cartier-2025
  incidex compare --markdown --show differences yahoo-2013 yahoo-2014
  incidex compare --searches sector:retail sector:health`,
		Args: args(compare.MinIncidents, compare.MaxIncidents, "2 to 6 ids of incidents"),
		RunE: func(c *cobra.Command, a []string) error {
			if g.json && (o.markdown || o.csv) {
				return usageError{errors.New("--json, --markdown and --csv exclude each other")}
			}
			if !o.searches {
				return runCompare(c.Context(), g, o, a)
			}
			if len(a) != 2 {
				return usageError{errors.New("--searches compares two searches; put one with spaces in quotes")}
			}
			return runCompareSearches(c.Context(), g, o, a[0], a[1])
		},
	}
	c.Flags().BoolVar(&o.markdown, "markdown", false, "write Markdown")
	c.Flags().BoolVar(&o.csv, "csv", false, "write CSV")
	c.MarkFlagsMutuallyExclusive("markdown", "csv")
	c.Flags().StringVar(&o.show, "show", "all", "rows to show: all, differences or same")
	c.Flags().BoolVar(&o.hideUnknown, "hide-unknown", true, "leave out the rows that nobody knows")
	c.Flags().BoolVar(&o.searches, "searches", false, "the arguments are two searches")
	return c
}

func runCompareSearches(ctx context.Context, g *global, o compareOptions, a, b string) error {
	return g.withEngine(func(e engine) error {
		t, err := e.CompareSelections(ctx, search.Request{Query: a}, search.Request{Query: b})
		if err != nil {
			return err
		}
		return writeTable(g, o, *t, compare.SelectionMarkdown, compare.SelectionCSV, compare.SelectionText)
	})
}

func runCompare(ctx context.Context, g *global, o compareOptions, ids []string) error {
	return g.withEngine(func(e engine) error {
		t, err := e.Compare(ctx, ids, compare.Options{Show: compare.Show(o.show), HideUnknown: o.hideUnknown})
		if err != nil {
			return err
		}
		return writeTable(g, o, *t, compare.Markdown, compare.CSV, compare.Text)
	})
}

// writeTable writes a table in the format that was asked for.
func writeTable[T any](g *global, o compareOptions, t T, markdown, csv, text func(io.Writer, T) error) error {
	switch {
	case g.json:
		return writeJSON(g.out, t)
	case o.markdown:
		return markdown(g.out, t)
	case o.csv:
		return csv(g.out, t)
	default:
		return text(g.toOut(), t)
	}
}
