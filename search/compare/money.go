package compare

import (
	"fmt"
	"slices"

	"incidex/data"
	"incidex/data/rates"
)

// dollars adds to the amounts of a row what they were worth in US dollars in the years
// of their incidents, where they are of several currencies. Amounts of one currency
// are compared as they are.
func (r *Row) dollars(records []data.Record) {
	var currencies []string
	for _, c := range r.Cells {
		if number(c) != nil && !slices.Contains(currencies, c.Values[0].Currency) {
			currencies = append(currencies, c.Values[0].Currency)
		}
	}
	if len(currencies) < 2 {
		return
	}
	r.Converted = true
	for i := range r.Cells {
		c := &r.Cells[i]
		if number(*c) == nil {
			continue
		}
		v := &c.Values[0]
		year := yearOf(&records[i])
		worth, ok := rates.ToDollars(*v.Number, v.Currency, year)
		if !ok {
			continue
		}
		v.Dollars = &worth
		if v.Currency != rates.Dollar {
			c.Text += fmt.Sprintf(" (about %s %s in %d)", rates.Dollar, FormatNumber(roundedDollars(worth)), year)
		}
	}
}

// roundedDollars leaves three digits of what is not known more exactly.
func roundedDollars(n float64) float64 {
	unit := 0.01
	for n/unit >= 1000 {
		unit *= 10
	}
	return float64(int64(n/unit+.5)) * unit
}

// yearOf is the year of an incident: when it happened, came out, was discovered, or was
// first written about; 0 where nothing tells.
func yearOf(r *data.Record) int {
	for _, f := range []data.Field{data.Occurred, data.Disclosed, data.Discovered} {
		if d := chosenDate(r, f); d != "" {
			return d.Year()
		}
	}
	first := data.Date("")
	for _, a := range r.Articles {
		if a.Date != "" && (first == "" || a.Date < first) {
			first = a.Date
		}
	}
	return first.Year()
}

// amount is the number that a row compares a cell by, and what it counts; nil where it
// has none.
func (r *Row) amount(c Cell) (*float64, string) {
	n := number(c)
	if n == nil {
		return nil, ""
	}
	v := c.Values[0]
	if r.Converted && v.Dollars != nil {
		return v.Dollars, rates.Dollar
	}
	return n, v.Unit + v.Currency
}

// incomparable reports whether two cells have numbers that count different things, or
// amounts of which one has no rate.
func (r *Row) incomparable(a, b Cell) bool {
	x, u := r.amount(a)
	y, w := r.amount(b)
	return x != nil && y != nil && u != w
}
