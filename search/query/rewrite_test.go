package query

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRewriteWords(t *testing.T) {
	for _, test := range []struct{ typed, want string }{
		{"acme hospital", "ACME HOSPITAL"},
		{"acme -hospital", "ACME -hospital"},
		{"acme drop hospital", "ACME HOSPITAL"},
		{"drop acme", "ACME"},
		{"twice acme", "a b ACME"},
		{"acme OR twice", "ACME OR (a b)"},
		{"drop", ""},
		{`acme "exact phrase" sector:62`, `ACME "exact phrase" sector:62`},
	} {
		q, _ := Parse(test.typed)
		numbers := 0
		got := RewriteWords(q.Root, func(i int, w Word) Node {
			if i != numbers {
				t.Errorf("%s: word %d is told to be number %d", test.typed, numbers, i)
			}
			numbers++
			switch w.Text {
			case "drop":
				return nil
			case "twice":
				return And{Nodes: []Node{Word{Text: "a"}, Word{Text: "b"}}}
			}
			return Word{Text: map[string]string{"acme": "ACME", "hospital": "HOSPITAL"}[w.Text]}
		})
		if diff := cmp.Diff(test.want, Query{Root: got}.String()); diff != "" {
			t.Errorf("%s (-want +got)\n%s", test.typed, diff)
		}
	}
}

func TestRuns(t *testing.T) {
	for typed, want := range map[string][][]string{
		"acme hospital":               {{"acme", "hospital"}},
		"acme sector:62 hospital":     {{"acme"}, {"hospital"}},
		"acme OR big hospital":        {{"acme"}, {"big"}, {"hospital"}},
		"acme -hospital":              {{"acme"}},
		`acme "some phrase" hospital`: {{"acme"}, {"hospital"}},
		"sector:62":                   nil,
	} {
		q, _ := Parse(typed)
		if diff := cmp.Diff(want, Runs(q.Root)); diff != "" {
			t.Errorf("%s (-want +got)\n%s", typed, diff)
		}
	}
}
