package extract

import (
	"bytes"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"

	"incidex/data"
)

// Sample is a text whose class is one of the allowed ones.
type Sample struct {
	Title, Text string
	Allowed     []string
	// Weight is how much the sample counts; 1 is usual.
	Weight float64
}

const (
	// minFeature is the number of samples that a feature must occur in.
	minFeature = 4
	// trainRounds is the number of passes over the samples.
	trainRounds = 25
	// trainRate is the step of the first pass.
	trainRate = 0.25
	// trainDecay pulls weights to zero.
	trainDecay = 1e-3
	// leastWeight is the largest weight of a feature that is left out.
	leastWeight = 0.12
)

// Train learns the weights of a linear model and returns them as a table. Equal
// samples give an equal table. With sectors, the phrases of the sector lexicon are
// features besides words.
func Train(classes []string, samples []Sample, withSectors bool) []byte {
	r := newSampleReader(withSectors)
	texts := make([][]string, len(samples))
	count := map[string]int{}
	for i, s := range samples {
		texts[i] = r.features(s)
		for _, f := range texts[i] {
			count[f]++
		}
	}
	maps.DeleteFunc(count, func(_ string, n int) bool { return n < minFeature })
	names := append([]string{""}, slices.Sorted(maps.Keys(count))...) // the first is the bias
	index := make(map[string]int, len(names))
	for i, n := range names {
		index[n] = i
	}
	weights, squares := make([][]float64, len(names)), make([][]float64, len(names))
	for i := range weights {
		weights[i], squares[i] = make([]float64, len(classes)), make([]float64, len(classes))
	}
	rows := make([][]int, len(samples))
	for i, t := range texts {
		rows[i] = []int{0}
		for _, f := range t {
			if j, ok := index[f]; ok {
				rows[i] = append(rows[i], j)
			}
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range trainRounds {
		for _, i := range random.Perm(len(samples)) {
			scale := 1 / math.Sqrt(float64(len(rows[i])))
			p := make([]float64, len(classes))
			total, allowed := 0.0, 0.0
			for k := range p {
				for _, j := range rows[i] {
					p[k] += weights[j][k]
				}
				p[k] = math.Exp(p[k] * scale)
				total += p[k]
				if slices.Contains(samples[i].Allowed, classes[k]) {
					allowed += p[k]
				}
			}
			for k := range p {
				want := 0.0
				if slices.Contains(samples[i].Allowed, classes[k]) {
					want = p[k] / allowed
				}
				for _, j := range rows[i] {
					g := (p[k]/total-want)*scale*samples[i].Weight + trainDecay*weights[j][k]
					squares[j][k] += g * g
					weights[j][k] -= trainRate * g / math.Sqrt(1e-8+squares[j][k])
				}
			}
		}
	}
	var out bytes.Buffer
	out.WriteString("feature")
	for _, c := range classes {
		fmt.Fprintf(&out, "\t%s", c)
	}
	for j, n := range names {
		if j > 0 && slices.Max(weights[j])-slices.Min(weights[j]) < leastWeight*2 {
			continue
		}
		fmt.Fprintf(&out, "\n%s", n)
		for _, w := range weights[j] {
			fmt.Fprintf(&out, "\t%d", int(math.Round(w*100)))
		}
	}
	out.WriteByte('\n')
	return out.Bytes()
}

// sampleReader finds the features of samples.
type sampleReader struct {
	d       *document
	lexicon *sectorLexicon
}

func newSampleReader(withSectors bool) *sampleReader {
	b := newBuilder()
	r := &sampleReader{d: &document{lex: b.lex}}
	if withSectors {
		r.lexicon = newSectorLexicon(b)
	}
	return r
}

// features returns the distinct features of a sample, in order.
func (r *sampleReader) features(s Sample) []string {
	d := r.d
	d.load(&data.Article{Title: s.Title, Text: s.Text})
	seen := map[string]bool{}
	var out []string
	add := func(f string) {
		if !seen[f] {
			seen[f] = true
			out = append(out, f)
		}
	}
	read := 0
	for _, sent := range d.sents {
		before := ""
		for i := sent.from; i < sent.to && read < maxModelTokens; i++ {
			t := d.tokens[i]
			if !modelWord(t) || t.end-t.start > maxWord {
				before = ""
				continue
			}
			read++
			w := string(foldWord(nil, d.buf[t.start:t.end]))
			add(w)
			if inName(t) {
				add(nameMark + w)
			}
			if before != "" {
				add(before + " " + w)
			}
			before = w
		}
	}
	if r.lexicon != nil {
		for _, f := range r.lexicon.features(d) {
			out = append(out, fmt.Sprintf("#%d", f))
		}
	}
	return out
}

// Classify returns the class that a table of weights gives each sample, as the
// extractor would choose it.
func Classify(table []byte, samples []Sample, withSectors bool) ([]string, error) {
	b := newBuilder()
	m, err := newLinear(b, string(table))
	if err != nil {
		return nil, err
	}
	var lexicon *sectorLexicon
	if withSectors {
		lexicon = newSectorLexicon(b)
	}
	out := make([]string, len(samples))
	d := &document{lex: b.lex}
	for i, s := range samples {
		d.load(&data.Article{Title: s.Title, Text: s.Text})
		var extra []int32
		if withSectors {
			extra = lexicon.features(d)
		}
		p, best, _, _ := m.score(d, func(int32) bool { return true }, extra)
		out[i] = m.classes[m.known(&p, best)]
	}
	return out, nil
}
