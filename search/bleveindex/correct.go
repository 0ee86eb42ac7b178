package bleveindex

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"incidex/search"
)

const (
	// minCorrected is the number of letters from which a word is corrected.
	minCorrected = 4
	// minTwice is the number of letters from which two slips are believed.
	minTwice = 7
	// maxCorrected is the number of letters up to which a word is corrected.
	maxCorrected = 40
	// minPart is the least number of letters of each of two words that were run together.
	minPart = 2
	// rareWord is the number of articles up to which a word that no title and no name
	// has may be a slip of a name.
	rareWord = 2
	// surer is how many times more articles such a name must have.
	surer = 5
	// weighed is the number of words at one slip that are looked at beside the words
	// of the query.
	weighed = 8
)

// What a correction weighs. How many are right is flat around all of these.
const (
	// anyLetter is how likely one wrong or added letter is beside one left out or two
	// swapped: it is one of many that it could be.
	anyLetter = 0.2
	// titleShare is the weight of an article that has a word in its title.
	titleShare = 10
	// nameFactor is how many times more frequent another word must be than the name
	// of an organization, partFactor than a word of one: what is misspelled is mostly
	// a name.
	nameFactor, partFactor = 20, 3
	// titleName is the share of its articles that have a word in their titles from
	// which it is taken for a name.
	titleName = 0.25
)

// Correct finds words that the index does not know, or hardly, and says what they
// most likely mean: the word at one slip (a letter added, left out, replaced, or
// swapped with the next), else at two, that is most often the name of an
// organization, in titles and in texts, and beside the words around it. One word
// may be two that were run together, and two may be one, or a name with a slip. What is
// remembered of the words counts against the budget as well, so that an answer does not
// depend on what others asked before.
func (n *snapshot) Correct(ctx context.Context, run []string, budget *search.CorrectionBudget) (_ []search.Correction, err error) {
	defer func() { err = n.of.told(err) }()
	defer faults(&err)()
	c := corrector{newLookup(ctx, n), budget}
	text := strings.Join(run, " ")
	words := analyze(text)
	var out []search.Correction
	start := 0
	for i := 0; i < len(run); i++ {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		end := start + len(run[i])
		better, err := c.part(words, text[start:end], start)
		if err != nil {
			return nil, err
		}
		if better.Text == "" && i+1 < len(run) {
			better.Text, err = c.together(words, start, end, end+1+len(run[i+1]))
			if err != nil {
				return nil, err
			}
			if better.Text != "" {
				better.First, better.End = i, i+2
				out = append(out, better)
				start = end + 1 + len(run[i+1]) + 1
				i++
				continue
			}
		}
		if better.Text != "" {
			better.First, better.End = i, i+1
			out = append(out, better)
		}
		start = end + 1
	}
	return out, nil
}

// corrector corrects the words of a query.
type corrector struct {
	*lookup
	budget *search.CorrectionBudget
}

// part corrects the words of a text that begins at start of the query.
func (c corrector) part(words []word, text string, start int) (search.Correction, error) {
	out := search.Correction{Text: text}
	// From the end, so that the bytes of the words before stay where they are.
	for i, w := range slices.Backward(words) {
		if w.start < start || w.end > start+len(text) {
			continue
		}
		if w.joined {
			if known, err := c.knows(w); known > 0 || err != nil {
				return search.Correction{}, err
			}
			continue
		}
		better, df, err := c.correct(w, beside(words, i, -1), beside(words, i, 1))
		if err != nil {
			return search.Correction{}, err
		}
		if better != "" {
			out.Text = out.Text[:w.start-start] + better + out.Text[w.end-start:]
			out.Articles = df
		}
	}
	if out.Text == text {
		out.Text = ""
	}
	return out, nil
}

// beside returns the word before or after another, nil when there is none.
func beside(words []word, i, step int) *word {
	for j := i + step; j >= 0 && j < len(words); j += step {
		if !words[j].joined {
			return &words[j]
		}
	}
	return nil
}

// knows returns how many articles have a word, or one of its stem.
func (l *lookup) knows(w word) (int, error) {
	return l.frequency(group{fieldBody, stemGroup, w.stem})
}

// correctionKey is a word as typed, and those beside it.
type correctionKey struct{ word, before, after string }

// correct returns what a word most likely is a slip of, "" when nothing is, and in
// how many articles the word is.
func (c corrector) correct(w word, before, after *word) (string, int, error) {
	size := utf8.RuneCountInString(w.exact)
	if size < minCorrected || size > maxCorrected || strings.ContainsFunc(w.exact, func(r rune) bool { return !unicode.IsLetter(r) }) {
		return "", 0, nil
	}
	df, err := c.knows(w)
	if err != nil || df > rareWord {
		return "", 0, err
	}
	if !c.budget.Word() {
		return "", df, nil
	}
	key := correctionKey{word: w.exact}
	if before != nil {
		key.before = before.key
	}
	if after != nil {
		key.after = after.key
	}
	if best, ok := c.n.corrections.get(key); ok {
		return best, df, nil
	}
	best, err := c.best(w, df, before, after)
	if err != nil {
		return "", 0, err
	}
	c.n.corrections.put(key, best)
	return best, df, nil
}

// candidate is a word that another may be a slip of.
type candidate struct {
	words  []word
	text   string
	weight float64 // how likely it is
	share  float64 // of the articles that have it, titles weighing more
	name   bool    // it is a name, or stands in titles as names do
}

func (c corrector) best(w word, df int, before, after *word) (string, error) {
	if df > 0 {
		own, err := c.weigh(w.exact, w.key, 1)
		if err != nil || own.name {
			return "", err
		}
		if t, err := c.frequency(group{fieldTitle, stemGroup, w.stem}); err != nil || t > 0 {
			return "", err
		}
	}
	var list []candidate
	var failed error
	try := func(text, key string, likely float64) {
		if failed != nil || utf8.RuneCountInString(text) < minCorrected {
			return
		}
		var x candidate
		x, failed = c.weigh(text, key, likely)
		if x.weight > 0 {
			list = append(list, x)
		}
	}
	a := analyzers.Get().(*analyzer)
	defer analyzers.Put(a)
	slips(w.exact, func(text string, likely float64) {
		if f := a.newForm(text); f.exact == text {
			try(text, f.key, likely)
		}
	})
	if failed == nil && df == 0 {
		failed = c.split(w.exact, func(x candidate) { list = append(list, x) })
	}
	if len(list) == 0 && df == 0 && utf8.RuneCountInString(w.exact) >= minTwice && failed == nil {
		failed = c.twice(w.exact, func(key string) {
			_, exact := splitKey(key)
			try(exact, key, 1)
		})
	}
	if failed != nil || len(list) == 0 {
		return "", failed
	}
	order := func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), strings.Compare(a.text, b.text))
	}
	slices.SortFunc(list, order)
	list = slices.CompactFunc(list, func(a, b candidate) bool { return a.text == b.text })
	list = list[:min(weighed, len(list))]
	for i := range list {
		x := &list[i]
		var together float64
		for _, o := range []*word{before, after} {
			if o == nil {
				continue
			}
			s, err := c.sideBySide(x, o, w)
			if err != nil {
				return "", err
			}
			together += s
			name := o.exact + " " + x.text
			if o.pos > w.pos {
				name = x.text + " " + o.exact
			}
			if whole, _ := c.n.nameWord(name); whole {
				together++
			}
		}
		x.weight *= 1 + together/x.share
	}
	slices.SortFunc(list, order)
	best := list[0]
	if df > 0 && (!best.name || best.share*float64(c.n.stats[fieldBody].docs) < surer*float64(df)) {
		return "", nil
	}
	return best.text, nil
}

// weigh says how likely a word is meant.
func (c corrector) weigh(text, key string, likely float64) (candidate, error) {
	df, err := c.frequency(group{fieldBody, exactGroup, key})
	if err != nil || df == 0 {
		return candidate{}, err
	}
	titles, err := c.frequency(group{fieldTitle, exactGroup, key})
	if err != nil {
		return candidate{}, err
	}
	stem, _ := splitKey(key)
	x := candidate{words: []word{{form: &form{text, stem, &keyed{key: key}}}}, text: text}
	x.share = (float64(df) + titleShare*float64(titles)) / float64(c.n.stats[fieldBody].docs)
	x.weight = likely * x.share
	whole, part := c.n.nameWord(text)
	switch {
	case whole:
		x.weight *= nameFactor
	case part:
		x.weight *= partFactor
	}
	x.name = whole || titles > 1 && float64(titles) >= titleName*float64(df)
	return x, nil
}

// sideBySide returns the share of the articles with o that have a candidate for w at
// the distance that w has.
func (c corrector) sideBySide(x *candidate, o *word, w word) (float64, error) {
	m := &matcher{lookup: c.lookup}
	words := []word{*o}
	for i, y := range x.words {
		y.pos = w.pos + i
		words = append(words, y)
	}
	if o.pos > w.pos { // the candidate may be longer than w
		words[0].pos += len(x.words) - 1
		words = append(words[1:], words[0])
	}
	found, err := c.find(group{fieldBody, stemGroup, o.stem})
	if err != nil || found.df == 0 {
		return 0, err
	}
	hits, err := m.side(fieldBody, words)
	if err != nil {
		return 0, err
	}
	return float64(hits.Count()) / float64(found.df), nil
}

// split calls f with the two words that were run together into one.
func (c corrector) split(text string, f func(candidate)) error {
	m := &matcher{lookup: c.lookup}
	runes := []rune(text)
	for i := minPart; i <= len(runes)-minPart; i++ {
		x := candidate{text: string(runes[:i]) + " " + string(runes[i:])}
		x.words = analyze(x.text)
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
func (c corrector) together(words []word, start, middle, end int) (string, error) {
	var pair []word
	for _, w := range words {
		if w.start >= start && w.end <= end {
			pair = append(pair, w)
		}
	}
	if len(pair) != 2 || pair[0].joined || pair[1].joined || pair[0].end != middle || pair[1].start != middle+1 {
		return "", nil
	}
	begins, ends := c.n.inPairs(pair[0].exact, pair[1].exact) // neither, mostly, and one word makes hundreds of slips
	var better []string
	if (begins || ends) && c.budget.Pair() {
		better = nameBeside(c.n, pair[0].exact, pair[1].exact, begins, ends)
	}
	text := pair[0].exact + pair[1].exact
	if joined := analyze(text); len(joined) == 1 {
		x, err := c.weigh(text, joined[0].key, 1)
		if err != nil {
			return "", err
		}
		if x.name {
			better = append(better, text)
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
	for _, text := range better {
		hits, err := m.side(fieldBody, analyze(text))
		if err != nil {
			return "", err
		}
		if n := hits.Count(); n > most {
			best, most = text, n
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
	if ends && utf8.RuneCountInString(first) >= minCorrected && plain(first) {
		slips(first, func(w string, _ float64) { try(w + " " + second) })
	}
	if begins && utf8.RuneCountInString(second) >= minCorrected && plain(second) {
		slips(second, func(w string, _ float64) { try(first + " " + w) })
	}
	return out
}
