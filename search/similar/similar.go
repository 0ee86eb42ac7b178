// Package similar finds incidents that are comparable by structure: same sector,
// attack, vector, actor, data, country and law, and a like number of records. Every
// point of a score comes with its reason in words, and the caller sets the weights.
//
// An Index keeps, for every value of every fact, the list of incidents that have
// it. A search walks the lists of the values of the incident asked for, so its cost
// grows with the number of incidents that share something, and only the best
// matches are explained. Compare is the plain definition of the score.
package similar

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"incidex/data"
	"incidex/data/vocab"
)

// Facts are what incidents are compared by. Lists have no order.
type Facts struct {
	ID        string   `json:"id"`
	Sectors   []string `json:"sectors,omitempty"`
	Attacks   []string `json:"attacks,omitempty"`
	Vectors   []string `json:"vectors,omitempty"`
	Actors    []string `json:"actors,omitempty"`
	DataTypes []string `json:"data_types,omitempty"`
	Countries []string `json:"countries,omitempty"`
	Laws      []string `json:"laws,omitempty"`
	// Records is the number of records, 0 when it is not known.
	Records float64 `json:"records,omitempty"`
}

// FactsOf takes the facts out of a record: what is chosen and stated as a fact.
func FactsOf(r *data.Record) Facts {
	f := Facts{ID: r.ID}
	for i, list := range f.lists() {
		if rec := r.Field(kinds[i].field); rec != nil {
			for _, c := range rec.Chosen {
				if c.Asserted() && c.Value != "" {
					*list = append(*list, c.Value)
				}
			}
		}
	}
	if rec := r.Field(data.Records); rec != nil && len(rec.Chosen) > 0 && rec.Chosen[0].Number != nil && rec.Chosen[0].Unit != "bytes" {
		f.Records = *rec.Chosen[0].Number
	}
	return f
}

// kinds are the facts that are lists, in the order of Facts.lists.
var kinds = []struct {
	field  data.Field
	one    string // before a single shared value
	weight func(*Weights) *float64
}{
	{data.Sector, "same sector ", func(w *Weights) *float64 { return &w.Sector }},
	{data.Attack, "both ", func(w *Weights) *float64 { return &w.Attack }},
	{data.Vector, "both through ", func(w *Weights) *float64 { return &w.Vector }},
	{data.Actor, "both by ", func(w *Weights) *float64 { return &w.Actor }},
	{data.DataType, "both lost ", func(w *Weights) *float64 { return &w.DataType }},
	{data.Country, "same country ", func(w *Weights) *float64 { return &w.Country }},
	{data.Law, "both under ", func(w *Weights) *float64 { return &w.Law }},
}

const listKinds = 7

func (f *Facts) lists() [listKinds]*[]string {
	return [listKinds]*[]string{&f.Sectors, &f.Attacks, &f.Vectors, &f.Actors, &f.DataTypes, &f.Countries, &f.Laws}
}

// Weights say how much each fact counts. A list of which only a part is shared
// counts by the share of the values of both that are common.
type Weights struct {
	Sector   float64 `json:"sector"`
	Attack   float64 `json:"attack"`
	Vector   float64 `json:"vector"`
	Actor    float64 `json:"actor"`
	DataType float64 `json:"data_type"`
	Country  float64 `json:"country"`
	Law      float64 `json:"law"`
	// Size is for numbers of records within Near times of each other; half of it
	// for those within Far times.
	Size float64 `json:"size"`
	// Text is for the text score that the caller brings.
	Text float64 `json:"text"`
}

// Default are the weights used when the caller sets none.
var Default = Weights{Sector: 0.30, Attack: 0.25, Vector: 0.10, Actor: 0.20, DataType: 0.20, Country: 0.10, Law: 0.05, Size: 0.20, Text: 0.30}

// The factors of Weights.Size, inclusive.
const (
	Near = 2.0
	Far  = 10.0
)

// Match is a comparable incident.
type Match struct {
	ID    string  `json:"id"`
	Score float64 `json:"score"`
	// Contributions add up to Score, the greatest first.
	Contributions []Contribution `json:"contributions"`
}

// Contribution is one reason of a score.
type Contribution struct {
	// Fact is a field, or "text".
	Fact string `json:"fact"`
	// Words is the reason for a reader, such as "same sector Retail trade".
	Words string  `json:"words"`
	Score float64 `json:"score"`
}

// String is the reason with its score: "same sector Retail trade +0.30".
func (c Contribution) String() string { return fmt.Sprintf("%s %+.2f", c.Words, c.Score) }

// Compare scores two incidents; text is the caller's text score, 0 to 1. It is
// symmetric.
func Compare(a, b Facts, w Weights, text float64) Match {
	m := Match{ID: b.ID, Contributions: []Contribution{}}
	add := func(fact, words string, score float64) {
		if score != 0 {
			m.Score += score
			m.Contributions = append(m.Contributions, Contribution{fact, words, score})
		}
	}
	la, lb := a.lists(), b.lists()
	for i, k := range kinds {
		x, y := distinct(*la[i]), distinct(*lb[i])
		var shared []string
		for _, v := range x {
			if slices.Contains(y, v) {
				shared = append(shared, vocab.Label(k.field, v))
			}
		}
		if n := len(shared); n > 0 {
			slices.Sort(shared)
			words := k.one + strings.Join(shared, ", ")
			if union := len(x) + len(y) - n; union > n {
				words += fmt.Sprintf(" (%d of %d)", n, union)
			}
			add(string(k.field), words, *k.weight(&w)*overlap(n, len(x), len(y)))
		}
	}
	switch s := size(a.Records, b.Records); s {
	case 1:
		add(string(data.Records), fmt.Sprintf("records within %g times", Near), w.Size)
	case 0.5:
		add(string(data.Records), fmt.Sprintf("records within %g times", Far), w.Size*s)
	}
	add("text", "like wording", w.Text*text)
	slices.SortStableFunc(m.Contributions, func(a, b Contribution) int { return cmp.Compare(b.Score, a.Score) })
	return m
}

// overlap is the share of the values of two lists that are common.
func overlap(shared, a, b int) float64 { return float64(shared) / float64(a+b-shared) }

// size is the part of Weights.Size that two numbers of records earn.
func size(a, b float64) float64 {
	if a <= 0 || b <= 0 {
		return 0
	}
	switch ratio := math.Max(a, b) / math.Min(a, b); {
	case ratio <= Near:
		return 1
	case ratio <= Far:
		return 0.5
	}
	return 0
}

func distinct(s []string) []string {
	s = slices.Clone(s)
	slices.Sort(s)
	return slices.Compact(s)
}
