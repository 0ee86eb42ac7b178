package facet

import (
	"encoding/binary"
	"errors"
	"math"
)

// ErrEncoded says that bytes are not what AppendTo wrote.
var ErrEncoded = errors.New("facet: encoded columns are damaged")

// AppendTo appends the columns of a segment as ReadSegment reads them: counts as
// varints, numbers with their low byte first.
func (s *Segment) AppendTo(to []byte) []byte {
	to = binary.AppendUvarint(to, uint64(s.Docs))
	to = binary.AppendUvarint(to, uint64(len(s.Columns)))
	for name, c := range s.Columns {
		to = AppendNumbers(to, []byte(name))
		to = AppendNumbers(to, []byte(c.text))
		to = AppendNumbers(to, c.ends)
		to = c.ids.appendTo(to)
	}
	return to
}

func (c *ids[T]) appendTo(to []byte) []byte {
	to = append(to, byte(binary.Size(T(0))))
	to = binary.AppendUvarint(to, uint64(c.top))
	to = AppendNumbers(to, c.of)
	to = AppendNumbers(to, c.start)
	return AppendNumbers(to, c.sets)
}

func readIDs[T uint8 | uint16 | uint32](r *decoder) *ids[T] {
	return &ids[T]{uint32(r.count(math.MaxUint32)), numbers[T](r), numbers[uint32](r), numbers[T](r)}
}

// ReadSegment reads the columns of a segment and returns what follows them. Bytes that
// AppendTo has not written end in an error or in columns that must not be used: a sum
// over them is for the caller to check.
func ReadSegment(from []byte) (*Segment, []byte, error) {
	r := decoder{from: from}
	s := &Segment{Docs: r.count(math.MaxInt32), Columns: map[string]*Column{}}
	for range r.count(len(r.from)) {
		name := string(numbers[byte](&r))
		c := &Column{docs: s.Docs, text: string(numbers[byte](&r)), ends: numbers[uint32](&r)}
		switch r.count(4) {
		case 1:
			c.ids = readIDs[uint8](&r)
		case 2:
			c.ids = readIDs[uint16](&r)
		case 4:
			c.ids = readIDs[uint32](&r)
		default:
			r.err = ErrEncoded
		}
		s.Columns[name] = c
	}
	return s, r.from, r.err
}

// AppendNumbers appends numbers with how many they are.
func AppendNumbers[T uint8 | uint16 | uint32 | uint64](to []byte, numbers []T) []byte {
	to = binary.AppendUvarint(to, uint64(len(numbers)))
	to, _ = binary.Append(to, binary.LittleEndian, numbers) // no type that could fail
	return to
}

// ReadNumbers reads what AppendNumbers appended, and returns what follows.
func ReadNumbers[T uint8 | uint16 | uint32 | uint64](from []byte) ([]T, []byte, error) {
	r := decoder{from: from}
	n := numbers[T](&r)
	return n, r.from, r.err
}

// decoder takes values off the front of bytes until one is not there.
type decoder struct {
	from []byte
	err  error
}

func (r *decoder) count(most int) int {
	n, size := binary.Uvarint(r.from)
	if size <= 0 || n > uint64(most) {
		r.from, r.err = nil, ErrEncoded
		return 0
	}
	r.from = r.from[size:]
	return int(n)
}

// numbers returns nil for none.
func numbers[T uint8 | uint16 | uint32 | uint64](r *decoder) []T {
	size := binary.Size(T(0))
	n := r.count(len(r.from) / size)
	if n == 0 {
		return nil
	}
	out := make([]T, n)
	read, _ := binary.Decode(r.from, binary.LittleEndian, out)
	r.from = r.from[read:]
	return out
}
