package extract

import (
	"math"
	"slices"
	"strings"

	"incidex/data"
)

// The features of a number as the main count of the incident.
const (
	cBias = iota
	cTitle
	cLead
	cFirst
	cMax
	cPlaces
	cLate
	cExact
	cAtLeast
	cUpTo
	cAbout
	cVague
	cTotal
	cRange
	cLog
	cTiny
	cSmall
	cPrecise
	cPossible
	cNegated
	cAdvised
	cVictim
	cOther
	cOldYear
	cModifiers
	cNoUnit
	cAnother
	cLower
	cTitleMax
	cShareMax
	cOnly
	cSentenceFirst
	// cUpdate: the count stands behind the word that begins a later report.
	cUpdate
	cGroup
	cTopic = cGroup + int(nGroups)
	cPre   = cTopic + nTopics
	cPost  = cPre + nCountPre
	// cNarrow: "affecting" stands before the count, and a larger one before in the
	// sentence: "a breach of 9 million people, affecting 500 of ours".
	cNarrow        = cPost + nCountPost
	nCountFeatures = cNarrow + 1
)

// Limits of the look around a number.
const (
	// maxModifiers is the number of words between a number and its unit.
	maxModifiers = 6
	// maxCountCue is the number of words between a cue and a count.
	maxCountCue = 7
	// minCount is the smallest number that is taken for a count of people or records.
	minCount = 2
	// maxCounts is the number of distinct counts that are kept of a document.
	maxCounts = 60
)

// count is a number of people or things, with all places that state it.
type count struct {
	value     float64
	unit      unitGroup
	qualifier data.Qualifier
	// spots are the tokens [from, to) of number and unit, with the status there.
	spots []spot
	feats [nCountFeatures]float32
	score float64
}

type spot struct {
	from, to int
	status   data.Status
	sent     int
}

// recordRules find how many people or records an incident touched.
type recordRules struct {
	units          [nGroups]kind
	pre, post      *cueTrie
	breaks         wordSet
	of             int32
	another        wordSet
	updates, joins wordSet
	affecting      wordSet
	// counters are words before a count that do not stand before a year.
	counters wordSet
	cves     *cveRules
	// labels are words and marks before a number that names a thing instead of counting.
	labels wordSet
	// held are the words of arrests: who was arrested was not affected.
	held        wordSet
	open, close int32
	rank, keep  []float64
}

func newRecordRules(b *builder) *recordRules {
	r := &recordRules{cves: newCVERules(b)}
	for g := range unitWords {
		r.units[g] = b.kind()
		b.add(r.units[g], g, unitWords[g]...)
	}
	r.pre = newCueTrie(b, countPre[:], true)
	r.post = newCueTrie(b, countPost[:], false)
	r.breaks = b.set(". , ; : ( ) \" “ ” — – and or to in at on from by with were was are is had has have who that which as for after if may could when while over than")
	r.another = b.set("another additional other further separate")
	r.held = b.set("arrested arrest arrests detained charged indicted convicted sentenced jailed prosecuted apprehended suspects suspect")
	r.labels = b.set("# = ticket tickets quote issue page pages case docket section article no iso nist room suite unit zip chapter version figure table item id port route")
	r.of = b.word("of")
	r.affecting = b.set("affecting impacting")
	r.updates, r.joins = b.set("update updates updated"), b.set("and or")
	r.counters = b.set("of for affecting affected the all these those notified notifying to least about some nearly almost approximately exactly over impacting impacted involving")
	r.open, r.close = b.word("("), b.word(")")
	r.rank = weightsOf("records", nCountFeatures)
	r.keep = weightsOf("count", nCountFeatures)
	return r
}

// find gathers the counts of the document and scores them.
func (r *recordRules) find(d *document) {
	d.counts = d.counts[:0]
	d.updateAt = r.updateAt(d)
	for i := range d.numbers {
		n := &d.numbers[i]
		if r.areaCode(d, n) || r.cves.inside(d, n.from) {
			continue
		}
		if n.kind != plain && (n.kind != year || n.begin == n.from && !r.yearCounts(d, i)) || n.value < minCount || n.value != math.Trunc(n.value) {
			continue
		}
		unit, to := r.unit(d, i)
		if unit < 0 && (n.kind == year || n.value < 100 || n.to-n.from == 1 && !d.is(n.from, digit)) {
			continue
		}
		if unit < 0 && r.foreign(d, n.to) {
			continue
		}
		if unit == groupOther && n.kind == year || r.accused(d, n, to) || r.named(d, n, unit, to) || unit < 0 && (r.labels.has(d.word(n.from-1)) || r.labels.has(d.word(n.from-2))) {
			continue
		}
		r.note(d, n, n.value, unit, to)
		if n.high > 0 {
			r.note(d, n, n.high, unit, to)
		}
	}
	r.score(d)
}

// unit finds what number i counts: its group, and the end of its words; -1 and
// the end of the number where nothing tells.
func (r *recordRules) unit(d *document, i int) (unitGroup, int) {
	n := &d.numbers[i]
	end := int(d.sents[d.tokens[n.from].sent].to)
	for k := n.to; k < end && k <= n.to+maxModifiers; k++ {
		best, to := unitGroup(-1), 0
		for g := range r.units {
			if h := d.hitStarting(r.units[g], k); h != nil && int(h.to) > to {
				best, to = unitGroup(g), int(h.to)
			}
		}
		if best >= 0 {
			// "customer accounts", "email users": the last noun counts
			for to < end {
				next, nto := unitGroup(-1), to
				for g := range r.units {
					if h := d.hitStarting(r.units[g], to); h != nil && int(h.to) > nto {
						next, nto = unitGroup(g), int(h.to)
					}
				}
				if next < 0 || next == groupOther || d.is(to-1, possessive) {
					break
				}
				best, to = next, nto
			}
			return best, to
		}
		if k > n.to && d.word(k) == r.of || k == n.to && d.word(k) == r.of {
			continue
		}
		if k > n.to && r.joins.has(d.word(k)) {
			continue // "30 current and retired officers"
		}
		if r.breaks.has(d.word(k)) {
			break
		}
	}
	return -1, n.to
}

// accused reports whether a count is one of people who were arrested or charged: "four
// people were arrested", "arrested two men".
func (r *recordRules) accused(d *document, n *number, to int) bool {
	s := d.sents[d.tokens[n.from].sent]
	for i := max(int(s.from), n.begin-2); i < min(int(s.to), to+heldReach); i++ {
		if (i < n.begin || i >= n.to) && r.held.has(d.tokens[i].word) {
			return true
		}
	}
	return false
}

// heldReach is the number of tokens behind a count in which an arrest is told.
const heldReach = 10

// named reports whether a number is a part of a name, with no unit or one that is far
// behind: "404 Media saw the files", "Unit 31337"; "500 Acme users" counts.
func (r *recordRules) named(d *document, n *number, unit unitGroup, to int) bool {
	if unit >= 0 && to-n.to <= 3 {
		return false
	}
	if n.to-n.from != 1 || n.begin != n.from || d.sents[d.tokens[n.from].sent].title {
		return false
	}
	after := d.is(n.to, capital) && !d.is(n.to, punct) && d.tokens[n.to].sent == d.tokens[n.from].sent
	before := d.is(n.from-1, capital) && !d.is(n.from-1, first|punct) && d.is(n.from, spaced)
	return after || before
}

// yearCounts reports whether a number that looks like a year counts people: "of
// 2000 patients".
func (r *recordRules) yearCounts(d *document, i int) bool {
	n := &d.numbers[i]
	unit, _ := r.unit(d, i)
	if unit < 0 || unit > groupStaff || !r.counters.has(d.word(n.from-1)) {
		return false
	}
	h := d.hitStarting(r.units[unit], n.to)
	return h != nil
}

// foreign reports whether token i is the plural of a word that is no unit, so that
// the number before it counts other things: "426 markets".
func (r *recordRules) foreign(d *document, i int) bool {
	return d.is(i, spaced) && !d.is(i, capital|punct|digit) && strings.HasSuffix(d.text(i, i+1), "s") && !r.breaks.has(d.tokens[i].word)
}

// updateAt is the token that begins a later report, "UPDATE", or the number of
// tokens where there is none.
func (r *recordRules) updateAt(d *document) int {
	for i := range d.tokens {
		if t := &d.tokens[i]; t.is(allCaps) && r.updates.has(t.word) {
			return i
		}
	}
	return len(d.tokens)
}

// areaCode reports whether a number begins a telephone number: "(555) 010-9999".
func (r *recordRules) areaCode(d *document, n *number) bool {
	return n.to-n.from == 1 && n.value < 1000 && d.word(n.from-1) == r.open && d.word(n.to) == r.close && d.is(n.to+1, digit)
}

// note adds one place of a count.
func (r *recordRules) note(d *document, n *number, value float64, unit unitGroup, to int) {
	i := slices.IndexFunc(d.counts, func(c count) bool { return c.value == value })
	if i < 0 {
		if len(d.counts) >= maxCounts {
			return
		}
		i = len(d.counts)
		d.counts = append(d.counts, count{value: value, unit: unit, qualifier: n.qualifier})
	}
	c := &d.counts[i]
	if c.unit < 0 || c.unit >= groupDevices && unit >= 0 && unit < groupDevices {
		c.unit = unit
	}
	f := &c.feats
	sent := int(d.tokens[n.from].sent)
	s := &d.sents[sent]
	status := d.status(n.from, to)
	c.spots = append(c.spots, spot{n.from, to, status, sent})
	f[cPlaces]++
	switch status {
	case data.Possible:
		f[cPossible] = 1
	case data.Negated:
		f[cNegated] = 1
	case data.Advised:
		f[cAdvised] = 1
	}
	if s.title {
		f[cTitle] = 1
	} else if n.from < d.lead {
		f[cLead] = 1
	}
	if n.from > d.updateAt {
		f[cUpdate] = 1
	}
	if n.total && len(c.spots) == 1 {
		f[cTotal] = 1
	}
	if n.high > 0 {
		f[cRange] = 1
		if value == n.value {
			f[cLower] = 1
		}
	}
	switch n.qualifier {
	case data.AtLeast:
		f[cAtLeast] = 1
	case data.UpTo:
		f[cUpTo] = 1
	case data.About:
		f[cAbout] = 1
	case data.Vague:
		f[cVague] = 1
	default:
		f[cExact] = 1
	}
	if unit >= 0 {
		f[cGroup+int(unit)] = 1
		f[cModifiers] = max(f[cModifiers], float32(to-n.to-1)/maxModifiers)
	} else {
		f[cNoUnit] = 1
	}
	for t := range nTopics {
		if d.topics[sent]>>t&1 != 0 {
			f[cTopic+t] = 1
		}
	}
	if len(c.spots) == 1 {
		for _, p := range d.places {
			if int(d.tokens[p.from].sent) == sent {
				if d.rootOrg(p.org) == d.victim {
					f[cVictim] = 1
				} else if g := &d.orgs[d.rootOrg(p.org)]; g.class == orgPlain {
					f[cOther] = 1
				}
			}
		}
	}
	r.around(d, n, f, to, s)
}
