package bleveindex

import (
	"cmp"
	"slices"
	"strings"

	"incidex/search/facet"
	"incidex/search/text"
)

// feedback learns the words that the best hits share.
func (r *ranking) feedback(l *lookup, best []scored) error {
	var weight float64
	words := 0
	for _, t := range r.terms {
		weight += t.weight
		if t.kind == stemSet && !t.titleOnly {
			words++
		}
	}
	if words < feedbackMin || len(best) < feedbackSpread {
		return nil
	}
	type candidate struct {
		*textWord
		weight float64
		docs   int
	}
	var found []candidate
	number := make(map[string]int, feedbackDocs*feedbackCandidates)
	for _, hit := range best[:min(feedbackDocs, len(best))] {
		read, err := l.words(hit.ref)
		if err != nil {
			return err
		}
		for i := range read.words {
			w := &read.words[i]
			k, ok := number[w.stem]
			if !ok {
				k = len(found)
				number[w.stem] = k
				found = append(found, candidate{textWord: w})
			}
			found[k].weight += hit.score * hit.score * float64(w.count) / float64(read.length)
			found[k].docs++
		}
	}
	list := slices.DeleteFunc(found, func(c candidate) bool { return c.docs < feedbackSpread })
	order := func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), strings.Compare(a.stem, b.stem))
	}
	slices.SortFunc(list, order)
	list = list[:min(feedbackCandidates, len(list))]
	docs := l.n.stats[fieldBody].docs
	rare := list[:0]
	for _, c := range list {
		df, err := l.frequency(termSet{fieldBody, stemSet, c.stem})
		if err != nil {
			return err
		}
		if float64(df) <= feedbackCommon*float64(docs) {
			c.weight *= inverseFrequency(min(df, docs), docs)
			rare = append(rare, c)
		}
	}
	list = rare
	slices.SortFunc(list, order)
	list = list[:min(feedbackTerms, len(list))]
	var sum float64
	for _, c := range list {
		sum += c.weight
	}
	for _, c := range list {
		r.added = append(r.added, term{
			kind: stemSet, stem: c.stem, text: c.text, bodyOnly: true,
			weight: (1 - feedbackOriginal) / feedbackOriginal * weight * c.weight / sum,
		})
	}
	return nil
}

// textWords are the words of the beginning of an article that feedback counts.
type textWords struct {
	words  []textWord // in the order of their first place
	length int        // how many there are, each as often as it stands there
}

// textWord is a stem, the first of its words, and how often it stands in a text.
type textWord struct {
	stem, text string
	count      int
}

const (
	// textsBytes is the most memory that a segment keeps of them, in bytes for each
	// document.
	textsBytes = 64
	// textWordBytes is about what one takes: most share their letters with others.
	textWordBytes = 40
)

// words returns the words of an article.
func (l *lookup) words(ref facet.Ref) (*textWords, error) {
	kept := l.n.columns[ref.Segment].texts
	if t, ok := kept.Get(ref.Doc); ok {
		return t, nil
	}
	t := &textWords{}
	doc, err := decode[struct{ Title, Text string }](l.n.segments[ref.Segment], uint32(ref.Doc))
	if err != nil || doc == nil {
		return t, err
	}
	a := text.Acquire()
	defer a.Release()
	number := map[string]int{}
	for _, s := range []string{doc.Title, doc.Text[:min(feedbackText, len(doc.Text))]} {
		for _, w := range a.Words(s) {
			if w.Joined || len(w.Stem) < 2 || len(w.Stem) > 20 {
				continue
			}
			t.length++
			i, ok := number[w.Stem]
			if !ok {
				i = len(t.words)
				number[w.Stem] = i
				t.words = append(t.words, textWord{stem: w.Stem, text: w.Exact})
			}
			t.words[i].count++
		}
	}
	kept.Put(ref.Doc, t, textWordBytes*len(t.words))
	return t, nil
}
