package search

import (
	"strings"
	"testing"

	"incidex/data"
	"incidex/data/vocab"
	"incidex/search/query"
)

// The schema has every field, and for every closed list all of its values.
func TestSchema(t *testing.T) {
	s := NewSchema()
	if len(s.Fields) != len(query.Fields) {
		t.Errorf("%d fields, want %d", len(s.Fields), len(query.Fields))
	}
	facets := 0
	for _, f := range s.Fields {
		if f.Kind == "" || f.Label == "" || f.Plural == "" || f.Aliases == nil {
			t.Errorf("field %+v", f)
		}
		if f.Facet {
			facets++
		}
		if f.Kind == "code" && f.Vocabulary == "" && f.Standard == "" && f.Name != string(query.SourceKind) {
			t.Errorf("%s has codes of no list and no standard", f.Name)
		}
	}
	if facets != len(Facetable) {
		t.Errorf("%d facets, want %d", facets, len(Facetable))
	}
	v, err := s.Values("industry")
	if err != nil || v.Name != "sector" || len(v.Terms) != len(vocab.Sectors().Terms()) || !strings.Contains(v.Standard, "NAICS") {
		t.Errorf("the sectors are %+v, %v", v, err)
	}
	v, err = s.Values("attack")
	if err != nil || v.Terms[0].Group == "" || v.GroupsOf == "" {
		t.Errorf("the attacks are %+v, %v", v, err)
	}
	for _, field := range []string{"victim", "color"} {
		if _, err := s.Values(field); err == nil || !strings.Contains(err.Error(), "sector") {
			t.Errorf("the values of %s: %v", field, err)
		}
	}
	if info, _ := data.Records.Info(); info.Kind != data.Count {
		t.Error("records are no count")
	}
}
