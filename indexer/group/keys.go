package group

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"incidex/data"
	"incidex/data/vocab"
)

// blockTerms is the number of terms of an article that are blocks of their own.
const blockTerms = 8

// The most incidents with one key that are worth comparing, by what the key is.
// More of them share a key that tells too little.
const (
	crowdedName  = 500 // the victim's whole name
	crowdedShort = 32  // its initials, its rarest word, its parent
	crowdedOther = 64
	crowdedWord  = 16 // a word in so many incidents of one month is no name
)

// Crowded is the number of incidents with a key of a signature above which
// whoever collects candidates leaves the key out.
func Crowded(s data.Signature, key string) int {
	switch name, named := strings.CutPrefix(key, "v:"); {
	case named && name == vocab.Fold(s.Victim):
		return crowdedName
	case named:
		return crowdedShort
	case strings.HasPrefix(key, "w:"):
		return crowdedWord
	default:
		return crowdedOther
	}
}

// Keys returns the blocks of a signature, sorted. Two mentions are compared only
// when they share a key:
//
//	v:NAME          the victim, folded; its parent, its rarest word, its initials
//	c:CVE  m:NAME   a vulnerability, a malware
//	w:HASH:YYYY-MM  a telling word in the month of publication and the next one
//	k:BAND          a quarter of the sketch, where near-copies meet
//
// A word gives two keys, so that articles of neighboring months meet.
func Keys(s data.Signature) []string {
	var keys []string
	if s.Victim != "" {
		keys = append(keys, "v:"+vocab.Fold(s.Victim))
		if p := parentOf(s.Victim); p != "" {
			keys = append(keys, "v:"+vocab.Fold(p))
		}
		for _, n := range shortNames(s.Victim) {
			keys = append(keys, "v:"+n)
		}
	}
	if s.Victim == "" {
		for _, c := range s.CVEs {
			keys = append(keys, "c:"+c)
		}
		for _, m := range s.Malware {
			keys = append(keys, "m:"+vocab.Fold(m))
		}
	}
	if months := months(s.Published); months != nil {
		for _, t := range s.Terms[:min(len(s.Terms), blockTerms)] {
			for _, m := range months {
				keys = append(keys, fmt.Sprintf("w:%08x:%s", t, m))
			}
		}
	}
	if s.Sketch != 0 {
		for b := range 4 {
			keys = append(keys, fmt.Sprintf("k:%d:%04x", b, s.Sketch>>(16*b)&0xffff))
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// rareName is the rarity of a word that can stand for the name that it is part of:
// it is in fewer than 1 of 200 articles.
var rareName = math.Log(200)

// shortNames are other names under which a name of several words may be met: its
// rarest word and its initials.
func shortNames(name string) []string {
	folded := vocab.Fold(name)
	var out []string
	if a := acronym(folded); utf8.RuneCountInString(a) >= minTermLen {
		out = append(out, a)
	}
	best, most := "", rareName
	for w := range strings.FieldsSeq(folded) {
		for t := range words(w) {
			if r := rarity(hash(t)); r > most {
				best, most = w, r
			}
		}
	}
	if best != "" && best != folded {
		out = append(out, best)
	}
	return out
}

// months are the month of a date and the one after it, "undated" for an empty
// date and the year for one that has no month.
func months(d data.Date) []string {
	switch len(d) {
	case 0:
		return []string{"undated"}
	case 4:
		return []string{string(d)}
	}
	first, ok := d.First()
	if !ok {
		return nil
	}
	month := time.Date(first.Year(), first.Month(), 1, 0, 0, 0, 0, time.UTC)
	return []string{month.Format("2006-01"), month.AddDate(0, 1, 0).Format("2006-01")}
}

// parentOf is the owner of an organisation as the gazetteer knows it.
func parentOf(name string) string {
	if t, ok := vocab.Organizations().Lookup(name); ok {
		return t.Attr("parent")
	}
	return ""
}
