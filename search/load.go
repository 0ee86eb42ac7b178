package search

import (
	"context"
	"fmt"

	"incidex/data"
	"incidex/search/parallel"
)

// Titles returns the titles of incidents by the ids asked for. Ids that the index
// does not have are left out.
func (e *Engine) Titles(ctx context.Context, ids ...string) (map[string]string, error) {
	snap, err := e.snapshot(ctx)
	if err != nil {
		return nil, fmt.Errorf("load titles: %w", err)
	}
	defer snap.Close()
	titles := make([]string, len(ids))
	err = parallel.Try(len(ids), func(i int) error {
		incidents, err := snap.Incidents(ctx, ids[i])
		if err == nil && incidents[0] != nil {
			titles[i] = incidents[0].Title
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("load titles: %w", err)
	}
	out := map[string]string{}
	for i, title := range titles {
		if title != "" {
			out[ids[i]] = title
		}
	}
	return out, nil
}

// Articles loads articles by id. Ids that the index does not have are left out.
func (e *Engine) Articles(ctx context.Context, ids ...string) (map[string]*data.Document, error) {
	snap, err := e.snapshot(ctx)
	if err != nil {
		return nil, fmt.Errorf("load articles: %w", err)
	}
	defer snap.Close()
	docs, err := snap.Articles(ctx, ids...)
	if err != nil {
		return nil, fmt.Errorf("load articles: %w", err)
	}
	out := map[string]*data.Document{}
	for _, d := range docs {
		if d != nil {
			out[d.ID] = d
		}
	}
	return out, nil
}
