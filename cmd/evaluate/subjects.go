package main

import (
	_ "embed"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"incidex/data"
	"incidex/indexer/extract"
)

// subjectsFile tells of articles of the corpus whether they are about an incident
// ("yes") or not ("no"), one "id, tab, answer" a line, in the order of the ids. The
// answers were given by reading titles, and texts where a title left doubt;
// articles of which the reading stayed in doubt are left out. Yes is an article
// that is led by one event at one or more victims, or by what followed from it;
// no is a flaw, a strain of malware, a campaign, an arrest for many crimes, a
// survey, advice, a denial.
//
//go:embed subjects.tsv
var subjectsFile string

// subjectWeight is how much such an answer counts as a lesson.
const subjectWeight = 2

// judgedSubjects returns a lesson for each article in the folder dir of which
// subjects.tsv has an answer. The set of a lesson is the first part of its id.
func judgedSubjects(dir string) ([]extract.Lesson, error) {
	answers := map[string]int{}
	for line := range strings.Lines(subjectsFile) {
		id, answer, _ := strings.Cut(strings.TrimSpace(line), "\t")
		switch answer {
		case "yes":
			answers[id] = 1
		case "no":
			answers[id] = -1
		default:
			return nil, fmt.Errorf("read subjects.tsv: want yes or no for %q, have %q", id, answer)
		}
	}
	paths, err := filepath.Glob(filepath.Join(dir, "*.jsonl"))
	if err != nil {
		return nil, err
	}
	var out []extract.Lesson
	for _, path := range paths {
		rows, err := readRows(path)
		if err != nil {
			return nil, err
		}
		for i := range rows {
			g := &rows[i]
			answer := answers[g.ID]
			if answer == 0 {
				continue
			}
			delete(answers, g.ID)
			set, _, _ := strings.Cut(g.ID, "-")
			a := &data.Article{ID: g.ID, Title: g.Title, URL: g.URL, Date: data.Date(g.Date), Text: g.Text}
			out = append(out, extract.Lesson{Article: a, Set: set, Incident: answer, IncidentWeight: subjectWeight})
		}
	}
	if len(answers) > 0 {
		return nil, fmt.Errorf("read %s: %w: %d articles of subjects.tsv", dir, os.ErrNotExist, len(answers))
	}
	return out, nil
}
