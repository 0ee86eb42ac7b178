package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"incidex/httpapi"
	"incidex/search/bleveindex"
)

func newExport(g *global) *cobra.Command {
	var format string
	c := &cobra.Command{
		Use:   "export",
		Short: "Write what the index holds of every article",
		Long: `Export writes one line of JSON for each article of the index, in no order: its id
and its incidents with all claims and their evidence. There is no limit.
Beside a server it asks that.

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
	return g.read(true,
		func(s *bleveindex.Store) error { return export(ctx, s, g.out) },
		func(r remote) error { return r.export(ctx, g.out) })
}

func export(ctx context.Context, store *bleveindex.Store, w io.Writer) error {
	out := bufio.NewWriter(&terminal{w: w, json: true})
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
