package bleveindex

import (
	"fmt"
	"iter"
	"strconv"
	"strings"

	segment "github.com/blevesearch/scorch_segment_api/v2"

	"incidex/search/cache"
	"incidex/search/facet"
	"incidex/search/parallel"
)

// segmentColumns is what is kept in memory of one segment. It knows nothing of
// deletions and never changes, but for the postings that it keeps.
type segmentColumns struct {
	facet    *facet.Segment
	articles facet.Bits // documents that are articles
	// lengths count the tokens of each document, by field.
	lengths  map[string][]uint32
	postings *cache.Cache[termSet, *postingList]
	texts    *cache.Cache[int, *textWords]
}

// newSegmentColumns returns columns without anything in them.
func newSegmentColumns(n int) *segmentColumns {
	return &segmentColumns{
		facet:    &facet.Segment{Docs: n, Columns: map[string]*facet.Column{}},
		articles: facet.NewBits(n),
		lengths:  map[string][]uint32{fieldBody: make([]uint32, n), fieldTitle: make([]uint32, n)},
		postings: cache.New[termSet, *postingList](keptBytes * n),
		texts:    cache.New[int, *textWords](textsBytes * n),
	}
}

// readColumns reads the keyword fields of a segment.
func readColumns(seg segment.Segment) (*segmentColumns, error) {
	n := int(seg.Count())
	out := newSegmentColumns(n)
	facets := make([]*facet.Column, len(columns))
	// What takes longest comes first.
	tasks := []func() error{
		func() error {
			ids := facet.NewColumnBuilder(n)
			prefix := articleID("")
			err := eachTerm(seg, "_id", prefix, func(id string, docs iter.Seq[uint32]) { ids.Add(id[len(prefix):], docs) })
			out.facet.Columns[facet.ID] = ids.Column() // no other task writes to the map
			return err
		},
		func() error {
			return eachTerm(seg, fieldLengths, "", func(term string, docs iter.Seq[uint32]) {
				body, title, _ := strings.Cut(term, " ")
				b, _ := strconv.ParseUint(body, 10, 32)
				t, _ := strconv.ParseUint(title, 10, 32)
				for doc := range docs {
					out.lengths[fieldBody][doc], out.lengths[fieldTitle][doc] = uint32(b), uint32(t)
				}
			})
		},
		func() error {
			return eachTerm(seg, fieldKind, "", func(term string, docs iter.Seq[uint32]) {
				if term == kindArticle {
					for doc := range docs {
						out.articles.Set(int(doc))
					}
				}
			})
		},
	}
	for i, field := range columns {
		tasks = append(tasks, func() error {
			b := facet.NewColumnBuilder(n)
			err := eachTerm(seg, field, "", b.Add)
			facets[i] = b.Column()
			return err
		})
	}
	err := parallel.Try(len(tasks), func(i int) error { return tasks[i]() })
	for i, field := range columns {
		out.facet.Columns[field] = facets[i]
	}
	return out, err
}

// eachTerm calls f with every term of a field that begins with an ASCII prefix, in
// ascending order, and the local numbers of the documents that hold it, deleted ones
// included.
func eachTerm(seg segment.Segment, field, prefix string, f func(string, iter.Seq[uint32])) error {
	dict, err := seg.Dictionary(field)
	if err != nil {
		return fmt.Errorf("read terms of %s: %w", field, err)
	}
	var from, to []byte
	if prefix != "" {
		from, to = []byte(prefix), []byte(prefix)
		to[len(to)-1]++
	}
	iterate := dict.AutomatonIterator
	if d, ok := dict.(interface {
		AutomatonIteratorOmitCount(a segment.Automaton, from, to []byte) segment.DictionaryIterator
	}); ok {
		iterate = d.AutomatonIteratorOmitCount // reads no postings twice
	}
	terms := iterate(nil, from, to)
	var list segment.PostingsList
	var it segment.PostingsIterator
	for {
		entry, err := terms.Next()
		if err != nil {
			return fmt.Errorf("read terms of %s: %w", field, err)
		}
		if entry == nil {
			return nil
		}
		if list, err = dict.PostingsList([]byte(entry.Term), nil, list); err != nil {
			return fmt.Errorf("read postings of %s: %w", field, err)
		}
		it = list.Iterator(false, false, false, it)
		var bad error
		f(entry.Term, func(yield func(uint32) bool) {
			for {
				p, err := it.Next()
				if err != nil || p == nil {
					bad = err
					return
				}
				if !yield(uint32(p.Number())) {
					return
				}
			}
		})
		if bad != nil {
			return fmt.Errorf("read postings of %s: %w", field, bad)
		}
	}
}
