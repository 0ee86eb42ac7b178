package reader

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"incidex/data"
)

// maxDate is the number of bytes of the longest text that is read as a date.
const maxDate = 100

// The years that are believed. Anything else is a number that is no date.
const (
	minYear = 1900
	maxYear = 2100
)

var (
	isoPattern     = regexp.MustCompile(`^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?:[T _]\d.*|Z)?$`)
	compactPattern = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})(?:T?\d{4,6}Z?)?$`)
	epochPattern   = regexp.MustCompile(`^(\d{10})(?:\d{3})?(?:\.\d+)?$`)
	numericPattern = regexp.MustCompile(`^(\d{1,2})([./-])(\d{1,2})[./-](\d{4})(?:[ ,].*)?$`)
)

// parseDate reads a date in one of the many forms in which files have it: ISO
// 8601, the dates of mail and HTTP, dates with the month as an English word, and
// seconds or milliseconds since 1970. The day is the one that is written, in
// whatever time zone. 03/04/2025 can be two days: only its year is sure.
func parseDate(s string) (data.Date, bool) {
	s = strings.TrimSpace(s)
	if s == "" || len(s) > maxDate {
		return "", false
	}
	if m := isoPattern.FindStringSubmatch(s); m != nil {
		return dateOf(m[1], m[2], m[3])
	}
	if m := compactPattern.FindStringSubmatch(s); m != nil {
		if d, ok := dateOf(m[1], m[2], m[3]); ok {
			return d, true
		}
	}
	if m := epochPattern.FindStringSubmatch(s); m != nil {
		n, err := strconv.ParseInt(m[1], 10, 64)
		return data.DateOf(time.Unix(n, 0)), err == nil
	}
	if m := numericPattern.FindStringSubmatch(s); m != nil {
		day, month := m[1], m[3]
		d, _ := strconv.Atoi(day)
		n, _ := strconv.Atoi(month)
		switch {
		case m[2] == "." || d > 12 || d == n: // day first
		case n > 12:
			day, month = month, day
		default:
			return dateOf(m[4], "", "")
		}
		return dateOf(m[4], month, day)
	}
	return wordDate(s)
}

// wordDate reads a date with the month as a word.
func wordDate(s string) (data.Date, bool) {
	words := strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	month := -1
	for i, w := range words {
		if _, ok := months[monthKey(w)]; ok {
			month = i
			break
		}
	}
	if month < 0 {
		return "", false
	}
	day, year := "", ""
	for i, w := range words {
		w = ordinal(w)
		if i == month || !isDigits(w) {
			continue
		}
		near := i == month-1 || i == month+1
		switch {
		case len(w) == 4 && year == "":
			year = w
		case len(w) <= 2 && near && day == "":
			day = w
		case len(w) == 2 && year == "" && day != "" && i == month+1: // 06-Nov-94
			n, _ := strconv.Atoi(w)
			year = fmt.Sprint(1900 + n)
			if n < 70 {
				year = fmt.Sprint(2000 + n)
			}
		}
	}
	return dateOf(year, months[monthKey(words[month])], day)
}

// months maps the first three letters of a month to its number.
var months = map[string]string{
	"jan": "1", "feb": "2", "mar": "3", "apr": "4", "may": "5", "jun": "6",
	"jul": "7", "aug": "8", "sep": "9", "oct": "10", "nov": "11", "dec": "12",
}

// monthKey is the first three letters of a month's name or abbreviation, "" for another word.
func monthKey(w string) string {
	w = strings.ToLower(w)
	if len(w) < 3 {
		return ""
	}
	n, _ := strconv.Atoi(months[w[:3]])
	if n == 0 || w != "sept" && !strings.HasPrefix(strings.ToLower(time.Month(n).String()), w) {
		return ""
	}
	return w[:3]
}

// ordinal takes the ending off 1st, 2nd, 3rd and 4th.
func ordinal(w string) string {
	if n := len(w) - 2; n > 0 && isDigits(w[:n]) {
		switch strings.ToLower(w[n:]) {
		case "st", "nd", "rd", "th":
			return w[:n]
		}
	}
	return w
}

func isDigits(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool { return r < '0' || r > '9' })
}

// dateOf makes a date of decimal numbers. Month and day may be empty.
func dateOf(year, month, day string) (data.Date, bool) {
	if y, _ := strconv.Atoi(year); y < minYear || y > maxYear {
		return "", false
	}
	s := year
	for _, part := range []string{month, day} {
		if part == "" {
			break
		}
		s += fmt.Sprintf("-%02s", part)
	}
	d, err := data.ParseDate(s)
	return d, err == nil
}

// nameDate finds the date that the makers of blogs put before the title in a file's name,
// or into the folders of a file: 2025-03-01-title.md, 2025-03-01-title/index.md,
// 2025/03/01/title.html.
var nameDate = regexp.MustCompile(`(?:^|/)(?:((?:19|20)\d\d)([-_.]?)(\d\d)([-_.]?)(\d\d)(?:[-_. T][^/]*)?|((?:19|20)\d\d)/(\d\d)/(\d\d)(?:/[^/]+)?)(?:/(?i:index|_index|readme)\.\w+)?$`)

// dateOfName returns the date in the name of a file or of its folders, "" for none.
func dateOfName(name string) data.Date {
	m := nameDate.FindStringSubmatch(strings.ReplaceAll(name, `\`, "/"))
	if m == nil || m[2] != m[4] {
		return ""
	}
	d, _ := dateOf(m[1]+m[6], m[3]+m[7], m[5]+m[8])
	return d
}

// disbelieve says why a date is not that of an article, "" where it can be: what knows
// no date has often that on which the clocks of computers begin, and what is planned
// lies in the future.
func (o Options) disbelieve(d data.Date) string {
	switch {
	case d == "1970-01-01":
		return "date: 1970-01-01 stands for no date"
	case !o.Now.IsZero() && d != "" && d > data.DateOf(o.Now.AddDate(0, 0, 1)):
		return fmt.Sprintf("date: %s lies in the future", d)
	}
	return ""
}
