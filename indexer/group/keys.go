package group

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"incidex/data"
	"incidex/data/vocab"
)

const (
	// blockTerms is the number of terms of an article that are blocks of their own.
	blockTerms = 8
	// tellingTerms is the number of terms of which one is enough for a comparison.
	tellingTerms = 3
)

// The most incidents with one key that are worth comparing, by what the key is.
// More of them share a key that tells too little.
const (
	crowdedName  = 500 // the victim's whole name
	crowdedShort = 32  // its initials, its rarest word, its parent
	crowdedOther = 64
	crowdedWord  = 10 // a word in so many incidents of one month is no name
)

// Key is a block of mentions. Two mentions are compared only when one has a key that
// the other looks for.
type Key struct {
	// Hash is what incidents keep of it. Blocks that share a hash by chance cost a
	// comparison.
	Hash uint32
	// Most is the number of incidents with the key above which it tells too little.
	Most int
	// Tells is how much it tells that an incident has the key; see TellsEnough.
	Tells int
}

// TellsEnough is how much the keys that an incident has must tell together for it to
// be compared: one word is not enough.
const TellsEnough = 2

// The kinds of keys, part of what is hashed.
const (
	victimKey  = "v:" // the victim, folded; its parent, its rarest word, its initials
	cveKey     = "c:" // a vulnerability, for a signature without a victim
	malwareKey = "m:" // a malware, likewise
	wordKey    = "w:" // a telling word in the month of publication
	sketchKey  = "k:" // a quarter of the sketch, where near-copies meet
)

// Keys returns the hashes of a signature's keys, sorted; none repeats.
func Keys(s data.Signature) []uint32 {
	keys := append(keysOf(s), wordKeys(s, 0)...)
	out := make([]uint32, len(keys))
	for i, k := range keys {
		out[i] = k.Hash
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Near returns the keys that a signature looks for: its own, and its words in the
// months before and after.
func Near(s data.Signature) []Key { return append(keysOf(s), wordKeys(s, -1, 0, 1)...) }

// keysOf returns the keys but those of words.
func keysOf(s data.Signature) []Key {
	var keys []Key
	add := func(most int, parts ...string) { keys = append(keys, Key{hash(parts...), most, TellsEnough}) }
	if s.Victim != "" {
		add(crowdedName, victimKey, vocab.Fold(s.Victim))
		if p := parentOf(s.Victim); p != "" {
			add(crowdedShort, victimKey, vocab.Fold(p))
		}
		for _, n := range shortNames(s.Victim) {
			add(crowdedShort, victimKey, n)
		}
	} else {
		for _, c := range s.CVEs {
			add(crowdedOther, cveKey, c)
		}
		for _, m := range s.Malware {
			add(crowdedOther, malwareKey, vocab.Fold(m))
		}
	}
	if s.Sketch != 0 {
		for b := range 4 {
			add(crowdedOther, sketchKey, strconv.Itoa(b), strconv.FormatUint(s.Sketch>>(16*b)&0xffff, 16))
		}
	}
	return keys
}

// wordKeys returns the keys of the words in months before and after that of
// publication. A date without a month stands for itself, an empty one for those
// without a date.
func wordKeys(s data.Signature, months ...int) []Key {
	var keys []Key
	for _, n := range months {
		month := string(s.Published)
		if first, ok := s.Published.First(); ok && len(month) > len("2006") {
			month = time.Date(first.Year(), first.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC).Format("2006-01")
		} else if n != 0 || month != "" && !ok {
			continue
		}
		for i, t := range s.Terms[:min(len(s.Terms), blockTerms)] {
			tells := 1
			if i < tellingTerms {
				tells = TellsEnough
			}
			keys = append(keys, Key{hash(wordKey, strconv.FormatUint(uint64(t), 16), ":", month), crowdedWord, tells})
		}
	}
	return keys
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

// parentOf is the owner of an organisation as the gazetteer knows it.
func parentOf(name string) string {
	if t, ok := vocab.Organizations().Lookup(name); ok {
		return t.Attr("parent")
	}
	return ""
}
