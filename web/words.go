package web

import (
	"math"
	"strconv"
	"strings"
	"time"

	"incidex/data"
	"incidex/data/vocab"
	"incidex/search"
	"incidex/search/query"
)

// FormatDate writes a partial date for a reader, such as "16 Sep 2025". What is no
// date is returned as it is.
func FormatDate(d data.Date) string {
	t, ok := d.First()
	if !ok {
		return string(d)
	}
	switch len(d) {
	case 4:
		return t.Format("2006")
	case 7:
		return t.Format("January 2006")
	}
	return t.Format("2 Jan 2006")
}

// FormatNumber writes a number for a reader: in full below ten thousand and
// where rounding would lose a digit that matters little less, else in words of
// scale with three significant digits, such as "7.4 million".
func FormatNumber(n float64) string {
	size := math.Abs(n)
	for _, scale := range []struct {
		unit float64
		word string
	}{{1e12, "trillion"}, {1e9, "billion"}, {1e6, "million"}} {
		// 999,999 rounds to a million.
		if size >= scale.unit*0.9995 {
			x := n / scale.unit
			digits := 2 - int(math.Floor(math.Log10(math.Max(1, math.Abs(x)))))
			pow := math.Pow10(max(0, digits))
			return strconv.FormatFloat(math.Round(x*pow)/pow, 'f', -1, 64) + " " + scale.word
		}
	}
	return FullNumber(n)
}

// FullNumber writes a number with commas between thousands and at most two
// decimals.
func FullNumber(n float64) string {
	s := strconv.FormatFloat(math.Round(n*100)/100, 'f', -1, 64)
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "-", s[1:]
	}
	whole, rest, found := strings.Cut(s, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if found {
		whole += "." + rest
	}
	return sign + whole
}

// currencySigns are put before an amount; other currencies follow it.
var currencySigns = map[string]string{"USD": "$", "EUR": "€", "GBP": "£"}

// ValueText is the value of a claim for a reader, with what qualifies it.
func ValueText(c data.Claim) string {
	info, _ := c.Field.Info()
	if c.Number == nil {
		switch {
		case c.Value == "":
			return c.Raw
		case info.Kind == data.When:
			return FormatDate(data.Date(c.Value))
		}
		return vocab.Label(c.Field, c.Value)
	}
	return numberText(*c.Number, c.Unit, c.Currency, c.Qualifier, FormatNumber)
}

// ValueFull is ValueText with every digit.
func ValueFull(c data.Claim) string {
	if c.Number == nil {
		return ValueText(c)
	}
	return numberText(*c.Number, c.Unit, c.Currency, c.Qualifier, FullNumber)
}

func numberText(n float64, unit, currency string, q data.Qualifier, format func(float64) string) string {
	s := format(n)
	switch sign := currencySigns[currency]; {
	case sign != "":
		s = sign + s
	case currency != "":
		s += " " + currency
	case unit != "":
		s += " " + unit
	}
	switch q {
	case data.AtLeast, data.UpTo, data.About:
		s = string(q) + " " + s
	case data.Vague:
		s = "in the order of " + s
	}
	return s
}

// FieldLabel is what a reader sees for a field or another searchable property.
func FieldLabel(field string) string {
	if info, ok := query.Lookup(field); ok && string(info.Field) == field {
		return info.Label
	}
	return field
}

// sourceKinds are the labels of who speaks.
var sourceKinds = map[string]string{"press": "Press", "company": "Company", "regulator": "Regulator"}

// ValueLabel is what a reader sees for a value of a field in a filter.
func ValueLabel(field, value string) string {
	if value == search.Missing {
		return "not stated"
	}
	if label, ok := sourceKinds[value]; ok && field == "source_kind" {
		return label
	}
	f := data.Field(field)
	info, ok := f.Info()
	if field == "published" || ok && info.Kind == data.When {
		if _, err := data.ParseDate(value); err == nil {
			return FormatDate(data.Date(value))
		}
		return value
	}
	if field == "language" {
		if label, ok := languages[value]; ok {
			return label
		}
	}
	return vocab.Label(f, value)
}

// languages are the names of the languages most often met; others show their code.
var languages = map[string]string{
	"ar": "Arabic", "de": "German", "en": "English", "es": "Spanish", "fr": "French", "it": "Italian",
	"ja": "Japanese", "ko": "Korean", "nl": "Dutch", "pl": "Polish", "pt": "Portuguese", "ru": "Russian",
	"sv": "Swedish", "tr": "Turkish", "uk": "Ukrainian", "zh": "Chinese",
}

// statusWords say a status to a reader; a fact needs no word.
var statusWords = map[data.Status]string{
	data.Possible: "possible", data.Negated: "denied", data.Advised: "advised, not done", data.Derived: "derived",
	data.Doubtful: "doubtful",
}

// plural writes a count with its noun: "1 article", "1,234 articles".
func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return FullNumber(float64(n)) + " " + many
}

// gap says how much later than a date another one is, with "about" where one of
// them is less precise than a day; "" when it is not later or not known.
func gap(from, to data.Date) string {
	f, ok := from.First()
	t, ok2 := to.First()
	if !ok || !ok2 || !t.After(f) || from.Covers(to) {
		return ""
	}
	days := int(t.Sub(f) / (24 * time.Hour))
	partial := len(from) < len(time.DateOnly) || len(to) < len(time.DateOnly)
	switch {
	case days >= 3*365:
		return "about " + plural((days+182)/365, "year later", "years later")
	case days >= 120 || partial && days >= 45:
		return "about " + plural((days+15)/30, "month later", "months later")
	case partial:
		return "about " + plural(days, "day later", "days later")
	}
	return plural(days, "day later", "days later")
}
