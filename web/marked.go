package web

import (
	"slices"
	"unicode/utf8"

	"incidex/data"
	"incidex/search"
)

// Segment is a piece of text that is marked as a whole or not at all.
type Segment struct {
	Text string
	Mark bool
}

// Segments cuts a marked text at its marks. The texts of the segments joined are
// the text; marks that are damaged (outside the text, inside a rune, before an
// earlier one) are left out.
func Segments(m search.Marked) []Segment {
	var out []Segment
	at := 0
	for _, s := range m.Marks {
		if s.Start < at || s.Start >= s.End || !cuts(m.Text, s) {
			continue
		}
		if s.Start > at {
			out = append(out, Segment{m.Text[at:s.Start], false})
		}
		out = append(out, Segment{m.Text[s.Start:s.End], true})
		at = s.End
	}
	if at < len(m.Text) {
		out = append(out, Segment{m.Text[at:], false})
	}
	return out
}

// cuts reports whether a span begins and ends between two runes of the text.
func cuts(text string, s data.Span) bool {
	edge := func(i int) bool { return i == len(text) || i >= 0 && i < len(text) && utf8.RuneStart(text[i]) }
	return s.Start <= s.End && edge(s.Start) && edge(s.End)
}

// Piece is a piece of an article's text with the claims that it is evidence for.
type Piece struct {
	Text string
	// Anchor is the id of the place where a piece of evidence begins, "" elsewhere.
	Anchor string
	// Claims are the claims that the piece is evidence for, the one with the
	// shortest evidence first.
	Claims []*ClaimView
}

// Paragraph is a run of pieces without a line break, and the line breaks after it.
type Paragraph struct {
	Pieces []Piece
	Break  string
}

// pieces cuts a text at the bounds of its evidence. The texts of the pieces joined
// are the text. source says which evidence is meant, that of the title or that of
// the text.
func pieces(text, source string, claims []*ClaimView) []Piece {
	type mark struct {
		data.Span
		claim *ClaimView
	}
	var marks []mark
	bounds := []int{0, len(text)}
	starts := map[int]data.Evidence{}
	for _, c := range claims {
		for _, e := range c.Claim.Evidence {
			if e.Source != source || e.Len() <= 0 || !cuts(text, e.Span) {
				continue
			}
			marks = append(marks, mark{e.Span, c})
			bounds = append(bounds, e.Start, e.End)
			starts[e.Start] = e
		}
	}
	slices.SortStableFunc(marks, func(a, b mark) int { return a.Len() - b.Len() })
	slices.Sort(bounds)
	bounds = slices.Compact(bounds)
	var out []Piece
	for i, start := range bounds[:len(bounds)-1] {
		span := data.Span{Start: start, End: bounds[i+1]}
		p := Piece{Text: span.In(text)}
		if e, ok := starts[start]; ok {
			p.Anchor = anchor(e)
		}
		for _, m := range marks {
			if m.Contains(span) && !slices.Contains(p.Claims, m.claim) {
				p.Claims = append(p.Claims, m.claim)
			}
		}
		out = append(out, p)
	}
	return out
}

// paragraphs cuts pieces at line breaks. The texts joined with the breaks are the
// text of the pieces.
func paragraphs(pieces []Piece) []Paragraph {
	var out []Paragraph
	open := false // the last paragraph goes on
	for _, p := range pieces {
		for rest := p.Text; rest != ""; {
			n := 0
			if rest[0] == '\n' {
				for n < len(rest) && rest[n] == '\n' {
					n++
				}
				if len(out) == 0 {
					out = append(out, Paragraph{})
				}
				out[len(out)-1].Break += rest[:n]
				open = false
			} else {
				for n < len(rest) && rest[n] != '\n' {
					n++
				}
				if !open {
					out = append(out, Paragraph{})
					open = true
				}
				cut := Piece{Text: rest[:n], Anchor: p.Anchor, Claims: p.Claims}
				out[len(out)-1].Pieces = append(out[len(out)-1].Pieces, cut)
				p.Anchor = "" // the place is where the piece begins
			}
			rest = rest[n:]
		}
	}
	return out
}
