package main

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"incidex/search/bleveindex"
	"incidex/search/facet"
)

type inspectOptions struct{ article bool }

func newInspect(g *global) *cobra.Command {
	var o inspectOptions
	c := &cobra.Command{
		Use:   "inspect WORD | inspect --article ID",
		Short: "Show what the index holds of a word or of an article",
		Long: `Inspect shows under which stem a word is found, which words share the stem, and how
many articles have each; or the values by which an article is filtered and counted, and
the lengths that its scores know. It does not work beside a server: inspect a backup.

` + exitCodes,
		Args: args(1, 1, "a word, or the id of an article"),
		RunE: func(c *cobra.Command, a []string) error { return runInspect(c.Context(), g, o, a[0]) },
	}
	c.Flags().BoolVar(&o.article, "article", false, "show an article by its id")
	return c
}

func runInspect(ctx context.Context, g *global, o inspectOptions, what string) (err error) {
	store, err := bleveindex.Open(g.data, bleveindex.Options{ReadOnly: true, Command: "inspect"})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	if o.article {
		found, err := store.Current().InspectArticle(ctx, what)
		if err != nil {
			return err
		}
		if g.json {
			return writeJSON(g.out, found)
		}
		say(g.toOut(), "%s\n%s\n", found.ID, found.Title)
		say(g.toOut(), "number %d of segment %d, %d words with the title's %d, %d claims\n", found.Number, found.Segment, found.BodyWords, found.TitleWords, found.Claims)
		for _, f := range found.Values {
			for i, v := range f.Values {
				if n, ok := facet.DecodeNumber(v); ok {
					f.Values[i] = strconv.FormatFloat(n, 'f', -1, 64)
				}
			}
			say(g.toOut(), "  %s: %s\n", f.Field, strings.Join(f.Values, ", "))
		}
		return nil
	}
	found, err := store.Current().InspectTerm(ctx, what)
	if err != nil {
		return err
	}
	if g.json {
		return writeJSON(g.out, found)
	}
	for _, t := range found {
		say(g.toOut(), "%s: stem %q in %d articles\n", t.Field, t.Stem, t.Articles)
		for _, w := range t.Words {
			say(g.toOut(), "  %-20s %6d articles %8d times  key %q\n", w.Word, w.Articles, w.Times, w.Key)
		}
	}
	return nil
}
