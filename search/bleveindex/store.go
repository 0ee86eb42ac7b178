package bleveindex

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/keyword"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
	index "github.com/blevesearch/bleve_index_api"

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
	return fmt.Sprintf("the index in %s is damaged (%v): it was left as it is; index the articles again into another folder with --data, or remove this one", e.Path, e.Err)
}

func (e *DamagedError) Unwrap() error { return e.Err }

// Options say how to open a data folder.
type Options struct {
	// ReadOnly shares the folder with other readers, and needs an index in it.
	ReadOnly bool
	// Create makes the folder and an empty first generation where there is none.
	Create bool
	// Command and Address describe this process to others that want the folder.
	Command, Address string
}

// Store is an open data folder. It is safe for concurrent use.
type Store struct {
	dir        string
	lock       *os.File
	generation string
	bleve      bleve.Index
	scorch     index.Index

	writing sync.Mutex // one Apply at a time

	mu     sync.Mutex // guards what follows
	latest *snapshot
	segs   map[uint64]*segmentColumns // by scorch's segment id
}

var _ search.Index = (*Store)(nil)

const (
	currentFile      = "CURRENT"
	generationPrefix = "gen-"
	firstGeneration  = generationPrefix + "000001"
)

// Open opens the current generation of a data folder. It returns ErrNoIndex, a
// *LockedError or a *DamagedError where that is the reason.
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
	s := &Store{dir: dir, lock: held, segs: map[uint64]*segmentColumns{}}
	if err := s.open(o); err != nil {
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

func (s *Store) open(o Options) error {
	name, err := readCurrent(s.dir)
	switch {
	case errors.Is(err, os.ErrNotExist) && o.Create:
		return s.create(firstGeneration)
	case err != nil:
		return err
	}
	path := filepath.Join(s.dir, name)
	config := map[string]any{"bolt_timeout": "1s"}
	if o.ReadOnly {
		config["read_only"] = true
	}
	idx, err := bleve.OpenUsing(path, config) // non-nil even when it fails
	if err != nil {
		return &DamagedError{Path: path, Err: err}
	}
	return s.use(name, idx)
}

// create makes an empty generation and names it the current one.
func (s *Store) create(name string) error {
	path := filepath.Join(s.dir, name)
	if _, err := os.Stat(path); err == nil {
		return &DamagedError{Path: path, Err: errors.New("no file " + currentFile + " beside it")}
	}
	idx, err := bleve.NewUsing(path, indexMapping(), scorch.Name, scorch.Name, nil)
	if err != nil {
		return fmt.Errorf("create index: %w", err)
	}
	if err := s.use(name, idx); err != nil {
		return err
	}
	return writeCurrent(s.dir, name)
}

func (s *Store) use(name string, idx bleve.Index) error {
	low, err := idx.Advanced()
	if err != nil {
		idx.Close()
		return fmt.Errorf("open index: %w", err)
	}
	s.generation, s.bleve, s.scorch = name, idx, low
	return nil
}

// Dir is the data folder.
func (s *Store) Dir() string { return s.dir }

// Generation is the name of the current generation.
func (s *Store) Generation() string { return s.generation }

// Serving tells others that want the folder where this process serves HTTP.
func (s *Store) Serving(address string) error {
	return writeHolder(s.lock, Holder{PID: os.Getpid(), Command: "serve", Address: address, Since: time.Now().UTC()})
}

// Close releases the folder. Snapshots must be closed before.
func (s *Store) Close() error {
	s.mu.Lock()
	latest := s.latest
	s.latest = nil
	s.mu.Unlock()
	if latest != nil {
		latest.Close()
	}
	return errors.Join(s.bleve.Close(), s.lock.Close())
}

// indexMapping describes the index to other tools that open it: every field is a
// keyword but for the two that hold words.
func indexMapping() mapping.IndexMapping {
	m := bleve.NewIndexMapping()
	m.DefaultAnalyzer = keyword.Name
	m.DefaultMapping.Dynamic = false
	words := bleve.NewTextFieldMapping()
	words.Analyzer = "en"
	words.Store = false
	words.IncludeInAll = false
	m.DefaultMapping.AddFieldMappingsAt(fieldBody, words)
	m.DefaultMapping.AddFieldMappingsAt(fieldTitle, words)
	for _, name := range slices.Concat(columns, []string{fieldKind, fieldMentions, fieldPath, fieldKey, fieldLengths}) {
		exact := bleve.NewKeywordFieldMapping()
		exact.Store, exact.DocValues, exact.IncludeInAll = false, false, false
		m.DefaultMapping.AddFieldMappingsAt(name, exact)
	}
	return m
}

func readCurrent(dir string) (string, error) {
	raw, err := os.ReadFile(filepath.Join(dir, currentFile))
	if err != nil {
		return "", err
	}
	name := strings.TrimSpace(string(raw))
	if !strings.HasPrefix(name, generationPrefix) || name != filepath.Base(name) {
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
