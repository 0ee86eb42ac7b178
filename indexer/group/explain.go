package group

import (
	"slices"

	"incidex/data"
)

// Bond is why an article's mention is in an incident.
type Bond struct {
	Article string    `json:"article"`
	Mention int       `json:"mention"`
	Role    data.Role `json:"role"`
	// Nearest is the other member that is most like it, with the reasons; empty for
	// the only member.
	Nearest       string         `json:"nearest,omitempty"`
	Contributions []Contribution `json:"contributions,omitempty"`
	// Score is that against all other members, as Place would see it now.
	Score float64 `json:"score"`
	// Guard says what would keep it out now, had it not been there before.
	Guard string `json:"guard,omitempty"`
	// Ruling is the decision of a person that put it there, in words.
	Ruling string `json:"ruling,omitempty"`
}

// Explain tells for every member of an incident, in their order, why it is there.
func (g *Grouper) Explain(inc *data.Incident) []Bond {
	whole := Prepare(inc)
	bonds := make([]Bond, 0, len(inc.Members))
	for i, m := range whole.Members {
		b := Bond{Article: m.Article, Mention: m.Mention, Role: m.Role}
		if home, ok := g.Rulings.home(m.Member, []*Incident{whole}); ok && home.incident == inc.ID {
			b.Ruling = home.why()
		}
		if len(inc.Members) > 1 {
			rest := whole.clone()
			rest.Members = slices.Delete(rest.Members, i, i+1)
			scored := g.score(m, rest, true)
			c := scored.explained(m)
			b.Nearest, b.Contributions, b.Score, b.Guard = c.Article, c.Contributions, c.Score, c.Guard
		}
		bonds = append(bonds, b)
	}
	return bonds
}
