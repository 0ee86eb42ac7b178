package bleveindex

import (
	"testing"

	"incidex/data"
	"incidex/search"
)

// TestMediansAreOfDollars holds that the middle of amounts is one of dollars, and leaves
// out what has no exchange rate.
func TestMediansAreOfDollars(t *testing.T) {
	s := testStore(t)
	var docs []*data.Document
	for id, fine := range map[string]data.Claim{
		"won":    {Currency: "KRW", Number: new(1_144_000_000.0)},
		"dollar": {Currency: "USD", Number: new(2_000_000.0)},
		"euro":   {Currency: "EUR", Number: new(8_450_000.0)},
		"odd":    {Currency: "XXX", Number: new(1e15)},
	} {
		fine.Field, fine.Status, fine.Confidence = data.Fine, data.Actual, 1
		d := textOnly(id, id, "A fine.")
		d.Mentions = []data.Mention{{ID: id, Role: data.Subject, Claims: []data.Claim{
			{Field: data.Occurred, Value: "2021-05", Status: data.Actual, Confidence: 1}, fine,
		}}}
		docs = append(docs, d)
	}
	fill(t, s, docs)
	table, err := search.NewEngine(s).CompareSelections(t.Context(), search.Request{}, search.Request{Query: "won"})
	if err != nil {
		t.Fatal(err)
	}
	if len(table.Medians) != 1 {
		t.Fatalf("medians %+v", table.Medians)
	}
	m := table.Medians[0]
	if m.Field != data.Fine || m.Unit != "USD" || m.KnownA != 3 || int(m.MedianA) != 2_000_000 || m.KnownB != 1 || int(m.MedianB+.5) != 1_000_000 {
		t.Errorf("median %+v", m)
	}
}
