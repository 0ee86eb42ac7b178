package bleveindex

import (
	"context"
	"errors"
	"strings"
	"testing"

	"incidex/search"
)

// TestCorrectionHasABudget holds that only the first slips of a query are looked up,
// however many there are, in one run of words or in several, and the same when
// everything is remembered.
func TestCorrectionHasABudget(t *testing.T) {
	s := small(t)
	slip := "custemers"
	for _, join := range []string{" ", " OR "} {
		for range 2 {
			res, err := search.NewEngine(s).Search(t.Context(), search.Request{Query: strings.Repeat(slip+join, 60) + slip})
			if err != nil {
				t.Fatal(err)
			}
			corrected := strings.Count(res.Notes[0].Query, `"`+slip+`"`)
			if corrected != search.MaxCorrected {
				t.Errorf("%d of 61 words joined by %q are corrected, want %d", corrected, join, search.MaxCorrected)
			}
		}
	}
}

// TestCorrectionOfPairsHasABudget holds that names beside which words stand are looked
// up for the first pairs only.
func TestCorrectionOfPairsHasABudget(t *testing.T) {
	s := small(t)
	snap, err := s.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	defer snap.Close()
	budget := search.NewCorrectionBudget()
	if _, err := snap.Correct(t.Context(), strings.Fields(strings.Repeat("british mgm ", 40)), budget); err != nil {
		t.Fatal(err)
	}
	if budget.Pair() {
		t.Errorf("%d pairs are left of %d, though names begin with these words", budget.Pairs+1, search.MaxCorrected)
	}
}

// TestNothingGoesOnForOneWhoLeft holds that every way to search ends with its context.
func TestNothingGoesOnForOneWhoLeft(t *testing.T) {
	s := small(t)
	snap, err := s.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	defer snap.Close()
	gone, leave := context.WithCancel(t.Context())
	leave()
	if _, err := snap.Correct(gone, []string{"custemers"}, search.NewCorrectionBudget()); !errors.Is(err, context.Canceled) {
		t.Errorf("correction: %v", err)
	}
	if _, err := newLookup(gone, snap.(*pinnedSnapshot).Snapshot.(*snapshot)).frequency(termSet{fieldBody, stemSet, "never asked"}); !errors.Is(err, context.Canceled) {
		t.Errorf("frequency: %v", err)
	}
	if _, err := newLookup(gone, snap.(*pinnedSnapshot).Snapshot.(*snapshot)).keysBetween(0, fieldBody, "a", "z", nil); !errors.Is(err, context.Canceled) {
		t.Errorf("terms: %v", err)
	}
	for _, q := range []string{"custemers", "customers leaked sale", "cust*", "victim:ac*", `"customer data"`, "sector:x OR -word"} {
		if _, err := search.NewEngine(s).Search(gone, search.Request{Query: q}); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", q, err)
		}
	}
}
