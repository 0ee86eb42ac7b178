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
		"allegedly originating", "locking", "devastated", "froze", "disabled", "paralyzed", "hackers/attackers used/released/took/posted", "held for ransom"},
	originCue: {"breach dated back", "breach dates back", "dating back", "dates back", "dated back", "originally occurred", "originally breached", "originally hacked", "actually occurred", "believed to have occurred", "estimated to have occurred", "originally obtained", "took place back", "originating from a breach", "original breach", "stemmed from a breach", "stemming/stems/going back to"},
	likeCue:   {"same as", "reminiscent", "like the one", "like the", "such as the", "as happened", "as did", "compared to/with", "following the", "named after"},
	beforeCue: {"another breach/attack/incident/hack/data", "separate breach/attack/incident/hack/data/security", "previous breach/attack/incident/hack/data", "previously", "similar breach/attack/incident/hack/to",
		"prior breach/attack/incident", "in the past", "earlier breach/attack/incident/hack", "second breach", "not the first", "past breach/breaches", "separate to the", "separate from the", "in addition to the"},
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
	r.contents = b.set("addresses accounts rows details history results information records emails messages posts statements transactions documents files customers orders photos")
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

func (r *dateRules) find(d *document) {
	r.read(d)
	r.propose(d)
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
	best, cue, before := dateReach+1, otherCue, false
	hits := d.hits[r.cues]
	for i := searchHit(hits, sent.from); i < len(hits) && hits[i].from < sent.to; i++ {
		c := hits[i]
		switch dateCue(c.entry) {
		case beforeCue:
			before = before || int(c.from)-h.to < dateReach && h.from-int(c.to) < 2*dateReach && !r.stopped(d, h.to, int(c.from))
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
		t.confidence = 0.76
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
