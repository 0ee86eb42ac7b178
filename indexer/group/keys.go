package group

import (
	"cmp"
	"math"
	"slices"
	"strconv"
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

// Key is a block of a signature: two mentions are compared only when they share one.
type Key struct {
	// Hash is what incidents keep of it. Blocks that share a hash by chance cost a
	// comparison.
	Hash uint32
	// Most is the number of incidents with the key above which it tells too little.
	Most int
}

// The kinds of keys, part of what is hashed.
const (
	victimKey  = "v:" // the victim, folded; its parent, its rarest word, its initials
	cveKey     = "c:" // a vulnerability, for a signature without a victim
	malwareKey = "m:" // a malware, likewise
	wordKey    = "w:" // a telling word in the month of publication and the next one, so that neighboring months meet
	sketchKey  = "k:" // a quarter of the sketch, where near-copies meet
)

// Keys returns the keys of a signature, sorted by hash; none repeats.
func Keys(s data.Signature) []Key {
	keys := make([]Key, 0, 2*blockTerms+8)
	add := func(most int, parts ...string) { keys = append(keys, Key{hash(parts...), most}) }
	if s.Victim != "" {
		add(crowdedName, victimKey, vocab.Fold(s.Victim))
		if p := parentOf(s.Victim); p != "" {
			add(crowdedShort, victimKey, vocab.Fold(p))
		}
		for _, n := range shortNames(s.Victim) {
			add(crowdedShort, victimKey, n)
		}
	}
	if s.Victim == "" {
		for _, c := range s.CVEs {
			add(crowdedOther, cveKey, c)
		}
		for _, m := range s.Malware {
			add(crowdedOther, malwareKey, vocab.Fold(m))
		}
	}
	for _, month := range months(s.Published) {
		for _, t := range s.Terms[:min(len(s.Terms), blockTerms)] {
			add(crowdedWord, wordKey, strconv.FormatUint(uint64(t), 16), month)
		}
	}
	if s.Sketch != 0 {
		for b := range 4 {
			add(crowdedOther, sketchKey, strconv.Itoa(b), strconv.FormatUint(s.Sketch>>(16*b)&0xffff, 16))
		}
	}
	slices.SortFunc(keys, func(a, b Key) int { return cmp.Or(cmp.Compare(a.Hash, b.Hash), cmp.Compare(b.Most, a.Most)) })
	return slices.CompactFunc(keys, func(a, b Key) bool { return a.Hash == b.Hash })
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
