package web

import (
	"cmp"
	"io"
	"slices"
	"time"
)

// StatusPage is the state of the index and what was done to it.
type StatusPage struct {
	Frame
	// Version is that of the program.
	Version             string
	Articles, Incidents int
	// Runs are the index runs since the start of the program, newest first.
	Runs []Run
}

// Run is an index run. Its paths are fit to be shown: none tells where on the
// machine a folder is.
type Run struct {
	ID      int
	State   string // running, done or failed
	Paths   []string
	Started time.Time
	// Seconds is how long it took, 0 while it runs.
	Seconds float64
	Error   string
	// Bytes are read of TotalBytes.
	Bytes, TotalBytes                             int64
	Files, Read, New, Updated, Unchanged, Removed int
	Incidents                                     int
	// Problems are in the order in which they were met; More is how many others there were.
	Problems []RunProblem
	More     int
	// Formats say what became of the files of each format.
	Formats []RunFormat
}

// RunFormat counts what a run found in one format.
type RunFormat struct {
	Name                              string // the extension, "" for none
	Files, Articles, Skipped, Partial int
}

// Met is the number of problems.
func (r Run) Met() int { return len(r.Problems) + r.More }

// RunProblem is something that a run could not read.
type RunProblem struct {
	Path   string
	Line   int // from 1, 0 for the whole file
	Reason string
	// Kept says that the article was read all the same, without the bad part.
	Kept bool
}

type statusView struct {
	StatusPage
	Live bool
	Runs []runView
}

type runView struct {
	Run
	Done float64 // percent, while it runs
	// Files are the files with problems, Hidden the number of those not shown.
	Bad    []badFile
	Hidden int
}

type badFile struct {
	Path     string
	Problems []RunProblem
}

// maxBadFiles is the most files with problems that the page shows of a run.
const maxBadFiles = 100

// Status writes the status page.
func (p *Pages) Status(w io.Writer, v StatusPage) error {
	view := statusView{StatusPage: v}
	for _, r := range v.Runs {
		x := runView{Run: r}
		if r.Running() {
			view.Live = true
			if r.TotalBytes > 0 {
				x.Done = percent(float64(r.Bytes) / float64(r.TotalBytes))
			}
		}
		x.Bad = badFiles(r.Problems)
		if n := len(x.Bad); n > maxBadFiles {
			x.Bad, x.Hidden = x.Bad[:maxBadFiles], n-maxBadFiles
		}
		view.Runs = append(view.Runs, x)
	}
	return p.render(w, "status", chrome{Frame: v.Frame, Heading: "Status", Here: State.StatusURL, Page: view})
}

// badFiles puts problems under their files, in the order of paths.
func badFiles(problems []RunProblem) []badFile {
	sorted := slices.SortedStableFunc(slices.Values(problems), func(a, b RunProblem) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Line, b.Line))
	})
	var out []badFile
	for _, p := range sorted {
		if n := len(out); n == 0 || out[n-1].Path != p.Path {
			out = append(out, badFile{Path: p.Path})
		}
		last := &out[len(out)-1]
		last.Problems = append(last.Problems, p)
	}
	return out
}

// Running says that the run is not done.
func (r Run) Running() bool { return r.State == "running" }

// Clock is when the run began.
func (r Run) Clock() string { return r.Started.UTC().Format("2 Jan 2006, 15:04:05 UTC") }

// Took says how long the run took.
func (r Run) Took() string {
	switch {
	case r.Seconds < 1:
		return "under a second"
	case r.Seconds < 60:
		return FullNumber(float64(int(r.Seconds*10))/10) + " s"
	case r.Seconds < 3600:
		return plural(int(r.Seconds/60+0.5), "minute", "minutes")
	}
	return FullNumber(float64(int(r.Seconds/360))/10) + " hours"
}
