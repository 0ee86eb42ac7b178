package bleveindex

import (
	"context"
	"fmt"

	"incidex/search"
	"incidex/search/facet"
	"incidex/search/text"
)

// TermFound is what the index holds of a word that was typed, in one field.
type TermFound struct {
	Field string `json:"field"` // body, which has the title too, or title
	Stem  string `json:"stem"`
	// Articles have a word of the stem.
	Articles int `json:"articles"`
	// Words are those of the stem, in the order of the index.
	Words []WordFound `json:"words"`
}

// WordFound is a word of a stem.
type WordFound struct {
	Word string `json:"word"`
	// Key is the term under which the index keeps it.
	Key string `json:"key"`
	// Articles have the word, Times is how often all together.
	Articles int `json:"articles"`
	Times    int `json:"times"`
}

// InspectTerm says what the index holds of the words of a text, live articles only. A text
// without words is an ErrInvalid.
func (s *Generation) InspectTerm(ctx context.Context, typed string) (_ []TermFound, err error) {
	defer faults(&err)()
	words := text.Analyze(typed)
	if len(words) == 0 {
		return nil, fmt.Errorf("%w: %q has no word that is indexed", search.ErrInvalid, typed)
	}
	snap, err := s.Snapshot()
	if err != nil {
		return nil, err
	}
	defer snap.Close()
	l := newLookup(ctx, snap.(*snapshot))
	var out []TermFound
	for _, w := range words {
		for _, field := range wordFields {
			t, err := l.inspect(termSet{field, stemSet, w.Stem})
			if err != nil {
				return nil, s.told(err)
			}
			out = append(out, t)
		}
	}
	return out, nil
}

// inspect reads all words of a stem.
func (l *lookup) inspect(g termSet) (TermFound, error) {
	t := TermFound{Field: g.field, Stem: g.text, Words: []WordFound{}}
	all, err := l.find(g)
	if err != nil {
		return t, err
	}
	t.Articles = all.df
	number := map[string]int{}
	for i, p := range all.segments {
		for _, key := range p.keys {
			w := WordFound{Key: key}
			_, w.Word = text.SplitKey(key)
			err := l.read(i, &postingList{kept: g, keys: []string{key}}, nil, false, func(doc uint32, freq int, _ []int) {
				if l.n.live[i].Has(int(doc)) {
					w.Articles++
					w.Times += freq
				}
			})
			if err != nil {
				return t, err
			}
			k, known := number[key]
			switch {
			case w.Articles == 0:
			case known:
				t.Words[k].Articles += w.Articles
				t.Words[k].Times += w.Times
			default:
				number[key] = len(t.Words)
				t.Words = append(t.Words, w)
			}
		}
	}
	return t, nil
}

// ArticleFound is what the index holds of an article beside the article itself.
type ArticleFound struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	// Segment is the id of the segment that has it, Number its number there.
	Segment uint64 `json:"segment"`
	Number  int    `json:"number"`
	// BodyWords and TitleWords are the lengths that scores know.
	BodyWords  int `json:"body_words"`
	TitleWords int `json:"title_words"`
	Claims     int `json:"claims"`
	// Values are what filters and counts see, of the fields that have some.
	Values []FieldValues `json:"values"`
}

// FieldValues are the values of a field, numbers as the index encodes them.
type FieldValues struct {
	Field  string   `json:"field"`
	Values []string `json:"values"`
}

// InspectArticle says what the index holds of an article; one that it does not have is an
// ErrNotFound.
func (s *Generation) InspectArticle(ctx context.Context, id string) (_ *ArticleFound, err error) {
	defer faults(&err)()
	snap, err := s.Snapshot()
	if err != nil {
		return nil, err
	}
	defer snap.Close()
	docs, err := snap.Articles(ctx, id)
	if err != nil {
		return nil, err
	}
	if docs[0] == nil {
		return nil, fmt.Errorf("article %q: %w", id, search.ErrNotFound)
	}
	out := &ArticleFound{ID: id, Title: docs[0].Title}
	for _, m := range docs[0].Mentions {
		out.Claims += len(m.Claims)
	}
	n := snap.(*snapshot)
	hits, err := newMatcher(ctx, n, false).articlesWith(termSet{"_id", valueSet, articleID(id)})
	if err != nil {
		return nil, s.told(err)
	}
	for i, b := range hits {
		for doc := range b.Ones() {
			ref := facet.Ref{Segment: i, Doc: doc}
			out.Segment, out.Number = n.segments[i].Id(), doc
			out.BodyWords, out.TitleWords = int(n.columns[i].lengths[fieldBody][doc]), int(n.columns[i].lengths[fieldTitle][doc])
			for _, field := range columns {
				if values := n.view.Strings(field, ref); len(values) > 0 {
					out.Values = append(out.Values, FieldValues{field, values})
				}
			}
		}
	}
	return out, nil
}
