package data

import (
	"cmp"
	"math"
	"slices"
)

// Articles on one incident are weighed together: what several of them say is surer
// than what one says, and a value that no article states surely enough by itself can
// be sure by their number. Near-copies count once.
//
// A field of one value asks besides which of the values heads the record. Every claim
// knows how likely it heads its own article (Claim.Lead). Over articles, the latest
// count outdoes the ones before it and the whole its parts ("300,000 of the 9.7
// million"); the earliest public notice is when an incident was disclosed.

const (
	// assertFrom is the fused probability from which a value is asserted that no
	// article asserts by itself.
	assertFrom = 0.85
	// headFrom is the same for the head of a field of one value, which articles that
	// know of each other's values confirm.
	headFrom = 0.7
	// older is what an article's count weighs for each newer article on the incident.
	older = 0.9
	// partOf is the power of a count's share of the largest one that it weighs with.
	partOf = 0.15
	// doubtfulHead is the least Lead of a claim that is weighed.
	doubtfulHead = 0.25
)

// rows are the units of lists, of which a person can have several lines.
var rows = map[string]bool{"records": true, "email addresses": true}

// trust is what the counts of a regulator, a company and others weigh.
var trust = [...]float64{1.25, 1.1, 1}

// fuse sets the weight of every claim of a field, and states as facts those doubtful
// ones that are sure over all articles.
func fuse(info FieldInfo, claims []ranked) {
	newest, largest := map[*source]int{}, 0.0
	var dates []Date
	for i := range claims {
		if d := claims[i].from.doc.Date; !slices.Contains(dates, d) {
			dates = append(dates, d)
		}
		if n := claims[i].claim.Number; n != nil && claims[i].probable(info) >= doubtfulHead {
			largest = max(largest, *n)
		}
	}
	slices.SortFunc(dates, func(a, b Date) int { return cmp.Compare(b, a) })
	for i := range claims {
		newest[claims[i].from] = slices.Index(dates, claims[i].from.doc.Date)
	}
	for i := range claims {
		c := &claims[i]
		if c.claim.Status != Doubtful && !c.claim.Asserted() {
			continue
		}
		sure := c.fused(info, claims)
		if c.claim.Status == Doubtful && sure >= assertFrom || c.claim.Status == Doubtful && !info.Many && sure >= headFrom && c.told(claims) {
			c.raised = true
		}
		c.weight = sure * exactness(info, c.claim.Value)
		if n := c.claim.Number; n != nil && largest > 0 {
			c.weight *= math.Pow(older, float64(newest[c.from])) * trust[authority(c.from.doc.Kind)]
			if rows[c.claim.Unit] {
				c.weight *= older
			}
			if info.Kind == Count {
				c.weight *= math.Pow(*n/largest, partOf)
			}
		}
	}
	for i := range claims {
		if claims[i].raised {
			claims[i].claim.Status = Actual
		}
	}
}

// exactness is what a date weighs by how exact it is: a year that is sure is less use
// than a day that is likely.
func exactness(info FieldInfo, date string) float64 {
	switch {
	case info.Kind != When || len(date) > len("2006-01"):
		return 1
	case len(date) > len("2006"):
		return 0.97
	}
	return 0.88
}

// probable is the probability that the claim's value is to be shown.
func (c *ranked) probable(info FieldInfo) float64 {
	switch {
	case c.claim.Rule == RuleGiven:
		return 1
	case info.Many || c.claim.Lead == 0:
		return c.claim.Confidence
	}
	return c.claim.Lead
}

// fused is the probability over all articles that say the same, each counted once.
func (c *ranked) fused(info FieldInfo, claims []ranked) float64 {
	best := map[string]float64{}
	for i := range claims {
		o := &claims[i]
		if (o.claim.Asserted() || o.claim.Status == Doubtful) && same(info, c.claim, o.claim) {
			origin := o.from.origin()
			best[origin] = max(best[origin], o.probable(info))
		}
	}
	not := 1.0
	for _, p := range best {
		not *= 1 - p
	}
	return 1 - not
}

// same reports whether two claims give one value, numbers up to rounding; a finer date
// than a's gives a's too.
func same(info FieldInfo, a, b Claim) bool {
	if a.Number != nil && b.Number != nil {
		return countAlike(a, b) && SameCount(*a.Number, *b.Number)
	}
	return a.Value == b.Value || info.Kind == When && Date(a.Value).Covers(Date(b.Value))
}

// told reports whether another article states the claim's number or date, as a fact
// or doubtfully.
func (c *ranked) told(claims []ranked) bool {
	return slices.ContainsFunc(claims, func(o ranked) bool {
		return o.from.origin() != c.from.origin() && (o.claim.Asserted() || o.claim.Status == Doubtful) &&
			(o.claim.Number != nil && c.claim.Number != nil && SameCount(*o.claim.Number, *c.claim.Number) || o.claim.Number == nil && o.claim.Value == c.claim.Value)
	})
}
