package data

import (
	"fmt"
	"regexp"
	"strconv"
)

// DayOrder says what comes first in 03/04/2025.
type DayOrder int

// The orders of day and month. Unsure leaves dates that can be two days at their year.
const (
	Unsure DayOrder = iota
	DayFirst
	MonthFirst
)

// centuryTurn is the first year of two digits that is one of the century before.
const centuryTurn = 70

var (
	dayLast    = regexp.MustCompile(`^(\d{4})([./-])(\d{1,2})([./-])(\d{1,2})(?:\D|$)`)
	yearLast   = regexp.MustCompile(`^(\d{1,2})([./-])(\d{1,2})([./-])(\d{4}|\d{2})(?:\D|$)`)
	eitherLast = regexp.MustCompile(`\b(\d{1,2})[/-](\d{1,2})[/-](?:\d{4}|\d{2})\b`)
)

// DigitDate reads the date in digits that a text begins with, year first or last, with
// full stops, slashes or hyphens between, and returns how many bytes it takes; 0 when
// there is none. With full stops the day comes before the month wherever both can be.
func DigitDate(text string, order DayOrder) (d Date, n int) {
	text = text[:min(len(text), len("2006-01-02")+1)]
	if m := dayLast.FindStringSubmatch(text); m != nil && m[2] == m[4] {
		return dayOf(m[1], m[3], m[5]), len(m[1] + m[2] + m[3] + m[4] + m[5])
	}
	m := yearLast.FindStringSubmatch(text)
	if m == nil || m[2] != m[4] {
		return "", 0
	}
	n = len(m[1] + m[2] + m[3] + m[4] + m[5])
	year := m[5]
	if len(year) == 2 {
		year = FullYear(year)
	}
	first, _ := strconv.Atoi(m[1])
	second, _ := strconv.Atoi(m[3])
	switch {
	case second > 12:
		order = MonthFirst
	case m[2] == ".", first > 12, first == second:
		order = DayFirst
	}
	switch order {
	case DayFirst:
		return dayOf(year, m[3], m[1]), n
	case MonthFirst:
		return dayOf(year, m[1], m[3]), n
	}
	if first == 0 || second == 0 {
		return "", n
	}
	return Date(year), n
}

// FullYear is the year that two digits stand for: 69 is 2069, 70 is 1970.
func FullYear(digits string) string {
	if n, _ := strconv.Atoi(digits); n < centuryTurn {
		return fmt.Sprint(2000 + n)
	}
	return "19" + digits
}

// dayOf is a day in digits, "" when there is none of the kind.
func dayOf(year, month, day string) Date {
	d, _ := ParseDate(fmt.Sprintf("%s-%02s-%02s", year, month, day))
	return d
}

// OrderIn is the order of day and month that the dates in digits of a text have, Unsure
// where none shows it or they show both.
func OrderIn(text string) DayOrder {
	found := Unsure
	for _, m := range eitherLast.FindAllStringSubmatch(text, -1) {
		first, _ := strconv.Atoi(m[1])
		second, _ := strconv.Atoi(m[2])
		order := Unsure
		switch {
		case 12 < first && first <= 31 && second <= 12:
			order = DayFirst
		case 12 < second && second <= 31 && first <= 12:
			order = MonthFirst
		}
		if order != Unsure && found != Unsure && order != found {
			return Unsure
		}
		found = max(found, order)
	}
	return found
}
