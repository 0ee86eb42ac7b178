package search

import (
	"context"
	"fmt"

	"incidex/data"
	"incidex/search/query"
)

// Wanted says which of a query's plain words an article must have. Words behind a plus
// or beside an AND must be there in any case.
type Wanted string

const (
	// WantAuto, or the zero value, wants all of the words that matter where enough
	// articles have them, and otherwise any: one article that happens to have them all
	// must not hide the others. It looks at all articles, whatever the filters and the
	// conditions on fields, so that every view of a search wants the same.
	WantAuto Wanted = "auto"
	// WantAll wants all words.
	WantAll Wanted = "all"
	// WantMost wants all words but general ones, such as "breach". It is what WantAuto
	// comes to and cannot be asked for.
	WantMost Wanted = "most"
	// WantAny wants one word at least.
	WantAny Wanted = "any"
)

// Wants are those that a request can ask for.
var Wants = []Wanted{WantAuto, WantAll, WantAny}

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

// need is what was decided on the words of a query.
type need struct {
	match Wanted
	// auto says that nobody asked for it.
	auto bool
	// long is a query with more than maxAllWords words.
	long bool
	// all is the number of articles with all words, or all that matter.
	all int
}

// needed decides which words of the plan's query an article must have, and writes it
// into the plan.
func needed(ctx context.Context, snap Snapshot, plan *Plan, asked Wanted) (need, error) {
	words, plain, many := 0, 0, 0 // many: plain words that are general
	and, _ := plan.Query.(query.And)
	for _, n := range and.Nodes {
		if w, ok := n.(query.Word); ok {
			words++
			if !w.Must {
				plain++
				if general[w.Text] {
					many++
				}
			}
		}
	}
	all := need{match: WantAll}
	switch {
	case plain == 0 || words < 2 || asked == WantAll:
		return all, nil
	case asked == WantAny:
		plan.Any = true
		return need{match: WantAny}, nil
	}
	count := func(any bool, optional map[string]bool) (int, error) {
		found, err := snap.Search(ctx, Plan{Query: wordsOnly(and), Names: plan.Names, Any: any, Optional: optional, Sort: ByNewest})
		if err != nil {
			return 0, err
		}
		return found.Total, nil
	}
	out := need{match: WantAll, auto: true, long: words > maxAllWords}
	optional := general
	if out.long {
		optional = nil
	}
	var err error
	if out.all, err = count(false, optional); err != nil {
		return need{}, err
	}
	if !out.long && out.all >= minAllWords {
		plan.Optional = general
		if many > 0 && many < words {
			out.match = WantMost
		}
		return out, nil
	}
	some, err := count(true, nil)
	if err != nil {
		return need{}, err
	}
	if some > out.all {
		plan.Any, out.match = true, WantAny
	}
	return out, nil
}

// note says what was decided where nobody asked, nil where there is nothing to say:
// found is the number of articles found, and page that of a page.
func (n need) note(found, page int, text string) *Note {
	switch {
	case !n.auto:
		return nil
	case n.match != WantAny:
		if n.all < minAllWords || found >= page {
			return nil
		}
		return &Note{
			Kind: NoteAllWords, Query: text, Match: WantAny,
			Text: "These articles have all of the words that matter. Others have some.",
		}
	}
	note := &Note{Kind: NoteAnyWords, Text: "No article has all of these words. These have some of them."}
	if n.all > 0 {
		note.Text = fmt.Sprintf("Few articles (%d) have all of these words. The others have some of them.", n.all)
		note.Query, note.Match = text, WantAll
	}
	if n.long {
		note.Text = "These articles have some of the words, the best ones first."
	}
	return note
}

// wordsOnly is a query without its conditions on fields.
func wordsOnly(and query.And) query.Node {
	var out []query.Node
	for _, n := range and.Nodes {
		if onText(n) {
			out = append(out, n)
		}
	}
	if len(out) == 1 {
		return out[0]
	}
	return query.And{Nodes: out}
}

// onText reports whether a part of a query asks for words only.
func onText(n query.Node) bool {
	text := true
	of := func(f data.Field) { text = text && (f == "" || f == query.Text || f == query.Title) }
	query.Walk(n, func(n query.Node) bool {
		switch n := n.(type) {
		case query.Prefix:
			of(n.Field)
		case query.Match:
			of(n.Field)
		case query.Range, query.Has, query.Missing:
			text = false
		}
		return true
	})
	return text
}
