package web

import (
	"io"
	"math"
	"slices"
	"strconv"

	"incidex/data"
	"incidex/search/compare"
	"incidex/search/query"
)

// SelectionsPage compares what two searches find.
type SelectionsPage struct {
	Frame
	// A and B are the two searches, in the query language.
	A, B string
	// Table is nil where nothing was asked for yet.
	Table *compare.SelectionTable
}

// selectionExamples are the pairs of searches that the page offers.
var selectionExamples = [][2]string{
	{"sector:retail", "sector:health"}, {"occurred:2024", "occurred:2025"},
	{"attack:ransomware", "attack:phishing"}, {`country:"united kingdom"`, `country:"united states"`},
}

// selectionsView is what the template shows.
type selectionsView struct {
	SelectionsPage
	Examples []pairLink
	Sides    []sideView
	Most     []pairView
	Medians  []medianView
	Groups   []selectionGroup
	// Swap is the comparison the other way round.
	Swap string
}

type pairLink struct{ A, B, Href string }

type sideView struct {
	Letter, Class, Query string
	Incidents, Articles  int
	Href                 string
	Problems             []problemView
}

type selectionGroup struct {
	Heading, Class string
	Facets         []selectionFacet
}

// selectionFacet is the shares of one field. More are the rarer values.
type selectionFacet struct {
	Label        string
	Known        [2]int
	Values, More []pairView
}

// pairView is a value in both searches.
type pairView struct {
	Field, Label string
	Sides        [2]shareView
	// Words say how much more often one side has the value, "" when that may be chance.
	Words, Higher string
}

type shareView struct {
	Letter, Class string
	Count         int
	Share         float64 // percent, for the bar
	Text          string  // percent, for the reader
	Href          string
}

type medianView struct {
	Label string
	A, B  numberView
	// Words say how many times one is the other, "" when one of them is not known.
	Words string
}

type numberView struct {
	Text, Full string
	Known      int
}

const (
	// shownShares is the most values of a field at first.
	shownShares = 6
	// maxOdds is the greatest odds that are said as a number.
	maxOdds = 100
)

// Selections writes the comparison of two searches.
func (p *Pages) Selections(w io.Writer, v SelectionsPage) error {
	view := selectionsView{SelectionsPage: v}
	for _, e := range selectionExamples {
		view.Examples = append(view.Examples, pairLink{e[0], e[1], v.State.SelectionsURL(e[0], e[1])})
	}
	heading := "Compare two searches"
	if t := v.Table; t != nil {
		heading = t.A.Query + " · " + t.B.Query
		view.Swap = v.State.SelectionsURL(v.B, v.A)
		view.Sides = []sideView{v.side("A", v.A, t.A), v.side("B", v.B, t.B)}
		asked := v.asked()
		for _, m := range t.Most {
			if !slices.Contains(asked, m.Field) {
				view.Most = append(view.Most, v.pair(m.Field, m.ValuePair))
			}
		}
		for _, m := range t.Medians {
			view.Medians = append(view.Medians, median(m))
		}
		view.Groups = v.groups(t.Facets)
	}
	here := func(s State) string {
		if v.Table == nil {
			return s.SelectionsFormURL()
		}
		return s.SelectionsURL(v.A, v.B)
	}
	return p.render(w, "selections", chrome{Frame: v.Frame, Heading: heading, Here: here, Page: view})
}

func (v SelectionsPage) side(letter, text string, s compare.Selection) sideView {
	state := State{Query: text, Tray: v.State.Tray}
	out := sideView{
		Letter: letter, Class: "side-" + letter, Query: s.Query, Incidents: s.Incidents, Articles: s.Articles, Href: state.URL(),
	}
	_, problems := query.Parse(text)
	for _, pr := range problems[:min(len(problems), maxProblems)] {
		x := SearchPage{Frame: Frame{State: state}}.problem(pr)
		if x.Fixed != "" {
			fixed := [2]string{v.A, v.B}
			fixed[letter[0]-'A'] = x.Before + pr.Suggestion + x.After
			x.Fixed = v.State.SelectionsURL(fixed[0], fixed[1])
		}
		out.Problems = append(out.Problems, x)
	}
	return out
}

// asked are the fields that the searches themselves ask for: that they differ there
// is no news.
func (v SelectionsPage) asked() []data.Field {
	var out []data.Field
	for _, text := range []string{v.A, v.B} {
		q, _ := query.Parse(text)
		query.Walk(q.Root, func(n query.Node) bool {
			switch n := n.(type) {
			case query.Match:
				out = append(out, n.Field)
			case query.Has:
				out = append(out, n.Field)
			case query.Missing:
				out = append(out, n.Field)
			}
			return true
		})
	}
	return out
}

func (v SelectionsPage) groups(facets []compare.FacetPair) []selectionGroup {
	var out []selectionGroup
	for _, h := range headings {
		g := selectionGroup{Heading: h, Class: groupClass(h)}
		for _, f := range facets {
			info, _ := f.Field.Info()
			if info.Group != h {
				continue
			}
			x := selectionFacet{Label: info.Plural, Known: [2]int{f.KnownA, f.KnownB}}
			for i, value := range f.Values {
				if i < shownShares || len(f.Values) == shownShares+1 {
					x.Values = append(x.Values, v.pair(f.Field, value))
				} else {
					x.More = append(x.More, v.pair(f.Field, value))
				}
			}
			g.Facets = append(g.Facets, x)
		}
		if len(g.Facets) > 0 {
			out = append(out, g)
		}
	}
	return out
}

func (v SelectionsPage) pair(f data.Field, x compare.ValuePair) pairView {
	info, _ := f.Info()
	out := pairView{Field: info.Label, Label: x.Label, Sides: [2]shareView{
		v.share("A", v.A, f, x.Value, x.CountA, x.ShareA), v.share("B", v.B, f, x.Value, x.CountB, x.ShareB),
	}}
	if math.Abs(x.Z) < compare.CertainZ {
		return out
	}
	higher, other, odds := "A", "B", x.Odds
	if odds < 1 {
		higher, other, odds = "B", "A", 1/odds
	}
	out.Higher = higher
	switch {
	case x.CountA == 0 || x.CountB == 0:
		out.Words = "Only in " + higher + "."
	case odds >= maxOdds:
		out.Words = "Nearly always in " + higher + ", seldom in " + other + "."
	default:
		out.Words = "The odds are " + times(odds) + " as high in " + higher + " as in " + other + "."
	}
	return out
}

func (v SelectionsPage) share(letter, text string, f data.Field, value string, count int, share float64) shareView {
	out := shareView{Letter: letter, Class: "side-" + letter, Count: count, Share: percent(share), Text: percentText(share, count)}
	if count > 0 {
		out.Href = State{Query: text, Filters: []Filter{{Field: string(f), Value: value}}, Tray: v.State.Tray}.URL()
	}
	return out
}

// percentText is a share in whole percent; what is there is never said to be 0 %.
func percentText(share float64, count int) string {
	switch n := int(math.Round(100 * share)); {
	case n == 0 && count > 0:
		return "< 1 %"
	case n == 100 && share < 1:
		return "> 99 %"
	default:
		return strconv.Itoa(n) + " %"
	}
}

// times says how many times, with two significant digits below ten.
func times(x float64) string {
	if x < 10 {
		return FullNumber(math.Round(x*10)/10) + " times"
	}
	return FullNumber(math.Round(x)) + " times"
}

func median(m compare.MedianPair) medianView {
	number := func(n float64, known int) numberView {
		if known == 0 {
			return numberView{}
		}
		c := data.Claim{Field: m.Field, Number: &n, Unit: m.Unit}
		if info, _ := m.Field.Info(); info.Kind == data.Money {
			c.Unit, c.Currency = "", m.Unit
		}
		return numberView{ValueText(c), ValueFull(c), known}
	}
	out := medianView{Label: m.Label, A: number(m.MedianA, m.KnownA), B: number(m.MedianB, m.KnownB)}
	if m.Ratio == nil {
		return out
	}
	switch r := *m.Ratio; {
	case math.Abs(r-1) < 0.05:
		out.Words = "about the same"
	case r > 1:
		out.Words = "A is " + times(r) + " B"
	default:
		out.Words = "B is " + times(1/r) + " A"
	}
	return out
}

// JSON is the comparison in the API.
func (v selectionsView) JSON() string { return APISelectionsURL(v.A, v.B) }

// Form is the address that the form asks.
func (v selectionsView) Form() string { return selectionsPath }
