package bleveindex

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	bleve "github.com/blevesearch/bleve/v2/document"
	index "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"
	zap "github.com/blevesearch/zapx/v17"
	"github.com/golang/snappy"

	"incidex/data"
)

// textField is a field of words as zapx takes it.
type textField struct {
	bleve.Field
	name  string
	freqs index.TokenFrequencies
}

func (f *textField) Name() string                                     { return f.name }
func (f *textField) ArrayPositions() []uint64                         { return nil }
func (f *textField) Options() index.FieldIndexingOptions              { return wordOptions }
func (f *textField) Analyze()                                         {}
func (f *textField) AnalyzedLength() int                              { return 1 }
func (f *textField) AnalyzedTokenFrequencies() index.TokenFrequencies { return f.freqs }

// plainDocument is a document as zapx takes it.
func plainDocument(t *testing.T, d *document) index.Document {
	out := bleve.NewDocument(d.id)
	for _, k := range d.keywords {
		out.AddField(bleve.NewTextFieldCustom(k.field, nil, []byte(k.value), index.IndexField|index.SkipFreqNorm, nil))
	}
	for _, words := range d.words {
		f := &textField{name: words.name, freqs: index.TokenFrequencies{}}
		places := words.places
		for _, o := range words.words {
			key := words.keys[o.term]
			freq := &index.TokenFreq{Term: []byte(key)}
			freq.SetFrequency(int(o.packed))
			for _, p := range places[:o.locations] {
				freq.Locations = append(freq.Locations, &index.TokenLocation{Position: int(p)})
			}
			places = places[o.locations:]
			f.freqs[key] = freq
		}
		out.AddField(f)
	}
	raw, err := snappy.Decode(nil, d.stored)
	if err != nil || len(raw) != d.storedBytes {
		t.Fatal(len(raw), d.storedBytes, err)
	}
	out.AddField(bleve.NewTextFieldCustom(fieldStored, nil, raw, index.StoreField, nil))
	out.AddIDField()
	out.VisitFields(func(f index.Field) {
		if f.Options().IsIndexed() {
			f.Analyze()
		}
	})
	return out
}

// TestSegment writes segments that zapx makes, too, and compares their bytes.
func TestSegment(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	words := benchWords()
	text := func(n int) string {
		var out []string
		for range n {
			out = append(out, words[min(int(r.ExpFloat64()*200), len(words)-1)])
		}
		return strings.Join(out, " ")
	}
	article := func(i int) *document {
		d, err := articleDocument(&data.Document{
			Article: data.Article{
				ID: fmt.Sprint(i), Title: text(5), Text: text(r.IntN(300)), Publisher: fmt.Sprint("p", i%7), Tags: []string{"b", "a", "b"},
			},
			Locations: []data.Location{{Path: "x.jsonl", Line: i}},
		})
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	incident := func(i int) *document {
		d, err := incidentDocument(&data.Incident{ID: fmt.Sprint(i), Keys: []uint32{1, uint32(i), uint32(i + 1)}, Merged: []string{"é", "z"}})
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	file := func(i int) *document {
		d, err := fileDocument(&data.File{Path: fmt.Sprint(i)})
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	tests := []struct {
		name                       string
		articles, incidents, files int
	}{
		{"an article", 1, 0, 0},
		{"a file", 0, 0, 1},
		{"all kinds", 300, 100, 3},
		{"frequencies in chunks", 2100, 1, 0},
		{"bitmaps of many documents", 10, 4200, 0},
		{"containers of bitmaps", 10, 66_000, 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var docs []*document
			for i := range test.articles {
				docs = append(docs, article(i))
			}
			for i := range test.incidents {
				docs = append(docs, incident(i))
			}
			for i := range test.files {
				docs = append(docs, file(i))
			}
			var ours, theirs []index.Document
			for _, d := range docs {
				ours = append(ours, d)
			}
			r.Shuffle(len(ours), func(i, j int) { ours[i], ours[j] = ours[j], ours[i] })
			slices.SortFunc(docs, func(a, b *document) int { return strings.Compare(a.id, b.id) })
			for _, d := range docs {
				theirs = append(theirs, plainDocument(t, d))
			}
			made, _, err := (&segments{}).NewUsing(ours, nil)
			if err != nil {
				t.Fatal(err)
			}
			want, _, err := (&segments{}).NewUsing(theirs, nil)
			if err != nil {
				t.Fatal(err)
			}
			a, b := segmentBytes(t, want), segmentBytes(t, made)
			if len(a) != len(b) {
				t.Fatalf("%d bytes, want %d", len(b), len(a))
			}
			for i := range a {
				if a[i] != b[i] {
					t.Fatalf("byte %d of %d is %d, want %d", i, len(b), b[i], a[i])
				}
			}
		})
	}
}

// segmentBytes are the bytes of a segment's file without their sum, and with the sections
// of each field in order.
func segmentBytes(t *testing.T, s segment.Segment) []byte {
	var out bytes.Buffer
	if _, err := plainSegments([]segment.Segment{s})[0].(*zap.SegmentBase).WriteTo(&out); err != nil {
		t.Fatal(err)
	}
	raw := out.Bytes()
	raw = raw[:len(raw)-crc32.Size]
	const sectionsOffset = 8 + 4 + 4 // with what follows it
	at := binary.BigEndian.Uint64(raw[len(raw)-sectionsOffset:])
	number := func(at *uint64) uint64 {
		u, n := binary.Uvarint(raw[*at:])
		*at += uint64(n)
		return u
	}
	for range number(&at) {
		field := binary.BigEndian.Uint64(raw[at:])
		at += 8
		name := number(&field)
		field += name
		number(&field) // options
		const size = 2 + 8
		n := number(&field)
		all := raw[field:][:n*size]
		found := slices.SortedFunc(slices.Chunk(slices.Clone(all), size), bytes.Compare)
		copy(all, slices.Concat(found...))
	}
	return raw
}
