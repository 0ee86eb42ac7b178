package bleveindex

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
	segment "github.com/blevesearch/scorch_segment_api/v2"
	zap "github.com/blevesearch/zapx/v17"

	"incidex/search/text"
)

// A segment keeps the words of a field under keys, which are stem and word together, and
// the positions of most in the number for their frequency (package text, occurrences.go):
// so the file is a third smaller than with stems, words and Bleve's locations apart. To
// Bleve's own queries it shows them as Bleve means them, in two fields:
//
//	body, title                terms are stems, for match, phrase and conjunction queries
//	body_exact, title_exact    terms are words as written, for term and prefix queries
//
// each with true frequencies and positions. The program's own searches read the keys.

// exactSuffix ends the name of a field of words as they are written.
const exactSuffix = "_exact"

// wordFields are the fields that are kept under keys.
var wordFields = []string{fieldBody, fieldTitle}

// keyed is a segment in which words can be found by their keys.
type keyed interface {
	keys(field string) (segment.TermDictionary, error)
	plain() segment.Segment
}

// mapped is a segment on disk, and made one in memory.
type (
	mapped struct {
		*zap.Segment
		words exactWords
	}
	made struct {
		*zap.SegmentBase
		words exactWords
	}
)

var (
	_ segment.PersistedSegment   = (*mapped)(nil)
	_ segment.UnpersistedSegment = (*made)(nil)
)

// shown wraps a segment of zapx that has articles of ours. Scorch has one maker of segments
// for all indexes of a process: those of others stay as they are.
func shown(s segment.Segment) segment.Segment {
	fields := s.Fields()
	for _, ours := range []string{fieldBody, fieldTitle, fieldLengths, fieldStored} {
		if !slices.Contains(fields, ours) {
			return s
		}
	}
	switch s := s.(type) {
	case *zap.Segment:
		return &mapped{Segment: s}
	case *zap.SegmentBase:
		return &made{SegmentBase: s}
	}
	return s
}

func (s *mapped) keys(field string) (segment.TermDictionary, error) {
	return s.Segment.Dictionary(field)
}
func (s *made) keys(field string) (segment.TermDictionary, error) {
	return s.SegmentBase.Dictionary(field)
}
func (s *mapped) plain() segment.Segment { return s.Segment }
func (s *made) plain() segment.Segment   { return s.SegmentBase }

func (s *mapped) Dictionary(field string) (segment.TermDictionary, error) {
	return shownTerms(s, &s.words, field)
}

func (s *made) Dictionary(field string) (segment.TermDictionary, error) {
	return shownTerms(s, &s.words, field)
}

func (s *mapped) Fields() []string { return shownFields(s.Segment.Fields()) }
func (s *made) Fields() []string   { return shownFields(s.SegmentBase.Fields()) }

func shownFields(fields []string) []string {
	out := slices.Clone(fields)
	for _, f := range wordFields {
		if slices.Contains(fields, f) {
			out = append(out, f+exactSuffix)
		}
	}
	return out
}

// keysOf are the terms of a field as the segment keeps them.
func keysOf(s segment.Segment, field string) (segment.TermDictionary, error) {
	if k, ok := s.(keyed); ok {
		return k.keys(field)
	}
	return s.Dictionary(field)
}

// plainSegments are those of zapx, which it merges.
func plainSegments(segs []segment.Segment) []segment.Segment {
	out := slices.Clone(segs)
	for i, s := range out {
		if k, ok := s.(keyed); ok {
			out[i] = k.plain()
		}
	}
	return out
}

// exactWords are the words of the fields of a segment, by their bytes, made when Bleve
// first lists them.
type exactWords struct {
	mu     sync.Mutex
	fields map[string][]string
}

// of lists the words of a field.
func (w *exactWords) of(field string, keys segment.TermDictionary) ([]string, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if known, ok := w.fields[field]; ok {
		return known, nil
	}
	var out []string
	err := eachKey(keys, "", "", func(key string, _ uint64) {
		_, exact := text.SplitKey(key)
		out = append(out, exact)
	})
	if err != nil {
		return nil, err
	}
	slices.Sort(out)
	out = slices.Compact(out)
	if w.fields == nil {
		w.fields = map[string][]string{}
	}
	w.fields[field] = out
	return out, nil
}

// eachKey calls f with the keys from one inclusive to one exclusive, "" for no bound, and
// the number of documents that have each.
func eachKey(keys segment.TermDictionary, from, to string, f func(key string, docs uint64)) error {
	var end []byte
	if to != "" {
		end = []byte(to)
	}
	terms := keys.AutomatonIterator(nil, []byte(from), end)
	for {
		entry, err := terms.Next()
		if err != nil {
			return fmt.Errorf("read keys of words: %w", err)
		}
		if entry == nil {
			return nil
		}
		f(entry.Term, entry.Count)
	}
}

// shownTerms are the terms of a field as Bleve means them.
func shownTerms(s keyed, words *exactWords, field string) (segment.TermDictionary, error) {
	of, exact := strings.CutSuffix(field, exactSuffix)
	keys, err := s.keys(of)
	if err != nil || !slices.Contains(wordFields, of) {
		return keys, err
	}
	return &termView{field: field, of: of, exact: exact, keys: keys, words: words}, nil
}

// termView shows the keys of a field as stems or, if exact, as words.
type termView struct {
	field, of string // of is the field that is kept
	exact     bool
	keys      segment.TermDictionary
	words     *exactWords
}

// keysFor are the keys of the words that a term stands for.
func (v *termView) keysFor(term string) ([]string, error) {
	if v.exact {
		if form := text.FormOfExact(term); form.Exact != "" {
			return []string{form.Key()}, nil
		}
		return nil, nil
	}
	from, to := text.StemKeys(term)
	var out []string
	err := eachKey(v.keys, from, to, func(key string, _ uint64) { out = append(out, key) })
	return out, err
}

func (v *termView) Contains(term []byte) (bool, error) {
	keys, err := v.keysFor(string(term))
	for _, key := range keys {
		if ok, err := v.keys.Contains([]byte(key)); ok || err != nil {
			return ok, err
		}
	}
	return false, err
}

// Cardinality is the number of keys, of which a stem may have several.
func (v *termView) Cardinality() int { return v.keys.Cardinality() }

func (v *termView) PostingsList(term []byte, except *roaring.Bitmap, _ segment.PostingsList) (segment.PostingsList, error) {
	keys, err := v.keysFor(string(term))
	if err != nil {
		return nil, err
	}
	out := &postingsView{field: v.field}
	for _, key := range keys {
		list, err := v.keys.PostingsList([]byte(key), except, nil)
		if err != nil {
			return nil, fmt.Errorf("read postings of %s: %w", v.of, err)
		}
		if err := out.take(list); err != nil {
			return nil, fmt.Errorf("read postings of %s: %w", v.of, err)
		}
	}
	out.join()
	return out, nil
}

// terms lists the terms from one inclusive to one exclusive, nil for no bound.
func (v *termView) terms(from, to []byte) ([]string, error) {
	within := func(term string) bool { return term >= string(from) && (to == nil || term < string(to)) }
	if v.exact {
		all, err := v.words.of(v.of, v.keys)
		if err != nil {
			return nil, err
		}
		i, _ := slices.BinarySearch(all, string(from))
		out := all[i:]
		if to != nil {
			j, _ := slices.BinarySearch(out, string(to))
			out = out[:j]
		}
		return out, nil
	}
	var out []string // keys stand in the order of their stems
	err := eachKey(v.keys, string(from), string(to), func(key string, _ uint64) {
		stem, _ := text.SplitKey(key)
		if within(stem) && (len(out) == 0 || out[len(out)-1] != stem) {
			out = append(out, stem)
		}
	})
	return out, err
}

func (v *termView) AutomatonIterator(a segment.Automaton, from, to []byte) segment.DictionaryIterator {
	terms, err := v.terms(from, to)
	return &termIterator{view: v, automaton: a, terms: terms, err: err}
}
