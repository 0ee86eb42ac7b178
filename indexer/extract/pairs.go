package extract

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"

	"incidex/data"
)

// pairsFile lists the pairs; its head says how.
//
//go:embed pairs.tsv
var pairsFile string

// pairRules find values that two phrases near each other tell: "took several of its
// servers offline".
type pairRules struct {
	pairs       []pairOfPhrases
	left, right kind
}

type pairOfPhrases struct {
	field data.Field
	value string
	// reach is the number of tokens that may stand between the two.
	reach int32
	rule  string
}

// maxPairPlaces is the number of places of a pair that are proposed.
const maxPairPlaces = 4

func newPairRules(b *builder) *pairRules {
	r := &pairRules{left: b.kind(), right: b.kind()}
	n := 0
	for l := range strings.Lines(pairsFile) {
		n++
		l = strings.TrimSuffix(l, "\n")
		if l == "" || l[0] == '#' {
			continue
		}
		cells := strings.Split(l, "\t")
		if len(cells) != 5 {
			panic(fmt.Sprintf("extract: pairs.tsv: line %d: %d cells", n, len(cells)))
		}
		reach, err := strconv.Atoi(cells[2])
		if err != nil {
			panic(fmt.Sprintf("extract: pairs.tsv: line %d: reach %q", n, cells[2]))
		}
		field := data.Field(cells[0])
		b.add(r.left, len(r.pairs), strings.Split(cells[3], "/")...)
		b.add(r.right, len(r.pairs), strings.Split(cells[4], "/")...)
		r.pairs = append(r.pairs, pairOfPhrases{field, cells[1], int32(reach), string(field) + ".pair"})
	}
	return r
}

func (r *pairRules) find(d *document) {
	if !d.hasSubject() {
		return
	}
	right := d.hits[r.right]
	var places [256]uint8
	begin := 0
	for _, l := range d.hits[r.left] {
		p := &r.pairs[l.entry]
		for begin < len(right) && right[begin].from < l.from-maxPairReach {
			begin++
		}
		if places[l.entry] == maxPairPlaces || d.incidentAt(int(l.from)) != 0 {
			continue
		}
		sent := d.tokens[l.from].sent
		for i := begin; i < len(right) && right[i].from <= l.to+p.reach; i++ {
			h := right[i]
			if h.entry != l.entry || d.tokens[h.from].sent != sent || h.to+p.reach < l.from || h.from < l.to && l.from < h.to {
				continue
			}
			from, to := int(min(l.from, h.from)), int(max(l.to, h.to))
			status := d.status(from, to)
			if p.field != data.Response || status == data.Possible {
				if status != data.Negated {
					status = data.Actual
				}
			}
			d.propose(candidate{field: p.field, value: p.value, status: status, confidence: .1, rule: p.rule, from: from, to: to, incident: bySentence, wide: true})
			places[l.entry]++
			break
		}
	}
}

// maxPairReach is above the reach of every pair.
const maxPairReach = 24
