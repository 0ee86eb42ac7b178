package main

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"

	"incidex/data"
	"incidex/indexer/extract"
)

// scorers add what was extracted from a row of a set to its sheet.
var scorers = []struct {
	set   string
	score func(*sheet, *row, answer)
}{
	{"judged", scoreJudged},
	{"casie", scoreCasie},
	{"hibp", scoreHIBP},
	{"prc", scorePRC},
	{"hhs", scoreHHS},
	{"eurepoc", scoreEuRepoC},
	{"noise", func(s *sheet, _ *row, got answer) { s.share("false_incidents", len(got.subject()) > 0) }},
}

// runScore extracts from the articles of gold files, which never see their answers,
// and prints what is right: of the set args[0] in the file args[1], or of all sets in
// the folder args[0].
func runScore(args []string, out io.Writer) error {
	x, files := extract.New(), 0
	for _, s := range scorers {
		var paths []string
		switch {
		case len(args) == 2 && args[0] == s.set:
			paths = args[1:]
		case len(args) == 1:
			for _, name := range []string{s.set + "/dev.jsonl", s.set + "_dev.jsonl"} {
				found, err := filepath.Glob(filepath.Join(args[0], name))
				if err != nil {
					return err
				}
				paths = append(paths, found...)
			}
		}
		for _, path := range paths {
			files++
			rows, err := readRows(path)
			if err != nil {
				return err
			}
			var sh sheet
			for i := range rows {
				a := lessonOf(s.set, &rows[i]).Article
				got := answer(x.Extract(a))
				s.score(&sh, &rows[i], got)
				scoreEvidence(&sh, a.Text, got)
			}
			if _, err := fmt.Fprintf(out, "%s, %d articles\n%s", s.set, len(rows), &sh); err != nil {
				return err
			}
		}
	}
	if files == 0 {
		return fmt.Errorf("score: want a known set and its gold file, or a folder with gold files")
	}
	return nil
}

// scoreEvidence checks that every quote is what the text has there, and that claims
// have evidence unless they are derived.
func scoreEvidence(s *sheet, text string, got answer) {
	for _, m := range got {
		for _, c := range m.Claims {
			s.share("claims.without_evidence", len(c.Evidence) == 0 && c.Status != data.Derived)
			for _, e := range c.Evidence {
				if e.Source != data.InTitle {
					s.share("evidence.exact", e.In(text) == e.Quote)
				}
			}
		}
	}
}

// answer is what was extracted from an article.
type answer []data.Mention

// subject returns claimsOf the incident that the article is about.
func (a answer) subject(fields ...data.Field) claims {
	for _, m := range a {
		if m.Role == data.Subject {
			return claimsOf(m, fields...)
		}
	}
	return nil
}

// claimsOf returns the claims of some fields, of all when none is given, the best of
// a field first.
func claimsOf(m data.Mention, fields ...data.Field) claims {
	return slices.DeleteFunc(slices.Clone(claims(m.Claims)), func(c data.Claim) bool {
		return len(fields) > 0 && !slices.Contains(fields, c.Field)
	})
}

// actual returns the claims on the subject that are stated as facts, without derived ones.
func (a answer) actual(f data.Field) claims {
	return slices.DeleteFunc(a.subject(f), func(c data.Claim) bool { return c.Status != data.Actual })
}

type claims []data.Claim

func (cs claims) values() []string {
	var out []string
	for _, c := range cs {
		out = append(out, c.Value)
	}
	return given(out...)
}

// given returns the names that are not empty.
func given(names ...string) []string {
	return slices.DeleteFunc(names, func(n string) bool { return n == "" })
}

// sum is a number, with its currency when it is an amount of money.
type sum struct {
	number   float64
	currency string
}

// sums are the amounts that claims state.
func (cs claims) sums() []sum {
	var out []sum
	for _, c := range cs {
		if c.Number != nil {
			out = append(out, sum{*c.Number, c.Currency})
		}
	}
	return out
}

// numbers are the counts that claims state.
func (cs claims) numbers() []float64 {
	var out []float64
	for _, x := range cs.sums() {
		out = append(out, x.number)
	}
	return out
}
