package data

import (
	"slices"
	"strings"
)

// Claim is one statement of one field by one article.
type Claim struct {
	Field Field `json:"field"`
	// Value is the canonical value: a name, a code or label of the field's
	// vocabulary, or a Date. It is empty for plain numbers and amounts.
	Value string `json:"value,omitempty"`
	// Raw is the value as the article writes it.
	Raw string `json:"raw,omitempty"`
	// Number is the count or the amount; nil for a field that has none.
	Number *float64 `json:"number,omitempty"`
	// Unit says what Number counts: people, accounts, records, email addresses,
	// cards, files or bytes.
	Unit string `json:"unit,omitempty"`
	// Qualifier says how Number is meant; empty means exact.
	Qualifier Qualifier `json:"qualifier,omitempty"`
	// Currency is the ISO 4217 code of an amount; BTC, XMR and ETH are allowed.
	Currency string `json:"currency,omitempty"`
	Status   Status `json:"status"`
	// Confidence is the estimated probability, 0 to 1, that the claim is right.
	Confidence float64 `json:"confidence"`
	// Lead is the estimated probability, 0 to 1, that the claim is the one of its field
	// that heads the record, for fields of one value; 0 where it is not known.
	Lead float64 `json:"lead,omitempty"`
	// Rule names what made the claim, "given" for one that the source brought.
	Rule string `json:"rule"`
	// Evidence may be empty for claims that are derived, given or of a command only.
	Evidence []Evidence `json:"evidence,omitempty"`
}

// RuleGiven is the rule of a claim that the source itself brought.
const RuleGiven = "given"

// RuleCommand begins the rule of a claim that a command of the user's own made; the
// command's name follows.
const RuleCommand = "command:"

// OfCommand reports whether a command of the user's own made the claim.
func (c Claim) OfCommand() bool { return strings.HasPrefix(c.Rule, RuleCommand) }

// Asserted reports whether the claim states its value as a fact.
func (c Claim) Asserted() bool { return c.Status == Actual || c.Status == Derived }

// Evidence is a piece of an article that supports a claim.
type Evidence struct {
	Span
	// Quote is exactly the text of the span.
	Quote string `json:"quote"`
	// Source is "title" when the span is one of the title; empty means the text.
	Source string `json:"source,omitempty"`
}

// InTitle is the Source of an Evidence found in the title.
const InTitle = "title"

// Span is a half-open range of bytes: Start inclusive, End exclusive.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Len is the number of bytes.
func (s Span) Len() int { return s.End - s.Start }

// Overlaps reports whether the two spans share a byte.
func (s Span) Overlaps(o Span) bool { return s.Start < o.End && o.Start < s.End }

// Contains reports whether o lies inside s.
func (s Span) Contains(o Span) bool { return s.Start <= o.Start && o.End <= s.End }

// In returns the text of the span, "" when it does not lie inside text.
func (s Span) In(text string) string {
	if s.Start < 0 || s.End > len(text) || s.Start > s.End {
		return ""
	}
	return text[s.Start:s.End]
}

// Status says how an article states a claim.
type Status string

// The statuses. Derived claims follow from others (the sector of a known victim).
const (
	Actual   Status = "actual"
	Possible Status = "possible"
	Negated  Status = "negated"
	Advised  Status = "advised"
	Derived  Status = "derived"
	// Doubtful: the article may state it, but not surely enough to be shown as a fact.
	Doubtful Status = "doubtful"
)

// Qualifier says how a number is meant.
type Qualifier string

// The qualifiers. Vague is for numbers in words such as "tens of thousands",
// whose Number is the order of magnitude.
const (
	Exact   Qualifier = "exact"
	AtLeast Qualifier = "at least"
	UpTo    Qualifier = "up to"
	About   Qualifier = "about"
	Vague   Qualifier = "vague"
)

// Mention is what one article says about one incident.
type Mention struct {
	// ID is the incident's id once it is grouped. An extractor proposes one. A subject
	// without a victim whose articles make no campaign with a name is no incident, and
	// has an empty ID in the index.
	ID   string `json:"id"`
	Role Role   `json:"role"`
	// Claims are sorted by Field order, and the claims of a field best first.
	Claims []Claim `json:"claims"`
}

// Role is the part that an incident plays in an article.
type Role string

// The roles.
const (
	Subject   Role = "subject"
	Mentioned Role = "mentioned"
)

// Best returns the first claim of the field that is stated as a fact, nil when there is none.
func (m *Mention) Best(f Field) *Claim {
	for i := range m.Claims {
		if m.Claims[i].Field == f && m.Claims[i].Asserted() {
			return &m.Claims[i]
		}
	}
	return nil
}

// Values returns the distinct values of the field that are stated as facts, best first.
func (m *Mention) Values(f Field) []string {
	var out []string
	for i := range m.Claims {
		if c := &m.Claims[i]; c.Field == f && c.Asserted() && c.Value != "" && !slices.Contains(out, c.Value) {
			out = append(out, c.Value)
		}
	}
	return out
}
