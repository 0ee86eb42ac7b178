package extract

import (
	"slices"
	"strings"

	"incidex/data"
	"incidex/data/vocab"
)

// Data types are found as phrases of the vocabulary, and as modifiers that share
// a head ("email, IP and physical addresses"). Many of the phrases are ordinary
// words ("messages", "interests"), so a phrase counts by its strength and its
// company: the other data types in the same enumeration, and words of exposure
// in the same sentence.

// strength is how surely a phrase speaks of data about people.
type strength uint8

const (
	// weak phrases count in an enumeration with two others only.
	weak strength = iota
	// medium phrases need a word of exposure or an enumeration.
	medium
	// strong phrases need a word of exposure or a neighbor.
	strong
)

// maxListGap is the number of tokens that may stand between two data types of one
// enumeration.
const maxListGap = 9

const (
	// maxItem is the number of tokens of an item of a list on lines of its own.
	maxItem = 14
	// maxItems is the number of items that are looked at for the line before them.
	maxItems = 15
)

// dataTypeRules find the kinds of data that were exposed.
type dataTypeRules struct {
	terms            []vocab.Term
	types            kind // entries: index of terms, beyond them of vague phrases, or -1 for a look-alike
	mods             kind // entries: head<<8 | index into modTypes
	exposure         kind
	heads            map[int32]int // word id of a head to its index
	weak, medium     wordSet
	separators, link wordSet
	stops            wordSet
	modTypes         []int
	generic          map[int]bool
	// card and partialCard are whole and partial payment cards; expiry dates beside
	// the last four digits are no whole card.
	card, partialCard int
	colon             int32
}

func newDataTypeRules(b *builder) *dataTypeRules {
	r := &dataTypeRules{terms: vocab.DataTypes().Terms(), types: b.kind(), mods: b.kind(), exposure: b.kind(), heads: map[int32]int{}, generic: map[int]bool{}, colon: b.word(":")}
	for i, t := range r.terms {
		for _, name := range append([]string{t.Value, t.Label}, t.Aliases...) {
			if !pairOfTypes(name) {
				b.add(r.types, i, name)
			}
		}
	}
	for i, t := range r.terms {
		b.add(r.types, i, dataForms[t.Value]...)
		b.add(r.types, len(r.terms)+i, dataVague[t.Value]...)
	}
	b.add(r.types, -1, dataLookAlikes...)
	index := func(value string) int {
		for i, t := range r.terms {
			if t.Value == value {
				return i
			}
		}
		return -1
	}
	r.card, r.partialCard = index("Credit cards"), index("Partial credit card data")
	headIndex := map[string]int{}
	for _, m := range dataMods {
		i := index(m.value)
		if i < 0 {
			continue
		}
		if _, ok := headIndex[m.head]; !ok {
			headIndex[m.head] = len(headIndex) + 1
			for _, w := range strings.Fields(m.head) {
				r.heads[b.word(w)] = headIndex[m.head]
			}
		}
		r.modTypes = append(r.modTypes, i)
		b.add(r.mods, headIndex[m.head]<<8|(len(r.modTypes)-1), strings.Split(m.mods, "|")...)
	}
	for _, v := range dataGeneric {
		r.generic[index(v)] = true
	}
	for _, w := range strings.Fields(dataExposure) {
		b.add(r.exposure, 0, w)
	}
	for _, t := range r.terms {
		for _, s := range slices.Concat([]string{t.Value, t.Label}, t.Aliases, dataForms[t.Value]) {
			if !strings.ContainsAny(s, " -/") {
				r.weak = r.weak.with(b.ids(s)[0])
			}
		}
	}
	for _, w := range strings.Fields(dataMedium) {
		if ids := b.ids(w); len(ids) == 1 {
			r.medium = r.medium.with(ids[0])
		}
	}
	r.separators = b.set(", and or & / ; plus including with alongside accompanied together • * : nor")
	r.link = b.set(", and or & /")
	r.stops = b.set("was were is are has have had said says . ? !")
	return r
}

// pairOfTypes reports whether a name is of two data types, such as "usernames and passwords".
func pairOfTypes(name string) bool {
	for _, and := range []string{" and ", " or ", " & "} {
		if left, right, ok := strings.Cut(name, and); ok {
			_, l := vocab.DataTypes().Lookup(left)
			_, r := vocab.DataTypes().Lookup(right)
			return l && r
		}
	}
	return false
}

// dataHit is a data type found in the text.
type dataHit struct {
	from, to int32
	term     int
	strength strength
	vague    bool
}

func (r *dataTypeRules) find(d *document) {
	d.data = d.data[:0]
	for _, h := range d.hits[r.types] {
		if h.entry < 0 {
			continue
		}
		s := strong
		if h.to-h.from == 1 {
			switch w := d.tokens[h.from].word; {
			case r.medium.has(w):
				s = medium
			case r.weak.has(w):
				s = weak
			}
		}
		d.data = r.shared(d, d.data, h.from, h.to-1)
		d.data = append(d.data, dataHit{h.from, h.to, int(h.entry) % len(r.terms), s, int(h.entry) >= len(r.terms)})
	}
	r.denials(d)
	exposure := d.hits[r.exposure]
	for i := 0; i < len(d.data); {
		j := i + 1
		for j < len(d.data) && r.joined(d, d.data[j-1], d.data[j]) {
			j++
		}
		sent := d.sents[d.tokens[d.data[i].from].sent]
		item := r.item(d, d.tokens[d.data[i].from].sent)
		for len(exposure) > 0 && exposure[0].from < sent.from {
			exposure = exposure[1:]
		}
		exposed := item || len(exposure) > 0 && exposure[0].from < sent.to
		r.list(d, d.data[i:j], exposed, item)
		i = j
	}
}

// denials notes the data types that the article states and those that it denies
// somewhere. One that it denies needs an enumeration to be claimed elsewhere,
// unless it is a general word: "other personal information was not taken" denies
// none that was.
func (r *dataTypeRules) denials(d *document) {
	d.denied, d.stated = d.denied[:0], d.stated[:0]
	for range r.terms {
		d.denied, d.stated = append(d.denied, false), append(d.stated, false)
	}
	for _, h := range d.data {
		switch d.stanceOf(int(h.from), int(h.to)) {
		case stanceNegated:
			d.denied[h.term] = true
		case stanceActual:
			d.stated[h.term] = d.stated[h.term] || !h.vague
		}
	}
}

// shared appends the data types whose head is the token at head, as in "email,
// IP and physical addresses", walking back from the phrase that begins at from.
func (r *dataTypeRules) shared(d *document, out []dataHit, from, head int32) []dataHit {
	want := r.heads[d.tokens[head].word]
	if want == 0 {
		return out
	}
	mods := d.hits[r.mods]
	for at := from; at > 0; {
		p := at - 1
		if !r.link.has(d.tokens[p].word) {
			break
		}
		for p > 0 && r.link.has(d.tokens[p-1].word) {
			p--
		}
		found := false
		for i := searchHit(mods, p) - 1; i >= 0 && mods[i].from > p-6; i-- {
			if mods[i].to == p && int(mods[i].entry>>8) == want && d.tokens[mods[i].from].sent == d.tokens[head].sent {
				out = append(out, dataHit{mods[i].from, mods[i].to, r.modTypes[mods[i].entry&255], strong, false})
				at, found = mods[i].from, true
				break
			}
		}
		if !found {
			break
		}
	}
	return out
}

// item reports whether the sentence is a short item of a list that a colon opens.
func (r *dataTypeRules) item(d *document, sent int32) bool {
	for n := int32(0); n < maxItems && sent > 0; n++ {
		if s := d.sents[sent]; s.to-s.from > maxItem || s.title {
			return false
		}
		sent--
		for i := d.sents[sent].from; i+1 < d.sents[sent].to; i++ {
			if d.tokens[i].word == r.colon && d.tokens[i+1].is(newline) {
				return true
			}
		}
		if s := d.sents[sent]; d.tokens[s.to-1].word == r.colon || s.to-s.from > 1 && d.tokens[s.to-1].is(punct) && d.tokens[s.to-2].word == r.colon {
			return true
		}
	}
	return false
}

// searchHit returns the number of hits that begin before the token.
func searchHit(hits []hit, token int32) int {
	lo, hi := 0, len(hits)
	for lo < hi {
		m := (lo + hi) / 2
		if hits[m].from < token {
			lo = m + 1
		} else {
			hi = m
		}
	}
	return lo
}

// joined reports whether two data types stand in one enumeration.
func (r *dataTypeRules) joined(d *document, a, b dataHit) bool {
	if d.tokens[a.from].sent != d.tokens[b.from].sent || b.from-a.to > maxListGap {
		return false
	}
	separated := b.from <= a.to
	for i := a.to; i < b.from; i++ {
		w := d.tokens[i].word
		if r.stops.has(w) {
			return false
		}
		separated = separated || r.separators.has(w)
	}
	return separated
}

// list proposes the data types of an enumeration.
func (r *dataTypeRules) list(d *document, list []dataHit, exposed, item bool) {
	firm, partial := 0, false
	for _, h := range list {
		partial = partial || h.term == r.partialCard
		if h.strength > weak {
			firm++
		}
	}
	for _, h := range list {
		confidence := 0.0
		company := len(list) > 1
		switch {
		case r.generic[h.term] && !exposed:
		case h.strength == strong && exposed:
			confidence = 0.93
		case h.strength == strong && company:
			confidence = 0.9
		case h.strength == medium && exposed && firm > 1:
			confidence = 0.93
		case h.strength >= medium && item:
			confidence = 0.85
		case h.strength == medium && (exposed || firm > 2):
			confidence = 0.8
		case h.strength == weak && firm > 1:
			confidence = 0.8
		case h.strength == weak && firm > 0 && len(list) > 2:
			confidence = 0.7
		}
		s := d.stanceOf(int(h.from), int(h.to))
		wide := confidence == 0 || partial && h.term == r.card || s >= stanceAdvised || s <= stancePossible && len(list) < 2 && d.denied[h.term] && !r.generic[h.term]
		status := d.status(int(h.from), int(h.to))
		if s >= stanceAdvised {
			status = data.Actual
		}
		if h.vague && status == data.Actual && !d.stated[h.term] {
			status = data.Possible
		}
		c := candidate{field: data.DataType, value: r.terms[h.term].Value, status: status,
			confidence: confidence, rule: "data_type.list", from: int(h.from), to: int(h.to), incident: bySentence, wide: wide}
		d.noted(&c)
		d.note(&c, nStrength, d.num(int(h.strength)))
		d.note(&c, nList, d.num(min(len(list), 6)))
		d.mark(&c, exposed, item, h.vague, d.denied[h.term], firm > 1, r.generic[h.term])
		d.propose(c)
	}
}
