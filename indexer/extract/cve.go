package extract

import "incidex/data"

// cveRules find the numbers of vulnerabilities, "CVE-2021-44228", however they are
// written: with any dash, or with spaces.
type cveRules struct {
	cve    int32
	dashes wordSet
}

func newCVERules(b *builder) *cveRules {
	return &cveRules{cve: b.word("cve"), dashes: b.set("- – — − :")}
}

// find proposes the vulnerabilities. An article that tells of no incident still
// has them, as those of an incident mentioned without a victim.
func (r *cveRules) find(d *document) {
	for i := range d.tokens {
		year, number, ok := r.at(d, i)
		if !ok {
			continue
		}
		if len(d.incidents) == 0 {
			d.incidents = append(d.incidents, incident{role: data.Mentioned, victim: -1})
		}
		value := "CVE-" + d.text(year, year+1) + "-" + d.text(number, number+1)
		d.propose(candidate{field: data.CVE, value: value, confidence: 0.97, rule: "cve.number", from: i, to: number + 1, incident: max(0, d.incidentAt(i))})
	}
}

// at returns the tokens of year and number of the vulnerability at token i.
func (r *cveRules) at(d *document, i int) (year, number int, ok bool) {
	if d.tokens[i].word != r.cve {
		return 0, 0, false
	}
	if year = i + 1; r.dashes.has(d.word(year)) {
		year++
	}
	if number = year + 1; r.dashes.has(d.word(number)) {
		number++
	}
	if number >= len(d.tokens) || d.tokens[i].sent != d.tokens[number].sent || d.year(year) == 0 {
		return 0, 0, false
	}
	digits := d.text(number, number+1)
	return year, number, len(digits) >= 4 && len(digits) <= 7 && plainDigits(digits)
}

// inside reports whether token k is one of a vulnerability's number.
func (r *cveRules) inside(d *document, k int) bool {
	for i := max(0, k-4); i < k; i++ {
		if _, number, ok := r.at(d, i); ok && k <= number {
			return true
		}
	}
	return false
}
