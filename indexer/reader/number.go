package reader

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"incidex/data"
)

var (
	amountPattern = regexp.MustCompile(`(?i)^(.*?)\s*(\d[\d,._' ]*\d|\d)\s*(k|thousand|m|mn|mio|million|b|bn|billion|tn|trillion)?(?:\s+(.*)|([^\p{L}\d].*))?$`)
	thousands     = regexp.MustCompile(`^[1-9]\d{0,2}\.\d{3}$`)
	currencyCode  = regexp.MustCompile(`^[A-Z]{3}$`)
)

var scales = map[string]float64{
	"": 1, "k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "mio": 1e6, "million": 1e6,
	"b": 1e9, "bn": 1e9, "billion": 1e9, "tn": 1e12, "trillion": 1e12,
}

var qualifiers = map[string]data.Qualifier{
	"": data.Exact, "exactly": data.Exact,
	"at least": data.AtLeast, "more than": data.AtLeast, "over": data.AtLeast, ">": data.AtLeast, ">=": data.AtLeast, "≥": data.AtLeast,
	"up to": data.UpTo, "at most": data.UpTo, "as many as": data.UpTo, "less than": data.UpTo, "<": data.UpTo, "<=": data.UpTo, "≤": data.UpTo,
	"about": data.About, "approximately": data.About, "approx": data.About, "around": data.About, "roughly": data.About,
	"nearly": data.About, "almost": data.About, "some": data.About, "circa": data.About, "~": data.About,
}

// units maps the last word of what is counted to the unit.
var units = map[string]string{
	"people": "people", "persons": "people", "individuals": "people", "customers": "people", "users": "people",
	"patients": "people", "employees": "people", "students": "people", "members": "people", "victims": "people",
	"accounts": "accounts", "records": "records", "rows": "records", "files": "files", "documents": "files",
	"cards": "cards", "emails": "email addresses", "addresses": "email addresses", "bytes": "bytes",
}

var byteScales = map[string]float64{"kb": 1e3, "mb": 1e6, "gb": 1e9, "tb": 1e12, "pb": 1e15}

var currencies = map[string]string{
	"$": "USD", "us$": "USD", "dollars": "USD", "dollar": "USD", "€": "EUR", "euros": "EUR", "euro": "EUR",
	"£": "GBP", "pounds": "GBP", "¥": "JPY", "yen": "JPY", "₹": "INR", "c$": "CAD", "ca$": "CAD", "a$": "AUD", "au$": "AUD",
	"bitcoin": "BTC", "bitcoins": "BTC", "₿": "BTC", "monero": "XMR", "ether": "ETH",
}

// amount is a number as written: "at least 7.4 million customers", "$1.2m".
type amount struct {
	number        float64
	before, after string // what stands around the number and its scale, in lower case
	code          string // a currency code in capital letters around the number
	digits, scale string // as they are written
	qualifier     data.Qualifier
}

func parseAmount(s string) (amount, bool) {
	m := amountPattern.FindStringSubmatch(strings.TrimSpace(s))
	if m == nil {
		return amount{}, false
	}
	n, ok := parseDigits(m[2])
	if !ok {
		return amount{}, false
	}
	a := amount{number: n * scales[strings.ToLower(m[3])], digits: m[2], scale: m[3]}
	// 7.4e6 is exact where 7.4 times 1e6 is not.
	if r := math.Round(a.number); math.Abs(r-a.number) < 1e-6*r {
		a.number = r
	}
	var before []string
	for _, w := range strings.Fields(m[1]) {
		if currencyCode.MatchString(w) {
			a.code = w
			continue
		}
		before = append(before, strings.ToLower(w))
	}
	// A currency sign stands next to the number, behind the qualifier.
	if k := len(before) - 1; k >= 0 && currencies[before[k]] != "" {
		a.before, before = before[k], before[:k]
	} else if k >= 0 {
		for sign := range currencies {
			if head, ok := strings.CutSuffix(before[k], sign); ok && qualifiers[head] != "" && head != "" {
				a.before, before[k] = sign, head
			}
		}
	}
	a.qualifier, ok = qualifiers[strings.Join(before, " ")]
	after := strings.Fields(m[4] + m[5])
	if len(after) > 0 && currencyCode.MatchString(after[0]) {
		a.code, after = after[0], after[1:]
	}
	a.after = strings.ToLower(strings.Join(after, " "))
	return a, ok
}

var digitGroups = strings.NewReplacer(" ", "", "_", "", "'", "")

// parseDigits reads 7,400,000, 7.400.000, 7 400 000, 7.4 and 7,4.
func parseDigits(s string) (float64, bool) {
	s = digitGroups.Replace(s)
	comma, dot := strings.LastIndexByte(s, ','), strings.LastIndexByte(s, '.')
	switch {
	case comma >= 0 && dot >= 0 && comma > dot: // 7.400,5
		s = strings.Replace(strings.ReplaceAll(s, ".", ""), ",", ".", 1)
	case strings.Count(s, ".") > 1: // 7.400.000
		s = strings.ReplaceAll(s, ".", "")
	case comma >= 0 && dot < 0 && strings.Count(s, ",") == 1 && len(s)-comma != 4: // 7,4
		s = strings.Replace(s, ",", ".", 1)
	}
	n, err := strconv.ParseFloat(strings.ReplaceAll(s, ",", ""), 64)
	return n, err == nil && n <= 1e18
}

// count reads the number of a Count field.
func count(s string) (data.Claim, bool) {
	a, ok := parseAmount(s)
	if !ok || a.before != "" || a.code != "" {
		return data.Claim{}, false
	}
	if a.scale == "" && thousands.MatchString(a.digits) { // nothing is counted in thousandths
		a.number, _ = parseDigits(strings.ReplaceAll(a.digits, ".", ""))
	}
	c := data.Claim{Qualifier: a.qualifier}
	if words := strings.Fields(a.after); len(words) > 0 {
		last := words[len(words)-1]
		if scale, ok := byteScales[last]; ok {
			a.number *= scale
			last = "bytes"
		}
		if c.Unit, ok = units[last]; !ok {
			return data.Claim{}, false
		}
	}
	c.Number = &a.number
	return c, a.number == math.Trunc(a.number)
}

// money reads the amount of a Money field.
func money(s string) (data.Claim, bool) {
	a, ok := parseAmount(s)
	if !ok {
		return data.Claim{}, false
	}
	c := data.Claim{Number: &a.number, Qualifier: a.qualifier, Currency: a.code}
	for _, word := range []string{a.before, a.after} {
		if word == "" {
			continue
		}
		code, ok := currencies[word]
		if !ok || c.Currency != "" && c.Currency != code && word != "$" {
			return data.Claim{}, false
		}
		if c.Currency == "" {
			c.Currency = code
		}
	}
	return c, true
}
