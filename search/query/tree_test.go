package query

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"incidex/data"
)

func TestWords(t *testing.T) {
	q, _ := Parse(`a "b c" -d (e OR f* a) title:g text:"h i" victim:j publ* victim:kri* -(l m)`)
	want := []string{"a", "b c", "e", "f", "g", "h i", "publ*"}
	if diff := cmp.Diff(want, Words(q.Root)); diff != "" {
		t.Errorf("words (-want +got):\n%s", diff)
	}
}

func TestWalk(t *testing.T) {
	q, _ := Parse("a -(b OR c)")
	var all, top []string
	Walk(q.Root, func(n Node) bool { all = append(all, n.String()); return true })
	Walk(q.Root, func(n Node) bool { top = append(top, n.String()); _, and := n.(And); return and })
	if diff := cmp.Diff([]string{"a -(b OR c)", "a", "-(b OR c)", "b OR c", "b", "c"}, all); diff != "" {
		t.Errorf("all nodes (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"a -(b OR c)", "a", "-(b OR c)"}, top); diff != "" {
		t.Errorf("without what is below Not (-want +got):\n%s", diff)
	}
	Walk(nil, func(Node) bool { t.Error("visited nothing"); return true })
}

func TestRangeDays(t *testing.T) {
	for _, tt := range []struct{ query, first, last string }{
		{"occurred:2024..2025-02", "2024-01-01", "2025-02-28"},
		{"occurred:2024-05", "2024-05-01", "2024-05-31"},
		{"occurred:>2025-03", "2025-04-01", ""},
		{"occurred:>=2025-03", "2025-03-01", ""},
		{"occurred:<2025-03", "", "2025-02-28"},
		{"occurred:<=2025-03", "", "2025-03-31"},
	} {
		q, _ := Parse(tt.query)
		first, last := q.Root.(Range).Days()
		if day(first) != tt.first || day(last) != tt.last {
			t.Errorf("%s: %s to %s, want %s to %s", tt.query, day(first), day(last), tt.first, tt.last)
		}
	}
}

func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

func TestRangeContains(t *testing.T) {
	for _, tt := range []struct {
		query string
		want  []float64 // of 1 to 4
	}{
		{"records:>=2", []float64{2, 3, 4}},
		{"records:>2", []float64{3, 4}},
		{"records:<3", []float64{1, 2}},
		{"records:2..3", []float64{2, 3}},
		{"records:>2..<4", []float64{3}},
		{"records:3", []float64{3}},
	} {
		q, _ := Parse(tt.query)
		var got []float64
		for _, n := range []float64{1, 2, 3, 4} {
			if q.Root.(Range).Contains(n) {
				got = append(got, n)
			}
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s contains %v, want %v", tt.query, got, tt.want)
		}
	}
}

func TestLookup(t *testing.T) {
	for _, f := range Fields {
		if got, ok := Lookup(string(f.Field)); !ok || got.Field != f.Field {
			t.Errorf("Lookup(%s) = %s", f.Field, got.Field)
		}
	}
	for name, want := range map[string]data.Field{
		"DATA-TYPE": data.DataType, "threat actor": data.Actor, "Kind of actor": data.ActorKind,
		"Records affected": data.Records, "lang": Language, "source kind": SourceKind,
	} {
		if got, ok := Lookup(name); !ok || got.Field != want {
			t.Errorf("Lookup(%s) = %s, want %s", name, got.Field, want)
		}
	}
	if _, ok := Lookup("nothing"); ok {
		t.Error("found a field named nothing")
	}
}

// TestNamesFit holds maxNameWords and that no field is hidden by a keyword.
func TestNamesFit(t *testing.T) {
	for _, f := range Fields {
		for _, name := range append([]string{string(f.Field), f.Label}, f.Aliases...) {
			if words := strings.FieldsFunc(name, func(r rune) bool { return strings.ContainsRune(" _-", r) }); len(words) > maxNameWords {
				t.Errorf("%s has more than %d words", name, maxNameWords)
			}
			if isKeyword(name) {
				t.Errorf("%s is a keyword", name)
			}
		}
	}
}

// TestReference holds the fields in the reference to the ones that exist, and its
// examples to the language.
func TestReference(t *testing.T) {
	var documented []string
	fields := false
	for line := range strings.Lines(Reference) {
		fields = fields || strings.HasPrefix(line, "## Fields")
		cells := strings.Split(line, "|")
		if len(cells) < 3 || !strings.Contains(cells[1], "`") {
			continue
		}
		for i, s := range strings.Split(cells[1]+cells[2], "`") {
			if i%2 == 0 {
				continue
			}
			if !fields {
				if _, problems := Parse(s); len(problems) > 0 {
					t.Errorf("%s: %v", s, problems)
				}
				continue
			}
			info, ok := Lookup(s)
			if i == 1 {
				documented = append(documented, s)
			}
			if !ok || string(info.Field) != documented[len(documented)-1] {
				t.Errorf("%s stands for %s, not for %s", s, info.Field, documented[len(documented)-1])
			}
		}
	}
	var want []string
	for _, f := range Fields {
		want = append(want, string(f.Field))
	}
	slices.Sort(want)
	slices.Sort(documented)
	if diff := cmp.Diff(want, documented); diff != "" {
		t.Errorf("documented fields (-want +got):\n%s", diff)
	}
}
