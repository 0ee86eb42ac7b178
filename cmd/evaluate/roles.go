package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"incidex/data"
	"incidex/data/vocab"
	"incidex/indexer/extract"
	"incidex/indexer/extract/roles"
)

// label is a labeled article: what a careful reader takes from it. Texts stay where
// they are; a label names them by id.
type label struct {
	ID        string      `json:"id"`
	Subject   string      `json:"subject"`
	Facts     []labelFact `json:"facts"`
	Mentioned []string    `json:"mentioned"`
	Unsure    []string    `json:"unsure"`
	// Only names the fields that the label knows; empty means all.
	Only []string `json:"only,omitempty"`
	// Weight is how much it counts, 1 where it is 0.
	Weight float64 `json:"weight,omitempty"`
}

// labelFact is one value of a label.
type labelFact struct {
	Field    data.Field `json:"f"`
	Value    string     `json:"v"`
	Number   float64    `json:"n"`
	Currency string     `json:"cur"`
	Status   string     `json:"s"` // possible, negated, advised; empty for a fact
	Main     bool       `json:"main"`
	Optional bool       `json:"opt"`
}

// usable reports whether the value can be shown.
func (f *labelFact) usable() bool { return f.Status == "" || f.Status == "possible" }

// gives reports whether a row gives the value of the label.
func (f *labelFact) gives(r *extract.Row) bool {
	if f.Field != r.Field {
		return false
	}
	info, _ := f.Field.Info()
	switch info.Kind {
	case data.Count:
		return near(r.Number, f.Number, .005)
	case data.Money:
		return near(r.Number, f.Number, .005) && (f.Currency == "" || f.Currency == r.Currency)
	case data.When:
		return len(r.Value) >= 4 && strings.HasPrefix(f.Value, r.Value)
	case data.Name:
		return sameName(r.Value, f.Value) || f.Field == data.Actor && sameTerm(vocab.Actors(), r.Value, f.Value) || f.Field == data.Malware && sameTerm(vocab.Malware(), r.Value, f.Value)
	}
	return strings.EqualFold(r.Value, f.Value)
}

// sameTerm reports whether a vocabulary has one term for two names.
func sameTerm(t *vocab.Table, a, b string) bool {
	x, ok := t.Lookup(a)
	y, ok2 := t.Lookup(b)
	return ok && ok2 && x.Value == y.Value
}

// near reports whether two numbers differ by no more than a share.
func near(a, b, share float64) bool { return math.Abs(a-b) <= share*math.Max(math.Abs(a), math.Abs(b)) }

// runRoles learns the roles from labels (LABELS.jsonl files) of articles (ARTICLES.jsonl
// files, told apart by their content) and writes the weights.
func runRoles(args []string, out, report io.Writer) error {
	if len(args) == 0 {
		return fmt.Errorf("roles: want files of labels and of articles")
	}
	var labels []label
	var dirs []string
	articles := map[string]*data.Article{}
	for _, path := range args {
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			dirs = append(dirs, path)
			continue
		}
		rows, err := readJSON[json.RawMessage](path)
		if err != nil {
			return err
		}
		for _, raw := range rows {
			var l label
			var a struct {
				ID, Title, URL, Date, Text string
				ArticleID                  string `json:"article_id"`
			}
			if err := json.Unmarshal(raw, &a); err != nil {
				return fmt.Errorf("read %s: %w", path, err)
			}
			if a.Text != "" {
				id := cmp.Or(a.ID, a.ArticleID)
				articles[id] = &data.Article{ID: id, Title: a.Title, URL: a.URL, Date: data.Date(a.Date), Text: a.Text}
				continue
			}
			if err := json.Unmarshal(raw, &l); err != nil {
				return fmt.Errorf("read %s: %w", path, err)
			}
			labels = append(labels, l)
		}
	}
	reader := extract.NewReader()
	var examples []*roles.Example
	marks := map[*roles.Example]mark{}
	var sheets []*labeled
	for i := range labels {
		l := &labels[i]
		a := articles[l.ID]
		if a == nil {
			fmt.Fprintf(report, "no article %s\n", l.ID)
			continue
		}
		s := &labeled{label: l, set: setOf(l.ID)}
		sheets = append(sheets, s)
		rows := reader.Rows(a)
		for k := range rows {
			e := exampleOf(l, &rows[k])
			if e == nil {
				continue
			}
			examples = append(examples, e)
			marks[e] = mark{row: &rows[k], sheet: s}
			s.examples = append(s.examples, e)
		}
	}
	known := map[string]bool{}
	for _, l := range labels {
		known[l.ID] = true
	}
	for _, dir := range dirs {
		for _, set := range []string{"judged", "casie", "prc", "hhs", "hibp", "noise"} {
			path := filepath.Join(dir, set, "dev.jsonl")
			if set == "noise" {
				path = filepath.Join(dir, set+"_dev.jsonl")
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
	}
	fmt.Fprintf(report, "%d labels, %d examples\n", len(labels), len(examples))
	learner := roles.Learn(examples, report)
	if p := os.Getenv("DUMP"); p != "" {
		f, _ := os.Create(p)
		enc := json.NewEncoder(f)
		for _, e := range examples {
			enc.Encode(map[string]any{"id": e.Article, "field": e.Field, "kind": e.Kind, "names": e.Names, "values": e.Values, "answers": e.Answers[:], "fold": e.Fold, "sums": e.Sums[:], "held": e.Held[:], "value": marks[e].row.Value, "n": marks[e].row.Number, "believed": marks[e].row.Believed})
		}
		f.Close()
	}
	board := &scoreboard{sheets: sheets, marks: marks, learner: learner}
	learner.Thresholds = board.thresholds()
	board.print(report, os.Getenv("WRONG"))
	return learner.Write(out)
}

type mark struct {
	row   *extract.Row
	sheet *labeled
}

// labeled is a labeled article with its examples.
type labeled struct {
	label    *label
	set      string
	examples []*roles.Example
}

func setOf(id string) string {
	switch {
	case strings.HasPrefix(id, "thn-"):
		return "thn"
	case strings.HasPrefix(id, "ndh-"):
		return "ndh"
	case strings.Contains(id, ":"):
		set, _, _ := strings.Cut(id, ":")
		return set
	}
	return "sample"
}

// exampleOf turns a row into an example, nil where the label does not know.
func exampleOf(l *label, r *extract.Row) *roles.Example {
	e := &roles.Example{Article: l.ID, Kind: r.Kind, Field: string(r.Field), Scale: r.Scale, Names: r.Features, Values: r.Values, Weight: cmp.Or(l.Weight, 1)}
	group := l.ID
	if l.Subject != "" {
		group = strings.ToLower(strings.Fields(l.Subject)[0])
	}
	h := fnv.New32a()
	h.Write([]byte(group))
	e.Group, e.Fold = group, int(h.Sum32()%5)
	for q := range e.Answers {
		e.Answers[q] = -1
	}
	yes := func(q roles.Question, is bool) {
		e.Answers[q] = 0
		if is {
			e.Answers[q] = 1
		}
	}
	if r.Field == extract.Subject {
		if len(l.Only) > 0 && !slices.Contains(l.Only, extract.Subject) {
			return nil
		}
		yes(roles.Right, l.Subject != "")
		return e
	}
	if l.Subject == "" || slices.Contains(l.Unsure, string(r.Field)) || len(l.Only) > 0 && !slices.Contains(l.Only, string(r.Field)) {
		return nil
	}
	var right, head, possible, denied, advised bool
	possible = true
	for i := range l.Facts {
		f := &l.Facts[i]
		if !f.gives(r) {
			continue
		}
		switch {
		case f.Status == "negated":
			denied = true
		case f.Status == "advised":
			advised = true
		default:
			right = true
			head = head || f.Main || f.Optional
			possible = possible && f.Status == "possible"
		}
	}
	switch r.Status {
	case data.Negated:
		yes(roles.Denied, denied)
	case data.Advised:
		yes(roles.Advised, advised)
	default:
		yes(roles.Right, right)
		if info, _ := r.Field.Info(); !info.Many {
			yes(roles.Head, head)
		}
		if right {
			yes(roles.Possible, possible)
		}
	}
	return e
}

// partOf is of how many rows of a set one is read, to keep short notices from
// outweighing news.
var partOf = map[string]int{"judged": 1, "casie": 1, "prc": 2, "hhs": 2, "hibp": 1, "noise": 2}

// lessonShare is how much an example of gold that knows a few fields only counts.
const lessonShare = 0.5

// exampleOfLesson turns a row of an article whose gold knows a few fields into an
// example, nil where it does not know.
func exampleOfLesson(set string, l *extract.Lesson, g *row, r *extract.Row) *roles.Example {
	e := &roles.Example{Article: set + ":" + l.Article.ID, Kind: r.Kind, Field: string(r.Field), Scale: r.Scale, Names: r.Features, Values: r.Values, Weight: lessonShare}
	h := fnv.New32a()
	h.Write([]byte(l.Article.ID))
	e.Fold = int(h.Sum32() % 5)
	for q := range e.Answers {
		e.Answers[q] = -1
	}
	yes := func(q roles.Question, is bool) {
		e.Answers[q] = 0
		if is {
			e.Answers[q] = 1
		}
	}
	if r.Status != data.Actual {
		return nil
	}
	if set == "judged" && r.Field != extract.Subject && r.Field != data.Victim && r.Field != data.Records {
		return judgedExample(e, g, r, yes)
	}
	switch r.Field {
	case extract.Subject:
		if l.Incident == 0 {
			return nil
		}
		e.Weight = min(1, l.IncidentWeight)
		yes(roles.Right, l.Incident > 0)
		return e
	case data.Victim:
		if l.Victim == nil {
			return nil
		}
		yes(roles.Right, l.Victim(r.Value))
		yes(roles.Head, l.Victim(r.Value))
		return e
	case data.Records:
		if l.Records == nil {
			return nil
		}
		if l.Counts == nil || l.CountWeight > 0 {
			yes(roles.Right, l.Counts != nil && l.Counts(r.Number))
		} else if l.Counts(r.Number) {
			yes(roles.Right, true)
		}
		yes(roles.Head, l.Records(r.Number))
		return e
	case data.Occurred:
		if set == "hibp" && len(g.BreachDate) >= 7 {
			is := len(r.Value) >= 4 && strings.HasPrefix(g.BreachDate, r.Value) || r.Value == g.BreachDate[:7]
			yes(roles.Right, is)
			yes(roles.Head, is)
			return e
		}
		return nil
	case data.Action:
		var allowed []string
		switch set {
		case "prc":
			allowed = prcActions[g.BreachType]
		case "hhs":
			for _, b := range g.BreachTypes {
				allowed = append(allowed, hhsActions[b]...)
			}
		}
		if len(allowed) == 0 {
			return nil
		}
		e.Weight = .25
		yes(roles.Right, slices.Contains(allowed, r.Value) || r.Value == "malware" && slices.Contains(allowed, "hacking"))
		return e
	case data.DataType:
		if set != "hibp" {
			return nil
		}
		is := slices.ContainsFunc(g.DataClasses, func(c string) bool { return strings.EqualFold(c, r.Value) })
		if !is { // the classes leave out what the text says of other data
			e.Weight = lessonShare / 2
		}
		yes(roles.Right, is)
		return e
	}
	return nil
}

// judgedExample answers what judged gold knows besides victim and records.
func judgedExample(e *roles.Example, g *row, r *extract.Row, yes func(roles.Question, bool)) *roles.Example {
	s := g.Subject
	if s == nil {
		return nil
	}
	e.Weight = 1
	unsure := func(name string) bool { return slices.Contains(g.Unsure, name) }
	fold := func(list []string) bool {
		return slices.ContainsFunc(list, func(v string) bool { return strings.EqualFold(v, r.Value) })
	}
	switch r.Field {
	case data.Occurred:
		if s.Occurred == "" || unsure("occurred") {
			return nil
		}
		yes(roles.Right, strings.HasPrefix(s.Occurred, r.Value))
		yes(roles.Head, strings.HasPrefix(s.Occurred, r.Value))
	case data.Country:
		if s.Country == "" || unsure("country") {
			return nil
		}
		yes(roles.Right, s.Country == r.Value)
	case data.Attack:
		if len(s.Attacks) == 0 || unsure("attacks") {
			return nil
		}
		yes(roles.Right, fold(s.Attacks) || r.Value == "Unauthorized access")
	case data.DataType:
		if len(s.DataTypes) == 0 || unsure("data_types") {
			return nil
		}
		yes(roles.Right, fold(s.DataTypes))
	case data.Actor:
		if unsure("actor") {
			return nil
		}
		yes(roles.Right, s.Actor != "" && (sameName(s.Actor, r.Value) || sameTerm(vocab.Actors(), s.Actor, r.Value)))
	default:
		return nil
	}
	return e
}
