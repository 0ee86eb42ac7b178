package bleveindex

import (
	"encoding/binary"

	"github.com/RoaringBitmap/roaring/v2"
	zap "github.com/blevesearch/zapx/v17"
)

// What a segment holds and where, as segment.go has it, in zapx's format.

const (
	// textType is Bleve's type of a stored text.
	textType = 't'
	// noValues says that a field has no doc values.
	noValues = 1<<64 - 1
	// chunkDocuments is the number of documents of a term for each of which its
	// frequencies and locations have one chunk more.
	chunkDocuments = 1024
)

// sections are the parts that a field can have; only the first, of words, is used. zapx
// writes them in any order.
var sections = []uint16{zap.SectionInvertedTextIndex, zap.SectionSynonymIndex, zap.SectionGeoShapeV2Index}

func (w *segmentWriter) uvarint(u uint64) { w.out = binary.AppendUvarint(w.out, u) }
func (w *segmentWriter) uint64(u uint64)  { w.out = binary.BigEndian.AppendUint64(w.out, u) }

// writeStored writes the stored documents.
func (w *segmentWriter) writeStored() {
	field := w.byName[fieldStored].number
	at := make([]uint64, len(w.docs))
	var meta []byte
	for i, d := range w.docs {
		at[i] = uint64(len(w.out))
		meta = binary.AppendUvarint(meta[:0], uint64(len(d.id)))
		for _, u := range []uint64{field, textType, 0, uint64(d.storedBytes), 0} { // of which 0 is where it begins, and how many places in an array it has
			meta = binary.AppendUvarint(meta, u)
		}
		w.uvarint(uint64(len(meta)))
		w.uvarint(uint64(len(d.id) + len(d.stored)))
		w.out = append(w.out, meta...)
		w.out = append(w.out, d.id...)
		w.out = append(w.out, d.stored...)
	}
	w.storedAt = uint64(len(w.out))
	for _, u := range at {
		w.uint64(u)
	}
	w.uvarint(0) // nested documents
}

// writeField writes the terms of a field, and what documents they are in.
func (w *segmentWriter) writeField(f *fieldWriter) error {
	// The posts of a term follow one another in posts, by document as before.
	ends := make([]uint32, len(f.terms))
	sum := uint32(0)
	for i := range f.terms {
		ends[i] = sum
		sum += f.terms[i].n
	}
	posts := make([]post, len(f.posts))
	for _, p := range f.posts {
		posts[ends[p.term]] = p
		ends[p.term]++
	}
	var out appender
	var key []byte
	if err := w.dict.Reset(&out); err != nil {
		return err
	}
	for _, n := range f.sorted() {
		t := &f.terms[n]
		at := w.writePosts(f, posts[ends[n]-t.n:ends[n]])
		key = append(key[:0], t.key...)
		if err := w.dict.Insert(key, at); err != nil {
			return err
		}
	}
	if err := w.dict.Close(); err != nil {
		return err
	}
	at := uint64(len(w.out))
	w.uvarint(uint64(len(out.bytes)))
	w.out = append(w.out, out.bytes...)
	f.at = uint64(len(w.out))
	w.uvarint(noValues)
	w.uvarint(noValues)
	w.uvarint(at)
	f.posts, f.places, f.byValue, f.byNumber = nil, nil, nil, nil
	return nil
}

type appender struct{ bytes []byte }

func (a *appender) Write(p []byte) (int, error) {
	a.bytes = append(a.bytes, p...)
	return len(p), nil
}

// writePosts writes the documents of a term and returns where that begins that says
// where all stands.
func (w *segmentWriter) writePosts(f *fieldWriter, posts []post) uint64 {
	size := len(w.docs) / (len(posts)/chunkDocuments + 1)
	w.frequencies.begin(size)
	w.locations.begin(size)
	for i := range posts {
		p := &posts[i]
		w.frequencies.at(p.doc)
		has := uint64(min(p.locations, 1))
		w.frequencies.add(p.frequency<<1 | has)
		if p.frequency > 0 {
			w.frequencies.add(1) // the length of the field, which nothing reads
		}
		if p.locations == 0 {
			continue
		}
		w.locations.at(p.doc)
		places := f.places[p.places:][:p.locations]
		bytes := 0
		for _, place := range places {
			bytes += uvarintBytes(f.number) + uvarintBytes(uint64(place)) + 3
		}
		w.locations.add(uint64(bytes))
		for _, place := range places {
			for _, u := range []uint64{f.number, uint64(place), 0, 0, 0} { // without bytes of the text and places in an array
				w.locations.add(u)
			}
		}
	}
	frequencies := w.writeChunks(&w.frequencies)
	locations := w.writeChunks(&w.locations)
	at := uint64(len(w.out))
	w.uvarint(frequencies)
	w.uvarint(locations)
	w.documents = appendBitmap(w.documents[:0], posts)
	w.uvarint(uint64(len(w.documents)))
	w.out = append(w.out, w.documents...)
	return at
}

func uvarintBytes(u uint64) int {
	n := 1
	for ; u >= 0x80; u >>= 7 {
		n++
	}
	return n
}

// Roaring's form of one container of a sorted array.
const (
	arrayCookie   = 12346
	arrayMost     = 4096 // documents
	containerDocs = 1 << 16
	arrayHeader   = 16
)

// appendBitmap appends a bitmap of the documents as Roaring keeps it.
func appendBitmap(to []byte, posts []post) []byte {
	if last := posts[len(posts)-1].doc; last >= containerDocs || len(posts) > arrayMost {
		b := roaring.New()
		for _, p := range posts {
			b.Add(p.doc)
		}
		raw, err := b.ToBytes()
		if err != nil {
			panic(err) // into memory: it cannot fail
		}
		return append(to, raw...)
	}
	le := binary.LittleEndian
	to = le.AppendUint32(to, arrayCookie)
	to = le.AppendUint32(to, 1) // containers
	to = le.AppendUint16(to, 0) // the first one
	to = le.AppendUint16(to, uint16(len(posts)-1))
	to = le.AppendUint32(to, arrayHeader) // where it begins
	for i := range posts {
		to = le.AppendUint16(to, uint16(posts[i].doc))
	}
	return to
}

// chunks are numbers by document, cut after so many documents each.
type chunks struct {
	size  uint32
	bytes []byte
	ends  []int
}

func (c *chunks) begin(size int) { c.size, c.bytes, c.ends = uint32(size), c.bytes[:0], c.ends[:0] }

// at is called before the numbers of a document, in order.
func (c *chunks) at(doc uint32) {
	for n := int(doc / c.size); len(c.ends) < n; {
		c.ends = append(c.ends, len(c.bytes))
	}
}

func (c *chunks) add(u uint64) { c.bytes = binary.AppendUvarint(c.bytes, u) }

// writeChunks returns where they begin, 0 for none.
func (w *segmentWriter) writeChunks(c *chunks) uint64 {
	if len(c.bytes) == 0 {
		return 0
	}
	at := uint64(len(w.out))
	all := uint32(len(w.docs)-1)/c.size + 1
	for len(c.ends) < int(all) {
		c.ends = append(c.ends, len(c.bytes))
	}
	w.uvarint(uint64(all))
	for _, end := range c.ends {
		w.uvarint(uint64(end))
	}
	w.out = append(w.out, c.bytes...)
	return at
}

// writeFields writes where everything is.
func (w *segmentWriter) writeFields() {
	at := make([]uint64, len(w.fields))
	for i, f := range w.fields {
		at[i] = uint64(len(w.out))
		w.uvarint(uint64(len(f.name)))
		w.out = append(w.out, f.name...)
		w.uvarint(uint64(f.options))
		w.uvarint(uint64(len(sections)))
		for i, s := range sections {
			w.out = binary.BigEndian.AppendUint16(w.out, s)
			if i == 0 {
				w.uint64(f.at)
			} else {
				w.uint64(0)
			}
		}
	}
	w.fieldsAt = uint64(len(w.out))
	w.uvarint(uint64(len(w.fields)))
	for _, u := range at {
		w.uint64(u)
	}
}
