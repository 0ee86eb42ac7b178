package extract

import "strings"

// cueTrie finds which groups of phrases stand right behind or right before a place.
type cueTrie struct {
	back  bool
	nodes []cueNode
	branches
}

type cueNode struct {
	followed
	groups uint64
}

// newCueTrie enters groups of phrases, at most 64; back makes a trie that reads
// backwards.
func newCueTrie(b *builder, groups [][]string, back bool) *cueTrie {
	t := &cueTrie{back: back, nodes: make([]cueNode, 1)}
	for g, phrases := range groups {
		for _, p := range phrases {
			t.enter(b, uint64(1)<<g, strings.Fields(p), 0)
		}
	}
	return t
}

func (t *cueTrie) enter(b *builder, group uint64, words []string, from int) {
	for i := from; i < len(words); i++ {
		if alt := strings.Split(words[i], "/"); len(alt) > 1 {
			for _, a := range alt {
				with := append(append(append([]string{}, words[:i]...), a), words[i+1:]...)
				t.enter(b, group, with, i+1)
			}
			return
		}
	}
	ids := b.ids(strings.Join(words, " "))
	at := int32(0)
	for i := range ids {
		id := ids[i]
		if t.back {
			id = ids[len(ids)-1-i]
		}
		next := t.get(&t.nodes[at].followed, at, id)
		if next == 0 {
			next = int32(len(t.nodes))
			t.nodes = append(t.nodes, cueNode{})
			t.put(&t.nodes[at].followed, at, id, next)
		}
		at = next
	}
	t.nodes[at].groups |= group
}

// at returns the groups of the longest phrase that begins at token i (or, for a
// trie that reads backwards, ends before it), and its length.
func (t *cueTrie) at(d *document, i int) (groups uint64, length int) {
	step, k := 1, i
	if t.back {
		step, k = -1, i-1
	}
	at := int32(0)
	for n := 1; k >= 0 && k < len(d.tokens); n++ {
		at = t.get(&t.nodes[at].followed, at, d.tokens[k].word)
		if at == 0 {
			break
		}
		if g := t.nodes[at].groups; g != 0 {
			groups, length = g, n
		}
		k += step
	}
	return groups, length
}
