package extract

import (
	"fmt"
	"maps"
	"strings"
	"time"

	"incidex/data"
)

// Dates are read from tokens: months with or without day and year, years, days
// of the week and relative words, which the day of publication resolves. The
// verb or noun of an event that stands nearest in the sentence tells what
// happened then.

// dateCue is what a word says about a date beside it.
type dateCue int

const (
	// occurredCue is a word that alone says that something happened, weakCue one
	// that does so by the way.
	occurredCue dateCue = iota
	discoveredCue
	disclosedCue
	notifiedCue
	// otherCue is an event that is none of the incident's four.
	otherCue
	weakCue
	// originCue leads from what is told to when it began.
	originCue
	// beforeCue marks a sentence that tells of another incident.
	beforeCue
	// likeCue makes the date behind it that of another incident.
	likeCue
)

// dateFields are the fields of the cues.
var dateFields = [...]data.Field{data.Occurred, data.Discovered, data.Disclosed, data.Notified, "", data.Occurred, data.Occurred, "", ""}

const (
	firstYear = 1985
	lastYear  = 2060
	// dateReach is the number of tokens between a date and the word that tells what happened.
	dateReach = 16
	// likeReach is the number of tokens between a comparison and its date.
	likeReach = 6
	// originLead is the number of tokens by which a word of origin outdoes nearer ones.
	originLead = 5
	// leadTokens is the number of tokens in which the first sentences begin.
	leadTokens = 80
)

// dateCues are the words of each cue.
var dateCues = map[dateCue][]string{
	occurredCue: {"breached", "hacked", "attacked", "suffered", "suffers", "stolen", "stole", "occurred", "took place", "taken place", "happened",
		"gained access", "had access", "infected", "broke into", "was/were hit", "struck", "targeted", "infiltrated", "exfiltrated", "to hijack", "to infiltrate", "to breach", "to hack", "to compromise", "to steal", "to access", "to penetrate",
		"defaced", "took down", "knocked offline", "fell victim", "fell prey", "victim of", "hijacked", "broken into", "went missing", "compromised", "data breach", "breach in/on", "was/were accessed",
		"was/were exploited", "was/were sourced", "was/were taken", "was/were obtained", "was/were stolen", "was/were lost", "was/were scraped", "in which"},
	weakCue: {"accessed", "obtained", "scraped", "intrusion", "attack", "attacks", "breach", "breaches", "hit", "theft", "stealing", "exposed", "hack", "incident", "downloaded",
		"encrypted", "locked", "burglary", "lost", "left", "leaked", "leak", "cyberattack", "compromise", "dumped",
		"installed", "inserted", "began", "started", "mailed", "e-mailed", "emailed", "sent", "misused", "active", "since", "crippled", "disrupted", "shut down", "ddosed", "outage", "unauthorized access", "obtaining", "extracted",
		"allegedly originating"},
	originCue: {"breach dated back", "breach dates back", "dating back", "dates back", "dated back", "originally occurred", "originally breached", "originally hacked", "actually occurred", "believed to have occurred", "estimated to have occurred", "originally obtained", "took place back", "originating from a breach", "original breach", "stemmed from a breach"},
	likeCue:   {"same as", "reminiscent", "like the one", "like the", "such as the", "as happened", "as did", "compared to/with", "following the"},
	beforeCue: {"another breach/attack/incident/hack/data", "separate breach/attack/incident/hack/data/security", "previous breach/attack/incident/hack/data", "previously", "similar breach/attack/incident/hack/to",
		"prior breach/attack/incident", "in the past", "earlier breach/attack/incident/hack", "second breach", "not the first", "past breach/breaches", "separate to the", "separate from the", "in addition to the", "named after"},
	discoveredCue: {"discovered", "discovers", "discovering", "detected", "noticed", "became aware", "learned", "learnt", "identified", "uncovered", "found", "spotted", "came to light", "made aware", "was alerted", "discovery", "realized", "determined", "first observed", "been aware", "was informed", "were informed"},
	disclosedCue:  {"disclosed", "disclosing", "announced", "announcing", "confirmed", "revealed", "said", "says", "reported", "admitted", "acknowledged", "statement", "press release", "told", "wrote", "tweeted", "blog post", "made public", "publicly", "published", "announcement", "filing", "filed", "advised", "released"},
	notifiedCue:   {"notified", "notifying", "letters", "letter", "informed", "began sending", "notification", "notifications", "alerted customers", "started notifying", "warned customers", "notice"},
	otherCue: {"appeared", "posted", "sold", "surfaced", "circulating", "emerged", "arrested", "charged", "fined", "founded", "launched", "patched", "patch", "acquired", "sentenced", "settled", "settlement", "born", "created", "established",
		"for sale", "listed", "redistributed", "donated", "upgraded", "expected", "deadline", "scheduled", "elections", "election", "convicted", "pleaded", "indicted", "lawsuit", "sued", "warned", "issued", "copyright", "updated", "bought", "hired", "joined", "resigned", "researchers"},
}

// dateRules find when things happened.
type dateRules struct {
	cues                                         kind
	months, short, weekdays, smallNumbers        map[int32]int
	units                                        map[int32]rune
	comma, of, agoWord, mid, slash, may, th, dot int32
	last, this, past, earlier                    wordSet
	early, prepositions, nouns, range_           wordSet
	today, yesterday, tonight, weekend           wordSet
	seasons                                      map[int32]int
	// contents are the data that can be old.
	contents wordSet
	// starters are the words that a date can begin with.
	starters wordSet
}

func newDateRules(b *builder) *dateRules {
	r := &dateRules{cues: b.kind(), months: map[int32]int{}, short: map[int32]int{}, weekdays: map[int32]int{}, smallNumbers: map[int32]int{}, units: map[int32]rune{}, seasons: map[int32]int{}}
	for c, phrases := range dateCues {
		b.add(r.cues, int(c), phrases...)
	}
	names := func(m map[int32]int, from int, words string) {
		for i, w := range strings.Fields(words) {
			m[b.word(w)] = from + i
		}
	}
	names(r.months, 1, "january february march april may june july august september october november december")
	names(r.short, 1, "jan feb mar apr _ jun jul aug sep oct nov dec")
	names(r.short, 9, "sept")
	maps.Copy(r.months, r.short)
	names(r.weekdays, 0, "sunday monday tuesday wednesday thursday friday saturday")
	names(r.smallNumbers, 1, "one two three four five six seven eight nine ten eleven twelve")
	names(r.smallNumbers, 1, "a couple several")
	names(r.smallNumbers, 1, "an few")
	for u, words := range map[rune]string{'d': "day days night morning evening afternoon", 'w': "week weeks weekend", 'm': "month months", 'y': "year years", 'h': "hour hours"} {
		for _, w := range strings.Fields(words) {
			r.units[b.word(w)] = u
		}
	}
	names(r.seasons, 0, "winter")
	names(r.seasons, 4, "spring")
	names(r.seasons, 7, "summer")
	names(r.seasons, 10, "fall autumn")
	r.contents = b.set("results information records emails messages posts statements transactions documents files customers orders photos")
	r.comma, r.of, r.agoWord, r.mid, r.slash = b.word(","), b.word("of"), b.word("ago"), b.word("mid"), b.word("/")
	r.may, r.th, r.dot = b.word("may"), b.word("the"), b.word(".")
	r.last, r.this, r.past, r.earlier = b.set("last previous"), b.set("this"), b.set("past"), b.set("earlier later")
	r.early = b.set("early late mid around approximately circa")
	r.prepositions = b.set("in since from during by until till through between and to early late mid of before after around approximately circa – back last december november ( for dated year over as")
	r.nouns = b.set("breach breaches hack hacks data incident incidents attack attacks leak theft compromise cyber cyberattack security intrusion ransomware")
	r.range_ = b.set("and to through until till – -")
	r.today, r.yesterday, r.tonight, r.weekend = b.set("today tonight"), b.set("yesterday"), b.set("night morning evening afternoon"), b.set("weekend")
	for _, m := range []map[int32]int{r.months, r.weekdays, r.smallNumbers} {
		for w := range m {
			r.starters = r.starters.with(w)
		}
	}
	for _, set := range []wordSet{r.early, r.today, r.yesterday, r.last, r.this, r.past} {
		r.starters = r.starters.union(set)
	}
	r.starters = r.starters.with(r.mid)
	return r
}

// published is the day of publication, read once a document.
type published struct {
	first, last time.Time
	known       bool
}

// dateHit is a date found in the text.
type dateHit struct {
	from, to int
	value    data.Date
	// exact says that the year is written or certain.
	exact bool
}

func (r *dateRules) find(d *document) {
	r.read(d)
	r.propose(d)
}

// read finds all dates of the document.
func (r *dateRules) read(d *document) {
	d.dates = d.dates[:0]
	d.published.first, d.published.known = d.a.Date.First()
	d.published.last, _ = d.a.Date.Last()
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

// told is a date with what it is the date of.
type told struct {
	dateHit
	field      data.Field
	confidence float64
}

// propose gives each date its role, and takes the first date for that of the
// incident where no other one is.
func (r *dateRules) propose(d *document) {
	d.told = d.told[:0]
	occurred, fallback := false, -1
	for _, h := range d.dates {
		if h.value == "" || d.incidentAt(h.from) == noIncident {
			continue
		}
		t := r.role(d, h)
		if t.confidence == 0 {
			continue
		}
		subject := d.incidentAt(h.from) == 0
		occurred = occurred || subject && t.field == data.Occurred
		if subject && fallback < 0 && (t.field != "" || h.exact) {
			fallback = len(d.told)
		}
		d.told = append(d.told, t)
	}
	for i := range d.told { // the more precise of two that agree stands first
		for _, o := range d.told {
			if t := &d.told[i]; t.field == data.Occurred && o.field == data.Occurred && len(o.value) < len(t.value) && o.value.Covers(t.value) {
				t.confidence = max(t.confidence, o.confidence)
			}
		}
	}
	if !occurred && fallback >= 0 {
		t := d.told[fallback]
		t.field, t.confidence = data.Occurred, 0.55
		d.told = append(d.told, t)
	}
	for _, t := range d.told {
		if t.field != "" {
			d.propose(candidate{field: t.field, value: string(t.value), confidence: t.confidence, rule: "date.near-verb", from: t.from, to: t.to, incident: bySentence})
		}
	}
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
		return dateHit{j, j + 1, yearDate(y), true}, true
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
		if d.word(i+1) == r.slash && d.word(i+3) == r.slash {
			day, okDay := d.dayNumber(i + 2)
			y := d.year(i + 4)
			if s := d.small(i + 4); y == 0 && s >= 0 && s < 100 && d.tokens[i+4].end-d.tokens[i+4].start == 2 {
				y = 2000 + s
			}
			if okDay && y > 0 {
				month := n
				if month > 12 {
					month, day = day, month
				}
				if v, ok := dayDate(y, month, day); ok {
					return dateHit{i, i + 5, v, true}, true
				}
			}
		}
	}
	if y := d.year(i); y > 0 {
		if d.is(i+1, hyphened) && d.is(i+1, digit) {
			if m := d.small(i + 1); m >= 1 && m <= 12 && d.is(i+2, hyphened) {
				if v, ok := dayDate(y, m, d.small(i+2)); ok {
					return dateHit{i, i + 3, v, true}, true
				}
			}
			return dateHit{}, false
		}
		if i > 0 && (r.prepositions.has(d.tokens[i-1].word) || d.is(i-1, punct) && d.tokens[i-1].word != r.comma) || r.nouns.has(d.word(i+1)) || d.word(i-1) == r.th {
			return dateHit{i, i + 1, yearDate(y), true}, true
		}
		return dateHit{}, false
	}
	return r.ago(d, i)
}

// month reads what stands around the name of a month at j: a day and a year.
func (r *dateRules) month(d *document, from, j, m, day int) (dateHit, bool) {
	if !d.is(j, capital) {
		return dateHit{}, false
	}
	h := dateHit{from: from, to: j + 1}
	if d.word(h.to) == r.dot && !d.is(h.to, spaced) && d.is(h.to+1, digit) && d.tokens[h.to].end-d.tokens[j].start <= 5 {
		h.to++ // "Nov. 14"
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
	case d.year(k) > 0 && d.tokens[k].sent == d.tokens[j].sent:
		y, h.to, h.exact = d.year(k), k+1, true
	case r.last.has(d.word(k)) && r.units[d.word(k+1)] == 'y':
		y, h.to = d.a.Date.Year()-1, k+2
	case r.this.has(d.word(k)) && r.units[d.word(k+1)] == 'y':
		y, h.to = d.a.Date.Year(), k+2
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

// ranges gives dates without a year the year of the end of their range.
func (r *dateRules) ranges(d *document) {
	for i := len(d.dates) - 2; i >= 0; i-- {
		a, b := &d.dates[i], d.dates[i+1]
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

// role finds what the nearest cue tells of a date. Confidence is 0 for a date
// that is denied, advised or another incident's.
func (r *dateRules) role(d *document, h dateHit) told {
	t := told{dateHit: h}
	sent := d.sents[d.tokens[h.from].sent]
	best, cue, before := dateReach+1, otherCue, false
	hits := d.hits[r.cues]
	for i := searchHit(hits, sent.from); i < len(hits) && hits[i].from < sent.to; i++ {
		c := hits[i]
		switch dateCue(c.entry) {
		case beforeCue:
			before = before || int(c.from)-h.to < dateReach && h.from-int(c.to) < dateReach
			continue
		case likeCue:
			before = before || int(c.to) <= h.from && h.from-int(c.to) < likeReach
			continue
		}
		var dist int
		if int(c.to) <= h.from {
			dist = h.from - int(c.to)
		} else if int(c.from) >= h.to {
			dist = int(c.from) - h.to
			if dist > 0 && int(sent.from)+2 < h.from {
				dist += 2 // what stands before a date inside of a sentence is rather its verb
			}
		} else {
			continue
		}
		if dateCue(c.entry) == originCue {
			if r.contents.has(d.word(int(c.from) - 1)) {
				continue // "records dating back to": the age of the data
			}
			dist = max(0, dist-originLead)
		}
		if dist < best {
			best, cue = dist, dateCue(c.entry)
		}
	}
	if s := d.status(h.from, h.to); before || s == data.Advised || s == data.Negated {
		return t
	}
	t.field = dateFields[cue]
	t.confidence = 0.68
	if h.exact {
		t.confidence = 0.78
	}
	if best <= 4 {
		t.confidence += 0.03
	}
	switch cue {
	case occurredCue:
		t.confidence += 0.07
	case originCue:
		t.confidence += 0.1
	}
	if cue == occurredCue && !sent.title && sent.from < leadTokens && h.from <= int(sent.from)+2 {
		t.confidence += 0.02
	}
	t.confidence -= 0.005 * float64(min(d.tokens[h.from].sent, 20))
	return t
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
