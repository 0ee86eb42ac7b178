package bleveindex

import (
	"context"
	"fmt"
	"iter"
	"strconv"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"

	"incidex/data"
	"incidex/data/codec"
)

// load decodes the stored document of each id into what make returns, and leaves
// nil for an id that the index does not have.
func load[T any](ctx context.Context, reader *scorch.IndexSnapshot, ids []string, key func(string) string) (_ []*T, err error) {
	defer faults(&err)()
	out := make([]*T, len(ids))
	for i, id := range ids {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		segs := reader.Segments()
		for j := len(segs) - 1; j >= 0 && out[i] == nil; j-- {
			nums, err := segs[j].DocNumbers([]string{key(id)})
			if err != nil {
				return nil, fmt.Errorf("find %s: %w", id, err)
			}
			if nums.IsEmpty() {
				continue
			}
			if out[i], err = decode[T](segs[j], nums.Minimum()); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// decode reads the stored document of a local document number.
func decode[T any](seg *scorch.SegmentSnapshot, num uint32) (v *T, err error) {
	defer faults(&err)()
	var bad error
	err = seg.VisitDocument(uint64(num), func(field string, _ byte, value []byte, _ []uint64) bool {
		if field != fieldStored {
			return true
		}
		v = new(T)
		bad = codec.Decode(value, v)
		if d, ok := any(v).(*data.Document); ok {
			restoreQuotes(d)
		}
		return false
	})
	if err == nil {
		err = bad
	}
	if err != nil {
		return nil, fmt.Errorf("read stored document: %w", err)
	}
	return v, nil
}

// postings returns the live documents of a segment that hold the exact term,
// empty when there are none. The caller may change the bitmap.
func postings(seg *scorch.SegmentSnapshot, field, term string) (_ *roaring.Bitmap, err error) {
	defer faults(&err)()
	dict, err := seg.Segment().Dictionary(field)
	if err != nil {
		return nil, fmt.Errorf("read terms of %s: %w", field, err)
	}
	list, err := dict.PostingsList([]byte(term), seg.Deleted(), nil)
	if err != nil {
		return nil, fmt.Errorf("read postings of %s: %w", field, err)
	}
	out := roaring.New()
	it := list.Iterator(false, false, false, nil)
	for {
		p, err := it.Next()
		if err != nil {
			return nil, fmt.Errorf("read postings of %s: %w", field, err)
		}
		if p == nil {
			return out, nil
		}
		out.Add(uint32(p.Number()))
	}
}

// with yields the stored documents that hold the exact term.
func with[T any](reader *scorch.IndexSnapshot, field, term string) iter.Seq2[*T, error] {
	return func(yield func(*T, error) bool) {
		for _, seg := range reader.Segments() {
			nums, err := postings(seg, field, term)
			if err != nil {
				yield(nil, err)
				return
			}
			for it := nums.Iterator(); it.HasNext(); {
				v, err := decode[T](seg, it.Next())
				if !yield(v, err) || err != nil {
					return
				}
			}
		}
	}
}

// reader pins the index as it is now; the caller closes it.
func (s *Generation) reader() (*scorch.IndexSnapshot, error) {
	r, err := s.scorch.Reader()
	if err != nil {
		return nil, fmt.Errorf("read index: %w", err)
	}
	return r.(*scorch.IndexSnapshot), nil
}

// Articles loads documents by id, nil where there is none.
func (s *Generation) Articles(ctx context.Context, ids ...string) ([]*data.Document, error) {
	r, err := s.reader()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	docs, err := load[data.Document](ctx, r, ids, articleID)
	return docs, s.told(err)
}

// Incidents loads incidents by id, nil where there is none.
func (s *Generation) Incidents(ctx context.Context, ids ...string) ([]*data.Incident, error) {
	r, err := s.reader()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	s.dropOften(r)
	found, err := incidents(ctx, r, ids)
	return found, s.told(err)
}

// incidents loads by id, or by the id of an incident that was merged.
func incidents(ctx context.Context, r *scorch.IndexSnapshot, ids []string) ([]*data.Incident, error) {
	out, err := load[data.Incident](ctx, r, ids, incidentID)
	for i := range out {
		if out[i] != nil || err != nil {
			continue
		}
		for inc, e := range with[data.Incident](r, fieldKey, "m/"+ids[i]) {
			out[i], err = inc, e
			break
		}
	}
	return out, err
}

// IncidentsWith loads the incidents that have the grouping key, and returns false
// without loading any where there are more than most.
func (s *Generation) IncidentsWith(ctx context.Context, key uint32, most int) ([]*data.Incident, bool, error) {
	r, err := s.reader()
	if err != nil {
		return nil, false, err
	}
	defer r.Close()
	s.dropOften(r)
	term := groupingKey(key)
	if n, err := count(r, fieldKey, term); err != nil || n > most {
		return nil, false, s.told(err)
	}
	var found []*data.Incident
	for inc, err := range with[data.Incident](r, fieldKey, term) {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return nil, false, s.told(err)
		}
		found = append(found, inc)
	}
	return found, true, nil
}

// AllIncidents yields every incident, in no order.
func (s *Generation) AllIncidents(ctx context.Context) iter.Seq2[*data.Incident, error] {
	return each[data.Incident](ctx, s, fieldKind, kindIncident)
}

// Decisions is the number of a person's decisions that the generation follows.
func (s *Generation) Decisions(context.Context) (int, error) {
	raw, err := s.bleve.GetInternal(decisionsKey)
	if err != nil || raw == nil {
		return 0, err
	}
	n, err := strconv.Atoi(string(raw))
	if err != nil {
		return 0, fmt.Errorf("read the number of decisions: %w", err)
	}
	return n, nil
}

// count returns the number of live documents that hold the exact term.
func count(r *scorch.IndexSnapshot, field, term string) (n int, err error) {
	defer faults(&err)()
	for _, seg := range r.Segments() {
		dict, err := seg.Segment().Dictionary(field)
		if err != nil {
			return 0, fmt.Errorf("read terms of %s: %w", field, err)
		}
		list, err := dict.PostingsList([]byte(term), seg.Deleted(), nil)
		if err != nil {
			return 0, fmt.Errorf("read postings of %s: %w", field, err)
		}
		n += int(list.Count())
	}
	return n, nil
}

// ArticlesFrom yields the documents that were read from a file, in no order.
func (s *Generation) ArticlesFrom(ctx context.Context, path string) iter.Seq2[*data.Document, error] {
	return each[data.Document](ctx, s, fieldPath, path)
}

// Files loads what is known of every file that was read completely, in no order.
func (s *Generation) Files(ctx context.Context) ([]*data.File, error) {
	return all[data.File](ctx, s, fieldKind, kindFile)
}

// Documents yields every article with what was extracted from it, in no order.
func (s *Generation) Documents(ctx context.Context) iter.Seq2[*data.Document, error] {
	return each[data.Document](ctx, s, fieldKind, kindArticle)
}

// each yields the stored documents that hold the exact term, of the index as it is now.
func each[T any](ctx context.Context, s *Generation, field, term string) iter.Seq2[*T, error] {
	return func(yield func(*T, error) bool) {
		r, err := s.reader()
		if err != nil {
			yield(nil, err)
			return
		}
		defer r.Close()
		for v, err := range with[T](r, field, term) {
			s.dropOften(r)
			if err == nil {
				err = ctx.Err()
			}
			if !yield(v, s.told(err)) || err != nil {
				return
			}
		}
	}
}

func all[T any](ctx context.Context, s *Generation, field, term string) ([]*T, error) {
	var out []*T
	for v, err := range each[T](ctx, s, field, term) {
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}
