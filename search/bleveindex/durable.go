package bleveindex

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// Scorch writes files in the background. Asked to wait for that, as it is by default,
// it closes a segment that it could not write, although searches see it already, and
// the next one of them panics. So it is told not to wait, and commit waits instead: a
// batch that could not be written stays in memory and is tried again in intervals.

// retryTime is the time between two tries to write what could not be written.
const retryTime = time.Second

// maxSegment is the most documents of a segment that is made of others. Those are in
// memory while they are merged, about 6 KB for each article.
const maxSegment = 200_000

// mergeSettings are Scorch's options that are not as it has them.
var mergeSettings = map[string]any{"MaxSegmentSize": maxSegment}

// callbacks guards Scorch's table of functions that are told of errors. An index looks
// its own up while it is opened.
var callbacks sync.Mutex

// openBleve opens an index. What cannot be written in the background is told to failed,
// if that is free, and what is damaged to damaged; a nil failed opens the index to read it
// only.
func openBleve(path string, failed chan<- error, damaged func(error)) (idx bleve.Index, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("a page of it is damaged, or cut off: %v", r)
		}
	}()
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true)) // pages are mapped into memory
	config := map[string]any{"bolt_timeout": "1s"}           // without it a second opener waits for ever
	if failed == nil {
		config["read_only"] = true
		return bleve.OpenUsing(path, config) // non-nil even when it fails
	}
	callbacks.Lock()
	defer callbacks.Unlock()
	scorch.RegistryAsyncErrorCallbacks[path] = func(err error, _ string) {
		var e *scorch.ScorchError
		if errors.As(err, &e) && e.Source == "persister" {
			select {
			case failed <- cause(e):
			default:
			}
		} else if e != nil && strings.Contains(e.ErrMsg, errSum.Error()) {
			damaged(errors.New(e.ErrMsg))
		}
		time.Sleep(retryTime)
	}
	defer delete(scorch.RegistryAsyncErrorCallbacks, path)
	config["unsafe_batch"], config["asyncErrorCallbackName"] = true, path
	config["scorchMergePlanOptions"] = mergeSettings
	return bleve.OpenUsing(path, config)
}

// share makes the files of a generation readable to whom its folder is. Scorch makes
// all of them for one user alone.
func share(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	others := info.Mode().Perm() & 0o055
	if others == 0 {
		return nil
	}
	return filepath.WalkDir(path, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			return os.Chmod(name, 0o700|others)
		}
		return os.Chmod(name, 0o600|others&0o044)
	})
}

// mayRead tries to open the files of a generation. Scorch takes those that it must not
// read for damaged.
func mayRead(path string) error {
	return filepath.WalkDir(path, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		return f.Close()
	})
}

// cause is an error that says of a full disk that it is one.
func cause(e *scorch.ScorchError) error {
	if strings.Contains(e.ErrMsg, syscall.ENOSPC.Error()) {
		return syscall.ENOSPC
	}
	return errors.New(e.ErrMsg)
}

// commit makes a batch durable, and those before it. The caller holds s.writing.
func (s *Generation) commit(batch *index.Batch) error {
	s.mu.Lock()
	closed := s.closed
	s.mu.Unlock()
	if closed {
		return bleve.ErrorIndexClosed
	}
	if err := s.rooted(); err != nil {
		return err
	}
	written := make(chan error, 1)
	batch.SetPersistedCallback(func(err error) { written <- err })
	s.forgetFailure()
	if err := s.scorch.Batch(batch); err != nil {
		return err
	}
	s.unwritten = written
	return s.settle()
}

// rooted refuses to write where the file that names all segments was cut off: Scorch
// has it mapped into memory, and would end the process. It only ever grows. Where it is
// gone, Scorch itself says so. The caller holds s.writing.
func (s *Generation) rooted() error {
	info, err := os.Stat(filepath.Join(s.path, "store", "root.bolt"))
	if err != nil {
		return nil
	}
	if info.Size() < s.root {
		return s.damagedBy(fmt.Errorf("root.bolt: %w", errCutOff))
	}
	s.root = info.Size()
	return nil
}

// Durable waits until all batches are on disk, and says why one is not: a batch whose
// Apply failed may be searched from memory all the same.
func (s *Generation) Durable() error {
	s.writing.Lock()
	defer s.writing.Unlock()
	s.forgetFailure()
	if err := s.settle(); err != nil {
		return fmt.Errorf("write the batch before: %w", err)
	}
	return nil
}

// settle waits for the try to write the last batch.
func (s *Generation) settle() error {
	if s.unwritten == nil {
		return nil
	}
	select {
	case err := <-s.unwritten:
		s.unwritten = nil
		return err
	case err := <-s.failed:
		return err
	}
}

// forgetFailure makes settle wait for the next try.
func (s *Generation) forgetFailure() {
	select {
	case <-s.failed:
	default:
	}
}

// check reports whether the newest state of a generation is there, and its bytes are as they
// were written; with again also those that were checked before. Scorch itself passes over
// a state of which a file is missing or cut off, uses an older one, or none, and deletes
// the files of the other.
func check(path string, again bool) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("a page of it is damaged, or cut off: %v", r)
		}
	}()
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	idx, err := openBleve(path, nil, nil)
	if err != nil {
		// Bleve looks for its mapping in a state, and says at length that there is none.
		if strings.Contains(err.Error(), "mapping JSON") {
			return errNoState
		}
		return err
	}
	defer idx.Close()
	low, err := idx.Advanced()
	if err != nil {
		return err
	}
	s, ok := low.(*scorch.Scorch)
	if !ok {
		return errors.New("it is no index of incidex")
	}
	epochs, err := s.RootBoltSnapshotEpochs() // newest first
	if err != nil {
		return err
	}
	if len(epochs) == 0 {
		return errors.New("it holds nothing")
	}
	newest, err := s.LoadSnapshot(epochs[0])
	if err != nil {
		// The empty state that a generation begins with may be there still: it is none.
		if !slices.ContainsFunc(epochs[1:], func(epoch uint64) bool { return holdsSome(s, epoch) }) {
			return errNoState
		}
		return err
	}
	defer newest.Close()
	var files []string
	for _, seg := range newest.Segments() {
		if file, ok := seg.Segment().(segment.PersistedSegment); ok {
			files = append(files, file.Path())
		}
	}
	return checkSums(path, files, again)
}

var errNoState = errors.New("no state of it can be read")

// holdsSome reports whether a state can be read and holds a document.
func holdsSome(s *scorch.Scorch, epoch uint64) bool {
	state, err := s.LoadSnapshot(epoch)
	if err != nil {
		return false
	}
	defer state.Close()
	n, err := state.DocCount()
	return err == nil && n > 0
}
