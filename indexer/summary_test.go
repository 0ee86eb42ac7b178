package indexer

import (
	"fmt"
	"testing"
)

// TestSummaryCountsAll holds that what is not listed is counted, by kind and archive,
// and that the groups are bounded.
func TestSummaryCountsAll(t *testing.T) {
	var s Summary
	s.found("a.zip")
	s.read("a.zip", 3)
	for i := range maxProblems + 5 {
		s.problem(Problem{Path: "a.zip", Line: i, Reason: "m.xyz: bad"}, fmt.Sprintf("row %d has %q", i, "word"), "a.zip")
	}
	for i := range maxGroups + 10 {
		s.problem(Problem{Path: fmt.Sprintf("%d.txt", i), Reason: "x", Kept: true}, "x", fmt.Sprint(i))
	}
	s.note(Problem{Path: "b"})
	s.done()
	if s.Skipped != maxProblems+5 || s.Partial != maxGroups+10 || len(s.Problems) != maxProblems {
		t.Errorf("%d skipped, %d in part, %d listed", s.Skipped, s.Partial, len(s.Problems))
	}
	if g := s.Groups[0]; g.Count != maxProblems+5 || g.Kind != `row N has "…"` || g.In != "a.zip" {
		t.Errorf("first group %+v", g)
	}
	total := 0
	for _, g := range s.Groups {
		total += g.Count
	}
	if total != s.Skipped+s.Partial || len(s.Groups) > maxGroups+2 {
		t.Errorf("%d groups count %d of %d", len(s.Groups), total, s.Skipped+s.Partial)
	}
	if f := s.Formats; len(f) != 2 || f[1] != (Format{".zip", 1, 3, maxProblems + 5, 0}) {
		t.Errorf("formats %+v", f)
	}
	if len(s.Notes) != 1 {
		t.Errorf("notes %v", s.Notes)
	}
}

func TestKindOf(t *testing.T) {
	for in, want := range map[string]string{
		`unknown format ".xyz"`:                      `unknown format ".xyz"`,
		`records: unknown value "5 apples"`:          `records: unknown value "…"`,
		"the text has 9000000 bytes, more than 8388": "the text has N bytes, more than N",
	} {
		if got := kindOf(in); got != want {
			t.Errorf("kindOf(%s) = %s, want %s", in, got, want)
		}
	}
}
