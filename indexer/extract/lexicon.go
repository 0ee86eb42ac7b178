package extract

import (
	"strings"

	"incidex/data/vocab"
)

// maxKinds is the number of kinds of lexicon entries.
const maxKinds = 160

// kind is one list of phrases; each family brings its own.
type kind uint8

// hit is a phrase of a lexicon found in a document.
type hit struct {
	// entry is the number that the family gave the phrase.
	entry int32
	// from and to are the tokens [from, to) of the phrase.
	from, to int32
}

// lexicon finds all phrases of all kinds in one pass over word ids. It does not
// change once it is built.
type lexicon struct {
	words wordTable
	// root is the node of each word that begins a phrase, 0 for the others.
	root  []int32
	nodes []node
	branches
	kinds int
	// plain are words that no name begins with; text.go cuts what is glued to them.
	plain wordSet
}

type node struct {
	followed
	ends []ending
}

type ending struct {
	kind   kind
	strict bool
	entry  int32
	// shape tells for the first tokens of a strict phrase which are capital or all caps.
	shape []flags
}

// builder collects the words and phrases of all families.
type builder struct {
	lex *lexicon
	doc document
}

func newBuilder() *builder {
	lex := &lexicon{root: make([]int32, 1), nodes: make([]node, 1)}
	return &builder{lex: lex, doc: document{lex: lex}}
}

// kind opens a new list of phrases.
func (b *builder) kind() kind {
	b.lex.kinds++
	if b.lex.kinds > maxKinds {
		panic("extract: too many kinds of lexicon entries")
	}
	return kind(b.lex.kinds - 1)
}

// word returns the id of a single word or mark, which must be one token.
func (b *builder) word(s string) int32 {
	ids := b.ids(s)
	if len(ids) != 1 {
		panic("extract: not one token: " + s)
	}
	return ids[0]
}

// set returns the set of the given words, separated by white space.
func (b *builder) set(words string) wordSet {
	var s wordSet
	for _, w := range strings.Fields(words) {
		s = s.with(b.word(w))
	}
	return s
}

// add enters phrases under an entry number, whatever their case. A word of a
// phrase may give alternatives: "hacked/breached by".
func (b *builder) add(k kind, entry int, phrases ...string) {
	for _, p := range phrases {
		b.enter(k, entry, p, false)
	}
}

// addStrict enters names: where the phrase has a capital or is all caps, the text must too.
func (b *builder) addStrict(k kind, entry int, phrases ...string) {
	for _, p := range phrases {
		b.enter(k, entry, p, true)
	}
}

// addTable enters value, label and aliases of every term, by the term's index.
func (b *builder) addTable(k kind, t *vocab.Table, strict bool) {
	for i, term := range t.Terms() {
		b.enter(k, i, term.Value, strict)
		b.enter(k, i, term.Label, strict)
		for _, a := range term.Aliases {
			b.enter(k, i, a, strict)
		}
	}
}

func (b *builder) enter(k kind, entry int, phrase string, strict bool) {
	words := strings.Fields(phrase)
	for i, w := range words {
		if alt := strings.Split(w, "/"); len(alt) > 1 && !strict {
			for _, a := range alt {
				words[i] = a
				b.enter(k, entry, strings.Join(words, " "), strict)
			}
			return
		}
	}
	ids := b.ids(phrase)
	if len(ids) == 0 {
		return
	}
	end := ending{kind: k, entry: int32(entry), strict: strict}
	if strict {
		for _, t := range b.doc.tokens {
			end.shape = append(end.shape, t.flags&(capital|allCaps))
		}
	}
	for int(ids[0]) >= len(b.lex.root) {
		b.lex.root = append(b.lex.root, 0)
	}
	at := b.lex.root[ids[0]]
	if at == 0 {
		at = b.newNode()
		b.lex.root[ids[0]] = at
	}
	for _, id := range ids[1:] {
		next := b.lex.get(&b.lex.nodes[at].followed, at, id)
		if next == 0 {
			next = b.newNode()
			b.lex.put(&b.lex.nodes[at].followed, at, id, next)
		}
		at = next
	}
	for _, e := range b.lex.nodes[at].ends {
		if e.kind == k && e.entry == end.entry && e.strict == strict {
			return
		}
	}
	b.lex.nodes[at].ends = append(b.lex.nodes[at].ends, end)
}

func (b *builder) newNode() int32 {
	b.lex.nodes = append(b.lex.nodes, node{})
	return int32(len(b.lex.nodes) - 1)
}

// ids cuts a phrase as a document is cut and gives every word an id.
func (b *builder) ids(phrase string) []int32 {
	d := &b.doc
	d.buf = phrase
	d.tokenize()
	ids := make([]int32, len(d.tokens))
	for i, t := range d.tokens {
		ids[i] = b.lex.words.add(foldWord(nil, phrase[t.start:t.end]))
	}
	return ids
}

// match finds the phrases: of each kind the leftmost, and of these the longest.
func (d *document) match() {
	for k := range d.hits {
		d.hits[k] = d.hits[k][:0]
	}
	lex, tokens := d.lex, d.tokens
	for i := range tokens {
		w := tokens[i].word
		if w <= 0 || int(w) >= len(lex.root) {
			continue
		}
		at := lex.root[w]
		for j := i; at != 0; {
			n := &lex.nodes[at]
			j++
			for e := range n.ends {
				d.take(&n.ends[e], i, j)
			}
			if j >= len(tokens) || n.words == 0 || tokens[j].sent != tokens[i].sent {
				break
			}
			at = lex.get(&n.followed, at, tokens[j].word)
		}
	}
}

func (d *document) take(e *ending, from, to int) {
	for k, f := range e.shape {
		if f&^d.tokens[from+k].flags != 0 && !(f == capital && d.tokens[from+k].is(digit)) {
			return
		}
	}
	h := hit{e.entry, int32(from), int32(to)}
	list := d.hits[e.kind]
	for n := len(list); n > 0 && list[n-1].from == h.from && list[n-1].to < h.to; n-- {
		list = list[:n-1] // the longer one wins
	}
	if n := len(list); n > 0 && list[n-1].from < h.from && list[n-1].to > h.from {
		return // inside of one that began earlier
	}
	d.hits[e.kind] = append(list, h)
}

// wordSet is a set of word ids.
type wordSet []uint64

func (s wordSet) has(id int32) bool {
	return id > 0 && int(id>>6) < len(s) && s[id>>6]&(1<<(id&63)) != 0
}

func (s wordSet) with(id int32) wordSet {
	for int(id>>6) >= len(s) {
		s = append(s, 0)
	}
	s[id>>6] |= 1 << (id & 63)
	return s
}

// hitEnding returns the longest hit of a kind that ends before token i, nil when there is none.
func (d *document) hitEnding(k kind, i int) *hit {
	list := d.hits[k]
	for n := d.hitIndex(k, i) - 1; n >= 0 && int(list[n].from) >= i-8; n-- {
		if int(list[n].to) == i {
			return &list[n]
		}
	}
	return nil
}

// hitStarting returns the hit of a kind that begins at token i, nil when there is none.
func (d *document) hitStarting(k kind, i int) *hit {
	list := d.hits[k]
	if n := d.hitIndex(k, i); n < len(list) && int(list[n].from) == i {
		return &list[n]
	}
	return nil
}

// hitIndex is the index of the first hit of a kind that begins at token i or later.
func (d *document) hitIndex(k kind, i int) int {
	list := d.hits[k]
	low, high := 0, len(list)
	for low < high {
		mid := (low + high) / 2
		if int(list[mid].from) < i {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low
}
