package compare

import (
	"fmt"
	"time"

	"incidex/data"
)

// Timeline is the common line of the dates of all incidents.
type Timeline struct {
	// From and To are the first and the last day, inclusive.
	From data.Date `json:"from"`
	To   data.Date `json:"to"`
	// Points are by incident, then in the order of the fields.
	Points []Point `json:"points"`
}

// Point is one date of one incident on the timeline.
type Point struct {
	Incident string     `json:"incident"`
	Field    data.Field `json:"field"`
	Date     data.Date  `json:"date"`
	// Start and End are the places of the first and the last day that the date can
	// mean, 0 to 1.
	Start float64 `json:"start"`
	End   float64 `json:"end"`
}

var dateFields = []data.Field{data.Occurred, data.Discovered, data.Disclosed, data.Notified}

// chosenDate is the chosen date of a field, "" when there is none.
func chosenDate(r *data.Record, f data.Field) data.Date {
	if rec := r.Field(f); rec != nil && len(rec.Chosen) > 0 {
		if _, ok := data.Date(rec.Chosen[0].Value).First(); ok {
			return data.Date(rec.Chosen[0].Value)
		}
	}
	return ""
}

func timeline(records []data.Record) *Timeline {
	var t Timeline
	var from, to time.Time
	for i := range records {
		for _, f := range dateFields {
			d := chosenDate(&records[i], f)
			if d == "" {
				continue
			}
			first, _ := d.First()
			last, _ := d.Last()
			if len(t.Points) == 0 || first.Before(from) {
				from = first
			}
			if len(t.Points) == 0 || last.After(to) {
				to = last
			}
			t.Points = append(t.Points, Point{Incident: records[i].ID, Field: f, Date: d})
		}
	}
	if len(t.Points) == 0 {
		return nil
	}
	t.From, t.To = data.DateOf(from), data.DateOf(to)
	span := to.Sub(from).Hours()
	if span == 0 {
		return &t
	}
	for i := range t.Points {
		first, _ := t.Points[i].Date.First()
		last, _ := t.Points[i].Date.Last()
		t.Points[i].Start = first.Sub(from).Hours() / span
		t.Points[i].End = last.Sub(from).Hours() / span
	}
	return &t
}

// daysRows are the rows of the days between two dates of each incident.
func daysRows(records []data.Record) []Row {
	var rows []Row
	for _, span := range []struct {
		key, label string
		from, to   data.Field
	}{
		{"occurred_to_discovered", "From occurred to discovered", data.Occurred, data.Discovered},
		{"discovered_to_disclosed", "From discovered to disclosed", data.Discovered, data.Disclosed},
		{"occurred_to_disclosed", "From occurred to disclosed", data.Occurred, data.Disclosed},
	} {
		row := Row{Key: span.key, Label: span.label, Kind: KindDays}
		for i := range records {
			row.Cells = append(row.Cells, daysCell(chosenDate(&records[i], span.from), chosenDate(&records[i], span.to)))
		}
		rows = append(rows, row)
	}
	return rows
}

// daysCell counts the days between two dates. Where a date is less precise than a
// day, the number is the middle of what is possible and the range tells the rest. Where
// the second can only be before the first, there is no number.
func daysCell(from, to data.Date) Cell {
	if from == "" || to == "" {
		return Cell{State: Unknown, Text: Unknown.Words()}
	}
	f1, _ := from.First()
	f2, _ := from.Last()
	t1, _ := to.First()
	t2, _ := to.Last()
	const day = 24 * time.Hour
	low, high := float64(t1.Sub(f2)/day), float64(t2.Sub(f1)/day)
	if high < 0 {
		return Cell{State: Contradictory, Text: Contradictory.Words()}
	}
	low = max(low, 0)
	middle := (low + high) / 2
	v := Value{Number: &middle, Unit: "days", Label: FormatNumber(middle) + " days"}
	text := v.Label
	if low != high {
		v.Qualifier = data.About
		text = fmt.Sprintf("%s to %s days", FormatNumber(low), FormatNumber(high))
		v.Label = text
	}
	if low == 1 && high == 1 {
		v.Label, text = "1 day", "1 day"
	}
	return Cell{State: Known, Text: text, Values: []Value{v}, Low: &low, High: &high}
}
