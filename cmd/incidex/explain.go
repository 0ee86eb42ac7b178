package main

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"incidex/httpapi"
)

func newExplain(g *global) *cobra.Command {
	c := &cobra.Command{
		Use:   "explain INCIDENT",
		Short: "Say why the articles of an incident are together",
		Long: `Explain prints, for each article of an incident, how well it fits the others, for
which reasons, and which other incidents it was kept out of. Of an incident of many
articles it explains the first ones.

` + exitCodes,
		Args: args(1, 1, "the id of an incident"),
		RunE: func(c *cobra.Command, a []string) error { return runExplain(c.Context(), g, a[0]) },
	}
	return c
}

func runExplain(ctx context.Context, g *global, id string) error {
	return g.withGroups(func(groups httpapi.Groups) error {
		reasons, err := groups.Explain(ctx, id)
		if err != nil {
			return err
		}
		if g.json {
			return writeJSON(g.out, reasons)
		}
		for _, r := range reasons {
			printReason(g.toOut(), r)
		}
		if len(reasons) == httpapi.MaxExplained {
			say(g.toErr(), "these are the first %d articles; others are not explained\n", len(reasons))
		}
		return nil
	})
}

func printReason(w io.Writer, r httpapi.GroupReason) {
	say(w, "%s (%s) %s\n", r.Article, r.Role, r.Title)
	switch {
	case r.Ruling != "":
		say(w, "  decided by a person: %s\n", r.Ruling)
	case r.Nearest != "":
		say(w, "  fits with %+.2f, most like %s\n", r.Score, r.Nearest)
	default:
		fmt.Fprintln(w, "  nothing else in the incident to compare with")
	}
	for _, s := range r.Reasons {
		say(w, "    %+.2f %s\n", s.Score, s.Reason)
	}
	for _, o := range r.Others {
		say(w, "  not in %s (%+.2f)", o.Incident, o.Score)
		if o.Guard != "" {
			say(w, ": %s", o.Guard)
		}
		fmt.Fprintln(w)
	}
}
