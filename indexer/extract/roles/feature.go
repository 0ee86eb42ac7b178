package roles

import "strings"

// A Feature is the hash of a feature's name: a template and the parts that fill it,
// joined by "|" as in "before|records|serves".
type Feature uint32

// Hash is the hash of one part of a name: FNV-1a, 32 bits.
func Hash(part string) uint32 {
	h := uint32(2166136261)
	for i := 0; i < len(part); i++ {
		h = (h ^ uint32(part[i])) * 16777619
	}
	return h
}

// With is the feature whose name has one more part.
func (f Feature) With(part uint32) Feature {
	h := (uint32(f) ^ part) * 0x9e3779b1
	return Feature(h ^ h>>15)
}

// Template begins the name of a feature.
func Template(name string) Feature { return Feature(Hash(name)) }

// separator stands between the parts of a name.
const separator = "|"

// named returns the feature of a whole name.
func named(name string) Feature {
	parts := strings.Split(name, separator)
	f := Template(parts[0])
	for _, p := range parts[1:] {
		f = f.With(Hash(p))
	}
	return f
}

// Row is the features of one candidate value, without repeats.
type Row struct {
	Features []Feature
	// Values are the values of the features, 1 for one that is simply there.
	Values []float32
	// seen is a small table of the features, for finding repeats in no time.
	seen  []Feature
	round []uint32
	now   uint32
	// Names are the names of the features, kept while learning only.
	Names []string
	words map[uint32]string
}

// seenSize is a power of two well above the features of a row.
const seenSize = 2048

// maxFeatures bounds the features of a row; what comes later is left out.
const maxFeatures = 1200

// Reset empties the row. With learning, names are kept.
func (r *Row) Reset(learning bool) {
	if r.seen == nil {
		r.seen, r.round = make([]Feature, seenSize), make([]uint32, seenSize)
	}
	r.Features, r.Values = r.Features[:0], r.Values[:0]
	r.now++
	r.Names = nil
	if learning && r.words == nil {
		r.words = map[uint32]string{}
	}
	if !learning {
		r.words = nil
	}
}

// Word tells what a hash stands for, for the names that learning keeps.
func (r *Row) Word(s string) uint32 {
	h := Hash(s)
	if r.words != nil {
		r.words[h] = strings.ReplaceAll(s, separator, "/")
	}
	return h
}

// Learning reports whether names are kept.
func (r *Row) Learning() bool { return r.words != nil }

// Add adds the feature of a template and parts.
func (r *Row) Add(t Named, parts ...uint32) { r.AddValue(1, t, parts...) }

// AddValue adds a feature that is a number.
func (r *Row) AddValue(value float32, t Named, parts ...uint32) {
	f := t.feature
	for _, p := range parts {
		f = f.With(p)
	}
	i := uint32(f) & (seenSize - 1)
	for r.round[i] == r.now {
		if r.seen[i] == f {
			return
		}
		i = (i + 1) & (seenSize - 1)
	}
	if len(r.Features) == maxFeatures {
		return
	}
	r.seen[i], r.round[i] = f, r.now
	r.Features, r.Values = append(r.Features, f), append(r.Values, value)
	if r.words != nil {
		name := t.name
		for _, p := range parts {
			name += separator + r.words[p]
		}
		r.Names = append(r.Names, name)
	}
}

// Named is a template with its name.
type Named struct {
	name    string
	feature Feature
}

// Name makes a template.
func Name(s string) Named { return Named{s, Template(s)} }
