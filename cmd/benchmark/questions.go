package main

import "maps"

// wordsInText is about how many invented words an article has.
const wordsInText = 260

// questions are the searches that are measured, over texts of these words.
func questions(w *words) []question {
	common, frequent, rare := w.in(0.21, wordsInText), w.in(0.05, wordsInText), w.in(0.001, wordsInText)
	all := []question{
		{name: "all, newest"},
		{name: "common word", all: []string{common}},
		{name: "rare word", all: []string{rare}},
		{name: "two words", all: []string{common, frequent}},
		{name: "four words", all: []string{"stolen", "data", common, frequent}},
		{name: "either word", any: []string{common, frequent, rare}},
		{name: "without a word", all: []string{common}, not: frequent},
		{name: "phrase", phrase: "identity theft"},
		{name: "rare phrase", phrase: "hacking forum " + rare},
		{name: "prefix", prefix: "sta"},
		{name: "number", records: 1e6},
		{name: "word and number", all: []string{common}, records: 1e6},
		{name: "word and date", all: []string{common}, from: "2020-03", to: "2021-02"},
		{name: "by date", all: []string{common}, order: "date"},
		{name: "by records", all: []string{common}, order: "records"},
	}
	chosen := map[string]string{"attack": "Ransomware", "data_type": "Passwords"}
	for _, q := range []question{{name: "all, facets"}, {name: "common word, facets", all: []string{common}}} {
		q.facets = true
		all = append(all, q)
		q.name, q.selected = q.name+", two selected", maps.Clone(chosen)
		all = append(all, q)
		q.facets, q.name = false, q.name+", uncounted"
		all = append(all, q)
	}
	return all
}
