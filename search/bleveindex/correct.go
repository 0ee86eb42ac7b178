package bleveindex

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"incidex/search"
	"incidex/search/text"
)

const (
	// minCorrected is the number of letters from which a word is corrected.
	minCorrected = 4
	// minTwice is the number of letters from which two slips are believed.
	minTwice = 7
	// maxCorrected is the number of letters up to which a word is corrected.
	maxCorrected = text.MaxWithin
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
	typed := strings.Join(run, " ")
	words := text.Analyze(typed)
	var out []search.Correction
	start := 0
	for i := 0; i < len(run); i++ {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		end := start + len(run[i])
		better, err := c.part(words, typed[start:end], start)
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
func (c corrector) part(words []text.Word, typed string, start int) (search.Correction, error) {
	out := search.Correction{Text: typed}
	// From the end, so that the bytes of the words before stay where they are.
	for i, w := range slices.Backward(words) {
		if w.Start < start || w.End > start+len(typed) {
			continue
		}
		if w.Joined {
			if known, err := c.knows(w); known > 0 || err != nil {
				return search.Correction{}, err
			}
			continue
		}
		first, _ := utf8.DecodeRuneInString(typed[w.Start-start:])
		better, df, err := c.correct(w, unicode.IsUpper(first), beside(words, i, -1), beside(words, i, 1))
		if err != nil {
			return search.Correction{}, err
		}
		if better != "" {
			out.Text = out.Text[:w.Start-start] + better + out.Text[w.End-start:]
			out.Articles = df
		}
	}
	if out.Text == typed {
		out.Text = ""
	}
	return out, nil
}

// beside returns the word before or after another, nil when there is none.
func beside(words []text.Word, i, step int) *text.Word {
	for j := i + step; j >= 0 && j < len(words); j += step {
		if !words[j].Joined {
			return &words[j]
		}
	}
	return nil
}

// knows returns how many articles have a word, or one of its stem.
func (l *lookup) knows(w text.Word) (int, error) {
	return l.frequency(termSet{fieldBody, stemSet, w.Stem})
}

// correctionKey is a word as typed, whether it has a capital, and those beside it.
type correctionKey struct {
	word, before, after string
	capital             bool
}

// correct returns what a word most likely is a slip of, "" when nothing is, and in
// how many articles the word is. One with a capital is a slip of a name at most.
func (c corrector) correct(w text.Word, capital bool, before, after *text.Word) (string, int, error) {
	size := utf8.RuneCountInString(w.Exact)
	if size < minCorrected || size > maxCorrected || strings.ContainsFunc(w.Exact, func(r rune) bool { return !unicode.IsLetter(r) }) {
		return "", 0, nil
	}
	df, err := c.knows(w)
	if err != nil || df > rareWord {
		return "", 0, err
	}
	if !c.budget.Word() {
		return "", df, nil
	}
	key := correctionKey{word: w.Exact, capital: capital}
	if before != nil {
		key.before = before.Key()
	}
	if after != nil {
		key.after = after.Key()
	}
	if best, ok := c.n.corrections.get(key); ok {
		return best, df, nil
	}
	best, err := c.best(w, df, capital, before, after)
	if err != nil {
		return "", 0, err
	}
	c.n.corrections.put(key, best)
	return best, df, nil
}

// candidate is a word that another may be a slip of.
type candidate struct {
	words  []text.Word
	text   string
	weight float64 // how likely it is
	share  float64 // of the articles that have it, titles weighing more
	name   bool    // it is a name, or stands in titles as names do
}

func (c corrector) best(w text.Word, df int, capital bool, before, after *text.Word) (string, error) {
	if df > 0 {
		own, err := c.weigh(w.Exact, w.Key(), 1)
		if err != nil || own.name {
			return "", err
		}
		if t, err := c.frequency(termSet{fieldTitle, stemSet, w.Stem}); err != nil || t > 0 {
			return "", err
		}
	}
	var list []candidate
	var failed error
	try := func(word, key string, likely float64) {
		if failed != nil || utf8.RuneCountInString(word) < minCorrected {
			return
		}
		var x candidate
		x, failed = c.weigh(word, key, likely)
		if x.weight > 0 && (x.name || !capital) {
			list = append(list, x)
		}
	}
	text.Edits(w.Exact, func(edited string, likely float64) {
		if f := text.FormOf(edited); f.Exact == edited {
			try(edited, f.Key(), likely)
		}
	})
	if failed == nil && df == 0 {
		failed = c.split(w.Exact, func(x candidate) { list = append(list, x) })
	}
	if len(list) == 0 && df == 0 && utf8.RuneCountInString(w.Exact) >= minTwice && failed == nil {
		failed = c.twice(w.Exact, func(key string) {
			_, exact := text.SplitKey(key)
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
		for _, o := range []*text.Word{before, after} {
			if o == nil {
				continue
			}
			s, err := c.sideBySide(x, o, w)
			if err != nil {
				return "", err
			}
			together += s
			name := o.Exact + " " + x.text
			if o.Pos > w.Pos {
				name = x.text + " " + o.Exact
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
func (c corrector) weigh(word, key string, likely float64) (candidate, error) {
	df, err := c.frequency(termSet{fieldBody, exactSet, key})
	if err != nil || df == 0 {
		return candidate{}, err
	}
	titles, err := c.frequency(termSet{fieldTitle, exactSet, key})
	if err != nil {
		return candidate{}, err
	}
	x := candidate{words: []text.Word{text.WordOf(key)}, text: word}
	x.share = (float64(df) + titleShare*float64(titles)) / float64(c.n.stats[fieldBody].docs)
	x.weight = likely * x.share
	whole, part := c.n.nameWord(word)
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
func (c corrector) sideBySide(x *candidate, o *text.Word, w text.Word) (float64, error) {
	m := &matcher{lookup: c.lookup}
	words := []text.Word{*o}
	for i, y := range x.words {
		y.Pos = w.Pos + i
		words = append(words, y)
	}
	if o.Pos > w.Pos { // the candidate may be longer than w
		words[0].Pos += len(x.words) - 1
		words = append(words[1:], words[0])
	}
	found, err := c.find(termSet{fieldBody, stemSet, o.Stem})
	if err != nil || found.df == 0 {
		return 0, err
	}
	hits, err := m.side(fieldBody, words)
	if err != nil {
		return 0, err
	}
	return float64(hits.Count()) / float64(found.df), nil
}

// twice calls f with the keys of the words of the index that begin with the first
// letter of w, or the second, and are at two slips or fewer.
func (l *lookup) twice(w string, f func(key string)) error {
	want := []rune(w)
	for i := range l.n.segments {
		for _, first := range slices.Compact([]string{string(want[0]), string(want[1])}) {
			keys, err := l.keysBetween(i, fieldBody, first, first+"\xff", func(key string) bool {
				_, exact := text.SplitKey(key)
				return len(exact) >= len(w)-2*utf8.UTFMax && len(exact) <= len(w)+2*utf8.UTFMax && text.Within(want, exact, 2)
			})
			if err != nil {
				return err
			}
			for _, key := range keys {
				f(key)
			}
		}
	}
	return nil
}
