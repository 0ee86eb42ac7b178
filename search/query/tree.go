package query

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"incidex/data"
)

// Query is what a person asked for.
type Query struct {
	// Root is never nil in a query that Parse returns; All asks for everything.
	Root Node
	// Level is what the hits are; the zero value leaves it to the caller.
	Level Level
}

// Level says what the hits of a query are.
type Level string

// The levels.
const (
	ArticleLevel  Level = "article"
	IncidentLevel Level = "incident"
)

// Node is a part of a query. The String of a node is a query that means the node.
type Node interface {
	String() string
	node()
}

// And wants all of its nodes. It has at least two, none of them an And.
// Words among them that are no Must may be wanted all, or some of them: whoever asks
// decides. Every other node must hold.
type And struct{ Nodes []Node }

// Or wants one of its nodes. It has at least two, none of them an Or.
type Or struct{ Nodes []Node }

// Not wants what its node does not match. The node is no Not.
type Not struct{ Node Node }

// Word is one word of the title or the text, as written, without the
// punctuation around it. An analyzer may find several terms in it, as in "e-mail".
type Word struct {
	Text string
	// Must is set for a word behind a plus or beside an AND: no article lacks it.
	Must bool
}

// Phrase is the words of a quotation, next to each other, in the title or the text.
// A quoted word is a phrase too: it is meant exactly and never corrected.
type Phrase struct{ Text string }

// Prefix is the start of a word, of MinPrefix letters or more, without the asterisk.
type Prefix struct {
	// Field is where the word stands; empty means the title or the text.
	Field data.Field
	Text  string
}

// Match wants a value of a field that is neither a number nor a date.
type Match struct {
	Field data.Field
	// Value is the canonical value where the vocabulary knows what was written, else Raw.
	Value string
	// Raw is the value as written.
	Raw string
}

// Range wants a number or a date of a field. A nil bound is open; at most one is nil.
type Range struct {
	Field     data.Field
	Low, High *Bound
}

// Bound is one end of a range.
type Bound struct {
	// Number is the bound of a count or an amount, which has no Date.
	Number float64
	// Date stands for all of its days: 2025-03 excluded as the low bound leaves
	// what comes after March, 2025-03 included as the high bound leaves March in.
	Date      data.Date
	Inclusive bool
}

// Has wants any value of a field.
type Has struct{ Field data.Field }

// Missing wants no value of a field.
type Missing struct{ Field data.Field }

// All matches everything. It stands only at the root.
type All struct{}

func (And) node()     {}
func (Or) node()      {}
func (Not) node()     {}
func (Word) node()    {}
func (Phrase) node()  {}
func (Prefix) node()  {}
func (Match) node()   {}
func (Range) node()   {}
func (Has) node()     {}
func (Missing) node() {}
func (All) node()     {}

// Days returns the first and the last day of a range of dates, both inclusive.
// A zero time is an open end.
func (r Range) Days() (first, last time.Time) {
	if r.Low != nil {
		if r.Low.Inclusive {
			first, _ = r.Low.Date.First()
		} else if t, ok := r.Low.Date.Last(); ok {
			first = t.AddDate(0, 0, 1)
		}
	}
	if r.High != nil {
		if r.High.Inclusive {
			last, _ = r.High.Date.Last()
		} else if t, ok := r.High.Date.First(); ok {
			last = t.AddDate(0, 0, -1)
		}
	}
	return first, last
}

// Contains reports whether n is inside a range of numbers.
func (r Range) Contains(n float64) bool {
	if b := r.Low; b != nil && (n < b.Number || n == b.Number && !b.Inclusive) {
		return false
	}
	if b := r.High; b != nil && (n > b.Number || n == b.Number && !b.Inclusive) {
		return false
	}
	return true
}

// Walk calls visit for n and what is below it, parents first, left to right. It
// leaves out what is below a node for which visit returns false.
func Walk(n Node, visit func(Node) bool) {
	if n == nil || !visit(n) {
		return
	}
	switch n := n.(type) {
	case And:
		for _, c := range n.Nodes {
			Walk(c, visit)
		}
	case Or:
		for _, c := range n.Nodes {
			Walk(c, visit)
		}
	case Not:
		Walk(n.Node, visit)
	}
}

// Words returns the words and phrases that n wants in the title or the text, for
// marking them: distinct, in the order of the query, prefixes with their asterisk.
func Words(n Node) []string {
	var out []string
	seen := map[string]bool{}
	add := func(s string) {
		if !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	Walk(n, func(n Node) bool {
		switch n := n.(type) {
		case Not:
			return false
		case Word:
			add(n.Text)
		case Phrase:
			add(n.Text)
		case Prefix:
			if n.Field == "" || isText(n.Field) {
				add(n.Text + "*")
			}
		case Match:
			if isText(n.Field) {
				add(n.Value)
			}
		}
		return true
	})
	return out
}

// String returns the query in the query language. Parse reads it back as the
// same query, unless it was built by hand or is longer than MaxLength.
func (q Query) String() string {
	var b strings.Builder
	if _, all := q.Root.(All); !all && q.Root != nil {
		write(&b, q.Root, seqLevel)
	}
	if q.Level != "" {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString("level:" + string(q.Level))
	}
	return b.String()
}

func (n And) String() string     { return text(n) }
func (n Or) String() string      { return text(n) }
func (n Not) String() string     { return text(n) }
func (n Word) String() string    { return text(n) }
func (n Phrase) String() string  { return text(n) }
func (n Prefix) String() string  { return text(n) }
func (n Match) String() string   { return text(n) }
func (n Range) String() string   { return text(n) }
func (n Has) String() string     { return text(n) }
func (n Missing) String() string { return text(n) }
func (n All) String() string     { return text(n) }

func text(n Node) string {
	var b strings.Builder
	write(&b, n, seqLevel)
	return b.String()
}

// How closely an operator binds: what is written side by side least, then OR,
// then AND, then a minus. The writer sets parentheses only where they are needed,
// so that a query is never nested deeper than the one it was read from.
const (
	seqLevel = iota
	orLevel
	andLevel
	unaryLevel
)

func write(b *strings.Builder, n Node, level int) {
	switch n := n.(type) {
	case And:
		must, words := allMust(n.Nodes)
		switch {
		case must && (words == len(n.Nodes) && level == seqLevel || level == orLevel || level == andLevel):
			join(b, bare(n.Nodes), " AND ", unaryLevel)
		case level == seqLevel:
			join(b, n.Nodes, " ", orLevel)
		default:
			b.WriteByte('(')
			write(b, n, seqLevel)
			b.WriteByte(')')
		}
	case Or:
		if level <= orLevel {
			join(b, n.Nodes, " OR ", andLevel)
			return
		}
		b.WriteByte('(')
		join(b, n.Nodes, " OR ", andLevel)
		b.WriteByte(')')
	case Not:
		b.WriteByte('-')
		write(b, n.Node, unaryLevel)
	case Word:
		if n.Must {
			b.WriteByte('+')
		}
		b.WriteString(n.Text)
	case Phrase:
		b.WriteString(quote(n.Text))
	case Prefix:
		if n.Field != "" {
			writeField(b, n.Field)
		}
		b.WriteString(n.Text + "*")
	case Match:
		writeField(b, n.Field)
		raw := n.Raw
		if raw == "" {
			raw = n.Value
		}
		b.WriteString(quoteValue(raw))
	case Range:
		writeField(b, n.Field)
		writeRange(b, n)
	case Has:
		b.WriteString("has:" + string(n.Field))
	case Missing:
		b.WriteString("missing:" + string(n.Field))
	case All:
		b.WriteByte('*')
	}
}

// allMust reports whether the words among nodes all must be there, and counts them.
func allMust(nodes []Node) (must bool, words int) {
	must = true
	for _, n := range nodes {
		if w, ok := n.(Word); ok {
			words++
			must = must && w.Must
		}
	}
	return must, words
}

// bare returns the nodes without the plus signs of their words.
func bare(nodes []Node) []Node {
	out := slices.Clone(nodes)
	for i, n := range out {
		if w, ok := n.(Word); ok {
			out[i] = Word{Text: w.Text}
		}
	}
	return out
}

func join(b *strings.Builder, nodes []Node, sep string, level int) {
	for i, n := range nodes {
		if i > 0 {
			b.WriteString(sep)
		}
		write(b, n, level)
	}
}

// writeField writes a field's name and the colon. The name is quoted where the
// words before it would be read as a part of it, as in: threat "actor":x.
func writeField(b *strings.Builder, f data.Field) {
	name := string(f)
	words := strings.Fields(b.String())
	for k := 1; k < maxNameWords && k <= len(words); k++ {
		before := strings.TrimLeft(strings.Join(words[len(words)-k:], " "), "(-")
		if _, ok := Lookup(before + " " + name); ok {
			name = `"` + name + `"`
			break
		}
	}
	b.WriteString(name + ":")
}

func writeRange(b *strings.Builder, r Range) {
	low, high := r.Low, r.High
	switch {
	case low != nil && high != nil && *low == *high && low.Inclusive:
		b.WriteString(low.text())
	case low != nil && high != nil:
		if !low.Inclusive {
			b.WriteByte('>')
		}
		b.WriteString(low.text() + "..")
		if !high.Inclusive {
			b.WriteByte('<')
		}
		b.WriteString(high.text())
	case low != nil:
		b.WriteByte('>')
		if low.Inclusive {
			b.WriteByte('=')
		}
		b.WriteString(low.text())
	case high != nil:
		b.WriteByte('<')
		if high.Inclusive {
			b.WriteByte('=')
		}
		b.WriteString(high.text())
	}
}

func (b Bound) text() string {
	if b.Date != "" {
		return string(b.Date)
	}
	return strconv.FormatFloat(b.Number, 'f', -1, 64)
}
