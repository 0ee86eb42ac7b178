package search

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"incidex/data"
	"incidex/search/text"
)

const (
	// maxSnippets is the most snippets of a hit.
	maxSnippets = 2
	// maxSnippet is the most bytes of a snippet, unless one word is longer.
	maxSnippet = 320
)

// marks are the ranges of spans.
func marks(spans []text.Span) []data.Span {
	var out []data.Span
	for _, s := range spans {
		out = append(out, s.Span)
	}
	return out
}

// snippets cuts the sentences out of a text that together have the most words of
// the query, in the order of the text; its beginning when it has none. Sentences
// that follow each other are one snippet where there is room, and a short one is
// filled up with what follows. Spans are in order and do not overlap.
func snippets(text string, spans []text.Span) []Marked {
	all := sentences(text)
	if len(all) == 0 {
		return []Marked{}
	}
	chosen := choose(all, spans)
	var out []Marked
	for k := 0; k < len(chosen); k++ {
		first := chosen[k]
		s := all[first]
		for last := first + 1; last < len(all) && all[last].End-s.Start <= maxSnippet && !strings.Contains(text[s.End:all[last].Start], "\n\n"); last++ {
			s.End = all[last].End
			if k+1 < len(chosen) && chosen[k+1] == last {
				k++
			}
		}
		out = append(out, cut(text, s, spans))
	}
	return out
}

// choose returns the numbers of at most maxSnippets sentences in ascending order:
// at each step the one with the most words that those before lack, then the one
// with the most distinct words, then the first.
func choose(sentences []data.Span, spans []text.Span) []int {
	words := make([]uint64, len(sentences))
	k := 0
	for i, s := range sentences {
		for ; k < len(spans) && spans[k].Start < s.End; k++ {
			words[i] |= 1 << min(spans[k].Word, 63)
		}
	}
	var out []int
	var covered uint64
	for range maxSnippets {
		best, most := -1, 0
		for i, w := range words {
			if w == 0 || slices.Contains(out, i) {
				continue
			}
			if n := bits.OnesCount64(w&^covered)*64 + bits.OnesCount64(w); n > most {
				best, most = i, n
			}
		}
		if best < 0 {
			break
		}
		out = append(out, best)
		covered |= words[best]
	}
	if out == nil {
		return []int{0}
	}
	slices.Sort(out)
	return out
}

// cut makes a snippet of a span, shortened to maxSnippet between words around the
// most words of the query.
func cut(text string, s data.Span, spans []text.Span) Marked {
	lo, _ := slices.BinarySearchFunc(spans, s.Start, byStart)
	hi := lo
	for hi < len(spans) && spans[hi].End <= s.End {
		hi++
	}
	spans = spans[lo:hi]
	if s.Len() > maxSnippet {
		s = window(text, s, spans)
	}
	for s.End > s.Start {
		r, n := utf8.DecodeLastRuneInString(text[s.Start:s.End])
		if !unicode.IsSpace(r) {
			break
		}
		s.End -= n
	}
	m := Marked{Text: text[s.Start:s.End], Start: s.Start}
	for _, w := range spans {
		if s.Contains(w.Span) {
			m.Marks = append(m.Marks, data.Span{Start: w.Start - s.Start, End: w.End - s.Start})
		}
	}
	return m
}

// byStart compares a span with an offset.
func byStart(w text.Span, at int) int { return cmp.Compare(w.Start, at) }

// window returns the part of a long sentence that has the most words of the query,
// the first such, with some of what is before them.
func window(text string, s data.Span, spans []text.Span) data.Span {
	const lead = maxSnippet / 4
	from, most := s.Start, 0
	for i, first := range spans {
		var words uint64
		for _, w := range spans[i:] {
			if w.End > first.Start-lead+maxSnippet {
				break
			}
			words |= 1 << min(w.Word, 63)
		}
		if n := bits.OnesCount64(words); n > most {
			from, most = max(s.Start, first.Start-lead), n
		}
	}
	out := data.Span{Start: from, End: s.End}
	if out.Start > s.Start {
		out.Start = boundary(text, out.Start, s.End)
	}
	if out.Start+maxSnippet >= s.End {
		return out
	}
	// Back to the last boundary within the limit, forward when the first word is longer.
	end := out.Start + maxSnippet
	for end > out.Start && !isBoundary(text, end) {
		end--
	}
	if end == out.Start {
		end = boundary(text, out.Start+maxSnippet, s.End)
	}
	out.End = end
	return out
}

// boundary returns the first place from i on, at most end, that is not inside a word.
func boundary(text string, i, end int) int {
	for i < end && !isBoundary(text, i) {
		i++
	}
	for i < end {
		r, n := utf8.DecodeRuneInString(text[i:])
		if !unicode.IsSpace(r) {
			break
		}
		i += n
	}
	return i
}

// isBoundary reports whether a text can be cut at i: before or behind a space, or
// between two letters of a script that is written without any.
func isBoundary(text string, i int) bool {
	if i <= 0 || i >= len(text) {
		return true
	}
	if !utf8.RuneStart(text[i]) {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	next, _ := utf8.DecodeRuneInString(text[i:])
	if unicode.IsSpace(before) || unicode.IsSpace(next) {
		return true
	}
	alone := func(r rune) bool {
		return r >= 0x2e80 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || r >= 0x3001 && r <= 0x3002
	}
	return alone(before) && alone(next)
}

// abbreviations end in a period that ends no sentence.
var abbreviations = map[string]bool{
	"mr": true, "mrs": true, "ms": true, "dr": true, "prof": true, "st": true, "no": true, "vs": true,
	"inc": true, "ltd": true, "corp": true, "co": true, "sen": true, "rep": true, "gov": true, "gen": true,
	"jan": true, "feb": true, "aug": true, "sept": true, "oct": true, "nov": true, "dec": true,
}

// sentences splits a text after periods, question and exclamation marks that a
// capital, a digit or a quote follows, after those of Chinese and Japanese, and at
// line breaks. Spaces between sentences belong to none.
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
		start = max(start, end)
	}
	for i, r := range text {
		switch r {
		case '\n':
			add(i)
		case '。', '！', '？':
			add(i + utf8.RuneLen(r))
		case '.', '!', '?':
			rest := strings.TrimLeft(text[i+1:], "\"'”’)")
			next := strings.TrimLeft(rest, " ")
			if len(next) == len(rest) && next != "" || r == '.' && abbreviated(text[start:max(start, i)]) {
				continue
			}
			if first, _ := utf8.DecodeRuneInString(next); next == "" || unicode.IsUpper(first) || unicode.IsDigit(first) || strings.ContainsRune("\"“‘'", first) {
				add(len(text) - len(rest))
			}
		}
	}
	add(len(text))
	return out
}

// abbreviated reports whether a period after s ends no sentence.
func abbreviated(s string) bool {
	last := s[strings.LastIndexAny(s, " (\n")+1:]
	return len(last) == 1 && last[0] >= 'A' && last[0] <= 'Z' || abbreviations[strings.ToLower(last)]
}
