package main

import (
	"context"
	"fmt"
	"path/filepath"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"incidex/search"
	"incidex/search/alert"
	"incidex/search/bleveindex"
)

func newAlert(g *global) *cobra.Command {
	c := &cobra.Command{
		Use:   "alert",
		Short: "Tell others of new articles that a search finds",
		Long: `Alert keeps searches in the data folder. Every article that a run of the index adds or
changes is matched with them, under serve --watch as well: all words of a query must be
in it. What is found is posted as JSON to an address, or appended to a file as a line of
JSON: with id, alert, query, generation, time, and articles. Each of these has its change,
added or changed, and what a line of export --format ndjson has: its id, title, incident,
source and facts with their evidence.

Messages to an address are signed as Standard Webhooks has it (standardwebhooks.com):
webhook-signature is v1, and the HMAC-SHA256, under the secret, of webhook-id,
webhook-timestamp and the body with periods between them. A message that is not answered
with a status from 200 to 299 is tried again for three days, with longer and longer
pauses. No redirect is followed, and only public addresses are reached unless --private
allows others.

An article is matched once, whenever the program is killed. A message is written to a file
once; to an address it is sent again only where its answer was lost, with the same
webhook-id.

` + exitCodes,
	}
	c.AddCommand(newAlertAdd(g), newAlertList(g), newAlertRemove(g), newAlertTest(g))
	return c
}

func newAlertAdd(g *global) *cobra.Command {
	var to string
	var private bool
	c := &cobra.Command{
		Use:   "add NAME QUERY --to ADDRESS",
		Short: "Keep a search, and say where its articles are told",
		Long:  "Add keeps a search. It prints the secret that messages to an address are signed with.\n\n" + exitCodes,
		Example: `  incidex alert add hospitals 'sector:health ransomware' --to https://example.org/hook
  incidex alert add luxury 'sector:retail luxury' --to luxury.jsonl`,
		Args: args(2, 2, "a name and a query"),
		RunE: func(_ *cobra.Command, a []string) error { return runAlertAdd(g, a[0], a[1], to, private) },
	}
	c.Flags().StringVar(&to, "to", "", "address that begins with https:// or http://, or a file")
	c.Flags().BoolVar(&private, "private", false, "allow addresses that are not public, such as this machine's own")
	if err := c.MarkFlagRequired("to"); err != nil {
		panic(err) // it is defined above
	}
	return c
}

func runAlertAdd(g *global, name, query, to string, private bool) error {
	if !bleveindex.HasIndex(g.data) {
		return fmt.Errorf("%w in %s", bleveindex.ErrNoIndex, g.data)
	}
	if !(alert.Alert{To: to}).URL() {
		abs, err := filepath.Abs(to)
		if err != nil {
			return err
		}
		if _, err := existingPath(filepath.Dir(abs)); err != nil {
			return err
		}
		to = abs
	}
	a, err := alert.New(name, query, to, private, time.Now())
	if err != nil {
		return err
	}
	if err := alert.In(g.data).Add(a); err != nil {
		return err
	}
	if g.json {
		return writeJSON(g.out, a)
	}
	say(g.toOut(), "alert %s tells %s of new articles\n", a.Name, a.To)
	if a.Secret != "" {
		say(g.toOut(), "secret %s\n", a.Secret)
	}
	return nil
}

func newAlertList(g *global) *cobra.Command {
	c := &cobra.Command{
		Use:   "list",
		Short: "List the alerts, and what waits of them",
		Long:  "List prints every alert with where it tells, and what could not be told. It shows no secrets.\n\n" + exitCodes,
		Args:  args(0, 0, "no arguments"),
		RunE: func(*cobra.Command, []string) error {
			all, err := alert.In(g.data).List()
			if err != nil {
				return err
			}
			for i := range all {
				all[i].Secret = ""
			}
			if g.json {
				return writeJSON(g.out, append([]alert.Alert{}, all...))
			}
			t := tabwriter.NewWriter(g.toOut(), 0, 4, 2, ' ', 0)
			for _, a := range all {
				say(t, "%s\t%s\t%s\t%d waiting\t%d lost\t%s\n", a.Name, a.Query, a.To, a.Waiting, a.Lost, a.Problem)
			}
			return t.Flush()
		},
	}
	return c
}

func newAlertRemove(g *global) *cobra.Command {
	return &cobra.Command{
		Use:   "remove NAME",
		Short: "Forget an alert and what waits of it",
		Long:  "Remove forgets an alert, and messages of it that were not delivered yet.\n\n" + exitCodes,
		Args:  args(1, 1, "the name of an alert"),
		RunE: func(_ *cobra.Command, a []string) error {
			if err := alert.In(g.data).Remove(a[0]); err != nil || !g.json {
				return err
			}
			return writeJSON(g.out, removed{a[0]})
		},
	}
}

func newAlertTest(g *global) *cobra.Command {
	return &cobra.Command{
		Use:   "test NAME",
		Short: "Send a message without articles now, and say how many articles the search finds",
		Long:  "Test says how many articles of the index the search finds, and sends a message without articles that says that it is a test.\n\n" + exitCodes,
		Args:  args(1, 1, "the name of an alert"),
		RunE:  func(c *cobra.Command, a []string) error { return runAlertTest(c.Context(), g, a[0]) },
	}
}

// alertTested is what alert test writes in JSON.
type alertTested struct {
	// Articles are those that the search finds today.
	Articles int `json:"articles"`
	// Delivered is where the message was delivered to.
	Delivered string `json:"delivered_to"`
}

func runAlertTest(ctx context.Context, g *global, name string) error {
	a, err := alert.In(g.data).Get(name)
	if err != nil {
		return err
	}
	found := 0
	err = g.withEngine(func(e engine) error {
		res, err := e.Search(ctx, search.Request{Query: a.Query, Match: search.WantAll, PerPage: 1, Facets: []search.FacetRequest{}})
		if err == nil {
			found = res.Total
		}
		if err == nil && !g.json {
			say(g.toOut(), "the search finds %d articles of the index today\n", res.Total)
		}
		return err
	})
	if err != nil {
		return err
	}
	if err := alert.Test(ctx, a, time.Now()); err != nil {
		return fmt.Errorf("the message was not delivered: %w", err)
	}
	if g.json {
		return writeJSON(g.out, alertTested{found, a.To})
	}
	say(g.toOut(), "a message was delivered to %s\n", a.To)
	return nil
}
