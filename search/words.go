package search

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"incidex/data"
	"incidex/data/vocab"
	"incidex/search/query"
)

// The kinds of notes.
const (
	// NoteAnyWords says that no article has all words, or that not all are needed.
	NoteAnyWords = "any-words"
	// NoteAllWords says that only articles with all words were wanted.
	NoteAllWords = "all-words"
	// NoteCorrected says that a word was taken for another.
	NoteCorrected = "corrected"
	// NoteMoved says that a page follows one of another generation of the index.
	NoteMoved = "moved"
	// NoteNothing says that there is nothing to search for in the query.
	NoteNothing = "nothing"
	// NoteSigns says that a word is searched without its signs.
	NoteSigns = "signs"
	// NoteAlias says that a name was taken for another as well.
	NoteAlias = "alias"
)

// correct replaces the words that the index does not know, or hardly, by those that
// they are most likely slips of.
func correct(ctx context.Context, snap Snapshot, node query.Node) (query.Node, []Note, error) {
	to := map[int]Correction{} // by the number of the first word in the query
	last := map[int]bool{}     // words that the correction of the one before replaces
	first := 0
	var exact []int
	budget := NewCorrectionBudget()
	for _, run := range query.Runs(node) {
		better, err := snap.Correct(ctx, run, budget)
		if err != nil {
			return nil, nil, err
		}
		for _, c := range better {
			to[first+c.First] = c
			for i := c.First; i < c.End; i++ {
				exact = append(exact, first+i)
				last[first+i] = i > c.First
			}
		}
		first += len(run)
	}
	if len(to) == 0 {
		return node, nil, nil
	}
	undo := query.Query{Root: query.RewriteWords(node, func(i int, w query.Word) query.Node {
		if slices.Contains(exact, i) {
			return query.Phrase{Text: w.Text}
		}
		return w
	})}.String()
	var notes []Note
	typed := ""
	fixed := query.RewriteWords(node, func(i int, w query.Word) query.Node {
		c, ok := to[i]
		switch {
		case last[i]:
			notes[len(notes)-1].Text = fmt.Sprintf("No article has %q side by side. These have %q.", typed+" "+w.Text, to[i-1].Text)
			return nil
		case !ok:
			return w
		}
		typed = w.Text
		note := Note{Kind: NoteCorrected, Query: undo, Text: fmt.Sprintf("No article has the word %q. These have %q.", w.Text, c.Text)}
		if c.Articles > 0 {
			note.Text = fmt.Sprintf("Few articles (%d) have the word %q. These have %q.", c.Articles, w.Text, c.Text)
		}
		if !slices.ContainsFunc(notes, func(n Note) bool { return n.Text == note.Text }) {
			notes = append(notes, note)
		}
		var words []query.Node
		for _, text := range strings.Fields(c.Text) {
			words = append(words, query.Word{Text: text, Must: w.Must})
		}
		if len(words) == 1 {
			return words[0]
		}
		return query.And{Nodes: words}
	})
	return fixed, notes, nil
}

// maxNameWords is the most words that a name is looked up with.
const maxNameWords = 4

// names finds the organizations that words of a query name, side by side, and
// says so of those that go by another name: "MGM" of MGM Resorts.
func names(snap Snapshot, node query.Node) ([]Name, []Note) {
	var out []Name
	var notes []Note
	first := 0 // the number of the run's first word in the query
	for _, run := range query.Runs(node) {
		for i := 0; i < len(run); i++ {
			for n := min(maxNameWords, len(run)-i); n > 0; n-- {
				name, ok := nameOf(snap, run[i:i+n])
				if !ok {
					continue
				}
				if text := strings.Join(name.Words, " "); name.Victim != "" && vocab.Fold(text) != vocab.Fold(name.Victim) {
					notes = append(notes, aliasNote(node, first+i, name))
				}
				out = append(out, name)
				i += n - 1
				break
			}
		}
		first += len(run)
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

// aliasNote is about the name that begins with a word of the query, counted from 0.
func aliasNote(node query.Node, first int, name Name) Note {
	text := strings.Join(name.Words, " ")
	exact := query.RewriteWords(node, func(i int, w query.Word) query.Node {
		switch {
		case i == first:
			return query.Phrase{Text: text}
		case i > first && i < first+len(name.Words):
			return nil
		}
		return w
	})
	return Note{Kind: NoteAlias, Text: fmt.Sprintf("%s: %s", text, name.Victim), Query: query.Query{Root: exact}.String()}
}
