package search

import (
	"fmt"

	"incidex/data"
	"incidex/data/vocab"
	"incidex/search/query"
)

// maxAllWords is the most words that a query can have for its articles to need
// all of them. Whoever types more describes what to find.
const maxAllWords = 6

// The kinds of notes.
const (
	// NoteAnyWords says that no article has all words, or that not all are needed.
	NoteAnyWords = "any-words"
	// NoteAllWords says that only articles with all words were wanted.
	NoteAllWords = "all-words"
	// NoteCorrected says that a word was taken for another.
	NoteCorrected = "corrected"
	// NoteAlias says that a name was taken for another as well.
	NoteAlias = "alias"
)

// correct replaces the words that the index does not know by those that they are
// most likely slips of.
func correct(snap Snapshot, node query.Node) (query.Node, []Note, error) {
	var notes []Note
	to := map[string]string{}
	var failed error
	fixed := eachWord(node, func(w query.Word) query.Node {
		better, err := snap.Correct(w.Text)
		if err != nil {
			failed = err
		}
		if better == "" {
			return w
		}
		to[w.Text] = better
		return query.Word{Text: better}
	})
	if failed != nil {
		return nil, nil, failed
	}
	if len(to) == 0 {
		return node, nil, nil
	}
	exact := query.Query{Root: eachWord(node, func(w query.Word) query.Node {
		if to[w.Text] != "" {
			return query.Phrase{Text: w.Text}
		}
		return w
	})}.String()
	query.Walk(node, func(n query.Node) bool {
		if w, ok := n.(query.Word); ok && to[w.Text] != "" {
			notes = append(notes, Note{
				Kind: NoteCorrected, Query: exact,
				Text: fmt.Sprintf("No article has the word %q. These have %q.", w.Text, to[w.Text]),
			})
			delete(to, w.Text)
		}
		_, not := n.(query.Not)
		return !not
	})
	return fixed, notes, nil
}

// eachWord returns the tree with f applied to its words, but for those that it excludes.
func eachWord(node query.Node, f func(query.Word) query.Node) query.Node {
	all := func(nodes []query.Node) []query.Node {
		out := make([]query.Node, len(nodes))
		for i, n := range nodes {
			out[i] = eachWord(n, f)
		}
		return out
	}
	switch n := node.(type) {
	case query.Word:
		return f(n)
	case query.And:
		return query.And{Nodes: all(n.Nodes)}
	case query.Or:
		return query.Or{Nodes: all(n.Nodes)}
	}
	return node
}

// aliases finds the words that are other names of victims: "MGM" of MGM Resorts.
func aliases(snap Snapshot, node query.Node) (map[string]string, []Note) {
	found := map[string]string{}
	var notes []Note
	eachWord(node, func(w query.Word) query.Node {
		term, ok := vocab.Organizations().Lookup(w.Text)
		if _, seen := found[w.Text]; !ok || seen || vocab.Fold(term.Value) == vocab.Fold(w.Text) || !snap.Has(string(data.Victim), term.Value) {
			return w
		}
		found[w.Text] = term.Value
		notes = append(notes, Note{
			Kind: NoteAlias, Text: fmt.Sprintf("%s: %s", w.Text, term.Value),
			Query: query.Query{Root: eachWord(node, func(o query.Word) query.Node {
				if o == w {
					return query.Phrase{Text: o.Text}
				}
				return o
			})}.String(),
		})
		return w
	})
	return found, notes
}

// anyOf returns the query that wants one of the words of an And, nil when the node
// is none or has fewer than two.
func anyOf(node query.Node) query.Node {
	and, ok := node.(query.And)
	if !ok {
		return nil
	}
	var words, rest []query.Node
	for _, n := range and.Nodes {
		if _, ok := n.(query.Word); ok {
			words = append(words, n)
		} else {
			rest = append(rest, n)
		}
	}
	switch {
	case len(words) < 2:
		return nil
	case rest == nil:
		return query.Or{Nodes: words}
	}
	return query.And{Nodes: append([]query.Node{query.Or{Nodes: words}}, rest...)}
}
