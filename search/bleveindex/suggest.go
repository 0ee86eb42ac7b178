package bleveindex

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"incidex/data"
	"incidex/data/vocab"
	"incidex/search"
	"incidex/search/facet"
	"incidex/search/query"
)

const (
	// minSlip is the number of letters from which a slip in what is typed is forgiven.
	minSlip = 4
	// minTitle is the number of letters of a single word from which titles are suggested.
	minTitle = 3
	// maxTitles is the most titles among the suggestions, maxFields the most fields.
	maxTitles, maxFields = 3, 2
)

// suggestions are the values of a snapshot for completion, made when they are
// first asked for.
type suggestions struct {
	values []search.Suggestion
	// starts are the beginnings of their words, sorted: the rest of the folded text,
	// and the number of the value.
	starts []start
}

type start struct {
	text  string
	value int
	first bool // of the value's words
}

func (n *snapshot) newSuggestions() *suggestions {
	s := &suggestions{}
	var requests []facet.Request
	for _, info := range data.Fields {
		if info.Kind == data.Name || info.Kind == data.Code {
			requests = append(requests, facet.Request{Field: string(info.Field)})
		}
	}
	requests = append(requests, facet.Request{Field: string(query.Publisher)}, facet.Request{Field: string(query.Tag)})
	_, counts := n.view.Count(n.view.All(), nil, requests)
	for _, f := range counts {
		for _, v := range f.Values {
			label := vocab.Label(data.Field(f.Field), v.Value)
			x := search.Suggestion{
				Kind: search.SuggestValue, Field: f.Field, Value: v.Value, Text: label,
				Query:    query.Match{Field: data.Field(f.Field), Value: v.Value, Raw: label}.String(),
				Articles: v.Articles, Incidents: v.Incidents,
			}
			if f.Field == string(data.Victim) {
				x.Kind = search.SuggestOrganization
			}
			s.add(x, vocab.Fold(label))
		}
	}
	slices.SortFunc(s.starts, func(a, b start) int { return strings.Compare(a.text, b.text) })
	return s
}

// add adds a value under each of its words.
func (s *suggestions) add(x search.Suggestion, folded string) {
	s.values = append(s.values, x)
	for i := 0; i < len(folded); {
		s.starts = append(s.starts, start{folded[i:], len(s.values) - 1, i == 0})
		next := strings.IndexByte(folded[i:], ' ')
		if next < 0 {
			break
		}
		i += next + 1
	}
}

// find returns the numbers of the values with a word that begins with a folded
// text, best first: with one slip in it when nothing else is found.
func (s *suggestions) find(text string, limit int) []int {
	from, _ := slices.BinarySearchFunc(s.starts, text, func(x start, t string) int { return strings.Compare(x.text, t) })
	seen := map[int]bool{}
	var out []int
	for _, x := range s.starts[from:] {
		if !strings.HasPrefix(x.text, text) {
			break
		}
		if !seen[x.value] {
			seen[x.value] = true
			out = append(out, x.value)
		}
	}
	s.sort(out)
	if len(out) >= limit || len(text) < minSlip {
		return out[:min(limit, len(out))]
	}
	exact := len(out)
	for _, x := range s.starts {
		if slipPrefix(text, x.text) && !seen[x.value] {
			seen[x.value] = true
			out = append(out, x.value)
		}
	}
	s.sort(out[exact:])
	return out[:min(limit, len(out))]
}

func (s *suggestions) sort(list []int) {
	slices.SortFunc(list, func(a, b int) int {
		x, y := s.values[a], s.values[b]
		return cmp.Or(cmp.Compare(y.Incidents, x.Incidents), cmp.Compare(y.Articles, x.Articles), strings.Compare(x.Text, y.Text), strings.Compare(x.Field, y.Field))
	})
}

// slipPrefix reports whether s begins with text but for one slip. Both are folded;
// a slip in a letter of several bytes may be missed.
func slipPrefix(text, s string) bool {
	i := shared(text, s)
	if i == len(text) {
		return true
	}
	rest, of := text[i:], s[i:]
	switch {
	case strings.HasPrefix(of, rest[1:]): // one letter too many
		return true
	case of == "":
		return false
	case strings.HasPrefix(of[1:], rest), // one letter too few
		strings.HasPrefix(of[1:], rest[1:]): // a wrong letter
		return true
	}
	return len(rest) > 1 && len(of) > 1 && rest[0] == of[1] && rest[1] == of[0] && strings.HasPrefix(of[2:], rest[2:])
}

// Suggest completes what a person types.
func (n *snapshot) Suggest(ctx context.Context, typed string, limit int) ([]search.Suggestion, error) {
	text := vocab.Fold(typed)
	if text == "" {
		return nil, nil
	}
	s := n.suggestions()
	var out []search.Suggestion
	for _, i := range s.find(text, limit) {
		out = append(out, s.values[i])
	}
	fields := fieldsFor(text)
	titles, err := n.titles(ctx, typed, min(maxTitles, limit))
	if err != nil {
		return nil, err
	}
	// Values give way to fields and titles, down to half of the list.
	out = out[:min(len(out), max(limit-len(fields)-len(titles), (limit+1)/2))]
	out = slices.Concat(out, fields, titles)
	return out[:min(limit, len(out))], nil
}

// fieldsFor returns the fields whose name begins with a folded text.
func fieldsFor(text string) []search.Suggestion {
	var out []search.Suggestion
	for _, f := range query.Fields {
		if len(out) < maxFields && (strings.HasPrefix(vocab.Fold(f.Label), text) || strings.HasPrefix(vocab.Fold(string(f.Field)), text)) {
			out = append(out, search.Suggestion{Kind: search.SuggestField, Text: f.Label, Field: string(f.Field), Query: string(f.Field) + ":"})
		}
	}
	return out
}

// titles returns the newest articles that have the words in their titles, the last
// one as a beginning.
func (n *snapshot) titles(ctx context.Context, typed string, limit int) ([]search.Suggestion, error) {
	words := analyze(typed)
	words = slices.DeleteFunc(words, func(w word) bool { return w.joined })
	if len(words) == 0 || limit == 0 {
		return nil, nil
	}
	last := words[len(words)-1]
	if len(words) == 1 && len(last.exact) < minTitle {
		return nil, nil
	}
	m := newMatcher(ctx, n, false)
	hits, err := m.group(group{fieldTitle, prefixGroup, last.exact})
	if err != nil {
		return nil, err
	}
	for _, w := range words[:len(words)-1] {
		p, err := m.find(group{fieldTitle, stemGroup, w.stem})
		if err != nil {
			return nil, err
		}
		andInto(hits, m.hits(p))
	}
	refs, _ := n.view.Top(hits, facet.Key{Field: string(query.Published), Desc: true}, limit, nil)
	var out []search.Suggestion
	for _, r := range refs {
		d, err := decode[struct{ Title string }](n.segments[r.Segment], uint32(r.Doc))
		if err != nil {
			return nil, err
		}
		if d != nil {
			out = append(out, search.Suggestion{
				Kind: search.SuggestTitle, Text: d.Title, Value: n.id(r), Query: query.Phrase{Text: d.Title}.String(),
			})
		}
	}
	return out, nil
}
