package main

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"incidex/data"
	"incidex/httpapi"
	"incidex/search/bleveindex"
)

// An incident of many articles is explained by its first ones, and nothing goes on for
// one who left.
func TestExplainIsBounded(t *testing.T) {
	store, err := bleveindex.Open(t.TempDir(), bleveindex.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	inc := &data.Incident{ID: "acme-2024", Title: "Acme, 2024", Keys: []uint32{7}}
	for i := range httpapi.MaxExplained + 20 {
		inc.Members = append(inc.Members, data.Member{Article: fmt.Sprintf("article-%03d", i), Role: data.Subject, Signature: data.Signature{Victim: "Acme", Published: "2024-05"}})
	}
	if err := store.Current().Apply(t.Context(), &data.Batch{Incidents: []*data.Incident{inc}}); err != nil {
		t.Fatal(err)
	}
	reasons, err := groups{store: store}.Explain(t.Context(), inc.ID)
	if err != nil || len(reasons) != httpapi.MaxExplained || reasons[0].Article != "article-000" {
		t.Errorf("%d articles are explained, %v; want the first %d", len(reasons), err, httpapi.MaxExplained)
	}
	gone, leave := context.WithCancel(t.Context())
	leave()
	if _, err := (groups{store: store}).Explain(gone, inc.ID); !errors.Is(err, context.Canceled) {
		t.Errorf("one who left is told %v", err)
	}
}
