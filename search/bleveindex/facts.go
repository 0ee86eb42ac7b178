package bleveindex

import (
	"cmp"
	"slices"

	"incidex/data"
	"incidex/search/facet"
	"incidex/search/similar"
)

// Similar holds the facts of every incident that an article is about, as the
// columns tell them: all values of its articles, and the largest of their numbers
// of records. It is made at its first use.
func (n *snapshot) Similar() *similar.Index { return n.similar() }

func (n *snapshot) newSimilar() *similar.Index {
	facts := map[string]*similar.Facts{}
	for i, live := range n.view.All() {
		for doc := range live.Ones() {
			r := facet.Ref{Segment: i, Doc: doc}
			for _, id := range n.view.Strings(fieldIncident, r) {
				f := facts[id]
				if f == nil {
					f = &similar.Facts{ID: id}
					facts[id] = f
				}
				for field, to := range map[data.Field]*[]string{
					data.Sector: &f.Sectors, data.Attack: &f.Attacks, data.Vector: &f.Vectors, data.Actor: &f.Actors,
					data.DataType: &f.DataTypes, data.Country: &f.Countries, data.Law: &f.Laws,
				} {
					*to = append(*to, n.view.Strings(string(field), r)...)
				}
				if size, ok := n.view.Number(string(data.Records), r); ok {
					f.Records = max(f.Records, size)
				}
			}
		}
	}
	all := make([]similar.Facts, 0, len(facts))
	for _, f := range facts {
		all = append(all, *f)
	}
	slices.SortFunc(all, func(a, b similar.Facts) int { return cmp.Compare(a.ID, b.ID) })
	return similar.NewIndex(all)
}
