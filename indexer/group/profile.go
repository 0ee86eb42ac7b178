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

	victim              name
	published, occurred days
	norm                float64   // length of the vector of the weighted terms
	has                 [4]uint64 // the lowest bits of the terms
}

func newProfile(m data.Member) *Profile {
	p := &Profile{Member: m, victim: newName(m.Signature.Victim), norm: norm(m.Signature)}
	p.derive()
	return p
}

// derive sets what takes less time to make than to keep.
func (p *Profile) derive() {
	p.published, p.occurred = newDays(p.Signature.Published), newDays(p.Signature.Occurred)
	for _, t := range p.Signature.Terms {
		p.has[t>>6&3] |= 1 << (t & 63)
	}
}

// Newcomer is a member that is to be placed.
type Newcomer struct {
	*Profile
	Keys []uint32
	Near []Key
}

// NewNewcomer prepares a member.
func NewNewcomer(m data.Member) Newcomer {
	return Newcomer{newProfile(m), Keys(m.Signature), Near(m.Signature)}
}

// mayHave is false for a term that is not among the profile's.
func (p *Profile) mayHave(t uint32) bool { return p.has[t>>6&3]>>(t&63)&1 != 0 }

// Incident is an incident as it is compared. It does not change.
type Incident struct {
	ID string
	// Keys are the hashes of those of the members, sorted.
	Keys []uint32
	// Members are sorted by article and mention.
	Members []*Profile
	// Merged are the ids of incidents that became this one, sorted.
	Merged []string
}

// Prepare makes the profiles of an incident.
func Prepare(inc *data.Incident) *Incident {
	p := &Incident{inc.ID, inc.Keys, make([]*Profile, len(inc.Members)), inc.Merged}
	for i, m := range inc.Members {
		p.Members[i] = newProfile(m)
	}
	return p
}

// Data is the incident as it is kept.
func (inc *Incident) Data() *data.Incident {
	d := &data.Incident{ID: inc.ID, Title: title(inc), Campaign: campaignName(inc) != "", Keys: inc.Keys, Members: make([]data.Member, len(inc.Members)), Merged: inc.Merged}
	for i, p := range inc.Members {
		d.Members[i] = p.Member
	}
	return d
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
