package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"incidex/httpapi"
	"incidex/search/bleveindex"
)

func newGroup(g *global) *cobra.Command {
	var note string
	c := &cobra.Command{
		Use:   "group",
		Short: "Correct which articles are one incident",
		Long: `Group records a person's decisions on incidents. They are kept beside the index,
hold through every re-index, and can be undone.

` + exitCodes,
	}
	decide := func(use, short, long string, check cobra.PositionalArgs, decision func([]string) (httpapi.GroupDecision, error)) *cobra.Command {
		sub := &cobra.Command{Use: use, Short: short, Long: long + "\n\n" + exitCodes, Args: check, RunE: func(c *cobra.Command, a []string) error {
			d, err := decision(a)
			if err != nil {
				return err
			}
			d.Note = note
			return runDecide(c.Context(), g, d)
		}}
		sub.Flags().StringVar(&note, "note", "", "why, for those who read the list of decisions")
		return sub
	}
	c.AddCommand(
		decide("split INCIDENT ARTICLE...", "Make articles of an incident an incident of their own", "Split takes articles out of an incident and keeps them apart from the rest of it.",
			args(2, -1, "an incident and articles of it"), func(a []string) (httpapi.GroupDecision, error) {
				return httpapi.GroupDecision{Act: "split", Incident: a[0], Articles: a[1:]}, nil
			}),
		decide("merge INCIDENT OTHER...", "Make other incidents a part of one", "Merge puts the articles of all incidents into the first one; the ids of the others lead there.",
			args(2, -1, "two or more incidents"), func(a []string) (httpapi.GroupDecision, error) {
				return httpapi.GroupDecision{Act: "merge", Incident: a[0], Others: a[1:]}, nil
			}),
		decide("pin INCIDENT ARTICLE...", "Keep articles in an incident", "Pin puts articles into an incident, whatever the program thinks of it.",
			args(2, -1, "an incident and articles"), func(a []string) (httpapi.GroupDecision, error) {
				return httpapi.GroupDecision{Act: "pin", Incident: a[0], Articles: a[1:]}, nil
			}),
		decide("undo NUMBER", "Take a decision back", "Undo takes back the decision with the number that group list prints.",
			args(1, 1, "the number of a decision"), func(a []string) (httpapi.GroupDecision, error) {
				n, err := strconv.Atoi(a[0])
				if err != nil {
					return httpapi.GroupDecision{}, usageError{fmt.Errorf("%q is no number of a decision", a[0])}
				}
				return httpapi.GroupDecision{Act: "undo", Undoes: n}, nil
			}),
		&cobra.Command{
			Use: "list", Short: "List the decisions, oldest first", Long: "List prints one decision a line.\n\n" + exitCodes, Args: args(0, 0, "no arguments"),
			RunE: func(*cobra.Command, []string) error { return listDecisions(g) },
		},
	)
	return c
}

func runDecide(ctx context.Context, g *global, d httpapi.GroupDecision) error {
	store, err := bleveindex.Open(g.data, bleveindex.Options{Command: "group"})
	server := serverOf(err)
	switch {
	case server.token != "":
		d, err = server.Decide(ctx, d)
	case err != nil:
		return err
	default:
		d, err = groups{store: store}.Decide(ctx, d)
		err = errors.Join(err, store.Close())
	}
	if err != nil {
		return err
	}
	if g.json {
		return writeJSON(g.out, d)
	}
	printDecision(g.toOut(), d)
	if len(d.Incidents) > 0 {
		say(g.toOut(), "the articles now stand in %s\n", strings.Join(d.Incidents, ", "))
	}
	return nil
}

func listDecisions(g *global) error {
	return g.withGroups(func(groups httpapi.Groups) error {
		list, err := groups.Decisions()
		if err != nil {
			return err
		}
		if g.json {
			return writeJSON(g.out, append([]httpapi.GroupDecision{}, list...))
		}
		for _, d := range list {
			printDecision(g.toOut(), d)
		}
		return nil
	})
}

func printDecision(w io.Writer, d httpapi.GroupDecision) {
	say(w, "%d %s", d.N, d.Act)
	switch d.Act {
	case "split":
		say(w, " %s: %s become %s", d.Incident, strings.Join(d.Articles, ", "), d.New)
	case "merge":
		say(w, " %s with %s", d.Incident, strings.Join(d.Others, ", "))
	case "pin":
		say(w, " %s to %s", strings.Join(d.Articles, ", "), d.Incident)
	case "undo":
		say(w, " decision %d", d.Undoes)
	}
	if d.Note != "" {
		say(w, " (%s)", d.Note)
	}
	fmt.Fprintln(w)
}
