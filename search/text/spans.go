package text

import (
	"strings"

	"incidex/data"
	"incidex/search/query"
)

// Span is a range of bytes of a text that a word of a query matches.
type Span struct {
	data.Span
	// Word is the number of the word in the query, from 0.
	Word int
}

// Spans returns the bytes of text that the words of the query match, in order.
func Spans(node query.Node, text string) []Span {
	want, prefixes := map[string]int{}, map[string]int{}
	only, some := &beginnings{}, true
	for i, w := range query.Words(node) {
		if p, ok := strings.CutSuffix(w, "*"); ok {
			prefixes[Prefix(p)] = i
			some = only.add(Prefix(p)) && some
			continue
		}
		for _, t := range Analyze(w) {
			if _, ok := want[t.Stem]; !ok {
				want[t.Stem] = i
				only.add(t.Stem)
			}
		}
	}
	var out []Span
	if len(want)+len(prefixes) == 0 {
		return nil
	}
	a := Acquire()
	defer a.Release()
	if some {
		a.only = only
	}
	for _, w := range a.Words(text) {
		number, hit := want[w.Stem]
		for p, i := range prefixes {
			if !hit && strings.HasPrefix(w.Exact, p) {
				number, hit = i, true
			}
		}
		if !hit {
			continue
		}
		// A joined word takes the place of those that it is made of.
		for w.Joined && len(out) > 0 && out[len(out)-1].Start >= w.Start {
			out = out[:len(out)-1]
		}
		out = append(out, Span{Span: data.Span{Start: w.Start, End: w.End}, Word: number})
	}
	return out
}
