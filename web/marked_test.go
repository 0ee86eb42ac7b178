package web

import (
	"encoding/binary"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"incidex/data"
	"incidex/search"
)

func TestSegments(t *testing.T) {
	for _, test := range []struct {
		name  string
		text  string
		marks []data.Span
		want  []Segment
	}{
		{"empty", "", nil, nil},
		{"no marks", "abc", nil, []Segment{{"abc", false}}},
		{"middle", "one two three", []data.Span{{Start: 4, End: 7}}, []Segment{{"one ", false}, {"two", true}, {" three", false}}},
		{"ends", "abc", []data.Span{{Start: 0, End: 1}, {Start: 2, End: 3}}, []Segment{{"a", true}, {"b", false}, {"c", true}}},
		{"neighbors", "ab", []data.Span{{Start: 0, End: 1}, {Start: 1, End: 2}}, []Segment{{"a", true}, {"b", true}}},
		{"outside", "abc", []data.Span{{Start: -1, End: 1}, {Start: 2, End: 9}}, []Segment{{"abc", false}}},
		{"overlapping", "abcd", []data.Span{{Start: 0, End: 3}, {Start: 2, End: 4}}, []Segment{{"abc", true}, {"d", false}}},
		{"inside a letter", "né", []data.Span{{Start: 0, End: 2}}, []Segment{{"né", false}}},
		{"empty mark", "ab", []data.Span{{Start: 1, End: 1}}, []Segment{{"ab", false}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, Segments(search.Marked{Text: test.text, Marks: test.marks})); diff != "" {
				t.Errorf("segments (-want +got)\n%s", diff)
			}
		})
	}
}

// claimAt is a claim with evidence in the text.
func claimAt(id string, spans ...data.Span) *ClaimView {
	c := data.Claim{Field: data.DataType, Value: id}
	for _, s := range spans {
		c.Evidence = append(c.Evidence, data.Evidence{Span: s})
	}
	return &ClaimView{Claim: c, ID: id}
}

// shape writes pieces as text: [words|claims|anchor].
func shape(pieces []Piece) string {
	var b strings.Builder
	for _, p := range pieces {
		b.WriteString("[" + p.Text + "|" + p.Evidence() + "|" + p.Anchor + "]")
	}
	return b.String()
}

func TestPieces(t *testing.T) {
	const text = "names and 5 million emails"
	for _, test := range []struct {
		name   string
		claims []*ClaimView
		want   string
	}{
		{"no claims", nil, "[names and 5 million emails||]"},
		{"one", []*ClaimView{claimAt("a", data.Span{Start: 0, End: 5})}, "[names|a|c0][ and 5 million emails||]"},
		{"nested, the shorter first", []*ClaimView{claimAt("a", data.Span{Start: 10, End: 26}), claimAt("b", data.Span{Start: 20, End: 26})},
			"[names and ||][5 million |a|c10][emails|b a|c20]"},
		{"crossing", []*ClaimView{claimAt("a", data.Span{Start: 0, End: 11}), claimAt("b", data.Span{Start: 6, End: 26})},
			"[names |a|c0][and 5|a b|c6][ million emails|b|]"},
		{"the same words", []*ClaimView{claimAt("a", data.Span{Start: 0, End: 5}), claimAt("b", data.Span{Start: 0, End: 5})}, "[names|a b|c0][ and 5 million emails||]"},
		{"two places", []*ClaimView{claimAt("a", data.Span{Start: 0, End: 5}, data.Span{Start: 20, End: 26})}, "[names|a|c0][ and 5 million ||][emails|a|c20]"},
		{"damaged", []*ClaimView{claimAt("a", data.Span{Start: 20, End: 99}, data.Span{Start: 3, End: 3})}, "[names and 5 million emails||]"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := shape(pieces(text, "", test.claims)); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

func TestParagraphs(t *testing.T) {
	text := "One two.\n\nThree\nfour.\n"
	got := paragraphs(pieces(text, "", []*ClaimView{claimAt("a", data.Span{Start: 4, End: 15})}))
	want := []string{"[One ||][two.|a|c4]", "[Three|a|]", "[four.||]"}
	var shapes []string
	for _, p := range got {
		shapes = append(shapes, shape(p.Pieces))
	}
	if diff := cmp.Diff(want, shapes); diff != "" {
		t.Errorf("paragraphs (-want +got)\n%s", diff)
	}
}

// Joined again, the pieces are the text, each piece has exactly the claims whose
// evidence covers it, and no place is named twice.
func FuzzPieces(f *testing.F) {
	f.Add("Names and émails\n\nwere taken.\n", []byte{0, 0, 0, 5, 0, 3, 0, 12, 0, 10, 0, 200})
	f.Add("\n\n\n", []byte{0, 0, 0, 3})
	f.Add("a\xffb", []byte{0, 1, 0, 2, 0, 0, 0, 3})
	f.Fuzz(func(t *testing.T, text string, numbers []byte) {
		var claims []*ClaimView
		for chunk := range slices.Chunk(numbers, 4) {
			if len(chunk) == 4 && len(claims) < 20 {
				s := data.Span{Start: int(binary.BigEndian.Uint16(chunk)), End: int(binary.BigEndian.Uint16(chunk[2:]))}
				claims = append(claims, claimAt(claimID(len(claims)), s))
			}
		}
		cut := pieces(text, "", claims)
		var joined strings.Builder
		anchors := map[string]bool{}
		for _, p := range cut {
			span := data.Span{Start: joined.Len(), End: joined.Len() + len(p.Text)}
			for _, c := range claims {
				e := c.Claim.Evidence[0]
				covers := cuts(text, e.Span) && e.Len() > 0 && e.Contains(span)
				if covers != slices.Contains(p.Claims, c) {
					t.Fatalf("%q: claim %s covers the piece: %v, is on it: %v", p.Text, c.ID, covers, !covers)
				}
			}
			if p.Anchor != "" && anchors[p.Anchor] {
				t.Fatalf("two places are named %s", p.Anchor)
			}
			anchors[p.Anchor] = true
			joined.WriteString(p.Text)
		}
		if joined.String() != text {
			t.Fatalf("pieces make %q of %q", joined.String(), text)
		}
		joined.Reset()
		for _, p := range paragraphs(cut) {
			for _, x := range p.Pieces {
				if x.Text == "" || strings.Contains(x.Text, "\n") {
					t.Fatalf("piece %q", x.Text)
				}
				joined.WriteString(x.Text)
			}
			joined.WriteString(p.Break)
		}
		if joined.String() != text {
			t.Fatalf("paragraphs make %q of %q", joined.String(), text)
		}
	})
}

func TestSentence(t *testing.T) {
	const text = "It began in May. The U.S. firm Acme Corp. lost 5 million records, it said. Nobody was hurt.\nA new line"
	for quote, want := range map[string]string{
		"5 million": "The U.S. firm Acme Corp. lost «5 million» records, it said.",
		"May":       "It began in «May».",
		"Nobody":    "«Nobody» was hurt.",
		"line":      "A new «line»",
	} {
		i := strings.Index(text, quote)
		var got strings.Builder
		for _, s := range Segments(sentence(text, data.Span{Start: i, End: i + len(quote)})) {
			if s.Mark {
				s.Text = "«" + s.Text + "»"
			}
			got.WriteString(s.Text)
		}
		if got.String() != want {
			t.Errorf("%s: got %q, want %q", quote, got.String(), want)
		}
	}
}

func FuzzSentence(f *testing.F) {
	f.Add("One. Two é three. "+strings.Repeat("word ", 200), uint16(9), uint16(14))
	f.Add("0", uint16(0), uint16(0))
	f.Fuzz(func(t *testing.T, text string, start, end uint16) {
		s := data.Span{Start: int(start), End: int(end)}
		if !cuts(text, s) {
			return
		}
		m := sentence(text, s)
		if got := m.Marks[0].In(m.Text); got != s.In(text) {
			t.Fatalf("marked %q, want %q", got, s.In(text))
		}
	})
}
