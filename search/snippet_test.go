package search

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"incidex/data"
	"incidex/search/text"
)

// spansOf marks the words in a text, each wherever it stands.
func spansOf(s string, words ...string) []text.Span {
	var out []text.Span
	for i := 0; i < len(s); i++ {
		for k, w := range words {
			if w != "" && strings.HasPrefix(s[i:], w) {
				out = append(out, text.Span{Span: data.Span{Start: i, End: i + len(w)}, Word: k})
				i += len(w) - 1
				break
			}
		}
	}
	return out
}

// show writes snippets with their marks in brackets.
func show(list []Marked) []string {
	var out []string
	for _, m := range list {
		var b strings.Builder
		at := 0
		for _, s := range m.Marks {
			b.WriteString(m.Text[at:s.Start] + "[" + m.Text[s.Start:s.End] + "]")
			at = s.End
		}
		out = append(out, b.String()+m.Text[at:])
	}
	return out
}

func TestSnippets(t *testing.T) {
	filler := strings.Repeat("Nothing is told in this long sentence that anybody who reads it would want to know. ", 5)
	long := strings.Repeat("and so on ", 60)
	for name, c := range map[string]struct {
		text  string
		words []string
		want  []string
	}{
		"no match: the beginning": {
			"One sentence here.\n\nAnother one.", []string{"x"},
			[]string{"One sentence here."},
		},
		"sentences that cover more words": {
			"The bank was breached. " + filler + "The bank, a bank of banks. " + filler + "Passport scans of the bank were leaked.",
			[]string{"bank", "passport", "Passport", "breached"},
			[]string{"The [bank] was [breached]. Nothing is told in this long sentence that anybody who reads it would want to know. Nothing is told in this long sentence that anybody who reads it would want to know. Nothing is told in this long sentence that anybody who reads it would want to know.", "[Passport] scans of the [bank] were leaked."},
		},
		"adjacent ones are merged": {
			"Acme was hit. It told customers.\n\nNo more.", []string{"Acme", "customers"},
			[]string{"[Acme] was hit. It told [customers]."},
		},
		"abbreviations": {
			"Mr. Smith of Acme Inc. Holdings spoke.\n\nNo.", []string{"Smith"},
			[]string{"Mr. [Smith] of Acme Inc. Holdings spoke."},
		},
		"a long sentence is cut between words": {
			long + "until the ransom was paid " + long, []string{"ransom"},
			[]string{strings.Repeat("and so on ", 7) + "until the [ransom] was paid " + strings.Repeat("and so on ", 22) + "and"},
		},
		"without spaces": {
			strings.Repeat("個人情報", 60) + "漏洩" + strings.Repeat("個人情報", 60), []string{"漏洩"},
			[]string{strings.Repeat("個人情報", 7)[3*2:] + "[漏洩]" + strings.Repeat("個人情報", 20)[:3*78]},
		},
	} {
		got := show(snippets(c.text, spansOf(c.text, c.words...)))
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got)\n%s", name, diff)
		}
	}
}

func FuzzSnippets(f *testing.F) {
	f.Add("Acme was hit. It told customers.", "Acme", "hit")
	f.Add(strings.Repeat("漏洩した個人情報。", 40), "個人", "漏")
	f.Add(strings.Repeat("x", 900)+" y\u0301 z", "x", "y")
	f.Fuzz(func(t *testing.T, text, a, b string) {
		if !utf8.ValidString(text) || !utf8.ValidString(a) || !utf8.ValidString(b) {
			return
		}
		end := -1
		for _, m := range snippets(text, spansOf(text, a, b)) {
			if m.Start <= end && end >= 0 {
				t.Errorf("snippet at %d begins before %d", m.Start, end)
			}
			end = m.Start + len(m.Text) - 1
			if text[m.Start:m.Start+len(m.Text)] != m.Text {
				t.Errorf("snippet %q is not at %d", m.Text, m.Start)
			}
			if !utf8.ValidString(m.Text) {
				t.Errorf("snippet %q cuts a letter", m.Text)
			}
			last := 0
			for _, s := range m.Marks {
				if s.Start < last || s.End <= s.Start || s.End > len(m.Text) || !utf8.ValidString(m.Text[s.Start:s.End]) {
					t.Errorf("mark %v in %q", s, m.Text)
				}
				last = s.End
			}
		}
	})
}
