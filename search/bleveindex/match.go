package bleveindex

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"incidex/data"
	"incidex/data/vocab"
	"incidex/search"
	"incidex/search/facet"
	"incidex/search/query"
	"incidex/search/text"
)

// matcher finds the articles that a query matches.
type matcher struct {
	*lookup
	// any makes every word of an And optional that need not be there.
	any bool
	// optional are words that are not needed beside others.
	optional map[string]bool
	// names are the organizations that the query names.
	names []search.Name
	// wanted are the hits of each word and phrase that ranks, in the order of the query.
	wanted []facet.Hits
}

func newMatcher(ctx context.Context, n *snapshot, any bool) *matcher {
	return &matcher{lookup: newLookup(ctx, n), any: any}
}

// named adds the articles about the victim that a word names, with those beside it
// or alone: an And of a name's words then finds them as well.
func (m *matcher) named(word string, hits facet.Hits) facet.Hits {
	for _, name := range m.names {
		if hits != nil && name.Victim != "" && slices.Contains(name.Words, word) {
			orInto(hits, m.n.view.Filter(victim(name)))
		}
	}
	return hits
}

// victim chooses the articles about an organization.
func victim(name search.Name) facet.Filter {
	return facet.Filter{Field: string(data.Victim), Values: []string{name.Victim}}
}

// match returns the articles that the node matches, nil when the node says
// nothing, as a stop word does: it then leaves the choice to the nodes beside it.
// The caller may change what it gets.
func (m *matcher) match(node query.Node) (facet.Hits, error) {
	if err := m.ctx.Err(); err != nil {
		return nil, err
	}
	switch node := node.(type) {
	case nil, query.All:
		return m.n.view.All(), nil
	case query.And:
		return m.and(node.Nodes)
	case query.Or:
		return m.or(node.Nodes)
	case query.Not:
		return m.not(node.Node)
	case query.Word:
		hits, err := m.word(fieldBody, node.Text, m.any && !node.Must)
		return m.counted(m.named(node.Text, hits), err)
	case query.Phrase:
		return m.counted(m.phrase(fieldBody, node.Text))
	case query.Prefix:
		return m.counted(m.prefix(node))
	case query.Match:
		return m.value(node)
	case query.Range:
		return m.n.view.Filter(search.RangeFilter(node)), nil
	case query.Has:
		return m.n.view.Filter(facet.Filter{Field: string(node.Field), Missing: true, Exclude: true}), nil
	case query.Missing:
		return m.n.view.Filter(facet.Filter{Field: string(node.Field), Missing: true}), nil
	default:
		return nil, fmt.Errorf("match %T: unknown kind of node", node)
	}
}

// counted notes the hits of a word, so that a hit can say how many words it has.
func (m *matcher) counted(hits facet.Hits, err error) (facet.Hits, error) {
	if hits != nil {
		m.wanted = append(m.wanted, hits.Clone())
	}
	return hits, err
}

// and wants all nodes but for optional words; with any, one of the words is enough.
// Words that must be there are wanted in any case, and are that one.
func (m *matcher) and(nodes []query.Node) (facet.Hits, error) {
	var must, words, optional facet.Hits
	one := false // of the words is wanted already
	with := func(to *facet.Hits, hits facet.Hits, combine func(a, b facet.Hits)) {
		if *to == nil {
			*to = hits
		} else {
			combine(*to, hits)
		}
	}
	for _, n := range nodes {
		hits, err := m.match(n)
		if err != nil {
			return nil, err
		}
		word, isWord := n.(query.Word)
		switch {
		case hits == nil:
		case isWord && word.Must:
			one = true
			with(&must, hits, andInto)
		case isWord && m.any:
			with(&words, hits, orInto)
		case isWord && m.optional[word.Text]:
			with(&optional, hits, andInto)
		default:
			with(&must, hits, andInto)
		}
	}
	switch {
	case must != nil && words != nil && !one:
		andInto(must, words)
		return must, nil
	case must != nil:
		return must, nil
	case words != nil:
		return words, nil
	}
	return optional, nil
}

func (m *matcher) or(nodes []query.Node) (facet.Hits, error) {
	var out facet.Hits
	for _, n := range nodes {
		hits, err := m.match(n)
		if err != nil {
			return nil, err
		}
		if out == nil {
			out = hits
		} else if hits != nil {
			orInto(out, hits)
		}
	}
	return out, nil
}

func (m *matcher) not(node query.Node) (facet.Hits, error) {
	inner := &matcher{lookup: m.lookup}
	hits, err := inner.match(node)
	if err != nil || hits == nil {
		return nil, err
	}
	all := m.n.view.All()
	for i := range all {
		all[i].AndNot(hits[i])
	}
	return all, nil
}

func andInto(a, b facet.Hits) {
	for i := range a {
		a[i].And(b[i])
	}
}

func orInto(a, b facet.Hits) {
	for i := range a {
		a[i].Or(b[i])
	}
}

// empty returns hits that hold nothing.
func (n *snapshot) empty() facet.Hits {
	out := make(facet.Hits, len(n.columns))
	for i, c := range n.columns {
		out[i] = facet.NewBits(c.facet.Docs)
	}
	return out
}

// articlesWith returns the articles with a word of a term set.
func (m *matcher) articlesWith(g termSet) (facet.Hits, error) {
	p, err := m.find(g)
	if err != nil {
		return nil, err
	}
	return m.hits(p).Clone(), nil
}

// word matches a word. One that has several parts, as "e-mail" has, must be
// written with them side by side or in one, unless one part is enough.
func (m *matcher) word(field, typed string, part bool) (facet.Hits, error) {
	words := text.Analyze(typed)
	if len(words) == 1 {
		return m.articlesWith(termSet{field, stemSet, words[0].Stem})
	}
	if !part {
		return m.phrase(field, typed)
	}
	var out facet.Hits
	for _, w := range words {
		hits, err := m.articlesWith(termSet{field, stemSet, w.Stem})
		if err != nil {
			return nil, err
		}
		if out == nil {
			out = hits
		} else {
			orInto(out, hits)
		}
	}
	return out, nil
}

// prefix matches a beginning of a word, or of a word of a value of a field.
func (m *matcher) prefix(p query.Prefix) (facet.Hits, error) {
	field := fieldBody
	switch p.Field {
	case "", query.Text:
	case query.Title:
		field = fieldTitle
	default:
		folded := vocab.Fold(p.Text)
		return m.values(p.Field, func(v string) bool { return strings.Contains(" "+vocab.Fold(v), " "+folded) })
	}
	return m.articlesWith(termSet{field, prefixSet, text.Prefix(p.Text)})
}

// value matches a value of a field, whatever its case and accents.
func (m *matcher) value(n query.Match) (facet.Hits, error) {
	switch n.Field {
	case query.Text:
		return m.counted(m.text(fieldBody, n.Value))
	case query.Title:
		return m.counted(m.text(fieldTitle, n.Value))
	case query.ID:
		return m.articlesWith(termSet{"_id", valueSet, articleID(n.Value)})
	case query.Path:
		return m.articlesWith(termSet{fieldPath, valueSet, n.Value})
	}
	folded := vocab.Fold(n.Value)
	if info, _ := query.Lookup(string(n.Field)); info.Kind == query.Name && n.Raw != "" {
		// A name that an article has is meant, even where it is another's alias.
		if _, ok := m.n.folded(string(n.Field))[vocab.Fold(n.Raw)]; ok {
			folded = vocab.Fold(n.Raw)
		}
	}
	return m.values(n.Field, func(v string) bool { return vocab.Fold(v) == folded })
}

// text matches a word in a field, or several side by side.
func (m *matcher) text(field, text string) (facet.Hits, error) {
	if len(strings.Fields(text)) < 2 {
		return m.word(field, text, false)
	}
	return m.phrase(field, text)
}

// values matches the articles with a value that is wanted.
func (m *matcher) values(field data.Field, want func(string) bool) (facet.Hits, error) {
	var chosen []string
	for i, v := range m.n.view.Values(string(field)) {
		if i%termsBetween == 0 {
			if err := m.ctx.Err(); err != nil {
				return nil, err
			}
		}
		if want(v) {
			chosen = append(chosen, v)
		}
	}
	if chosen == nil {
		return m.n.empty(), nil
	}
	return m.n.view.Filter(facet.Filter{Field: string(field), Values: chosen}), nil
}
