package data

import (
	"math"
	"strings"
)

const (
	// roughly is by how much, as a share, a number given as "about" may be off.
	roughly = 0.1
	// vaguely is by how many times an order of magnitude may be off.
	vaguely = 10.0
)

// Agree reports whether two claims of a field can both be true: numbers up to
// rounding and to what their qualifiers allow, dates when one covers the other,
// names when one is a part of the other. Numbers of different units or currencies
// say nothing of each other and agree.
func Agree(info FieldInfo, a, b Claim) bool {
	switch {
	case info.Many:
		return a.Value == b.Value
	case a.Number != nil && b.Number != nil:
		return !countAlike(a, b) || agreeNumbers(a, b)
	case info.Kind == When:
		return Date(a.Value).Covers(Date(b.Value)) || Date(b.Value).Covers(Date(a.Value))
	case info.Kind == Name:
		x, y := strings.ToLower(a.Value), strings.ToLower(b.Value)
		return strings.Contains(" "+x+" ", " "+y+" ") || strings.Contains(" "+y+" ", " "+x+" ")
	}
	return a.Value == b.Value
}

// countAlike reports whether two claims count the same thing: people, and what each of
// them has one of, are one question.
func countAlike(a, b Claim) bool {
	return counted(a) == counted(b) && a.Currency == b.Currency
}

// counted is what a claim counts: one word for people and what stands for them.
func counted(c Claim) string {
	if personal[c.Unit] {
		return "people"
	}
	return c.Unit
}

// personal are the units that count people, or what stands for one of them.
var personal = map[string]bool{"": true, "people": true, "accounts": true, "records": true, "email addresses": true, "cards": true, "social security numbers": true}

func agreeNumbers(a, b Claim) bool {
	x, y := *a.Number, *b.Number
	if SameCount(x, y) {
		return true
	}
	for _, c := range []struct {
		q    Qualifier
		x, y float64 // x is the number with the qualifier
	}{{a.Qualifier, x, y}, {b.Qualifier, y, x}} {
		switch c.q {
		case About:
			if math.Abs(c.x-c.y) <= roughly*math.Max(math.Abs(c.x), math.Abs(c.y)) {
				return true
			}
		case Vague:
			if c.x > 0 && c.y > 0 && c.y < c.x*vaguely && c.y > c.x/vaguely {
				return true
			}
		case AtLeast:
			if c.y >= c.x {
				return true
			}
		case UpTo:
			if c.y <= c.x {
				return true
			}
		}
	}
	return false
}

// SameCount reports whether two counts are one up to rounding: equal when both are
// written to the precision of the coarser one, as 7.4 million and 7,412,345 are, and
// not more than a tenth apart.
func SameCount(a, b float64) bool {
	if a == b {
		return true
	}
	if a == 0 || b == 0 {
		return false
	}
	unit := max(precision(a), precision(b))
	return math.Abs(a-b) <= min(unit/2, max(math.Abs(a), math.Abs(b))/10)
}

// precision is the unit of the last significant digit of a count: 100,000 for
// 7.4 million.
func precision(n float64) float64 {
	unit := 1.0
	for n = math.Abs(n); n >= 10 && math.Mod(n, 10) == 0; n /= 10 {
		unit *= 10
	}
	return unit
}

// opposites are values of a field with several that cannot both be true.
var opposites = map[Field]map[string]string{
	Response: {"Ransom paid": "Ransom refused", "Ransom refused": "Ransom paid"},
}

// Contradict reports whether two claims that are not doubtful say the opposite: one
// denies what the other states, or their values exclude each other.
func Contradict(a, b Claim) bool {
	if a.Field != b.Field || !(a.Asserted() || b.Asserted()) {
		return false
	}
	if a.Value == b.Value && a.Number == nil && b.Number == nil {
		return a.Asserted() && b.Status == Negated || b.Asserted() && a.Status == Negated
	}
	return a.Asserted() && b.Asserted() && b.Value != "" && opposites[a.Field][a.Value] == b.Value
}

// generic are the values of fields that say nothing beside any other value.
var generic = map[Field]string{Attack: "Unauthorized access", DataType: "Personal information"}

// Generic reports whether a value of a field says nothing beside another of the field.
func Generic(f Field, value string) bool { return value != "" && generic[f] == value }
