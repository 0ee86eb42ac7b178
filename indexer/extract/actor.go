package extract

import (
	"slices"
	"strings"

	"incidex/data/vocab"
)

// leastActorWeight is the weight from which an actor is claimed.
const leastActorWeight = 2.0

// person is the kind of actor that is a single known person.
const person = "person"

// actorRules find who did it.
type actorRules struct {
	terms []vocab.Term
	// names are the gazetteer's, weakNames those that are ordinary words too.
	names, weakNames, leads, tails kind
	// agency are states' services, which lead and tail make attackers.
	agency, agencyLead, agencyTail           kind
	background, people, verbs, arrests       kind
	callings, verdicts                       kind
	malware, unknown, capitals               kind
	endings, skip, quotes, articles, company wordSet
	sources, ordinary, inName, products      wordSet
	by, auxiliaries, dashes, joins           wordSet
	// houses are words of organizations' names, hit those that no group of hackers has.
	houses, hit wordSet
	// sponsored end what is said of hackers, letters are marks for letters in names.
	sponsored, letters                      wordSet
	at, vs, operation, comma, a, ransomware int32
	group, open, close                      int32
	origins                                 *originRules
}

func newActorRules(b *builder) *actorRules {
	r := &actorRules{terms: vocab.Actors().Terms(), names: b.kind(), weakNames: b.kind(), leads: b.kind(), tails: b.kind(), agency: b.kind(), agencyLead: b.kind(), agencyTail: b.kind(), background: b.kind(), people: b.kind(), verbs: b.kind(), arrests: b.kind(), callings: b.kind(), verdicts: b.kind(), malware: b.kind(), unknown: b.kind(), capitals: b.kind()}
	for i, t := range r.terms {
		weak := map[string]bool{}
		for _, a := range strings.Split(t.Attr("ambiguous_aliases"), " | ") {
			weak[a] = true
		}
		if t.Attr("ambiguous") == "yes" {
			weak[t.Value] = true
		}
		for _, name := range append([]string{t.Value, t.Label}, t.Aliases...) {
			k := r.names
			if weak[name] && name != anonymous {
				k = r.weakNames
			}
			b.addStrict(k, i, name)
			if spaced := splitLetters(name); spaced != name {
				b.addStrict(k, i, spaced)
			}
		}
	}
	b.add(r.leads, 0, actorLeads...)
	b.add(r.tails, 0, actorTails...)
	for i, a := range agencies {
		b.addStrict(r.agency, i, a)
	}
	b.add(r.agencyLead, 0, agencyLeads...)
	b.add(r.agencyTail, 0, agencyTails...)
	b.addTable(r.malware, vocab.Malware(), true)
	b.add(r.unknown, 0, unknownActors...)
	b.add(r.arrests, 0, arrestCues...)
	b.add(r.callings, 0, callingCues...)
	b.add(r.verdicts, 0, verdicts...)
	b.add(r.verbs, 0, actorVerbs...)
	b.add(r.background, 0, backgroundCues...)
	b.add(r.people, 0, guiltCues...)
	r.endings = b.set(actorEndings)
	r.skip = b.set("wanna state sponsored hunter wiper decryptor internet world cve email patriotic elite online web global the a an and or of in on from to by with who which that has have had is are was were group gang hackers hacker chinese russian iranian korean north turkish indian pakistani syrian israeli ukrainian american british vietnamese european german french saudi lebanese egyptian armenian azerbaijani algerian moroccan indonesian malaysian filipino bangladeshi brazilian mexican dutch swiss polish romanian belarusian palestinian yemeni eastern western us u.s uk eu" +
		"  news post stole steals leaks leaked selling sold hacked claimed claims says said here's how arrested notorious putter ddos ddosed sea protest operation trojan attack attacks campaign spyware hack leak these this those some many several other cyber security they he she it we i new unknown anonymous" +
		" islamic muslim arab african asian latvian lithuanian kremlin state apple google microsoft facebook twitter telegram police fbi january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday ransomware malware ltd llc inc corp ceo cto cso ciso cia nsa doj dhs usa tor irc api according after before during while when as but if because researchers")
	r.ordinary = b.set(wordsFile)
	r.quotes = b.set("\" “ ” ' ‘ ’")
	for _, t := range vocab.Countries().Terms() {
		b.addStrict(r.capitals, 0, strings.Split(t.Attr("cities"), " | ")...)
		names := append([]string{t.Label}, t.Aliases...)
		for _, name := range append(names, strings.Split(t.Attr("demonyms"), " | ")...) {
			if ids := b.ids(name); len(ids) == 1 {
				r.skip = r.skip.with(ids[0])
			}
		}
	}
	r.company = b.set("group groups gang hackers hacker hackergroup hackergroups hacktivist hacktivists collective crew members member branch affiliated vigilante activists activist organization blamed operators operator actors affiliates")
	r.articles = b.set("the a an")
	r.products = b.set("spyware malware software tool tools trojan implant")
	r.houses = b.set(orgHeads + " " + orgKinds)
	r.dashes, r.joins = b.set("— – - : , ("), b.set("and , & as")
	r.by = b.set("by from to")
	r.auxiliaries = b.set("has have had is was also allegedly who that reportedly recently then been first")
	r.inName = b.set("of and & the for")
	r.sources = b.set("sources source user users posting tip tips caller email official officials letter reporting , . commenter functions ftp reader readers employee")
	r.hit = b.set("bank hospital university college ministry department school company corporation airlines airways exchange insurance agency hotel hotels church city county pipeline casino clinic")
	r.sponsored, r.letters = b.set("sponsored backed linked affiliated aligned"), b.set("! $ # @ *")
	r.open, r.close = b.word("("), b.word(")")
	r.comma, r.a, r.ransomware = b.word(","), b.word("a"), b.word("ransomware")
	r.group = b.word("group")
	r.origins = newOriginRules(b)
	r.at, r.vs, r.operation = b.word("@"), b.word("vs"), b.word("operation")
	return r
}

// splitLetters puts a space before the digits of a name: "APT28" is also written "APT 28".
func splitLetters(name string) string {
	if !strings.HasPrefix(name, "APT") || len(name) < 4 || name[3] < '0' || name[3] > '9' {
		return name
	}
	return "APT " + name[3:]
}

// actorHit is an actor named in the text.
type actorHit struct {
	value    string
	kind     string
	from, to int
	// sure says that the place itself tells that the name is an actor's.
	sure bool
	// id is the number of the value among those of the document.
	id int
	// worth is how well the place tells that the actor did it, and hidden says that
	// better places of his suffice.
	worth  int
	hidden bool
}

func (r *actorRules) find(d *document) {
	if d.actorIDs == nil {
		d.actorIDs, d.persons = map[string]int{}, map[int32]string{}
	}
	clear(d.persons)
	d.actors = d.actors[:0]
	d.named = slices.Grow(d.named[:0], len(d.tokens))[:len(d.tokens)]
	clear(d.named)
	leads, tails := d.hits[r.leads], d.hits[r.tails]
	for _, h := range d.hits[r.names] {
		t := r.terms[h.entry]
		if t.Attr("kind") == person && !r.accused(d, h) || d.word(int(h.from)-1) == r.operation || d.word(int(h.from)) == r.operation {
			continue
		}
		if d.is(int(h.to)-1, possessive) && r.products.has(d.word(int(h.to)+1)) {
			continue // who sold the tool is not who used it
		}
		if t.Value == anonymous && r.sources.has(d.word(int(h.to))) {
			continue
		}
		d.addActor(actorHit{value: t.Value, kind: t.Attr("kind"), from: int(h.from), to: int(h.to), sure: t.Attr("kind") == person || endsAt(leads, h.from, 1) || beginsAt(tails, h.to) || beginsAt(d.hits[r.verbs], h.to) || h.to > h.from+1 && r.company.has(d.word(int(h.to)-1))})
	}
	for _, h := range d.hits[r.weakNames] {
		if endsAt(leads, h.from, 1) || beginsAt(tails, h.to) || beginsAt(d.hits[r.verbs], h.to) || endsAt(d.hits[r.agencyLead], h.from, 1) || r.beside(d, h) {
			t := r.terms[h.entry]
			d.addActor(actorHit{value: t.Value, kind: t.Attr("kind"), from: int(h.from), to: int(h.to), sure: true})
		}
	}
	for _, h := range d.hits[r.agency] {
		if endsAt(d.hits[r.agencyLead], h.from, 2) || beginsAt(d.hits[r.agencyTail], h.to) {
			d.addActor(actorHit{value: agencies[h.entry], kind: "state", from: int(h.from), to: int(h.to), sure: true})
		}
	}
	for _, l := range leads {
		if l.to == l.from+1 && d.tokens[l.from].is(capital) && d.is(int(l.to), capital) && !odd(d.text(int(l.to), int(l.to)+1)) {
			continue // a word of a name: "The Hacker News"
		}
		if from, to, ok := r.nameAfter(d, int(l.to)); ok && !d.covered(from, to) && r.namesActor(d, from, to) {
			d.addActor(actorHit{value: d.text(from, to), from: from, to: to, sure: true})
		}
	}
	for _, t := range tails {
		if d.word(int(t.from)) == r.group && d.is(int(t.from), capital) {
			continue // the last word of any firm's name
		}
		if d.is(int(t.from), capital) && t.from > 0 && r.ordinary.has(d.tokens[t.from-1].word) {
			continue // a sentence that begins without a full stop before it
		}
		if from, to, ok := r.nameBefore(d, int(t.from)); ok && !d.covered(from, to) && r.namesActor(d, from, to) {
			d.addActor(actorHit{value: d.text(from, to), from: from, to: to, sure: true})
		}
	}
	r.tracked(d)
	r.armies(d)
	r.versus(d)
	r.persons(d)
	r.again(d)
	r.propose(d)
	r.origins.find(d, func(h hit) bool { return r.accused(d, h) })
}

// endsAt reports whether a hit ends before the token, with at most gap tokens between.
func endsAt(hits []hit, token int32, gap int32) bool {
	for i := searchHit(hits, token) - 1; i >= 0 && hits[i].from > token-8; i-- {
		if hits[i].to <= token && hits[i].to+gap >= token {
			return true
		}
	}
	return false
}

// beginsAt reports whether a hit begins at the token.
func beginsAt(hits []hit, token int32) bool {
	i := searchHit(hits, token)
	return i < len(hits) && hits[i].from == token
}

// namesActor reports whether what an introduction names can be the name of an
// actor: not ordinary words without quotes, not the words of a headline, and not
// a piece of a longer name ("Game of Thrones hackers").
func (r *actorRules) namesActor(d *document, from, to int) bool {
	if d.tokens[to-1].end-d.tokens[from].start < leastActorName {
		return false
	}
	if t, ok := vocab.Organizations().Lookup(d.text(from, to)); ok && t.Attr("ambiguous") != "yes" || overlaps(d.hits[r.malware], from, to) || overlaps(d.hits[r.capitals], from, to) {
		return false
	}
	if r.sponsored.has(d.tokens[to-1].word) {
		return false // by 'state sponsored' hackers
	}
	if from > 0 && r.quotes.has(d.word(from-1)) || d.word(from) == r.at || odd(d.text(from, to)) {
		return true
	}
	if from > 0 && (r.inName.has(d.word(from-1)) && d.is(from-2, capital) || d.is(from-1, possessive) || r.company.has(d.word(from-1)) && d.is(from-1, capital) && !d.is(from-1, first)) {
		return false
	}
	if r.hit.has(d.tokens[to-1].word) || to == from+1 && r.houses.has(d.tokens[from].word) {
		return false // the end of an organization's name: "Acme Bank hackers"
	}
	plain := true
	for i := from; i < to; i++ {
		plain = plain && r.ordinary.has(d.tokens[i].word) && !d.is(i, allCaps)
	}
	return !plain && !d.headline(d.tokens[from].sent)
}

// overlaps reports whether a hit shares a token with [from, to).
func overlaps(hits []hit, from, to int) bool {
	i := searchHit(hits, int32(to)) - 1
	return i >= 0 && int(hits[i].to) > from
}

// leastActorName is the number of bytes of the shortest name of an unknown actor.
const leastActorName = 3

const (
	// headlineWords is the number of words that a headline in the text has at least.
	headlineWords = 5
	// headlineShare is the percentage of them with a capital.
	headlineShare = 70
)

// headline reports whether most words of the sentence have capitals, so that they
// tell nothing.
func (d *document) headline(sent int32) bool {
	s := d.sents[sent]
	words, capitals := 0, 0
	for _, t := range d.tokens[s.from:min(s.to, s.from+40)] {
		if t.is(punct|digit) || t.end-t.start < 4 {
			continue
		}
		words++
		if t.is(capital) {
			capitals++
		}
	}
	return words >= headlineWords && capitals*100 > words*headlineShare
}
