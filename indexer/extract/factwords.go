package extract

import "incidex/indexer/extract/roles"

// The shapes of words that are no plain words.
var shapeNames = [...]string{"VICTIM", "ORG", "NAME", "NUMBER", "YEAR", "MONEY"}

var shapeHashes = func() (out [len(shapeNames)]uint32) {
	for i, n := range shapeNames {
		out[i] = roles.Hash(n)
	}
	return out
}()

const (
	shapeVictim = iota
	shapeOrg
	shapeName
	shapeNumber
	shapeYear
	shapeMoney
)

// shape finds the words as features see them.
func (d *document) shape() {
	if d.row.Learning() {
		for _, n := range shapeNames {
			d.row.Word(n)
		}
	}
	d.shapes = d.shapes[:0]
	for i := range d.tokens {
		t := &d.tokens[i]
		h := t.hash
		switch {
		case t.is(digit):
			h = shapeHashes[shapeNumber]
		case t.is(capital) && !t.is(first) && !d.lex.plain.has(t.word) && !d.sents[t.sent].title:
			h = shapeHashes[shapeName]
		}
		d.shapes = append(d.shapes, h)
	}
	for i := range d.numbers {
		n := &d.numbers[i]
		h := shapeHashes[shapeNumber]
		switch n.kind {
		case year:
			h = shapeHashes[shapeYear]
		case money:
			h = shapeHashes[shapeMoney]
		}
		for k := n.from; k < n.to; k++ {
			d.shapes[k] = h
		}
	}
	d.leadTopics = 0
	for i, s := range d.sents {
		if s.title || int(s.from) < d.lead {
			d.leadTopics |= d.topics[i]
		}
	}
	for _, p := range d.places {
		h := shapeHashes[shapeOrg]
		switch root := d.rootOrg(p.org); {
		case root == d.victim:
			h = shapeHashes[shapeVictim]
		case d.orgs[root].class == orgPerson || d.orgs[root].class == orgPlace:
			continue
		}
		for k := p.from; k < p.to; k++ {
			d.shapes[k] = h
		}
	}
}

// wordAt is the shape of the word at a token of the sentence, and 0 outside.
func (d *document) wordAt(i int, s *sentence) uint32 {
	if i < int(s.from) || i >= int(s.to) {
		return 0
	}
	return d.shapes[i]
}
