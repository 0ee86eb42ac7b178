package data

import (
	"cmp"
	"fmt"
	"math/bits"
	"slices"
)

// Merge makes the record of an incident from its members' articles. Documents that
// are no members are ignored, members without a document are left out, and the
// order of the documents does not matter.
//
// Where claims of a field with one value differ, the chosen one is, in this order,
//
//  1. stated as a fact, before one that is only possible,
//  2. given by the source, before one of a command of the user's own, before one that was
//     extracted,
//  3. no order of magnitude ("thousands"),
//  4. for numbers and dates: heavier over all articles (fuse.go), for the disclosure:
//     earlier,
//  5. of a regulator, before the company, before the press,
//  6. for names, codes and dates: of more sources (near-copies count once), and for
//     dates the more precise one,
//  7. newer, by the date of publication,
//  8. exact, before "about", "at least" and "up to",
//  9. better placed in its own article.
//
// What articles about another incident tell in passing is kept, and chosen only where
// no article is about this one. FieldRecord.Rule names the first of these that told
// the chosen claim from the best one that disagrees with it.
func Merge(inc Incident, docs []*Document) Record {
	byID := make(map[string]*Document, len(docs))
	for _, d := range docs {
		byID[d.ID] = d
	}
	r := Record{Incident: inc}
	var sources []source
	for _, m := range inc.Members {
		d := byID[m.Article]
		if d == nil || m.Mention < 0 || m.Mention >= len(d.Mentions) {
			continue
		}
		sources = append(sources, source{d, m, ""})
	}
	slices.SortFunc(sources, func(a, b source) int {
		return cmp.Or(cmp.Compare(a.doc.Date, b.doc.Date), cmp.Compare(a.doc.ID, b.doc.ID), cmp.Compare(a.member.Mention, b.member.Mention))
	})
	markCopies(sources)
	for _, s := range slices.Backward(sources) {
		if !slices.ContainsFunc(r.Articles, func(a ArticleRef) bool { return a.ID == s.doc.ID }) {
			r.Articles = append(r.Articles, s.ref())
		}
	}
	claims := map[Field][]ranked{}
	about := slices.ContainsFunc(sources, func(s source) bool { return s.member.Role == Subject })
	for i := range sources {
		s := &sources[i]
		for n, c := range s.doc.Mentions[s.member.Mention].Claims {
			claims[c.Field] = append(claims[c.Field], ranked{claim: c, from: s, place: n, aside: about && s.member.Role != Subject && c.Rule != RuleGiven})
		}
	}
	for _, info := range Fields {
		if len(claims[info.Field]) > 0 {
			r.Fields = append(r.Fields, mergeField(info, claims[info.Field]))
		}
	}
	return r
}

// source is one article's part in the incident.
type source struct {
	doc    *Document
	member Member
	copyOf string
}

func (s source) ref() ArticleRef {
	ref := Ref(s.doc, s.member.Role)
	ref.CopyOf = s.copyOf
	return ref
}

// origin is the article whose text this is, for counting near-copies once.
func (s source) origin() string { return cmp.Or(s.copyOf, s.doc.ID) }

// markCopies marks every near-copy with the earliest article that it repeats.
// Sources are sorted by date.
func markCopies(sources []source) {
	for i := range sources {
		for j := range i {
			a, b := sources[j], sources[i]
			if a.copyOf == "" && a.doc.ID != b.doc.ID && NearCopy(a.member.Signature.Sketch, b.member.Signature.Sketch) {
				sources[i].copyOf = a.doc.ID
				break
			}
		}
	}
}

// CopyDistance is the largest number of differing bits of the sketches of two
// near-copies. Two unrelated texts differ in 32 of 64 bits on average; 6 or fewer
// are reached by chance once in about 10^11 pairs.
const CopyDistance = 6

// NearCopy reports whether two sketches come from texts that share most of their
// sentences, as syndicated articles do.
func NearCopy(a, b uint64) bool {
	return a != 0 && b != 0 && bits.OnesCount64(a^b) <= CopyDistance
}

// ranked is a claim with what its rank depends on.
type ranked struct {
	claim   Claim
	from    *source
	place   int
	support int // sources whose best claim agrees with this one
	// weight is how much speaks for it over all articles, and raised says that it is
	// doubtful in its own article and sure over all.
	weight float64
	raised bool
	// aside: an article about another incident tells it, and others are about this one.
	aside bool
}

func (c ranked) sourced() SourcedClaim { return SourcedClaim{Claim: c.claim, Article: c.from.doc.ID} }

// usable reports whether a claim can be chosen: it is stated as a fact or possible, and
// not only told in passing by an article about something else, where there are others.
func (c ranked) usable() bool {
	return (c.claim.Asserted() || c.claim.Status == Possible) && !c.aside
}

func mergeField(info FieldInfo, claims []ranked) FieldRecord {
	fuse(info, claims)
	best := bestOf(claims)
	for i := range claims {
		if claims[i].usable() {
			claims[i].support = support(info, claims[i], best)
		}
	}
	slices.SortFunc(claims, func(a, b ranked) int {
		order, _ := prefer(info, a, b)
		return order
	})
	f := FieldRecord{Field: info.Field, Chosen: []SourcedClaim{}}
	var rest []ranked
	if info.Many {
		rest = chooseMany(&f, info, claims)
	} else {
		rest = chooseOne(&f, info, claims, best)
	}
	f.Claims = slices.Clone(f.Chosen)
	for _, c := range rest {
		f.Claims = append(f.Claims, c.sourced())
	}
	return f
}

// bestOf returns each article's first usable claim of each unit and currency, as
// an article's later numbers are mostly parts of its first.
func bestOf(claims []ranked) []ranked {
	type slot struct{ article, unit string }
	var best []ranked
	seen := map[slot]bool{}
	for _, asserted := range []bool{true, false} {
		for _, c := range claims {
			k := slot{c.from.doc.ID, counted(c.claim) + c.claim.Currency}
			if c.usable() && c.claim.Asserted() == asserted && !seen[k] && (c.claim.Lead == 0 || c.claim.Lead >= doubtfulHead) {
				seen[k] = true
				best = append(best, c)
			}
		}
	}
	return best
}

// support counts the articles, near-copies once, whose best claim agrees with c.
func support(info FieldInfo, c ranked, best []ranked) int {
	origins := map[string]bool{}
	for _, b := range best {
		if b.claim.Asserted() && countAlike(c.claim, b.claim) && Agree(info, c.claim, b.claim) {
			origins[b.from.origin()] = true
		}
	}
	return len(origins)
}

// chooseOne fills in the single chosen claim and returns the others.
func chooseOne(f *FieldRecord, info FieldInfo, claims, best []ranked) []ranked {
	if !claims[0].usable() {
		return claims
	}
	top := claims[0]
	f.Chosen = []SourcedClaim{top.sourced()}
	var against *ranked
	origins := map[string]bool{top.from.origin(): true}
	for _, c := range claims[1:] {
		if !c.usable() || !countAlike(top.claim, c.claim) {
			continue
		}
		if !Agree(info, top.claim, c.claim) {
			if against == nil {
				against = &c
			}
			continue
		}
		origins[c.from.origin()] = true
	}
	for i, b := range best {
		if !countAlike(top.claim, b.claim) {
			continue
		}
		if n := b.claim.Number; n != nil {
			if f.Low == nil || *n < *f.Low {
				f.Low = n
			}
			if f.High == nil || *n > *f.High {
				f.High = n
			}
		}
		for _, o := range best[:i] {
			if countAlike(top.claim, o.claim) && o.from.doc.ID != b.from.doc.ID && !Agree(info, b.claim, o.claim) {
				f.Conflict = true
			}
		}
	}
	switch {
	case against != nil:
		_, f.Rule = prefer(info, top, *against)
	case len(origins) > 1:
		f.Rule = fmt.Sprintf("%d sources agree", len(origins))
	case top.claim.Rule == RuleGiven:
		f.Rule = "given by the source"
	default:
		f.Rule = "the only source that says so"
	}
	return claims[1:]
}

// chooseMany fills in one claim per distinct value and returns the others. A value
// that one source states and another denies is a conflict. A generic value is chosen
// beside others only where a source gives it.
func chooseMany(f *FieldRecord, info FieldInfo, claims []ranked) []ranked {
	var chosen, rest []ranked
	for _, c := range claims {
		known := slices.ContainsFunc(chosen, func(o ranked) bool { return o.claim.Value == c.claim.Value })
		if c.usable() && !known {
			chosen = append(chosen, c)
		} else {
			rest = append(rest, c)
		}
	}
	plain := func(c ranked) bool { return Generic(info.Field, c.claim.Value) && c.claim.Rule != RuleGiven }
	if slices.ContainsFunc(chosen, func(c ranked) bool { return !plain(c) }) {
		chosen = slices.DeleteFunc(chosen, func(c ranked) bool {
			if plain(c) {
				rest = append(rest, c)
			}
			return plain(c)
		})
	}
	slices.SortStableFunc(chosen, func(a, b ranked) int {
		return cmp.Or(cmp.Compare(certainty(a.claim), certainty(b.claim)), cmp.Compare(b.support, a.support))
	})
	for _, c := range chosen {
		f.Chosen = append(f.Chosen, c.sourced())
		for _, o := range rest {
			if Contradict(o.claim, c.claim) && o.from.doc.ID != c.from.doc.ID {
				f.Conflict = true
			}
		}
		for _, o := range chosen {
			f.Conflict = f.Conflict || Contradict(c.claim, o.claim)
		}
	}
	if len(chosen) > 0 {
		f.Rule = "every value that a source states"
	}
	return rest
}

// prefer orders two claims of a field, the one to choose first, and says in words
// what decided. It is a total order.
func prefer(info FieldInfo, a, b ranked) (int, string) {
	supported := 0
	if info.Kind == Name || info.Kind == Code || info.Kind == When {
		supported = cmp.Compare(b.support, a.support)
	}
	earlier, weight, words := 0, 0, ""
	if info.Field == Disclosed {
		earlier = cmp.Compare(a.claim.Value, b.claim.Value)
	}
	if (a.claim.Number != nil && b.claim.Number != nil || info.Kind == When && info.Field != Disclosed) && !same(info, a.claim, b.claim) {
		weight = cmp.Compare(b.weight, a.weight)
		words = weightWords(info, a, b)
	}
	for _, rule := range []struct {
		order int
		words string
	}{
		{yes(!a.aside, !b.aside), "from an article about the incident, before one that mentions it"},
		{cmp.Compare(certainty(a.claim), certainty(b.claim)), "stated as a fact, the others are not"},
		{yes(a.claim.Rule == RuleGiven, b.claim.Rule == RuleGiven), "given by the source, before what was extracted"},
		{yes(a.claim.OfCommand(), b.claim.OfCommand()), "from a command of your own, before what was extracted"},
		{-yes(a.claim.Qualifier == Vague, b.claim.Qualifier == Vague), "a number, before an order of magnitude"},
		{weight, words},
		{earlier, "the earliest public notice"},
		{cmp.Compare(authority(a.from.doc.Kind), authority(b.from.doc.Kind)), authorityWords(a.from.doc.Kind, b.from.doc.Kind)},
		{supported, "stated by more sources"},
		{precise(info, a.claim, b.claim), "more precise than the others"},
		{cmp.Compare(b.from.doc.Date, a.from.doc.Date), "the newest source"},
		{yes(exact(a.claim), exact(b.claim)), "exact, before a rough number"},
		{cmp.Compare(a.place, b.place), "named first in its article"},
		{cmp.Compare(b.claim.Confidence, a.claim.Confidence), "the clearest statement"},
		{cmp.Compare(a.from.doc.ID, b.from.doc.ID), "the first of equal sources"},
		{cmp.Compare(a.from.member.Mention, b.from.member.Mention), "the first of equal sources"},
	} {
		if rule.order != 0 {
			return rule.order, rule.words
		}
	}
	return 0, ""
}

// weightWords says what makes one number outweigh another.
func weightWords(info FieldInfo, a, b ranked) string {
	if b.weight > a.weight {
		a, b = b, a
	}
	switch {
	case info.Kind != When && authority(a.from.doc.Kind) < authority(b.from.doc.Kind):
		return authorityWords(a.from.doc.Kind, b.from.doc.Kind)
	case info.Kind == When:
		return "the surest statement"
	case a.from.doc.Date > b.from.doc.Date:
		return "the newest source"
	case info.Kind == Count && *a.claim.Number > *b.claim.Number:
		return "the whole, before what looks like a part"
	}
	return "the surest statement"
}

// certainty orders claims by their status: 0 for facts.
func certainty(c Claim) int {
	switch c.Status {
	case Actual, Derived, "":
		return 0
	case Possible:
		return 1
	case Advised:
		return 2
	}
	return 3
}

// yes puts the one that has the property first.
func yes(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

func authority(k SourceKind) int {
	switch k {
	case Regulator:
		return 0
	case Company:
		return 1
	}
	return 2
}

func authorityWords(a, b SourceKind) string {
	switch {
	case a == Regulator && b == Company:
		return "from a regulator, before the company"
	case a == Regulator:
		return "from a regulator, before the press"
	}
	return "from the company, before the press"
}

func precise(info FieldInfo, a, b Claim) int {
	if info.Kind != When {
		return 0
	}
	return cmp.Compare(len(b.Value), len(a.Value))
}

func exact(c Claim) bool { return c.Qualifier == "" || c.Qualifier == Exact }
