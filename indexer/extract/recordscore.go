package extract

import (
	"math"

	"incidex/data"
)

func (r *recordRules) around(d *document, n *number, f *[nCountFeatures]float32, to int, s *sentence) {
	mark := func(groups uint64, base int) {
		for k := 0; groups != 0; k++ {
			if groups&1 != 0 {
				f[base+k] = 1
			}
			groups >>= 1
		}
	}
	found := uint64(0)
	for i, k := n.begin, 0; i > int(s.from) && k < maxCountCue; k++ {
		if groups, length := r.pre.at(d, i); length > 0 && groups&^found != 0 {
			mark(groups, cPre)
			found |= groups
			if groups&^(1<<countOf|1<<countFor|1<<countOther|1<<countAdd|1<<countBy) != 0 {
				break
			}
			i -= length
			continue
		}
		if d.is(i-1, punct) && k > 0 {
			break
		}
		i--
	}
	if r.affecting.has(d.word(n.begin - 1)) {
		f[cNarrow] = 1 // if a larger count stands before
	}
	if r.another.has(d.word(n.begin-1)) || r.another.has(d.word(n.to)) {
		f[cAnother] = 1
	}
	for k := to; k < to+4 && k < int(s.to); k++ {
		if groups, length := r.post.at(d, k); length > 0 {
			mark(groups, cPost)
			break
		}
		if d.is(k, punct) && k > to {
			break
		}
	}
}

// score fills the features that compare counts, and the scores.
func (r *recordRules) score(d *document) {
	high, vague, first := 0.0, 0.0, -1
	for i := range d.counts {
		c := &d.counts[i]
		if c.unit >= 0 && c.unit <= groupFiles {
			if c.qualifier == data.Vague {
				vague = max(vague, c.value)
			} else {
				high = max(high, c.value)
			}
		}
		if first < 0 && !d.sents[c.spots[0].sent].title {
			first = i
		}
	}
	if high == 0 {
		high = vague
	}
	for i := range d.counts {
		c := &d.counts[i]
		f := &c.feats
		if f[cNarrow] == 1 && !r.narrows(d, c) {
			f[cNarrow] = 0
		}
		f[cBias] = 1
		f[cPlaces] = log2(1 + f[cPlaces])
		f[cLog] = float32(math.Log10(c.value)) / 6
		if c.value < 100 {
			f[cTiny] = 1
		} else if c.value < 500 {
			f[cSmall] = 1
		}
		if c.value == high {
			f[cMax] = 1
			if f[cTitle] == 1 {
				f[cTitleMax] = 1
			}
		}
		if high > 0 {
			f[cShareMax] = float32(min(1, c.value/high))
		}
		if i == first {
			f[cFirst] = 1
		}
		if len(d.counts) == 1 {
			f[cOnly] = 1
		}
		if math.Mod(c.value, math.Pow(10, max(1, math.Floor(math.Log10(c.value))-1))) != 0 {
			f[cPrecise] = 1
		}
		f[cLate] = float32(c.spots[0].from) / float32(len(d.tokens))
		c.score = dot(r.rank, f[:])
		if f[cTotal] == 1 {
			c.score -= wholeMalus
		}
		if f[cNarrow] == 1 {
			c.score += narrowBonus
		}
	}
}

// narrows reports whether a larger count stands before c in a sentence.
func (r *recordRules) narrows(d *document, c *count) bool {
	for i := range d.counts {
		if o := &d.counts[i]; o.value > c.value {
			for _, a := range o.spots {
				for _, b := range c.spots {
					if a.sent == b.sent && a.from < b.from {
						return true
					}
				}
			}
		}
	}
	return false
}
