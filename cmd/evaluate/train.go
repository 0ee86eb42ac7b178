package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"incidex/data/vocab"
	"incidex/indexer/extract"
)

// gold is what training reads of a gold row; the sets name the same things differently.
type gold struct {
	Title, Text string
	BreachType  string   `json:"breach_type"`
	BreachTypes []string `json:"breach_types"`
	EntityType  string   `json:"entity_type"`
}

// The classes that gold labels allow.
var (
	prcActions = map[string][]string{"HACK": {"hacking"}, "CARD": {"physical", "hacking"}, "INSD": {"misuse"},
		"PHYS": {"physical", "error"}, "PORT": {"physical", "error"}, "STAT": {"physical", "error"}, "DISC": {"error"}}
	hhsActions = map[string][]string{"Hacking/IT Incident": {"hacking", "error"}, "Theft": {"physical"}, "Loss": {"error", "physical"},
		"Improper Disposal": {"error"}, "Unauthorized Access/Disclosure": {"error", "misuse", "hacking"}}
	prcSectors = map[string][]string{"MED": {"62"}, "EDU": {"61"}, "GOV": {"92"}, "BSF": {"52"}, "BSR": {"44"}, "NGO": {"81"}, "BSO": {"other"}}
)

// models are what can be trained, with their classes and the reading of a row of a set.
var models = map[string]struct {
	classes []string
	allowed func(set string, g gold) []string
	// weight is how much a row counts.
	weight func(set string, g gold) float64
	// names are samples beyond the gold rows.
	names func() []extract.Sample
}{
	"action": {[]string{"hacking", "misuse", "error", "physical"}, func(set string, g gold) []string {
		switch set {
		case "prc":
			return prcActions[g.BreachType]
		case "hhs":
			var out []string
			for _, b := range g.BreachTypes {
				out = append(out, hhsActions[b]...)
			}
			return out
		case "eurepoc":
			return []string{"hacking"}
		case "hibp":
			return []string{"hacking", "error"}
		}
		return nil
	}, func(string, gold) float64 { return 1 }, func() []extract.Sample { return nil }},
	"sector": {[]string{"62", "61", "92", "52", "44", "81", "other"}, func(set string, g gold) []string {
		switch set {
		case "prc":
			return prcSectors[g.EntityType]
		case "hhs":
			return []string{"62", "52"}
		case "hibp": // sites and services, which the other sets lack
			return []string{"other", "44"}
		}
		return nil
	}, sectorWeight, sectorNames},
}

// sectorWeight evens out what the sets have too many or too few of, and keeps the
// class of all other sectors from outweighing the six.
func sectorWeight(set string, g gold) float64 {
	switch {
	case set == "hibp":
		return 0.2
	case set == "hhs" || g.EntityType == "BSO":
		return 0.3
	case g.EntityType == "NGO":
		return 2
	case g.EntityType == "BSF":
		return 1.2
	}
	return 1
}

// sectorNames are the organizations of the vocabulary, whose names tell the sector.
func sectorNames() []extract.Sample {
	var out []extract.Sample
	for _, t := range vocab.Organizations().Terms() {
		code, weight := t.Attr("sector"), 0.3
		if code == "" || t.Attr("kind") != "" {
			continue
		}
		switch code {
		case "42", "45", "72":
			code = "44"
		case "62", "61", "92", "52", "44", "81":
		default:
			code, weight = "other", 0.06
		}
		out = append(out, extract.Sample{Name: t.Value, Text: strings.Join(t.Aliases, ", "), Allowed: []string{code}, Weight: weight})
	}
	return out
}

// folds is the number of parts of which each is held back once.
const folds = 5

// runTrain trains a model on the gold sets below dir and writes its weights. It
// prints first how well models do that are trained without the rows they are
// measured on.
func runTrain(args []string, out io.Writer) error {
	if len(args) != 3 {
		return fmt.Errorf("train: want MODEL GOLDDIR WEIGHTS.tsv")
	}
	m, ok := models[args[0]]
	if !ok {
		return fmt.Errorf("train: unknown model %q", args[0])
	}
	var samples []extract.Sample
	var sets []string
	for _, set := range []string{"prc", "hhs", "hibp", "eurepoc"} {
		rows, err := readGold(filepath.Join(args[1], set, "dev.jsonl"))
		if err != nil {
			return fmt.Errorf("train: %w", err)
		}
		for _, g := range rows {
			if allowed := m.allowed(set, g); len(allowed) > 0 {
				if set == "hibp" {
					g.Title = ""
				}
				samples = append(samples, extract.Sample{Title: g.Title, Text: g.Text, Allowed: allowed, Weight: m.weight(set, g)})
				label := g.BreachType
				if args[0] == "sector" {
					label = g.EntityType
				}
				sets = append(sets, set+" "+label)
			}
		}
	}
	sectors := args[0] == "sector"
	right, total := map[string]int{}, map[string]int{}
	for f := range folds {
		train, test := m.names(), []extract.Sample(nil)
		var names []string
		for i, s := range samples {
			if i%folds == f {
				test, names = append(test, s), append(names, sets[i])
			} else {
				train = append(train, s)
			}
		}
		got, err := extract.Classify(extract.Train(m.classes, train, sectors), test, sectors)
		if err != nil {
			return err
		}
		for i, s := range test {
			total[names[i]]++
			for _, a := range s.Allowed {
				if a == got[i] {
					right[names[i]]++
					break
				}
			}
		}
	}
	for _, set := range slices.Sorted(maps.Keys(total)) {
		fmt.Fprintf(out, "%-28s%.4f (%d)\n", set, float64(right[set])/float64(total[set]), total[set])
	}
	return os.WriteFile(args[2], extract.Train(m.classes, append(m.names(), samples...), sectors), 0o644)
}

func readGold(path string) ([]gold, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var out []gold
	dec := json.NewDecoder(bufio.NewReader(f))
	for dec.More() {
		var g gold
		if err := dec.Decode(&g); err != nil {
			return nil, fmt.Errorf("read %s: %w", path, err)
		}
		out = append(out, g)
	}
	return out, nil
}
