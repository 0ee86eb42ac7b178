package extract

import (
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"incidex/data"
)

// Lesson is an article with its answers, to learn weights from.
type Lesson struct {
	Article *data.Article
	// Set names the collection that the article is from; figures are printed by set.
	Set string
	// Weight is how much the lesson counts, 1 for an ordinary one.
	Weight float64
	// Victim reports whether a name is that of the victim; nil when it is not known.
	Victim func(name string) bool
	// Records reports whether a number is the main count; nil when it is not known.
	Records func(number float64) bool
	// Counts reports whether a number is one of the incident's counts; nil when it is not known.
	Counts func(number float64) bool
	// CountWeight is how much a number that Counts rejects counts as none of the incident's.
	CountWeight float64
	// Mentioned reports whether a name is that of the victim of an incident that the
	// article mentions as background; nil when it is not known.
	Mentioned func(name string) bool
	// MentionedWeight is how much the lesson counts for Mentioned.
	MentionedWeight float64
	// IncidentWeight is how much the lesson counts for Incident.
	IncidentWeight float64
	// Incident is 1 when the article is about an incident, -1 when it is not, 0 when it is not known.
	Incident int
}

// Constants of the learning.
const (
	learnFolds  = 5
	learnRounds = 60
	learnRate   = 0.15
	learnSeed   = 7
	// The decays draw the weights of a model to 0; held-back folds chose them.
	victimDecay  = 1e-3
	countDecay   = 5e-3
	mentionDecay = 1.7e-3
	storyDecay   = 1e-3
	// curveWeight is the weight from which a choice counts in the curve.
	curveWeight = 0.5
)

// choice is one decision: rows of features, of which some are right.
type choice struct {
	rows   [][]float32
	right  []bool
	weight float64
	set    string
	id     string
	// names say what the rows are, and said is the row that held-back weights choose.
	names []string
	said  int
	fold  int
	// ok is whether held-back weights decide rightly.
	ok, yes bool
	score   float64
	// bonus is added to every score, extra to that of each row; the learning does not
	// see them.
	bonus float64
	extra []float64
}

// Learn learns the weights of all models and returns them in the form of the
// weights file. It reports figures on held-back folds, and lists the mistakes made
// on the set named wrong. The result depends on the
// lessons and their order only.
func Learn(lessons []Lesson, report io.Writer, wrong string) string {
	x := New()
	var victims, records, counts, mentions, stories []choice
	var papers []paper
	for _, l := range lessons {
		d := &document{lex: x.lex, learning: true}
		x.read(d, l.Article)
		fold := int(hashBytes([]byte(l.Article.ID)) % learnFolds)
		base := choice{weight: l.Weight, set: l.Set, id: l.Article.ID, fold: fold}
		if l.Victim != nil {
			c := base
			for i := range d.orgs {
				if d.orgs[i].alias == i {
					c.rows = append(c.rows, slices.Clone(d.orgs[i].feats[:]))
					c.names = append(c.names, x.orgs.nameOf(d, i))
					c.extra = append(c.extra, d.standing(i)-dot(x.stories.victims.weights, d.orgs[i].feats[:]))
					c.right = append(c.right, (l.Set != "casie" || d.orgs[i].class != orgPlace) && l.Victim(x.orgs.nameOf(d, i)))
				}
			}
			victims = append(victims, c)
		}
		if l.Records != nil {
			c := base
			for i := range d.counts {
				c.rows = append(c.rows, slices.Clone(d.counts[i].feats[:]))
				c.names = append(c.names, fmt.Sprint(d.counts[i].value))
				c.right = append(c.right, l.Records(d.counts[i].value))
			}
			records = append(records, c)
		}
		if l.Counts != nil {
			for i := range d.counts {
				c := base
				c.rows, c.right = [][]float32{slices.Clone(d.counts[i].feats[:])}, []bool{l.Counts(d.counts[i].value)}
				c.weight *= l.CountWeight
				if c.weight == 0 && !c.right[0] {
					continue // only the main count is known
				}
				c.weight = max(c.weight, .25)
				counts = append(counts, c)
			}
		}
		if l.Mentioned != nil {
			for i := range d.orgs {
				name := x.orgs.nameOf(d, i)
				if d.orgs[i].alias == i && d.orgs[i].class != orgActor && d.orgs[i].class != orgMalware && d.orgs[i].class != orgPerson && (l.Victim == nil || !l.Victim(name)) {
					c := base
					c.weight *= l.MentionedWeight
					c.rows, c.right = [][]float32{slices.Clone(d.rows[i][:])}, []bool{l.Mentioned(name)}
					mentions = append(mentions, c)
				}
			}
		}
		if l.Incident != 0 {
			c := base
			c.weight = l.IncidentWeight
			c.rows, c.right = [][]float32{slices.Clone(d.about[:])}, []bool{l.Incident > 0}
			stories = append(stories, c)
			if l.Set == "judged" || l.Set == "casie" || l.Set == "groups" || l.Set == "noise" || l.Set == "ndh" || l.Set == "thn" || l.Set == "sample" {
				papers = append(papers, paper{d.bagWords(), l.Incident > 0, l.IncidentWeight, fold})
			} else {
				papers = append(papers, paper{d.bagWords(), l.Incident > 0, l.IncidentWeight / 2, fold})
			}
		}
	}
	var out strings.Builder
	for _, m := range []struct {
		name   string
		n      int
		list   []choice
		binary bool
		decay  float64
	}{{"victim", nVictimFeatures, victims, false, victimDecay}, {"records", nCountFeatures, records, false, countDecay}, {"count", nCountFeatures, counts, true, countDecay},
		{"mention", nMentionFeatures, mentions, true, mentionDecay}, {"story", nStoryFeatures, stories, true, storyDecay}} {
		for fold := range learnFolds {
			w := fit(m.list, m.n, fold, m.binary, m.decay)
			if m.name == "story" {
				words := fitBag(papers, fold)
				for i := range m.list {
					m.list[i].bonus = sumOf(words, papers[i].words)
				}
			}
			tally(m.list, w, fold, m.binary)
		}
		fmt.Fprintf(report, "%s\n", m.name)
		printTallies(report, m.list, wrong)
		if m.binary {
			printCurve(report, m.list)
		}
		for i, w := range fit(m.list, m.n, -1, m.binary, m.decay) {
			if math.Abs(w) >= 0.005 {
				fmt.Fprintf(&out, "%s %d %.3f\n", m.name, i, w)
			}
		}
	}
	writeBag(&out, fitBag(papers, -1))
	return out.String()
}

// fit learns weights from all folds but one.
func fit(list []choice, n, without int, binary bool, decay float64) []float64 {
	w, g2 := make([]float64, n), make([]float64, n)
	order := make([]int, 0, len(list))
	for i := range list {
		if list[i].fold != without && len(list[i].rows) > 0 && (binary || slices.Contains(list[i].right, true)) {
			order = append(order, i)
		}
	}
	random := rand.New(rand.NewPCG(learnSeed, learnSeed))
	grad := make([]float64, n)
	for range learnRounds {
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			clear(grad)
			gradient(&list[i], w, grad, binary)
			for k, g := range grad {
				if g == 0 && w[k] == 0 {
					continue
				}
				g += decay * w[k]
				g2[k] += g * g
				w[k] -= learnRate * g / (math.Sqrt(g2[k]) + 1e-6)
			}
		}
	}
	return w
}

// gradient adds the gradient of the log-likelihood of the right rows.
func gradient(c *choice, w, grad []float64, binary bool) {
	if binary {
		p := sigmoid(dot(w, c.rows[0]))
		if c.right[0] {
			p--
		}
		for k, f := range c.rows[0] {
			grad[k] += c.weight * p * float64(f)
		}
		return
	}
	p := make([]float64, len(c.rows))
	high := math.Inf(-1)
	for i, r := range c.rows {
		p[i] = dot(w, r)
		high = max(high, p[i])
	}
	all, right := 0.0, 0.0
	for i := range p {
		p[i] = math.Exp(p[i] - high)
		all += p[i]
		if c.right[i] {
			right += p[i]
		}
	}
	for i, r := range c.rows {
		q := p[i] / all
		if c.right[i] {
			q -= p[i] / max(right, 1e-12)
		}
		if q == 0 {
			continue
		}
		for k, f := range r {
			if f != 0 {
				grad[k] += c.weight * q * float64(f)
			}
		}
	}
}

func sigmoid(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// tally notes for the choices of a fold whether the weights decide rightly: 1 or 0
// in weight's place of a copy.
func tally(list []choice, w []float64, fold int, binary bool) {
	for i := range list {
		c := &list[i]
		if c.fold != fold {
			continue
		}
		best, score := -1, math.Inf(-1)
		for k, r := range c.rows {
			s := dot(w, r) + c.bonus
			if c.extra != nil {
				s += c.extra[k]
			}
			if s > score {
				best, score = k, s
			}
		}
		c.said = best
		if binary {
			c.names = []string{fmt.Sprintf("%.2f", score)}
			c.score = score
			c.yes = score > 0
			c.ok = c.yes == c.right[0]
		} else {
			c.ok = best >= 0 && c.right[best]
		}
	}
}

// printCurve prints precision and recall of the yes at several probabilities.
func printCurve(report io.Writer, list []choice) {
	for _, p := range []float64{.1, .15, .2, .3, .4, .5, .6, .7, .8} {
		said, hit, all := 0.0, 0.0, 0.0
		for _, c := range list {
			if c.weight < curveWeight {
				continue
			}
			if c.right[0] {
				all++
			}
			if sigmoid(c.score) >= p {
				said++
				if c.right[0] {
					hit++
				}
			}
		}
		for _, set := range []string{"judged", "casie", "ndh", "thn", "sample"} {
			n, ok := 0, 0
			for _, c := range list {
				if c.set == set {
					n++
					if (sigmoid(c.score) >= p) == c.right[0] {
						ok++
					}
				}
			}
			if n > 0 {
				fmt.Fprintf(report, "  %s at %.1f right %.4f", set, p, float64(ok)/float64(n))
			}
		}
		fmt.Fprintf(report, "  at %.1f: precision %.3f recall %.3f f1 %.3f\n", p, hit/max(1, said), hit/max(1, all), 2*hit/max(1, said+all))
	}
}

func printTallies(report io.Writer, list []choice, wrong string) {
	type figures struct{ n, ok, possible, said, hit int }
	by, names := map[string]*figures{}, []string{}
	for _, c := range list {
		f := by[c.set]
		if f == nil {
			f = &figures{}
			by[c.set] = f
			names = append(names, c.set)
		}
		f.n++
		if c.ok {
			f.ok++
		}
		if slices.Contains(c.right, true) {
			f.possible++
		}
		if c.yes {
			f.said++
			if c.right[0] {
				f.hit++
			}
		}
	}
	if wrong != "" {
		for _, c := range list {
			if c.set == wrong && !c.ok {
				want := "-"
				for i := range c.right {
					if c.right[i] {
						want = c.names[i]
					}
				}
				said := "-"
				if c.said >= 0 {
					said = c.names[c.said]
				}
				fmt.Fprintf(report, "    %s said %q want %q\n", c.id, said, want)
			}
		}
	}
	for _, name := range names {
		f := by[name]
		fmt.Fprintf(report, "  %-10s held back %.4f  possible %.4f (%d)  said yes %d, rightly %d of %d\n", name, float64(f.ok)/float64(f.n), float64(f.possible)/float64(f.n), f.n, f.said, f.hit, f.possible)
	}
}
