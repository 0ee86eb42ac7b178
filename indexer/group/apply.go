package group

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"incidex/data"
	"incidex/data/vocab"
)

// Apply carries a decision out: it returns the incident with the member in it, and
// the ids of the incidents that became a part of it. The candidates are those that
// were given to Place and are not changed. Taken reports whether an id belongs to
// an incident, or did so before a merge.
func (g *Grouper) Apply(d Decision, m Newcomer, candidates []*Incident, taken func(id string) bool) (*Incident, []string) {
	inc := &Incident{ID: d.Incident}
	var gone []string
	for _, c := range candidates {
		switch {
		case c.ID == d.Incident && d.Incident != "":
			inc = c.clone()
		case slices.Contains(d.Absorbed, c.ID):
			gone = append(gone, c.ID)
		}
	}
	for _, c := range candidates {
		if slices.Contains(gone, c.ID) {
			inc.Members = append(inc.Members, c.Members...)
			inc.Keys = append(inc.Keys, c.Keys...)
			inc.Merged = append(append(inc.Merged, c.ID), c.Merged...)
		}
	}
	if inc.ID == "" {
		inc.ID = NewID(m.Signature, func(id string) bool { return g.Rulings.reserved(id) || taken != nil && taken(id) })
	}
	if home, ok := g.Rulings.home(m.Member, candidates); ok && home.incident == inc.ID {
		inc.Merged = append(inc.Merged, home.others...)
	}
	inc.Members = slices.DeleteFunc(inc.Members, func(o *Profile) bool { return o.Article == m.Article && o.Mention == m.Mention })
	inc.Members = append(inc.Members, m.Profile)
	inc.Keys = append(inc.Keys, m.Keys...) // the others' are there
	inc.tidy()
	return inc, gone
}

// Remove takes an article out of an incident and returns what is left, nil when
// nothing is. The incident given is not changed.
func Remove(inc *Incident, article string) *Incident {
	left := inc.clone()
	left.Members = slices.DeleteFunc(left.Members, func(p *Profile) bool { return p.Article == article })
	if len(left.Members) == 0 {
		return nil
	}
	left.Keys = nil
	for _, p := range left.Members {
		left.Keys = append(left.Keys, Keys(p.Signature)...)
	}
	left.tidy()
	return left
}

func (inc *Incident) clone() *Incident {
	return &Incident{inc.ID, slices.Clone(inc.Keys), slices.Clone(inc.Members), slices.Clone(inc.Merged)}
}

// tidy sorts an incident's lists.
func (inc *Incident) tidy() {
	slices.SortFunc(inc.Members, func(a, b *Profile) int {
		return cmp.Or(strings.Compare(a.Article, b.Article), cmp.Compare(a.Mention, b.Mention))
	})
	slices.Sort(inc.Keys)
	inc.Keys = slices.Compact(inc.Keys)
	slices.Sort(inc.Merged)
	inc.Merged = slices.Compact(inc.Merged)
}

// title names an incident by its most frequent victim, or by what its articles'
// headlines share, and by the year that half of them give for the event, or else
// that of the first article. Articles that only mention it count when there are no
// others.
func title(inc *Incident) string {
	names, years := map[string]int{}, map[int]int{}
	passing, about := passingOnly(inc), 0
	for _, m := range inc.Members {
		if m.Role != data.Subject && !passing {
			continue
		}
		about++
		if v := m.Signature.Victim; v != "" {
			names[v]++
		}
		if d, known := when(m.Signature); known {
			years[d.Year()]++
		}
	}
	name, year := mostFrequent(names), mostFrequent(years)
	if campaign := campaignName(inc); campaign != "" {
		name, years = campaign, nil // it is known since it was first told of
	} else if name == "" {
		name = topicOf(inc)
	}
	if 2*years[year] < about {
		year = 0
		if !passing {
			year = firstPublished(inc).Year()
		}
	}
	name = cmp.Or(name, label(inc.Members[0].Signature))
	if year == 0 {
		return name
	}
	return fmt.Sprintf("%s, %d", name, year)
}

func mostFrequent[K cmp.Ordered](n map[K]int) K {
	var best K
	for k, v := range n {
		if v > n[best] || v == n[best] && k < best {
			best = k
		}
	}
	return best
}

// label is the name of an incident that has this signature only.
func label(s data.Signature) string {
	for _, list := range [][]string{{s.Victim}, s.Malware, s.CVEs, {s.Topic}, s.Actors, s.Attacks} {
		if len(list) > 0 && list[0] != "" {
			return list[0]
		}
	}
	return "Incident"
}

// maxSlug is the number of bytes of the name in an id.
const maxSlug = 48

// NewID makes the id of an incident that starts with a signature: its victim, or
// what else names it, and the year of the event, such as "kering-2025"; a number
// follows when the id is taken: "yahoo-2014-2". What is mentioned in passing without
// a date has no year: that of the article says nothing.
func NewID(s data.Signature, taken func(id string) bool) string {
	name := strings.ReplaceAll(strings.ReplaceAll(vocab.Fold(label(s)), "&", "and"), " ", "-")
	if len(name) > maxSlug {
		name = strings.ToValidUTF8(name[:maxSlug], "")
		if i := strings.LastIndexByte(name, '-'); i > maxSlug/2 {
			name = name[:i]
		}
	}
	id := cmp.Or(strings.Trim(name, "-"), "incident")
	if d, known := when(s); d.Year() != 0 && (known || !inPassing(s)) {
		id += "-" + strconv.Itoa(d.Year())
	}
	if !taken(id) {
		return id
	}
	for n := 2; ; n++ {
		if next := id + "-" + strconv.Itoa(n); !taken(next) {
			return next
		}
	}
}
