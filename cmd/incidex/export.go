package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"incidex/data"
	"incidex/search/bleveindex"
)

func newExport(g *global) *cobra.Command {
	var format string
	c := &cobra.Command{
		Use:   "export",
		Short: "Write what the index holds of every article",
		Long: `Export writes one line of JSON for each article of the index, in no order: its id
and its incidents with all claims and their evidence. There is no limit.

` + exitCodes,
		Args: args(0, 0, "no arguments"),
		RunE: func(c *cobra.Command, _ []string) error {
			if format != "ndjson" {
				return usageError{fmt.Errorf("--format %q: want ndjson", format)}
			}
			return runExport(c.Context(), g)
		},
	}
	c.Flags().StringVar(&format, "format", "ndjson", "format: ndjson")
	return c
}

func runExport(ctx context.Context, g *global) error {
	store, err := bleveindex.Open(g.data, bleveindex.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	defer store.Close()
	out := bufio.NewWriter(g.out)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	for d, err := range store.Current().Documents(ctx) {
		if err != nil {
			return fmt.Errorf("export: %w", err)
		}
		if d.Mentions == nil {
			d.Mentions = []data.Mention{}
		}
		if err := enc.Encode(extracted{d.ID, d.Mentions}); err != nil {
			return fmt.Errorf("export: %w", err)
		}
	}
	return out.Flush()
}
