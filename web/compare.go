package web

import (
	"io"
	"slices"
	"strings"

	"incidex/data"
	"incidex/data/rates"
	"incidex/search/compare"
)

// ComparePage is the comparison of incidents. State.Tray are the ids asked for.
type ComparePage struct {
	Frame
	// Table is nil when fewer than two incidents were asked for, which shows how to
	// choose them.
	Table *compare.Table
	// Show is which rows were asked for; "" means all that any source speaks of.
	Show compare.Show
	// Unknown says that rows were asked for that no source speaks of.
	Unknown bool
	// Articles are the articles behind the incidents by id, to name the sources.
	Articles map[string]data.ArticleRef
	// Documents are the same with their texts, for the sentences around quotes.
	Documents map[string]*data.Document
	// Unclear are names that no incident goes by, or several.
	Unclear []Unclear
	// Problem says what was wrong with the request, "" when nothing was.
	Problem string
}

// Unclear is a name that does not say which incident is meant.
type Unclear struct {
	Name string
	// IDs are the incidents that go by it, best first.
	IDs []string
}

// unclearView is a name with the comparisons that it may mean.
type unclearView struct {
	Name  string
	Meant []option
}

// tableView is a part of the rows as a table of its own.
type tableView struct {
	compareView
	Name   string
	Groups []groupView
}

// compareView is what the template shows.
type compareView struct {
	ComparePage
	Columns []columnView
	// Chosen are the incidents asked for where there is no table, to drop some.
	Chosen []trayItem
	// Groups are the rows that are known of all, Partly those known of some.
	Groups, Partly []groupView
	PartlyRows     int
	Unclear        []unclearView
	Shows          []option
	Lines          []lineView
	// From and To are the ends of the timeline.
	From, To data.Date
	// Verdicts count the rows by verdict, for the summary.
	Verdicts []verdictCount
}

type columnView struct {
	compare.Column
	// Without is the comparison without the incident, Number its place from 1.
	Without string
	Number  int
	// Left is the comparison with the incident one place further left, "" for the first.
	Left string
}

type groupView struct {
	Heading, Class string
	Rows           []rowView
}

type rowView struct {
	compare.Row
	Cells []cellView
	// Mark is the word for the verdict, Words what it does not say.
	Mark, Words string
}

type cellView struct {
	compare.Cell
	Values []compareValue
	Claims []*ClaimView
	// Bar is the length of the bar in percent, HasBar whether there is one.
	Bar    float64
	HasBar bool
	// Words is the state of a cell without values.
	Words string
	// Dissent says that sources disagree, and how far.
	Dissent string
	Column  int
}

type compareValue struct {
	Text, Full, Status string
	// Kind is shared, some or own: all, several or one of the incidents have it.
	Kind string
	// Href is the sentence that the value comes from.
	Href string
	// Filter is the search for the value.
	Filter string
}

type lineView struct {
	Title  string
	Number int
	Points []pointView
}

type pointView struct {
	Label, Date, Class string
	Start, End, Width  float64
	// Top and Height are in pixels.
	Top, Height int
}

type verdictCount struct {
	Verdict compare.Verdict
	Words   string
	Rows    int
}

// verdictWords are the verdicts in the order of the summary.
var verdictWords = []verdictCount{
	{compare.Same, "Same", 0}, {compare.Compatible, "Compatible", 0}, {compare.Partly, "Partly shared", 0}, {compare.Differ, "Differ", 0},
	{compare.NotComparable, "Not comparable", 0}, {compare.SomeKnow, "Partly known", 0}, {compare.NobodyKnow, "Nobody knows", 0},
}

var showLabels = []struct {
	show  compare.Show
	label string
}{{compare.ShowAll, "All rows"}, {compare.ShowDifferences, "Differences"}, {compare.ShowSame, "Same"}}

// Compare writes the comparison of incidents.
func (p *Pages) Compare(w io.Writer, v ComparePage) error {
	view := compareView{ComparePage: v}
	if v.Show == "" {
		v.Show = compare.ShowAll
	}
	heading := "Compare incidents"
	if v.Table != nil {
		titles := make([]string, len(v.Table.Incidents))
		for i, c := range v.Table.Incidents {
			titles[i] = c.Title
			left := ""
			if i > 0 && i < len(v.State.Tray) {
				ids := slices.Clone(v.State.Tray)
				ids[i-1], ids[i] = ids[i], ids[i-1]
				left = v.State.WithTray(ids...).CompareURL(v.Show)
			}
			view.Columns = append(view.Columns, columnView{c, v.State.ToggleTray(c.ID).CompareURL(v.Show), i + 1, left})
		}
		heading = strings.Join(titles, " · ")
		for _, s := range showLabels {
			view.Shows = append(view.Shows, option{s.label, v.State.CompareURL(s.show), s.show == v.Show && !v.Unknown})
		}
		view.count(v.Table)
		for _, g := range v.Table.Groups {
			all := groupView{Heading: g.Heading, Class: groupClass(g.Heading)}
			some := all
			for _, r := range g.Rows {
				if r.Verdict == compare.SomeKnow {
					some.Rows = append(some.Rows, v.row(r))
				} else {
					all.Rows = append(all.Rows, v.row(r))
				}
			}
			if len(all.Rows) > 0 {
				view.Groups = append(view.Groups, all)
			}
			if len(some.Rows) > 0 {
				view.Partly = append(view.Partly, some)
				view.PartlyRows += len(some.Rows)
			}
		}
		view.lines(v.Table.Timeline)
	} else {
		for _, id := range v.State.Tray {
			view.Chosen = append(view.Chosen, trayItem{id, v.Frame.Title(id), v.State.ToggleTray(id).CompareURL(v.Show)})
		}
	}
	for _, u := range v.Unclear {
		uv := unclearView{Name: u.Name}
		for _, id := range u.IDs {
			if v.State.InTray(id) {
				continue
			}
			uv.Meant = append(uv.Meant, option{Label: v.Frame.Title(id), Href: v.State.ToggleTray(id).CompareURL(v.Show)})
		}
		view.Unclear = append(view.Unclear, uv)
	}
	return p.render(w, "compare", chrome{Frame: v.Frame, Heading: heading, Here: func(s State) string { return s.CompareURL(v.Show) }, Page: view})
}

func (v *compareView) count(t *compare.Table) {
	v.Verdicts = slices.Clone(verdictWords)
	for _, g := range t.Groups {
		for _, r := range g.Rows {
			for i := range v.Verdicts {
				if v.Verdicts[i].Verdict == r.Verdict {
					v.Verdicts[i].Rows++
				}
			}
		}
	}
}

func (v ComparePage) row(r compare.Row) rowView {
	out := rowView{Row: r, Mark: string(r.Verdict), Words: r.Words}
	if r.Verdict == compare.Same || r.Verdict == compare.NobodyKnow || r.Words == "Partly shared" || r.Words == "Different" {
		out.Words = "" // the mark and the cells say it
	}
	for _, w := range verdictWords {
		if w.Verdict == r.Verdict {
			out.Mark = w.Words
		}
	}
	for i, c := range r.Cells {
		cv := cellView{Cell: c, Words: c.State.Words(), Column: i + 1}
		if c.State == compare.Known {
			cv.Words = ""
		}
		for _, value := range c.Values {
			cv.Values = append(cv.Values, v.value(r, c, value))
		}
		for n, s := range c.Claims {
			claim := v.viewSourced(s, v.Articles, v.Documents)
			claim.Chosen = n < len(c.Values)
			cv.Claims = append(cv.Claims, claim)
		}
		if c.Bar != nil && r.Ratio != nil {
			cv.Bar, cv.HasBar = percent(*c.Bar), true
		}
		if c.Conflict {
			cv.Dissent = "Sources disagree"
			if c.Low != nil && c.High != nil && *c.Low < *c.High {
				cv.Dissent += ": " + FormatNumber(*c.Low) + " to " + FormatNumber(*c.High)
			}
		}
		out.Cells = append(out.Cells, cv)
	}
	return out
}

func (v ComparePage) value(r compare.Row, c compare.Cell, x compare.Value) compareValue {
	claim := data.Claim{Field: data.Field(r.Key), Value: x.Value, Number: x.Number, Unit: x.Unit, Currency: x.Currency, Qualifier: x.Qualifier}
	out := compareValue{Text: x.Label, Full: x.Label, Status: statusWords[x.Status], Kind: "some"}
	if _, ok := claim.Field.Info(); ok {
		out.Text, out.Full = ValueText(claim), ValueFull(claim)
		if x.Dollars != nil && x.Currency != rates.Dollar {
			worth := data.Claim{Field: claim.Field, Number: x.Dollars, Currency: rates.Dollar}
			out.Text += " (about " + ValueText(worth) + ")"
		}
		if r.Kind == compare.KindSet {
			out.Filter = v.State.FilterURL(r.Key, x.Value)
		}
	} else if r.Kind == compare.KindDate {
		out.Text = FormatDate(data.Date(x.Value))
	}
	partly := r.Verdict == compare.Partly || r.Verdict == compare.SomeKnow && len(r.Shared) > 0
	switch {
	case r.Kind != compare.KindSet || !partly:
		out.Kind = ""
	case slices.Contains(r.Shared, x.Label):
		out.Kind = "shared"
	case slices.Contains(c.Own, x.Label):
		out.Kind = "own"
	}
	if len(x.Evidence) > 0 {
		out.Href = v.State.EvidenceURL(x.Article, x.Evidence[0])
	}
	return out
}

// minPoint is the least width of a date on the timeline, in percent.
const minPoint = 0.8

// The heights of a line of the timeline and of its dates, in pixels.
const lineHeight, maxHeight, lessHeight, minHeight = 22, 16, 4, 4

// lines makes a line of the timeline for each incident.
func (v *compareView) lines(t *compare.Timeline) {
	if t == nil {
		return
	}
	v.From, v.To = t.From, t.To
	for i, c := range v.Columns {
		line := lineView{Title: c.Title, Number: i + 1}
		for _, pt := range t.Points {
			if pt.Incident != c.ID {
				continue
			}
			info, _ := pt.Field.Info()
			p := pointView{Label: info.Label, Class: "w-" + string(pt.Field), Date: FormatDate(pt.Date), Start: percent(pt.Start), End: percent(pt.End)}
			p.Width = max(minPoint, p.End-p.Start)
			p.Start = min(p.Start, 100-p.Width)
			// Later ones are lower, so that those of the same days are all seen.
			p.Height = max(minHeight, maxHeight-lessHeight*len(line.Points))
			p.Top = (lineHeight - p.Height) / 2
			line.Points = append(line.Points, p)
		}
		v.Lines = append(v.Lines, line)
	}
}

// Known is the table of the rows that are known of all incidents.
func (v compareView) Known() tableView { return tableView{v, "Comparison table", v.Groups} }

// Some is the table of the rows that are known of some of the incidents.
func (v compareView) Some() tableView { return tableView{v, "Known for some", v.Partly} }

// Sets says that values are marked by who has them.
func (v compareView) Sets() bool {
	for _, g := range slices.Concat(v.Groups, v.Partly) {
		for _, r := range g.Rows {
			for _, c := range r.Cells {
				if slices.ContainsFunc(c.Values, func(x compareValue) bool { return x.Kind != "" }) {
					return true
				}
			}
		}
	}
	return false
}

// Removable says that incidents can still be dropped: two are the fewest.
func (v compareView) Removable() bool { return len(v.Columns) > compare.MinIncidents }

// Hidden is the number of rows that are not shown.
func (v compareView) Hidden() int {
	if v.Table == nil {
		return 0
	}
	return v.Table.Hidden
}

// JSON is the comparison in the API.
func (v compareView) JSON() string { return APICompareURL(v.State.Tray, v.Show) }

// CSV is the comparison for a spreadsheet.
func (v compareView) CSV() string { return v.State.FileURL(v.Show, "csv") }

// Markdown is the comparison as Markdown.
func (v compareView) Markdown() string { return v.State.FileURL(v.Show, "md") }

// All is the comparison with all rows, also those that no source speaks of.
func (v compareView) All() string { return v.State.CompareAllURL() }

// Span is the number of columns of the table.
func (v compareView) Span() int { return len(v.Columns) + 1 }

// Room says that another incident can be added.
func (v compareView) Room() bool { return !v.State.TrayFull() }
