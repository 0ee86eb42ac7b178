package main

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"incidex/data"
	"incidex/indexer/extract"
)

// row is a row of any of the gold files; each set uses some of the keys.
type row struct {
	ID        string `json:"id"`
	ArticleID string `json:"article_id"`
	Title     string
	URL       string
	Date      string
	Text      string
	// hibp
	Domain   string
	PwnCount float64 `json:"pwn_count"`
	// prc and hhs
	Victim       string
	VictimInText bool    `json:"victim_in_text"`
	CountInText  bool    `json:"count_in_text"`
	Records      float64 `json:"records"`
	Affected     float64 `json:"individuals_affected"`
	// casie
	Victims    []string `json:"gold_named_victim_orgs_actual"`
	EventTypes []string `json:"event_types"`
	Actual     []string `json:"event_types_actual"`
	Gold       struct {
		People []struct{ Text string } `json:"number_of_victim"`
		Things []struct{ Text string } `json:"number_of_data"`
	}
	// judged
	Subject *struct {
		Victim  string
		Aliases []string `json:"victim_aliases"`
		Records []float64
	}
	Unsure    []string
	Mentioned []struct{ Victim string }
}

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

func readRows(path string) ([]row, error) { return readJSON[row](path) }

// readJSON reads the rows of a file of JSON Lines.
func readJSON[T any](path string) ([]T, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var out []T
	for dec := json.NewDecoder(f); dec.More(); {
		var g T
		if err := dec.Decode(&g); err != nil {
			return nil, fmt.Errorf("read %s: row %d: %w", path, len(out)+1, err)
		}
		out = append(out, g)
	}
	return out, nil
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

var written = regexp.MustCompile(`(?i)(\d[\d,]*(?:\.\d+)?)\s*(thousand|million|billion|bn|mn|k|m|b)?\b`)

var bytesOf = regexp.MustCompile(`[GTMK]B\b`)

var scales = map[string]float64{"": 1, "thousand": 1e3, "k": 1e3, "million": 1e6, "m": 1e6, "mn": 1e6, "billion": 1e9, "bn": 1e9, "b": 1e9}

// states reports whether a text has a number that ok accepts.
func states(text string, ok func(float64) bool) bool {
	for _, m := range written.FindAllStringSubmatch(text, -1) {
		if v, err := strconv.ParseFloat(strings.ReplaceAll(m[1], ",", ""), 64); err == nil && ok(v*scales[strings.ToLower(m[2])]) {
			return true
		}
	}
	return false
}
