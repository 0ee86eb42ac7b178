package roles

import (
	_ "embed"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Question is what is asked of a candidate.
type Question int

// The questions.
const (
	// Right: the article states the value, as a fact or as what is claimed or may be.
	Right Question = iota
	// Head: it is the value that heads a field of one value.
	Head
	// Possible: a right value is one that only may be so.
	Possible
	// Denied: the article says that it is not so.
	Denied
	// Advised: the article recommends it.
	Advised
	nQuestions
)

var questionNames = [nQuestions]string{"right", "head", "possible", "denied", "advised"}

// Model judges rows. It does not change once it is read, and is safe for concurrent use.
type Model struct {
	// slots is an open-addressed table from scoped features to their weights.
	slots []slot
	// scales calibrate the sums of each question and field.
	scales map[string]*[nQuestions]scale
	// thresholds are the probabilities from which a field's value is asserted.
	thresholds map[string]float64
}

// slot holds the weights of a feature, in units of 1/weightUnit, next to its key, so
// that looking it up touches one line of memory.
type slot struct {
	key     Feature // 0 for a free slot
	weights [nQuestions]int16
}

// scale turns a sum of weights into the logarithm of the odds: a*sum + b.
type scale struct{ a, b float32 }

//go:embed weights.tsv
var embedded string

// New reads the embedded weights; damaged ones are a mistake of the build.
func New() *Model {
	m, err := Read(embedded)
	if err != nil {
		panic(err)
	}
	return m
}

// common is the scope of weights that hold for all fields of a kind.
const common = "*"

// Read reads weights as Learn writes them: lines of tab-separated cells that begin
// with "scale" (field, question, a, b), "threshold" (field, probability) or "weight"
// (scope, feature, a weight a question). It fails on anything else.
func Read(text string) (*Model, error) {
	m := &Model{scales: map[string]*[nQuestions]scale{}, thresholds: map[string]float64{}}
	n := strings.Count(text, "\nweight\t") + 1
	size := 16
	for 2*size < 3*n {
		size *= 2
	}
	m.slots = make([]slot, size)
	line := 0
	for l := range strings.Lines(text) {
		line++
		l = strings.TrimSuffix(l, "\n")
		if err := m.readLine(l); err != nil {
			return nil, fmt.Errorf("read weights of roles: line %d: %w", line, err)
		}
	}
	return m, nil
}

func (m *Model) readLine(l string) error {
	kind, rest, _ := strings.Cut(l, "\t")
	switch kind {
	case "scale":
		cells := strings.Split(rest, "\t")
		if len(cells) != 4 {
			return fmt.Errorf("%d cells of a scale", len(cells))
		}
		q := question(cells[1])
		a, err := strconv.ParseFloat(cells[2], 32)
		b, err2 := strconv.ParseFloat(cells[3], 32)
		if q < 0 || err != nil || err2 != nil {
			return fmt.Errorf("no scale: %q", rest)
		}
		if m.scales[cells[0]] == nil {
			m.scales[cells[0]] = &[nQuestions]scale{}
		}
		m.scales[cells[0]][q] = scale{float32(a), float32(b)}
	case "threshold":
		field, p, _ := strings.Cut(rest, "\t")
		v, err := strconv.ParseFloat(p, 64)
		if err != nil {
			return fmt.Errorf("no threshold: %q", rest)
		}
		m.thresholds[field] = v
	case "weight":
		scope, rest, _ := strings.Cut(rest, "\t")
		name, cells, ok := strings.Cut(rest, "\t")
		if !ok {
			return fmt.Errorf("no weight: %q", l)
		}
		var row [nQuestions]int16
		for q := range nQuestions {
			cell := cells
			cell, cells, _ = strings.Cut(cells, "\t")
			w, err := strconv.ParseInt(cell, 10, 16)
			if err != nil {
				return fmt.Errorf("no weight of %s: %q", name, l)
			}
			row[q] = int16(w)
		}
		m.put(scoped(Hash(scope), named(name)), row)
	default:
		return fmt.Errorf("unknown kind of line %q", kind)
	}
	return nil
}

// weightUnit is the number of units of the file in a weight of 1.
const weightUnit = 1000

func question(name string) Question {
	for q, n := range questionNames {
		if n == name {
			return Question(q)
		}
	}
	return -1
}

func scoped(scope uint32, f Feature) Feature { return f.With(scope) }

func (m *Model) put(f Feature, weights [nQuestions]int16) {
	i := m.place(f)
	for m.slots[i].key != 0 {
		i = (i + 1) & (len(m.slots) - 1)
	}
	m.slots[i] = slot{f, weights}
}

func (m *Model) place(f Feature) int { return int(uint32(f)*0x85ebca6b>>7) & (len(m.slots) - 1) }

// add adds the weights of a feature, times its value.
func (m *Model) add(sum *[nQuestions]float32, f Feature, value float32) {
	for i := m.place(f); ; i = (i + 1) & (len(m.slots) - 1) {
		s := &m.slots[i]
		if s.key == 0 {
			return
		}
		if s.key == f {
			for q, w := range s.weights {
				sum[q] += value * float32(w)
			}
			return
		}
	}
}

// Scope is where weights are looked up for a field: those of its kind and its own.
type Scope struct{ kind, field uint32 }

// ScopeOf returns the scope of a field of a kind, such as "dates".
func ScopeOf(kind, field string) Scope { return Scope{Hash(common + kind), Hash(field)} }

// Judgment is the probability that each question is answered with yes.
type Judgment [nQuestions]float64

// Choose turns the answers to Head of the candidates of a field, as Judge gives them,
// into the probability that each is the head: one of them is, or none.
func Choose(list []*Judgment) {
	p := make([]float64, len(list))
	for i, j := range list {
		p[i] = math.Log(j[Head] / (1 - j[Head]))
	}
	choose(p)
	for i, j := range list {
		j[Head] = p[i]
	}
}

// choose turns logarithms of odds against none into probabilities.
func choose(p []float64) {
	most := 0.0
	for _, z := range p {
		most = max(most, z)
	}
	sum := math.Exp(-most)
	for i, z := range p {
		p[i] = math.Exp(z - most)
		sum += p[i]
	}
	for i := range p {
		p[i] /= sum
	}
}

// Short ends the names of scales for short texts, in which the same words are surer.
const Short = " short"

// Judge answers all questions for a candidate of a field, with the scale of that name.
func (m *Model) Judge(s Scope, scale string, row *Row) Judgment {
	var sum [nQuestions]float32
	for i, f := range row.Features {
		m.add(&sum, scoped(s.kind, f), row.Values[i])
		m.add(&sum, scoped(s.field, f), row.Values[i])
	}
	var out Judgment
	scales := m.scales[scale]
	for q := range sum {
		z := float64(sum[q]) / weightUnit
		if scales != nil {
			z = float64(scales[q].a)*z + float64(scales[q].b)
		}
		out[q] = 1 / (1 + math.Exp(-max(-30, min(30, z))))
	}
	return out
}

// Threshold is the probability from which a value is asserted, by the name of its scale:
// a field, or a field in short texts, which has that of the field unless it has its own.
func (m *Model) Threshold(scale string) float64 {
	if t, ok := m.thresholds[scale]; ok {
		return t
	}
	if t, ok := m.thresholds[strings.TrimSuffix(scale, Short)]; ok {
		return t
	}
	return defaultThreshold
}

const defaultThreshold = 0.8
