package indexer

import (
	"context"
	"io/fs"
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
	// Command extracts claims beside the Extractor; nil means none. Articles that are
	// unchanged keep the claims of a command before.
	Command *Command
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

// Run brings the index up to date with the files below the paths: new and changed
// articles are written, and those whose file is gone are removed. What could not
// be read is listed in the summary; an error means that the run stopped, with
// everything written so far kept. A canceled ctx finishes the batch.
func (x *Indexer) Run(ctx context.Context, o Options) (Summary, error) {
	start := time.Now()
	defer spendMemory()()
	r := &run{Indexer: x, now: start, options: o, ctx: ctx, applied: make(chan error, 1), room: newBudget(queueBytes), gone: map[string]bool{}}
	r.version = extract.Version
	if o.Command != nil {
		r.version += commandMark + o.Command.version()
	}
	err := r.run()
	if r.place != nil {
		r.place.spill.close()
	}
	r.sum.done()
	r.sum.Elapsed = time.Since(start)
	return r.sum, err
}
