package web

import (
	"slices"
	"strconv"
	"strings"

	"incidex/data"
	"incidex/search"
	"incidex/search/facet"
)

const (
	// maxBars is the most bars of a strip; earlier years are left out.
	maxBars = 40
	// stripHeight is the height of the highest bar, in pixels.
	stripHeight = 56.0
	// leastBar is the height of the bar of a single incident, in pixels.
	leastBar = 2.0
)

// stripView is the counts of a facet as bars in their order: years, or sizes that each
// are ten times the one before.
type stripView struct {
	Field, Title string
	Bars         []stripBar
	// Low and High are the ends of the range that is wanted, "" when none is.
	Low, High string
	// Hint is an example of an end.
	Hint string
	// Keep is the search without the range, for the form that asks for another.
	Keep []Param
}

// stripBar is one bar. X and Width are in percent, Y and Height in pixels.
type stripBar struct {
	Value, Label        string
	Articles, Incidents int
	X, Width, Y, Height float64
	// On says that the value is wanted; Href is the search for it, or without it.
	On   bool
	Href string
}

// strips are the incidents found by year and by the records affected, without regard to
// what the search wants of these itself; one that has a single bar says nothing.
func (v SearchPage) strips() []stripView {
	var out []stripView
	for _, s := range []stripView{
		{Field: string(data.Occurred), Title: "Incidents by year", Hint: "2019"},
		{Field: string(data.Records), Title: "Incidents by records affected", Hint: "10k"},
	} {
		i := slices.IndexFunc(v.Response.Facets, func(f search.Facet) bool { return f.Field == s.Field })
		if i < 0 {
			continue
		}
		for _, f := range v.State.Filters {
			if low, high, ok := strings.Cut(f.Value, ".."); f.Field == s.Field && !f.Exclude && ok {
				s.Low, s.High = low, high
			}
		}
		if s.Bars = v.bars(s, v.Response.Facets[i].Values); len(s.Bars) < 2 {
			continue
		}
		s.Keep = v.State.WithoutField(s.Field).Params()
		out = append(out, s)
	}
	return out
}

// bars are the bars of a strip for the values of its facet.
func (v SearchPage) bars(s stripView, values []facet.Value) []stripBar {
	var out []stripBar
	dates := s.Field == string(data.Occurred)
	for _, x := range values {
		year, err := strconv.Atoi(x.Value)
		switch {
		case dates && (err != nil || len(x.Value) != len("2006")), !dates && x.Low == "" && x.High == "":
			continue // a range that is wanted, not one of the counts
		case dates && len(out) > 0: // years without an incident have their place, too
			for last, _ := strconv.Atoi(out[len(out)-1].Value); last+1 < year && len(out) < 10*maxBars; last++ {
				out = append(out, v.bar(s, facet.Value{Value: strconv.Itoa(last + 1)}))
			}
		}
		out = append(out, v.bar(s, x))
	}
	out = out[max(0, len(out)-maxBars):]
	most := 1
	for _, b := range out {
		most = max(most, b.Incidents)
	}
	for i := range out {
		b := &out[i]
		b.Width = percent(0.84 / float64(len(out)))
		b.X = percent((float64(i) + 0.08) / float64(len(out)))
		if b.Incidents > 0 {
			b.Height = max(leastBar, stripHeight*float64(b.Incidents)/float64(most))
		}
		b.Y = stripHeight - b.Height
	}
	return out
}

func (v SearchPage) bar(s stripView, x facet.Value) stripBar {
	b := stripBar{Value: x.Value, Label: x.Label, Articles: x.Articles, Incidents: x.Incidents}
	if b.Label == "" {
		b.Label = ValueLabel(s.Field, x.Value)
	}
	b.On = v.State.Has(s.Field, x.Value, false)
	b.Href = v.State.Toggle(s.Field, x.Value, false).URL()
	if s.Field == string(data.Occurred) && (s.Low != "" || s.High != "") {
		b.On = b.On || (s.Low == "" || x.Value >= s.Low[:min(4, len(s.Low))]) && (s.High == "" || x.Value <= s.High)
		b.Href = v.State.WithRange(s.Field, x.Value, x.Value).URL()
	}
	return b
}

// First and Last name the ends of the strip.
func (s stripView) First() string { return s.Bars[0].Label }

// Last is the label of the last bar.
func (s stripView) Last() string { return s.Bars[len(s.Bars)-1].Label }
