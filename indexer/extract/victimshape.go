package extract

import (
	"math"

	"incidex/data/vocab"
)

// global fills what is known only when all mentions are seen.
func (v *victimRules) global(d *document) {
	top := float32(1)
	for i := range d.orgs {
		if g := &d.orgs[i]; g.alias == i && g.class != orgPlace && g.feats[fPlaces] > top {
			top = g.feats[fPlaces]
		}
	}
	host := hostLabel(d.a.URL)
	for i := range d.orgs {
		g := &d.orgs[i]
		if g.alias != i {
			if d.rootOrg(i) != i {
				d.orgs[d.rootOrg(i)].feats[fHasAlias] = 1
			}
			continue
		}
		f := &g.feats
		n := f[fPlaces]
		f[fBias] = 1
		f[fShare] = n / top
		if n == top && n > 1 {
			f[fTop] = 1
		}
		f[fPlaces] = log2(1 + n)
		f[fIncidentShare] /= n
		f[fPossessive] = min(1, f[fPossessive])
		for k := fPost; k < fPostTitle; k++ {
			f[k] = log2(1 + f[k])
		}
		for k := fPre; k < fPreTitle; k++ {
			f[k] = log2(1 + f[k])
		}
		if f[fInTitle] == 1 && n == 1 {
			f[fTitleOnly] = 1
		}
		if len(d.tokens) > 0 {
			f[fLate] = float32(g.from) / float32(len(d.tokens))
			if f[fInTitle] == 1 {
				f[fLate] = 0
			}
		}
		if g.entry >= 0 {
			f[v.kinds[g.entry]] = 1
		}
		switch g.class {
		case orgActor:
			f[fActor] = 1
		case orgMalware:
			f[fMalware] = 1
		case orgRegulator:
			f[fRegulator] = 1
		case orgPlace:
			f[fPlace] = 1
		case orgPerson:
			f[fPerson] = 1
		}
		v.shape(d, g, host)
	}
}

// shape fills the features of how the name is written.
func (v *victimRules) shape(d *document, g *org, host string) {
	f, o := &g.feats, v.orgs
	core := o.core(d, g.from, g.to)
	if core < g.to {
		f[fSuffix] = 1
		if t := foldWord(nil, d.text(g.to-1, g.to)); string(t) == "llp" {
			f[fLLP] = 1
		}
	}
	f[fGeneric] = 1
	for k := g.from; k < core; k++ {
		if w := d.tokens[k].word; !o.common.has(w) && !o.links.has(w) && d.hitStarting(o.places, k) == nil && !o.never.has(w) {
			f[fGeneric] = 0
		}
		if o.head.has(d.tokens[k].word) {
			f[fHead] = 1
		}
	}
	first := &d.tokens[g.from]
	if core-g.from == 1 {
		if first.is(dotted) && o.domain(d.text(g.from, core)) {
			f[fDomain] = 1
		}
		if first.is(allCaps) {
			f[fAllCaps] = 1
		}
		if o.common.has(first.word) {
			f[fCommon] = 1
		}
		if first.end-first.start <= 3 {
			f[fShort] = 1
		}
	}
	f[fTokens] = min(4, float32(core-g.from)) / 4
	if core-g.from == 2 && g.entry < 0 && f[fHead] == 0 && f[fSuffix] == 0 && !first.is(allCaps) && !o.kinds.has(d.tokens[core-1].word) && first.word < 0 == (d.tokens[core-1].word < 0) {
		f[fPersonLike] = 1
	}
	if host != "" && slug(d.text(g.from, core)) == host || d.a.Publisher != "" && vocab.Fold(d.a.Publisher) == vocab.Fold(d.text(g.from, core)) {
		f[fPublisher] = 1
	}
}

func log2(x float32) float32 { return float32(math.Log2(float64(x))) }
