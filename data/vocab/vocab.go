// Package vocab holds the closed lists of values that fields can take, and the
// gazetteers of organisations, threat actors and malware, as tables that are
// embedded in the program.
//
// A table is a tab-separated file of its own (NAME.tsv) whose first line that is
// no comment names the columns. The columns value, label, group and aliases mean
// the same in every table; what else a table brings is read with Term.Attr.
// Lines are sorted by value. Aliases are separated by " | ".
package vocab

import (
	"embed"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"incidex/data"
)

//go:embed *.tsv
var files embed.FS

// Term is one canonical value of a table.
type Term struct {
	// Value is what claims and facets hold.
	Value string
	// Label is what a reader sees; it equals Value unless Value is a code.
	Label string
	// Group is the value of the wider table or heading that the term belongs to.
	Group string
	// Aliases are other ways to write the value, without the value and the label.
	Aliases []string

	attrs map[string]string
}

// Attr returns the term's entry in another column of its table, "" when there is none.
func (t Term) Attr(column string) string { return t.attrs[column] }

// Table is a list of terms, safe for concurrent use.
type Table struct {
	name   string
	terms  []Term
	lookup map[string]int // folded value, label or alias
}

// The tables.
var (
	Actions       = table("actions")
	ActorKinds    = table("actor_kinds")
	Actors        = table("actors")
	Attacks       = table("attacks")
	Consequences  = table("consequences")
	Countries     = table("countries")
	DataSubjects  = table("data_subjects")
	DataTypes     = table("data_types")
	Laws          = table("laws")
	Malware       = table("malware")
	Motives       = table("motives")
	Organizations = table("organizations")
	Regulators    = table("regulators")
	Responses     = table("responses")
	Sectors       = table("sectors")
	Vectors       = table("vectors")
)

// For returns the table of a field's values, nil for a field without one.
func For(f data.Field) *Table {
	get, ok := fieldTables[f]
	if !ok {
		return nil
	}
	return get()
}

var fieldTables = map[data.Field]func() *Table{
	data.Action: Actions, data.ActorKind: ActorKinds, data.Actor: Actors, data.Attack: Attacks,
	data.Consequence: Consequences, data.Country: Countries, data.DataSubject: DataSubjects,
	data.DataType: DataTypes, data.Law: Laws, data.Malware: Malware, data.Motive: Motives,
	data.Victim: Organizations, data.Parent: Organizations, data.Brand: Organizations, data.Supplier: Organizations,
	data.RegulatorField: Regulators, data.Response: Responses, data.Sector: Sectors, data.Vector: Vectors,
}

// Terms returns all terms, sorted by value. The caller must not change them.
func (t *Table) Terms() []Term { return t.terms }

// Lookup finds the term that s names by its value, label or an alias, whatever
// the case, accents and spaces.
func (t *Table) Lookup(s string) (Term, bool) {
	i, ok := t.lookup[Fold(s)]
	if !ok {
		return Term{}, false
	}
	return t.terms[i], true
}

// Label returns the label of a value, the value itself when the table does not know it.
func (t *Table) Label(value string) string {
	if term, ok := t.Lookup(value); ok && term.Value == value {
		return term.Label
	}
	return value
}

// Label returns what a reader sees for a value of a field.
func Label(f data.Field, value string) string {
	if t := For(f); t != nil {
		return t.Label(value)
	}
	return value
}

// Fold brings a name to the form in which names are compared: lower case,
// without accents, every run of other characters than letters, digits and & one
// space.
func Fold(s string) string {
	out := make([]byte, 0, len(s))
	space := false // one is due
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case 'A' <= c && c <= 'Z':
			c += 'a' - 'A'
		case 'a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '&':
		case c == '\'':
			i++
			continue
		case c < utf8.RuneSelf:
			space = true
			i++
			continue
		default:
			end := i + 1
			for end < len(s) && s[end] >= utf8.RuneSelf {
				end++
			}
			out, space = foldRun(out, s[i:end], space)
			i = end
			continue
		}
		if space && len(out) > 0 {
			out = append(out, ' ')
		}
		space = false
		out = append(out, c)
		i++
	}
	return string(out)
}

// foldRun appends a run of bytes that are not ASCII. No accent reaches over an ASCII
// letter.
func foldRun(out []byte, run string, space bool) ([]byte, bool) {
	for _, r := range norm.NFKD.String(strings.ToValidUTF8(run, " ")) {
		switch {
		case 'a' <= r && r <= 'z' || '0' <= r && r <= '9' || r == '&':
		case 'A' <= r && r <= 'Z':
			r += 'a' - 'A'
		case r == '\'' || r == '’' || r > unicode.MaxASCII && unicode.Is(unicode.Mn, r):
			continue
		case r > unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			r = unicode.ToLower(r)
		default:
			space = true
			continue
		}
		if space && len(out) > 0 {
			out = append(out, ' ')
		}
		space = false
		out = utf8.AppendRune(out, r)
	}
	return out, space
}

// table returns a function that reads the table on its first call.
func table(name string) func() *Table {
	return sync.OnceValue(func() *Table {
		raw, err := files.ReadFile(name + ".tsv")
		if err != nil {
			panic(err) // embedded: a missing file is a mistake of the build
		}
		t, err := parse(name, string(raw))
		if err != nil {
			panic(err)
		}
		return t
	})
}

func parse(name, raw string) (*Table, error) {
	t := &Table{name: name, lookup: map[string]int{}}
	var columns []string
	for n, line := range strings.Split(raw, "\n") {
		if strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#") {
			continue
		}
		cells := strings.Split(line, "\t")
		if columns == nil {
			columns = cells
			continue
		}
		if len(cells) > len(columns) {
			return nil, fmt.Errorf("%s.tsv:%d: %d cells for %d columns", name, n+1, len(cells), len(columns))
		}
		term := Term{}
		for i, cell := range cells {
			cell = strings.TrimSpace(cell)
			switch columns[i] {
			case "value":
				term.Value = cell
			case "label":
				term.Label = cell
			case "group":
				term.Group = cell
			case "aliases":
				if cell != "" {
					term.Aliases = strings.Split(cell, " | ")
				}
			default:
				if cell == "" {
					continue
				}
				if term.attrs == nil {
					term.attrs = map[string]string{}
				}
				term.attrs[columns[i]] = cell
			}
		}
		if term.Label == "" {
			term.Label = term.Value
		}
		t.terms = append(t.terms, term)
	}
	if !slices.IsSortedFunc(t.terms, func(a, b Term) int { return strings.Compare(a.Value, b.Value) }) {
		return nil, fmt.Errorf("%s.tsv: lines are not sorted by value", name)
	}
	// Values win over labels, and labels over aliases, where two terms share a spelling.
	for _, names := range []func(Term) []string{
		func(x Term) []string { return []string{x.Value} },
		func(x Term) []string { return []string{x.Label} },
		func(x Term) []string { return x.Aliases },
	} {
		for i, term := range t.terms {
			for _, s := range names(term) {
				if _, ok := t.lookup[Fold(s)]; !ok {
					t.lookup[Fold(s)] = i
				}
			}
		}
	}
	return t, nil
}
