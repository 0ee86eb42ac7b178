package text

// Dictionary numbers the keys of words from 0 on, of one analyzer.
type Dictionary struct{ Keys []string }

// positionGap keeps the words of two texts in one field apart for phrases.
const positionGap = 100

// Occurrences are the positions of one word in a text, from 1 on in ascending order.
type Occurrences struct {
	Term      uint32 // number of its key
	Positions []uint32
}

// occur adds a word at a position, which must not be before that of the word added last.
func (a *Analyzer) occur(t *keyed, position uint32) {
	if t.text != a.text {
		t.text, t.at = a.text, len(a.seen)
		if t.at < cap(a.seen) {
			a.seen = a.seen[:t.at+1] // with the memory of its positions
			a.seen[t.at].Term, a.seen[t.at].Positions = t.term, a.seen[t.at].Positions[:0]
		} else {
			a.seen = append(a.seen, Occurrences{Term: t.term})
		}
	}
	o := &a.seen[t.at]
	if n := len(o.Positions); n == 0 || o.Positions[n-1] < position {
		o.Positions = append(o.Positions, position)
	}
}

// Occurrences finds the words of texts that are one field, one text after the other, and
// counts them, joined ones not included. They are valid until the next call.
func (a *Analyzer) Occurrences(texts ...string) (found []Occurrences, length int) {
	a.begin()
	last := 0
	for i, text := range texts {
		offset := last
		if i > 0 {
			offset += positionGap
		}
		for _, w := range a.Words(text) {
			if !w.Joined {
				length++
			}
			last = offset + w.Pos
			a.occur(w.keyed, uint32(last))
		}
	}
	return a.seen, length
}
