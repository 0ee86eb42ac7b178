package indexer

import (
	"context"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"incidex/indexer/extract"
	"incidex/indexer/group"
	"incidex/indexer/reader"
)

// Limits of a run.
const (
	// batchArticles is the most articles in a batch. Larger batches share more words,
	// and there is less to merge; this one takes about 200 MB while it is written.
	batchArticles = 2000
	// batchBytes is the most text in a batch, unless one article has more.
	batchBytes = 16 << 20
	// queue is the number of articles between two stages, a batch so that extraction
	// goes on while one is written, and queueBytes the most text in all of them, unless
	// one article has more.
	queue      = batchArticles
	queueBytes = 64 << 20
	// maxProblems is the most problems of a run that are listed; all are counted.
	maxProblems = 10_000
)

// Indexer brings articles into an index.
type Indexer struct {
	Sink      Sink
	Extractor *extract.Extractor
	// Rulings are a person's decisions on incidents; nil means none.
	Rulings *group.Rulings

	// batch is the most articles in a batch; 0 means batchArticles.
	batch int
}

// Options of a run.
type Options struct {
	// Paths are files and folders.
	Paths []string
	// Within are more folders into which links below Paths may lead.
	Within []string
	// FS holds more files, which the index knows by their names behind Prefix; nil for none.
	FS     fs.FS
	Prefix string
	// Forget reports whether a file that the index knows is to be dropped, although
	// it does not lie below Paths; nil means never.
	Forget func(path string) bool
	Reader reader.Options
	// Keys are the names of keys with which files were read into an index before this
	// one, as data.File has them, by path.
	Keys map[string][]string
	// Verify reads every file, whether or not its size and time of change are those
	// that the index knows.
	Verify bool
	// Progress is called now and then, from one goroutine; nil means never.
	Progress func(Progress)

	patience int // see known; 0 means by the size of the index
	unpacked int // incidents kept ready to compare; 0 means maxUnpacked
}

// Progress says how far a run is.
type Progress struct {
	// Bytes and Total are of the files that have to be read.
	Bytes, Total int64
	// Articles were read so far.
	Articles int
	// Skipped, Partial and Problems are those of Summary so far, in the order in which
	// they were met.
	Skipped, Partial int
	Problems         []Problem
}

// Summary says what a run did.
type Summary struct {
	// Files were found; Opened of them had to be read.
	Files, Opened int
	// Articles that were read or known to be unchanged.
	Read int
	// New, Updated, Unchanged and Removed articles.
	New, Updated, Unchanged, Removed int
	// Skipped problems cost an article or a file, Partial ones a part of an article.
	Skipped, Partial int
	// Problems are the first maxProblems of both, by path and line.
	Problems []Problem
	// Before counts the problems of files that are unchanged since a run that listed them.
	Before int
	// Foreign articles, of those written, are in a language that extraction does not
	// read: they are searched, and claim nothing.
	Foreign int
	// Incidents that the run started, changed or ended.
	Incidents int
	Elapsed   time.Duration
}

// Indexed is the number of articles that were written.
func (s Summary) Indexed() int { return s.New + s.Updated }

func (s *Summary) problem(p Problem) {
	if p.Kept {
		s.Partial++
	} else {
		s.Skipped++
	}
	if len(s.Problems) < maxProblems {
		s.Problems = append(s.Problems, p)
	}
}

// Problem is something that was skipped. Nothing else suffers from it.
type Problem struct {
	Path string
	// Line is the 1-based line or member, 0 for the whole file.
	Line   int
	Reason string
	// Kept says that the article was read all the same, without the bad part.
	Kept bool
}

func (p Problem) String() string {
	if p.Line > 0 {
		return fmt.Sprintf("%s:%d: %s", p.Path, p.Line, p.Reason)
	}
	return p.Path + ": " + p.Reason
}

// Run brings the index up to date with the files below the paths: new and changed
// articles are written, and those whose file is gone are removed. What could not
// be read is listed in the summary; an error means that the run stopped, with
// everything written so far kept. A canceled ctx finishes the batch.
func (x *Indexer) Run(ctx context.Context, o Options) (Summary, error) {
	start := time.Now()
	defer spendMemory()()
	r := &run{Indexer: x, options: o, ctx: ctx, applied: make(chan error, 1), room: newBudget(queueBytes), gone: map[string]bool{}}
	err := r.run()
	if r.place != nil {
		r.place.spill.close()
	}
	slices.SortStableFunc(r.sum.Problems, func(a, b Problem) int {
		if a.Path != b.Path {
			return strings.Compare(a.Path, b.Path)
		}
		return a.Line - b.Line
	})
	r.sum.Elapsed = time.Since(start)
	return r.sum, err
}
