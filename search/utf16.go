package search

import (
	"context"
	"slices"
	"sort"
	"unicode/utf16"
	"unicode/utf8"

	"incidex/data"
)

type utf16Key struct{}

// InUTF16 returns a context in which all offsets of answers count UTF-16 code units, as
// JavaScript, Java and C# count them, instead of the bytes of UTF-8.
func InUTF16(ctx context.Context) context.Context { return context.WithValue(ctx, utf16Key{}, true) }

func inUTF16(ctx context.Context) bool { return ctx.Value(utf16Key{}) != nil }

// units translates the offsets of one text.
type units struct {
	ends  []int // of the characters of more than one byte
	saved []int // how many fewer units than bytes there are up to each
}

func newUnits(text string) units {
	var u units
	saved := 0
	for i, r := range text {
		_, width := utf8.DecodeRuneInString(text[i:])
		if width > 1 {
			saved += width - utf16.RuneLen(r)
			u.ends, u.saved = append(u.ends, i+width), append(u.saved, saved)
		}
	}
	return u
}

// at is the offset in units of an offset in bytes.
func (u units) at(offset int) int {
	n := sort.SearchInts(u.ends, offset+1) // characters that end there or before
	if n == 0 {
		return offset
	}
	return offset - u.saved[n-1]
}

func (u units) span(s data.Span) data.Span { return data.Span{Start: u.at(s.Start), End: u.at(s.End)} }

// inUnits translates a text that was cut out of one with the units of from.
func (m Marked) inUnits(from units) Marked {
	own := newUnits(m.Text)
	m.Start = from.at(m.Start)
	m.Marks = slices.Clone(m.Marks)
	for i, s := range m.Marks {
		m.Marks[i] = own.span(s)
	}
	return m
}

// utf16Snapshot loads documents whose evidence is counted in units.
type utf16Snapshot struct{ Snapshot }

func (s utf16Snapshot) Articles(ctx context.Context, ids ...string) ([]*data.Document, error) {
	docs, err := s.Snapshot.Articles(ctx, ids...)
	if err != nil {
		return nil, err
	}
	out := make([]*data.Document, len(docs))
	for i, d := range docs {
		if d != nil {
			out[i] = documentInUnits(d)
		}
	}
	return out, nil
}

// documentInUnits copies a document, whose evidence others may be reading.
func documentInUnits(d *data.Document) *data.Document {
	text, title := newUnits(d.Text), newUnits(d.Title)
	claims := func(list []data.Claim) []data.Claim {
		list = slices.Clone(list)
		for i := range list {
			list[i].Evidence = slices.Clone(list[i].Evidence)
			for k, e := range list[i].Evidence {
				of := text
				if e.Source == data.InTitle {
					of = title
				}
				list[i].Evidence[k].Span = of.span(e.Span)
			}
		}
		return list
	}
	out := *d
	out.Given, out.Mentions = claims(d.Given), slices.Clone(d.Mentions)
	for i := range out.Mentions {
		out.Mentions[i].Claims = claims(out.Mentions[i].Claims)
	}
	return &out
}
