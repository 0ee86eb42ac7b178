package main

import (
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"incidex/search"
)

func newSchema(g *global) *cobra.Command {
	c := &cobra.Command{
		Use:   "schema [FIELD]",
		Short: "List the fields, or the values of one",
		Long: `Schema lists the fields of articles and incidents with what their values are, or with
the name of a field the closed list of its values. It needs no index.

` + exitCodes,
		Example: `  incidex schema
  incidex schema sector`,
		Args: args(0, 1, "one field at most"),
		RunE: func(_ *cobra.Command, a []string) error { return runSchema(g, strings.Join(a, "")) },
	}
	return c
}

func runSchema(g *global, field string) error {
	schema := search.NewSchema()
	t := tabwriter.NewWriter(g.toOut(), 0, 4, 2, ' ', 0)
	if field == "" {
		if g.json {
			return writeJSON(g.out, schema)
		}
		for _, f := range schema.Fields {
			say(t, "%s\t%s\t%s\t%s\n", f.Name, f.Kind, f.Label, f.Standard)
		}
		return t.Flush()
	}
	v, err := schema.Values(field)
	if err != nil {
		return usageError{err}
	}
	if g.json {
		return writeJSON(g.out, v)
	}
	for _, x := range v.Terms {
		say(t, "%s\t%s\t%s\n", x.Value, x.Label, x.Group)
	}
	return t.Flush()
}
