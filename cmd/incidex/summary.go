package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"incidex/httpapi"
	"incidex/indexer"
	"incidex/indexer/reader"
)

// maxProblems is the number of skipped files that a summary lists, and of notes. Where
// there are more, kinds of them are listed instead.
const maxProblems = 20

// summaryJSON is what --json writes: the run as the server has it, and of a dry run
// what it would change.
type summaryJSON struct {
	httpapi.IndexRun
	DryRun  bool                `json:"dry_run,omitempty"`
	Changes []httpapi.RunChange `json:"changes,omitempty"`
}

// tell writes what a run did or, with --dry-run, would do.
func (g *global) tell(sum indexer.Summary, changes []httpapi.RunChange, o indexOptions) error {
	if g.json {
		out := summaryJSON{DryRun: o.dryRun, Changes: changes}
		out.State = "done"
		summarize(&out.IndexRun, sum)
		for _, p := range sum.Problems {
			out.Problems = append(out.Problems, httpapi.RunProblem{Path: p.Path, Line: p.Line, Reason: p.Reason, Kept: p.Kept})
		}
		enc := json.NewEncoder(g.out)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		return enc.Encode(out)
	}
	printSummary(g.toOut(), sum, o.verbose)
	if o.dryRun {
		printChanges(g.toOut(), changes, o.verbose)
	}
	return nil
}

func printSummary(w io.Writer, s indexer.Summary, verbose bool) {
	seconds := s.Elapsed.Seconds()
	say(w, "read       %d articles in %d files, %d of them opened\n", s.Read, s.Files, s.Opened)
	for _, f := range s.Formats {
		printFormat(w, f)
	}
	say(w, "indexed    %d (%d new, %d updated)\n", s.Indexed(), s.New, s.Updated)
	say(w, "unchanged  %d\n", s.Unchanged)
	say(w, "removed    %d\n", s.Removed)
	say(w, "skipped    %d\n", s.Skipped)
	if s.Partial > 0 {
		say(w, "in part    %d\n", s.Partial)
	}
	if s.Before > 0 {
		say(w, "as before  %d problems in unchanged files; --verify lists them again\n", s.Before)
	}
	if s.Foreign > 0 {
		say(w, "language   %d not in English: they are searched, and no facts are read from them\n", s.Foreign)
	}
	say(w, "incidents  %d changed\n", s.Incidents)
	say(w, "time       %.1f s, %.0f articles a second\n", seconds, float64(s.Indexed())/max(seconds, time.Millisecond.Seconds()))
	for i, p := range s.Notes {
		if i == maxProblems && !verbose {
			say(w, "  ... and %d more notes; incidex index --verbose lists them\n", len(s.Notes)-i)
			break
		}
		say(w, "  note    %s\n", p)
	}
	printProblems(w, s, verbose)
	if s.Indexed()+s.Removed == 0 {
		fmt.Fprintln(w, "nothing changed")
	}
	if s.Files+s.Skipped == 0 {
		say(w, "there is no file that could be read; these can: %s\n", strings.Join(reader.Formats(), " "))
	}
}

func printFormat(w io.Writer, f indexer.Format) {
	name := f.Name
	if name == "" {
		name = "(none)"
	}
	line := fmt.Sprintf("  %-8s %d articles in %d files", name, f.Articles, f.Files)
	if f.Skipped > 0 {
		line += fmt.Sprintf(", %d skipped", f.Skipped)
	}
	if f.Partial > 0 {
		line += fmt.Sprintf(", %d in part", f.Partial)
	}
	say(w, "%s\n", line)
}

// printProblems lists all problems where they are few or all are wanted, else how many
// there are of each kind. What is too much to list is in the kinds at least.
func printProblems(w io.Writer, s indexer.Summary, all bool) {
	met := s.Skipped + s.Partial
	if all || met <= maxProblems {
		for _, p := range s.Problems {
			say(w, "  %s %s\n", lostHow(p.Kept), p)
		}
	}
	if met <= maxProblems || all && met <= len(s.Problems) {
		return
	}
	for i, g := range s.Groups {
		if i == maxProblems && !all {
			say(w, "  ... and %d more kinds\n", len(s.Groups)-i)
			break
		}
		printGroup(w, g)
	}
	if !all {
		fmt.Fprintln(w, "  incidex index --verify --verbose lists them one by one, --json with all that is known of them")
	}
}

func printGroup(w io.Writer, g indexer.Group) {
	first := indexer.Problem{Path: g.Path, Line: g.Line, Reason: g.Kind}
	switch {
	case g.Count == 1:
		say(w, "  %s %s\n", lostHow(g.Kept), first)
	case g.In != "":
		say(w, "  %s %d × %s, in %s\n", lostHow(g.Kept), g.Count, g.Kind, g.In)
	default:
		say(w, "  %s %d × %s, the first in %s\n", lostHow(g.Kept), g.Count, g.Kind, g.Path)
	}
}

// lostHow says what a problem cost.
func lostHow(kept bool) string {
	if kept {
		return "in part"
	}
	return "skipped"
}
