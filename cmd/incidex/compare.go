package main

import (
	"context"

	"github.com/spf13/cobra"

	"incidex/search/compare"
)

type compareOptions struct {
	json, markdown, csv bool
	show                string
	hideUnknown         bool
}

func newCompare(g *global) *cobra.Command {
	var o compareOptions
	c := &cobra.Command{
		Use:   "compare ID ID...",
		Short: "Lay two to six incidents side by side",
		Long: `Compare writes a table with one row a field: what each incident's articles say,
and whether they are the same or differ. Ids are those that search prints.

` + exitCodes,
		Example: `  incidex compare kering-2025 cartier-2025
  incidex compare --markdown --show differences yahoo-2013 yahoo-2014`,
		Args: args(compare.MinIncidents, compare.MaxIncidents, "2 to 6 ids of incidents"),
		RunE: func(c *cobra.Command, ids []string) error { return runCompare(c.Context(), g, o, ids) },
	}
	c.Flags().BoolVar(&o.json, "json", false, "write JSON")
	c.Flags().BoolVar(&o.markdown, "markdown", false, "write Markdown")
	c.Flags().BoolVar(&o.csv, "csv", false, "write CSV")
	c.MarkFlagsMutuallyExclusive("json", "markdown", "csv")
	c.Flags().StringVar(&o.show, "show", "all", "rows to show: all, differences or same")
	c.Flags().BoolVar(&o.hideUnknown, "hide-unknown", true, "leave out the rows that nobody knows")
	return c
}

func runCompare(ctx context.Context, g *global, o compareOptions, ids []string) error {
	return g.withEngine(func(e engine) error {
		t, err := e.Compare(ctx, ids, compare.Options{Show: compare.Show(o.show), HideUnknown: o.hideUnknown})
		if err != nil {
			return err
		}
		switch {
		case o.json:
			return writeJSON(g.out, t)
		case o.markdown:
			return compare.Markdown(g.out, *t)
		case o.csv:
			return compare.CSV(g.out, *t)
		default:
			return compare.Text(g.out, *t)
		}
	})
}
