package extract

import (
	"cmp"
	"slices"

	"incidex/data"
)

// An actor gathers weight from all his places in the subject's story, and is
// claimed where he has enough, with the places that tell best that he did it.

// maxActorPlaces is the number of places that an actor's claim shows.
const maxActorPlaces = 2

// maxAuxiliaries is the number of words between an actor and his verb.
const maxAuxiliaries = 3

// actorSum is what all places of an actor tell together.
type actorSum struct {
	weight float64
	// asserted: a place of the subject's story does not deny him.
	asserted bool
}

// addActor adds a place of an actor.
func (d *document) addActor(a actorHit) {
	d.actors = append(d.actors, a)
	for i := a.from; i < a.to; i++ {
		d.named[i] = true
	}
	if a.kind == person && len(a.value) > len(d.persons[d.tokens[a.to-1].word]) {
		d.persons[d.tokens[a.to-1].word] = a.value
	}
}

// covered reports whether an actor is known that shares a token with [from, to).
func (d *document) covered(from, to int) bool {
	return slices.Contains(d.named[from:to], true)
}

// sum weighs the actors and hides the places of each that others outdo.
func (r *actorRules) sum(d *document) {
	clear(d.actorIDs)
	d.actorSums = d.actorSums[:0]
	order := make([]int, len(d.actors))
	for i := range d.actors {
		a := &d.actors[i]
		id, ok := d.actorIDs[a.value]
		if !ok {
			id = len(d.actorSums)
			d.actorIDs[a.value] = id
			d.actorSums = append(d.actorSums, actorSum{})
		}
		a.id, a.worth, order[i] = id, r.worth(d, a), i
		if s := &d.actorSums[id]; d.incidentAt(a.from) == 0 && d.stanceOf(a.from, a.to) < stanceNegated {
			s.weight += r.weigh(d, a)
			s.asserted = true
		}
	}
	slices.SortFunc(order, func(i, j int) int {
		a, b := &d.actors[i], &d.actors[j]
		return cmp.Or(cmp.Compare(b.worth, a.worth), cmp.Compare(a.from, b.from))
	})
	shown := map[[2]int]int{}
	for _, i := range order {
		a := &d.actors[i]
		key := [2]int{a.id, d.incidentAt(a.from)}
		a.hidden = shown[key] >= maxActorPlaces
		shown[key]++
	}
}

// weigh is what a place adds to the weight of its actor.
func (r *actorRules) weigh(d *document, a *actorHit) float64 {
	sent := d.tokens[a.from].sent
	w := attackWeightOf(d, sent)
	if a.sure {
		w++
	}
	if a.kind == "ransomware" && d.word(a.to) == r.ransomware && !r.company.has(d.word(a.to+1)) {
		w /= 2 // the program rather than those who use it
	}
	if h := d.hits[r.background]; len(h) > 0 {
		if k := searchHit(h, d.sents[sent].from); k < len(h) && h[k].from < d.sents[sent].to {
			w /= 4
		}
	}
	return w
}

// propose claims the actors that carry the story.
func (r *actorRules) propose(d *document) {
	if len(d.actors) == 0 {
		return
	}
	r.sum(d)
	best, least := 0.0, leastActorWeight
	for _, s := range d.actorSums {
		best = max(best, s.weight)
	}
	for _, h := range d.hits[r.unknown] {
		if d.incidentAt(int(h.from)) == 0 {
			least = 2 * leastActorWeight // named in spite of being called unknown
		}
	}
	kinds := false
	for i := range d.actors {
		a := &d.actors[i]
		w := d.actorSums[a.id].weight
		subject := d.incidentAt(a.from) == 0
		status := d.status(a.from, a.to)
		if a.hidden || status == data.Negated && d.actorSums[a.id].asserted {
			continue // what is not known of the actor does not deny that it was him
		}
		wide := subject && (w < least || w < best*0.3) || status == data.Advised
		if status == data.Possible || status == data.Advised {
			status = data.Actual
		}
		c := candidate{field: data.Actor, value: a.value, status: status, confidence: min(0.58+0.05*w, 0.89), rule: "actor.named", from: a.from, to: a.to, incident: bySentence, wide: wide}
		d.noted(&c)
		d.measure(&c, nOdds, min(2, w/4))
		d.note(&c, nWeight, d.num(int(min(w, 12))))
		d.note(&c, nShareOf, d.num(int(8*w/max(best, 1))))
		d.note(&c, nSaid, d.row.Word(a.kind))
		d.note(&c, nOrder, d.num(min(len(d.actorSums), 6)))
		d.mark(&c, a.sure, least > leastActorWeight, w == best, a.worth > 3, a.worth < 0)
		d.propose(c)
		if subject && status == data.Actual && !kinds && !wide {
			kinds = true
			d.propose(candidate{field: data.ActorKind, value: "external", status: data.Derived, confidence: 0.85, rule: "actor_kind.of-actor", from: a.from, to: a.to, incident: 0})
			if m := actorMotives[a.kind]; m != "" {
				d.propose(candidate{field: data.Motive, value: m, status: data.Derived, confidence: 0.75, rule: "motive.of-actor", from: a.from, to: a.to, incident: 0})
			}
		}
	}
}

// worth is how well a place of an actor tells that he did it.
func (r *actorRules) worth(d *document, a *actorHit) int {
	sent := d.tokens[a.from].sent
	w := 0
	if a.sure {
		w += 2
	}
	if r.acts(d, a.to) || r.by.has(d.word(a.from-1)) || r.by.has(d.word(a.from-2)) && r.articles.has(d.word(a.from-1)) {
		w += 2
	}
	if d.topics[sent]&strongIncident != 0 {
		w++
	}
	if d.stanceOf(a.from, a.to) > stancePossible {
		w -= 3
	}
	if d.sents[sent].title {
		w -= 4 // the text tells it again, mostly
	}
	return w
}

// acts reports whether a verb of attackers follows, maybe behind an auxiliary.
func (r *actorRules) acts(d *document, i int) bool {
	for n := 0; n < maxAuxiliaries && r.auxiliaries.has(d.word(i)); n++ {
		i++
	}
	return beginsAt(d.hits[r.verbs], int32(i))
}
