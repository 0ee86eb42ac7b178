package bleveindex

import (
	"context"
	"fmt"
	"strconv"

	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"

	"incidex/data"
	"incidex/search/parallel"
)

// Apply makes all changes of the batch durable, together or not at all. Calls
// wait for one another.
func (s *Generation) Apply(ctx context.Context, b *data.Batch) error {
	if b.Empty() {
		return nil
	}
	docs, err := documents(ctx, b)
	if err != nil {
		return err
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	batch := index.NewBatch()
	for _, id := range b.RemovedArticles {
		batch.Delete(articleID(id))
	}
	for _, id := range b.RemovedIncidents {
		batch.Delete(incidentID(id))
	}
	for _, path := range b.RemovedFiles {
		batch.Delete(fileID(path))
	}
	for _, doc := range docs {
		batch.Update(doc)
	}
	if b.Decisions > 0 {
		batch.SetInternal(decisionsKey, strconv.AppendInt(nil, int64(b.Decisions), 10))
	}
	if err := s.commit(batch); err != nil {
		return fmt.Errorf("write batch: %w", err)
	}
	if len(docs) >= bulk {
		r, err := s.reader()
		if err != nil {
			return err
		}
		defer r.Close()
		dropSegments(r)
	}
	return nil
}

const (
	// bulk is the number of documents of a batch from which on it is one of many:
	// merging and looking incidents up would bring the whole index into memory, bit by bit.
	bulk = 1000
	// readsKept is the number of times that incidents are looked up before what was read
	// for them is dropped.
	readsKept = 1000
)

// dropOften drops what was read of the segments after every readsKept calls.
func (s *Generation) dropOften(r *scorch.IndexSnapshot) {
	if s.reads.Add(1)%readsKept == 0 {
		dropSegments(r)
	}
}

// dropSegments takes what was read of the segments out of memory.
func dropSegments(r *scorch.IndexSnapshot) {
	for _, seg := range r.Segments() {
		if mapped, ok := seg.Segment().(interface{ Data() []byte }); ok {
			dropPages(mapped.Data())
		}
	}
}

// documents makes the Bleve documents of a batch, analyzing on all cores.
func documents(ctx context.Context, b *data.Batch) ([]*document, error) {
	docs := make([]*document, len(b.Articles)+len(b.Incidents)+len(b.Files))
	err := parallel.Try(len(docs), func(i int) (err error) {
		switch j := i - len(b.Articles); {
		case ctx.Err() != nil:
			err = ctx.Err()
		case j < 0:
			docs[i], err = articleDocument(b.Articles[i])
		case j < len(b.Incidents):
			docs[i], err = incidentDocument(b.Incidents[j])
		default:
			docs[i], err = fileDocument(b.Files[j-len(b.Incidents)])
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return docs, nil
}
