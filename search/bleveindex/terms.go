package bleveindex

import (
	"encoding/binary"
	"errors"

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

// termsOf returns the dictionary of a field of a segment in a file.
func termsOf(seg segment.Segment, field string) termTree {
	file, ok := seg.(*zap.Segment)
	if !ok {
		return nil
	}
	at, err := file.DictAddr(field)
	if err != nil || at >= uint64(len(file.Data())) {
		return nil
	}
	data := file.Data()[at:]
	size, n := binary.Uvarint(data)
	if n <= 0 || size < termsHeader+termsFooter || size > uint64(len(data)-n) {
		return nil
	}
	t := termTree(data[n:][:size])
	if binary.LittleEndian.Uint64(t) != termsVersion {
		return nil
	}
	return t
}

// between calls f with the words from start inclusive to end exclusive, in order. They
// are valid until it returns.
func (t termTree) between(start, end string, f func(key []byte)) error {
	root := binary.LittleEndian.Uint64(t[len(t)-termsFooter/2:])
	w := termWalk{t, start, end, make([]byte, 0, 64), f}
	return w.visit(int(root), len(t), true, true)
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
		s.distances = p - s.size
		s.front = s.distances - int(t[p]&0xf)
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
	s.size = int(t[p] >> 4)
	outputs := s.n
	if s.final {
		outputs++
	}
	s.letters = p - s.n
	s.distances = s.letters - s.n*s.size
	s.front = s.distances - outputs*int(t[p]&0xf)
	return s.front >= 0
}

// letter returns a letter that follows, in ascending order.
func (s *termState) letter(i int) byte {
	if s.single {
		return s.only
	}
	return s.termTree[s.letters+s.n-1-i]
}

// to returns the state that a letter leads to.
func (s *termState) to(i int) int {
	if s.single {
		return s.onlyTo
	}
	return s.target(s.n - 1 - i)
}

func (s *termState) target(i int) int {
	distance := 0
	for j, b := range s.termTree[s.distances+i*s.size:][:s.size] {
		distance |= int(b) << (8 * j)
	}
	if distance == 0 {
		return endState
	}
	return s.front - distance
}
