package reader

import (
	"bufio"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

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
	compactPattern = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})(?:T?\d{4,6}(?:[.,]\d+)?(?:Z|[+-]\d{2}:?\d{2})?)?$`)
	epochPattern   = regexp.MustCompile(`^(\d{10})(?:\d{3})?(?:\.\d+)?$`)
	signPattern    = regexp.MustCompile(`^(\d{4}) ?[年년] ?(?:(\d{1,2}) ?[月월] ?(?:(\d{1,2}) ?[日일])?)?(?:[ T].*)?$`)
	digitsPattern  = regexp.MustCompile(`^[\d./-]{6,10}(?:[ ,]|$)`)
)

// parseDate reads a date in one of the many forms in which files have it: ISO
// 8601, the dates of mail and HTTP, dates with the month as a word or with the signs of
// China, Japan and Korea, and
// seconds or milliseconds since 1970. The day is the one that is written, in
// whatever time zone. 03/04/2025 can be two days: only its
// year is sure until inOrder is told more.
func parseDate(s string) (data.Date, bool) {
	s = strings.TrimSpace(s)
	if s == "" || len(s) > maxDate {
		return "", false
	}
	for _, p := range []*regexp.Regexp{isoPattern, signPattern} {
		if m := p.FindStringSubmatch(s); m != nil {
			return dateOf(m[1], m[2], m[3])
		}
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
	if digitsPattern.MatchString(s) {
		return digitDate(s, data.Unsure)
	}
	return wordDate(s)
}

// maxOrderSample is the number of bytes at the begin of a list in which dates are looked
// for that can be read in one order only.
const maxOrderSample = 256 << 10

// learnOrder finds the order of day and month at the begin of a list.
func (s *source) learnOrder(r *bufio.Reader) {
	head, _ := r.Peek(maxOrderSample) // what there is
	s.order = data.OrderIn(string(head))
}

// orderOf is the order of day and month where a language is written.
func orderOf(language string) data.DayOrder {
	language = strings.ToLower(strings.ReplaceAll(language, "_", "-"))
	base, _, regional := strings.Cut(language, "-")
	switch {
	case language == "en-us", language == "en-ph":
		return data.MonthFirst
	case language == "", base == "en" && !regional, base == "english":
		return data.Unsure
	}
	return data.DayFirst
}

// digitDate reads a date in digits, behind which a time can stand.
func digitDate(s string, order data.DayOrder) (data.Date, bool) {
	d, n := data.DigitDate(s, order)
	y := d.Year()
	return d, n > 0 && minYear <= y && y <= maxYear
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
