package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/spf13/cobra"
)

// streams are where a command reads and writes.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

// global holds what every command knows.
type global struct {
	streams
	data string
	// json says that answers and errors are written as JSON.
	json bool
	// handed says that a person was told that a server does the work.
	handed bool
}

// toOut and toErr are out and err for text that a person reads on a terminal.
func (g *global) toOut() io.Writer { return &terminal{w: g.out} }

func (g *global) toErr() io.Writer { return &terminal{w: g.err} }

const defaultData = "incidex-data"

// run runs a command line and returns the exit code.
func run(ctx context.Context, args []string, std streams) int {
	g := &global{streams: std}
	root := newRoot(g)
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	code := exitCode(ctx, err)
	switch {
	case err == nil:
	case g.json || slices.Contains(args, "--json"): // what is behind a mistake was not read
		if err := writeJSON(std.err, failure{message(err), code}); err != nil {
			return exitFailure
		}
	default:
		say(&terminal{w: std.err}, "incidex: %s\n", message(err))
	}
	return code
}

func newRoot(g *global) *cobra.Command {
	showVersion := false
	root := &cobra.Command{
		Use:   "incidex",
		Short: "Search articles about cyber incidents and compare incidents",
		Long: `incidex indexes folders of articles about data breaches and cyber incidents,
searches them by word and facet, and lays incidents side by side, with every
value tied to the sentence that it came from.

  incidex serve                 search the sample articles in the browser
  incidex index FOLDER          index your own articles
  incidex search QUERY          search from the command line

` + exitCodes,
		SilenceUsage:  true,
		SilenceErrors: true,
		PersistentPreRunE: func(c *cobra.Command, _ []string) error {
			if err := errors.Join(c.ValidateRequiredFlags(), c.ValidateFlagGroups()); err != nil {
				return usageError{fmt.Errorf("%w; see %s --help", err, c.CommandPath())}
			}
			return nil
		},
	}
	root.SetIn(g.in)
	root.SetOut(g.out)
	root.SetErr(g.err)
	root.Flags().BoolVar(&showVersion, "version", false, "print the version")
	root.PersistentFlags().BoolVar(&g.json, "json", false, "write JSON, also of errors")
	root.PersistentFlags().StringVar(&g.data, "data", defaultData, "folder of the index")
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return usageError{fmt.Errorf("%w; see %s --help", err, c.CommandPath())}
	})
	root.AddCommand(
		newIndex(g), newWatch(g), newServe(g), newSearch(g), newCompare(g), newExtract(g), newExport(g), newFeed(g), newAlert(g), newSchema(g), newGroup(g), newExplain(g), newGenerations(g), newBackup(g), newCheck(g), newInspect(g), newDoctor(g), newVersion(g),
	)
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	for _, c := range append(root.Commands(), root) {
		switch {
		case c.HasSubCommands():
			wantCommand(c)
		case c.Name() == "help":
			c.Args = func(_ *cobra.Command, a []string) error {
				if found, rest, _ := root.Find(a); len(rest) > 0 {
					return unknown(found, rest)
				}
				return nil
			}
		}
	}
	help := root.RunE
	root.RunE = func(c *cobra.Command, a []string) error {
		if showVersion {
			return runVersion(g)
		}
		return help(c, a)
	}
	return root
}

// wantCommand has a command that does nothing by itself show its help, and refuse names
// that none of its commands has.
func wantCommand(c *cobra.Command) {
	c.Args = cobra.ArbitraryArgs
	c.RunE = func(c *cobra.Command, a []string) error {
		if len(a) == 0 {
			return c.Help()
		}
		return unknown(c, a)
	}
}

// unknown is the mistake of a name that no command of c has.
func unknown(c *cobra.Command, a []string) error {
	near := ""
	if c.SuggestionsMinimumDistance = 2; len(c.SuggestionsFor(a[0])) > 0 {
		near = ": did you mean " + c.SuggestionsFor(a[0])[0] + "?"
	}
	return usageError{fmt.Errorf("unknown command %q of %s%s; see %s --help", a[0], c.CommandPath(), near, c.CommandPath())}
}

// args checks the number of arguments; max < 0 means any number.
func args(min, max int, what string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) < min || max >= 0 && len(args) > max {
			return usageError{fmt.Errorf("%s wants %s; see %s --help", c.CommandPath(), what, c.CommandPath())}
		}
		return nil
	}
}
