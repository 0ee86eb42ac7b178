package query

import (
	"strings"

	"incidex/data"
)

// field reads a field's value.
func (p *parser) field(t token, depth int) Node {
	if !t.known {
		return p.unknownField(t)
	}
	switch v := p.peek(); v.kind {
	case tokenOpen:
		if info, ok := Lookup(t.text); ok {
			return p.parenthesis(p.take(), &info, depth)
		}
	case tokenValue, tokenQuoted, tokenWord:
		p.take()
		switch strings.ToLower(t.text) {
		case hasKeyword, missingKeyword:
			return p.presence(t, v)
		case levelKeyword:
			return p.setLevel(v)
		}
		info, _ := Lookup(t.text)
		return p.value(info, v)
	}
	p.problem(t.Span, "", "%s has no value", t.text)
	return nil
}

// unknownField searches the name and the value as words. A name with a space
// behind its colon was not meant as a field.
func (p *parser) unknownField(t token) Node {
	nodes := []Node{p.plain(t.Span, t.text)}
	if v := p.peek(); v.Start == t.End && (v.kind == tokenValue || v.kind == tokenQuoted) {
		name := data.Span{Start: t.Start, End: t.End - 1}
		p.problem(name, nearestField(t.text), "unknown field %s", t.text)
		p.take()
		if v.kind == tokenQuoted {
			nodes = append(nodes, p.quoted(v))
		} else {
			nodes = append(nodes, p.plain(v.Span, v.text))
		}
	}
	return newAnd(nodes)
}

func (p *parser) presence(t, v token) Node {
	s := v.value()
	info, ok := Lookup(s)
	if !ok {
		p.problem(v.Span, nearestField(s), "unknown field %s", s)
		return p.plain(v.Span, s)
	}
	if strings.EqualFold(t.text, missingKeyword) {
		return p.clause(v.Span, Missing{info.Field})
	}
	return p.clause(v.Span, Has{info.Field})
}

func (p *parser) setLevel(v token) Node {
	s := v.value()
	level := Level(strings.TrimSuffix(strings.ToLower(s), "s"))
	switch {
	case level != ArticleLevel && level != IncidentLevel:
		p.problem(v.Span, nearest(s, []string{string(ArticleLevel), string(IncidentLevel)}), "level is article or incident, not %s", s)
	case p.negated > 0:
		p.problem(v.Span, "", "level holds for the whole query and cannot be left out")
	case p.level != "" && p.level != level:
		p.problem(v.Span, "", "level is already %s", p.level)
	default:
		p.level = level
	}
	return nil
}

// value reads one value of a field.
func (p *parser) value(info Info, t token) Node {
	s, bare := t.value(), t.kind != tokenQuoted
	if bare && strings.Trim(s, "*") == "" && s != "" {
		return p.clause(t.Span, Has{info.Field})
	}
	if !searchable(s) {
		p.problem(t.Span, "", "%s has no value", info.Field)
		return nil
	}
	if info.Comparable() {
		return p.compared(info, t, s)
	}
	if bare && strings.Contains(s, "*") {
		return p.prefix(info.Field, t, s)
	}
	if bare && strings.IndexAny(s, "<>=≤≥") == 0 {
		p.problem(t.Span, "", "%s cannot be compared", info.Field)
		return p.plain(t.Span, s)
	}
	value, ok, suggestion := ReadValue(info, s)
	if !ok {
		if suggestion != "" {
			suggestion = quoteValue(suggestion)
		}
		p.problem(t.Span, suggestion, "unknown %s %s", strings.ReplaceAll(string(info.Field), "_", " "), s)
	}
	return p.clause(t.Span, Match{info.Field, value, s})
}

// compared reads a number, a date, or a range of them.
func (p *parser) compared(info Info, t token, s string) Node {
	r, ok := parseRange(info, s)
	if !ok {
		want := "a number as in 5000, 1.5m or 10k..2m"
		if info.Kind == Date {
			want = "a date as in 2024, 2024-05 or 2023..2025"
		}
		p.problem(t.Span, "", "%s wants %s, not %s", info.Field, want, s)
		return p.plain(t.Span, s)
	}
	if r.reversed() {
		r.Low, r.High = r.High, r.Low
		p.problem(t.Span, strings.TrimPrefix(r.String(), string(info.Field)+":"), "the range runs backward")
	}
	return p.clause(t.Span, r)
}
