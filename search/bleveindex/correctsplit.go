package bleveindex

import (
	"slices"
	"unicode/utf8"

	"incidex/search/text"
)

// split calls f with the two words that were run together into one.
func (c corrector) split(word string, f func(candidate)) error {
	m := &matcher{lookup: c.lookup}
	runes := []rune(word)
	for i := minPart; i <= len(runes)-minPart; i++ {
		x := candidate{text: string(runes[:i]) + " " + string(runes[i:])}
		x.words = text.Analyze(x.text)
		if len(x.words) != 2 {
			continue
		}
		body, err := m.side(fieldBody, x.words)
		if err != nil {
			return err
		}
		if body.Count() == 0 {
			continue
		}
		titles, err := m.side(fieldTitle, x.words)
		if err != nil {
			return err
		}
		x.share = (float64(body.Count()) + titleShare*float64(titles.Count())) / float64(c.n.stats[fieldBody].docs)
		x.weight = x.share
		if whole, _ := c.n.nameWord(x.text); whole {
			x.weight *= nameFactor
		}
		f(x)
	}
	return nil
}

// together returns what two words are that no article has side by side: a word of
// titles, or the name of an organization at one slip in either; "" when they are
// neither.
func (c corrector) together(words []text.Word, start, middle, end int) (string, error) {
	var pair []text.Word
	for _, w := range words {
		if w.Start >= start && w.End <= end {
			pair = append(pair, w)
		}
	}
	if len(pair) != 2 || pair[0].Joined || pair[1].Joined || pair[0].End != middle || pair[1].Start != middle+1 {
		return "", nil
	}
	begins, ends := c.n.inPairs(pair[0].Exact, pair[1].Exact) // neither, mostly, and one word makes hundreds of slips
	var better []string
	if (begins || ends) && c.budget.Pair() {
		better = nameBeside(c.n, pair[0].Exact, pair[1].Exact, begins, ends)
	}
	whole := pair[0].Exact + pair[1].Exact
	if joined := text.Analyze(whole); len(joined) == 1 {
		x, err := c.weigh(whole, joined[0].Key(), 1)
		if err != nil {
			return "", err
		}
		if x.name {
			better = append(better, whole)
		}
	}
	if better == nil {
		return "", nil
	}
	m := &matcher{lookup: c.lookup}
	if hits, err := m.side(fieldBody, pair); err != nil || hits.Count() > 0 {
		return "", err
	}
	best, most := "", 0
	for _, name := range better {
		hits, err := m.side(fieldBody, text.Analyze(name))
		if err != nil {
			return "", err
		}
		if n := hits.Count(); n > most {
			best, most = name, n
		}
	}
	return best, nil
}

// nameBeside returns the names of organizations that two words are but for one slip
// in one of them. begins says that a name of two words begins with the first one, and
// ends that one ends with the second.
func nameBeside(n *snapshot, first, second string, begins, ends bool) []string {
	var out []string
	try := func(name string) {
		if whole, _ := n.nameWord(name); whole && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	if ends && utf8.RuneCountInString(first) >= minCorrected && text.Plain(first) {
		text.Edits(first, func(w string, _ float64) { try(w + " " + second) })
	}
	if begins && utf8.RuneCountInString(second) >= minCorrected && text.Plain(second) {
		text.Edits(second, func(w string, _ float64) { try(first + " " + w) })
	}
	return out
}
