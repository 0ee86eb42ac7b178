package bleveindex

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"incidex/data"
	"incidex/search"
)

// ErrNoIndex says that a data folder holds no index.
var ErrNoIndex = errors.New("no index")

// DamagedError says that a generation cannot be opened. It is left in place.
type DamagedError struct {
	Path string
	Err  error
}

func (e *DamagedError) Error() string {
	return fmt.Sprintf("the index in %s cannot be used (%v): it was left as it is; use another generation, or index the articles again with --rebuild", e.Path, e.Err)
}

func (e *DamagedError) Unwrap() error { return e.Err }

// Is says that a damaged index cannot answer.
func (e *DamagedError) Is(target error) bool { return target == search.ErrUnavailable }

// Options say how to open a data folder.
type Options struct {
	// ReadOnly shares the folder with other readers, and needs an index in it.
	ReadOnly bool
	// Create makes the folder and an empty first generation where there is none.
	Create bool
	// Anew opens the folder although its generations are damaged, to begin another
	// one: Current is then an empty one.
	Anew bool
	// Verify checks also what was checked before and is unchanged by its date.
	Verify bool
	// Command and Address describe this process to others that want the folder.
	Command, Address string
}

// Store is an open data folder: generations, of which one is current. It is safe
// for concurrent use.
type Store struct {
	dir     string
	options Options
	lock    *os.File
	// Damaged is set when the current generation could not be opened and an older
	// one is used instead.
	Damaged *DamagedError
	// Unfinished are the generations that were being filled when a process was cut off.
	// They are not used; RemoveUnfinished deletes them. Readers are not told.
	Unfinished []string

	mu      sync.Mutex // guards what follows, and Damaged once the store is open
	current *Generation
	settled bool // a new generation is used since Damaged was met
}

var _ search.Index = (*Store)(nil)

// Open opens the current generation of a data folder, or the newest older one
// when it is damaged. It returns ErrNoIndex, a *LockedError or a *DamagedError
// where that is the reason.
func Open(dir string, o Options) (*Store, error) {
	if o.Create {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return nil, fmt.Errorf("create data folder: %w", err)
		}
	} else if !HasIndex(dir) {
		return nil, fmt.Errorf("%w in %s", ErrNoIndex, dir)
	}
	held, err := lock(dir, !o.ReadOnly, Holder{PID: os.Getpid(), Command: o.Command, Address: o.Address, Since: time.Now().UTC()})
	if err != nil {
		return nil, err
	}
	s := &Store{dir: dir, options: o, lock: held}
	if err := s.open(); err != nil {
		held.Close()
		return nil, err
	}
	return s, nil
}

// HasIndex reports whether the folder names a current generation.
func HasIndex(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, currentFile))
	return err == nil
}

func (s *Store) open() error {
	names, err := Generations(s.dir)
	if err != nil {
		return err
	}
	if !s.options.ReadOnly {
		s.Unfinished = slices.DeleteFunc(slices.Clone(names), func(name string) bool { return Finished(s.dir, name) })
	}
	name, err := readCurrent(s.dir)
	if errors.Is(err, os.ErrNotExist) && s.options.Create {
		return s.first()
	}
	if err == nil {
		s.current, err = openGeneration(s.dir, name, s.options)
	}
	if err == nil || !errors.As(err, &s.Damaged) {
		return err
	}
	for _, older := range slices.Backward(names) {
		if older == name || !Finished(s.dir, older) {
			continue
		}
		if g, e := openGeneration(s.dir, older, s.options); e == nil {
			s.current = g
			return nil
		}
	}
	if s.options.Anew {
		s.current, err = s.Begin()
	}
	return err
}

// first makes an empty generation and names it the current one.
func (s *Store) first() error {
	g, err := s.Begin()
	if err != nil {
		return err
	}
	if err := errors.Join(finish(s.dir, g.name), writeCurrent(s.dir, g.name)); err != nil {
		return errors.Join(err, s.Discard(g))
	}
	s.current = g
	return nil
}

// Begin makes an empty generation beside the current one. Fill it with Apply,
// then Use it or Discard it.
func (s *Store) Begin() (*Generation, error) {
	names, err := Generations(s.dir)
	if err != nil {
		return nil, err
	}
	next := 1
	if len(names) > 0 {
		last, _ := strconv.Atoi(strings.TrimPrefix(names[len(names)-1], generationPrefix))
		next = last + 1
	}
	name := fmt.Sprintf("%s%06d", generationPrefix, next)
	if err := begin(s.dir, name); err != nil {
		return nil, err
	}
	g, err := createGeneration(s.dir, name)
	if err != nil {
		return nil, errors.Join(err, removeGeneration(s.dir, name))
	}
	return g, nil
}

// Use makes a generation that Begin has returned the current one, and returns the
// name of the one before, "" for none. Searches that run keep theirs; the next ones see the new one.
func (s *Store) Use(g *Generation) (before string, err error) {
	if err := errors.Join(finish(s.dir, g.name), writeCurrent(s.dir, g.name)); err != nil {
		return "", err
	}
	s.mu.Lock()
	old := s.current
	s.current, s.settled = g, true
	s.mu.Unlock()
	if old == g { // opened Anew
		return "", nil
	}
	if info, err := os.Stat(filepath.Join(s.dir, old.name)); err == nil {
		_ = os.Chmod(filepath.Join(s.dir, g.name), info.Mode().Perm()) // others may do without
	}
	return old.name, old.retireWhenFree()
}

// Prune removes all generations but those named.
func (s *Store) Prune(keep ...string) error {
	names, err := Generations(s.dir)
	if err != nil {
		return err
	}
	for _, name := range names {
		if !slices.Contains(keep, name) {
			err = errors.Join(err, removeGeneration(s.dir, name))
		}
	}
	return err
}

// Discard removes a generation that was begun and is not wanted.
func (s *Store) Discard(g *Generation) error {
	return errors.Join(g.Close(), removeGeneration(s.dir, g.name))
}

// Current is the generation that is searched. Writers must see to it that no
// other generation is used meanwhile.
func (s *Store) Current() *Generation {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.current
}

// Snapshot pins the current generation as it is now. It fails as soon as the folder is
// gone, although what is mapped of it could still be searched: nobody is to believe in an
// index that the next start does not find.
func (s *Store) Snapshot() (search.Snapshot, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.present(); err != nil {
		return nil, err
	}
	if err := s.fallBack(); err != nil {
		return nil, err
	}
	return s.current.pinSnapshot()
}

// Documents yields every article of the current generation with what was extracted
// from it, in no order.
func (s *Store) Documents(ctx context.Context) iter.Seq2[*data.Document, error] {
	return func(yield func(*data.Document, error) bool) {
		s.mu.Lock()
		g := s.current
		g.keepOpen()
		s.mu.Unlock()
		defer g.unpin()
		for d, err := range g.Documents(ctx) {
			if !yield(d, err) {
				return
			}
		}
	}
}

// Dir is the data folder.
func (s *Store) Dir() string { return s.dir }

// Serving tells others that want the folder where this process serves HTTP, and the
// token with which those who own the folder hand work to it.
func (s *Store) Serving(address, token string) error {
	err := writeToken(s.dir, token)
	if err == nil {
		err = writeHolder(s.lock, Holder{PID: os.Getpid(), Command: s.options.Command, Address: address, Since: time.Now().UTC()})
	}
	if err != nil {
		return fmt.Errorf("lock data folder: %w", err)
	}
	return nil
}

// Close releases the folder; a second call does nothing. Snapshots must be closed before.
func (s *Store) Close() error {
	err := s.Current().Close()
	if !s.options.ReadOnly && s.lock.Truncate(0) == nil { // nobody is to look for this process any more
		_ = removeToken(s.dir)
		_ = share(filepath.Join(s.dir, s.Current().name)) // others may do without
	}
	if e := s.lock.Close(); !errors.Is(e, os.ErrClosed) {
		err = errors.Join(err, e)
	}
	return err
}
