package main

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"incidex/indexer/extract"
	"incidex/indexer/extract/roles"
)

// runRoles learns the roles of candidates from labeled articles and from gold that
// knows a few fields, both below the folder args[0], writes the weights, and reports
// figures on held-back folds. With a second argument, a field or "all", it lists the
// mistakes on held-back articles.
func runRoles(args []string, out, report io.Writer) error {
	if len(args) == 0 {
		return fmt.Errorf("roles: want the folder of the gold files")
	}
	labels, articles, err := readLabels(args[0])
	if err != nil {
		return err
	}
	reader := extract.NewReader()
	board := &scoreboard{rows: map[*roles.Example]*extract.Row{}}
	var examples []*roles.Example
	known := map[string]bool{}
	for i := range labels {
		l := &labels[i]
		known[l.ID] = true
		a := articles[l.ID]
		if a == nil {
			return fmt.Errorf("roles: there are labels of %s and no article", l.ID)
		}
		s := &labeled{label: l, set: setOf(l.ID)}
		board.sheets = append(board.sheets, s)
		rows := reader.Rows(a)
		for k := range rows {
			if e := exampleOf(l, &rows[k]); e != nil {
				examples = append(examples, e)
				s.examples = append(s.examples, e)
				board.rows[e] = &rows[k]
			}
		}
	}
	for _, set := range []string{"judged", "casie", "prc", "hhs", "hibp", "noise"} {
		path := filepath.Join(args[0], set, "dev.jsonl")
		if set == "noise" {
			path = filepath.Join(args[0], set+"_dev.jsonl")
		}
		rows, err := readRows(path)
		if err != nil {
			return err
		}
		for i := range rows {
			l := lessonOf(set, &rows[i])
			if known[l.Article.ID] || known[set+":"+l.Article.ID] || i%partOf[set] != 0 {
				continue
			}
			found := reader.Rows(l.Article)
			for k := range found {
				if e := exampleOfLesson(set, &l, &rows[i], &found[k]); e != nil {
					examples = append(examples, e)
				}
			}
		}
	}
	subjects, err := judgedSubjects(filepath.Join(args[0], "..", "corpus"))
	if err != nil {
		return err
	}
	for i := range subjects {
		l := &subjects[i]
		if known[l.Article.ID] {
			continue
		}
		found := reader.Rows(l.Article)
		for k := range found {
			if e := exampleOfLesson(l.Set, l, nil, &found[k]); e != nil {
				examples = append(examples, e)
			}
		}
	}
	fmt.Fprintf(report, "%d labeled articles, %d examples\n", len(labels), len(examples))
	learner := roles.Learn(examples)
	board.examples = examples
	board.choose(learner)
	board.print(report, strings.Join(args[1:], ""))
	return learner.Write(out)
}

// labeled is a labeled article with its examples.
type labeled struct {
	label    *label
	set      string
	examples []*roles.Example
}

// setOf is the collection that an article is from, by its id.
func setOf(id string) string {
	switch {
	case strings.HasPrefix(id, "thn-"):
		return "thn"
	case strings.HasPrefix(id, "ndh-"):
		return "ndh"
	case strings.HasPrefix(id, "made"):
		return "made"
	case strings.HasPrefix(id, "casie"):
		return "casie"
	}
	return "sample"
}
