package query

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"incidex/data"
)

// The limits of a query. What is over a limit is left out, with a problem.
const (
	// MaxLength is the number of bytes.
	MaxLength = 2000
	// MaxDepth is the number of parentheses in parentheses.
	MaxDepth = 20
	// MaxClauses is the number of words, phrases and conditions.
	MaxClauses = 100
	// MinPrefix is the number of letters and digits before an asterisk.
	MinPrefix = 3
	// MaxProblems is the number of problems reported.
	MaxProblems = 20
)

// Parse reads a query. The result is always usable: what could not be read is
// searched as plain words, and the problems, in the order of their place, say so.
func Parse(s string) (Query, []Problem) {
	p := &parser{}
	if len(s) > MaxLength {
		cut := MaxLength
		for cut > 0 && !utf8.RuneStart(s[cut]) {
			cut--
		}
		p.problem(data.Span{Start: cut, End: len(s)}, "", "the query is longer than %d bytes", MaxLength)
		s = s[:cut]
	}
	p.tokens = lex(s, p.add)
	root := p.sequence(0)
	if root == nil {
		root = All{}
	}
	slices.SortStableFunc(p.problems, func(a, b Problem) int { return a.Start - b.Start })
	return Query{Root: root, Level: p.level}, p.problems
}

type parser struct {
	tokens   []token
	i        int
	level    Level
	group    *Info // the field before the parenthesis that is open
	negated  int   // minus signs around what is being read
	clauses  int
	ignored  int // open parentheses that were too deep
	problems []Problem
}

func (p *parser) add(problem Problem) {
	if len(p.problems) < MaxProblems {
		p.problems = append(p.problems, problem)
	}
}

func (p *parser) problem(at data.Span, suggestion, format string, args ...any) {
	p.add(Problem{Span: at, Message: fmt.Sprintf(format, args...), Suggestion: suggestion})
}

func (p *parser) peek() token { return p.tokens[p.i] }

func (p *parser) take() token {
	t := p.tokens[p.i]
	if t.kind != tokenEnd {
		p.i++
	}
	return t
}

// sequence reads up to the end, or up to the closing parenthesis at a depth.
func (p *parser) sequence(depth int) Node {
	var nodes []Node
	for {
		switch p.peek().kind {
		case tokenEnd:
			return newAnd(nodes)
		case tokenClose:
			if p.ignored > 0 {
				p.ignored--
				p.take()
				continue
			}
			if depth > 0 {
				return newAnd(nodes)
			}
			p.problem(p.take().Span, "", "this parenthesis was never opened")
		default:
			nodes = append(nodes, p.or(depth))
		}
	}
}

func (p *parser) or(depth int) Node {
	nodes := []Node{p.and(depth)}
	for p.peek().kind == tokenOr {
		at := p.take().Span
		if !p.operand() {
			p.problem(at, "", "OR has nothing behind it")
			continue
		}
		nodes = append(nodes, p.and(depth))
	}
	return newOr(nodes)
}

func (p *parser) and(depth int) Node {
	nodes := []Node{p.unary(depth)}
	for p.peek().kind == tokenAnd {
		at := p.take().Span
		if !p.operand() {
			p.problem(at, "", "AND has nothing behind it")
			continue
		}
		nodes[0] = must(nodes[0])
		nodes = append(nodes, must(p.unary(depth)))
	}
	return newAnd(nodes)
}

// operand reports whether what is ahead can stand behind an operator.
func (p *parser) operand() bool {
	switch p.peek().kind {
	case tokenEnd, tokenClose, tokenAnd, tokenOr:
		return false
	}
	return true
}

func (p *parser) unary(depth int) Node {
	negative, plus := false, false
	var at data.Span
	for p.peek().kind == tokenMinus || p.peek().kind == tokenNot || p.peek().kind == tokenPlus {
		sign := p.take()
		if sign.kind == tokenPlus {
			plus = true
			continue
		}
		at = sign.Span
		negative = !negative
		p.negated++
		defer func() { p.negated-- }()
	}
	switch t := p.peek(); t.kind {
	case tokenAnd, tokenOr:
		p.take()
		p.problem(t.Span, strings.ToLower(t.text), "%s has nothing before it", t.text)
		return nil
	case tokenEnd, tokenClose:
		if at.End > 0 {
			p.problem(at, "", "there is nothing to leave out")
		}
		return nil
	}
	n := p.primary(depth)
	if n != nil && negative {
		n = newNot(n)
	}
	if plus {
		n = must(n)
	}
	return n
}

func newNot(n Node) Node {
	switch n := n.(type) {
	case Not:
		return n.Node
	case Word:
		return Not{Word{Text: n.Text}}
	}
	return Not{n}
}

// must returns a node of which no article lacks a word, but for those of an OR and
// those that are left out.
func must(n Node) Node {
	switch n := n.(type) {
	case Word:
		n.Must = true
		return n
	case And:
		for i, c := range n.Nodes {
			n.Nodes[i] = must(c)
		}
	case Or:
		for i, c := range n.Nodes {
			if _, ok := c.(And); ok {
				n.Nodes[i] = must(c)
			}
		}
	}
	return n
}

func (p *parser) primary(depth int) Node {
	switch t := p.take(); t.kind {
	case tokenOpen:
		return p.parenthesis(t, nil, depth)
	case tokenField:
		return p.field(t, depth)
	default:
		if p.group != nil {
			return p.value(*p.group, t)
		}
		if t.kind == tokenQuoted {
			return p.quoted(t)
		}
		return p.word(t)
	}
}

// parenthesis reads what is between the parenthesis t and its other half. Words
// in it are values of the field, if there is one.
func (p *parser) parenthesis(t token, field *Info, depth int) Node {
	if depth == MaxDepth {
		if p.ignored == 0 {
			p.problem(t.Span, "", "more than %d parentheses in each other", MaxDepth)
		}
		p.ignored++
		return nil
	}
	outer := p.group
	if field != nil {
		p.group = field
	}
	n := p.sequence(depth + 1)
	p.group = outer
	if p.peek().kind != tokenClose {
		p.problem(t.Span, "", "this parenthesis is never closed")
	}
	p.take()
	return n
}

// clause counts a leaf of the tree and returns nil for one too many.
func (p *parser) clause(at data.Span, n Node) Node {
	p.clauses++
	if p.clauses == MaxClauses+1 {
		p.problem(at, "", "more than %d words and conditions", MaxClauses)
	}
	if p.clauses > MaxClauses {
		return nil
	}
	return n
}

func (p *parser) quoted(t token) Node {
	if !searchable(t.text) {
		return nil
	}
	return p.clause(t.Span, Phrase{t.text})
}

func (p *parser) word(t token) Node {
	s := strings.TrimRightFunc(t.text, isTrailing)
	if strings.Contains(s, "*") {
		return p.prefix("", t, s)
	}
	if !searchable(s) {
		return nil
	}
	if phrase, more := p.together(s); phrase != "" {
		p.i += more
		return p.clause(t.Span, Phrase{phrase})
	}
	if _, ok := operators[s]; ok {
		s = strings.ToLower(s)
	}
	return p.clause(t.Span, Word{Text: s})
}

// maxTogether is the most words that an amount or the number of a flaw is written with.
const maxTogether = 3

// together returns the amount or the number of a flaw that a word and those ahead are, as
// "$1 million" and CVE 2021 44228 are, and how many are ahead; "" where they are none.
func (p *parser) together(s string) (phrase string, more int) {
	for more = 1; more < maxTogether; more++ {
		next := p.tokens[p.i+more-1]
		if next.kind != tokenWord {
			break
		}
		s += " " + strings.TrimRightFunc(next.text, isTrailing)
		if value, ok := readCVE(s); ok && strings.EqualFold(s[:3], "cve") {
			return value, more
		}
		if amountPattern.MatchString(s) {
			return s, more
		}
	}
	return "", 0
}

// prefix reads a word with an asterisk.
func (p *parser) prefix(field data.Field, t token, s string) Node {
	start := strings.TrimRight(s, "*")
	switch letters := countLetters(start); {
	case letters == 0 && !searchable(s):
		return nil
	case strings.Contains(start, "*"):
		p.problem(t.Span, "", "an asterisk can only stand at the end of a word")
	case letters < MinPrefix:
		p.problem(t.Span, "", "an asterisk wants %d letters before it", MinPrefix)
	default:
		return p.clause(t.Span, Prefix{field, start})
	}
	return p.plain(t.Span, s)
}

func countLetters(s string) int {
	n := 0
	for _, r := range s {
		if searchable(string(r)) {
			n++
		}
	}
	return n
}

// plain makes words of a part that could not be read.
func (p *parser) plain(at data.Span, s string) Node {
	var nodes []Node
	for _, w := range plainWords(s) {
		if searchable(w) {
			nodes = append(nodes, p.clause(at, Word{Text: w}))
		}
	}
	return newAnd(nodes)
}

// newAnd joins what is not nil, and is nil for nothing.
func newAnd(nodes []Node) Node {
	var out []Node
	for _, n := range nodes {
		switch n := n.(type) {
		case nil:
		case And:
			out = append(out, n.Nodes...)
		default:
			out = append(out, n)
		}
	}
	switch len(out) {
	case 0:
		return nil
	case 1:
		return out[0]
	}
	return And{out}
}

// newOr joins what is not nil, and is nil for nothing.
func newOr(nodes []Node) Node {
	var out []Node
	for _, n := range nodes {
		switch n := n.(type) {
		case nil:
		case Or:
			out = append(out, n.Nodes...)
		default:
			out = append(out, n)
		}
	}
	switch len(out) {
	case 0:
		return nil
	case 1:
		return out[0]
	}
	for i, n := range out {
		if w, ok := n.(Word); ok {
			out[i] = Word{Text: w.Text}
		}
	}
	return Or{out}
}
