package group

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"incidex/data"
)

const (
	// joinAt is the score above which a mention joins an incident.
	joinAt = 0.0
	// mergeAt is the score above which two incidents that a mention fits are compared
	// with each other, and merged when they fit too.
	mergeAt = 0.0
	// linked is the least number of members whose scores make an incident's: the mean
	// of the best ones, of a third where that is more, so that one chance likeness does
	// not join what is apart.
	linked = 3
	// maxCompared is the number of members of an incident that are compared.
	maxCompared = 60
	// worst is the least score that a pair counts with.
	worst = -10.0
	// maxExplained is the number of candidates that an explanation lists.
	maxExplained = 5
)

// Grouper decides where mentions belong. The zero value works and knows no
// decisions of a person. It is safe for concurrent use while Rulings does not change.
type Grouper struct {
	// Rulings are what a person has decided; nil means nothing.
	Rulings *Rulings
}

// Verdict is what to do with a mention.
type Verdict string

// The verdicts.
const (
	Join  Verdict = "join"  // it belongs to one incident
	Start Verdict = "start" // it starts an incident
	Merge Verdict = "merge" // it belongs to several incidents, which are one
)

// Decision says where a mention belongs.
type Decision struct {
	Verdict Verdict `json:"verdict"`
	// Incident is the id of the incident that is joined, "" for one that starts, unless
	// a person has named it. A Merge without an id starts one too: its first article
	// names what so far was only mentioned in passing.
	Incident string `json:"incident,omitempty"`
	// Absorbed are the ids of the incidents that become a part of Incident, sorted.
	Absorbed []string `json:"absorbed,omitempty"`
	// Score is the score of the joined incident, or of the nearest one for Start where
	// Reason gives the decision.
	Score float64 `json:"score"`
	// Compared are the nearest candidates, best first; only Reason gives them.
	Compared []Comparison `json:"compared,omitempty"`
	// Ruling is a person's decision that outweighed the score, in words.
	Ruling string `json:"ruling,omitempty"`
}

// Comparison is one candidate incident with its score.
type Comparison struct {
	Incident string  `json:"incident"`
	Score    float64 `json:"score"`
	// Article is the member that is most like the new one.
	Article string `json:"article,omitempty"`
	// Contributions are the reasons of that member's score.
	Contributions []Contribution `json:"contributions,omitempty"`
	// Guard says why the incident is out of the question whatever the score.
	Guard string `json:"guard,omitempty"`
}

// Place decides where a member belongs among the candidates, which are all
// incidents that have a key it looks for, in any order. It changes nothing.
func (g *Grouper) Place(m *Profile, candidates []*Incident) Decision {
	d, _ := g.decide(m, candidates, false)
	return d
}

// Reason is Place with the nearest candidates and why each is near.
func (g *Grouper) Reason(m *Profile, candidates []*Incident) Decision {
	d, compared := g.decide(m, candidates, true)
	for _, c := range compared[:min(len(compared), maxExplained)] {
		d.Compared = append(d.Compared, c.explained(m))
	}
	return d
}

// decide returns the comparisons, best first, too. Those that a guard keeps apart
// have a score only where all is asked for.
func (g *Grouper) decide(m *Profile, candidates []*Incident, all bool) (Decision, []comparison) {
	compared := make([]comparison, 0, len(candidates))
	for _, inc := range candidates {
		if c := g.score(m, inc, all); all || c.Guard == "" {
			compared = append(compared, c)
		}
	}
	slices.SortFunc(compared, func(a, b comparison) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Incident, b.Incident))
	})
	return g.choose(m, candidates, compared), compared
}

// choose decides by the comparisons, best first.
func (g *Grouper) choose(m *Profile, candidates []*Incident, compared []comparison) Decision {
	d := Decision{Verdict: Start}
	if home, ok := g.Rulings.home(m.Member, candidates); ok {
		d.Incident, d.Ruling = home.incident, home.why()
		if slices.ContainsFunc(candidates, func(inc *Incident) bool { return inc.ID == d.Incident }) {
			d.Verdict = Join
		}
		return d
	}
	if len(compared) > 0 {
		d.Score = compared[0].Score
	}
	fits := compared[:0:0]
	for _, c := range compared {
		if c.Guard == "" && c.Score > joinAt {
			fits = append(fits, c)
		}
	}
	if len(fits) == 0 {
		return d
	}
	d.Verdict, d.Incident = Join, fits[0].Incident
	joined := fits[0].with
	all := []*Incident{joined}
	for _, c := range fits[1:] {
		other := c.with
		named := slices.ContainsFunc(all, func(inc *Incident) bool { return g.Rulings.reserved(inc.ID) })
		if named && g.Rulings.reserved(other.ID) {
			continue // a person has named both
		}
		if c.Score > mergeAt && g.oneIncident(joined, other) {
			all = append(all, other)
		}
	}
	if len(all) > 1 {
		keep := slices.MinFunc(all, func(a, b *Incident) int {
			return cmp.Or(yes(g.Rulings.reserved(a.ID), g.Rulings.reserved(b.ID)), older(a, b))
		})
		d.Verdict, d.Incident = Merge, keep.ID
		for _, inc := range all {
			if inc != keep {
				d.Absorbed = append(d.Absorbed, inc.ID)
			}
		}
		slices.Sort(d.Absorbed)
	} else if m.Role == data.Subject && passingOnly(joined) && !g.Rulings.reserved(joined.ID) &&
		joined.ID != NewID(m.Signature, func(string) bool { return false }) {
		// The first article about it gives the incident its name.
		d.Verdict, d.Incident, d.Absorbed = Merge, "", []string{joined.ID}
	}
	return d
}

// passingOnly reports whether all that tells of an incident mentions it in passing.
func passingOnly(inc *Incident) bool {
	return !slices.ContainsFunc(inc.Members, func(m *Profile) bool { return m.Role == data.Subject })
}

// yes puts the one that has the property first.
func yes(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

// older puts the incident first whose id is kept: one that an article is about, then
// the one with more members, the earlier first article, the lesser id.
func older(a, b *Incident) int {
	return cmp.Or(yes(!passingOnly(a), !passingOnly(b)), cmp.Compare(len(b.Members), len(a.Members)), cmp.Compare(firstPublished(a), firstPublished(b)), cmp.Compare(a.ID, b.ID))
}

// firstPublished is the date of the first article about an incident, or of the first
// that mentions it where there is none.
func firstPublished(inc *Incident) data.Date {
	var first data.Date
	passing := passingOnly(inc)
	for _, m := range inc.Members {
		if d := m.Signature.Published; (m.Role == data.Subject || passing) && (first == "" || d != "" && d < first) {
			first = d
		}
	}
	return first
}

// comparison is a Comparison in the making.
type comparison struct {
	Comparison
	with    *Incident
	nearest *Profile // nil when there is none
}

// explained gives the reasons for the score of the nearest member.
func (c *comparison) explained(m *Profile) Comparison {
	if c.nearest != nil {
		_, c.Contributions = explainPair(m, c.nearest)
	}
	return c.Comparison
}

// score scores a member against an incident; one that a guard keeps apart only where
// all is asked for.
func (g *Grouper) score(m *Profile, inc *Incident, all bool) comparison {
	c := comparison{Comparison: Comparison{Incident: inc.ID, Score: worst}, with: inc}
	others := nearest(m, inc.Members)
	relations := make([]relation, 0, maxCompared)
	for _, other := range others {
		relations = append(relations, relate(m, other))
	}
	if c.Guard = g.guard(m, inc, others, relations); c.Guard != "" && !all {
		return c
	}
	scores := make([]float64, 0, maxCompared)
	for i, other := range others {
		if tells(m, other) {
			continue
		}
		score := pairScore(m, other, relations[i])
		scores = append(scores, score)
		if c.nearest == nil || score > c.Score {
			c.Score, c.Article, c.nearest = score, other.Article, other
		}
	}
	if len(scores) == 0 {
		return c
	}
	slices.SortFunc(scores, func(a, b float64) int { return cmp.Compare(b, a) })
	scores = scores[:min(len(scores), max(linked, len(scores)/3))]
	c.Score = 0
	for _, s := range scores {
		c.Score += max(s, worst) / float64(len(scores))
	}
	return c
}

// tells reports whether both are of one article, which tells of two incidents.
func tells(m, other *Profile) bool {
	return other.Article == m.Article && other.Mention != m.Mention
}

// guard says why a member must stay out of an incident whatever its score, "" when
// it need not. The relations are those to the others, which are some of the incident's.
func (g *Grouper) guard(m *Profile, inc *Incident, others []*Profile, relations []relation) string {
	if why := g.Rulings.cannot(m, inc); why != "" {
		return why
	}
	why := ""
	named, strange, copied := 0, 0, false
	otherYear := 0  // headlines that give another year, less those that give the same
	otherEvent := 0 // articles that give another year and count, less those that share one
	for i, other := range others {
		if tells(m, other) {
			why = "the article tells of this incident already"
			continue
		}
		r := relations[i]
		if r.kin == strangers && m.Signature.VictimGiven && other.Signature.VictimGiven {
			return "their sources name different victims"
		}
		if s, o := &m.Signature, &other.Signature; s.Dated && o.Dated {
			if s.Occurred.Year() != o.Occurred.Year() {
				otherYear++
			} else {
				otherYear--
			}
		}
		otherEvent += contradiction(m, other, r)
		copied = copied || r.copied
		if r.kin != unknown {
			named++
		}
		if r.strange == otherVictim {
			strange++
		}
	}
	switch {
	case why != "":
		return why
	case 2*strange > named && !copied:
		return "most of its articles name another victim"
	case otherYear > 0:
		return "headlines of its articles give another year"
	case otherEvent > 1 && !copied: // one article may have read its date wrong
		return "most of its articles give another year and another count"
	}
	return ""
}

// contradiction is 1, or 2 where the names differ too, where both give the year and the main count of an event at one
// victim and neither agrees, -1 where one does, and 0 where one of them does not say.
func contradiction(p, q *Profile, r relation) int {
	a, b := &p.Signature, &q.Signature
	if len(a.Numbers) == 0 || len(b.Numbers) == 0 || a.Occurred.Year() == 0 || b.Occurred.Year() == 0 {
		return 0
	}
	if r.kin != same || p.victim.uncommon || q.victim.uncommon {
		return 0
	}
	if a.Occurred.Year() == b.Occurred.Year() || data.SameCount(a.Numbers[0], b.Numbers[0]) {
		return -1
	}
	if p.victim.folded != q.victim.folded { // "Acme" and "Acme Developers Conference" may be two
		return 2
	}
	return 1
}

// nearest returns at most maxCompared members, those published nearest to m.
func nearest(m *Profile, members []*Profile) []*Profile {
	if len(members) <= maxCompared {
		return members
	}
	members = slices.Clone(members)
	slices.SortStableFunc(members, func(a, b *Profile) int {
		return cmp.Compare(daysApart(m.published, a.published), daysApart(m.published, b.published))
	})
	return members[:maxCompared]
}

// oneIncident reports whether two incidents fit each other: the mean over the
// members of the smaller of their scores against the larger is above mergeAt.
func (g *Grouper) oneIncident(a, b *Incident) bool {
	if len(a.Members) < len(b.Members) {
		a, b = b, a
	}
	var sum float64
	n := 0
	for _, m := range b.Members[:min(len(b.Members), maxCompared)] {
		c := g.score(m, a, false)
		if c.Guard != "" {
			return false
		}
		sum += c.Score
		n++
	}
	return n > 0 && sum/float64(n) > mergeAt
}

// Explain tells a decision in plain lines, for a terminal.
func (d Decision) Explain() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s", d.Verdict, d.Incident)
	if len(d.Absorbed) > 0 {
		fmt.Fprintf(&b, " with %s", strings.Join(d.Absorbed, ", "))
	}
	fmt.Fprintf(&b, " (score %+.2f)\n", d.Score)
	if d.Ruling != "" {
		fmt.Fprintf(&b, "  decided by a person: %s\n", d.Ruling)
	}
	for _, c := range d.Compared {
		fmt.Fprintf(&b, "  %s %+.2f", c.Incident, c.Score)
		if c.Article != "" {
			fmt.Fprintf(&b, ", nearest article %s", c.Article)
		}
		if c.Guard != "" {
			fmt.Fprintf(&b, ", not joined: %s", c.Guard)
		}
		b.WriteByte('\n')
		for _, w := range c.Contributions {
			fmt.Fprintf(&b, "    %+.2f %s\n", w.Score, w.Reason)
		}
	}
	return b.String()
}
