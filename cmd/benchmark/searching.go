package main

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"time"
)

const (
	// warmUp is the number of rounds that are not counted.
	warmUp = 2
	// leastRounds and mostTime bound the rounds of a question: those of a slow
	// engine end after mostTime, but not before leastRounds.
	leastRounds = 5
	mostTime    = 4 * time.Second
)

// times are the measured times of one question to one engine, sorted.
type times []time.Duration

// at is a quantile, 0 when there is no time.
func (t times) at(q float64) time.Duration {
	if len(t) == 0 {
		return 0
	}
	return t[min(int(q*float64(len(t))), len(t)-1)]
}

// asked is one question and what the engines made of it, in their order.
type asked struct {
	question question
	times    []times
	totals   []int
	problem  string // where engines disagree
}

// askAll asks each question of each engine in turn, round by round.
func askAll(ctx context.Context, engines []engine, list []question, rounds int) ([]asked, error) {
	out := make([]asked, len(list))
	for i, q := range list {
		a := asked{question: q, times: make([]times, len(engines)), totals: make([]int, len(engines))}
		answers := make([]answer, len(engines))
		spent := make([]time.Duration, len(engines))
		for round := range warmUp + rounds {
			for j, e := range engines {
				if round >= warmUp+leastRounds && spent[j] > mostTime {
					continue
				}
				start := time.Now()
				got, err := e.ask(ctx, q)
				d := time.Since(start)
				if err != nil {
					return nil, fmt.Errorf("ask %s %q: %w", e.name(), q.name, err)
				}
				answers[j], a.totals[j] = got, got.total
				spent[j] += d
				if round >= warmUp {
					a.times[j] = append(a.times[j], d)
				}
			}
		}
		for _, t := range a.times {
			slices.Sort(t)
		}
		a.problem = disagreement(answers)
		out[i] = a
	}
	return out, nil
}

// disagreement compares the counts of the first two engines, "" when each value
// that both list is counted alike.
func disagreement(answers []answer) string {
	if len(answers) < 2 {
		return ""
	}
	if first, second := answers[0].counts, answers[1].counts; first != nil && second != nil {
		type value struct{ field, value string }
		ours := map[value]int{}
		for _, c := range first() {
			ours[value{c.field, c.value}] = c.articles
		}
		for _, c := range second() {
			if n, ok := ours[value{c.field, c.value}]; ok && n != c.articles && slices.Contains(termFacets, c.field) {
				return fmt.Sprintf("%s=%s: %d and %d", c.field, c.value, n, c.articles)
			}
		}
	}
	if a, b := answers[0].total, answers[1].total; a != b {
		return fmt.Sprintf("total: %d and %d", a, b)
	}
	return ""
}

// onceRounds is the number of questions of each kind that are asked once.
const onceRounds = 60

// askOnce asks questions of words that were not asked for before, each once, of the
// engines in turn.
func askOnce(ctx context.Context, engines []engine, w *words, seed uint64) ([]times, error) {
	out := make([]times, len(engines))
	r := rand.New(rand.NewPCG(seed, onceRounds))
	word := func() string { return w.in(math.Pow(10, -3+2.4*r.Float64()), wordsInText) } // in 0.1 to 25 % of the texts
	for i := range onceRounds {
		for _, q := range []question{
			{name: "one", all: []string{word()}}, {name: "two", all: []string{word(), word()}},
			{name: "four", all: []string{word(), word(), word(), word()}}, {name: "phrase", phrase: word() + " " + word()},
		} {
			for j := range engines {
				j = (i + j) % len(engines)
				start := time.Now()
				if _, err := engines[j].ask(ctx, q); err != nil {
					return nil, fmt.Errorf("ask %s %s once: %w", engines[j].name(), q.name, err)
				}
				out[j] = append(out[j], time.Since(start))
			}
		}
	}
	for _, t := range out {
		slices.Sort(t)
	}
	return out, nil
}
