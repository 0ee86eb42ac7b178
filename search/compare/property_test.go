package compare

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"testing"

	"incidex/data"
)

// TestFirstWithoutUnit holds that a number without a unit, as a source may give it,
// is a known one: it was once taken for no cell yet, and the third one panicked.
func TestFirstWithoutUnit(t *testing.T) {
	given := people(12_000)
	given.Unit = ""
	files := people(900)
	files.Unit = "files"
	table, err := Records([]data.Record{record("a", given), record("b", people(10), files), record("c", files)}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if r := row(t, table, "records"); r.Unit != "" || r.Ratio != nil {
		t.Errorf("unit %q and ratio %v of numbers that have none in common", r.Unit, r.Ratio)
	}
}

// randomRecord is a record with claims of any field, with and without what a claim may have.
func randomRecord(rnd *rand.Rand, id string) data.Record {
	var docs []*data.Document
	var members []data.Member
	for i := range 1 + rnd.IntN(3) {
		var claims []data.Claim
		for range rnd.IntN(14) {
			info := data.Fields[rnd.IntN(len(data.Fields))]
			c := value(info.Field, pick(rnd, "hacking", "error", "A", "B", ""))
			switch info.Kind {
			case data.Count, data.Money:
				n := pick(rnd, -5.0, 0, 1, 950, 12_000, 7.4e6, 3e12)
				c.Number = &n
				c.Unit = pick(rnd, "", "people", "records", "files")
				c.Currency = ""
				if info.Kind == data.Money {
					c.Unit, c.Currency = "", pick(rnd, "", "USD", "EUR", "KRW", "BTC", "XXX")
				}
				if rnd.IntN(8) == 0 {
					c.Number = nil
				}
				c.Qualifier = pick(rnd, "", data.About, data.AtLeast, data.Vague)
			case data.When:
				c.Value = pick(rnd, "2024", "2024-05", "2024-05-17", "2025-01-02", "2019", "never", "")
			}
			c.Status = pick(rnd, data.Actual, data.Actual, data.Possible, data.Negated, data.Advised, data.Derived, data.Doubtful)
			c.Confidence = rnd.Float64()
			claims = append(claims, c)
		}
		role := pick(rnd, data.Subject, data.Subject, data.Mentioned)
		doc := &data.Document{
			Article:  data.Article{ID: fmt.Sprintf("%s-%d", id, i), Publisher: pick(rnd, "", "Herald", "Post"), Date: pick[data.Date](rnd, "", "2024-06-01", "2025")},
			Mentions: []data.Mention{{ID: id, Role: role, Claims: claims}},
		}
		docs, members = append(docs, doc), append(members, data.Member{Article: doc.ID, Role: role})
	}
	return data.Merge(data.Incident{ID: id, Title: id, Members: members}, docs)
}

func pick[T any](rnd *rand.Rand, of ...T) T { return of[rnd.IntN(len(of))] }

// TestAnyRecords compares random records: nothing panics, and every table holds
// together.
func TestAnyRecords(t *testing.T) {
	rnd := rand.New(rand.NewPCG(11, 12))
	rounds := 4000
	if testing.Short() {
		rounds = 400
	}
	for round := range rounds {
		var records []data.Record
		for i := range MinIncidents + rnd.IntN(MaxIncidents-MinIncidents+1) {
			records = append(records, randomRecord(rnd, string(rune('a'+i))))
		}
		table, err := Records(records, Options{})
		if err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		for _, g := range table.Groups {
			for _, r := range g.Rows {
				if err := holds(table, r); err != nil {
					t.Fatalf("round %d, row %s: %v", round, r.Key, err)
				}
			}
		}
		if p := table.Timeline; p != nil {
			for _, point := range p.Points {
				if !(0 <= point.Start && point.Start <= point.End && point.End <= 1) {
					t.Fatalf("round %d: point %+v", round, point)
				}
			}
		}
		var out bytes.Buffer
		if err := Text(&out, table); err != nil {
			t.Fatal(err)
		}
		if err := Markdown(&out, table); err != nil {
			t.Fatal(err)
		}
		if err := CSV(&out, table); err != nil {
			t.Fatal(err)
		}
	}
}

// holds checks what is true of every row.
func holds(t Table, r Row) error {
	known := 0
	for _, c := range r.Cells {
		if c.State == Known || c.State == Denied {
			known++
		}
		if (c.State == Known) != (len(c.Values) > 0) {
			return fmt.Errorf("a cell is %s with %d values", c.State, len(c.Values))
		}
		if c.State != Known && c.Text == "" {
			return fmt.Errorf("a cell that is %s says nothing", c.State)
		}
		if c.Bar != nil && !(0 <= *c.Bar && *c.Bar <= 1) {
			return fmt.Errorf("a bar of %g", *c.Bar)
		}
	}
	switch {
	case len(r.Cells) != len(t.Incidents):
		return fmt.Errorf("%d cells of %d incidents", len(r.Cells), len(t.Incidents))
	case r.Words == "":
		return fmt.Errorf("no words for %s", r.Verdict)
	case (known == 0) != (r.Verdict == NobodyKnow):
		return fmt.Errorf("%s with %d known cells", r.Verdict, known)
	case known == 1 && r.Verdict != SomeKnow:
		return fmt.Errorf("%s with one known cell", r.Verdict)
	case r.Ratio != nil && !(*r.Ratio >= 1):
		return fmt.Errorf("ratio %g", *r.Ratio)
	case r.Ratio != nil && r.Scale == "":
		return fmt.Errorf("a ratio of what has no scale")
	}
	return nil
}
