package bleveindex

import (
	"context"
	"maps"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"github.com/blevesearch/bleve/v2/index/scorch"

	"incidex/data"
	"incidex/data/vocab"
	"incidex/search"
	"incidex/search/facet"
	"incidex/search/similar"
)

// snapshot is a pinned state of the index. It is shared by the searches that see
// the same state, and released with the last of them.
type snapshot struct {
	since       time.Time     // when it was pinned
	took        time.Duration // to make it ready in the background
	generation  string
	of          *Generation
	state       uint64
	reader      *scorch.IndexSnapshot
	segments    []*scorch.SegmentSnapshot
	columns     []*segmentColumns
	live        []facet.Bits // the live articles, by segment
	whole       []bool       // segments without deleted articles
	none        facet.Hits   // that must stay empty
	zeros       zeros        // one number for each document
	view        *facet.View
	stats       map[string]fieldStats
	refs        atomic.Int64
	corrections memory[correctionKey, string]
	frequencies memory[termSet, int]
	values      memory[string, map[string]string] // folded values, by field
	pairs       func() namePairs                  // of the victims
	suggestions func() *suggestions
	similar     func() *similar.Index
	overview    time.Time // of which state the last two are
}

var _ search.Snapshot = (*snapshot)(nil)

// fieldStats are what BM25 needs of a field, over the live articles.
type fieldStats struct {
	docs int
	mean float64 // tokens in an article
}

const (
	// largeIndex is the number of articles from which searches do not wait for the
	// columns of what was just written, but see the state before for so long.
	largeIndex = 100_000
	// staleTime is how old that state becomes at least before the next one is made, and
	// staleShare how many times as old as making one takes.
	staleTime  = time.Second
	staleShare = 2
	// overviewAge is how old what is suggested, and what incidents are compared by, becomes
	// in a large index.
	overviewAge = time.Minute
)

// Snapshot pins the index as it is now; of a large index, as it was a second or a few
// ago while it is written to.
func (s *Generation) Snapshot() (snap search.Snapshot, err error) {
	defer func() { err = s.told(err) }()
	reader, err := s.reader()
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.latest != nil && s.latest.reader == reader:
		reader.Close()
	case s.latest != nil && s.latest.view.Len() >= s.large && !s.closed:
		if s.renewing || time.Since(s.latest.since) < max(staleTime, staleShare*s.latest.took) {
			reader.Close()
			break
		}
		s.renewing = true
		s.renewal.Go(func() { s.renew(reader) })
	default:
		next, kept, err := s.pin(reader, s.segs)
		if err != nil {
			reader.Close()
			return nil, err
		}
		s.replace(next, kept)
	}
	s.latest.refs.Add(1)
	return s.latest, nil
}

// renew makes a newer snapshot while searches use the latest.
func (s *Generation) renew(reader *scorch.IndexSnapshot) {
	s.mu.Lock()
	before, known := s.latest, s.segs
	s.mu.Unlock()
	next, kept, err := s.pin(reader, known)
	if err == nil {
		if before != nil && next.since.Sub(before.overview) < overviewAge {
			next.suggestions, next.similar, next.overview = before.suggestions, before.similar, before.overview
		}
		next.prepare()
		next.took = time.Since(next.since)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.renewing = false
	if err != nil || s.closed { // the next search tries again
		reader.Close()
		return
	}
	s.replace(next, kept)
}

// replace makes a snapshot the latest; the caller holds s.mu.
func (s *Generation) replace(next *snapshot, kept map[uint64]*segmentColumns) {
	if s.latest != nil {
		s.latest.Close()
	} else if s.failed != nil { // whoever may write stays
		s.renewal.Go(next.prepare)
	}
	next.refs.Store(1) // the generation's own
	s.latest, s.segs = next, kept
}

// pin reads the columns of the segments that are not known. It returns the snapshot
// and the columns of its segments.
func (s *Generation) pin(reader *scorch.IndexSnapshot, known map[uint64]*segmentColumns) (_ *snapshot, _ map[uint64]*segmentColumns, err error) {
	defer faults(&err)()
	n := &snapshot{generation: s.name, of: s, state: rand.Uint64(), reader: reader, segments: reader.Segments(), stats: map[string]fieldStats{}, since: time.Now()}
	n.similar = sync.OnceValue(n.newSimilar)
	kept := make(map[uint64]*segmentColumns, len(n.segments))
	var facets []*facet.Segment
	for _, seg := range n.segments {
		cols := known[seg.Id()]
		if cols == nil {
			cols = s.loadColumns(seg.Segment())
		}
		if cols == nil {
			if cols, err = readColumns(seg.Segment()); err != nil {
				return nil, nil, err
			}
		}
		kept[seg.Id()] = cols
		n.columns = append(n.columns, cols)
		facets = append(facets, cols.facet)
		mask := cols.articles
		if dead := seg.Deleted(); dead != nil && !dead.IsEmpty() {
			mask = mask.Clone()
			for it := dead.Iterator(); it.HasNext(); {
				mask.Clear(int(it.Next()))
			}
		}
		n.live = append(n.live, mask)
		n.whole = append(n.whole, mask.Count() == cols.articles.Count())
	}
	n.none = n.empty()
	n.view = facet.NewView(facets, n.live)
	n.view.Fold = func(field, value string) string { return vocab.Fold(vocab.Label(data.Field(field), value)) }
	n.pairs = sync.OnceValue(func() namePairs { return newNamePairs(maps.Keys(n.folded(string(data.Victim)))) })
	n.suggestions, n.overview = sync.OnceValue(n.newSuggestions), n.since
	for _, field := range []string{fieldBody, fieldTitle} {
		n.stats[field] = stats(n.columns, n.live, field)
	}
	return n, kept, nil
}

// prepare makes what the first searches of a kind would wait for.
func (n *snapshot) prepare() {
	n.view.Prepare(search.DefaultFacets...)
	n.suggestions()
	n.similar()
}

func stats(columns []*segmentColumns, live []facet.Bits, field string) fieldStats {
	var st fieldStats
	var sum uint64
	for i, mask := range live {
		lengths := columns[i].lengths[field]
		for doc := range mask.Ones() {
			st.docs++
			sum += uint64(lengths[doc])
		}
	}
	if st.docs > 0 {
		st.mean = float64(sum) / float64(st.docs)
	}
	return st
}

func (n *snapshot) Generation() string { return n.generation }

func (n *snapshot) State() uint64 { return n.state }

func (n *snapshot) Articles(ctx context.Context, ids ...string) ([]*data.Document, error) {
	docs, err := load[data.Document](ctx, n.reader, ids, articleID)
	return docs, n.of.told(err)
}

func (n *snapshot) Incidents(ctx context.Context, ids ...string) ([]*data.Incident, error) {
	found, err := incidents(ctx, n.reader, ids)
	return found, n.of.told(err)
}

// Close gives back one reference.
func (n *snapshot) Close() error {
	if n.refs.Add(-1) == 0 {
		return n.reader.Close()
	}
	return nil
}
