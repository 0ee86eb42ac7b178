package main

import (
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

// print writes the tables of one size.
func (m *measured) print(to io.Writer) {
	w := tabwriter.NewWriter(to, 0, 4, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(w, "%d articles, %.1f MB of text\t\t\t\t\t\t\n", m.Articles, float64(m.Text)/1e6)
	fmt.Fprintln(w, "engine\tseconds\tarticles/s\tprocessor s\tMB on disk\tper byte of text\tMB resident\t")
	for _, x := range m.Indexed {
		fmt.Fprintf(w, "%s\t%.1f\t%.0f\t%.1f\t%.1f\t%.2f\t%.0f\t\n", x.Engine, x.Seconds, float64(m.Articles)/x.Seconds, x.Processor,
			float64(x.Bytes)/1e6, float64(x.Bytes)/float64(m.Text), float64(x.PeakRSS)/1e6)
	}
	fmt.Fprintf(w, "again\t%.2f\t\t%.1f\t\t\t\t\n\n", m.Again.Seconds, m.Again.Processor)
	fmt.Fprintln(w, "question, ms\thits\t"+strings.Join(m.engines, "\tp95\t")+"\tp95\t\t")
	for _, a := range m.asked {
		fmt.Fprintf(w, "%s\t%d\t", a.question.name, a.totals[0])
		for _, t := range a.times {
			fmt.Fprintf(w, "%s\t%s\t", ms(t.at(0.5)), ms(t.at(0.95)))
		}
		fmt.Fprintf(w, "%s\t\n", a.problem)
	}
	w.Flush()
	fmt.Fprintln(to)
}

func ms(d time.Duration) string { return fmt.Sprintf("%.2f", d.Seconds()*1e3) }

// report makes the figures that the package comment lists, from the largest size
// and from the growth between the smallest and the largest.
func report(all []*measured) map[string]float64 {
	m := all[len(all)-1]
	out := map[string]float64{
		"articles":     float64(m.Articles),
		"noop.ratio":   m.Again.Seconds / m.Indexed[0].Seconds,
		"open_ms":      m.open.Seconds * 1e3,
		"peak_rss":     float64(m.open.PeakRSS),
		"http.ratio":   ratio(m.served.api, m.served.inside, 0.99),
		"cached.ratio": ratio(m.served.kept, m.served.inside, 0.5),
		"page.over_ms": (m.served.page.at(0.5) - m.served.inside.at(0.5)).Seconds() * 1e3,
	}
	common := m.find("common word").times[0]
	out["sort.ratio"] = max(ratio(m.find("by date").times[0], common, 0.5), ratio(m.find("by records").times[0], common, 0.5))
	for name, suffix := range map[string]string{"common word": "", "all": ".all"} {
		plain := name
		if name == "all" {
			plain = "all, newest"
		}
		with := m.find(name + ", facets").times
		selected := m.find(name + ", facets, two selected").times
		out["facets.ratio"+suffix] = ratio(with[0], m.find(plain).times[0], 0.5)
		out["disjunctive.ratio"+suffix] = ratio(selected[0], m.find(name + ", facets, two selected, uncounted").times[0], 0.5)
		if len(with) > 1 {
			suffix = cmpSuffix(suffix)
			out["facets.vs_bleve"+suffix] = ratio(with[1], with[0], 0.5)
		}
	}
	if len(m.engines) > 1 {
		ours, bleve := m.Indexed[0], m.Indexed[1]
		out["index.ratio"] = bleve.Seconds / ours.Seconds
		out["index.cpu_ratio"] = bleve.Processor / ours.Processor
		out["size.ratio"] = float64(ours.Bytes) / float64(bleve.Bytes)
		out["search.ratio.p50"] = ratio(m.pooled(0), m.pooled(1), 0.5)
		out["search.ratio.p95"] = ratio(m.pooled(0), m.pooled(1), 0.95)
		out["search.ratio.once"] = ratio(m.once[0], m.once[1], 0.5)
		out["search.ratio.worst"] = m.worst(1, false)
		out["sqlite.worst"] = m.worst(2, true)
	}
	if first := all[0]; first != m {
		grown := float64(m.Articles) / float64(first.Articles)
		out["index.growth"] = m.Indexed[0].Seconds / first.Indexed[0].Seconds / grown
		out["index.cpu_growth"] = m.Indexed[0].Processor / first.Indexed[0].Processor / grown
		out["search.exponent"] = math.Log(ratio(m.pooled(0), first.pooled(0), 0.5)) / math.Log(grown)
		out["facets.exponent"] = math.Log(ratio(m.find("all, facets").times[0], first.find("all, facets").times[0], 0.5)) / math.Log(grown)
	}
	return out
}

func cmpSuffix(s string) string {
	if s == "" {
		return ".word"
	}
	return s
}

func (m *measured) find(name string) asked {
	return m.asked[slices.IndexFunc(m.asked, func(a asked) bool { return a.question.name == name })]
}

// pooled are an engine's times of all questions without facets and selections.
func (m *measured) pooled(engine int) times {
	var out times
	for _, a := range m.asked {
		if !a.question.facets && a.question.selected == nil {
			out = append(out, a.times[engine]...)
		}
	}
	slices.Sort(out)
	return out
}

// worst is the highest ratio of the product's median to another engine's.
func (m *measured) worst(engine int, facets bool) float64 {
	worst := 0.0
	for _, a := range m.asked {
		if facets || !a.question.facets && a.question.selected == nil {
			worst = max(worst, ratio(a.times[0], a.times[engine], 0.5))
		}
	}
	return worst
}

func ratio(a, b times, q float64) float64 { return a.at(q).Seconds() / b.at(q).Seconds() }

func printRatios(to io.Writer, figures map[string]float64) {
	w := tabwriter.NewWriter(to, 0, 4, 2, ' ', 0)
	for _, name := range slices.Sorted(maps.Keys(figures)) {
		fmt.Fprintf(w, "%s\t%.3g\n", name, figures[name])
	}
	w.Flush()
}
