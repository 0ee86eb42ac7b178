package group

import (
	"fmt"
	"slices"

	"incidex/data"
)

// Rulings are the decisions of a journal that are in force, as constraints on
// Place: articles that must be in an incident of a certain id, and pairs of
// articles that must be apart. A nil Rulings constrains nothing.
type Rulings struct {
	homes map[string]ruling // by article
	apart map[[2]string]int // pair of articles, in order: the entry that parts them
	ids   map[string]bool   // ids that no other incident may take
	// concerned are the articles whose places an entry changes, by entry.
	concerned [][]string
}

// ruling binds an article to an incident.
type ruling struct {
	incident string
	entry    int
	act      Act
	others   []string // ids that were merged into the incident
}

func (r ruling) why() string {
	return fmt.Sprintf("decision %d (%s) puts it in %s", r.entry, r.act, r.incident)
}

// Rule makes the constraints of a journal. A later entry outweighs an earlier one.
func Rule(entries []Entry) *Rulings {
	r := &Rulings{homes: map[string]ruling{}, apart: map[[2]string]int{}, ids: map[string]bool{}}
	undone := map[int]bool{}
	for _, e := range entries {
		if e.Act == ActUndo {
			undone[e.Undoes] = true
			e = entries[e.Undoes-1]
		}
		r.concerned = append(r.concerned, slices.Concat(e.Rest, e.Articles))
	}
	for _, e := range entries {
		if undone[e.N] || e.Act == ActUndo {
			continue
		}
		home, stay := ruling{e.Incident, e.N, e.Act, e.Others}, ruling{e.Incident, e.N, e.Act, nil}
		if e.Act == ActSplit {
			home.incident, home.others = e.New, nil
		}
		for _, a := range e.Articles {
			r.homes[a] = home
		}
		for _, a := range e.Rest {
			r.homes[a] = stay
		}
		together := slices.Concat(e.Articles, e.Rest)
		for i, a := range together {
			for j, b := range together[i+1:] {
				if i < len(e.Articles) && i+1+j >= len(e.Articles) && e.Act == ActSplit {
					r.apart[pair(a, b)] = e.N
				} else {
					delete(r.apart, pair(a, b))
				}
			}
		}
		for _, id := range append([]string{e.Incident, e.New}, e.Others...) {
			r.ids[id] = true
		}
	}
	return r
}

func pair(a, b string) [2]string {
	if b < a {
		a, b = b, a
	}
	return [2]string{a, b}
}

// Home is the id of the incident that an article is bound to, "" for none. That
// incident belongs among the candidates of the article's subject, even when it
// shares no key with it.
func (r *Rulings) Home(article string) string {
	if r == nil {
		return ""
	}
	return r.homes[article].incident
}

// Decisions is the number of entries of the journal.
func (r *Rulings) Decisions() int {
	if r == nil {
		return 0
	}
	return len(r.concerned)
}

// Since returns the articles that the entries after the first so many concern, each
// once; those of all entries where the journal has not so many, as it is another one.
func (r *Rulings) Since(followed int) []string {
	if r == nil {
		return nil
	}
	if followed > len(r.concerned) {
		followed = 0
	}
	var out []string
	seen := map[string]bool{}
	for _, a := range slices.Concat(r.concerned[followed:]...) {
		if !seen[a] {
			seen[a] = true
			out = append(out, a)
		}
	}
	return out
}

// reserved reports whether a person has named an incident with the id.
func (r *Rulings) reserved(id string) bool { return r != nil && r.ids[id] }

// home returns what binds a member to an incident. An id that a merge has made a
// part of a candidate stands for that candidate.
func (r *Rulings) home(m data.Member, candidates []*Incident) (ruling, bool) {
	if r == nil || m.Role != data.Subject {
		return ruling{}, false
	}
	h, ok := r.homes[m.Article]
	for _, inc := range candidates {
		if ok && inc.ID != h.incident && slices.Contains(inc.Merged, h.incident) {
			h.incident = inc.ID
			break
		}
	}
	return h, ok
}

// cannot returns why a member must stay out of an incident, "" when it may join.
func (r *Rulings) cannot(m *Profile, inc *Incident) string {
	if r == nil {
		return ""
	}
	for _, o := range inc.Members {
		if n, ok := r.apart[pair(m.Article, o.Article)]; ok {
			return fmt.Sprintf("decision %d keeps it apart from %s", n, o.Article)
		}
	}
	return ""
}
