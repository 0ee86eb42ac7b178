package compare

import (
	"encoding/csv"
	"strings"
	"testing"

	"incidex/data"
)

// Every rendering holds every row, and none lets a value be read as a formula.
func TestSelectionRenderings(t *testing.T) {
	a := Selection{Query: "=sector:44", Incidents: 10, Articles: 12, Facets: []Facet{{data.Attack, 8, []Count{{"Skimming", "Skimming", 6}, {"x", "=1|2", 2}}}},
		Medians: []Median{{data.Records, "", 5, 2000}}}
	b := Selection{Query: "sector:62", Incidents: 20, Articles: 21, Facets: []Facet{{data.Attack, 16, []Count{{"Skimming", "Skimming", 1}}}},
		Medians: []Median{{data.Records, "", 9, 500}}}
	table := Selections(a, b, "gen-000004")
	var text, markdown, sheet strings.Builder
	for name, err := range map[string]error{
		"text": SelectionText(&text, table), "markdown": SelectionMarkdown(&markdown, table), "csv": SelectionCSV(&sheet, table),
	} {
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	for _, s := range []string{text.String(), markdown.String(), sheet.String()} {
		for _, want := range []string{"Skimming", "75.0 %", "2,000", "gen-000004", "sector:62"} {
			if !strings.Contains(s, want) {
				t.Errorf("no %q in\n%s", want, s)
			}
		}
	}
	rows, err := csv.NewReader(strings.NewReader(sheet.String())).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		for _, cell := range row {
			if strings.HasPrefix(cell, "=") {
				t.Errorf("cell %q is a formula", cell)
			}
		}
	}
	if !strings.Contains(markdown.String(), `=1\|2`) {
		t.Errorf("a bar is not escaped in\n%s", markdown.String())
	}
}
