package group

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
)

// Act is what a person decided about the grouping.
type Act string

// The acts.
const (
	// ActSplit says that Articles are an incident of their own, apart from the rest
	// of Incident.
	ActSplit Act = "split"
	// ActMerge says that the incidents in Others are a part of Incident.
	ActMerge Act = "merge"
	// ActPin says that Articles belong to Incident.
	ActPin Act = "pin"
	// ActUndo takes the entry with the number Undoes back.
	ActUndo Act = "undo"
)

// Entry is one line of the journal of a person's decisions. Entries speak of
// articles, whose ids survive every re-index; the ids of incidents tell what a
// person saw, and the id that an incident must have.
type Entry struct {
	// N is the entry's number, from 1, without gaps.
	N   int `json:"n"`
	Act Act `json:"act"`
	// Incident is the id of the incident that was split, that others were merged
	// into, or that articles were pinned to.
	Incident string `json:"incident,omitempty"`
	// Others are the ids of the incidents merged into Incident.
	Others []string `json:"others,omitempty"`
	// Articles are the articles split off or pinned, or all articles of the merged
	// incidents, sorted.
	Articles []string `json:"articles,omitempty"`
	// Rest are the other articles of Incident at the time: those that stay at a split,
	// and those that are there already at a pin. Sorted.
	Rest []string `json:"rest,omitempty"`
	// New is the id of the incident that a split makes.
	New string `json:"new,omitempty"`
	// Undoes is the number of the entry that is taken back.
	Undoes int `json:"undoes,omitempty"`
	// At is the time in RFC 3339 and By the person; both only inform.
	At   string `json:"at,omitempty"`
	By   string `json:"by,omitempty"`
	Note string `json:"note,omitempty"`
}

// ParseJournal reads JSON Lines. A torn last line, which a crash while appending
// leaves, is dropped; anything else that is malformed is an error with its line.
func ParseJournal(raw []byte) ([]Entry, error) {
	var entries []Entry
	lines := bytes.Split(raw, []byte("\n"))
	for i, line := range lines {
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		var e Entry
		if err := json.Unmarshal(line, &e); err != nil {
			if i == len(lines)-1 {
				break
			}
			return nil, fmt.Errorf("parse journal: line %d: %w", i+1, err)
		}
		if err := check(entries, e); err != nil {
			return nil, fmt.Errorf("parse journal: line %d: %w", i+1, err)
		}
		entries = append(entries, e)
	}
	return entries, nil
}

// Append numbers an entry, checks it against the ones before and returns its line,
// with the newline, to be added to the journal.
func Append(entries []Entry, e Entry) (Entry, []byte, error) {
	e.N = len(entries) + 1
	slices.Sort(e.Articles)
	slices.Sort(e.Rest)
	if err := check(entries, e); err != nil {
		return Entry{}, nil, fmt.Errorf("append to journal: %w", err)
	}
	line, err := json.Marshal(e)
	if err != nil {
		return Entry{}, nil, fmt.Errorf("append to journal: %w", err)
	}
	return e, append(line, '\n'), nil
}

func check(before []Entry, e Entry) error {
	if e.N != len(before)+1 {
		return fmt.Errorf("entry %d follows entry %d", e.N, len(before))
	}
	switch e.Act {
	case ActSplit:
		if len(e.Articles) == 0 || e.New == "" || e.New == e.Incident {
			return fmt.Errorf("a split needs articles and the id of a new incident")
		}
	case ActMerge:
		if e.Incident == "" || len(e.Articles) < 2 {
			return fmt.Errorf("a merge needs an incident and the articles of both")
		}
	case ActPin:
		if e.Incident == "" || len(e.Articles) == 0 {
			return fmt.Errorf("a pin needs an incident and articles")
		}
	case ActUndo:
		if e.Undoes < 1 || e.Undoes > len(before) || before[e.Undoes-1].Act == ActUndo {
			return fmt.Errorf("there is no decision %d to undo", e.Undoes)
		}
		if slices.ContainsFunc(before, func(b Entry) bool { return b.Act == ActUndo && b.Undoes == e.Undoes }) {
			return fmt.Errorf("decision %d is undone already", e.Undoes)
		}
	default:
		return fmt.Errorf("unknown act %q", e.Act)
	}
	return nil
}
