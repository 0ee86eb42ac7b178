// Package codec writes the documents of the index in a form that takes half the room of
// JSON and a fraction of its time. A value is
//
//	a string, a float in decimal digits   its length and its bytes
//	a bool, an integer                    a varint, signed ones zigzag
//	a struct                              its length and its fields: name, value
//	a slice                               its length and its elements
//
// where a name is a number: its place in names, times 2, and 1 more when the value
// has a length. Fields of embedded structs are fields of the struct, zero fields
// are left out, and names that a reader does not know are skipped: so old and new
// programs read each other's documents.
package codec

import (
	"encoding"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
	"sync"
)

// names are the JSON names of all fields that are stored. New ones come last.
var names = strings.Fields(`id title text publisher source_kind url date language tags given
	incidents unlisted locations hash extractor path line size mod_time articles
	field value raw number unit qualifier currency status confidence rule evidence start end quote source
	role claims keys members merged article mention signature
	victim headlined published occurred disclosed numbers attacks actors data_types suppliers cves malware topic terms counts sketch
	dated problems lead victim_given campaign likely`)

var errDamaged = errors.New("stored document is damaged")

// Encode appends a struct of package data, given by a pointer. It panics on a type that
// documents do not have.
func Encode(to []byte, v any) ([]byte, error) {
	r := reflect.ValueOf(v).Elem()
	return codecOf(r.Type()).fields(to, r)
}

// Decode fills a struct, given by a pointer, with what Encode wrote.
func Decode(from []byte, v any) error {
	r := reflect.ValueOf(v).Elem()
	return codecOf(r.Type()).fill(from, r)
}

// codec writes and reads the values of one type.
type codec struct {
	t     reflect.Type
	sized bool // the value begins with its length
	put   func(to []byte, v reflect.Value) ([]byte, error)
	// get reads a value; what follows its length, where it is sized.
	get func(from []byte, v reflect.Value) error
	// of a struct
	list   []field
	number map[uint64]field
}

type field struct {
	name  uint64
	index []int
	*codec
}

var codecs sync.Map // reflect.Type to *codec

func codecOf(t reflect.Type) *codec {
	if c, ok := codecs.Load(t); ok {
		return c.(*codec)
	}
	c := newCodec(t)
	codecs.Store(t, c)
	return c
}

var textMarshaler = reflect.TypeFor[encoding.TextMarshaler]()

// newCodec panics on a type that stored documents do not have.
func newCodec(t reflect.Type) *codec {
	c := &codec{t: t, sized: true}
	switch {
	case t.Implements(textMarshaler):
		c.put = func(to []byte, v reflect.Value) ([]byte, error) {
			text, err := v.Interface().(encoding.TextMarshaler).MarshalText()
			return append(binary.AppendUvarint(to, uint64(len(text))), text...), err
		}
		c.get = func(from []byte, v reflect.Value) error {
			return v.Addr().Interface().(encoding.TextUnmarshaler).UnmarshalText(from)
		}
		return c
	case t.Kind() == reflect.Pointer:
		of := codecOf(t.Elem())
		c.sized = of.sized
		c.put = func(to []byte, v reflect.Value) ([]byte, error) { return of.put(to, v.Elem()) }
		c.get = func(from []byte, v reflect.Value) error {
			v.Set(reflect.New(t.Elem()))
			return of.get(from, v.Elem())
		}
		return c
	}
	switch t.Kind() {
	case reflect.String:
		c.put = func(to []byte, v reflect.Value) ([]byte, error) {
			return append(binary.AppendUvarint(to, uint64(v.Len())), v.String()...), nil
		}
		c.get = func(from []byte, v reflect.Value) error { v.SetString(string(from)); return nil }
	case reflect.Float64:
		c.put = func(to []byte, v reflect.Value) ([]byte, error) {
			at := len(to)
			to = strconv.AppendFloat(append(to, 0), v.Float(), 'g', -1, 64)
			to[at] = byte(len(to) - at - 1)
			return to, nil
		}
		c.get = func(from []byte, v reflect.Value) error {
			f, err := strconv.ParseFloat(string(from), 64)
			v.SetFloat(f)
			return err
		}
	case reflect.Bool, reflect.Int, reflect.Int64, reflect.Uint8, reflect.Uint32, reflect.Uint64:
		c.sized = false
		c.put = func(to []byte, v reflect.Value) ([]byte, error) { return binary.AppendUvarint(to, bitsOf(v)), nil }
		c.get = func(from []byte, v reflect.Value) error {
			u, n := binary.Uvarint(from)
			if n <= 0 {
				return errDamaged
			}
			return setBits(v, u)
		}
	case reflect.Slice:
		c.slice()
	case reflect.Struct:
		c.number = map[uint64]field{}
		for _, f := range reflect.VisibleFields(t) {
			if f.Anonymous {
				continue
			}
			of := codecOf(f.Type)
			x := field{2 * nameOf(f), f.Index, of}
			if of.sized {
				x.name++
			}
			c.list = append(c.list, x)
			c.number[x.name] = x
		}
		c.put = func(to []byte, v reflect.Value) ([]byte, error) { return sized(to, v, c.fields) }
		c.get = c.fill
	default:
		panic(fmt.Sprintf("codec: no way to store a %s", t))
	}
	return c
}

// nameOf is the place of a field's JSON name in names.
func nameOf(f reflect.StructField) uint64 {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	if name == "" {
		name = strings.ToLower(f.Name)
	}
	for i, n := range names {
		if n == name {
			return uint64(i)
		}
	}
	panic(fmt.Sprintf("codec: append %q to names", name))
}

func bitsOf(v reflect.Value) uint64 {
	switch {
	case v.CanInt():
		return uint64(v.Int()<<1) ^ uint64(v.Int()>>63)
	case v.CanUint():
		return v.Uint()
	case v.Bool():
		return 1
	}
	return 0
}

func setBits(v reflect.Value, u uint64) error {
	switch {
	case v.CanInt():
		v.SetInt(int64(u>>1) ^ -int64(u&1))
	case v.CanUint():
		if v.OverflowUint(u) {
			return errDamaged
		}
		v.SetUint(u)
	default:
		v.SetBool(u != 0)
	}
	return nil
}

// sized appends a value and puts its length before it.
func sized(to []byte, v reflect.Value, put func([]byte, reflect.Value) ([]byte, error)) ([]byte, error) {
	at := len(to)
	to, err := put(append(to, 0), v)
	n := len(to) - at - 1
	if n < 1<<7 {
		to[at] = byte(n)
		return to, err
	}
	var length [binary.MaxVarintLen64]byte
	more := binary.PutUvarint(length[:], uint64(n)) - 1
	to = append(to, length[:more]...)
	copy(to[at+1+more:], to[at+1:at+1+n])
	copy(to[at:], length[:more+1])
	return to, err
}

// cut takes a length and so many bytes off.
func cut(from []byte) (part, rest []byte, err error) {
	u, n := binary.Uvarint(from)
	if n <= 0 || u > uint64(len(from)-n) {
		return nil, nil, errDamaged
	}
	return from[n : n+int(u)], from[n+int(u):], nil
}

func (c *codec) slice() {
	of := codecOf(c.t.Elem())
	elements := func(to []byte, v reflect.Value) (_ []byte, err error) {
		for i := range v.Len() {
			if to, err = of.put(to, v.Index(i)); err != nil {
				return to, err
			}
		}
		return to, nil
	}
	c.put = func(to []byte, v reflect.Value) ([]byte, error) { return sized(to, v, elements) }
	c.get = func(from []byte, v reflect.Value) error {
		n, err := of.count(from)
		if err != nil {
			return err
		}
		v.Set(reflect.MakeSlice(c.t, n, n))
		for i := range n {
			if from, err = of.take(from, v.Index(i)); err != nil {
				return err
			}
		}
		return nil
	}
}

// count is the number of values that follow each other.
func (c *codec) count(from []byte) (int, error) {
	n := 0
	for ; len(from) > 0; n++ {
		var err error
		if from, err = c.skip(from); err != nil {
			return 0, err
		}
	}
	return n, nil
}

func (c *codec) skip(from []byte) ([]byte, error) { return skip(from, c.sized) }

func skip(from []byte, sized bool) ([]byte, error) {
	if sized {
		_, rest, err := cut(from)
		return rest, err
	}
	_, n := binary.Uvarint(from)
	if n <= 0 {
		return nil, errDamaged
	}
	return from[n:], nil
}

// take reads the value that comes first.
func (c *codec) take(from []byte, v reflect.Value) ([]byte, error) {
	rest, err := c.skip(from)
	if err != nil {
		return nil, err
	}
	part := from[:len(from)-len(rest)]
	if c.sized {
		part, _, _ = cut(part)
	}
	return rest, c.get(part, v)
}

// fields appends the fields of a struct.
func (c *codec) fields(to []byte, v reflect.Value) (_ []byte, err error) {
	for i := range c.list {
		f := &c.list[i]
		value := v.FieldByIndex(f.index)
		if value.IsZero() {
			continue
		}
		if to, err = f.put(binary.AppendUvarint(to, f.name), value); err != nil {
			return to, err
		}
	}
	return to, nil
}

// fill reads the fields of a struct.
func (c *codec) fill(from []byte, v reflect.Value) error {
	for len(from) > 0 {
		name, n := binary.Uvarint(from)
		if n <= 0 || name > math.MaxInt32 {
			return errDamaged
		}
		from = from[n:]
		f, ok := c.number[name]
		var err error
		if ok {
			from, err = f.take(from, v.FieldByIndex(f.index))
		} else {
			from, err = skip(from, name&1 == 1)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
