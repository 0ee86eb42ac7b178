package main

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

var (
	genitive   = regexp.MustCompile(`'s\b`)
	foreign    = regexp.MustCompile(`[^\pL\pN_&.' -]`)
	finalStops = regexp.MustCompile(`[.](\s|$)`)
	articles   = regexp.MustCompile(`^(the|a|an|its|their) `)
	suffixes   = regexp.MustCompile(`[ ,]+(inc|incorporated|llc|llp|ltd|limited|corp|corporation|plc|co|company|gmbh|ag|sa|nv|bv|pllc|pc)$`)
)

// plainName brings a name to the form in which names are compared.
func plainName(s string) string {
	s = strings.ToLower(norm.NFKC.String(s))
	s = strings.NewReplacer("’", "'", "‘", "'").Replace(s)
	s = genitive.ReplaceAllString(s, "")
	s = foreign.ReplaceAllString(s, " ")
	s = finalStops.ReplaceAllString(s, " ")
	s = strings.Join(strings.Fields(s), " ")
	s = articles.ReplaceAllString(s, "")
	for {
		t := suffixes.ReplaceAllString(s, "")
		if t == s || t == "" {
			return s
		}
		s = t
	}
}

// sameName reports whether two names can mean the same: equal, one inside of the
// other, or one the initials of the other.
func sameName(a, b string) bool {
	a, b = plainName(a), plainName(b)
	if a == "" || b == "" {
		return false
	}
	if a == b || strings.ReplaceAll(a, " ", "") == strings.ReplaceAll(b, " ", "") {
		return true
	}
	for _, p := range [2][2]string{{a, b}, {b, a}} {
		if len([]rune(p[0])) >= 4 && containsWord(p[1], p[0]) || len([]rune(p[0])) >= 2 && initials(p[1]) == strings.ReplaceAll(p[0], ".", "") {
			return true
		}
	}
	return false
}

func containsWord(s, word string) bool {
	for from := 0; ; {
		i := strings.Index(s[from:], word)
		if i < 0 {
			return false
		}
		i += from
		if !wordBefore(s[:i]) && !wordAfter(s[i+len(word):]) {
			return true
		}
		from = i + 1
	}
}

func wordBefore(s string) bool {
	r := []rune(s)
	return len(r) > 0 && isWord(r[len(r)-1])
}

func wordAfter(s string) bool {
	for _, r := range s {
		return isWord(r)
	}
	return false
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' }

func initials(s string) string {
	var out []rune
	words := strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r == '-' })
	n := 0
	for _, w := range words {
		switch w {
		case "of", "the", "and", "for", "&":
		default:
			out = append(out, []rune(w)[0])
			n++
		}
	}
	if n < 2 {
		return ""
	}
	return string(out)
}
