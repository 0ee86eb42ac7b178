package extract

import (
	"slices"
	"strings"

	"incidex/data"
	"incidex/data/vocab"
)

// Threat actors are names of the gazetteer, names that an introduction makes
// actors ("a group calling itself ..."), and names that end as groups of hackers
// do. An ordinary word that is also a group's name needs such company. Every name
// gathers weight as an attack does, and only those that carry the story are
// claimed for it.

// maxActorName is the number of tokens that the name of an unknown actor can have.
const maxActorName = 5

// leastActorWeight is the weight from which an actor is claimed.
const leastActorWeight = 2.0

// unknownActors say that nobody knows who did it.
var unknownActors = []string{"unknown actor/actors/hacker/hackers/attacker/attackers/group", "unknown threat actor/actors", "unidentified actor/actors/hacker/hackers/attacker/attackers/group", "unidentified threat actor/actors", "no group has claimed", "no one has claimed", "nobody has claimed", "not been attributed", "not attributed", "not clear who", "unclear who", "unknown who"}

// personReach is the number of tokens between a person's name and the word that accuses him.
const personReach = 10

// actorLeads introduce the name of an actor, which follows.
var actorLeads = []string{
	"hacker/hackers/group/gang/crew/collective/attacker/actor/vendor/seller/individual/hacktivist/hacktivists/hackergroup/team/person/cybercriminal calling himself/herself/itself/themselves/themself",
	"calling itself the", "calling themselves the", "calling themselves", "calling itself", "calling himself", "calls itself", "calls itself the", "calls themselves the", "calls themselves", "calls himself", "styling itself the", "styling itself",
	"hacker/hackers/group/gang/crew/collective/attacker/actor/vendor/seller/team/cybercriminal called/named/dubbed/nicknamed", "hacker/group/gang/crew/collective/team called/named/dubbed the",
	"hacker/hackers/group/gang/collective/attacker/actor/crew known as", "hacker/hackers/group/gang/collective/attacker/actor/crew known as the", "known online as", "group , known as", "group , called", "group , dubbed", "group , named", "group that calls itself", "group known as", "hackers known as", "attackers known as",
	"going by the name/handle/alias/pseudonym/nickname/username/moniker/title", "going by the name/handle/alias/pseudonym/nickname/username/moniker of", "goes by the name/handle/alias/pseudonym/nickname/username/moniker of", "goes by the name/handle/alias/pseudonym/nickname/username/moniker",
	"goes by", "goes online by", "going by", "who goes by", "uses the handle", "using the handle/alias/pseudonym/moniker", "under the pseudonym/alias/handle/moniker", "under the pseudonym/alias/handle/moniker of", "by the username of", "hacker going by", "by the handle of", "online handle/alias/moniker/pseudonym/nickname", "online handle/moniker/alias/pseudonym of", "the handle/moniker/alias/pseudonym/nickname", "the handle/moniker/alias/pseudonym/nickname of", "nicknamed", "on twitter by the name", "by the handle", "with the handle",
	"hacker/hacking/hacktivist/cyber/threat/espionage/extortion/ransomware/apt group/gang/collective/actor/crew/team", "hackergroup", "hackinggroup", "hacker group called the", "hacktivist group", "cyber espionage group", "cyber-espionage group", "threat actor tracked as", "tracked as", "actor tracked as", "hackers from the", "hackers from", "hackers of the",
	"hacktivist collective", "hacker collective", "hacking collective", "linked group", "notorious hacker", "hacker named", "hacker called", "hacker ,", "hacker", "hacktivist", "the actor", "ransomware group", "ransomware gang", "extortion gang", "extortion group",
	"threat group", "threat actor", "threat actors", "apt group", "apt", "apt actor", "the group named", "group named", "attackers , dubbed", "campaign , dubbed", "attributed to the group", "attributed to the threat actor", "named the actor", "attributed to hacker",
	"identified as", "suspect ,", "the suspect", "suspect named", "man/woman/teenager/teen/student named",
}

// actorTails follow the name of an actor.
var actorTails = []string{"hacker group", "hacking group", "hacking crew", "hackers group", "ransomware group", "ransomware gang", "ransomware crew", "ransomware operation", "ransomware operators", "hackers", "hacktivists", "hacker collective", "hacktivist group", "hacking collective", "hacking team", "cyber gang", "extortion group", "extortion gang", "data extortion group", "threat actor", "threat actors",
	"claimed/claims/claiming responsibility", "has/have claimed responsibility", "took responsibility", "takes responsibility", "cyber espionage group", "cyberespionage group", "espionage group", "apt group", "apt", "gang", "operators", "affiliates", "cybercrime group", "cybercrime gang", "collective", "hacking gang", "group claimed", "crew", "ransomware has claimed", "group has claimed", "group said"}

// actorEndings are the last words of a group's own name.
const actorEndings = "army crew hackers squad caliphate warriors partisans hacktivists berkut hackteam cybergang anonymous troops"

// actorVerbs follow the name of an actor that is also an ordinary word.
var actorVerbs = []string{"hacks/hacked/hack", "has/have hacked/breached/stolen/leaked/attacked/defaced/posted/published/claimed/announced/launched/already/released/threatened/declared", "takes/took/take/taking down", "shuts/shut down", "defaces/defaced/deface", "leaks/leaked/leak", "attacks/attacked/attack", "disrupts/disrupted/disrupt", "disabled/disables",
	"claims/claimed/claim", "launched/launches/launch", "publishes/published/publish", "breached/breaches", "stole/steals", "infiltrated/infiltrates", "targeted/targets/target", "vs", "vs .", "vs.", "posts/posted/post", "announced", "said", "says", "shuts", "brings down", "brought down", "knocks/knocked",
	"declared/declares", "threatened/threatens", "hijacks/hijacked", "dumps/dumped", "releases/released", "gained", "compromised/compromises", "conducted/conducts", "carried out", "broke into", "hacktivist/hacktivists", "hackers", "exposes/exposed", "revenge", "spams", "spambombs", "ddosed", "blocks/blocked", "reveals/revealed", "is behind", "were behind", "was behind", "stands behind", "exploited", "deployed", "penetrated", "defacement", "uses/used", "has been targeting", "is targeting", "group"}

// anonymous is a group whose name is an ordinary word that has no capital otherwise.
const anonymous = "Anonymous"

// agencies act as attackers in some stories and are sources or victims in most.
var agencies = []string{"NSA", "GCHQ", "CIA", "GRU", "FSB", "SVR", "MSS", "PLA", "BND", "Hamas", "Hezbollah", "MOIS", "IRGC", "Ministry of State Security", "Ministry of Intelligence and Security", "Islamic Revolutionary Guard Corps", "Reconnaissance General Bureau", "Five Eyes", "US Cyber Command", "Unit 8200", "WikiLeaks"}

var agencyLeads = []string{"attributed to", "blamed on", "linked to", "tied to", "affiliated with", "on behalf of", "working for", "associated with", "conducted by", "carried out by", "behalf of the", "attributed to the", "linked to the", "affiliated with the", "working for the", "working with the", "associated with the", "by the American", "the Russian intelligence service", "the Chinese", "conducted by the", "the british", "the German", "officers of the", "members of the"}

var agencyTails = []string{"hacked", "was hacking", "is hacking", "accessed", "wiretapped", "infiltrated", "attacked", "is able to", "accidentally took down", "breached", "spied", "spying", "launched", "disrupted", "disrupts", "penetrated", "stole", "targeted", "vs.", "vs", "are spying", "has been hacking", "is accused", "intercepted", "tapped", "monitored", "surveilled", "hackers"}

// backgroundCues mark sentences in which other actors stand for comparison.
var backgroundCues = []string{"similar to", "reminiscent", "in the past", "previously attributed", "such as", "as well as other", "like the one", "also behind", "unrelated", "not related", "other groups", "same group behind", "not linked", "no link", "comparable", "earlier attack", "was also responsible", "also responsible for", "other campaigns", "followed by"}

// actorRules find who did it.
type actorRules struct {
	terms []vocab.Term
	// names are the gazetteer's, weakNames those that are ordinary words too.
	names, weakNames, leads, tails kind
	// agency are states' services, which lead and tail make attackers.
	agency, agencyLead, agencyTail           kind
	background, people, verbs, arrests       kind
	malware, unknown                         kind
	endings, skip, quotes, articles, company wordSet
	sources                                  wordSet
	at, vs, operation, comma, a, ransomware  int32
}

func newActorRules(b *builder) *actorRules {
	r := &actorRules{terms: vocab.Actors().Terms(), names: b.kind(), weakNames: b.kind(), leads: b.kind(), tails: b.kind(), agency: b.kind(), agencyLead: b.kind(), agencyTail: b.kind(), background: b.kind(), people: b.kind(), verbs: b.kind(), arrests: b.kind(), malware: b.kind(), unknown: b.kind()}
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
	b.add(r.arrests, 0, "arrested", "indicted", "has charged", "have charged", "charges against", "indictment against", "extradited", "the arrest of", "arrest of")
	b.add(r.verbs, 0, actorVerbs...)
	b.add(r.background, 0, backgroundCues...)
	b.add(r.people, 0, "arrested", "charged", "indicted", "suspect", "pleaded guilty", "sentenced", "defendant", "hacker")
	r.endings = b.set(actorEndings)
	r.skip = b.set("the a an and or of in on from to by with who which that has have had is are was were group gang hackers hacker chinese russian iranian korean north turkish indian pakistani syrian israeli ukrainian american british vietnamese european german french saudi lebanese egyptian armenian azerbaijani algerian moroccan indonesian malaysian filipino bangladeshi brazilian mexican dutch swiss polish romanian belarusian palestinian yemeni eastern western us u.s uk eu" +
		"  news post stole steals leaks leaked selling sold hacked claimed claims says said here's how arrested notorious putter ddos ddosed sea protest operation trojan attack attacks campaign spyware hack leak these this those some many several other cyber security they he she it we i new unknown anonymous" +
		" islamic muslim arab african asian latvian lithuanian kremlin state apple google microsoft facebook twitter telegram police fbi january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday ransomware malware ltd llc inc corp ceo cto cso ciso cia nsa doj dhs usa tor irc api according after before during while when as but if because researchers")
	r.quotes = b.set("\" “ ” ' ‘ ’")
	for _, t := range vocab.Countries().Terms() {
		names := append([]string{t.Label}, t.Aliases...)
		for _, name := range append(names, strings.Split(t.Attr("demonyms"), " | ")...) {
			if ids := b.ids(name); len(ids) == 1 {
				r.skip = r.skip.with(ids[0])
			}
		}
	}
	r.company = b.set("group groups gang hackers hacker hackergroup hackergroups hacktivist hacktivists collective crew members member branch affiliated vigilante activists activist organization blamed")
	r.articles = b.set("the a an")
	r.sources = b.set("sources source user users posting tip tips caller email official officials letter reporting , . commenter functions ftp reader readers employee")
	r.comma, r.a, r.ransomware = b.word(","), b.word("a"), b.word("ransomware")
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
}

func (r *actorRules) find(d *document) {
	d.actors = d.actors[:0]
	leads, tails := d.hits[r.leads], d.hits[r.tails]
	for _, h := range d.hits[r.names] {
		t := r.terms[h.entry]
		if t.Attr("kind") == "person" && !r.accused(d, h) || d.word(int(h.from)-1) == r.operation || d.word(int(h.from)) == r.operation {
			continue
		}
		d.actors = append(d.actors, actorHit{t.Value, t.Attr("kind"), int(h.from), int(h.to), endsAt(leads, h.from, 1) || beginsAt(tails, h.to)})
	}
	d.actors = slices.DeleteFunc(d.actors, func(a actorHit) bool { return a.value == anonymous && r.sources.has(d.word(a.to)) })
	for _, h := range d.hits[r.weakNames] {
		if endsAt(leads, h.from, 1) || beginsAt(tails, h.to) || beginsAt(d.hits[r.verbs], h.to) || endsAt(d.hits[r.agencyLead], h.from, 1) || r.beside(d, h) {
			t := r.terms[h.entry]
			d.actors = append(d.actors, actorHit{t.Value, t.Attr("kind"), int(h.from), int(h.to), true})
		}
	}
	for _, h := range d.hits[r.agency] {
		if endsAt(d.hits[r.agencyLead], h.from, 2) || beginsAt(d.hits[r.agencyTail], h.to) {
			d.actors = append(d.actors, actorHit{agencies[h.entry], "state", int(h.from), int(h.to), true})
		}
	}
	for _, l := range leads {
		if l.to == l.from+1 && d.tokens[l.from].is(capital) && !d.tokens[l.from].is(first) {
			continue // a word of a name: "The Hacker News"
		}
		if from, to, ok := r.nameAfter(d, int(l.to)); ok && !d.covered(from, to) {
			d.actors = append(d.actors, actorHit{d.text(from, to), "", from, to, true})
		}
	}
	for _, t := range tails {
		if from, to, ok := r.nameBefore(d, int(t.from)); ok && !d.covered(from, to) {
			d.actors = append(d.actors, actorHit{d.text(from, to), "", from, to, true})
		}
	}
	r.tracked(d)
	r.armies(d)
	r.versus(d)
	r.persons(d)
	r.again(d)
	r.propose(d)
}

// accused reports whether the sentence of a person's name says that he did it.
func (r *actorRules) accused(d *document, h hit) bool {
	s := d.sents[d.tokens[h.from].sent]
	near := max(s.from, h.from-personReach)
	i := searchHit(d.hits[r.people], near)
	return i < len(d.hits[r.people]) && d.hits[r.people][i].from < min(s.to, h.to+personReach)
}

// beside reports whether the name stands in a row with the words of groups: "hackers
// of Anonymous", "the group, Anonymous, ...".
func (r *actorRules) beside(d *document, h hit) bool {
	for i := int(h.from) - 1; i >= 0 && i >= int(h.from)-4 && d.tokens[i].sent == d.tokens[h.from].sent; i-- {
		if r.company.has(d.tokens[i].word) {
			return true
		}
	}
	return false
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

// covered reports whether an actor is known that shares a token with [from, to).
func (d *document) covered(from, to int) bool {
	for _, a := range d.actors {
		if a.from < to && from < a.to {
			return true
		}
	}
	return false
}

// nameAfter reads a name that begins at token i, maybe in quotes.
func (r *actorRules) nameAfter(d *document, i int) (int, int, bool) {
	if i >= len(d.tokens) || d.tokens[i].sent != d.tokens[i-1].sent {
		return 0, 0, false
	}
	if r.articles.has(d.tokens[i].word) {
		i++
	}
	if i < len(d.tokens) && r.quotes.has(d.tokens[i].word) {
		for j := i + 1; j < len(d.tokens) && j <= i+maxActorName+1 && d.tokens[j].sent == d.tokens[i].sent; j++ {
			if r.quotes.has(d.tokens[j].word) || d.is(j, punct) {
				if d.is(i+1, capital|digit) || j == i+2 {
					return i + 1, j, j > i+1
				}
				break
			}
		}
		return 0, 0, false
	}
	if d.sents[d.tokens[i].sent].title && !odd(d.text(i, i+1)) {
		return 0, 0, false
	}
	j := i
	if d.word(i) == r.at && d.is(i+1, capital) {
		j++
	}
	start := j
	for j < len(d.tokens) && j < start+maxActorName && d.tokens[j].sent == d.tokens[i-1].sent && r.named(d, j) && (j == start || d.is(j, spaced|hyphened)) {
		j++
		if d.is(j-1, possessive) {
			break
		}
	}
	if j == start {
		return 0, 0, false
	}
	return i, j, true
}

// named reports whether a token can be part of an unknown actor's name.
func (r *actorRules) named(d *document, i int) bool {
	t := d.tokens[i]
	if t.is(punct) || t.end-t.start < 2 || r.skip.has(t.word) {
		return false
	}
	return t.is(capital) || odd(d.buf[t.start:t.end])
}

// odd reports whether a word mixes letters and digits, as handles do.
func odd(w string) bool {
	letters, digits := false, false
	for i := 0; i < len(w); i++ {
		digits = digits || w[i] >= '0' && w[i] <= '9'
		letters = letters || letterByte(w[i])
	}
	return letters && digits && len(w) > 3 && (w[0] < '0' || w[0] > '9' || w[1] > '9')
}

// nameBefore reads a name that ends before token i.
func (r *actorRules) nameBefore(d *document, i int) (int, int, bool) {
	j := i
	if j > 0 && r.quotes.has(d.tokens[j-1].word) && j > 1 {
		j--
		i--
	}
	for j > 0 && i-j < maxActorName && d.tokens[j-1].sent == d.tokens[i].sent && r.named(d, j-1) && !(d.is(j-1, first) && d.is(j, spaced) && j == i && !odd(d.text(j-1, j)) && !d.is(j-1, allCaps)) {
		j--
		if !d.is(j, spaced) && !d.is(j, hyphened) {
			break
		}
	}
	if j == i || d.sents[d.tokens[j].sent].title {
		return 0, 0, false
	}
	return j, i, true
}

// trackers are the beginnings of the numbers that security firms give to groups.
var trackers = []string{"UNC", "FIN", "APT", "TA", "DEV", "TAG", "UAC", "STORM", "TEMP"}

// tracked finds groups that have a number for a name: "UNC1234", "TAG-99".
func (r *actorRules) tracked(d *document) {
	for i := range d.tokens {
		if !d.is(i, capital) || d.tokens[i].end-d.tokens[i].start > 9 {
			continue
		}
		w := d.text(i, i+1)
		for _, t := range trackers {
			rest, ok := strings.CutPrefix(w, t)
			if !ok {
				continue
			}
			to := i + 1
			if rest == "" && d.is(to, hyphened) && d.small(to) > 0 {
				rest = d.text(to, to+1)
				to++
			}
			if len(rest) >= 2 && strings.Trim(rest, "0123456789") == "" && (len(rest) > 2 || t == "APT" || t == "FIN" || t == "TAG") && !d.covered(i, to) {
				d.actors = append(d.actors, actorHit{d.text(i, to), "state", i, to, true})
			}
		}
	}
}

// armies finds names that end as groups of hackers do: "Northern Cyber Army".
func (r *actorRules) armies(d *document) {
	for i := range d.tokens {
		if !r.endings.has(d.tokens[i].word) || !d.is(i, capital) || i == 0 {
			continue
		}
		j := i
		cyber := false
		for j > 0 && i-j < maxActorName && d.is(j-1, capital) && d.tokens[j-1].sent == d.tokens[i].sent && !d.is(j-1, punct) && !r.articles.has(d.tokens[j-1].word) {
			j--
			w := strings.ToLower(d.text(j, j+1))
			cyber = cyber || strings.Contains(w, "cyber") || strings.Contains(w, "hack") || strings.Contains(w, "electronic")
		}
		if cyber && !d.covered(j, i+1) {
			d.actors = append(d.actors, actorHit{d.text(j, i+1), "hacktivist", j, i + 1, true})
		}
	}
}

// persons finds people who are accused, by the word for it or by their age: "Ann Lee, 33," or "a
// 22-year-old student, Ann Lee".
func (r *actorRules) persons(d *document) {
	for _, h := range d.hits[r.arrests] {
		if d.sents[d.tokens[h.from].sent].title {
			continue
		}
		if from, to := r.person(d, int(h.to), 1); to > 0 && !d.covered(from, to) {
			d.actors = append(d.actors, actorHit{d.text(from, to), "person", from, to, true})
		}
	}
	for i := range d.tokens {
		if !d.is(i, digit) || d.sents[d.tokens[i].sent].title {
			continue
		}
		if age := d.small(i); age < 13 || age > 80 {
			continue
		}
		from, to := 0, 0
		switch {
		case d.word(i-1) == r.comma:
			from, to = r.person(d, i-1, -1)
		case d.word(i-1) == r.a && d.word(i-2) == r.comma:
			from, to = r.person(d, i-2, -1)
		}
		if to == 0 && d.is(i+1, hyphened) && d.is(i+2, hyphened) {
			for j := i + 3; j < i+3+maxBetween && to == 0; j++ {
				from, to = r.person(d, j, 1)
			}
		}
		if to > 0 && !d.covered(from, to) && r.accused(d, hit{0, int32(from), int32(to)}) {
			d.actors = append(d.actors, actorHit{d.text(from, to), "person", from, to, true})
		}
	}
}

// maxBetween is the number of words between "22-year-old" and the name.
const maxBetween = 5

// person reads a name of two to four capital words that ends before token i, or
// begins at it.
func (r *actorRules) person(d *document, i, direction int) (int, int) {
	from, to := i, i
	if direction < 0 {
		for from > 0 && to-from < 4 && r.capital(d, from-1) {
			from--
		}
	} else {
		for to < len(d.tokens) && to-from < 4 && r.capital(d, to) {
			to++
		}
	}
	if to-from < 2 || d.tokens[from].sent != d.tokens[to-1].sent {
		return 0, 0
	}
	return from, to
}

func (r *actorRules) capital(d *document, i int) bool {
	return d.is(i, capital) && !d.is(i, allCaps) && !r.skip.has(d.tokens[i].word)
}

// again adds the other places of names that an introduction made actors.
func (r *actorRules) again(d *document) {
	for n := range len(d.actors) {
		a := d.actors[n]
		if !a.sure || a.to-a.from > 3 {
			continue
		}
		first := d.tokens[a.from].word
		for i := range d.tokens {
			if d.tokens[i].word != first || !d.is(i, capital) && d.is(a.from, capital) || i+a.to-a.from > len(d.tokens) || d.covered(i, i+a.to-a.from) {
				continue
			}
			same := true
			for k := 1; k < a.to-a.from; k++ {
				same = same && d.tokens[i+k].word == d.tokens[a.from+k].word
			}
			if same && d.tokens[i].sent == d.tokens[i+a.to-a.from-1].sent {
				d.actors = append(d.actors, actorHit{a.value, a.kind, i, i + a.to - a.from, false})
			}
		}
	}
}

// versus takes the name before "vs." in a title for that of an attacker.
func (r *actorRules) versus(d *document) {
	if len(d.sents) == 0 || !d.sents[0].title {
		return
	}
	for i := 1; i < int(d.sents[0].to) && i <= maxActorName; i++ {
		if r.quotes.has(d.tokens[i].word) || beginsAt(d.hits[r.malware], 0) {
			return
		}
		if d.tokens[i].word == r.vs && r.named(d, 0) && !d.covered(0, i) {
			d.actors = append(d.actors, actorHit{d.text(0, i), "", 0, i, true})
		}
	}
}

// propose claims the actors that carry the story.
func (r *actorRules) propose(d *document) {
	d.actorWeights = d.actorWeights[:0]
	best := 0.0
	for i, a := range d.actors {
		w := 0.0
		for j := range d.actors {
			o := &d.actors[j]
			if o.value != a.value || d.incidentAt(o.from) != 0 || d.stanceOf(o.from, o.to) >= stanceNegated {
				continue
			}
			add := attackWeightOf(d, d.tokens[o.from].sent)
			if o.sure {
				add++
			}
			if o.kind == "ransomware" && d.word(o.to) == r.ransomware && !r.company.has(d.word(o.to+1)) {
				add /= 2 // the program rather than those who use it
			}
			sent := d.sents[d.tokens[o.from].sent]
			if h := d.hits[r.background]; len(h) > 0 {
				if k := searchHit(h, sent.from); k < len(h) && h[k].from < sent.to {
					add /= 4
				}
			}
			w += add
		}
		d.actorWeights = append(d.actorWeights, w)
		best = max(best, d.actorWeights[i])
	}
	least := leastActorWeight
	for _, h := range d.hits[r.unknown] {
		if d.incidentAt(int(h.from)) == 0 {
			least = 2 * leastActorWeight // named in spite of being called unknown
		}
	}
	kinds := false
	for i, a := range d.actors {
		w := d.actorWeights[i]
		subject := d.incidentAt(a.from) == 0
		if subject && (w < least || w < best*0.3) {
			continue
		}
		status := d.status(a.from, a.to)
		if status == data.Advised || r.enough(d, i) {
			continue
		}
		if status == data.Possible {
			status = data.Actual
		}
		d.propose(candidate{field: data.Actor, value: a.value, status: status, confidence: min(0.58+0.05*w, 0.91), rule: "actor.named", from: a.from, to: a.to, incident: bySentence})
		if subject && status == data.Actual && !kinds {
			kinds = true
			d.propose(candidate{field: data.ActorKind, value: "external", status: data.Derived, confidence: 0.85, rule: "actor_kind.of-actor", from: a.from, to: a.to, incident: 0})
			if m := actorMotives[a.kind]; m != "" {
				d.propose(candidate{field: data.Motive, value: m, status: data.Derived, confidence: 0.75, rule: "motive.of-actor", from: a.from, to: a.to, incident: 0})
			}
		}
	}
}

// maxActorPlaces is the number of places that an actor's claim shows.
const maxActorPlaces = 8

// enough reports whether better places of the same actor suffice: those that tell
// by themselves, then the first ones.
func (r *actorRules) enough(d *document, i int) bool {
	better := 0
	for j, o := range d.actors {
		if a := d.actors[i]; o.value == a.value && j != i && (o.sure && !a.sure || o.sure == a.sure && o.from < a.from) {
			better++
		}
	}
	return better >= maxActorPlaces
}

// actorMotives are what kinds of actors are usually after.
var actorMotives = map[string]string{"state": "Espionage", "criminal": "Financial", "ransomware": "Financial", "hacktivist": "Ideology"}
