package extract

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"incidex/data"
)

// keepCount is the probability from which a number is taken for one of the incident's.
const keepCount = 0.45

// keepMain is the same for the number that is most likely the main count.
const keepMain = 0.04

// A number of which another one is a part ("2 of its 8 million customers") counts
// the customers, not the affected ones; gold has too few of them to learn that.
const (
	wholeMalus = 4
	wholeShare = 0.3
	// narrowBonus is what the narrower count of a sentence gains, for the same reason.
	narrowBonus = 2.5
)

// propose makes claims of the counts: those of the subject best first, and those
// of mentioned incidents.
func (r *recordRules) propose(d *document) {
	order := make([]int, 0, len(d.counts))
	for i := range d.counts {
		if d.hasSubject() && r.elsewhere(d, &d.counts[i]) {
			r.proposeElsewhere(d, &d.counts[i])
			continue
		}
		order = append(order, i)
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(d.counts[j].score, d.counts[i].score) })
	total, top := 0.0, 0.0
	for k, i := range order {
		if k == 0 {
			top = d.counts[i].score
		}
		total += math.Exp(d.counts[i].score - top)
	}
	var claimed []claimedCount
	for k, i := range order {
		c := &d.counts[i]
		kept := sigmoid(dot(r.keep, c.feats[:]))
		if c.feats[cTotal] == 1 {
			kept *= wholeShare
		}
		if same := twin(c.value, claimed); same > 0 {
			kept = max(kept, same*rounded)
		}
		wide := kept < keepCount && k > 0 || kept < keepMain
		if !wide {
			claimed = append(claimed, claimedCount{c.value, kept})
		}
		share := math.Exp(c.score-top) / total
		for _, s := range c.spots {
			incident := d.incidentAt(s.from)
			if k == 0 && d.hasSubject() {
				incident = 0
			}
			if incident >= 0 {
				r.claim(d, c, s, incident, k, kept, kept*(.5+share/2), wide)
			}
		}
	}
}

// elsewhere reports whether a count stands only where mentioned incidents are told.
func (r *recordRules) elsewhere(d *document, c *count) bool {
	for _, s := range c.spots {
		if d.incidentAt(s.from) <= 0 {
			return false
		}
	}
	return true
}

// proposeElsewhere gives a count of people or records to mentioned incidents.
func (r *recordRules) proposeElsewhere(d *document, c *count) {
	if c.unit < 0 || c.unit >= groupDevices || c.feats[cTotal] == 1 {
		return
	}
	for _, s := range c.spots {
		if k := d.incidentAt(s.from); k > 0 {
			r.claim(d, c, s, k, 0, 1, keepElsewhere*d.incidents[k].likely, false)
		}
	}
}

// keepElsewhere is the probability that a count in a sentence of a mentioned
// incident is one of its own.
const keepElsewhere = 0.8

func (r *recordRules) claim(d *document, c *count, s spot, incident, rank int, kept, confidence float64, wide bool) {
	unit := ""
	if c.unit >= 0 {
		unit = groupUnits[c.unit]
	}
	p := candidate{field: data.Records, number: c.value, counted: true, unit: unit, qualifier: c.qualifier, status: r.statusOf(c),
		confidence: round2(confidence), rule: "records." + strings.ReplaceAll(orWord(unit, "count"), " ", "-"), from: s.from, to: s.to, rank: rank, incident: incident, wide: wide}
	d.noted(&p)
	d.note(&p, nKept, d.num(int(kept*20)))
	d.measure(&p, nOdds, logit(kept))
	d.measure(&p, nOddsHead, logit(confidence))
	d.note(&p, nOrder, d.num(min(rank, 9)))
	d.note(&p, nLead, d.num(int(confidence*20)))
	for _, f := range [...]int{cTotal, cNarrow, cAnother, cPrecise, cOnly, cUpdate, cMax, cTitleMax, cVictim, cOther, cRange, cLower} {
		if c.feats[f] == 1 {
			d.note(&p, nMark, d.num(f))
		}
	}
	d.propose(p)
}

// rounded is what is left of a count's probability for the same count rounded.
const rounded = 0.9

// roundedWithin is how far a rounded count is from the precise one at most.
const roundedWithin = 0.015

type claimedCount struct{ value, kept float64 }

// twin returns the probability of a claimed count that value is nearly equal to,
// 0 when there is none: "3.3 million" and "3,345,168" are one fact.
func twin(value float64, claimed []claimedCount) float64 {
	for _, c := range claimed {
		if math.Abs(c.value-value) <= roundedWithin*c.value {
			return c.kept
		}
	}
	return 0
}

// statusOf is the best status of a count's places. A number of people who may be
// affected is still the number that the article reports.
func (r *recordRules) statusOf(c *count) data.Status {
	best := c.spots[0].status
	for _, s := range c.spots {
		if statusOrder(s.status) < statusOrder(best) {
			best = s.status
		}
	}
	if best == data.Possible || best == data.Advised {
		return data.Actual
	}
	return best
}

func round2(x float64) float64 { return math.Round(x*100) / 100 }

func orWord(s, or string) string {
	if s == "" {
		return or
	}
	return s
}
