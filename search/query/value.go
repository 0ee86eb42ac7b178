package query

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"incidex/data"
	"incidex/data/vocab"
)

// maxNumber bounds a number, so that it is exact as a float64.
const maxNumber = 1e15

var (
	numberPattern = regexp.MustCompile(`(?i)^([0-9][0-9,_]*)(\.[0-9]+)?(k|thousand|m|mn|mio|million|b|bn|billion)?$`)
	datePattern   = regexp.MustCompile(`^([0-9]{4})(?:[-/]([0-9]{1,2})(?:[-/]([0-9]{1,2}))?)?$`)
	yearsPattern  = regexp.MustCompile(`^([0-9]{4})[-–]([0-9]{4})$`)
	cvePattern    = regexp.MustCompile(`(?i)^(?:cve[\s_\p{Pd}−]*)?([0-9]{4})[\s_\p{Pd}−]+([0-9]{4,19})$`)
	amountPattern = regexp.MustCompile(`(?i)^[$€£¥]?[0-9][0-9.,]*\s(?:thousand|million|billion|trillion|mio|mn|bn)$`)
)

var exponents = map[string]string{
	"k": "e3", "thousand": "e3", "m": "e6", "mn": "e6", "mio": "e6", "million": "e6",
	"b": "e9", "bn": "e9", "billion": "e9",
}

// parseNumber reads 7400000, 7,400,000, 7.4m or 2bn.
func parseNumber(s string) (float64, bool) {
	m := numberPattern.FindStringSubmatch(s)
	if m == nil {
		return 0, false
	}
	digits := strings.NewReplacer(",", "", "_", "").Replace(m[1])
	n, err := strconv.ParseFloat(digits+m[2]+exponents[strings.ToLower(m[3])], 64)
	return n, err == nil && n <= maxNumber
}

// parseDate reads 2025, 2025-3, 2025-03 or 2025/03/07.
func parseDate(s string) (data.Date, bool) {
	m := datePattern.FindStringSubmatch(s)
	if m == nil {
		return "", false
	}
	d := m[1]
	for _, part := range m[2:] {
		if part == "" {
			break
		}
		if len(part) == 1 {
			part = "0" + part
		}
		d += "-" + part
	}
	date, err := data.ParseDate(d)
	return date, err == nil
}

// parseRange reads a value, a comparison or a range with two dots.
func parseRange(info Info, s string) (Range, bool) {
	r := Range{Field: info.Field}
	s = strings.NewReplacer("…", "..", "≥", ">=", "≤", "<=").Replace(s)
	if m := yearsPattern.FindStringSubmatch(s); m != nil && info.Kind == Date {
		s = m[1] + ".." + m[2]
	}
	if low, high, ok := strings.Cut(s, ".."); ok {
		lowOK, highOK := true, true
		if low != "" && low != "*" {
			r.Low, lowOK = parseBound(info, low, ">")
		}
		if high != "" && high != "*" {
			r.High, highOK = parseBound(info, high, "<")
		}
		return r, lowOK && highOK && (r.Low != nil || r.High != nil)
	}
	var ok bool
	switch {
	case strings.HasPrefix(s, ">"):
		r.Low, ok = parseBound(info, s, ">")
	case strings.HasPrefix(s, "<"):
		r.High, ok = parseBound(info, s, "<")
	default:
		if r.Low, ok = parseBound(info, strings.TrimPrefix(s, "="), ""); ok {
			high := *r.Low
			r.High = &high
		}
	}
	return r, ok
}

// parseBound reads a bound. It is exclusive after the sign without an equals sign.
func parseBound(info Info, s, sign string) (*Bound, bool) {
	b := Bound{Inclusive: true}
	if sign != "" && strings.HasPrefix(s, sign) {
		s = s[1:]
		b.Inclusive = strings.HasPrefix(s, "=")
		s = strings.TrimPrefix(s, "=")
	}
	var ok bool
	if info.Kind == Date {
		b.Date, ok = parseDate(s)
	} else {
		b.Number, ok = parseNumber(s)
	}
	return &b, ok
}

// reversed reports whether nothing can be in the range because its ends are in the wrong order.
func (r Range) reversed() bool {
	if r.Low == nil || r.High == nil {
		return false
	}
	if r.Low.Date == "" {
		return r.Low.Number > r.High.Number
	}
	low, _ := r.Low.Date.First()
	high, _ := r.High.Date.Last()
	return low.After(high)
}

// ReadRange reads what stands behind the colon of a number or a date: a value, a
// comparison or a range. It is false for what is none of these, or runs backward.
func ReadRange(info Info, s string) (Range, bool) {
	r, ok := parseRange(info, s)
	return r, ok && !r.reversed()
}

// ReadValue returns the value of a field that s names, and whether the field's
// vocabulary, if it is a closed one, knows it. Of one that it does not know nearestValue
// is what was most likely meant, "" for nothing.
func ReadValue(info Info, s string) (value string, known bool, nearestValue string) {
	value, known = canonical(info, s)
	if !known {
		nearestValue = nearest(s, choices(info.Field))
	}
	return value, known, nearestValue
}

// canonical returns the value of a field that s names, and whether the field's
// vocabulary, if it is a closed one, knows it.
func canonical(info Info, s string) (value string, ok bool) {
	switch info.Field {
	case data.CVE:
		return readCVE(s)
	case SourceKind:
		for _, k := range []data.SourceKind{data.Press, data.Company, data.Regulator} {
			if strings.EqualFold(s, string(k)) {
				return string(k), true
			}
		}
		return s, false
	case Language:
		lower := strings.ToLower(s)
		if code, ok := languages[lower]; ok {
			return code, true
		}
		primary, _, _ := strings.Cut(lower, "-")
		ok := (len(primary) == 2 || len(primary) == 3) && isASCIILetters(primary)
		if !ok {
			return s, false
		}
		return primary, true
	}
	if t := vocab.For(info.Field); t != nil {
		if term, ok := t.Lookup(s); ok {
			return term.Value, true
		}
		return s, info.Kind != Code
	}
	return s, true
}

// readCVE brings the number of a flaw to its form, whatever its dashes and spaces.
func readCVE(s string) (value string, ok bool) {
	if m := cvePattern.FindStringSubmatch(s); m != nil {
		return "CVE-" + m[1] + "-" + m[2], true
	}
	return s, false
}

// choices are the words that a value of a closed vocabulary can be written with.
func choices(f data.Field) []string {
	var out []string
	switch t := vocab.For(f); {
	case f == SourceKind:
		return []string{string(data.Press), string(data.Company), string(data.Regulator)}
	case f == Language:
		for name := range languages {
			out = append(out, name)
		}
	case t != nil:
		for _, term := range t.Terms() {
			out = append(append(out, term.Label), term.Aliases...)
		}
	}
	return out
}

// quoteValue writes a value after a field, quoted unless it is a plain word.
func quoteValue(s string) string {
	for _, r := range s {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("_-/@#&", r) {
			return quote(s)
		}
	}
	return s
}

// plainWords are the searchable words of a part that could not be read. No word
// means anything but itself in the language.
func plainWords(s string) []string {
	var out []string
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return !isWordRune(r) && !strings.ContainsRune("&._-", r) }) {
		w = strings.Trim(w, "&._-")
		if _, ok := operators[w]; ok {
			w = strings.ToLower(w)
		}
		if w != "" {
			out = append(out, w)
		}
	}
	return out
}

func isWordRune(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || unicode.IsNumber(r))
}

// searchable reports whether s has a letter or a digit.
func searchable(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return isWordRune(r) && !unicode.IsMark(r) })
}

func isASCIILetters(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r < 'a' || r > 'z' })
}
