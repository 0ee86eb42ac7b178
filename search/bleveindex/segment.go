package bleveindex

import (
	"cmp"
	"encoding/binary"
	"hash/crc32"
	"io"
	"slices"
	"strings"

	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"
	"github.com/blevesearch/vellum"
	zap "github.com/blevesearch/zapx/v17"

	"incidex/search/text"
)

// The documents of a batch become a segment. zapx, which makes segments for Bleve, takes a
// map of words for each document, looks each word of it up three times, and adds documents
// to one bitmap for each word: more than a quarter of what indexing cost. Here the words
// come as numbers (type tokens) and are brought into order by counting, and the segment is
// written at once. It is what zapx would write, byte for byte, in the version of its format
// that go.mod names, and zapx opens and merges it. A segment holds
//
//	the stored document of each, and a table of where they begin
//	for each field
//	    for each term its frequencies, its locations and its documents
//	    the dictionary of the terms, and where it begins
//	for each field its name, its options, and where that stands
//	a table of where these begin

// segments makes segments of our documents, and leaves all else to zapx.
type segments struct{ zap.ZapPlugin }

// dictionaries are built as zapx builds them: words share no ends, which would take time
// and, as each word has a value of its own, save less than a hundredth of a segment.
var dictionaries = &vellum.BuilderOpts{Encoder: 1, RegistryTableSize: 0, RegistryMRUSize: 1}

// Scorch finds what makes segments by its type and version, which an index names; a new
// index takes the default.
func init() { scorch.RegisterSegmentPlugin(&segments{}, true) }

func (s *segments) NewUsing(results []index.Document, config map[string]any) (segment.Segment, uint64, error) {
	docs := make([]*document, len(results))
	for i, r := range results {
		d, ok := r.(*document)
		if !ok {
			other, size, err := s.ZapPlugin.NewUsing(results, config)
			return shown(other), size, err
		}
		docs[i] = d
	}
	slices.SortFunc(docs, func(a, b *document) int { return strings.Compare(a.id, b.id) })
	stats, _ := config[segment.StatsKey].(*segment.Stats)
	if stats == nil {
		stats = &segment.Stats{}
	}
	w, err := newSegmentWriter(docs)
	if err != nil {
		return nil, 0, err
	}
	base, err := zap.InitSegmentBase(w.out, crc32.ChecksumIEEE(w.out), zap.DefaultChunkMode, uint64(len(docs)), w.storedAt, w.fieldsAt, config, stats)
	return shown(base), uint64(len(w.out)), err
}

func (s *segments) Open(path string) (segment.Segment, error) { return s.OpenUsing(path, nil) }

func (s *segments) OpenUsing(path string, config map[string]any) (segment.Segment, error) {
	seg, err := s.ZapPlugin.OpenUsing(path, config)
	if err != nil {
		return nil, err
	}
	return shown(seg), nil
}

// segmentWriter writes a segment.
type segmentWriter struct {
	docs   []*document
	out    []byte
	fields []*fieldWriter // _id, then by name
	byName map[string]*fieldWriter

	dict        *vellum.Builder
	frequencies chunks
	locations   chunks
	documents   []byte

	storedAt, fieldsAt uint64
}

// fieldWriter collects the terms of a field.
type fieldWriter struct {
	name    string
	options index.FieldIndexingOptions
	number  uint64
	terms   []fieldTerm
	byValue map[string]uint32 // plus one
	// byNumber are terms, plus one, by their numbers in a dictionary; 0 for those that
	// have not occurred.
	byNumber map[*text.Dictionary][]uint32
	posts    []post
	places   []uint32
	at       uint64 // where the dictionary's place stands
}

type fieldTerm struct {
	key  string
	n    uint32 // documents
	last uint32 // the last of them, plus one
}

// post is a term in a document.
type post struct {
	term, doc uint32
	frequency uint64
	locations uint32 // how many
	places    uint32 // where they begin in the field's
}

func newSegmentWriter(docs []*document) (*segmentWriter, error) {
	w := &segmentWriter{docs: docs, byName: map[string]*fieldWriter{}}
	size, words := 0, map[string]int{}
	for _, d := range docs {
		size += len(d.stored) + len(d.id) + 1<<10
		for _, t := range d.words {
			words[t.name] += len(t.words)
			size += 8 * len(t.words)
		}
	}
	w.out = make([]byte, 0, size)
	w.field("_id", index.IndexField|index.StoreField)
	for _, d := range docs {
		for _, k := range d.keywords {
			w.field(k.field, index.IndexField|index.SkipFreqNorm)
		}
		for _, t := range d.words {
			f := w.field(t.name, wordOptions)
			if f.posts == nil {
				f.posts = make([]post, 0, words[t.name])
			}
		}
		w.field(fieldStored, index.StoreField)
	}
	slices.SortFunc(w.fields[1:], func(a, b *fieldWriter) int { return strings.Compare(a.name, b.name) })
	for i, f := range w.fields {
		f.number = uint64(i)
	}
	for i, d := range docs {
		w.add(uint32(i), d)
	}
	w.writeStored()
	var err error
	if w.dict, err = vellum.New(io.Discard, dictionaries); err != nil {
		return nil, err
	}
	for _, f := range w.fields {
		if err := w.writeField(f); err != nil {
			return nil, err
		}
	}
	w.writeFields()
	return w, nil
}

// field returns a field by its name.
func (w *segmentWriter) field(name string, o index.FieldIndexingOptions) *fieldWriter {
	f := w.byName[name]
	if f == nil {
		f = &fieldWriter{name: name, options: o, byValue: map[string]uint32{}, byNumber: map[*text.Dictionary][]uint32{}}
		w.byName[name] = f
		w.fields = append(w.fields, f)
	}
	return f
}

// add takes the terms of a document.
func (w *segmentWriter) add(doc uint32, d *document) {
	w.fields[0].keyword(doc, d.id, 1)
	for _, k := range d.keywords {
		w.byName[k.field].keyword(doc, k.value, 0)
	}
	for _, t := range d.words {
		w.byName[t.name].tokens(doc, t)
	}
}

func (f *fieldWriter) keyword(doc uint32, value string, frequency uint64) {
	f.post(post{term: f.term(value) - 1, doc: doc, frequency: frequency})
}

// term returns the number of a term, plus one.
func (f *fieldWriter) term(key string) uint32 {
	n := f.byValue[key]
	if n == 0 {
		f.terms = append(f.terms, fieldTerm{key: key})
		n = uint32(len(f.terms))
		f.byValue[key] = n
	}
	return n
}

// post adds a term of a document, unless it has it already.
func (f *fieldWriter) post(p post) {
	t := &f.terms[p.term]
	if t.last == p.doc+1 {
		return
	}
	t.n++
	t.last = p.doc + 1
	f.posts = append(f.posts, p)
}

func (f *fieldWriter) tokens(doc uint32, t *tokens) {
	known := f.byNumber[t.of]
	if len(known) < len(t.keys) {
		known = append(known, make([]uint32, len(t.keys)-len(known))...)
		f.byNumber[t.of] = known
	}
	places := t.places
	for _, o := range t.words {
		n := known[o.term]
		if n == 0 {
			n = f.term(t.keys[o.term])
			known[o.term] = n
		}
		f.post(post{term: n - 1, doc: doc, frequency: o.packed, locations: o.locations, places: uint32(len(f.places))})
		f.places = append(f.places, places[:o.locations]...)
		places = places[o.locations:]
	}
}

// sorted are the numbers of the terms in the order of their bytes.
func (f *fieldWriter) sorted() []uint32 {
	// Most terms differ in their first bytes.
	type entry struct {
		begin uint64
		n     uint32
	}
	entries := make([]entry, len(f.terms))
	for i, t := range f.terms {
		var b [8]byte
		copy(b[:], t.key)
		entries[i] = entry{binary.BigEndian.Uint64(b[:]), uint32(i)}
	}
	slices.SortFunc(entries, func(a, b entry) int {
		if a.begin != b.begin {
			return cmp.Compare(a.begin, b.begin)
		}
		return strings.Compare(f.terms[a.n].key, f.terms[b.n].key)
	})
	out := make([]uint32, len(entries))
	for i, e := range entries {
		out[i] = e.n
	}
	return out
}
