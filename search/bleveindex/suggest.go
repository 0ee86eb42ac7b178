package bleveindex

import (
	"cmp"
	"context"
	"encoding/binary"
	"iter"
	"slices"
	"strings"

	"incidex/data"
	"incidex/data/vocab"
	"incidex/search"
	"incidex/search/facet"
	"incidex/search/query"
	"incidex/search/text"
)

const (
	// minSlip is the number of letters from which a slip in what is typed is forgiven.
	minSlip = 4
	// maxSlips is the number of values, the best ones, in which slips are looked for.
	maxSlips = 100_000
	// minTitle is the number of letters of a single word from which titles are suggested.
	minTitle = 3
	// maxTitles is the most titles among the suggestions, maxFields the most fields.
	maxTitles, maxFields = 3, 2
)

// suggestions are the values of a snapshot for completion, made when they are
// first asked for.
type suggestions struct {
	values []suggested // best first
	starts []start     // sorted by text
}

// suggested is a value that can be suggested.
type suggested struct {
	field                string
	value, label, folded string
	articles, incidents  int
}

// start is the beginning of a word of a value.
type start struct {
	head  uint64 // the first bytes of the text, the first one highest, for comparing
	value uint32 // number
	at    uint32 // in the value's folded label
}

func (s *suggestions) text(x start) string { return s.values[x.value].folded[x.at:] }

// head is the number that compares like the first bytes of a text.
func head(text string) uint64 {
	var b [8]byte
	copy(b[:], text)
	return binary.BigEndian.Uint64(b[:])
}

func (n *snapshot) newSuggestions() *suggestions {
	s := &suggestions{}
	var requests []facet.Request
	for _, info := range data.Fields {
		if info.Kind == data.Name || info.Kind == data.Code {
			requests = append(requests, facet.Request{Field: string(info.Field), Sort: facet.ByIncidents})
		}
	}
	requests = append(requests, facet.Request{Field: string(query.Publisher)}, facet.Request{Field: string(query.Tag)})
	_, counts := n.view.Count(n.view.All(), nil, requests)
	for _, f := range counts {
		for _, v := range f.Values {
			label := vocab.Label(data.Field(f.Field), v.Value)
			s.values = append(s.values, suggested{f.Field, v.Value, label, vocab.Fold(label), v.Articles, v.Incidents})
		}
	}
	slices.SortStableFunc(s.values, func(a, b suggested) int {
		return cmp.Or(cmp.Compare(b.incidents, a.incidents), cmp.Compare(b.articles, a.articles))
	})
	for i, v := range s.values {
		for at := range wordStarts(v.folded) {
			s.starts = append(s.starts, start{head(v.folded[at:]), uint32(i), uint32(at)})
		}
	}
	slices.SortFunc(s.starts, func(a, b start) int {
		return cmp.Or(cmp.Compare(a.head, b.head), strings.Compare(s.text(a), s.text(b)))
	})
	return s
}

// wordStarts yields where the words of a folded text begin.
func wordStarts(folded string) iter.Seq[int] {
	return func(yield func(int) bool) {
		for at := 0; at < len(folded) && yield(at); {
			next := strings.IndexByte(folded[at:], ' ')
			if next < 0 {
				return
			}
			at += next + 1
		}
	}
}

// find returns the numbers of the values with a word that begins with a folded
// text, best first: with one slip in it when nothing else is found.
func (s *suggestions) find(text string, limit int) []int {
	from, _ := slices.BinarySearchFunc(s.starts, text, func(x start, t string) int { return strings.Compare(s.text(x), t) })
	var out []int // ascending, which is best first
	for _, x := range s.starts[from:] {
		if !strings.HasPrefix(s.text(x), text) {
			break
		}
		i := int(x.value)
		if len(out) == limit && i >= out[limit-1] {
			continue
		}
		at, known := slices.BinarySearch(out, i)
		if known {
			continue
		}
		if len(out) == limit {
			out = out[:limit-1]
		}
		out = slices.Insert(out, at, i)
	}
	if len(text) < minSlip {
		return out
	}
	exact := out
	for i := 0; i < min(len(s.values), maxSlips) && len(out) < limit; i++ {
		for at := range wordStarts(s.values[i].folded) {
			if slipPrefix(text, s.values[i].folded[at:]) && !slices.Contains(exact, i) {
				out = append(out, i)
				break
			}
		}
	}
	return out
}

// suggestion is what is shown of a value.
func (x *suggested) suggestion() search.Suggestion {
	out := search.Suggestion{
		Kind: search.SuggestValue, Field: x.field, Value: x.value, Text: x.label,
		Query:    query.Match{Field: data.Field(x.field), Value: x.value, Raw: x.label}.String(),
		Articles: x.articles, Incidents: x.incidents,
	}
	if x.field == string(data.Victim) {
		out.Kind = search.SuggestOrganization
	}
	return out
}

// slipPrefix reports whether s begins with what was typed but for one slip. Both are folded;
// a slip in a letter of several bytes may be missed.
func slipPrefix(typed, s string) bool {
	i := text.Shared(typed, s)
	if i == len(typed) {
		return true
	}
	rest, of := typed[i:], s[i:]
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
func (n *snapshot) Suggest(ctx context.Context, typed string, limit int) (_ []search.Suggestion, err error) {
	defer func() { err = n.of.told(err) }()
	defer faults(&err)()
	text := vocab.Fold(typed)
	if text == "" {
		return nil, nil
	}
	s := n.suggestions()
	var out []search.Suggestion
	for _, i := range s.find(text, limit) {
		out = append(out, s.values[i].suggestion())
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
	words := text.Analyze(typed)
	words = slices.DeleteFunc(words, func(w text.Word) bool { return w.Joined })
	if len(words) == 0 || limit == 0 {
		return nil, nil
	}
	last := words[len(words)-1]
	if len(words) == 1 && len(last.Exact) < minTitle {
		return nil, nil
	}
	m := newMatcher(ctx, n, false)
	hits, err := m.articlesWith(termSet{fieldTitle, prefixSet, last.Exact})
	if err != nil {
		return nil, err
	}
	for _, w := range words[:len(words)-1] {
		p, err := m.find(termSet{fieldTitle, stemSet, w.Stem})
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
