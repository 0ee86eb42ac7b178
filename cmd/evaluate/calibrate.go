package main

import (
	"fmt"
	"io"
	"math"
	"path/filepath"
	"slices"

	"incidex/data"
	"incidex/indexer/extract"
)

// judgment is the gold of an article's subject as far as confidences are checked.
type judgment struct {
	ID, Title, URL, Date, Text string
	Subject                    *subject
	Unsure                     []string
}

// right reports whether a claim is right, and whether the gold can tell; goldTypes
// are the data types that any of it has.
func (g *judgment) right(c *data.Claim, goldTypes map[string]bool) (ok, known bool) {
	s := g.Subject
	switch c.Field {
	case data.Victim:
		return anyName(append([]string{s.Victim}, s.Aliases...))(c.Value), s.Victim != ""
	case data.Records:
		return slices.ContainsFunc(s.Records, func(n float64) bool { return within(n, .005)(*c.Number) }), true
	case data.DataType: // general words such as "Personal information" are never in the gold
		return slices.Contains(s.DataTypes, c.Value), goldTypes[c.Value]
	case data.Attack:
		return slices.Contains(s.Attacks, c.Value), true
	case data.Actor:
		return s.Actor != "" && sameName(s.Actor, c.Value), true
	case data.Occurred:
		return len(s.Occurred) >= 4 && len(c.Value) >= 4 && s.Occurred[:4] == c.Value[:4], s.Occurred != ""
	case data.Country:
		return s.Country == c.Value, s.Country != ""
	case data.Sector:
		return s.Sector == c.Value, s.Sector != ""
	}
	return false, false
}

// unsure reports whether the gold leaves a field open.
func (g *judgment) unsure(f data.Field) bool {
	name := string(f)
	switch f {
	case data.DataType:
		name = "data_types"
	case data.Attack:
		name = "attacks"
	}
	return slices.Contains(g.Unsure, name)
}

// buckets are the confidences at which the buckets of the table begin.
var buckets = [...]float64{0, .5, .6, .7, .8, .9}

// runCalibrate prints, for each field and bucket of confidence, how many claims are
// right of those that the judged articles under the folder args[0] and the project's
// samples can tell. Of dates only the first counts.
func runCalibrate(args []string, out io.Writer) error {
	if len(args) == 0 {
		return fmt.Errorf("calibrate: want the folder of the gold files")
	}
	gold, goldTypes, err := judgments(filepath.Join(args[0], "judged", "dev.jsonl"))
	if err != nil {
		return err
	}
	x := extract.New()
	counts := map[data.Field]*[len(buckets)][2]int{} // right, all
	for i := range gold {
		g := &gold[i]
		mentions := x.Extract(&data.Article{ID: g.ID, Title: g.Title, URL: g.URL, Date: data.Date(g.Date), Text: g.Text})
		if len(mentions) == 0 || mentions[0].Role != data.Subject {
			continue
		}
		for k := range mentions[0].Claims {
			c := &mentions[0].Claims[k]
			ok, known := g.right(c, goldTypes)
			if !known || g.unsure(c.Field) || c.Status != data.Actual && c.Status != data.Derived || c.Field == data.Occurred && mentions[0].Best(c.Field) != c {
				continue
			}
			if counts[c.Field] == nil {
				counts[c.Field] = &[len(buckets)][2]int{}
			}
			b, _ := slices.BinarySearch(buckets[:], math.Nextafter(c.Confidence, 2))
			counts[c.Field][b-1][1]++
			if ok {
				counts[c.Field][b-1][0]++
			}
		}
	}
	fmt.Fprintf(out, "%-10s", "from")
	for _, b := range buckets {
		fmt.Fprintf(out, "%16.1f", b)
	}
	for _, info := range data.Fields {
		if counts[info.Field] == nil {
			continue
		}
		fmt.Fprintf(out, "\n%-10s", info.Field)
		for _, n := range counts[info.Field] {
			if n[1] == 0 {
				fmt.Fprintf(out, "%16s", "-")
			} else {
				fmt.Fprintf(out, "%7d/%-3d %3.0f%%", n[0], n[1], 100*float64(n[0])/float64(n[1]))
			}
		}
	}
	_, err = fmt.Fprintln(out)
	return err
}

// judgments reads the judged articles with a subject, those of the samples too, and
// all data types that they name.
func judgments(judged string) (gold []judgment, types map[string]bool, err error) {
	paths, err := filepath.Glob(sampleGold)
	if err != nil {
		return nil, nil, err
	}
	types = map[string]bool{}
	for _, path := range append(paths, judged) {
		rows, err := readJSON[judgment](path)
		if err != nil {
			return nil, nil, err
		}
		for i := range rows {
			if s := rows[i].Subject; s != nil {
				gold = append(gold, rows[i])
				for _, t := range s.DataTypes {
					types[t] = true
				}
			}
		}
	}
	return gold, types, nil
}
