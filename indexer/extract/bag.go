package extract

import "strings"

// bag scores a document by the words of its title, pairs of these, and the words
// of the beginning of its text, as one that is about an incident.
type bag struct {
	title, lead table[float32]
	bias        float64
}

const (
	// bagLead is the number of words of the text that are read.
	bagLead = 60
	// The kinds of features in the weights file.
	bagBias, bagTitle, bagText = "b", "t:", "l:"
	// bagPair joins the words of a pair.
	bagPair = "_"
)

func newBag(b *builder) *bag {
	g := &bag{}
	for name, w := range namedWeights("bag") {
		switch {
		case name == bagBias:
			g.bias = w
		case strings.HasPrefix(name, bagText):
			g.lead.put(pairKey(0, b.word(name[len(bagText):])), float32(w))
		default:
			before, word, pair := strings.Cut(name[len(bagTitle):], bagPair)
			if pair {
				g.title.put(pairKey(b.word(before), b.word(word)), float32(w))
			} else {
				g.title.put(pairKey(0, b.word(before)), float32(w))
			}
		}
	}
	return g
}

// score returns the logarithm of the odds.
func (g *bag) score(d *document) float64 {
	sum := g.bias
	d.keys = d.keys[:0]
	d.bagKeys(func(title bool, before, word int32) {
		k := pairKey(before, word)
		rows, mark := &g.lead, k|1<<63
		if title {
			rows, mark = &g.title, k
		}
		if w, ok := rows.get(k); ok && !contains(d.keys, mark) {
			d.keys = append(d.keys, mark)
			sum += float64(w)
		}
	})
	return sum
}

func contains(list []uint64, k uint64) bool {
	for _, x := range list {
		if x == k {
			return true
		}
	}
	return false
}

// bagKeys calls f for every feature of the document.
func (d *document) bagKeys(f func(title bool, before, word int32)) {
	read, before := 0, int32(0)
	for i := range d.tokens {
		t := &d.tokens[i]
		title := d.sents[t.sent].title
		if t.is(punct|digit) || !d.lex.plain.has(t.word) {
			continue // names would be learned by heart
		}
		if !title {
			if read++; read > bagLead {
				return
			}
			f(false, 0, t.word)
			continue
		}
		f(true, 0, t.word)
		if before != 0 {
			f(true, before, t.word)
		}
		before = t.word
	}
}

// bagWords returns the names of the features of the document.
func (d *document) bagWords() []string {
	names := map[int32]string{}
	for i := range d.tokens {
		t := &d.tokens[i]
		if w := string(foldWord(nil, d.buf[t.start:t.end])); names[t.word] == "" && !strings.ContainsAny(w, bagPair+" ") {
			names[t.word] = w
		}
	}
	seen := map[string]bool{bagBias: true}
	out := []string{bagBias}
	d.bagKeys(func(title bool, before, word int32) {
		name := names[word]
		if name == "" || before != 0 && names[before] == "" || len(name) > maxWord {
			return
		}
		switch {
		case !title:
			name = bagText + name
		case before != 0:
			name = bagTitle + names[before] + bagPair + name
		default:
			name = bagTitle + name
		}
		if !seen[name] {
			seen[name] = true
			out = append(out, name)
		}
	})
	return out
}
