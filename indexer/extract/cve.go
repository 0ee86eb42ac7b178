package extract

import (
	"strings"

	"incidex/data"
)

// cveRules find the numbers of vulnerabilities, "CVE-2021-44228".
type cveRules struct{ cve int32 }

func newCVERules(b *builder) *cveRules { return &cveRules{b.word("cve")} }

// find proposes the vulnerabilities. An article that tells of no incident still
// has them, as those of an incident mentioned without a victim.
func (r *cveRules) find(d *document) {
	for i := range d.tokens {
		if d.tokens[i].word != r.cve || i+2 >= len(d.tokens) || !d.is(i+1, hyphened) || !d.is(i+2, hyphened) {
			continue
		}
		year, number := d.text(i+1, i+2), d.text(i+2, i+3)
		if d.year(i+1) == 0 || len(number) < 4 || len(number) > 7 || strings.Trim(number, "0123456789") != "" {
			continue
		}
		if len(d.incidents) == 0 {
			d.incidents = append(d.incidents, incident{role: data.Mentioned, victim: -1})
		}
		d.propose(candidate{field: data.CVE, value: "CVE-" + year + "-" + number, confidence: 0.97, rule: "cve.number", from: i, to: i + 3, incident: max(0, d.incidentAt(i))})
	}
}
