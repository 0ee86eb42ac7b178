package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"incidex/search/bleveindex"
)

func newGenerations(g *global) *cobra.Command {
	c := &cobra.Command{
		Use:   "generations",
		Short: "List, choose and remove generations of the index",
		Long: `A rebuild makes a new generation of the index and keeps the one before, so that
one command goes back to it.

` + exitCodes,
	}
	c.AddCommand(
		&cobra.Command{
			Use: "list", Short: "List the generations, oldest first", Long: `List prints one name a line; a star marks the one in use. One that is unfinished is
being filled, or was when its run was cut off: it is never used, and the next
run of the index removes it.

` + exitCodes,
			Args: args(0, 0, "no arguments"),
			RunE: func(*cobra.Command, []string) error { return listGenerations(g) },
		},
		&cobra.Command{
			Use: "use NAME", Short: "Use a generation from now on", Long: "Use tries a generation and makes it the current one.\n\n" + exitCodes,
			Args: args(1, 1, "the name of a generation"),
			RunE: func(c *cobra.Command, a []string) error { return useGeneration(c.Context(), g, a[0]) },
		},
		&cobra.Command{
			Use: "remove NAME", Short: "Delete a generation that is not in use", Long: "Remove deletes a generation's files. The one in use cannot be removed.\n\n" + exitCodes,
			Args: args(1, 1, "the name of a generation"),
			RunE: func(_ *cobra.Command, a []string) error {
				if err := bleveindex.Remove(g.data, a[0]); err != nil {
					return err
				}
				if g.json {
					return writeJSON(g.out, removed{a[0]})
				}
				say(g.toOut(), "removed %s\n", a[0])
				return nil
			},
		},
	)
	return c
}

func listGenerations(g *global) error {
	if !bleveindex.HasIndex(g.data) {
		return fmt.Errorf("%w in %s", bleveindex.ErrNoIndex, g.data)
	}
	list, err := diagnoseGenerations(g.data)
	if err != nil {
		return err
	}
	if g.json {
		return writeJSON(g.out, list)
	}
	for _, n := range list {
		mark, state := " ", ""
		switch n.State {
		case stateInUse:
			mark = "*"
		case stateUnfinished:
			state = "  unfinished"
		}
		say(g.toOut(), "%s %s%s\n", mark, n.Name, state)
	}
	return nil
}

// chosen is what generations use writes in JSON.
type chosen struct {
	Name string `json:"in_use"`
}

func useGeneration(ctx context.Context, g *global, name string) error {
	if err := bleveindex.Select(ctx, g.data, name); err != nil {
		return err
	}
	if g.json {
		return writeJSON(g.out, chosen{name})
	}
	say(g.toOut(), "%s is in use now\n", name)
	return nil
}
