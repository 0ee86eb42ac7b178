package bleveindex

import (
	"incidex/data"
	"incidex/search/facet"
	"incidex/search/parallel"
	"incidex/search/similar"
)

// Similar holds the facts of every incident that an article is about, as the
// columns tell them: all values of its articles, and the largest of their numbers
// of records. It is made at its first use.
func (n *snapshot) Similar() *similar.Index { return n.similar() }

func (n *snapshot) newSimilar() *similar.Index {
	lists := make([]facet.Lists, len(similar.Fields))
	parallel.Each(len(lists), func(i int) { lists[i] = n.view.ByIncident(string(similar.Fields[i])) })
	return similar.NewIndex(n.view.Values(facet.Incident), lists, n.view.NumberByIncident(string(data.Records)))
}
