package search

import (
	"context"
	"strings"
	"unicode"
	"unicode/utf8"

	"incidex/data"
	"incidex/search/query"
)

const (
	// maxSnippets is the most snippets of a hit.
	maxSnippets = 2
	// maxSnippet is the most bytes of a snippet, unless one word is longer.
	maxSnippet = 320
)

// factFields are the fields whose best claim a hit shows.
var factFields = []data.Field{
	data.Victim, data.Sector, data.Country, data.Attack, data.Actor, data.Records, data.DataType, data.Occurred,
}

// hits loads what the page shows of each match.
func hits(ctx context.Context, snap Snapshot, q query.Node, matches []Match) ([]Hit, error) {
	ids := make([]string, len(matches))
	for i, m := range matches {
		ids[i] = m.ID
	}
	docs, err := snap.Articles(ctx, ids...)
	if err != nil {
		return nil, err
	}
	out := make([]Hit, 0, len(matches))
	for i, d := range docs {
		if d == nil {
			continue
		}
		h := Hit{
			Article:     data.Ref(d, data.Subject),
			Score:       matches[i].Score,
			Matched:     matches[i].Matched,
			Explanation: matches[i].Explanation,
			Title:       Marked{Text: d.Title, Marks: snap.Spans(q, d.Title)},
			Snippets:    snippets(d.Text, snap.Spans(q, d.Text)),
		}
		if s := d.Subject(); s != nil {
			h.Incident = s.ID
			h.Facts = facts(s)
		}
		out = append(out, h)
	}
	return out, nil
}

// facts are the claims of a subject that a hit shows: the best of a field, or one
// for each value of a field with several.
func facts(m *data.Mention) []data.Claim {
	var out []data.Claim
	for _, f := range factFields {
		info, _ := f.Info()
		seen := map[string]bool{}
		for _, c := range m.Claims {
			if c.Field != f || !c.Asserted() || seen[c.Value] {
				continue
			}
			seen[c.Value] = true
			out = append(out, c)
			if !info.Many {
				break
			}
		}
	}
	return out
}

// snippets cuts the sentences with the most matches out of a text, in their
// order; its beginning when nothing matches.
func snippets(text string, marks []data.Span) []Marked {
	sentences := sentences(text)
	best := make([]int, 0, maxSnippets)
	count := make([]int, len(sentences))
	k := 0
	for i, s := range sentences {
		for ; k < len(marks) && marks[k].Start < s.End; k++ {
			count[i]++
		}
	}
	for range maxSnippets {
		top := -1
		for i, n := range count {
			if n > 0 && (top < 0 || n > count[top]) {
				top = i
			}
		}
		if top < 0 {
			break
		}
		best = append(best, top)
		count[top] = 0
	}
	if len(best) == 0 {
		if len(sentences) == 0 {
			return nil
		}
		best = append(best, 0)
	}
	if len(best) == 2 && best[0] > best[1] {
		best[0], best[1] = best[1], best[0]
	}
	out := make([]Marked, len(best))
	for i, b := range best {
		out[i] = cut(text, sentences[b], marks)
	}
	return out
}

// cut makes a snippet of a span, shortened to maxSnippet around its first mark.
func cut(text string, s data.Span, marks []data.Span) Marked {
	if s.Len() > maxSnippet {
		first := s.Start
		for _, m := range marks {
			if s.Contains(m) {
				first = m.Start
				break
			}
		}
		s.Start = wordStart(text, max(s.Start, first-maxSnippet/4))
		s.End = wordStart(text, min(s.End, s.Start+maxSnippet))
	}
	m := Marked{Text: strings.TrimRightFunc(text[s.Start:s.End], unicode.IsSpace), Start: s.Start}
	for _, mark := range marks {
		if s.Contains(mark) {
			m.Marks = append(m.Marks, data.Span{Start: mark.Start - s.Start, End: mark.End - s.Start})
		}
	}
	return m
}

// wordStart moves forward to the beginning of a word, or to the end of the text.
func wordStart(text string, i int) int {
	if i <= 0 || i >= len(text) {
		return min(max(i, 0), len(text))
	}
	if r, _ := utf8.DecodeLastRuneInString(text[:i]); unicode.IsSpace(r) {
		return i
	}
	for j, r := range text[i:] {
		if unicode.IsSpace(r) {
			return i + j + utf8.RuneLen(r)
		}
	}
	return len(text)
}

// sentences splits a text after periods, question and exclamation marks that a
// capital, a digit or a quote follows, and at line breaks.
func sentences(text string) []data.Span {
	var out []data.Span
	start := 0
	add := func(end int) {
		for start < end {
			r, n := utf8.DecodeRuneInString(text[start:])
			if !unicode.IsSpace(r) {
				break
			}
			start += n
		}
		if start < end {
			out = append(out, data.Span{Start: start, End: end})
		}
		start = end
	}
	for i, r := range text {
		switch r {
		case '\n':
			add(i)
		case '.', '!', '?':
			rest := text[i+1:]
			rest = strings.TrimLeft(rest, `"'”’)`)
			next := strings.TrimLeft(rest, " ")
			if len(next) == len(rest) && next != "" {
				continue
			}
			if first, _ := utf8.DecodeRuneInString(next); next == "" || unicode.IsUpper(first) || unicode.IsDigit(first) || strings.ContainsRune(`"“‘'`, first) {
				add(len(text) - len(rest))
			}
		}
	}
	add(len(text))
	return out
}
