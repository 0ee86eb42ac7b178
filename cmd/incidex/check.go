package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"incidex/indexer"
	"incidex/search/bleveindex"
)

type checkOptions struct{ deep, repair bool }

// errFaulty says that an index has faults, which were printed.
var errFaulty = errors.New("the index is not whole")

func newCheck(g *global) *cobra.Command {
	var o checkOptions
	c := &cobra.Command{
		Use:   "check",
		Short: "Say whether the index is whole",
		Long: `Check reads the whole index: the sums of its files, every article with its quotes,
incidents and articles that name each other, a recount of all values, and whether
articles are found by their words. It prints what is wrong and what to do, and then
exits with 5. It changes nothing without --repair, and does not work beside a server:
check a backup instead.

` + exitCodes,
		Args: args(0, 0, "no arguments"),
		RunE: func(c *cobra.Command, _ []string) error { return runCheck(c.Context(), g, o) },
	}
	c.Flags().BoolVar(&o.deep, "deep", false, "look for words of every article, and into older generations")
	c.Flags().BoolVar(&o.repair, "repair", false, "use the newest whole generation from now on, and remove what was cut off")
	return c
}

// checkReport is what check found, in JSON.
type checkReport struct {
	*bleveindex.Report
	// Damaged is what is wrong with the current generation, where an older one was checked.
	Damaged string `json:"damaged,omitempty"`
	// Older are generations beside that one that are not whole.
	Older []bleveindex.Fault `json:"older,omitempty"`
	// Left are what runs that were cut off have left.
	Left     []string `json:"left,omitempty"`
	Repaired bool     `json:"repaired,omitempty"`
}

func runCheck(ctx context.Context, g *global, o checkOptions) (err error) {
	store, err := bleveindex.Open(g.data, bleveindex.Options{ReadOnly: !o.repair, Verify: true, Command: "check"})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	var r checkReport
	if store.Damaged != nil {
		r.Damaged = store.Damaged.Error()
	}
	if r.Left, err = store.Left(); err != nil {
		return err
	}
	if o.repair {
		if err := errors.Join(store.Settle(), store.RemoveUnfinished()); err != nil {
			return err
		}
		r.Repaired = r.Damaged != "" || len(r.Left) > 0
	}
	if r.Report, err = store.Current().Check(ctx, o.deep); err != nil {
		return err
	}
	if _, err := indexer.JournalIn(store.Dir()).Entries(); err != nil {
		r.Total++
		r.Faults = append(r.Faults, bleveindex.Fault{What: "file", ID: indexer.JournalIn(store.Dir()).Path, Why: err.Error()})
	}
	if o.deep {
		if r.Older, err = store.CheckOlder(); err != nil {
			return err
		}
	}
	if g.json {
		err = writeJSON(g.out, r)
	} else {
		g.printCheck(r)
	}
	if faults := r.Total + len(r.Older); err == nil && (faults > 0 || r.Damaged != "" && !r.Repaired) {
		err = fmt.Errorf("%w: %s", errFaulty, r.advice())
	}
	return err
}

func (g *global) printCheck(r checkReport) {
	out := g.toOut()
	say(out, "checked    %s: %d files, %d articles, %d incidents, %d quotes, %d values, %d words\n", r.Generation, r.Segments, r.Articles, r.Incidents, r.Quotes, r.Values, r.Words)
	if r.Damaged != "" {
		say(out, "damaged    %s\n", r.Damaged)
	}
	for _, name := range r.Left {
		say(out, "left       %s by a run that was cut off; the next run removes it\n", name)
	}
	for _, f := range append(r.Faults, r.Older...) {
		say(out, "wrong      %s %s: %s\n", f.What, f.ID, f.Why)
	}
	if more := r.Total - len(r.Faults); more > 0 {
		say(out, "wrong      and %d more\n", more)
	}
	if r.Repaired {
		say(out, "repaired   %s is used from now on, and what was cut off is gone\n", r.Generation)
	}
	if r.Total+len(r.Older) == 0 && r.Damaged == "" {
		say(out, "all is well\n")
	}
}

// advice is what to do about what is wrong.
func (r checkReport) advice() string {
	switch {
	case r.Total > 0:
		return "index the articles again with incidex index --rebuild FOLDER, or go back to an older generation with incidex generations use NAME"
	case r.Damaged != "":
		return "incidex check --repair uses the older generation from now on; incidex index --rebuild FOLDER makes a new one"
	}
	return "older generations are damaged: incidex generations remove NAME removes one"
}
