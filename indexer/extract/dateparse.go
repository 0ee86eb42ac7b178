package extract

import (
	"fmt"
	"time"

	"incidex/data"
)

// published is the day of publication, read once a document.
type published struct {
	first, last time.Time
	known       bool
	// order is that of day and month in the document, once it was looked for.
	order   data.DayOrder
	ordered bool
}

// dateHit is a date found in the text.
type dateHit struct {
	from, to int
	value    data.Date
	// exact says that the year is written or certain.
	exact bool
	// named says that a month is named, and ends that it is the end of a range.
	named, ends bool
}

// read finds all dates of the document.
func (r *dateRules) read(d *document) {
	d.dates = d.dates[:0]
	d.published.first, d.published.known = d.a.Date.First()
	d.published.last, _ = d.a.Date.Last()
	d.published.ordered = false
	for i := 0; i < len(d.tokens); {
		if t := &d.tokens[i]; !t.is(digit) && !r.starters.has(t.word) {
			i++
			continue
		}
		h, ok := r.at(d, i)
		if !ok {
			i++
			continue
		}
		d.dates = append(d.dates, h)
		i = h.to
	}
	r.ranges(d)
}

// at reads a date that begins at token i.
func (r *dateRules) at(d *document, i int) (dateHit, bool) {
	w := d.tokens[i].word
	if d.is(i, digit) {
		return r.numeric(d, i)
	}
	if m, ok := r.months[w]; ok {
		return r.month(d, i, i, m, 0)
	}
	if day, ok := r.weekdays[w]; ok && d.is(i, capital) {
		return r.weekday(d, i, time.Weekday(day))
	}
	if w == r.mid || r.early.has(w) {
		if h, ok := r.qualified(d, i); ok {
			h.from = i
			return h, true
		}
		return dateHit{}, false
	}
	return r.relative(d, i)
}

// qualified reads the date behind a word such as "late" or "mid".
func (r *dateRules) qualified(d *document, i int) (dateHit, bool) {
	j := i + 1
	if j >= len(d.tokens) || d.tokens[j].sent != d.tokens[i].sent {
		return dateHit{}, false
	}
	if m, ok := r.months[d.tokens[j].word]; ok {
		return r.month(d, j, j, m, 0)
	}
	if y := d.year(j); y > 0 {
		return dateHit{from: j, to: j + 1, value: yearDate(y), exact: true}, true
	}
	if day, ok := r.weekdays[d.tokens[j].word]; ok {
		return r.weekday(d, j, time.Weekday(day))
	}
	return r.relative(d, j)
}

// numeric reads "14 March 2024", "22nd December", "2024-05-01", "3/14/2015",
// "five days ago" in digits, and years.
func (r *dateRules) numeric(d *document, i int) (dateHit, bool) {
	if n, ok := d.dayNumber(i); ok {
		j := i + 1
		if d.word(j) == r.of {
			j++
		}
		if m, ok := r.months[d.word(j)]; ok && d.is(j, capital) && d.tokens[j].sent == d.tokens[i].sent {
			return r.month(d, i, j, m, n)
		}
	}
	if h, ok := d.digits(i); ok {
		return h, h.value != ""
	}
	if y := d.year(i); y > 0 {
		if d.is(i+1, hyphened) && d.is(i+1, digit) {
			return dateHit{}, false
		}
		if i > 0 && (r.prepositions.has(d.tokens[i-1].word) || d.is(i-1, punct) && d.tokens[i-1].word != r.comma) || r.nouns.has(d.word(i+1)) || d.word(i-1) == r.th {
			return dateHit{from: i, to: i + 1, value: yearDate(y), exact: true}, true
		}
		return dateHit{}, false
	}
	return r.ago(d, i)
}

// digits reads a date in digits at token i, such as "2024-05-01", "01.05.2024" and
// "3/14/2015". It reports whether there is one, whose value is empty where it is no day.
// What can be two days is read as the other such dates of the text are, else as the one
// that was there when the article was published, and else as no more than its year.
func (d *document) digits(i int) (dateHit, bool) {
	from := int(d.tokens[i].start)
	if from > 0 && (d.buf[from-1] == '.' || d.buf[from-1] == '/') {
		return dateHit{}, false
	}
	day, n := data.DigitDate(d.buf[from:], data.Unsure)
	if n == 0 {
		return dateHit{}, false
	}
	yearFirst := digitAt(d.buf, from+2) && digitAt(d.buf, from+3)
	if short := d.buf[from+n-3]; !yearFirst && (short == '.' || short == '-') { // "2.1.14" is a version
		return dateHit{}, false
	}
	if len(day) == len("2025") {
		day = d.oneOf(d.buf[from : from+n])
	}
	to := i + 1
	for to < len(d.tokens) && int(d.tokens[to].start) < from+n {
		to++
	}
	if int(d.tokens[to-1].end) != from+n || day != "" && (day.Year() < firstYear || day.Year() > lastYear) {
		return dateHit{}, false
	}
	return dateHit{from: i, to: to, value: day, exact: true}, true
}

// oneOf is the day of a date that can be two days, or its year.
func (d *document) oneOf(date string) data.Date {
	if p := &d.published; !p.ordered {
		p.order, p.ordered = data.OrderIn(d.buf), true
	}
	order := d.published.order
	if order == data.Unsure && d.published.known {
		last := data.DateOf(d.published.last)
		first, _ := data.DigitDate(date, data.DayFirst)
		second, _ := data.DigitDate(date, data.MonthFirst)
		switch {
		case first <= last && last < second:
			order = data.DayFirst
		case second <= last && last < first:
			order = data.MonthFirst
		}
	}
	day, _ := data.DigitDate(date, order)
	return day
}

// month reads what stands around the name of a month at j: a day and a year.
func (r *dateRules) month(d *document, from, j, m, day int) (dateHit, bool) {
	if !d.is(j, capital) {
		return dateHit{}, false
	}
	h, dotted := dateHit{from: from, to: j + 1, named: true}, false
	if d.word(h.to) == r.dot && !d.is(h.to, spaced) && d.is(h.to+1, digit) && d.tokens[h.to].end-d.tokens[j].start <= 5 {
		h.to++ // "Nov. 14"
		dotted = true
	}
	if day == 0 {
		if n, ok := d.dayNumber(h.to); ok && d.tokens[h.to].sent == d.tokens[j].sent {
			day = n
			h.to++
		}
	}
	if r.short[d.tokens[j].word] > 0 && day == 0 && d.year(h.to) == 0 && d.word(h.to) != r.comma {
		return dateHit{}, false
	}
	if d.tokens[j].word == r.may && day == 0 && d.year(h.to) == 0 && (d.is(j, first) || !r.prepositions.has(d.word(from-1)) && !r.last.has(d.word(from-1)) && !r.this.has(d.word(from-1))) {
		return dateHit{}, false
	}
	k := h.to
	if d.word(k) == r.comma || d.word(k) == r.of {
		k++
	}
	y := 0
	switch {
	case d.year(k) > 0 && (dotted || d.tokens[k].sent == d.tokens[j].sent):
		y, h.to, h.exact = d.year(k), k+1, true
	case r.last.has(d.word(k)) && r.units[d.word(k+1)] == 'y':
		y, h.to = d.a.Date.Year()-1, k+2
	case r.this.has(d.word(k)) && r.units[d.word(k+1)] == 'y':
		y, h.to = d.a.Date.Year(), k+2
	case d.word(k) == r.that && r.units[d.word(k+1)] == 'y':
		if n := len(d.dates); n > 0 {
			y, h.to, h.exact = d.dates[n-1].value.Year(), k+2, true
		}
	}
	pub, ok := d.published.last, d.published.known
	if y <= 0 {
		if !ok || d.a.Date.Year() == 0 {
			return h, true // a date without a year: a range may give it one
		}
		y = pub.Year()
		if m > int(pub.Month()) || m == int(pub.Month()) && day > pub.Day() {
			y--
		}
	}
	h.value = monthDate(y, m)
	if day > 0 {
		if v, ok := dayDate(y, m, day); ok {
			h.value = v
		}
	}
	return h, true
}

// ranges gives dates without a year the year of the end of their range.
func (r *dateRules) ranges(d *document) {
	for i := len(d.dates) - 2; i >= 0; i-- {
		a, b := &d.dates[i], &d.dates[i+1]
		b.ends = b.from-a.to <= 2 && b.from > a.to && r.range_.has(d.word(b.from-1))
		if a.exact || b.value == "" || b.from-a.to > 2 || b.from == a.to || d.tokens[a.from].sent != d.tokens[b.from].sent || !r.range_.has(d.word(b.from-1)) {
			continue
		}
		for j := a.from; j < a.to; j++ {
			if m, ok := r.months[d.tokens[j].word]; ok && len(b.value) >= 7 {
				y := b.value.Year()
				if string(monthDate(y, m)) > string(b.value[:7]) {
					y--
				}
				a.value, a.exact = monthDate(y, m), b.exact
				for k := a.from; k < a.to; k++ {
					if n, ok := d.dayNumber(k); ok {
						if v, ok := dayDate(y, m, n); ok {
							a.value = v
						}
					}
				}
			}
		}
	}
}

// year reads a calendar year at token i, 0 when there is none.
func (d *document) year(i int) int {
	if i < 0 || i >= len(d.tokens) || d.tokens[i].end-d.tokens[i].start != 4 || !d.is(i, digit) {
		return 0
	}
	if y := d.small(i); y >= firstYear && y <= lastYear {
		return y
	}
	return 0
}

// small reads a whole number of at most four digits at token i, -1 when there is none.
func (d *document) small(i int) int {
	if i < 0 || i >= len(d.tokens) {
		return -1
	}
	s := d.buf[d.tokens[i].start:d.tokens[i].end]
	if s == "" || len(s) > 4 {
		return -1
	}
	n := 0
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return -1
		}
		n = n*10 + int(c-'0')
	}
	return n
}

// dayNumber reads a day of the month at token i: "5", "05" or "5th".
func (d *document) dayNumber(i int) (int, bool) {
	if i < 0 || i >= len(d.tokens) || !d.is(i, digit) {
		return 0, false
	}
	s := d.buf[d.tokens[i].start:d.tokens[i].end]
	n, k := 0, 0
	for k < len(s) && k < 2 && s[k] >= '0' && s[k] <= '9' {
		n = n*10 + int(s[k]-'0')
		k++
	}
	switch s[k:] {
	case "", "st", "nd", "rd", "th":
		return n, n >= 1 && n <= 31
	}
	return 0, false
}

func yearDate(y int) data.Date {
	if y < firstYear || y > lastYear {
		return ""
	}
	return data.Date(fmt.Sprintf("%04d", y))
}

// monthDate is a month; months before January are those of the years before.
func monthDate(y, m int) data.Date {
	for m < 1 {
		y, m = y-1, m+12
	}
	if y < firstYear || y > lastYear {
		return ""
	}
	return data.Date(fmt.Sprintf("%04d-%02d", y, m))
}

// dayDate is a day, and false when the month does not have it.
func dayDate(y, m, day int) (data.Date, bool) {
	t := time.Date(y, time.Month(m), day, 0, 0, 0, 0, time.UTC)
	if y < firstYear || y > lastYear || m < 1 || m > 12 || t.Day() != day || day < 1 {
		return "", false
	}
	return data.DateOf(t), true
}

// union returns the words of both sets.
func (s wordSet) union(o wordSet) wordSet {
	for i, bits := range o {
		for len(s) <= i {
			s = append(s, 0)
		}
		s[i] |= bits
	}
	return s
}
