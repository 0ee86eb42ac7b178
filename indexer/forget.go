package indexer

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"incidex/data"
)

// elsewhere reports whether a document stands in another file too.
func (r *run) elsewhere(d *data.Document, path string) bool {
	return slices.ContainsFunc(d.Locations, func(l data.Location) bool { return l.Path != path && !r.gone[l.Path] })
}

func sortedLocations(l []data.Location) []data.Location {
	slices.SortFunc(l, func(a, b data.Location) int {
		if a.Path != b.Path {
			return strings.Compare(a.Path, b.Path)
		}
		return a.Line - b.Line
	})
	return slices.Compact(l)
}

// forget removes what was read from a file that is gone.
func (r *run) forget(path string) error {
	var ids []string
	for d, err := range r.Sink.ArticlesFrom(r.ctx, path) {
		if err != nil {
			return err
		}
		ids = append(ids, d.ID)
	}
	for _, id := range ids {
		if err := r.drop(r.ctx, id, path); err != nil {
			return err
		}
		if r.place.size() >= cmp.Or(r.batch, batchArticles) {
			if err := r.flush(); err != nil {
				return err
			}
		}
	}
	r.place.gone = append(r.place.gone, path)
	return nil
}

// drop takes a file out of a document's locations, and the document out of the
// index when none is left.
func (r *run) drop(ctx context.Context, id, path string) error {
	now, err := r.place.article(ctx, id)
	if err != nil || now == nil {
		return err
	}
	left := slices.DeleteFunc(slices.Clone(now.Locations), func(l data.Location) bool { return l.Path == path })
	if len(left) == 0 {
		r.sum.Removed++
		return r.place.remove(ctx, now)
	}
	copied := cloneMentions(now)
	copied.Locations = left
	r.place.write(copied)
	return nil
}
