package data

import (
	"fmt"
	"time"
)

// Date is a partial date: "", "2006", "2006-01" or "2006-01-02". Dates of
// different precision sort as strings, the less precise one first.
type Date string

// ParseDate reads a partial date in the form of Date.
func ParseDate(s string) (Date, error) {
	for _, layout := range []string{"2006", "2006-01", "2006-01-02"} {
		if len(s) == len(layout) {
			if _, err := time.Parse(layout, s); err != nil {
				break
			}
			return Date(s), nil
		}
	}
	return "", fmt.Errorf("parse date %q: want YYYY, YYYY-MM or YYYY-MM-DD", s)
}

// DateOf returns the day of t in UTC.
func DateOf(t time.Time) Date { return Date(t.UTC().Format(time.DateOnly)) }

// Year is the year, 0 when the date is empty or damaged.
func (d Date) Year() int {
	if len(d) < 4 {
		return 0
	}
	n := 0
	for _, c := range d[:4] {
		if c < '0' || c > '9' {
			return 0
		}
		n = n*10 + int(c-'0')
	}
	return n
}

// First returns the first day that the date can mean, and false when it is empty or damaged.
func (d Date) First() (time.Time, bool) {
	s := string(d)
	switch len(s) {
	case 4:
		s += "-01-01"
	case 7:
		s += "-01"
	}
	t, err := time.Parse(time.DateOnly, s)
	return t, err == nil
}

// Last returns the last day that the date can mean, and false when it is empty or damaged.
func (d Date) Last() (time.Time, bool) {
	t, ok := d.First()
	switch {
	case !ok:
	case len(d) == 4:
		t = t.AddDate(1, 0, -1)
	case len(d) == 7:
		t = t.AddDate(0, 1, -1)
	}
	return t, ok
}

// Covers reports whether every day of o is a day of d, as "2024" covers "2024-05".
func (d Date) Covers(o Date) bool {
	return d != "" && len(d) <= len(o) && o[:len(d)] == d
}
