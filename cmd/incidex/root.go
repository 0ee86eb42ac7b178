package main

import (
	"context"
	"errors"
	"fmt"
	"io"

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
	// handed says that a person was told that a server does the work.
	handed bool
}

// toOut and toErr are out and err for text that a person reads on a terminal.
func (g *global) toOut() io.Writer { return &terminal{w: g.out} }

func (g *global) toErr() io.Writer { return &terminal{w: g.err} }

const defaultData = "incidex-data"

// run runs a command line and returns the exit code.
func run(ctx context.Context, args []string, std streams) int {
	root := newRoot(std)
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	if err != nil && !errors.Is(err, errQuiet) {
		say(&terminal{w: std.err}, "incidex: %s\n", message(err))
	}
	return exitCode(ctx, err)
}

func newRoot(std streams) *cobra.Command {
	g := &global{streams: std}
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
	}
	root.SetIn(std.in)
	root.SetOut(std.out)
	root.SetErr(std.err)
	root.PersistentFlags().StringVar(&g.data, "data", defaultData, "folder of the index")
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return usageError{fmt.Errorf("%w; see %s --help", err, c.CommandPath())}
	})
	root.AddCommand(
		newIndex(g), newWatch(g), newServe(g), newSearch(g), newCompare(g), newExtract(g), newExport(g), newFeed(g), newAlert(g), newSchema(g), newGroup(g), newExplain(g), newGenerations(g), newBackup(g), newCheck(g), newInspect(g), newDoctor(g), newVersion(g),
	)
	return root
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
