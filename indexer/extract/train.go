package extract

import (
	"bytes"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"sort"
	"strings"

	"incidex/data"
)

// Sample is a text whose class is one of the allowed ones.
type Sample struct {
	Title, Text string
	Allowed     []string
	// Weight is how much the sample counts; 1 is usual.
	Weight float64
	// Name is set where Text is no more than a name, which is the victim's then.
	Name string
}

const (
	// minFeature is the number of samples that a feature must occur in.
	minFeature = 4
	// trainRounds is the number of passes over the samples.
	trainRounds = 25
	// trainRate is the step of the first pass.
	trainRate = 0.25
	// trainDecay pulls weights to zero.
	trainDecay = 3e-3
	// leastWeight is the largest weight of a feature that is left out.
	leastWeight = 0.2
	// numberedScale and victimScale are how much more than a word the numbered
	// features and the words of the victim's name count; held-back folds chose them.
	numberedScale = 3
	victimScale   = 1.5
)

// Train learns the weights of a linear model and returns them as a table. Equal
// samples give an equal table. With sectors, the phrases of the sector lexicon are
// features besides words.
func Train(classes []string, samples []Sample, withSectors bool) []byte {
	r := newSampleReader(New(), withSectors)
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
	scales := make([]float64, len(names))
	for j, n := range names {
		switch {
		case strings.HasPrefix(n, numberMark):
			scales[j] = numberedScale
		case strings.HasPrefix(n, victimMark):
			scales[j] = victimScale
		default:
			scales[j] = 1
		}
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
					p[k] += weights[j][k] * scales[j]
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
					g := (p[k]/total-want)*scale*scales[j]*samples[i].Weight + trainDecay*weights[j][k]
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
		if j > 0 && (slices.Max(weights[j])-slices.Min(weights[j]))*scales[j] < leastWeight*2 {
			continue
		}
		fmt.Fprintf(&out, "\n%s", n)
		for _, w := range weights[j] {
			fmt.Fprintf(&out, "\t%d", int(math.Round(w*scales[j]*100)))
		}
	}
	out.WriteByte('\n')
	return out.Bytes()
}

// sampleReader finds the features of samples.
type sampleReader struct {
	x       *Extractor
	d       *document
	sectors *sectorRules // nil for the features of words only
}

func newSampleReader(x *Extractor, withSectors bool) *sampleReader {
	r := &sampleReader{x: x, d: &document{lex: x.lex}}
	for _, f := range x.families {
		if s, ok := f.(*sectorRules); ok && withSectors {
			r.sectors = s
		}
	}
	return r
}

// read reads a sample and returns its victim.
func (r *sampleReader) read(s Sample) candidate {
	d := r.d
	if s.Name != "" {
		d.reset()
		d.load(&data.Article{Text: "The " + s.Name + " " + s.Text})
		d.tells = make([]int32, len(d.sents))
		end := sort.Search(len(d.tokens), func(i int) bool { return int(d.tokens[i].start) >= len("The "+s.Name) })
		return candidate{from: 1, to: end}
	}
	r.x.read(d, &data.Article{Title: s.Title, Text: s.Text})
	if !d.hasSubject() {
		d.tells = make([]int32, len(d.sents))
	}
	victim, _ := d.victimClaim()
	return victim
}

// features returns the distinct features of a sample, in order.
func (r *sampleReader) features(s Sample) []string {
	d := r.d
	victim := r.read(s)
	seen := map[string]bool{}
	var out []string
	add := func(f string) {
		if !seen[f] {
			seen[f] = true
			out = append(out, f)
		}
	}
	read := 0
	for n, sent := range d.sents {
		if d.tells[n] != 0 {
			continue
		}
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
	if r.sectors == nil {
		return out
	}
	for _, t := range d.tokens[victim.from:victim.to] {
		if t.end-t.start <= maxWord {
			add(victimMark + string(foldWord(nil, d.buf[t.start:t.end])))
		}
	}
	extras := r.sectors.lexicon.features(d)
	if s.Name == "" {
		extras = r.sectors.extras(d, victim)
	}
	for _, f := range extras {
		add(fmt.Sprint(numberMark, f))
	}
	return out
}

// Classify returns the class that a table of weights gives each sample, as the
// extractor would choose it.
func Classify(table []byte, samples []Sample, withSectors bool) ([]string, error) {
	b := newBuilder()
	x := newExtractor(b)
	m, err := newLinear(b, string(table))
	if err != nil {
		return nil, err
	}
	r := newSampleReader(x, withSectors)
	out := make([]string, len(samples))
	for i, s := range samples {
		victim := r.read(s)
		var extra []int32
		if withSectors {
			extra = r.sectors.extras(r.d, victim)
		} else {
			victim = candidate{}
		}
		p, best, _, _ := m.score(r.d, ownStory(r.d), extra, victim.from, victim.to)
		out[i] = m.classes[m.known(&p, best)]
	}
	return out, nil
}
