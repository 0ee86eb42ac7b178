package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
	"unicode"
)

// minLower is how often a word must stand in lower case inside sentences to be
// taken for a common word.
const minLower = 4

// runWords counts the words of articles (JSON Lines) and writes those that are
// written in lower case nearly always, sorted: they are no names, even where a
// headline or the beginning of a sentence gives them a capital.
func runWords(paths []string, out io.Writer) error {
	lower, upper := map[string]int{}, map[string]int{}
	for _, path := range paths {
		if err := countWords(path, lower, upper); err != nil {
			return err
		}
	}
	w := bufio.NewWriter(out)
	for _, word := range slices.Sorted(maps.Keys(lower)) {
		if n := lower[word]; n >= minLower && n >= 4*upper[word] {
			fmt.Fprintln(w, word)
		}
	}
	return w.Flush()
}

func countWords(path string, lower, upper map[string]int) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	for dec := json.NewDecoder(f); dec.More(); {
		var a struct{ Text string }
		if err := dec.Decode(&a); err != nil {
			return fmt.Errorf("read %s: %w", path, err)
		}
		before := "."
		for _, field := range strings.Fields(a.Text) {
			word := strings.TrimFunc(field, func(r rune) bool { return !unicode.IsLetter(r) })
			inside := !strings.ContainsAny(before[len(before)-1:], ".!?:\"”’)")
			before = field
			if len(word) < 2 || strings.ContainsFunc(word, func(r rune) bool { return r < 'A' || r > 'z' || r > 'Z' && r < 'a' }) {
				continue
			}
			switch low := strings.ToLower(word); {
			case word == low:
				lower[low]++
			case inside:
				upper[low]++
			}
		}
	}
	return nil
}
