package search

import (
	"fmt"
	"strings"

	"incidex/data"
	"incidex/data/vocab"
	"incidex/search/query"
)

// maxAllWords is the most words that a query can have for its articles to need
// all of them. Whoever types more describes what to find.
const maxAllWords = 6

// minAllWords is the number of articles with all words from which those with fewer
// are left out.
const minAllWords = 5

// general are words that tell little in articles on breaches: in a query with
// others, an article need not have them.
var general = map[string]bool{
	"data": true, "breach": true, "breaches": true, "breached": true, "leak": true, "leaks": true, "leaked": true,
	"hack": true, "hacks": true, "hacked": true, "hacking": true, "hackers": true, "attack": true, "attacks": true, "attacked": true,
	"cyber": true, "cyberattack": true, "cyberattacks": true, "cybersecurity": true, "security": true,
	"incident": true, "incidents": true, "stolen": true, "exposed": true, "news": true, "article": true, "articles": true,
}

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

// maxNameWords is the most words that a name is looked up with.
const maxNameWords = 4

// names finds the organizations that words of a query name, side by side, and
// says so of those that go by another name: "MGM" of MGM Resorts.
func names(snap Snapshot, node query.Node) ([]Name, []Note) {
	var out []Name
	var notes []Note
	for _, run := range runs(node) {
		for i := 0; i < len(run); i++ {
			for n := min(maxNameWords, len(run)-i); n > 0; n-- {
				name, ok := nameOf(snap, run[i:i+n])
				if !ok {
					continue
				}
				if text := strings.Join(name.Words, " "); n == 1 && name.Victim != "" && vocab.Fold(text) != vocab.Fold(name.Victim) {
					notes = append(notes, aliasNote(node, text, name.Victim))
				}
				out = append(out, name)
				i += n - 1
				break
			}
		}
	}
	return out, notes
}

// nameOf returns the organization that words name.
func nameOf(snap Snapshot, words []string) (Name, bool) {
	text := strings.Join(words, " ")
	name := Name{Words: words}
	term, known := vocab.Organizations().Lookup(text)
	for _, v := range []string{term.Value, text} {
		if v != "" && name.Victim == "" {
			name.Victim, _ = snap.Value(string(data.Victim), v)
		}
	}
	return name, known || name.Victim != ""
}

func aliasNote(node query.Node, text, victim string) Note {
	exact := eachWord(node, func(w query.Word) query.Node {
		if w.Text == text {
			return query.Phrase{Text: text}
		}
		return w
	})
	return Note{Kind: NoteAlias, Text: fmt.Sprintf("%s: %s", text, victim), Query: query.Query{Root: exact}.String()}
}

// runs are the words that stand side by side in a query, but for those that it excludes.
func runs(node query.Node) [][]string {
	var out [][]string
	var run []string
	end := func() {
		if run != nil {
			out = append(out, run)
		}
		run = nil
	}
	var walk func(query.Node)
	walk = func(node query.Node) {
		switch n := node.(type) {
		case query.Word:
			run = append(run, n.Text)
			return
		case query.And:
			for _, c := range n.Nodes {
				walk(c)
			}
			return
		case query.Or:
			for _, c := range n.Nodes {
				end()
				walk(c)
			}
		}
		end()
	}
	walk(node)
	end()
	return out
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

// exactly returns the query that needs all words, as they are written.
func exactly(node query.Node) query.Node {
	return eachWord(node, func(w query.Word) query.Node { return query.Phrase{Text: w.Text} })
}
