package extract

import (
	"maps"
	"strings"

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
	// nounCue names the event; a verb of telling before it makes a date behind it
	// that of the telling: "reported the breach in March".
	nounCue
	// looseCue says that something happened where its sentence tells of the incident.
	looseCue
	// surfacedCue is what happens to stolen data later.
	surfacedCue
	// noCue is that of a date without any of these.
	noCue
)

// dateFields are the fields of the cues.
var dateFields = [...]data.Field{data.Occurred, data.Discovered, data.Disclosed, data.Notified, "", data.Occurred, data.Occurred, "", "", data.Occurred, data.Occurred, "", ""}

const (
	firstYear = 1985
	lastYear  = 2060
	// dateReach is the number of tokens between a date and the word that tells what happened.
	dateReach = 16
	// likeReach is the number of tokens between a comparison and its date.
	likeReach = 6
	// tellReach is the number of tokens between a verb of telling and the event it tells of.
	tellReach = 4
	// datelineTokens is the number of tokens at the beginning of the text in which
	// the date of a press release stands.
	datelineTokens = 16
	// originLead is the number of tokens by which a word of origin outdoes nearer ones.
	originLead = 5
	// leadTokens is the number of tokens in which the first sentences begin.
	leadTokens = 80
)

// dateCues are the words of each cue.
var dateCues = map[dateCue][]string{
	occurredCue: {"breached", "hacked", "attacked", "suffered", "suffers", "stolen", "stole", "occurred", "took place", "taken place", "happened",
		"gained access", "had access", "infected", "broke into", "was/were hit", "struck", "targeted", "infiltrated", "exfiltrated", "to hijack", "to infiltrate", "to breach", "to hack", "to compromise", "to steal", "to access", "to penetrate",
		"defaced", "took down", "knocked offline", "fell victim", "fell prey", "victim of", "hijacked", "broken into", "went missing", "compromised", "was/were accessed",
		"got/get/gotten/getting into/in/hold", "break/broken in/into", "copied", "plundered", "looted", "siphoned", "skimmed", "made off", "raided", "was/were copied/plundered/encrypted/breached/compromised/attacked/infected/intruded",
		"collected card/cards/data/details", "planted", "crept", "moved around inside", "set off its/the/their", "sat in/on", "hackers/attackers/intruders/thieves/criminals came/entered", "open to intruders/hackers/attackers",
		"was/were exploited", "was/were sourced", "was/were taken", "was/were obtained", "was/were stolen", "was/were lost", "was/were scraped", "in which"},
	weakCue: {"accessed", "obtained", "scraped", "hit", "stealing", "exposed", "downloaded",
		"encrypted", "locked", "lost", "left", "leaked", "dumped",
		"installed", "inserted", "mailed", "e-mailed", "emailed", "misused", "crippled", "disrupted", "shut down", "ddosed", "unauthorized access", "obtaining", "extracted",
		"allegedly originating", "locking", "devastated", "froze", "disabled", "paralyzed", "hackers/attackers used/released/took/posted", "held for ransom"},
	nounCue:   {"data breach", "breach in/on", "intrusion", "attack", "attacks", "breach", "breaches", "theft", "hack", "incident", "burglary", "leak", "cyberattack", "compromise", "outage"},
	looseCue:  {"began", "started", "sent", "active", "since"},
	originCue: {"breach dated back", "breach dates back", "dating back", "dates back", "dated back", "originally occurred", "originally breached", "originally hacked", "actually occurred", "believed to have occurred", "estimated to have occurred", "originally obtained", "took place back", "originating from a breach", "original breach", "stemmed from a breach", "stemming/stems/going back to", "go/goes/went/reach/reaches/reaching back"},
	likeCue:   {"same as", "reminiscent", "like the one", "like the", "such as the", "as happened", "as did", "compared to/with", "following the", "named after"},
	beforeCue: {"another breach/attack/incident/hack/data", "separate breach/attack/incident/hack/data/security", "previous breach/attack/incident/hack/data", "previously", "similar breach/attack/incident/hack/to/one",
		"prior breach/attack/incident", "in the past", "earlier breach/attack/incident/hack", "second breach", "not the first", "past breach/breaches", "separate to the", "separate from the", "in addition to the", "was/is/were one of the largest/biggest/worst/first"},
	discoveredCue: {"discovered", "discovers", "discovering", "detected", "noticed", "became aware", "learned", "learnt", "identified", "uncovered", "found", "spotted", "came to light", "made aware", "was alerted", "discovery", "realized", "determined", "first observed", "been aware", "was informed", "were informed", "came upon", "found out"},
	disclosedCue:  {"disclosed", "disclosing", "announced", "announcing", "confirmed", "revealed", "said", "says", "reported", "admitted", "acknowledged", "statement", "press release", "told", "wrote", "tweeted", "blog post", "made public", "publicly", "published", "announcement", "filing", "filed", "advised", "released"},
	notifiedCue:   {"notified", "notifying", "letters", "letter", "informed", "began sending", "notification", "notifications", "alerted customers", "started notifying", "warned customers", "notice"},
	surfacedCue:   {"appeared", "posted", "sold", "surfaced", "circulating", "emerged", "for sale", "listed", "uploaded", "uploading", "collated", "named as a victim"},
	otherCue: {"arrested", "charged", "fined", "founded", "launched", "patched", "patch", "acquired", "sentenced", "settled", "settlement", "born", "created", "established",
		"redistributed", "donated", "upgraded", "expected", "deadline", "scheduled", "elections", "election", "convicted", "pleaded", "indicted", "lawsuit", "sued", "warned", "issued", "copyright", "updated", "bought", "hired", "joined", "resigned", "researchers",
		"available since", "valid", "cover/covers/covered", "went public", "placed between/from", "filled in", "into force", "resumed", "advertised", "demand/demands", "earnings", "quarter", "sales", "dealt with", "begin on"},
}

// dateRules find when things happened.
type dateRules struct {
	cues                                  kind
	months, short, weekdays, smallNumbers map[int32]int
	units                                 map[int32]rune
	comma, of, agoWord, mid, may, th, dot int32
	last, this, past, earlier             wordSet
	early, prepositions, nouns, range_    wordSet
	today, yesterday, tonight, weekend    wordSet
	seasons                               map[int32]int
	// contents are the data that can be old.
	contents wordSet
	// starters are the words that a date can begin with.
	starters wordSet
	// dashes stand behind the date of a press release, and until words say that
	// something was not later than the date behind them.
	dashes, until, between wordSet
	that, since, or        int32
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
	r.contents = b.set("addresses accounts rows details history results information records emails messages posts statements transactions documents files customers orders photos")
	r.comma, r.of, r.agoWord, r.mid = b.word(","), b.word("of"), b.word("ago"), b.word("mid")
	r.may, r.th, r.dot = b.word("may"), b.word("the"), b.word(".")
	r.last, r.this, r.past, r.earlier = b.set("last previous"), b.set("this"), b.set("past"), b.set("earlier later")
	r.early = b.set("early late mid around approximately circa")
	r.prepositions = b.set("in since from during by until till through between and to early late mid of before after around approximately circa – back last december november ( for dated year over as")
	r.nouns = b.set("breach breaches hack hacks data incident incidents attack attacks leak theft compromise cyber cyberattack security intrusion ransomware")
	r.dashes, r.until, r.that = b.set("( / – — -"), b.set("before"), b.word("that")
	r.since, r.or = b.word("since"), b.word("or")
	r.between = b.set("between from")
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

func (r *dateRules) find(d *document) {
	r.read(d)
	r.propose(d)
}

// told is a date with what it is the date of.
type told struct {
	dateHit
	field      data.Field
	cue        dateCue
	confidence float64
}

// propose gives each date its role, and takes the likeliest other date for that of
// the incident where no date is.
func (r *dateRules) propose(d *document) {
	d.told = d.told[:0]
	occurred, fallback, worth := false, -1, 0.0
	for _, h := range d.dates {
		if h.value == "" || d.incidentAt(h.from) == noIncident || r.dateline(d, h) {
			continue
		}
		t := r.role(d, h)
		if t.confidence == 0 {
			continue
		}
		if d.incidentAt(h.from) == 0 {
			occurred = occurred || t.field == data.Occurred
			if w := r.worth(d, t); w > worth {
				fallback, worth = len(d.told), w
			}
		}
		d.told = append(d.told, t)
	}
	for i := range d.told {
		if t := &d.told[i]; t.ends && i > 0 && d.told[i-1].field == data.Occurred { // a range counts by its beginning
			d.told[i-1].confidence = max(d.told[i-1].confidence, t.confidence+moreExact)
		}
	}
	for i := range d.told { // the more precise of two that agree stands first
		for _, o := range d.told {
			if t := &d.told[i]; t.field == data.Occurred && o.field == data.Occurred && len(o.value) < len(t.value) && o.value.Covers(t.value) {
				t.confidence = max(t.confidence, o.confidence+moreExact)
			}
		}
	}
	if !occurred && fallback >= 0 {
		t := d.told[fallback]
		t.field, t.confidence = data.Occurred, worth
		d.told = append(d.told, t)
	}
	for _, t := range d.told {
		if t.field != "" {
			d.propose(r.candidate(d, t, t.field))
		}
	}
	for _, h := range d.dates {
		if h.value == "" || d.incidentAt(h.from) != 0 || r.dateline(d, h) {
			continue
		}
		t := r.role(d, h)
		for _, f := range dateRoles {
			if f != t.field || t.confidence == 0 {
				c := r.candidate(d, t, f)
				c.wide = true
				d.propose(c)
			}
		}
	}
}

// dateRoles are the fields that a date can be of.
var dateRoles = [...]data.Field{data.Occurred, data.Discovered, data.Disclosed, data.Notified}

// candidate is a date as that of a field.
func (r *dateRules) candidate(d *document, t told, f data.Field) candidate {
	c := candidate{field: f, value: string(t.value), confidence: t.confidence, rule: "date.near-verb", from: t.from, to: t.to, incident: bySentence}
	d.noted(&c)
	d.note(&c, nCue, d.num(int(t.cue)))
	d.note(&c, nSaid, d.row.Word(string(t.field)))
	d.mark(&c, t.exact, t.named, t.ends, t.confidence == 0)
	return c
}

// worth is the confidence that a date which is not said to be that of the incident
// is so all the same: first one without another meaning in a sentence that tells of
// it, then when it was discovered, when its data came up, when it was told of.
func (r *dateRules) worth(d *document, t told) float64 {
	strong := d.topics[d.tokens[t.from].sent]&strongIncident != 0
	switch {
	case t.cue == noCue && (strong || r.between.has(d.word(t.from-1))):
		return fallbackTold
	case t.field == data.Discovered:
		return fallbackDiscovered
	case t.exact && t.cue == noCue:
		return fallbackExact
	case t.cue == noCue && t.named && d.word(t.from-1) != r.since:
		return fallbackNamed
	case t.cue == surfacedCue:
		return fallbackSurfaced
	case t.field != "":
		return fallbackDisclosed
	case t.exact:
		return fallbackOther
	}
	return 0
}

// The confidences of dates that are taken for that of the incident.
const (
	// moreExact lets the more exact of two dates that agree stand first.
	moreExact          = 0.001
	fallbackTold       = 0.6
	fallbackDiscovered = 0.55
	fallbackExact      = 0.5
	fallbackSurfaced   = 0.45
	fallbackNamed      = 0.42
	fallbackDisclosed  = 0.4
	fallbackOther      = 0.35
)

// dateline reports whether a date is that of a press release, at its beginning.
func (r *dateRules) dateline(d *document, h dateHit) bool {
	for _, s := range d.sents {
		if !s.title {
			return h.from >= int(s.from) && h.from < int(s.from)+datelineTokens && h.exact && len(h.value) == len("2006-01-02") && r.dashes.has(d.word(h.to))
		}
	}
	return false
}

// stopped reports whether a full stop stands among the tokens [from, to), as where
// two sentences could not be told apart.
func (r *dateRules) stopped(d *document, from, to int) bool {
	for i := from; i < to; i++ {
		if d.tokens[i].word == r.dot {
			return true
		}
	}
	return false
}

// role finds what the nearest cue tells of a date. Confidence is 0 for a date
// that is denied, advised or another incident's.
func (r *dateRules) role(d *document, h dateHit) told {
	t := told{dateHit: h}
	sent := d.sents[d.tokens[h.from].sent]
	best, cue, before := dateReach+1, noCue, h.from > int(sent.from) && r.until.has(d.word(h.from-1)) ||
		d.word(h.to) == r.or && r.earlier.has(d.word(h.to+1)) // "in 2000 or later"
	hits := d.hits[r.cues]
	for i := searchHit(hits, sent.from); i < len(hits) && hits[i].from < sent.to; i++ {
		c := hits[i]
		switch dateCue(c.entry) {
		case beforeCue:
			before = before || int(c.from)-h.to < dateReach && h.from-int(c.to) < 2*dateReach && !r.stopped(d, h.to, int(c.from))
			continue
		case looseCue:
			if d.topics[d.tokens[h.from].sent]&strongIncident == 0 {
				continue
			}
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
			if r.contents.has(d.word(int(c.from) - 1)) { // "records dating back to": the age of the data
				before = before || int(c.to) <= h.from && dist < likeReach
				continue
			}
			dist = max(0, dist-originLead)
		}
		if dist < best {
			best, cue = dist, dateCue(c.entry)
			if cue == nounCue && int(c.to) <= h.from {
				cue = r.tellingOf(hits[:i], c, cue)
			}
		}
	}
	if s := d.status(h.from, h.to); before || s == data.Advised || s == data.Negated {
		return t
	}
	t.cue, t.field = cue, dateFields[cue]
	t.confidence = 0.68
	if h.exact {
		t.confidence = 0.76
	}
	if best <= 4 {
		t.confidence += 0.03
	}
	switch cue {
	case occurredCue:
		t.confidence += 0.07
	case nounCue:
		t.confidence += 0.03
	case originCue:
		t.confidence += 0.1
	case looseCue:
		t.confidence -= 0.06
	}
	if cue == occurredCue && !sent.title && sent.from < leadTokens && h.from <= int(sent.from)+2 {
		t.confidence += 0.02
	}
	t.confidence -= 0.005 * float64(min(d.tokens[h.from].sent, 20))
	return t
}

// tellingOf returns the cue of a verb of telling or finding that stands before an
// event, and otherwise the event's own.
func (r *dateRules) tellingOf(before []hit, event hit, own dateCue) dateCue {
	for i := len(before) - 1; i >= 0 && event.from-before[i].to < tellReach; i-- {
		switch c := dateCue(before[i].entry); c {
		case disclosedCue, discoveredCue, notifiedCue:
			return c
		}
	}
	return own
}
