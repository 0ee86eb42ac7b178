package indexer

import (
	"context"
	"iter"

	"incidex/data"
)

// Sink is what a run needs of an index. Reads see every batch that Apply has returned for.
type Sink interface {
	// Files returns every file that the index has read completely.
	Files(ctx context.Context) ([]*data.File, error)
	// Articles loads documents by id, nil where there is none.
	Articles(ctx context.Context, ids ...string) ([]*data.Document, error)
	// ArticlesFrom yields the documents that were read from a file, in no order,
	// as they are at its begin.
	ArticlesFrom(ctx context.Context, path string) iter.Seq2[*data.Document, error]
	// Incidents loads incidents by their id or that of one merged into them, nil where there is none.
	Incidents(ctx context.Context, ids ...string) ([]*data.Incident, error)
	// IncidentsWith loads the incidents that have a grouping key, and returns false
	// without loading any where there are more than most.
	IncidentsWith(ctx context.Context, key uint32, most int) ([]*data.Incident, bool, error)
	// AllIncidents yields every incident, in no order.
	AllIncidents(ctx context.Context) iter.Seq2[*data.Incident, error]
	// Decisions is the number of a person's decisions that the index follows, as of the
	// last batch that gave one.
	Decisions(ctx context.Context) (int, error)
	// Apply makes a batch durable, together or not at all.
	Apply(ctx context.Context, b *data.Batch) error
}
