package compare

import (
	"fmt"

	"incidex/data"
)

// The number of incidents that can be laid side by side, inclusive.
const (
	MinIncidents = 2
	MaxIncidents = 6
)

// Table is a comparison of incidents.
type Table struct {
	// Generation is the index generation that the records come from.
	Generation string `json:"generation"`
	// Incidents are the columns, in the order asked for.
	Incidents []Column `json:"incidents"`
	Groups    []Group  `json:"groups"`
	// Timeline places the dates of all incidents on one line; nil without dates.
	Timeline *Timeline `json:"timeline,omitempty"`
	Show     Show      `json:"show"`
	// Hidden is the number of rows left out by Show and HideUnknown.
	Hidden int `json:"hidden"`
}

// Column is one incident.
type Column struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	// Articles is the number of articles that report it.
	Articles int `json:"articles"`
}

// Group is a heading with its rows; groups without a row are left out.
type Group struct {
	Heading string `json:"heading"`
	Rows    []Row  `json:"rows"`
}

// GroupSources is the heading of the rows about the articles themselves.
const GroupSources = "Sources"

// Kind says how the cells of a row are compared.
type Kind string

// The kinds of rows.
const (
	KindSet    Kind = "set"    // names and codes, any number of values
	KindNumber Kind = "number" // counts
	KindMoney  Kind = "money"
	KindDate   Kind = "date"
	KindDays   Kind = "days" // a time between two dates
)

// Row is one thing compared.
type Row struct {
	// Key is the field, or the name of a derived row such as "occurred_to_disclosed".
	Key     string  `json:"key"`
	Label   string  `json:"label"`
	Kind    Kind    `json:"kind"`
	Verdict Verdict `json:"verdict"`
	// Words is the verdict as a sentence without a full stop.
	Words string `json:"words"`
	// Unit is the unit or currency that all known numbers have, "" when they differ.
	Unit string `json:"unit,omitempty"`
	// Converted says that amounts of several currencies are compared in US dollars.
	Converted bool `json:"converted,omitempty"`
	// Scale says how the bars were drawn; empty without bars.
	Scale Scale `json:"scale,omitempty"`
	// Ratio is the largest number over the smallest, nil when there are not two
	// positive numbers of one unit.
	Ratio *float64 `json:"ratio,omitempty"`
	// Shared are the labels of the values that every incident of a set row has.
	Shared []string `json:"shared,omitempty"`
	// Cells are in the order of Table.Incidents.
	Cells []Cell `json:"cells"`
}

// Verdict says how the cells of a row relate.
type Verdict string

// The verdicts.
const (
	Same Verdict = "same"
	// Compatible: one is less precise than the other, as June 2025 is than 3 June 2025,
	// and they do not contradict each other.
	Compatible Verdict = "compatible"
	Differ     Verdict = "differ"
	Partly     Verdict = "partly_shared"
	// NotComparable: numbers that count different things, or amounts without an exchange
	// rate.
	NotComparable Verdict = "not_comparable"
	SomeKnow      Verdict = "only_some_know"
	NobodyKnow    Verdict = "nobody_knows"
)

// Scale is how numbers become bars.
type Scale string

// The scales. Numbers that differ by more than LogFrom times are drawn on a
// logarithmic scale.
const (
	Linear  Scale = "linear"
	Log     Scale = "log"
	LogFrom       = 20.0
)

// State says what is known of a cell.
type State string

// The states of a cell.
const (
	Known State = "known"
	// Denied: sources speak of it, and all say no.
	Denied State = "denied"
	// NotReported: there are articles about the incident, and none says.
	NotReported State = "not_reported"
	// Unknown: the incident is only mentioned in passing, so nothing can be concluded.
	Unknown State = "unknown"
	// NotApplicable: it cannot be, such as a ransom paid after a laptop was lost.
	NotApplicable State = "not_applicable"
	// Contradictory: the dates of the incident are in an order that cannot be.
	Contradictory State = "contradictory"
)

// Words says a state to a reader.
func (s State) Words() string {
	switch s {
	case Denied:
		return "denied"
	case NotReported:
		return "not reported"
	case Unknown:
		return "unknown"
	case NotApplicable:
		return "not applicable"
	case Contradictory:
		return "the dates contradict each other"
	}
	return ""
}

// Cell is one incident's part of a row.
type Cell struct {
	State State `json:"state"`
	// Text is the whole cell for a reader.
	Text   string  `json:"text"`
	Values []Value `json:"values,omitempty"`
	// Own are the labels of the values of a set row that no other incident has.
	Own []string `json:"own,omitempty"`
	// Bar is the length of the number's bar, or the place of the date on the
	// timeline, 0 to 1.
	Bar *float64 `json:"bar,omitempty"`
	// Rule, Conflict, Low and High are those of the record's field.
	Rule     string   `json:"rule,omitempty"`
	Conflict bool     `json:"conflict,omitempty"`
	Low      *float64 `json:"low,omitempty"`
	High     *float64 `json:"high,omitempty"`
	// Claims are all claims of the field with article and evidence, chosen ones first.
	Claims []data.SourcedClaim `json:"claims,omitempty"`
}

// Value is one chosen value of a cell.
type Value struct {
	// Value is canonical, Label what a reader sees.
	Value    string   `json:"value,omitempty"`
	Label    string   `json:"label"`
	Number   *float64 `json:"number,omitempty"`
	Unit     string   `json:"unit,omitempty"`
	Currency string   `json:"currency,omitempty"`
	// Dollars is what an amount was worth in the year of its incident, where the row is
	// Converted and there is a rate.
	Dollars   *float64        `json:"dollars,omitempty"`
	Qualifier data.Qualifier  `json:"qualifier,omitempty"`
	Status    data.Status     `json:"status,omitempty"`
	Article   string          `json:"article,omitempty"`
	Evidence  []data.Evidence `json:"evidence,omitempty"`
}

// Show says which rows a table has.
type Show string

// What to show. The zero value means all rows.
const (
	ShowAll         Show = "all"
	ShowDifferences Show = "differences"
	ShowSame        Show = "same"
)

// Options are how to compare; the zero value shows every row.
type Options struct {
	Show Show
	// HideUnknown leaves out the rows that nobody knows.
	HideUnknown bool
	// Generation is copied to the table.
	Generation string
}

// Records compares two to six records. It is an error to ask for fewer, for more,
// for one incident twice or for an unknown Show.
func Records(records []data.Record, o Options) (Table, error) {
	switch o.Show {
	case "":
		o.Show = ShowAll
	case ShowAll, ShowDifferences, ShowSame:
	default:
		return Table{}, fmt.Errorf("compare incidents: show %q: want all, differences or same", o.Show)
	}
	if n := len(records); n < MinIncidents || n > MaxIncidents {
		return Table{}, fmt.Errorf("compare incidents: %d incidents: want %d to %d", n, MinIncidents, MaxIncidents)
	}
	t := Table{Generation: o.Generation, Show: o.Show}
	seen := map[string]bool{}
	for _, r := range records {
		if seen[r.ID] {
			return Table{}, fmt.Errorf("compare incidents: %s is asked for twice", r.ID)
		}
		seen[r.ID] = true
		t.Incidents = append(t.Incidents, Column{r.ID, r.Title, len(r.Articles)})
	}
	t.Timeline = timeline(records)
	byHeading := map[string][]Row{}
	for _, info := range data.Fields {
		byHeading[info.Group] = append(byHeading[info.Group], fieldRow(info, records))
	}
	byHeading[data.GroupWhen] = append(byHeading[data.GroupWhen], daysRows(records)...)
	byHeading[GroupSources] = sourceRows(records)
	for _, heading := range []string{
		data.GroupWhat, data.GroupWho, data.GroupData, data.GroupHowMany, data.GroupWhen,
		data.GroupResponse, data.GroupConsequence, GroupSources,
	} {
		g := Group{Heading: heading}
		for _, r := range byHeading[heading] {
			r.judge(t.Incidents)
			if r.shown(o) {
				g.Rows = append(g.Rows, r)
			} else {
				t.Hidden++
			}
		}
		if len(g.Rows) > 0 {
			t.Groups = append(t.Groups, g)
		}
	}
	return t, nil
}

func (r Row) shown(o Options) bool {
	if o.HideUnknown && r.Verdict == NobodyKnow {
		return false
	}
	switch o.Show {
	case ShowDifferences:
		return r.Verdict == Differ || r.Verdict == Compatible || r.Verdict == Partly || r.Verdict == NotComparable || r.Verdict == SomeKnow
	case ShowSame:
		return r.Verdict == Same
	}
	return true
}
