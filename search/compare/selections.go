package compare

import (
	"cmp"
	"math"
	"slices"

	"incidex/data"
)

// Selection is what a search says about all incidents that it finds.
type Selection struct {
	// Query is the search, as its user wrote it.
	Query string `json:"query"`
	// Incidents and Articles are the numbers found.
	Incidents int `json:"incidents"`
	Articles  int `json:"articles"`
	// Facets are the counts of incidents by field.
	Facets []Facet `json:"facets,omitempty"`
	// Medians are the middles of numbers, by field and unit.
	Medians []Median `json:"medians,omitempty"`
}

// Facet counts the incidents of a selection by the values of a field.
type Facet struct {
	Field data.Field `json:"field"`
	// Known is the number of incidents that have a value at all.
	Known  int     `json:"known"`
	Values []Count `json:"values"`
}

// Count is the number of incidents with a value.
type Count struct {
	Value string `json:"value"`
	Label string `json:"label"`
	Count int    `json:"count"`
}

// Median is the middle of the numbers of a field.
type Median struct {
	Field data.Field `json:"field"`
	// Unit is a unit, a currency, or "days".
	Unit string `json:"unit"`
	// Known is the number of incidents that have a number in this unit.
	Known  int     `json:"known"`
	Median float64 `json:"median"`
}

// SelectionTable compares two selections.
type SelectionTable struct {
	Generation string           `json:"generation"`
	A          Selection        `json:"a"`
	B          Selection        `json:"b"`
	Facets     []FacetPair      `json:"facets,omitempty"`
	Medians    []MedianPair     `json:"medians,omitempty"`
	Most       []DifferingValue `json:"most_different,omitempty"`
}

// FacetPair is one field of both selections.
type FacetPair struct {
	Field  data.Field `json:"field"`
	Label  string     `json:"label"`
	KnownA int        `json:"known_a"`
	KnownB int        `json:"known_b"`
	// Values are those of either selection, the most frequent first.
	Values []ValuePair `json:"values"`
}

// ValuePair is one value in both selections. Shares are of the incidents whose
// field is known, 0 to 1.
type ValuePair struct {
	Value  string  `json:"value"`
	Label  string  `json:"label"`
	CountA int     `json:"count_a"`
	CountB int     `json:"count_b"`
	ShareA float64 `json:"share_a"`
	ShareB float64 `json:"share_b"`
	// Odds is the odds ratio of A against B, with a half added to every count (Haldane
	// and Anscombe), so that it is finite: 2 means that the odds are twice as high in A.
	Odds float64 `json:"odds_ratio"`
	// Z is the logarithm of Odds in units of its standard error. Values with an
	// absolute Z below 2 may differ by chance.
	Z float64 `json:"z"`
}

// DifferingValue is a value with the field that it belongs to.
type DifferingValue struct {
	Field data.Field `json:"field"`
	ValuePair
}

// MedianPair is one number in both selections.
type MedianPair struct {
	Field   data.Field `json:"field"`
	Label   string     `json:"label"`
	Unit    string     `json:"unit"`
	KnownA  int        `json:"known_a"`
	KnownB  int        `json:"known_b"`
	MedianA float64    `json:"median_a"`
	MedianB float64    `json:"median_b"`
	// Ratio is A over B, nil unless both are known and positive.
	Ratio *float64 `json:"ratio,omitempty"`
}

const (
	// mostDifferent is the number of values in SelectionTable.Most.
	mostDifferent = 20
	// CertainZ is the least absolute Z of a value in SelectionTable.Most.
	CertainZ = 2.0
)

// Selections compares two selections field by field. Exchanging the two inverts
// every ratio and changes nothing else.
func Selections(a, b Selection, generation string) SelectionTable {
	t := SelectionTable{Generation: generation, A: a, B: b}
	for _, info := range data.Fields {
		fa, fb := facetOf(a, info.Field), facetOf(b, info.Field)
		if len(fa.Values)+len(fb.Values) > 0 {
			t.Facets = append(t.Facets, pairFacets(info, fa, fb))
		}
		t.Medians = append(t.Medians, pairMedians(info, a, b)...)
	}
	for _, f := range t.Facets {
		for _, v := range f.Values {
			if math.Abs(v.Z) >= CertainZ {
				t.Most = append(t.Most, DifferingValue{f.Field, v})
			}
		}
	}
	slices.SortStableFunc(t.Most, func(a, b DifferingValue) int { return cmp.Compare(math.Abs(b.Z), math.Abs(a.Z)) })
	t.Most = t.Most[:min(len(t.Most), mostDifferent)]
	return t
}

func facetOf(s Selection, f data.Field) Facet {
	if i := slices.IndexFunc(s.Facets, func(x Facet) bool { return x.Field == f }); i >= 0 {
		return s.Facets[i]
	}
	return Facet{Field: f}
}

func pairFacets(info data.FieldInfo, a, b Facet) FacetPair {
	p := FacetPair{Field: info.Field, Label: info.Label, KnownA: a.Known, KnownB: b.Known}
	at := map[string]int{}
	for side, f := range []Facet{a, b} {
		for _, c := range f.Values {
			i, ok := at[c.Value]
			if !ok {
				i = len(p.Values)
				at[c.Value] = i
				p.Values = append(p.Values, ValuePair{Value: c.Value, Label: cmp.Or(c.Label, c.Value)})
			}
			if side == 0 {
				p.Values[i].CountA = c.Count
			} else {
				p.Values[i].CountB = c.Count
			}
		}
	}
	for i := range p.Values {
		p.Values[i].measure(a.Known, b.Known)
	}
	slices.SortFunc(p.Values, func(a, b ValuePair) int {
		return cmp.Or(cmp.Compare(b.ShareA+b.ShareB, a.ShareA+a.ShareB), cmp.Compare(a.Value, b.Value))
	})
	return p
}

// measure fills in shares, odds and Z from the counts among those that are known.
func (v *ValuePair) measure(knownA, knownB int) {
	knownA, knownB = max(knownA, v.CountA), max(knownB, v.CountB)
	if knownA > 0 {
		v.ShareA = float64(v.CountA) / float64(knownA)
	}
	if knownB > 0 {
		v.ShareB = float64(v.CountB) / float64(knownB)
	}
	const half = 0.5
	a, b := float64(v.CountA)+half, float64(v.CountB)+half
	restA, restB := float64(knownA-v.CountA)+half, float64(knownB-v.CountB)+half
	v.Odds = (a / restA) / (b / restB)
	v.Z = (math.Log(a/restA) - math.Log(b/restB)) / math.Sqrt(1/a+1/restA+1/b+1/restB)
}

func pairMedians(info data.FieldInfo, a, b Selection) []MedianPair {
	var out []MedianPair
	for side, s := range []Selection{a, b} {
		for _, m := range s.Medians {
			if m.Field != info.Field {
				continue
			}
			i := slices.IndexFunc(out, func(p MedianPair) bool { return p.Unit == m.Unit })
			if i < 0 {
				i = len(out)
				out = append(out, MedianPair{Field: info.Field, Label: info.Label, Unit: m.Unit})
			}
			if side == 0 {
				out[i].KnownA, out[i].MedianA = m.Known, m.Median
			} else {
				out[i].KnownB, out[i].MedianB = m.Known, m.Median
			}
		}
	}
	for i := range out {
		if p := &out[i]; p.MedianA > 0 && p.MedianB > 0 {
			ratio := p.MedianA / p.MedianB
			p.Ratio = &ratio
		}
	}
	slices.SortFunc(out, func(a, b MedianPair) int {
		return cmp.Or(cmp.Compare(b.KnownA+b.KnownB, a.KnownA+a.KnownB), cmp.Compare(a.Unit, b.Unit))
	})
	return out
}
