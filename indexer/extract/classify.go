package extract

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// A linear model scores the classes of a text by its words and pairs of
// neighboring words. The weights are learned by Train from gold files (command
// "evaluate train") and embedded as a table; the words that weigh most for the
// chosen class are its evidence.

// maxClasses is the number of classes that a model can tell apart.
const maxClasses = 8

// maxModelTokens is the number of tokens of a document that a model reads.
const maxModelTokens = 400

// linear is a model. It does not change once it is built.
type linear struct {
	classes []string
	rows    table[int32]
	// single has the row of each word, -1 for none; before and after tell which
	// words begin and end pairs.
	single []int32
	// capital has the row of each word as part of a name, and victim as part of the
	// victim's name.
	capital, victim []int32
	before, after   wordSet
	weights         [][maxClasses]float32
	// plain tells of each row that its words are no evidence to a reader.
	plain []bool
}

// plainWords say nothing by themselves about what happened.
var plainWords = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`that which this with from have were been they their about after when where would could other also more some than into over such only them then there
		these those what will your server servers data information until while because between under during before both each many most who whom whose being does done said says may might can
		than its our his her him she was has had are the and for not but all any one two per via out off own may january february march april june july august september october november december
		monday tuesday wednesday thursday friday saturday sunday company system systems names name number numbers people customers individuals affected`) {
		m[w] = true
	}
	return m
}()

// plainFeature reports whether a feature has a plain word.
func plainFeature(feature string) bool {
	for _, w := range strings.Fields(feature) {
		if len(w) < 3 || plainWords[w] {
			return true
		}
	}
	return strings.HasPrefix(feature, numberMark)
}

// pairKey is the key of two neighboring words, or of one when before is 0.
func pairKey(before, word int32) uint64 { return uint64(uint32(before))<<32 | uint64(uint32(word)) }

// extraKey is the key of a feature that is no word.
func extraKey(i int32) uint64 { return 1<<63 | 1<<31 | uint64(i) }

// newLinear reads a table of weights: a line of classes, then a line a feature,
// weights in hundredths.
func newLinear(b *builder, table string) (*linear, error) {
	m := &linear{}
	for n, line := range strings.Split(strings.TrimSpace(table), "\n") {
		cells := strings.Split(line, "\t")
		if n == 0 {
			m.classes = cells[1:]
			if len(m.classes) > maxClasses {
				return nil, fmt.Errorf("read weights: %d classes", len(m.classes))
			}
			continue
		}
		if len(cells) != len(m.classes)+1 {
			return nil, fmt.Errorf("read weights: line %d: %d cells", n+1, len(cells))
		}
		var row [maxClasses]float32
		for i, c := range cells[1:] {
			w, err := strconv.Atoi(c)
			if err != nil {
				return nil, fmt.Errorf("read weights: line %d: %w", n+1, err)
			}
			row[i] = float32(w) / 100
		}
		m.plain = append(m.plain, plainFeature(cells[0]))
		key := uint64(0)
		if number, ok := strings.CutPrefix(cells[0], numberMark); ok {
			i, err := strconv.Atoi(number)
			if err != nil {
				return nil, fmt.Errorf("read weights: line %d: %w", n+1, err)
			}
			key = extraKey(int32(i))
		} else if word, ok := strings.CutPrefix(cells[0], nameMark); ok {
			m.capital = withRow(m.capital, b.word(word), int32(len(m.weights)))
			m.weights = append(m.weights, row)
			continue
		} else if word, ok := strings.CutPrefix(cells[0], victimMark); ok {
			m.victim = withRow(m.victim, b.word(word), int32(len(m.weights)))
			m.weights = append(m.weights, row)
			continue
		} else if words := strings.Fields(cells[0]); len(words) == 2 {
			key = pairKey(b.word(words[0]), b.word(words[1]))
			m.before, m.after = m.before.with(b.word(words[0])), m.after.with(b.word(words[1]))
		} else if len(words) == 1 {
			m.single = withRow(m.single, b.word(words[0]), int32(len(m.weights)))
			m.weights = append(m.weights, row)
			continue
		}
		m.rows.put(key, int32(len(m.weights)))
		m.weights = append(m.weights, row)
	}
	return m, nil
}

// nameMark begins the features of words within names, victimMark those of words of
// the victim's name, and numberMark those that are no words.
const (
	numberMark = "#"
	nameMark   = "^"
	victimMark = "$"
)

// inName reports whether the token has a capital that no sentence gives it.
func inName(t token) bool { return t.is(capital) && !t.is(first) }

// withRow sets the row of a word.
func withRow(rows []int32, word, row int32) []int32 {
	for len(rows) <= int(word) {
		rows = append(rows, -1)
	}
	rows[word] = row
	return rows
}

// modelWord reports whether the token is a word that models read.
func modelWord(t token) bool { return !t.is(punct | digit) }

// score returns the probability of each class, and the tokens of the feature that
// speaks most for the best class and tells a reader why. It reads the sentences that keep accepts, and
// counts the numbered extra features and the words of the victim's name, the tokens
// [name, end), besides.
func (m *linear) score(d *document, keep func(sent int32) bool, extra []int32, name, end int) (p [maxClasses]float64, best, from, to int) {
	d.marks.next(len(m.weights))
	var sum [maxClasses]float32
	var features []feature
	features = d.features[:0]
	read := 0
	for n := range d.sents {
		s := d.sents[n]
		if !keep(int32(n)) {
			continue
		}
		before := int32(0)
		for i := s.from; i < s.to && read < maxModelTokens; i++ {
			t := d.tokens[i]
			if !modelWord(t) {
				before = 0
				continue
			}
			read++
			if t.word > 0 && int(t.word) < len(m.single) {
				if r := m.single[t.word]; r >= 0 && d.marks.mark(r) {
					features = append(features, feature{r, i, i + 1})
				}
			}
			if t.word > 0 && int(t.word) < len(m.capital) && inName(t) {
				if r := m.capital[t.word]; r >= 0 && d.marks.mark(r) {
					features = append(features, feature{r, i, i + 1})
				}
			}
			if m.before.has(before) && m.after.has(t.word) {
				if r, ok := m.rows.get(pairKey(before, t.word)); ok && d.marks.mark(r) {
					features = append(features, feature{r, i - 1, i + 1})
				}
			}
			before = t.word
		}
	}
	for i := name; i < end; i++ {
		if w := d.tokens[i].word; w > 0 && int(w) < len(m.victim) {
			if r := m.victim[w]; r >= 0 && d.marks.mark(r) {
				features = append(features, feature{r, int32(i), int32(i + 1)})
			}
		}
	}
	d.features = features
	for _, e := range extra {
		if r, ok := m.rows.get(extraKey(e)); ok {
			features = append(features, feature{row: r})
		}
	}
	for _, f := range features {
		for k := range m.classes {
			sum[k] += m.weights[f.row][k]
		}
	}
	if r, ok := m.rows.get(0); ok {
		for k := range m.classes {
			sum[k] += m.weights[r][k]
		}
	}
	scale := float32(1 / math.Sqrt(float64(len(features)+1)))
	total := 0.0
	for k := range m.classes {
		p[k] = math.Exp(float64(sum[k] * scale))
		total += p[k]
		if p[k] > p[best] {
			best = k
		}
	}
	most := float32(0)
	for _, f := range features {
		if f.from == f.to || m.plain[f.row] {
			continue
		}
		w := m.weights[f.row]
		other := float32(0)
		for k := range m.classes {
			if k != best {
				other = max(other, w[k])
			}
		}
		if w[best]-other > most {
			most, from, to = w[best]-other, int(f.from), int(f.to)
		}
	}
	for k := range m.classes {
		p[k] /= total
	}
	return p, best, from, to
}

// known returns the best class that is not noSector, unless that one is sure.
func (m *linear) known(p *[maxClasses]float64, best int) int {
	if m.classes[best] != noSector || p[best] >= sureNoSector {
		return best
	}
	p[best] = 0
	for k := range m.classes {
		if p[k] > p[best] {
			best = k
		}
	}
	return best
}

// feature is a row of a model and where the text has it.
type feature struct{ row, from, to int32 }

// marks is a set of small numbers that empties in no time.
type marks struct {
	round uint32
	at    []uint32
}

func (m *marks) next(n int) {
	for len(m.at) < n {
		m.at = append(m.at, 0)
	}
	m.round++
	if m.round == 0 {
		clear(m.at)
		m.round = 1
	}
}

// mark adds i and reports whether it was new.
func (m *marks) mark(i int32) bool {
	if m.at[i] == m.round {
		return false
	}
	m.at[i] = m.round
	return true
}
