package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"

	"incidex/data"
	"incidex/httpapi"
	"incidex/indexer/extract"
	"incidex/indexer/reader"
)

func newExtract(g *global) *cobra.Command {
	explain, allow := false, false
	c := &cobra.Command{
		Use:   "extract [FILE...]",
		Short: "Write what articles say about incidents, without an index",
		Long: `Extract reads articles from files, or as JSON Lines from standard input, and
writes one line of JSON an article, in their order: its id and its incidents with
all claims and their evidence. Offsets are bytes of the article's text.

With --explain it writes the text of each article instead, with its evidence in
numbered brackets, and below it the claims with status, confidence and rule.

` + exitCodes,
		RunE: func(c *cobra.Command, files []string) error {
			if explain && g.json {
				return usageError{errors.New("--explain writes text: leave out --json")}
			}
			return runExtract(c.Context(), g, files, explain, allow)
		},
	}
	c.Flags().BoolVar(&explain, "explain", false, "write the text with numbered evidence, and each claim with its rule")
	c.Flags().BoolVar(&allow, "allow-skipped", false, allowSkipped)
	return c
}

func runExtract(ctx context.Context, g *global, files []string, explain, allow bool) error {
	x := extract.New()
	out := bufio.NewWriter(g.out)
	enc := json.NewEncoder(&terminal{w: out, json: true})
	enc.SetEscapeHTML(false)
	skipped := 0
	read := func(name string, in io.Reader) error {
		for item, err := range reader.Read(ctx, name, in, reader.Options{Now: time.Now()}) {
			if err := ctx.Err(); err != nil {
				return err
			}
			var problem *reader.Problem
			if errors.As(err, &problem) && problem.Kept {
				how := "in part"
				if problem.Note {
					how = "note"
				}
				say(g.toErr(), "%s %v\n", how, err)
				continue // the article itself follows
			}
			if err != nil {
				skipped++
				say(g.toErr(), "skipped %v\n", err)
				continue
			}
			if explain {
				if err := x.Explain(&terminal{w: out}, &item.Article); err != nil {
					return fmt.Errorf("write claims: %w", err)
				}
				continue
			}
			d := data.Document{Article: item.Article, Mentions: x.Extract(&item.Article)}
			if err := enc.Encode(httpapi.ClaimsOf(&d)); err != nil {
				return fmt.Errorf("write claims: %w", err)
			}
		}
		return nil
	}
	var err error
	if len(files) == 0 {
		err = read("stdin.jsonl", g.in)
	}
	for _, name := range files {
		if err == nil {
			err = readFile(name, read)
		}
	}
	if err = errors.Join(err, out.Flush()); err != nil {
		return err
	}
	if skipped > 0 && !allow {
		return skippedError(skipped)
	}
	return nil
}

func readFile(name string, read func(string, io.Reader) error) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	return read(name, f)
}
