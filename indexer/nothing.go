package indexer

import (
	"context"
	"errors"
	"iter"

	"incidex/data"
)

// Nothing is the index of who has none yet, for a dry run. It cannot be written.
type Nothing struct{}

var _ Sink = Nothing{}

func (Nothing) Empty() bool { return true }

func (Nothing) Files(context.Context) ([]*data.File, error) { return nil, nil }

func (Nothing) Articles(_ context.Context, ids ...string) ([]*data.Document, error) {
	return make([]*data.Document, len(ids)), nil
}

func (Nothing) ArticlesFrom(context.Context, string) iter.Seq2[*data.Document, error] {
	return func(func(*data.Document, error) bool) {}
}

func (Nothing) Incidents(_ context.Context, ids ...string) ([]*data.Incident, error) {
	return make([]*data.Incident, len(ids)), nil
}

func (Nothing) IncidentsWith(context.Context, uint32, int) ([]*data.Incident, bool, error) {
	return nil, true, nil
}

func (Nothing) AllIncidents(context.Context) iter.Seq2[*data.Incident, error] {
	return func(func(*data.Incident, error) bool) {}
}

func (Nothing) Decisions(context.Context) (int, error) { return 0, nil }

func (Nothing) Apply(context.Context, *data.Batch) error {
	return errors.New("there is no index to write to")
}
