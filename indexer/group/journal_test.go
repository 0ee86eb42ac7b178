package group

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"incidex/data"
)

func harbor(article string, published data.Date) data.Member {
	return member(article, data.Signature{Victim: "Harbor", Published: published})
}

// replay places three articles of one victim anew under the decisions of a journal.
func replay(t *testing.T, entries ...Entry) []string {
	t.Helper()
	var journal []byte
	var known []Entry
	for _, e := range entries {
		e, line, err := Append(known, e)
		if err != nil {
			t.Fatal(err)
		}
		known, journal = append(known, e), append(journal, line...)
	}
	read, err := ParseJournal(journal)
	if err != nil {
		t.Fatal(err)
	}
	s := newShelf()
	s.grouper.Rulings = Rule(read)
	for _, m := range []data.Member{harbor("a", "2020-01-01"), harbor("b", "2020-01-02"), harbor("c", "2020-01-03"),
		member("z", data.Signature{Victim: "Zenith", Published: "2020-01-01"})} {
		s.place(m)
	}
	return s.groups()
}

func TestRulings(t *testing.T) {
	split := Entry{Act: ActSplit, Incident: "harbor-2020", New: "harbor-2020-2", Articles: []string{"b"}, Rest: []string{"a", "c"}}
	together := []string{"harbor-2020: a b c", "zenith-2020: z"}
	for name, test := range map[string]struct {
		entries []Entry
		want    []string
	}{
		"none":           {nil, together},
		"split":          {[]Entry{split}, []string{"harbor-2020-2: b", "harbor-2020: a c", "zenith-2020: z"}},
		"split undone":   {[]Entry{split, {Act: ActUndo, Undoes: 1}}, together},
		"split and back": {[]Entry{split, {Act: ActMerge, Incident: "harbor-2020", Others: []string{"harbor-2020-2"}, Articles: []string{"a", "b", "c"}}}, together},
		"merge": {[]Entry{{Act: ActMerge, Incident: "harbor-2020", Others: []string{"zenith-2020"}, Articles: []string{"z", "a", "b", "c"}}},
			[]string{"harbor-2020: a b c z"}},
		"pin": {[]Entry{{Act: ActPin, Incident: "zenith-2020", Articles: []string{"c"}, Rest: []string{"z"}}},
			[]string{"harbor-2020: a b", "zenith-2020: c z"}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, replay(t, test.entries...)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestJournalErrors(t *testing.T) {
	for line, want := range map[string]string{
		`{"n":1,"act":"dance"}`:           `parse journal: line 1: unknown act "dance"`,
		`{"n":2,"act":"pin"}`:             "parse journal: line 1: entry 2 follows entry 0",
		`{"n":1,"act":"undo","undoes":1}`: "parse journal: line 1: there is no decision 1 to undo",
		`{"n":1,"act":"split"}`:           "parse journal: line 1: a split needs articles and the id of a new incident",
		`{"n":1`:                          "parse journal: line 1: unexpected end of JSON input",
	} {
		if _, err := ParseJournal([]byte(line + "\n")); err == nil || err.Error() != want {
			t.Errorf("%s: error %v, want %s", line, err, want)
		}
	}
	good := `{"n":1,"act":"pin","incident":"i","articles":["a"]}` + "\n"
	if got, err := ParseJournal([]byte(good + `{"n":2,"ac`)); err != nil || len(got) != 1 {
		t.Errorf("a torn last line: %d entries, %v", len(got), err)
	}
}

func FuzzJournal(f *testing.F) {
	f.Add([]byte(`{"n":1,"act":"pin","incident":"i","articles":["a"]}` + "\n" + `{"n":2,"act":"undo","undoes":1}` + "\n"))
	f.Add([]byte("{}\n\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		entries, err := ParseJournal(raw)
		if err != nil {
			if !strings.HasPrefix(err.Error(), "parse journal: line ") {
				t.Errorf("error %q does not say where", err)
			}
			return
		}
		r := Rule(entries)
		for _, e := range entries {
			for _, a := range e.Articles {
				r.Home(a)
			}
		}
		if _, _, err := Append(entries, Entry{Act: ActPin, Incident: "i", Articles: []string{"a"}}); err != nil {
			t.Errorf("a journal that parses takes no entry: %v", err)
		}
	})
}
