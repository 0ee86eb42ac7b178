package main

import (
	"math"
	"math/rand/v2"
	"sort"
	"strings"
)

const (
	// vocabulary is the number of distinct words of the running text.
	vocabulary = 60_000
	// zipfExponent and zipfShift are of the law that English news follows: the word
	// of rank r has a share of about 1 / (r + shift)^exponent.
	zipfExponent = 1.05
	zipfShift    = 2.7
)

// common are the most frequent words, most frequent first; the rest is made up.
var common = strings.Fields(`the to of and a in that for it is was on with as by from at be this
	have has are not or an which their were its but they will had been more can also other one
	data security company said users information customers systems access attack breach network
	attackers accounts new people online software personal hackers after server services million
	email website could some about when used first into service researchers using found`)

// words draws words by Zipf's law.
type words struct {
	list []string
	upTo []float64 // cumulated shares
}

func newWords(seed uint64) *words {
	r := rand.New(rand.NewPCG(seed, 1))
	w := &words{list: append([]string(nil), common...)}
	seen := map[string]bool{}
	for _, s := range w.list {
		seen[s] = true
	}
	for len(w.list) < vocabulary {
		if s := invent(r, 1+r.IntN(3)) + endings[r.IntN(len(endings))]; !seen[s] {
			seen[s] = true
			w.list = append(w.list, s)
		}
	}
	total := 0.0
	w.upTo = make([]float64, len(w.list))
	for i := range w.upTo {
		total += math.Pow(float64(i)+zipfShift, -zipfExponent)
		w.upTo[i] = total
	}
	for i := range w.upTo {
		w.upTo[i] /= total
	}
	return w
}

var (
	onsets  = strings.Fields("b br c ch cl cr d dr f fl g gr h j k l m n p pl pr qu r s sh sl sp st str t th tr v w")
	vowels  = strings.Fields("a e i o u ai ea ee io oa ou")
	codas   = strings.Fields("b ck d ft g l ll m n nd nt p r rd rk rt s ss st t x")
	endings = []string{"", "", "", "", "s", "s", "ed", "ing", "er", "ers", "ly", "al", "tion", "tions", "ment", "ness", "able", "ous", "ive", "ity"}
)

// invent makes up a stem.
func invent(r *rand.Rand, syllables int) string {
	var b strings.Builder
	for range syllables {
		b.WriteString(onsets[r.IntN(len(onsets))])
		b.WriteString(vowels[r.IntN(len(vowels))])
	}
	b.WriteString(codas[r.IntN(len(codas))])
	return b.String()
}

func (w *words) draw(r *rand.Rand) string {
	return w.list[sort.SearchFloat64s(w.upTo, r.Float64())]
}

// sentence draws a sentence of n words.
func (w *words) sentence(r *rand.Rand, b *strings.Builder, n int) {
	for i := range n {
		s := w.draw(r)
		if i == 0 {
			s = capital(s)
		} else {
			b.WriteByte(' ')
		}
		b.WriteString(s)
		if i < n-1 && r.IntN(12) == 0 {
			b.WriteByte(',')
		}
	}
	b.WriteByte('.')
}

// in returns an invented word that stands in about the given share of the texts
// of n words.
func (w *words) in(share float64, n int) string {
	p := 1 - math.Pow(1-share, 1/float64(n))
	return w.list[len(common)+sort.Search(len(w.list)-len(common)-1, func(i int) bool {
		i += len(common)
		return w.upTo[i]-w.upTo[i-1] < p
	})]
}
