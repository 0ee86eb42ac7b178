package bleveindex

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/keyword"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
	index "github.com/blevesearch/bleve_index_api"

	"incidex/search"
	"incidex/search/query"
)

// format is the version of what a generation holds and how. A generation of
// another one cannot be used.
const format = "2"

var formatKey, decisionsKey = []byte("incidex-format"), []byte("incidex-decisions")

// Generation is one complete index, open. It is safe for concurrent use.
type Generation struct {
	name   string
	path   string
	damage atomic.Pointer[DamagedError] // what is wrong with it, nil when nothing is
	bleve  bleve.Index
	scorch index.Index
	failed <-chan error // what could not be written in the background
	large  int          // articles from which searches may see the state before
	// minSaved is the number of documents from which a segment's columns are kept in a file.
	minSaved int

	writing   sync.Mutex     // one Apply at a time
	unwritten chan error     // told that the last batch is durable; nil when it is; guarded by writing
	root      int64          // bytes of root.bolt, as of the last batch; guarded by writing
	reads     atomic.Int64   // of incidents, see dropOften
	renewal   sync.WaitGroup // of snapshots that are being made

	mu       sync.Mutex // guards what follows
	closed   bool
	latest   *snapshot
	segs     map[uint64]*segmentColumns // by scorch's segment id
	renewing bool                       // a newer snapshot is being made
	pinned   int                        // snapshots that a Store has handed out
	retire   bool                       // close with the last of them
}

var _ search.Index = (*Generation)(nil)

// openGeneration opens what is there; a *DamagedError says that it cannot be. Of the
// options, ReadOnly and Verify count.
func openGeneration(dir, name string, o Options) (*Generation, error) {
	path := filepath.Join(dir, name)
	if err := mayRead(path); errors.Is(err, fs.ErrPermission) {
		return nil, err
	}
	if err := check(path, o.Verify); err != nil {
		return nil, &DamagedError{Path: path, Err: err}
	}
	var failed chan error
	if !o.ReadOnly {
		failed = make(chan error, 1)
	}
	s := &Generation{name: name, path: path}
	idx, err := openBleve(path, failed, func(err error) { s.damagedBy(err) })
	if err != nil {
		return nil, &DamagedError{Path: path, Err: err}
	}
	written, err := idx.GetInternal(formatKey)
	if err == nil && string(written) != format {
		err = fmt.Errorf("another version of incidex wrote it, in format %q; this one reads %q", written, format)
	}
	if err != nil {
		return nil, errors.Join(&DamagedError{Path: path, Err: err}, idx.Close())
	}
	return s, s.use(idx, failed)
}

// createGeneration makes an empty one.
func createGeneration(dir, name string) (*Generation, error) {
	path := filepath.Join(dir, name)
	idx, err := bleve.NewUsing(path, indexMapping(), scorch.Name, scorch.Name, nil)
	if err != nil {
		return nil, fmt.Errorf("create index: %w", err)
	}
	if err := errors.Join(idx.SetInternal(formatKey, []byte(format)), idx.Close()); err != nil {
		return nil, fmt.Errorf("create index: %w", err)
	}
	return openGeneration(dir, name, Options{})
}

// use makes a generation ready whose index is open.
func (s *Generation) use(idx bleve.Index, failed chan error) error {
	low, err := idx.Advanced()
	if err != nil {
		return errors.Join(fmt.Errorf("open index: %w", err), idx.Close())
	}
	s.bleve, s.scorch, s.failed = idx, low, failed
	if err := s.rooted(); err != nil {
		return err
	}
	s.large, s.minSaved, s.segs = largeIndex, minSaved, map[uint64]*segmentColumns{}
	return nil
}

// Name is the generation's name, such as gen-000007.
func (s *Generation) Name() string { return s.name }

// Empty reports whether the generation holds nothing.
func (s *Generation) Empty() bool {
	n, err := s.bleve.DocCount()
	return err == nil && n == 0
}

// verified is the number of articles that Verify looks for.
const verified = 10

// Verify checks that the generation holds so many articles and that the newest are
// loaded and found by the words of their titles.
func (s *Generation) Verify(ctx context.Context, articles int) error {
	if err := s.verify(ctx, articles); err != nil {
		return fmt.Errorf("verify %s: %w", s.name, err)
	}
	return nil
}

func (s *Generation) verify(ctx context.Context, articles int) error {
	snap, err := s.Snapshot()
	if err != nil {
		return err
	}
	defer snap.Close()
	newest, err := snap.Search(ctx, search.Plan{Query: query.All{}, Sort: search.ByNewest, Limit: verified})
	if err != nil {
		return err
	}
	if newest.Total != articles {
		return fmt.Errorf("it holds %d articles where %d were written", newest.Total, articles)
	}
	titled, found := 0, 0
	for _, hit := range newest.Hits {
		docs, err := snap.Articles(ctx, hit.ID)
		if err != nil {
			return err
		}
		if docs[0] == nil {
			return errors.New("an article that is found cannot be loaded")
		}
		q, _ := query.Parse(`"` + strings.ReplaceAll(docs[0].Title, `"`, " ") + `"`)
		if len(query.Words(q.Root)) == 0 {
			continue
		}
		titled++
		again, err := snap.Search(ctx, search.Plan{Query: q.Root, Sort: search.ByRelevance, Limit: 1})
		if err != nil {
			return err
		}
		found += min(again.Total, 1)
	}
	if titled > 0 && found == 0 { // some titles are of words that none is found by
		return errors.New("no article is found by its title")
	}
	return nil
}

// Close closes the index; a second call does nothing. Snapshots must be closed before.
func (s *Generation) Close() error {
	s.mu.Lock()
	latest, closed := s.latest, s.closed
	s.latest, s.closed = nil, true
	s.mu.Unlock()
	if closed {
		return nil
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	s.renewal.Wait()
	if latest != nil {
		latest.Close()
	}
	if s.failed != nil {
		_ = s.saveColumns() // whoever opens the generation next does without
	}
	return s.bleve.Close()
}

// pinnedSnapshot keeps its generation open.
type pinnedSnapshot struct {
	search.Snapshot
	of   *Generation
	once sync.Once
}

// pinSnapshot is Snapshot for a generation that may be retired meanwhile.
func (s *Generation) pinSnapshot() (search.Snapshot, error) {
	s.keepOpen()
	snap, err := s.Snapshot()
	if err != nil {
		return nil, errors.Join(err, s.unpin())
	}
	return &pinnedSnapshot{Snapshot: snap, of: s}, nil
}

func (p *pinnedSnapshot) Close() error {
	var err error
	p.once.Do(func() { err = errors.Join(p.Snapshot.Close(), p.of.unpin()) })
	return err
}

// keepOpen keeps the generation from being closed until unpin.
func (s *Generation) keepOpen() {
	s.mu.Lock()
	s.pinned++
	s.mu.Unlock()
}

func (s *Generation) unpin() error {
	s.mu.Lock()
	s.pinned--
	last := s.pinned == 0 && s.retire
	s.mu.Unlock()
	if last {
		return s.Close()
	}
	return nil
}

// retireWhenFree closes the generation as soon as no snapshot of it is in use.
func (s *Generation) retireWhenFree() error {
	s.mu.Lock()
	s.retire = true
	free := s.pinned == 0
	s.mu.Unlock()
	if free {
		return s.Close()
	}
	return nil
}

// indexMapping describes the index to Bleve: words by the analyzers of this package, all
// else as keywords.
func indexMapping() mapping.IndexMapping {
	m := bleve.NewIndexMapping()
	m.DefaultAnalyzer = keyword.Name
	m.DefaultMapping.Dynamic = false
	add := func(name, analyzer string) {
		field := bleve.NewTextFieldMapping()
		field.Analyzer = analyzer
		field.Store, field.DocValues, field.IncludeInAll = false, false, false
		m.DefaultMapping.AddFieldMappingsAt(name, field)
	}
	for _, name := range slices.Concat(columns, []string{fieldKind, fieldMentions, fieldPath, fieldKey, fieldLengths}) {
		add(name, keyword.Name)
	}
	for _, name := range wordFields {
		add(name, stemAnalyzer)
		add(name+exactSuffix, exactAnalyzer)
	}
	return m
}
