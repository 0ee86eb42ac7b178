package bleveindex

import (
	"incidex/search/facet"
	"incidex/search/text"
)

// phrase matches the articles in which words stand at the distances that they
// have in what was typed, whatever their endings, or joined into one. A single word is
// meant as it is.
func (m *matcher) phrase(field, typed string) (facet.Hits, error) {
	words := text.Analyze(typed)
	single := -1 // the joined word that is all of the text
	parts := words[:0:0]
	for i, w := range words {
		if !w.Joined {
			parts = append(parts, w)
		} else if w.Start <= words[0].Start && w.End >= words[len(words)-1].End {
			single = i
		}
	}
	switch {
	case len(words) == 0:
		return nil, nil
	case len(words) == 1:
		return m.articlesWith(termSet{field, exactSet, words[0].Key()})
	}
	out, err := m.side(field, parts)
	if err != nil || single < 0 {
		return out, err
	}
	joined, err := m.articlesWith(termSet{field, stemSet, words[single].Stem})
	if err != nil {
		return nil, err
	}
	if out == nil {
		return joined, nil
	}
	orInto(out, joined)
	return out, nil
}

// side matches the articles in which words stand side by side.
func (m *matcher) side(field string, words []text.Word) (facet.Hits, error) {
	if len(words) == 0 {
		return nil, nil
	}
	found := make([]*found, len(words))
	var out facet.Hits
	for k, w := range words {
		var err error
		if found[k], err = m.find(termSet{field, stemSet, w.Stem}); err != nil {
			return nil, err
		}
		if k == 0 {
			out = m.hits(found[k]).Clone()
		} else {
			andInto(out, m.hits(found[k]))
		}
	}
	if len(words) == 1 {
		return out, nil
	}
	for i := range out {
		if err := m.ctx.Err(); err != nil {
			return nil, err
		}
		var starts []place
		for k := range words {
			wanted := out[i].Count()
			if wanted == 0 {
				break
			}
			all, err := m.places(i, found[k].segments[i], out[i], wanted)
			if err != nil {
				return nil, err
			}
			next := shifted(all, out[i], wanted, words[k].Pos-words[0].Pos)
			if k > 0 {
				next = common(starts, next)
			}
			starts = next
			// Later words are looked for only where the phrase can still be.
			out[i] = facet.NewBits(m.n.columns[i].facet.Docs)
			for _, p := range starts {
				out[i].Set(int(p.doc()))
			}
		}
	}
	return out, nil
}

// shifted returns the places in the wanted documents, each moved back by offset.
func shifted(all []place, want facet.Bits, wanted, offset int) []place {
	var out []place
	add := func(p place) {
		if p.pos() > offset {
			out = append(out, p-place(offset))
		}
	}
	if wanted*sparse >= len(all) {
		for _, p := range all {
			if want.Has(int(p.doc())) {
				add(p)
			}
		}
		return out
	}
	next := 0
	for doc := range want.Ones() {
		for next = gallop(all, next, newPlace(uint32(doc), 0)); next < len(all) && all[next].doc() == uint32(doc); next++ {
			add(all[next])
		}
	}
	return out
}

// common keeps of two ordered lists what is in both, in the memory of the first.
func common(a, b []place) []place {
	out := a[:0]
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] < b[0]:
			a = a[1:]
		case a[0] > b[0]:
			b = b[1:]
		default:
			out = append(out, a[0])
			a, b = a[1:], b[1:]
		}
	}
	return out
}
