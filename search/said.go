package search

import (
	"fmt"
	"strings"

	"incidex/search/query"
	"incidex/search/text"
)

// country is written small as often as not, and the word that is left out never is meant.
func country(node query.Node) query.Node {
	return query.RewriteWords(node, func(_ int, w query.Word) query.Node {
		if w.Text == "us" {
			w.Text = "US"
		}
		return w
	})
}

// searchable reports whether a query asks for anything: for a word that the index keeps,
// or for a value of a field.
func searchable(node query.Node) bool {
	found := false
	query.Walk(node, func(n query.Node) bool {
		switch n := n.(type) {
		case query.Word:
			found = found || len(text.Analyze(n.Text)) > 0
		case query.Phrase:
			found = found || len(text.Analyze(n.Text)) > 0
		case query.Prefix, query.Match, query.Range, query.Has, query.Missing:
			found = true
		}
		return !found
	})
	return found
}

// signs are what people write beside numbers and no text is searched for.
const signs = "$€£¥%"

const nothingText = `There is nothing to search for: signs and words such as "the" are not searched. The query leaves no article out.`

// said are the notes on what of a query, as it was typed, is not searched for.
func said(typed string, q query.Query, problems []query.Problem) []Note {
	typed = strings.TrimSpace(typed)
	if !searchable(q.Root) {
		if strings.Trim(typed, "*") == "" || q.Level != "" || len(problems) > 0 {
			return nil
		}
		note := Note{Kind: NoteNothing, Text: nothingText}
		if upper := strings.ToUpper(typed); upper != typed && len(text.Analyze(upper)) > 0 {
			note.Text = fmt.Sprintf("The word %q is not searched, the name %q is. The query leaves no article out.", typed, upper)
			note.Query = upper
		}
		return []Note{note}
	}
	var notes []Note
	for _, w := range query.Words(q.Root) {
		if bare := strings.Trim(w, signs); bare != w && len(text.Analyze(bare)) > 0 {
			notes = append(notes, Note{Kind: NoteSigns, Text: fmt.Sprintf("Signs are not searched: %q is searched as %q.", w, bare)})
		}
	}
	return notes
}
