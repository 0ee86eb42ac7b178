package alert

import (
	"context"
	"time"

	"incidex/data"
)

const (
	// settleTime is the longest that searches are waited for, settleEvery the time between
	// two looks.
	settleTime  = 5 * time.Minute
	settleEvery = 100 * time.Millisecond
)

// settle waits until searches see the last of the articles that were written.
func settle(ctx context.Context, index Index, written func(ctx context.Context, ids ...string) ([]*data.Document, error), notes []Note) error {
	last, err := lastWritten(ctx, written, notes)
	if err != nil || last == nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, settleTime)
	defer cancel()
	for {
		seen, err := index.Articles(ctx, last.ID)
		if err != nil {
			return err
		}
		if d := seen[last.ID]; d != nil && d.Hash == last.Hash {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(settleEvery):
		}
	}
}

// lastWritten is the last note whose article is in the index as it was noted.
func lastWritten(ctx context.Context, written func(ctx context.Context, ids ...string) ([]*data.Document, error), notes []Note) (*Note, error) {
	for i := len(notes) - 1; i >= 0; i-- {
		docs, err := written(ctx, notes[i].ID)
		if err != nil {
			return nil, err
		}
		if docs[0] != nil && docs[0].Hash == notes[i].Hash {
			return &notes[i], nil
		}
	}
	return nil, nil
}
