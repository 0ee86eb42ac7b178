package reader

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"incidex/data"
	"incidex/data/vocab"
)

// maxValues is the number of values that a source may give for one field.
const maxValues = 200

var cvePattern = regexp.MustCompile(`(?i)^CVE-(\d{4}-\d{4,19})$`)

// Given makes claims of what a source says for a field. The value is as JSON or
// YAML have it: a text, a number, an object with the keys of data.Claim, or a
// list of these. Labels and aliases become canonical values. The error names
// every bad value, joined; the claims are those of the good ones. Empty values,
// and "unknown" where it is no value of the field, are no claims and no errors.
func Given(field data.Field, value any) ([]data.Claim, error) {
	info, ok := field.Info()
	if !ok {
		return nil, fmt.Errorf("unknown field %s", field)
	}
	values := []any{value}
	if list, ok := value.([]any); ok {
		values = list
	}
	if len(values) > maxValues {
		return nil, fmt.Errorf("%s has more than %d values", field, maxValues)
	}
	var out []data.Claim
	var errs []error
	for _, v := range values {
		claims, err := given(info, v)
		for _, c := range claims {
			if !slices.ContainsFunc(out, func(o data.Claim) bool { return sameValue(o, c) }) {
				out = append(out, c)
			}
		}
		if err != nil {
			errs = append(errs, err)
		}
	}
	return out, errors.Join(errs...)
}

func sameValue(a, b data.Claim) bool {
	return a.Value == b.Value && a.Status == b.Status && (a.Number == nil) == (b.Number == nil) && (a.Number == nil || *a.Number == *b.Number)
}

func given(info data.FieldInfo, value any) ([]data.Claim, error) {
	if m, ok := value.(map[string]any); ok {
		return givenObject(info, m)
	}
	raw, ok := scalar(value)
	if !ok {
		return nil, fmt.Errorf("%s: a value is no text and no number", info.Field)
	}
	raw = cleanLine(raw)
	if raw == "" || raw == "-" {
		return nil, nil
	}
	if c, ok := claim(info, raw); ok {
		return []data.Claim{c}, nil
	}
	switch strings.ToLower(raw) {
	case "unknown", "n/a", "na", "none", "null", "not reported", "undisclosed":
		return nil, nil
	}
	if parts := split(info, raw); len(parts) > 1 {
		return Given(info.Field, parts)
	}
	return nil, fmt.Errorf("%s: unknown value %q", info.Field, shorten(raw))
}

// split cuts a list in one text. Names hold commas, so they are cut at semicolons only.
func split(info data.FieldInfo, s string) []any {
	marks := ";|"
	if info.Kind == data.Code || info.Field == data.CVE {
		marks = ";|,"
	}
	if !info.Many {
		return nil
	}
	var out []any
	for part := range strings.FieldsFuncSeq(s, func(r rune) bool { return strings.ContainsRune(marks, r) }) {
		out = append(out, part)
	}
	return out
}

// claim makes a claim of one text.
func claim(info data.FieldInfo, raw string) (c data.Claim, ok bool) {
	switch info.Kind {
	case data.Count:
		c, ok = count(raw)
	case data.Money:
		c, ok = money(raw)
	case data.When:
		var d data.Date
		d, ok = parseDate(raw)
		c.Value = string(d)
	case data.Code:
		c.Value, ok = code(info.Field, raw)
	case data.Name:
		c.Value = raw
		ok = !info.Many || !strings.ContainsAny(raw, ";|")
		if t := vocab.For(info.Field); t != nil {
			if term, known := t.Lookup(raw); known {
				c.Value, ok = term.Value, true
			}
		}
	}
	c.Field, c.Raw, c.Status, c.Confidence, c.Rule = info.Field, raw, data.Actual, 1, data.RuleGiven
	return c, ok
}

func code(f data.Field, raw string) (string, bool) {
	if f == data.CVE {
		m := cvePattern.FindStringSubmatch(raw)
		if m == nil {
			return "", false
		}
		return "CVE-" + m[1], true
	}
	t := vocab.For(f)
	if t == nil {
		return raw, true
	}
	term, ok := t.Lookup(raw)
	return term.Value, ok
}

// givenObject reads the object form of a claim. Its evidence is not taken: spans
// are made by who has the text.
func givenObject(info data.FieldInfo, m map[string]any) ([]data.Claim, error) {
	text := func(key string) string {
		s, _ := scalar(m[key])
		return cleanLine(s)
	}
	raw := text("value")
	if raw == "" {
		raw = text("number")
	}
	if raw == "" {
		raw = text("raw")
	}
	if raw == "" {
		return nil, fmt.Errorf("%s: an object has no value and no number", info.Field)
	}
	c, ok := claim(info, raw)
	if !ok {
		return nil, fmt.Errorf("%s: unknown value %q", info.Field, shorten(raw))
	}
	if s := text("raw"); s != "" {
		c.Raw = s
	}
	if s := text("unit"); s != "" {
		words := strings.Fields(strings.ToLower(s))
		if c.Unit, ok = units[words[len(words)-1]]; !ok {
			return nil, fmt.Errorf("%s: unknown unit %q", info.Field, shorten(s))
		}
	}
	if s := text("qualifier"); s != "" {
		if c.Qualifier, ok = qualifiers[strings.ToLower(s)]; !ok && s != string(data.Vague) {
			return nil, fmt.Errorf("%s: unknown qualifier %q", info.Field, shorten(s))
		} else if !ok {
			c.Qualifier = data.Vague
		}
	}
	if s := text("currency"); s != "" {
		if c.Currency = strings.ToUpper(s); !currencyCode.MatchString(c.Currency) {
			return nil, fmt.Errorf("%s: unknown currency %q", info.Field, shorten(s))
		}
	}
	if s := text("status"); s != "" {
		c.Status = data.Status(strings.ToLower(s))
		if !slices.Contains([]data.Status{data.Actual, data.Possible, data.Negated, data.Advised, data.Derived}, c.Status) {
			return nil, fmt.Errorf("%s: unknown status %q", info.Field, shorten(s))
		}
	}
	if s := text("confidence"); s != "" {
		n, err := strconv.ParseFloat(s, 64)
		if err != nil || !(n >= 0 && n <= 1) {
			return nil, fmt.Errorf("%s: confidence %q is not from 0 to 1", info.Field, shorten(s))
		}
		c.Confidence = n
	}
	return []data.Claim{c}, nil
}

// scalar is the text of a text or a number, false for anything else but nothing.
func scalar(v any) (string, bool) {
	switch v := v.(type) {
	case nil:
		return "", true
	case string:
		return v, true
	case json.Number:
		if n, err := v.Float64(); err == nil && strings.ContainsAny(string(v), "eE") {
			return scalar(n)
		}
		return v.String(), true
	case int64:
		return strconv.FormatInt(v, 10), true
	case uint64:
		return strconv.FormatUint(v, 10), true
	case float64:
		if math.IsInf(v, 0) || math.IsNaN(v) {
			return "", false
		}
		return strconv.FormatFloat(v, 'f', -1, 64), true
	}
	return "", false
}

// shorten cuts a foreign text for a message.
func shorten(s string) string {
	const most = 60
	if len(s) <= most {
		return s
	}
	cut := most
	for cut > 0 && s[cut]&0xc0 == 0x80 {
		cut--
	}
	return s[:cut] + "…"
}
