package roles

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
)

// Example is a candidate with its features and answers.
type Example struct {
	// Article is its article, Group what is never split between folds (articles on
	// one incident).
	Article, Group string
	// Kind and Field are its scope.
	Kind, Field string
	// Scale names the scale of its answers: the field, or the field in short texts.
	Scale string
	// Names are its features.
	Names []string
	// Values are their values.
	Values []float32
	// Answers are 1 for yes, 0 for no, -1 where it is not known.
	Answers [nQuestions]int8
	// Weight is how much it counts.
	Weight float64
	// Fold is the part that it is held back with; Held is what weights that did not
	// see it answer.
	// Fit is what weights that saw it answer.
	Fold      int
	Held, Fit Judgment
	Sums      [nQuestions]float64
	fit       [nQuestions]float64
	// ids are its features among those that are learned.
	ids    []int32
	values []float64
}

// Constants of the learning, chosen on held-back folds.
const (
	learnFolds = 5
	// leastArticles is the number of articles that a feature must occur in.
	leastArticles = 4
	learnRounds   = 14
	learnRate     = 0.05
	// ridge draws weights to zero: it is the strength of a squared penalty, once for
	// all examples.
	ridge = 30
	// leastWeight is the largest weight that is left out.
	leastWeight = 0.02
)

// Learner holds what Learn found.
type Learner struct {
	names   []string // scope, tab, feature
	weights [][nQuestions]float32
	scales  map[string][nQuestions]scale
	// Thresholds are written with the weights.
	Thresholds map[string]float64
}

// Learn learns the weights from all examples, and answers each example with weights
// that were learned without its fold.
func Learn(examples []*Example) *Learner {
	l := &Learner{scales: map[string][nQuestions]scale{}, Thresholds: map[string]float64{}}
	l.index(examples)
	for fold := range learnFolds {
		for q := range nQuestions {
			w := l.fit(examples, q, fold)
			for _, e := range examples {
				if e.Fold == fold {
					e.Sums[q] = sum(w, e)
				}
			}
		}
	}
	l.weights = make([][nQuestions]float32, len(l.names))
	for q := range nQuestions {
		w := l.fit(examples, q, -1)
		for i := range w {
			l.weights[i][q] = float32(w[i])
		}
		for _, e := range examples {
			e.fit[q] = sum(w, e)
		}
	}
	l.calibrate(examples)
	l.answer(examples, func(e *Example) *[nQuestions]float64 { return &e.Sums }, func(e *Example) *Judgment { return &e.Held })
	l.answer(examples, func(e *Example) *[nQuestions]float64 { return &e.fit }, func(e *Example) *Judgment { return &e.Fit })
	return l
}

// answer turns sums into judgments.
func (l *Learner) answer(examples []*Example, sums func(*Example) *[nQuestions]float64, to func(*Example) *Judgment) {
	for _, e := range examples {
		for q := range nQuestions {
			s := l.scales[e.Scale][q]
			to(e)[q] = logistic(float64(s.a)*sums(e)[q] + float64(s.b))
		}
	}
	for _, list := range rivalsOf(examples) {
		p := make([]float64, 0, len(list))
		var of []*Example
		for _, e := range list {
			if e.Answers[Head] >= 0 {
				s := l.scales[e.Scale][Head]
				p, of = append(p, float64(s.a)*sums(e)[Head]+float64(s.b)), append(of, e)
			}
		}
		choose(p)
		for i, e := range of {
			to(e)[Head] = p[i]
		}
	}
}

// index numbers the features.
func (l *Learner) index(examples []*Example) {
	type seen struct {
		n    int
		last string
	}
	count := map[string]*seen{}
	each := func(e *Example, f func(name string, value float64)) {
		for i, n := range e.Names {
			f(common+e.Kind+"\t"+n, float64(e.Values[i]))
			f(e.Field+"\t"+n, float64(e.Values[i]))
		}
	}
	for _, e := range examples {
		each(e, func(name string, _ float64) {
			s := count[name]
			if s == nil {
				s = &seen{}
				count[name] = s
			}
			if s.last != e.Article {
				s.n, s.last = s.n+1, e.Article
			}
		})
	}
	ids := map[string]int32{}
	for name, s := range count {
		if s.n >= leastArticles {
			l.names = append(l.names, name)
		}
	}
	slices.Sort(l.names)
	for i, n := range l.names {
		ids[n] = int32(i)
	}
	for _, e := range examples {
		e.ids, e.values = e.ids[:0], e.values[:0]
		each(e, func(name string, value float64) {
			if i, ok := ids[name]; ok {
				e.ids, e.values = append(e.ids, i), append(e.values, value)
			}
		})
	}
}

func sum(w []float64, e *Example) float64 {
	s := 0.0
	for k, i := range e.ids {
		s += w[i] * e.values[k]
	}
	return s
}

func logistic(z float64) float64 { return 1 / (1 + math.Exp(-z)) }

// fit learns the weights of one question from all folds but one.
func (l *Learner) fit(examples []*Example, q Question, without int) []float64 {
	w, g2 := make([]float64, len(l.names)), make([]float64, len(l.names))
	var order []*Example
	for _, e := range examples {
		if e.Fold != without && e.Answers[q] >= 0 {
			order = append(order, e)
		}
	}
	decay := make([]float64, len(l.names)) // of a weight, each time that its feature is met
	for _, e := range order {
		for _, i := range e.ids {
			decay[i]++
		}
	}
	for i, n := range decay {
		decay[i] = ridge / max(1, n)
	}
	step := func(e *Example, g float64) {
		for k, i := range e.ids {
			gi := g*e.values[k] + decay[i]*w[i]
			g2[i] += gi * gi
			w[i] -= learnRate / math.Sqrt(1e-6+g2[i]) * gi
		}
	}
	var rivals [][]*Example
	if q == Head {
		rivals, order = rivalsOf(order), nil
	}
	random := rand.New(rand.NewPCG(5, uint64(q)))
	total := make([]float64, len(l.names)) // of the last rounds, which are averaged
	averaged := 0
	for round := range learnRounds {
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, e := range order {
			step(e, (logistic(sum(w, e))-float64(e.Answers[q]))*e.Weight)
		}
		random.Shuffle(len(rivals), func(i, j int) { rivals[i], rivals[j] = rivals[j], rivals[i] })
		for _, list := range rivals {
			p, want := choice(list, func(e *Example) float64 { return sum(w, e) })
			for k, e := range list {
				step(e, (p[k]-want[k])*e.Weight)
			}
		}
		if round >= learnRounds*2/3 {
			averaged++
			for i := range w {
				total[i] += w[i]
			}
		}
	}
	for i := range total {
		total[i] /= float64(averaged)
		if math.Abs(total[i]) < leastWeight/4 {
			total[i] = 0
		}
	}
	return total
}

// rivalsOf are the candidates of each article for each field.
func rivalsOf(examples []*Example) (out [][]*Example) {
	type key struct{ article, field string }
	at := map[key]int{}
	for _, e := range examples {
		k := key{e.Article, e.Field}
		i, ok := at[k]
		if !ok {
			i = len(out)
			at[k] = i
			out = append(out, nil)
		}
		out[i] = append(out[i], e)
	}
	return out
}

// choice returns the probabilities of rivals to be the head, as Model.Choose, and
// what they should be: those that are right share what there is.
func choice(list []*Example, score func(*Example) float64) (p, want []float64) {
	p, want = make([]float64, len(list)), make([]float64, len(list))
	for i, e := range list {
		p[i] = score(e)
	}
	choose(p)
	right := 0.0
	for i, e := range list {
		if e.Answers[Head] == 1 {
			right += p[i]
		}
	}
	for i, e := range list {
		if e.Answers[Head] == 1 {
			want[i] = p[i] / right
		}
	}
	return p, want
}

// calibrate fits the scales of each field and question to the held-back answers,
// drawn to those of all fields.
func (l *Learner) calibrate(examples []*Example) {
	var fields []string
	for _, e := range examples {
		if !slices.Contains(fields, e.Scale) {
			fields = append(fields, e.Scale)
		}
	}
	slices.Sort(fields)
	for q := range nQuestions {
		if q == Head {
			all := temper(examples, "", scale{1, 0})
			for _, f := range fields {
				s := l.scales[f]
				s[q] = temper(examples, f, all)
				l.scales[f] = s
			}
			continue
		}
		all := platt(examples, q, "", scale{1, 0})
		for _, f := range fields {
			s := l.scales[f]
			s[q] = platt(examples, q, f, all)
			l.scales[f] = s
		}
	}
}

// temper fits the scale of the choice among rivals, drawn to prior, by descent.
func temper(examples []*Example, field string, prior scale) scale {
	var list []*Example
	for _, e := range examples {
		if e.Answers[Head] >= 0 && (field == "" || e.Scale == field) {
			list = append(list, e)
		}
	}
	groups := rivalsOf(list)
	a, b := float64(prior.a), float64(prior.b)
	const draw, rounds = 4.0, 60
	for round := range rounds {
		ga, gb := draw*(a-float64(prior.a)), draw*(b-float64(prior.b))
		for _, g := range groups {
			p, want := choice(g, func(e *Example) float64 { return a*e.Sums[Head] + b })
			for k, e := range g {
				d := (p[k] - want[k]) * e.Weight
				ga, gb = ga+d*e.Sums[Head], gb+d
			}
		}
		rate := 2 / float64(10+round) / float64(len(groups)+10)
		a, b = max(.05, a-max(-.1, min(.1, rate*ga))), b-max(-.3, min(.3, rate*gb*4))
	}
	return scale{float32(a), float32(b)}
}

// platt fits a scale by Newton's method, drawn to prior.
func platt(examples []*Example, q Question, field string, prior scale) scale {
	const draw = 4.0
	a, b := float64(prior.a), float64(prior.b)
	for range 30 {
		ga, gb := draw*(a-float64(prior.a)), draw*(b-float64(prior.b))
		haa, hab, hbb := draw, 0.0, draw
		for _, e := range examples {
			if e.Answers[q] < 0 || field != "" && e.Scale != field {
				continue
			}
			z := e.Sums[q]
			p := logistic(a*z + b)
			d := (p - float64(e.Answers[q])) * e.Weight
			v := p * (1 - p) * e.Weight
			ga, gb = ga+d*z, gb+d
			haa, hab, hbb = haa+v*z*z, hab+v*z, hbb+v
		}
		det := haa*hbb - hab*hab
		a -= max(-.2, min(.2, (hbb*ga-hab*gb)/det))
		b -= max(-.5, min(.5, (haa*gb-hab*ga)/det))
		a = max(a, .02)
	}
	return scale{float32(a), float32(b)}
}

// Write writes the weights in the form that Read reads.
func (l *Learner) Write(w io.Writer) error {
	var out strings.Builder
	var fields []string
	for f := range l.scales {
		fields = append(fields, f)
	}
	slices.SortFunc(fields, cmp.Compare[string])
	for _, f := range fields {
		for q, s := range l.scales[f] {
			fmt.Fprintf(&out, "scale\t%s\t%s\t%.4f\t%.4f\n", f, questionNames[q], s.a, s.b)
		}
	}
	for _, f := range slices.Sorted(maps.Keys(l.Thresholds)) {
		if t, ok := l.Thresholds[f]; ok {
			fmt.Fprintf(&out, "threshold\t%s\t%.3f\n", f, t)
		}
	}
	for i, n := range l.names {
		row := l.weights[i]
		if slices.MaxFunc(row[:], func(a, b float32) int { return cmp.Compare(math.Abs(float64(a)), math.Abs(float64(b))) }) == 0 {
			continue
		}
		most := 0.0
		for _, x := range row {
			most = max(most, math.Abs(float64(x)))
		}
		if most < leastWeight {
			continue
		}
		out.WriteString("weight\t" + n)
		for _, x := range row {
			fmt.Fprintf(&out, "\t%d", int(math.Round(float64(x)*weightUnit)))
		}
		out.WriteByte('\n')
	}
	_, err := io.WriteString(w, out.String())
	return err
}
