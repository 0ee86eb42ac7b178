package group

import (
	"math"
	"time"

	"incidex/data"
	"incidex/data/vocab"
)

// Profile is a member with what comparing needs of it, which takes longer to make
// than to compare. It does not change.
type Profile struct {
	data.Member
	// Keys are those of the signature; of a new member only.
	Keys []Key

	victim              name
	published, occurred days
	norm                float64   // length of the vector of the weighted terms
	has                 [4]uint64 // the lowest bits of the terms
}

// NewProfile makes the profile of a member.
func NewProfile(m data.Member) *Profile {
	p := newProfile(m)
	p.Keys = Keys(m.Signature)
	return p
}

// newProfile leaves the keys out, which only a new member needs.
func newProfile(m data.Member) *Profile {
	s := m.Signature
	p := &Profile{Member: m, victim: newName(s.Victim), published: newDays(s.Published), occurred: newDays(s.Occurred), norm: norm(s)}
	for _, t := range s.Terms {
		p.has[t>>6&3] |= 1 << (t & 63)
	}
	return p
}

// mayHave is false for a term that is not among the profile's.
func (p *Profile) mayHave(t uint32) bool { return p.has[t>>6&3]>>(t&63)&1 != 0 }

// Incident is an incident with the profiles of its members, in their order. It does
// not change.
type Incident struct {
	*data.Incident
	profiles []*Profile
}

// Prepare makes the profiles of an incident.
func Prepare(inc *data.Incident) *Incident {
	p := &Incident{inc, make([]*Profile, len(inc.Members))}
	for i, m := range inc.Members {
		p.profiles[i] = newProfile(m)
	}
	return p
}

// name is a victim's name, "" for none.
type name struct {
	value, folded string
	acronym       string // "" for a name of one word
	parent        string // folded
	uncommon      bool   // see isUncommon
	telling       []uint32
}

func newName(value string) name {
	if value == "" {
		return name{}
	}
	n := name{value: value, folded: vocab.Fold(value), parent: vocab.Fold(parentOf(value)), uncommon: isUncommon(value)}
	n.acronym = acronym(n.folded)
	for w := range words(value) {
		if h := hash(w); rarity(h) > 0 {
			n.telling = append(n.telling, h)
		}
	}
	return n
}

// days are the first and the last day that a date can mean, in days since 1970;
// known is false for an empty or damaged date.
type days struct {
	first, last float64
	known       bool
}

func newDays(d data.Date) days {
	const day = float64(24 * time.Hour / time.Second)
	first, ok := d.First()
	last, _ := d.Last()
	return days{float64(first.Unix()) / day, float64(last.Unix()) / day, ok}
}

// daysApart is the number of days between the nearest days that two dates can
// mean, +Inf where one is not known.
func daysApart(a, b days) float64 {
	if !a.known || !b.known {
		return math.Inf(1)
	}
	return max(0, b.first-a.last, a.first-b.last)
}
