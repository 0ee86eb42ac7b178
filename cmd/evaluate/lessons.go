package main

import (
	"fmt"
	"io"
	"math"
	"path/filepath"
	"slices"
	"strings"

	"incidex/data"
	"incidex/indexer/extract"
)

// sampleGold are the files of the project's own gold, seen from its root.
const sampleGold = "indexer/extract/testdata/sample_*.jsonl"

// runLearn learns the weights of extraction from the gold files under the folder
// args[0], and lists the mistakes made on the held-back part of the set args[1].
func runLearn(args []string, out, report io.Writer) error {
	if len(args) == 0 {
		return fmt.Errorf("learn: want the folder of the gold files")
	}
	dir, wrong := args[0], strings.Join(args[1:], "")
	var lessons []extract.Lesson
	for _, set := range []string{"judged", "casie", "prc", "hhs", "hibp", "eurepoc", "groups", "noise"} {
		path := filepath.Join(dir, set, "dev.jsonl")
		if set == "groups" || set == "noise" {
			path = filepath.Join(dir, set+"_dev.jsonl")
		}
		rows, err := readRows(path)
		if err != nil {
			return err
		}
		for i := range rows {
			lessons = append(lessons, lessonOf(set, &rows[i]))
		}
	}
	samples, err := filepath.Glob(sampleGold)
	if err != nil {
		return err
	}
	for _, path := range samples {
		rows, err := readRows(path)
		if err != nil {
			return err
		}
		for i := range rows {
			lessons = append(lessons, lessonOf("sample", &rows[i]))
		}
	}
	judged, err := judgedSubjects(filepath.Join(dir, "..", "corpus"))
	if err != nil {
		return err
	}
	_, err = io.WriteString(out, extract.Learn(append(lessons, judged...), report, wrong))
	return err
}

// fewMentioned is the weight of short reports, which hardly ever mention another
// incident than their own.
const fewMentioned = 0.1

// lessonOf is what a row of gold teaches.
func lessonOf(set string, g *row) extract.Lesson {
	a := &data.Article{ID: g.ID, Title: g.Title, URL: g.URL, Date: data.Date(g.Date), Text: g.Text}
	if a.ID == "" {
		a.ID = g.ArticleID
	}
	l := extract.Lesson{Article: a, Set: set, Weight: 1, MentionedWeight: 1}
	switch set {
	case "judged", "sample":
		l.Weight, l.Incident, l.IncidentWeight = 4, -1, 4
		var others []string
		for _, m := range g.Mentioned {
			others = append(others, m.Victim)
		}
		l.Mentioned = anyName(others)
		if g.Subject != nil {
			l.Incident = 1
			if g.Subject.Victim != "" && !slices.Contains(g.Unsure, "victim") {
				l.Victim = anyName(append([]string{g.Subject.Victim}, g.Subject.Aliases...))
			}
			if len(g.Subject.Records) > 0 && !slices.Contains(g.Unsure, "records") {
				l.Records = within(g.Subject.Records[0], .005)
			}
			if !slices.Contains(g.Unsure, "records") {
				l.CountWeight = 1
				l.Counts = func(n float64) bool {
					return slices.ContainsFunc(g.Subject.Records, func(want float64) bool { return within(want, .005)(n) })
				}
			}
		}
	case "casie":
		l.Weight, l.IncidentWeight = 2, .7
		var counts []string
		for _, c := range append(g.Gold.People, g.Gold.Things...) {
			if !bytesOf.MatchString(c.Text) {
				counts = append(counts, c.Text)
			}
		}
		if len(counts) > 0 {
			all := strings.Join(counts, " ; ")
			l.CountWeight = 1
			l.Counts = func(n float64) bool { return states(all, within(n, 0)) }
		}
		breach := slices.Contains(g.Actual, "Databreach") && (len(g.Victims) > 0 || len(counts) > 0) || slices.Contains(g.Actual, "Ransom") && len(g.Victims) > 0
		if len(g.Victims) > 0 {
			l.Victim = anyName(g.Victims)
		}
		if breach {
			l.Incident, l.IncidentWeight = 1, 2
		} else if !slices.Contains(g.Actual, "Databreach") && !slices.Contains(g.Actual, "Ransom") && !slices.Contains(g.Actual, "Phishing") {
			l.Incident = -1
		}
	case "prc":
		l.Mentioned, l.MentionedWeight = anyName(nil), fewMentioned
		l.Incident, l.IncidentWeight = 1, .1
		if g.VictimInText {
			l.Victim = anyName([]string{g.Victim})
		}
		if g.CountInText && g.Records > 0 {
			l.Records = within(g.Records, 0)
			l.Counts = l.Records
		}
	case "hhs":
		l.Mentioned, l.MentionedWeight = anyName(nil), fewMentioned
		l.Incident, l.IncidentWeight = 1, .1
		if g.VictimInText {
			l.Victim = anyName([]string{g.Victim})
		}
		if g.CountInText {
			l.Records = within(g.Affected, 0)
			l.Counts = l.Records
		}
	case "hibp":
		l.Mentioned, l.MentionedWeight = anyName(nil), fewMentioned
		l.Incident, l.IncidentWeight = 1, .1
		a.Title = "" // it is the victim's name
		if g.Domain != "" {
			label, _, _ := strings.Cut(g.Domain, ".")
			l.Victim = anyName([]string{g.Title, label})
		}
		if states(g.Text, within(g.PwnCount, .1)) {
			l.Records = within(g.PwnCount, .1)
			l.Counts = l.Records
		}
	case "eurepoc":
		l.Incident, l.IncidentWeight = 1, .8
	case "groups":
		l.Incident, l.IncidentWeight = 1, .7
	case "noise":
		l.Incident, l.IncidentWeight = -1, .4
	}
	return l
}

func anyName(names []string) func(string) bool {
	return func(s string) bool {
		return slices.ContainsFunc(names, func(n string) bool { return sameName(s, n) })
	}
}

func within(want, tolerance float64) func(float64) bool {
	return func(got float64) bool { return math.Abs(got-want) <= tolerance*math.Abs(want)+1e-9 }
}
