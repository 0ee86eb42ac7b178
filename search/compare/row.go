package compare

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"incidex/data"
	"incidex/data/vocab"
)

// fieldRow makes the row of a field, without its verdict.
func fieldRow(info data.FieldInfo, records []data.Record) Row {
	row := Row{Key: string(info.Field), Label: info.Label, Kind: kindOf(info.Kind)}
	if info.Many {
		row.Label = info.Plural
	}
	for i := range records {
		row.Cells = append(row.Cells, fieldCell(info, &records[i]))
	}
	if row.Kind == KindNumber || row.Kind == KindMoney {
		row.commonUnit(info)
	}
	if row.Kind == KindMoney {
		row.dollars(records)
	}
	return row
}

// commonUnit puts numbers of one unit first where the chosen ones count different
// things and every known cell has a claim in a common unit. The chosen number stays
// in the cell, as its second value.
func (r *Row) commonUnit(info data.FieldInfo) {
	var common []string // units that all known cells so far have
	first, known, differ := "", 0, false
	for _, c := range r.Cells {
		units := unitsOf(c)
		if len(units) == 0 {
			continue
		}
		if known++; known == 1 { // the unit may be "", so that it does not tell
			first, common = units[0], units
			continue
		}
		differ = differ || units[0] != first
		common = slices.DeleteFunc(common, func(u string) bool { return !slices.Contains(units, u) })
	}
	if !differ || len(common) == 0 {
		return
	}
	unit := slices.Min(common)
	for _, u := range countUnits {
		if slices.Contains(common, u) {
			unit = u
			break
		}
	}
	for i := range r.Cells {
		c := &r.Cells[i]
		if units := unitsOf(*c); len(units) == 0 || units[0] == unit {
			continue
		}
		at := slices.IndexFunc(c.Claims, func(s data.SourcedClaim) bool { return s.Asserted() && s.Number != nil && s.Unit+s.Currency == unit })
		c.Values = slices.Insert(c.Values, 0, valueOf(info, c.Claims[at]))
		c.Text = textOf(c.Values)
	}
}

// countUnits are the units of counts, those that compare best first.
var countUnits = []string{"people", "accounts", "records", "email addresses", "cards", "files"}

// unitsOf are the units, or currencies, in which a cell has a number: the chosen one
// first, then those of the other claims that are stated as facts. Nil for a cell
// whose chosen value is no number.
func unitsOf(c Cell) []string {
	if number(c) == nil {
		return nil
	}
	units := []string{c.Values[0].Unit + c.Values[0].Currency}
	for _, s := range c.Claims {
		if u := s.Unit + s.Currency; s.Asserted() && s.Number != nil && !slices.Contains(units, u) {
			units = append(units, u)
		}
	}
	return units
}

func kindOf(k data.Kind) Kind {
	switch k {
	case data.Count:
		return KindNumber
	case data.Money:
		return KindMoney
	case data.When:
		return KindDate
	}
	return KindSet
}

func fieldCell(info data.FieldInfo, r *data.Record) Cell {
	f := r.Field(info.Field)
	if f == nil {
		return emptyCell(info.Field, r)
	}
	claims := slices.DeleteFunc(slices.Clone(f.Claims), func(s data.SourcedClaim) bool { return s.Status == data.Doubtful })
	c := Cell{State: Known, Rule: f.Rule, Conflict: f.Conflict, Low: f.Low, High: f.High, Claims: claims}
	for _, s := range f.Chosen {
		c.Values = append(c.Values, valueOf(info, s))
	}
	if len(c.Values) == 0 {
		c = emptyCell(info.Field, r)
		c.Claims = claims
		if slices.ContainsFunc(claims, func(s data.SourcedClaim) bool { return s.Status == data.Negated }) {
			c.State, c.Text = Denied, Denied.Words()
		}
		return c
	}
	c.Text = textOf(c.Values)
	return c
}

// emptyCell is the cell of a field that no source claims.
func emptyCell(f data.Field, r *data.Record) Cell {
	c := Cell{State: NotReported}
	switch {
	case !applies(f, r):
		c.State = NotApplicable
	case !slices.ContainsFunc(r.Articles, func(a data.ArticleRef) bool { return a.Role == data.Subject }):
		c.State = Unknown
	}
	c.Text = c.State.Words()
	return c
}

// applies reports whether a field can have a value at all. Only what follows from
// the known kind of action is excluded: no one asks a ransom for what was lost by
// mistake, and malware and vulnerabilities have no part in a theft of paper.
func applies(f data.Field, r *data.Record) bool {
	switch f {
	case data.RansomDemanded, data.RansomPaid, data.Malware, data.CVE:
	default:
		return true
	}
	actions := r.Field(data.Action)
	if actions == nil || len(actions.Chosen) == 0 {
		return true
	}
	for _, c := range actions.Chosen {
		if c.Value != "error" && c.Value != "physical" && c.Value != "environmental" {
			return true
		}
	}
	return false
}

func valueOf(info data.FieldInfo, s data.SourcedClaim) Value {
	v := Value{
		Value: s.Value, Number: s.Number, Unit: s.Unit, Currency: s.Currency,
		Qualifier: s.Qualifier, Status: s.Status, Article: s.Article, Evidence: s.Evidence,
	}
	switch {
	case s.Number != nil && s.Currency != "":
		v.Label = s.Currency + " " + FormatNumber(*s.Number)
	case s.Number != nil:
		v.Label = strings.TrimSpace(FormatNumber(*s.Number) + " " + s.Unit)
	default:
		v.Label = vocab.Label(info.Field, s.Value)
	}
	return v
}

// textOf joins values with what qualifies them.
func textOf(values []Value) string {
	var parts []string
	for _, v := range values {
		s := v.Label
		switch v.Qualifier {
		case data.AtLeast, data.UpTo, data.About:
			s = string(v.Qualifier) + " " + s
		case data.Vague:
			s = "in the order of " + s
		}
		if v.Status == data.Possible {
			s += " (possibly)"
		}
		parts = append(parts, s)
	}
	return strings.Join(parts, ", ")
}

// FormatNumber writes a number with commas between thousands and at most two
// digits after the point.
func FormatNumber(n float64) string {
	s := strconv.FormatFloat(n, 'f', 2, 64)
	s = strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
	whole, rest, found := strings.Cut(s, ".")
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "-", whole[1:]
	}
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if found {
		whole += "." + rest
	}
	return sign + whole
}

// sourceRows are the rows about the articles of each record.
func sourceRows(records []data.Record) []Row {
	count := Row{Key: "articles", Label: "Articles", Kind: KindNumber}
	publishers := Row{Key: "publishers", Label: "Publishers", Kind: KindSet}
	first := Row{Key: "first_published", Label: "First published", Kind: KindDate}
	last := Row{Key: "last_published", Label: "Last published", Kind: KindDate}
	for _, r := range records {
		n := float64(len(r.Articles))
		count.Cells = append(count.Cells, cellOf([]Value{{Label: FormatNumber(n), Number: &n, Unit: "articles"}}))
		var names []Value
		var dates []data.Date
		for _, a := range r.Articles {
			if a.Publisher != "" && !slices.ContainsFunc(names, func(v Value) bool { return v.Value == a.Publisher }) {
				names = append(names, Value{Value: a.Publisher, Label: a.Publisher, Article: a.ID})
			}
			if a.Date != "" {
				dates = append(dates, a.Date)
			}
		}
		slices.SortFunc(names, func(a, b Value) int { return cmp.Compare(a.Value, b.Value) })
		publishers.Cells = append(publishers.Cells, cellOf(names))
		var lo, hi []Value
		if len(dates) > 0 {
			d := string(slices.Min(dates))
			lo = []Value{{Value: d, Label: d}}
			d = string(slices.Max(dates))
			hi = []Value{{Value: d, Label: d}}
		}
		first.Cells = append(first.Cells, cellOf(lo))
		last.Cells = append(last.Cells, cellOf(hi))
	}
	return []Row{count, publishers, first, last}
}

// cellOf is a cell that is no field's.
func cellOf(values []Value) Cell {
	if len(values) == 0 {
		return Cell{State: Unknown, Text: Unknown.Words()}
	}
	return Cell{State: Known, Values: values, Text: textOf(values)}
}
