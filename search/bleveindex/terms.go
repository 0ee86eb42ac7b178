package bleveindex

import (
	"bytes"
	"encoding/binary"
	"errors"

	"github.com/RoaringBitmap/roaring/v2"
	segment "github.com/blevesearch/scorch_segment_api/v2"
	zap "github.com/blevesearch/zapx/v17"
)

// The words of a stem are looked for in the dictionary of every segment, and vellum's
// iterator makes an object for each letter on the way to the first one: that was a
// third of what a word cost that was not asked for before. So the dictionaries of files
// are walked here, in the first version of vellum's format. A state stands before the
// address that it is known by, to be read from there to the front:
//
//	1  next letter's code   a single letter follows, at the state right in front: the top bits are 11
//	1  next letter's code   a single letter follows: 10
//	0  final, letters       several follow, or none; final where a word ends here
//
// The code of a letter that is not common is 0, and the letter comes next; so does the
// number of letters where it is 0. Then come the number of bytes of a distance and of an
// output in one byte, the letters, descending, for each letter the distance to its state
// from the front of this one, and the outputs.

// termTree is a dictionary in vellum's format, nil for one that is read otherwise.
type termTree []byte

const (
	termsVersion = 1
	termsHeader  = 16 // version and type
	termsFooter  = 16 // number of words and root

	singleState = 1 << 7
	nextState   = 1 << 6 // of a single one: the next state is right in front
	finalState  = 1 << 6 // of others
	lowBits     = 1<<6 - 1

	// endState is the address of a state in which a word ends and nothing follows.
	endState = 0
	// noState is that of none.
	noState = 1

	// commonLetters are those with a code, from 1 on.
	commonLetters = "te/oasripcnw.hlm-du012g=:bf3y5&_4v9678k%?xCDASFIBEjPTzRNM+LOqHG"
)

var errTerms = errors.New("the dictionary of a segment is damaged")

// termsOf returns the dictionary of a field of a segment in a file, and the file.
func termsOf(seg segment.Segment, field string) (termTree, []byte) {
	file, ok := seg.(*zap.Segment)
	if !ok {
		return nil, nil
	}
	at, err := file.DictAddr(field)
	if err != nil || at >= uint64(len(file.Data())) {
		return nil, nil
	}
	data := file.Data()[at:]
	size, n := binary.Uvarint(data)
	if n <= 0 || size < termsHeader+termsFooter || size > uint64(len(data)-n) {
		return nil, nil
	}
	t := termTree(data[n:][:size])
	if binary.LittleEndian.Uint64(t) != termsVersion {
		return nil, nil
	}
	return t, file.Data()
}

func (t termTree) root() int { return int(binary.LittleEndian.Uint64(t[len(t)-termsFooter/2:])) }

// get returns the value of a word, and whether there is one.
func (t termTree) get(key string) (value uint64, ok bool, err error) {
	at, before := t.root(), len(t)
	for i := 0; ; i++ {
		switch {
		case at == noState:
			return 0, false, nil
		case at == endState:
			return value, i == len(key), nil
		}
		var s termState
		if at < termsHeader || at >= before || !s.read(t, at) {
			return 0, false, errTerms
		}
		if i == len(key) && s.final {
			return value + s.output(s.n), true, nil
		}
		if i == len(key) {
			return 0, false, nil
		}
		n := s.find(key[i])
		if n < 0 {
			return 0, false, nil
		}
		value += s.output(n)
		at, before = s.to(n), at
	}
}

// documentsAt returns the documents of a word by its value in the dictionary.
func documentsAt(file []byte, value uint64) ([]uint32, error) {
	if value&zap.FSTValEncodingMask == zap.FSTValEncoding1Hit {
		doc, _ := zap.FSTValDecode1Hit(value)
		return []uint32{uint32(doc)}, nil
	}
	if value >= uint64(len(file)) {
		return nil, errTerms
	}
	at := file[value:]
	var size uint64
	for range 3 { // where its frequencies are, and its locations
		u, n := binary.Uvarint(at)
		if n <= 0 {
			return nil, errTerms
		}
		size, at = u, at[n:]
	}
	if size > uint64(len(at)) {
		return nil, errTerms
	}
	return bitmapDocuments(at[:size])
}

// bitmapDocuments returns the documents of a bitmap in Roaring's form.
func bitmapDocuments(b []byte) ([]uint32, error) {
	le := binary.LittleEndian
	if len(b) >= arrayHeader && le.Uint32(b) == arrayCookie && le.Uint32(b[4:]) == 1 {
		high, n := uint32(le.Uint16(b[8:]))<<16, int(le.Uint16(b[10:]))+1
		if n <= arrayMost && len(b) == arrayHeader+2*n {
			docs := make([]uint32, n)
			for i := range docs {
				docs[i] = high | uint32(le.Uint16(b[arrayHeader+2*i:]))
			}
			return docs, nil
		}
	}
	docs := roaring.New()
	if _, err := docs.FromUnsafeBytes(b); err != nil {
		return nil, err
	}
	return docs.ToArray(), nil
}

// between calls f with the words from start inclusive to end exclusive, in order. They
// are valid until it returns.
func (t termTree) between(start, end string, f func(key []byte)) error {
	w := termWalk{t, start, end, make([]byte, 0, 64), f}
	return w.visit(t.root(), len(t), true, true)
}

type termWalk struct {
	termTree
	start, end string
	key        []byte
	found      func(key []byte)
}

// visit walks what follows the key, which is at a state behind which the one before
// ends; low and high say that start and end begin with it.
func (w *termWalk) visit(at, before int, low, high bool) error {
	if at == noState {
		return nil
	}
	depth := len(w.key)
	low = low && depth < len(w.start)
	if high && depth >= len(w.end) {
		return nil
	}
	if at == endState {
		if !low {
			w.found(w.key)
		}
		return nil
	}
	var s termState
	if at < termsHeader || at >= before || !s.read(w.termTree, at) {
		return errTerms
	}
	if s.final && !low {
		w.found(w.key)
	}
	first, last := byte(0), byte(0xff)
	if low {
		first = w.start[depth]
	}
	if high {
		last = w.end[depth]
	}
	for i := range s.n {
		b := s.letter(i)
		if b < first {
			continue
		}
		if b > last {
			break
		}
		w.key = append(w.key[:depth], b)
		if err := w.visit(s.to(i), at, low && b == first, high && b == last); err != nil {
			return err
		}
	}
	w.key = w.key[:depth]
	return nil
}

// termState is a state of a dictionary.
type termState struct {
	termTree
	final     bool
	n         int  // letters that follow
	only      byte // the single one
	onlyTo    int
	single    bool
	letters   int // where they begin
	distances int
	size      int // of a distance, in bytes
	outputs   int
	outSize   int // of an output, in bytes
	front     int
}

// read reads the state at an address, and returns false where none can be.
func (s *termState) read(t termTree, at int) bool {
	s.termTree = t
	top := t[at]
	p := at
	if top&singleState != 0 {
		s.single, s.n = true, 1
		if code := top & lowBits; code > 0 {
			s.only = commonLetters[code-1]
		} else {
			p--
			s.only = t[p]
		}
		if top&nextState != 0 {
			s.onlyTo = p - 1
			return true
		}
		p--
		s.size = int(t[p] >> 4)
		s.outSize = int(t[p] & 0xf)
		s.distances = p - s.size
		s.outputs = s.distances - s.outSize
		s.front = s.outputs
		if s.front < 0 {
			return false
		}
		s.onlyTo = s.target(0)
		return true
	}
	s.final = top&finalState != 0
	if s.n = int(top & lowBits); s.n == 0 {
		p--
		if s.n = int(t[p]); s.n == 1 {
			s.n = 256 // as no byte can say
		}
	}
	p--
	s.size, s.outSize = int(t[p]>>4), int(t[p]&0xf)
	s.letters = p - s.n
	s.distances = s.letters - s.n*s.size
	s.outputs = s.distances - s.n*s.outSize
	s.front = s.outputs
	if s.final {
		s.front -= s.outSize // its own
	}
	return s.front >= 0
}

// letter returns a letter that follows, in ascending order.
func (s *termState) letter(i int) byte {
	if s.single {
		return s.only
	}
	return s.termTree[s.letters+s.n-1-i]
}

// find returns the number of a letter, -1 when it does not follow.
func (s *termState) find(b byte) int {
	if s.single {
		if s.only == b {
			return 0
		}
		return -1
	}
	i := bytes.IndexByte(s.termTree[s.letters:][:s.n], b)
	if i < 0 {
		return -1
	}
	return s.n - 1 - i
}

// to returns the state that a letter leads to.
func (s *termState) to(i int) int {
	if s.single {
		return s.onlyTo
	}
	return s.target(s.n - 1 - i)
}

func (s *termState) target(i int) int {
	if distance := s.number(s.distances+i*s.size, s.size); distance > 0 {
		return s.front - int(distance)
	}
	return endState
}

// output returns what a letter adds to the value, with n what the end of a word does.
func (s *termState) output(i int) uint64 {
	return s.number(s.outputs+(s.n-1-i)*s.outSize, s.outSize)
}

func (s *termState) number(at, size int) uint64 {
	var u uint64
	for j := range size {
		u |= uint64(s.termTree[at+j]) << (8 * j)
	}
	return u
}
