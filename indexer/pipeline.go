package indexer

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"incidex/data"
	"incidex/indexer/reader"
)

// run is the state of a run. Only the goroutine of Run changes it.
type run struct {
	*Indexer
	options  Options
	ctx      context.Context // of the run; its end finishes the batch
	now      time.Time
	place    *placer
	sum      Summary
	progress Progress
	applied  chan error // one value for each batch that was sent
	inFlight bool
	room     *budget
	bytes    atomic.Int64 // of the files that have to be read, so far
	// gone are known files that are no longer there.
	gone map[string]bool
	// version names the rules and the command that extract; see current.
	version string
	asker   *asker // of the command; nil for none
	// unanswered says that the command gave no answer for an article of the file that is
	// being taken.
	unanswered bool
}

// work is one article on its way, or the end of a file.
type work struct {
	file found
	err  error
	// doc is nil for an article that the index has as it is.
	doc    *data.Document
	signed signed
	// asked is what the command is to answer; nil for nothing.
	asked *question
	// foreign says that extraction does not read the language of doc.
	foreign bool
	// ready is closed when doc is extracted and signed; nil when there is nothing to wait for.
	ready chan struct{}
	// end is set on the last piece of work of a file.
	end *fileEnd
}

// fileEnd closes a file.
type fileEnd struct {
	hash     string
	articles int
	problems int
	keys     []string // see data.File
	// unchanged says that the articles were not read, as the hash is the one that is known.
	unchanged bool
	// lost are the ids of the articles that the file held before and no longer holds.
	lost []string
	// failed says that the file could not be read to its end: it stays unfinished.
	failed bool
}

func (r *run) run() error {
	walked, err := walk(r.options.Paths, r.options.Within)
	if err != nil {
		return err
	}
	files := walked.files
	if r.options.FS != nil {
		more, err := walkFS(r.options.FS, r.options.Prefix)
		if err != nil {
			return err
		}
		files = append(files, more...)
	}
	r.sum.Files = len(files)
	for _, f := range files {
		r.sum.found(f.path)
	}
	for _, p := range walked.problems {
		kind := p.Reason
		if kind == unknownFormat {
			kind = unsupported(p.Path)
		}
		r.sum.problem(p, kind, "")
	}
	known, err := r.Sink.Files(r.ctx)
	if err != nil {
		return err
	}
	byPath := make(map[string]*data.File, len(known))
	articles := 0
	for _, f := range known {
		byPath[f.Path] = f
		articles += f.Articles
	}
	fresh := len(known) == 0 && r.empty()
	if _, err := r.Follow(r.ctx); err != nil {
		return err
	}
	r.place = newPlacer(r.Sink, r.Rulings, fresh)
	r.place.patience = cmp.Or(r.options.patience, articles/lookedShare, lookedUnknown)
	if r.options.unpacked > 0 {
		r.place.most = r.options.unpacked
	}
	var open []found
	for _, f := range files {
		k := byPath[f.path]
		if f.same(k) && r.sameKeys(k) && !r.options.Verify {
			if r.current(k.Extractor) {
				r.sum.Before += k.Problems
				r.sum.Unchanged += k.Articles
				r.sum.read(f.path, k.Articles)
				delete(byPath, f.path)
			}
			continue
		}
		f.known, f.keys = k, r.options.Keys[f.path]
		if k != nil {
			f.keys = k.Keys
		}
		f.doubtful = k != nil && k.Size == f.size && r.current(k.Extractor) && r.sameKeys(k) && len(f.sidecars) == 0 && !r.options.Verify
		open = append(open, f)
		r.progress.Total += f.size
		delete(byPath, f.path)
	}
	r.sum.Opened = len(open)
	present := make(map[string]bool, len(files))
	for _, f := range files {
		present[f.path] = true
	}
	var gone []string
	for _, path := range slices.Sorted(maps.Keys(byPath)) {
		switch k := byPath[path]; {
		case !present[path] && !under(path, walked.unseen) && (under(path, r.options.Paths) || r.options.Forget != nil && r.options.Forget(path)):
			r.gone[path] = true
			gone = append(gone, path)
		case !r.current(k.Extractor):
			open = append(open, found{path: path, size: k.Size, modTime: k.ModTime, known: k, stored: true})
			r.progress.Total += k.Size
		}
	}
	if err := r.pipeline(open); err != nil {
		return err
	}
	// Last, so that a file that was only moved keeps its articles.
	for _, path := range gone {
		if err := r.forget(path); err != nil {
			return err
		}
	}
	r.missCommand(known)
	if err := r.flush(); err != nil {
		return err
	}
	return r.wait()
}

// empty reports whether the index holds no article of a run that was cut off.
func (r *run) empty() bool {
	e, ok := r.Sink.(interface{ Empty() bool })
	return ok && e.Empty()
}

// pipeline reads and extracts ahead, and places and writes in order.
func (r *run) pipeline(files []found) error {
	ctx, stop := context.WithCancel(r.ctx)
	defer stop()
	ordered := make(chan *work, queue)
	extracting := make(chan *work, queue)
	if r.options.Command != nil && len(files) > 0 {
		var err error
		if r.asker, err = r.options.Command.start(ctx); err != nil {
			return err
		}
		defer r.tellCommand()
	}
	go r.read(ctx, files, ordered, extracting)
	var extractors sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		extractors.Go(func() {
			for w := range extracting {
				r.extract(w)
				close(w.ready)
			}
		})
	}
	if r.asker != nil {
		go func() {
			extractors.Wait()
			r.asker.end()
		}()
	}
	var err error
	for w := range ordered {
		if err != nil || r.ctx.Err() != nil { // drain
			if w.doc != nil {
				r.room.give(len(w.doc.Text))
			}
			continue
		}
		if w.ready != nil {
			<-w.ready
		}
		if w.asked != nil {
			r.answer(ctx, w)
		}
		if w.doc != nil {
			r.room.give(len(w.doc.Text))
		}
		if err = r.take(w); err != nil {
			stop()
		}
	}
	if err == nil {
		err = r.flush()
	}
	if e := r.wait(); err == nil {
		err = e
	}
	if err == nil {
		err = r.ctx.Err()
	}
	return err
}

// take brings one piece of work into the next batch.
func (r *run) take(w *work) error {
	ctx := context.WithoutCancel(r.ctx)
	switch {
	case w.end != nil:
		for _, id := range w.end.lost {
			if err := r.drop(ctx, id, w.file.path); err != nil {
				return err
			}
		}
		version := r.fileVersion(w)
		if !w.end.failed {
			r.place.files = append(r.place.files, &data.File{
				Path: w.file.path, Size: w.file.size, ModTime: w.file.modTime, Hash: w.end.hash,
				Articles: w.end.articles, Extractor: version, Keys: w.end.keys, Problems: w.end.problems,
			})
		}
		if w.end.unchanged {
			r.sum.read(w.file.path, w.end.articles)
			r.sum.Unchanged += w.end.articles
			r.sum.Before += w.end.problems
		}
	case w.err != nil:
		r.problem(w.file.path, w.err)
	default:
		r.sum.read(w.file.path, 1)
		r.progress.Articles++
		if err := r.article(ctx, w); err != nil {
			return err
		}
	}
	if r.options.Progress != nil {
		r.progress.Bytes = r.bytes.Load()
		r.progress.Skipped, r.progress.Partial, r.progress.Problems = r.sum.Skipped, r.sum.Partial, r.sum.Problems
		r.options.Progress(r.progress)
	}
	if r.place.size() >= cmp.Or(r.batch, batchArticles) || r.place.bytes >= batchBytes {
		return r.flush()
	}
	return nil
}

// article writes an article unless the index has it already.
func (r *run) article(ctx context.Context, w *work) error {
	if w.doc == nil {
		r.sum.Unchanged++
		return nil
	}
	known, err := r.place.article(ctx, w.doc.ID)
	if err != nil {
		return err
	}
	if known != nil && known.Hash != w.doc.Hash && r.elsewhere(known, w.file.path) {
		// Another file uses the id for another text: both are kept.
		w.doc.ID = derivedID(w.doc.ID, w.doc.Hash)
		w.signed = sign(w.doc)
		if known, err = r.place.article(ctx, w.doc.ID); err != nil {
			return err
		}
	}
	if known != nil && known.Hash == w.doc.Hash && (known.Extractor == w.doc.Extractor || r.current(known.Extractor)) {
		r.sum.Unchanged++
		here := w.doc.Locations[0]
		if slices.Contains(known.Locations, here) {
			return nil
		}
		copied := cloneMentions(known)
		copied.Locations = sortedLocations(append(slices.Clone(known.Locations), here))
		r.place.write(copied)
		return nil
	}
	if known == nil {
		r.sum.New++
	} else {
		r.sum.Updated++
		for _, l := range known.Locations {
			if l.Path != w.file.path && !r.gone[l.Path] {
				w.doc.Locations = append(w.doc.Locations, l)
			}
		}
		w.doc.Locations = sortedLocations(w.doc.Locations)
	}
	if w.foreign {
		r.sum.Foreign++
	}
	return r.place.put(ctx, w.doc, w.signed, known)
}

func (r *run) problem(path string, err error) {
	p := Problem{Path: path, Reason: reason(err)}
	kind, in := p.Reason, ""
	var rp *reader.Problem
	if errors.As(err, &rp) {
		p.Line, p.Reason, p.Kept = rp.Line, rp.Reason, rp.Kept
		kind = p.Reason
		if p.Line > 0 {
			in = path
		}
		if member, ok := strings.CutPrefix(rp.Name, path+"/"); ok { // of an archive
			p.Reason, in = member+": "+p.Reason, path
		} else if rp.Name != path { // a side-car
			p.Reason = filepath.Base(rp.Name) + ": " + p.Reason
		}
	}
	if rp != nil && rp.Note {
		r.sum.note(p)
		return
	}
	r.sum.problem(p, kind, in)
}

// flush sends the batch to be written, after the one before.
func (r *run) flush() error {
	if err := r.wait(); err != nil {
		return err
	}
	b, err := r.place.batch()
	if err != nil || b.Empty() {
		return err
	}
	r.sum.Incidents += len(b.Incidents) + len(b.RemovedIncidents)
	r.inFlight = true
	go func() { r.applied <- r.Sink.Apply(context.WithoutCancel(r.ctx), b) }()
	return nil
}

// wait waits for the batch that is being written.
func (r *run) wait() error {
	if !r.inFlight {
		return nil
	}
	r.inFlight = false
	return <-r.applied
}

// sameKeys reports whether a file was read with the names of keys of this run, which
// has to give any.
func (r *run) sameKeys(k *data.File) bool {
	return len(r.options.Reader.Map) == 0 || slices.Equal(k.Keys, keyList(r.options.Reader.Map))
}
