package extract

import (
	"time"

	"incidex/data"
)

// weekday resolves the name of a day to the last such day before publication.
func (r *dateRules) weekday(d *document, i int, day time.Weekday) (dateHit, bool) {
	h := dateHit{from: i, to: i + 1}
	if i > 0 && r.last.has(d.tokens[i-1].word) {
		h.from--
	}
	if r.tonight.has(d.word(i + 1)) {
		h.to++
	}
	pub, ok := d.published.first, d.published.known
	switch {
	case !ok:
		return h, false
	case len(d.a.Date) < 10:
		h.value = d.a.Date
	default:
		back := (int(pub.Weekday()) - int(day) + 7) % 7
		if back == 0 && h.from < i {
			back = 7
		}
		h.value = data.DateOf(pub.AddDate(0, 0, -back))
	}
	return h, true
}

// relative reads words that the day of publication resolves.
func (r *dateRules) relative(d *document, i int) (dateHit, bool) {
	w := d.tokens[i].word
	h := dateHit{from: i, to: i + 1}
	pub, ok := d.published.first, d.published.known
	back := func(days int) data.Date {
		if len(d.a.Date) < 10 {
			return d.a.Date
		}
		return data.DateOf(pub.AddDate(0, 0, -days))
	}
	switch {
	case r.today.has(w):
		h.value = d.a.Date
	case r.yesterday.has(w):
		h.value = back(1)
	case r.last.has(w) || r.this.has(w) || r.past.has(w) && i > 0:
		if r.past.has(w) && !r.this.has(d.tokens[i-1].word) && d.tokens[i-1].word != r.th {
			return h, false
		}
		j := i + 1
		if r.past.has(d.word(j)) {
			j++
		}
		n := 0
		if r.last.has(w) && !r.this.has(w) || r.past.has(w) {
			n = 1
		}
		if m, isMonth := r.months[d.word(j)]; isMonth && n == 1 && d.is(j, capital) {
			return r.month(d, i, j, m, 0)
		}
		if day, isDay := r.weekdays[d.word(j)]; isDay && d.is(j, capital) {
			h, ok := r.weekday(d, j, time.Weekday(day))
			h.from = i
			return h, ok
		}
		h.to = j + 1
		month, season := r.seasons[d.word(j)]
		switch u := r.units[d.word(j)]; {
		case season && ok && month > 0:
			y := pub.Year()
			if month >= int(pub.Month()) {
				y--
			}
			h.value = yearDate(y)
		case u == 'd' && (n == 1 || r.tonight.has(d.word(j))):
			h.value = back(n)
		case u == 'w':
			h.value = back(7 * n)
			if len(h.value) > 7 {
				h.value = h.value[:7]
			}
		case u == 'm' && ok:
			h.value = monthDate(pub.Year(), int(pub.Month())-n)
		case u == 'y' && ok:
			h.value = yearDate(pub.Year() - n)
		default:
			return h, false
		}
		if i > 0 && (r.earlier.has(d.tokens[i-1].word) || r.early.has(d.tokens[i-1].word)) && d.tokens[i-1].sent == d.tokens[i].sent {
			h.from--
		}
		if u := r.units[d.word(j)]; u == 'w' && r.weekend.has(d.word(h.to)) {
			h.to++
		}
	default:
		return r.ago(d, i)
	}
	return h, ok
}

// ago reads "three weeks ago", "a year ago", "5 days ago".
func (r *dateRules) ago(d *document, i int) (dateHit, bool) {
	n := d.small(i)
	if n < 0 {
		n = r.smallNumbers[d.tokens[i].word]
	}
	if n <= 0 {
		return dateHit{}, false
	}
	j := i + 1
	u := r.units[d.word(j)]
	if u == 0 || d.word(j+1) != r.agoWord {
		return dateHit{}, false
	}
	pub, ok := d.published.first, d.published.known
	if !ok {
		return dateHit{}, false
	}
	h := dateHit{from: i, to: j + 2}
	switch u {
	case 'd':
		if len(d.a.Date) < 10 {
			h.value = d.a.Date
		} else {
			h.value = data.DateOf(pub.AddDate(0, 0, -n))
		}
	case 'w':
		h.value = data.DateOf(pub.AddDate(0, 0, -7*n))[:7]
	case 'm':
		h.value = monthDate(pub.Year(), int(pub.Month())-n)
	case 'y':
		h.value = yearDate(pub.Year() - n)
	case 'h':
		h.value = d.a.Date
	}
	return h, true
}
