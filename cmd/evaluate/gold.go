package main

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// row is a row of any of the gold files; each set uses some of the keys.
type row struct {
	ID        string `json:"id"`
	ArticleID string `json:"article_id"`
	Title     string
	URL       string
	Date      string
	Text      string
	// hibp
	Domain      string
	PwnCount    float64         `json:"pwn_count"`
	BreachDate  string          `json:"breach_date"`
	DataClasses []string        `json:"data_classes"`
	Flags       map[string]bool // by name, such as IsSpamList
	// prc and hhs
	Victim       string
	VictimInText bool     `json:"victim_in_text"`
	CountInText  bool     `json:"count_in_text"`
	Records      float64  `json:"records"`
	Affected     float64  `json:"individuals_affected"`
	BreachType   string   `json:"breach_type"`
	BreachTypes  []string `json:"breach_types"`
	EntityType   string   `json:"entity_type"`
	// casie
	Victims    []string `json:"gold_named_victim_orgs_actual"`
	EventTypes []string `json:"event_types"`
	Actual     []string `json:"event_types_actual"`
	Gold       struct {
		People    []argument `json:"number_of_victim"`
		Things    []argument `json:"number_of_data"`
		Data      []argument `json:"compromised_data"`
		Time      []argument
		Attackers []argument `json:"attacker"`
		Ransoms   []argument `json:"ransom_price"`
	}
	// eurepoc
	Actors    []string `json:"initiator_name"`
	Countries []string `json:"receiver_country"`
	// judged
	Subject   *subject
	Unsure    []string
	Mentioned []struct{ Victim string }
}

// argument is what an annotator marked in the text; its spans are half open and
// count characters.
type argument struct {
	Text  string
	Spans [][2]int
}

// subject is the judged incident that an article is about.
type subject struct {
	Victim    string
	Aliases   []string `json:"victim_aliases"`
	Records   []float64
	DataTypes []string `json:"data_types"`
	Negated   []string `json:"data_types_negated"`
	Attacks   []string
	Actor     string
	Occurred  string
	Country   string
	Sector    string
	Ransom    struct {
		Amount   float64
		Currency string
	}
}

func readRows(path string) ([]row, error) { return readJSON[row](path) }

// readJSON reads the rows of a file of JSON Lines.
func readJSON[T any](path string) ([]T, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var out []T
	for dec := json.NewDecoder(f); dec.More(); {
		var g T
		if err := dec.Decode(&g); err != nil {
			return nil, fmt.Errorf("read %s: row %d: %w", path, len(out)+1, err)
		}
		out = append(out, g)
	}
	return out, nil
}

var written = regexp.MustCompile(`(?i)(\d[\d,]*(?:\.\d+)?)\s*(thousand|million|billion|bn|mn|k|m|b)?\b`)

var bytesOf = regexp.MustCompile(`[GTMK]B\b`)

var scales = map[string]float64{"": 1, "thousand": 1e3, "k": 1e3, "million": 1e6, "m": 1e6, "mn": 1e6, "billion": 1e9, "bn": 1e9, "b": 1e9}

// figure is a number that a text has between two bytes.
type figure struct {
	value      float64
	start, end int
}

// figures are the numbers that a text writes in digits, with or without a scale.
func figures(text string) []figure {
	var out []figure
	for _, m := range written.FindAllStringSubmatchIndex(text, -1) {
		scale := ""
		if m[4] >= 0 {
			scale = strings.ToLower(text[m[4]:m[5]])
		}
		if v, err := strconv.ParseFloat(strings.ReplaceAll(text[m[2]:m[3]], ",", ""), 64); err == nil {
			out = append(out, figure{v * scales[scale], m[0], m[1]})
		}
	}
	return out
}

// states reports whether a text has a number that ok accepts.
func states(text string, ok func(float64) bool) bool {
	return slices.ContainsFunc(figures(text), func(f figure) bool { return ok(f.value) })
}
