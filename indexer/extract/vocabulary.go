package extract

import (
	"strings"

	"incidex/data"
	"incidex/data/vocab"
)

// Some fields are told by phrases of their vocabulary alone: laws, regulators,
// responses, consequences, vectors, malware and whose data it was. Each place of
// a phrase that is stated about the incident is evidence.

// vocabField is a field that phrases tell.
type vocabField struct {
	field data.Field
	table *vocab.Table
	hits  kind
	// strict phrases keep their capitals.
	strict bool
	// confidence is that of one place; more places raise it.
	confidence float64
	// least is the number of places, with the title counting double, that a value needs.
	least int
}

// vocabularyRules find the values of fields that phrases tell.
type vocabularyRules struct {
	fields []vocabField
	// malware stands beside an ambiguous name of malware, authority in the sentence
	// of an ambiguous law or regulator.
	malware, authority wordSet
}

func newVocabularyRules(b *builder) *vocabularyRules {
	r := &vocabularyRules{fields: []vocabField{
		{field: data.Law, table: vocab.Laws(), strict: true, confidence: 0.9, least: 1},
		{field: data.RegulatorField, table: vocab.Regulators(), strict: true, confidence: 0.85, least: 1},
		{field: data.Response, table: vocab.Responses(), confidence: 0.8, least: 1},
		{field: data.Consequence, table: vocab.Consequences(), confidence: 0.7, least: 1},
		{field: data.Vector, table: vocab.Vectors(), confidence: 0.55, least: 2},
		{field: data.Malware, table: vocab.Malware(), strict: true, confidence: 0.75, least: 1},
		{field: data.DataSubject, table: vocab.DataSubjects(), confidence: 0.6, least: 2},
	}}
	for i := range r.fields {
		f := &r.fields[i]
		f.hits = b.kind()
		b.addTable(f.hits, f.table, f.strict)
	}
	r.malware = b.set("malware ransomware trojan virus worm botnet backdoor spyware wiper infostealer stealer rootkit rat loader miner variant family exploit infection infections attack gang")
	r.authority = b.set("regulator regulators filing filings filed fined fine fines notified informed complaint complaints investigating investigation probe law laws act under violation violations violated violating comply compliance rules rule penalty penalties agency authority watchdog lawsuit")
	return r
}

func (r *vocabularyRules) find(d *document) {
	for _, f := range r.fields {
		terms := f.table.Terms()
		d.phrases = d.phrases[:0]
		for range terms {
			d.phrases = append(d.phrases, 0)
		}
		for _, h := range d.hits[f.hits] {
			if d.stanceOf(int(h.from), int(h.to)) > stancePossible || d.incidentAt(int(h.from)) < 0 {
				continue
			}
			d.phrases[h.entry]++
			if d.sents[d.tokens[h.from].sent].title {
				d.phrases[h.entry]++
			}
		}
		for _, h := range d.hits[f.hits] {
			n := int(d.phrases[h.entry])
			stance := d.stanceOf(int(h.from), int(h.to))
			if n < f.least || stance > stanceNegated || f.strict && r.ambiguous(terms[h.entry], d.text(int(h.from), int(h.to))) && !r.plain(d, f.field, h) {
				continue
			}
			status := d.status(int(h.from), int(h.to))
			if f.field != data.Response && f.field != data.Consequence {
				if status == data.Negated {
					continue
				}
				status = data.Actual // what a law may demand is still that law
			}
			d.propose(candidate{field: f.field, value: terms[h.entry].Value, status: status, confidence: min(f.confidence+0.04*float64(n-1), 0.93),
				rule: string(f.field) + ".phrase", from: int(h.from), to: int(h.to), incident: bySentence})
		}
	}
}

// ambiguous reports whether a name of the term is an ordinary word or has other meanings.
func (r *vocabularyRules) ambiguous(t vocab.Term, name string) bool {
	if t.Attr("ambiguous") == "yes" && (name == t.Value || len(name) <= len(t.Value)) {
		return true
	}
	for alias := range strings.SplitSeq(t.Attr("ambiguous_aliases"), " | ") {
		if alias == name {
			return true
		}
	}
	return false
}

// plain reports whether the words around an ambiguous name tell what it is.
func (r *vocabularyRules) plain(d *document, f data.Field, h hit) bool {
	if f == data.Malware {
		return r.malware.has(d.word(int(h.to))) || r.malware.has(d.word(int(h.from)-1))
	}
	for i := d.sents[d.tokens[h.from].sent].from; i < d.sents[d.tokens[h.from].sent].to; i++ {
		if (i < h.from || i >= h.to) && r.authority.has(d.tokens[i].word) {
			return true
		}
	}
	return false
}
