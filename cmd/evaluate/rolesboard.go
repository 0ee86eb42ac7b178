package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"incidex/data"
	"incidex/indexer/extract"
	"incidex/indexer/extract/roles"
)

// headline are the fields that a reader looks at first.
var headline = []data.Field{data.Victim, data.Sector, data.Country, data.Attack, data.Actor, data.Records, data.DataType, data.Occurred, data.Disclosed, data.RansomPaid, data.Fine, data.Consequence}

// scoreboard measures the answers to labeled articles as facts are measured: what a
// record shows of a field of one value is its first value, of another all values.
type scoreboard struct {
	sheets []*labeled
	// examples are those of the sheets and of gold that knows a few fields.
	examples []*roles.Example
	rows     map[*roles.Example]*extract.Row
	learner  *roles.Learner
}

// counts are the values that are shown, right, wanted and found, and those wanted
// that some candidate gives.
type counts struct{ shown, right, want, found, given int }

func (c *counts) add(o counts) {
	c.shown, c.right, c.want, c.found, c.given = c.shown+o.shown, c.right+o.right, c.want+o.want, c.found+o.found, c.given+o.given
}

func (c counts) precision() float64 { return float64(c.right) / float64(max(1, c.shown)) }
func (c counts) recall() float64    { return float64(c.found) / float64(max(1, c.want)) }

// score measures one field of one article; answer gives the judgment of an example.
func (b *scoreboard) score(s *labeled, field data.Field, threshold float64, answer func(*roles.Example) roles.Judgment, wrong func(string)) counts {
	info, _ := field.Info()
	var c counts
	if s.label.Subject == "" || slices.Contains(s.label.Unsure, string(field)) || len(s.label.Only) > 0 && !slices.Contains(s.label.Only, string(field)) {
		return c
	}
	type shown struct {
		e *roles.Example
		p float64
	}
	var list []shown
	for _, e := range s.examples {
		if e.Field != string(field) || e.Answers[roles.Right] < 0 {
			continue
		}
		j := answer(e)
		p := j[roles.Right]
		if !info.Many {
			p = j[roles.Head]
		}
		if p >= threshold && j[roles.Possible] < .5 {
			list = append(list, shown{e, p})
		}
	}
	slices.SortStableFunc(list, func(a, b shown) int { return cmp.Compare(b.p, a.p) })
	if info.Kind == data.When && len(list) == 0 {
		return b.coarse(s, field, threshold, answer, wrong)
	}
	if !info.Many && len(list) > 1 {
		list = list[:1]
	}
	isGeneric := func(x shown) bool { return data.Generic(field, b.rows[x.e].Value) }
	if slices.ContainsFunc(list, func(x shown) bool { return !isGeneric(x) }) {
		list = slices.DeleteFunc(list, isGeneric)
	}
	for _, x := range list {
		c.shown++
		q := roles.Right
		if !info.Many {
			q = roles.Head
		}
		if x.e.Answers[q] == 1 {
			c.right++
		} else if wrong != nil {
			r := b.rows[x.e]
			wrong(fmt.Sprintf("WRONG  | %s | %s | %s | %.2f | %s | %q", s.label.ID, field, cmp.Or(r.Value, strconv.FormatFloat(r.Number, 'f', -1, 64)+r.Currency), x.p, r.Rule, r.Quote))
		}
	}
	for i := range s.label.Facts {
		f := &s.label.Facts[i]
		if f.Field != field || f.Status != "" || f.Optional || !info.Many && !f.Main {
			continue
		}
		c.want++
		gives := func(e *roles.Example) bool { return f.gives(b.rows[e]) }
		if slices.ContainsFunc(list, func(x shown) bool { return gives(x.e) }) {
			c.found++
			c.given++
			continue
		}
		given := 0.0
		for _, e := range s.examples {
			if e.Field == string(field) && e.Answers[roles.Right] == 1 && gives(e) {
				given = max(given, answer(e)[roles.Right], .001)
			}
		}
		if given > 0 {
			c.given++
		}
		if wrong != nil {
			wrong(fmt.Sprintf("MISSED | %s | %s | %s | candidate %.2f", s.label.ID, field, cmp.Or(f.Value, strconv.FormatFloat(f.Number, 'f', -1, 64)+f.Currency), given))
		}
	}
	return c
}

// coarse measures a date of which only the month or the year is sure.
func (b *scoreboard) coarse(s *labeled, field data.Field, threshold float64, answer func(*roles.Example) roles.Judgment, wrong func(string)) counts {
	var c counts
	var wanted, usable []*labelFact
	for i := range s.label.Facts {
		f := &s.label.Facts[i]
		if f.Field == field && f.usable() && (f.Main || f.Optional) {
			usable = append(usable, f)
		}
		if f.Field == field && f.Status == "" && !f.Optional && f.Main {
			wanted = append(wanted, f)
		}
	}
	c.want, c.given = len(wanted), len(wanted)
	for _, n := range []int{len("2006-01"), len("2006")} {
		sums := map[string]float64{}
		best := ""
		for _, e := range s.examples {
			if e.Field != string(field) || e.Answers[roles.Right] < 0 {
				continue
			}
			if v := b.rows[e].Value; len(v) >= n {
				sums[v[:n]] += answer(e)[roles.Head]
				if sums[v[:n]] > sums[best] {
					best = v[:n]
				}
			}
		}
		if sums[best] < threshold {
			continue
		}
		c.shown = 1
		gives := func(f *labelFact) bool { return strings.HasPrefix(f.Value, best) }
		if slices.ContainsFunc(usable, gives) {
			c.right = 1
		} else if wrong != nil {
			wrong(fmt.Sprintf("WRONG  | %s | %s | %s | %.2f | coarse", s.label.ID, field, best, sums[best]))
		}
		for _, f := range wanted {
			if gives(f) {
				c.found++
			}
		}
		break
	}
	return c
}

func fitted(e *roles.Example) roles.Judgment { return e.Fit }

func held(e *roles.Example) roles.Judgment { return e.Held }

// all measures the fields of all articles of a set, "" for every set.
func (b *scoreboard) all(set string, fields []data.Field, threshold func(data.Field) float64, answer func(*roles.Example) roles.Judgment) (sum counts, records int) {
	for _, s := range b.sheets {
		if s.label.Subject == "" || set != "" && s.set != set && !(set == "gold" && s.label.Gold) {
			continue
		}
		records++
		for _, f := range fields {
			sum.add(b.score(s, f, threshold(f), answer, nil))
		}
	}
	return sum, records
}

var everyField = func() (out []data.Field) {
	for _, f := range data.Fields {
		out = append(out, f.Field)
	}
	return out
}()

// eachAsked calls f with the examples of a question about articles or names.
func (b *scoreboard) eachAsked(field data.Field, f func(*labeled, *roles.Example)) {
	for _, s := range b.sheets {
		for _, e := range s.examples {
			if e.Field == string(field) {
				f(s, e)
			}
		}
	}
}

// answered counts what is found and given wrongly from a probability on, and those to be
// answered with yes and with no.
func (b *scoreboard) answered(field data.Field, from float64) (found, wrongly, yes, no int) {
	b.eachAsked(field, func(_ *labeled, e *roles.Example) {
		said := e.Held[roles.Right] >= from
		if e.Answers[roles.Right] == 1 {
			yes++
			if said {
				found++
			}
		} else if no++; said {
			wrongly++
		}
	})
	return found, wrongly, yes, no
}

// print prints the figures on held-back folds, beside those on what was learned from.
func (b *scoreboard) print(w io.Writer, wrong string) {
	t := func(f data.Field) float64 { return b.learner.Thresholds[string(f)] }
	for _, k := range []float64{.5, .6, .7, .8, .85, .9} {
		c, n := b.all("", everyField, func(data.Field) float64 { return k }, held)
		fmt.Fprintf(w, "at %.2f: precision %.4f recall %.4f wrong %.2f\n", k, c.precision(), c.recall(), float64(c.shown-c.right)/float64(max(1, n)))
	}
	for _, set := range []string{"", "gold", "sample", "thn", "ndh", "casie", "made"} {
		for _, group := range []struct {
			name   string
			fields []data.Field
		}{{"shown", everyField}, {"headline", headline}} {
			c, n := b.all(set, group.fields, t, held)
			fit, _ := b.all(set, group.fields, t, fitted)
			fmt.Fprintf(w, "%-8s %-10s precision %.4f recall %.4f wrong %.2f (%d records) | fit %.4f %.4f | ceiling %.4f\n", cmp.Or(set, "all"), group.name, c.precision(), c.recall(), float64(c.shown-c.right)/float64(max(1, n)), n, fit.precision(), fit.recall(), float64(c.given)/float64(max(1, c.want)))
		}
	}
	for _, f := range everyField {
		c, _ := b.all("", []data.Field{f}, t, held)
		fit, _ := b.all("", []data.Field{f}, t, fitted)
		for _, k := range []float64{.4, .6, .8} {
			c, _ := b.all("", []data.Field{f}, func(data.Field) float64 { return k }, held)
			fmt.Fprintf(w, " %.2f/%.2f", c.precision(), c.recall())
		}
		fmt.Fprintf(w, " %-16s t %.2f precision %.3f (%4d) recall %.3f (%4d) ceiling %.3f | fit %.3f %.3f\n", f, t(f), c.precision(), c.shown, c.recall(), c.want, float64(c.given)/float64(max(1, c.want)), fit.precision(), fit.recall())
	}
	for _, t := range []float64{b.learner.Thresholds[extract.Subject], .3, .4, .5, .6, .7, .8} {
		found, wrongly, yes, no := b.answered(extract.Subject, t)
		fmt.Fprintf(w, "subject at %.2f: found %d of %d, given wrongly %d of %d, right %.4f\n", t, found, yes, wrongly, no, float64(found+no-wrongly)/float64(max(1, yes+no)))
	}
	for _, t := range []float64{.2, .3, .4, .5, .6} {
		found, wrongly, yes, _ := b.answered(extract.Mention, t)
		fmt.Fprintf(w, "mentioned at %.1f: found %d of %d that are candidates, precision %.3f\n", t, found, yes, float64(found)/float64(max(1, found+wrongly)))
	}
	if wrong == extract.Subject {
		b.eachAsked(extract.Subject, func(s *labeled, e *roles.Example) {
			if said := e.Held[roles.Right] >= b.learner.Thresholds[extract.Subject]; said != (e.Answers[roles.Right] == 1) {
				fmt.Fprintf(w, "SUBJECT %s %.2f %s\n", s.label.ID, e.Held[roles.Right], s.label.Subject)
			}
		})
	}
	st := [3]int{}
	for _, s := range b.sheets {
		if s.label.Subject == "" {
			continue
		}
		for i := range s.label.Facts {
			if f := &s.label.Facts[i]; f.Status != "" && !f.Optional {
				if info, _ := f.Field.Info(); info.Many || info.Kind == data.When {
					st[2]++
				}
			}
		}
		for _, e := range s.examples {
			info, _ := data.Field(e.Field).Info()
			if !info.Many && info.Kind != data.When {
				continue
			}
			for _, q := range []roles.Question{roles.Denied, roles.Advised} {
				if e.Answers[q] >= 0 && e.Held[q] >= extract.SideThreshold {
					st[1]++
					st[0] += int(e.Answers[q])
				}
			}
			if e.Answers[roles.Right] >= 0 && e.Held[roles.Right] >= t(data.Field(e.Field)) && e.Held[roles.Possible] >= .5 {
				st[1]++
				st[0] += int(max(0, e.Answers[roles.Possible]))
			}
		}
	}
	fmt.Fprintf(w, "status: precision %.3f (%d) recall %.3f (%d)\n", float64(st[0])/float64(max(1, st[1])), st[1], float64(st[0])/float64(max(1, st[2])), st[2])
	if wrong != "" {
		for _, s := range b.sheets {
			for _, f := range everyField {
				if wrong == "all" || wrong == string(f) {
					b.score(s, f, t(f), held, func(l string) { fmt.Fprintln(w, l) })
				}
			}
		}
	}
}
