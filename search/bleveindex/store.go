package bleveindex

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

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

// Options say how to open a data folder.
type Options struct {
	// ReadOnly shares the folder with other readers, and needs an index in it.
	ReadOnly bool
	// Create makes the folder and an empty first generation where there is none.
	Create bool
	// Anew opens the folder although its generations are damaged, to begin another
	// one: Current is then an empty one.
	Anew bool
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

	mu      sync.Mutex
	current *Generation
}

var _ search.Index = (*Store)(nil)

const (
	currentFile      = "CURRENT"
	generationPrefix = "gen-"
)

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
	name, err := readCurrent(s.dir)
	if errors.Is(err, os.ErrNotExist) && s.options.Create {
		return s.first()
	}
	if err == nil {
		s.current, err = openGeneration(s.dir, name, s.options.ReadOnly)
	}
	if err == nil || !errors.As(err, &s.Damaged) {
		return err
	}
	names, e := Generations(s.dir)
	if e != nil {
		return e
	}
	for _, older := range slices.Backward(names) {
		if older == name {
			continue
		}
		if g, e := openGeneration(s.dir, older, s.options.ReadOnly); e == nil {
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
	if err := writeCurrent(s.dir, g.name); err != nil {
		return errors.Join(err, g.Close())
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
	return createGeneration(s.dir, fmt.Sprintf("%s%06d", generationPrefix, next))
}

// Use makes a generation that Begin has returned the current one, and returns the
// name of the one before, "" for none. Searches that run keep theirs; the next ones see the new one.
func (s *Store) Use(g *Generation) (before string, err error) {
	if err := writeCurrent(s.dir, g.name); err != nil {
		return "", err
	}
	s.mu.Lock()
	old := s.current
	s.current = g
	s.mu.Unlock()
	if old == g { // opened Anew
		return "", nil
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
			err = errors.Join(err, os.RemoveAll(filepath.Join(s.dir, name)))
		}
	}
	return err
}

// Discard removes a generation that was begun and is not wanted.
func (s *Store) Discard(g *Generation) error {
	return errors.Join(g.Close(), os.RemoveAll(filepath.Join(s.dir, g.name)))
}

// Current is the generation that is searched. Writers must see to it that no
// other generation is used meanwhile.
func (s *Store) Current() *Generation {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.current
}

// Snapshot pins the current generation as it is now.
func (s *Store) Snapshot() (search.Snapshot, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.current.pinSnapshot()
}

// Dir is the data folder.
func (s *Store) Dir() string { return s.dir }

// Serving tells others that want the folder where this process serves HTTP, and the
// token with which those who can read the folder hand work to it.
func (s *Store) Serving(address, token string) error {
	return writeHolder(s.lock, Holder{PID: os.Getpid(), Command: "serve", Address: address, Token: token, Since: time.Now().UTC()})
}

// Close releases the folder; a second call does nothing. Snapshots must be closed before.
func (s *Store) Close() error {
	err := s.Current().Close()
	if !s.options.ReadOnly {
		_ = s.lock.Truncate(0) // nobody is to look for this process any more
	}
	if e := s.lock.Close(); !errors.Is(e, os.ErrClosed) {
		err = errors.Join(err, e)
	}
	return err
}

// Generations lists the generations of a data folder, oldest first.
func Generations(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("list generations: %w", err)
	}
	var names []string
	for _, e := range entries {
		if e.IsDir() && strings.HasPrefix(e.Name(), generationPrefix) {
			names = append(names, e.Name())
		}
	}
	slices.Sort(names)
	return names, nil
}

// CurrentName is the name of the generation that a data folder is set to.
func CurrentName(dir string) (string, error) { return readCurrent(dir) }

// Select sets the generation that is used from the next opening on. The folder
// must not be open. The generation is tried first.
func Select(ctx context.Context, dir, name string) error {
	return withLock(dir, func() error {
		if !exists(dir, name) {
			return fmt.Errorf("%w: no generation %s in %s", search.ErrNotFound, name, dir)
		}
		g, err := openGeneration(dir, name, true)
		if err != nil {
			return err
		}
		if err := g.Close(); err != nil {
			return err
		}
		return writeCurrent(dir, name)
	})
}

// Remove deletes a generation that is not the current one. The folder must not be open.
func Remove(dir, name string) error {
	return withLock(dir, func() error {
		current, err := readCurrent(dir)
		switch {
		case err != nil:
			return err
		case name == current:
			return fmt.Errorf("%w: %s is the current generation; use another one first", search.ErrInvalid, name)
		case !isGeneration(name) || !exists(dir, name):
			return fmt.Errorf("%w: no generation %s in %s", search.ErrNotFound, name, dir)
		}
		return os.RemoveAll(filepath.Join(dir, name))
	})
}

func withLock(dir string, f func() error) error {
	if !HasIndex(dir) {
		return fmt.Errorf("%w in %s", ErrNoIndex, dir)
	}
	held, err := lock(dir, true, Holder{PID: os.Getpid(), Command: "generations", Since: time.Now().UTC()})
	if err != nil {
		return err
	}
	defer held.Close()
	return f()
}

func isGeneration(name string) bool {
	return strings.HasPrefix(name, generationPrefix) && name == filepath.Base(name)
}

func readCurrent(dir string) (string, error) {
	raw, err := os.ReadFile(filepath.Join(dir, currentFile))
	if err != nil {
		return "", err
	}
	name := strings.TrimSpace(string(raw))
	if !isGeneration(name) {
		return "", &DamagedError{Path: filepath.Join(dir, currentFile), Err: fmt.Errorf("it names %q, which is no generation", name)}
	}
	return name, nil
}

// writeCurrent names the current generation, at once or not at all.
func writeCurrent(dir, name string) error {
	tmp, err := os.CreateTemp(dir, currentFile+"-*")
	if err != nil {
		return fmt.Errorf("name generation: %w", err)
	}
	defer os.Remove(tmp.Name())
	_, err = tmp.WriteString(name + "\n")
	err = errors.Join(err, tmp.Sync(), tmp.Close())
	if err == nil {
		err = os.Rename(tmp.Name(), filepath.Join(dir, currentFile))
	}
	if err != nil {
		return fmt.Errorf("name generation: %w", err)
	}
	return nil
}
