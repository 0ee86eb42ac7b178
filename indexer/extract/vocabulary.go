package extract

import (
	"slices"
	"strings"

	"incidex/data"
	"incidex/data/vocab"
)

// Some fields are told by phrases of their vocabulary alone: laws, regulators,
// responses, consequences, vectors, malware and whose data it was. Each place of
// a phrase that is stated about the incident is evidence.

// vocabField is a field that phrases tell.
type vocabField struct {
	field data.Field
	table *vocab.Table
	hits  kind
	// strict phrases keep their capitals.
	strict bool
	// confidence is that of one place; more places raise it.
	confidence float64
	// least is the number of places, with the title counting double, that a value needs.
	least int
}

// phraseLookAlikes hold the words of a value and mean something else, by field.
var phraseLookAlikes = map[data.Field][]string{
	data.Consequence: {"identity theft protection/insurance/services/service/monitoring/prevention/resource/resources/restoration/repair/experts/expert/coverage/solutions/assistance/recovery/alerts/task/and/or/statute/law/laws/act/report/affidavit/victim/is/can",
		"aggravated identity theft", "threats/threat/risk/risks/danger/possibility/potential/signs/fear/fears/chance/protection of identity theft", "growing threats of data breaches and identity theft", "prevent/preventing/prevents/against/avoid/combat/fight/for/from/about/as/detect identity theft", "prevent/preventing/against/avoid/for/of/from identity theft and fraud",
		"fraud/identity theft protection/prevention/alert/alerts/monitoring/department/investigators/unit/team/detection", "against/prevent/preventing/avoid/for/from/voting/voter/election fraud", "financial fraud protection", "for the purposes of fraud", "card fraud protection", "wire/bank/computer/securities fraud",
		"charged for/a/an/by/with protecting/the", "charged $/€/£", "maximum/max penalty/penalties/fine/fines/sentence", "fine print", "approval/sentencing/court/bail hearing", "one of the most expensive ransoms settled", "fully charged", "data loss prevention", "prevent/preventing/avoid/against data loss", "data loss protection", "without delays", "free of charge"},
	data.Vector: {"email/e-mail/emails/e-mails address/addresses/and/or/, /accounts", "phone/telephone/mobile number/numbers", "names , phone", "and phone", "name , phone", "email , phone", "phone , email", "social media giant/company/platform/site/sites/firm/network/users/posts/post/profile/profiles", "social network giant/company", "mobile phone number/numbers", "telephone numbers", "via/by email", "via/by an email", "stolen user/customer/member database/databases", "orders through the website/site/app", "website said/says/that", "on its/their/the/his website", "according to the website", "website building/builder/hosting/design/owners/owner", "websites", "web sites", "posted on its/their/the website", "security vendor/vendors", "messaging app/apps/service/protocol/platform", "file servers of", "software updates for",
		"phones", "wireless carrier/carriers/company/provider/industry", "mobile app/apps developer/developers", "other sites/websites/site/website", "this site", "news site/sites/website", "leak site/sites", "dark web site", "hacking forum/forums", "underground forum/forums", "hacker forum/forums", "forum post/posts", "database of", "IP camera", "vendor and", "online forum", "cybercrime forum/forums"},
	data.Response: {"password reset email/emails/link/links/page/token/tokens/feature/function/request/requests/form/flaw/process/vulnerability/codes/code/questions", "bypass/bypassing/bypassed/bypasses/without/no/lacked/lacking/disabled/disabling/disable/intercept/defeat two-factor/multi-factor/multifactor authentication", "without/no/lacked/lacking/bypass/bypassed/bypassing/disable 2FA/MFA", "two-factor/multi-factor/multifactor authentication code/codes/token/tokens/bypass/secret/secrets/seeds/keys", "2FA/MFA code/codes/bypass/token/tokens/secret/fatigue"},
}

// vectorLead is the number of tokens between a word of entry and the vector that
// it leads to.
const vectorLead = 4

// vectorLeads are words of entry: what follows is the vector.
var vectorLeads = []string{"originated/originating/originates/stemmed/stemming/came/coming from", "originated/originating in", "hacking/hack/breach/compromise of", "unauthorized/unauthorised/illegal access to", "gained/gain/obtained access to", "attack/attacks on", "via", "through", "entered through", "broke into", "breaking into", "hacked/breached/compromised/infiltrated/penetrated/accessed/infected into", "hacked/breached/compromised/infiltrated/penetrated/infected",
	"vulnerability/flaw/bug/weakness/hole/vulnerabilities/flaws in", "exploited/exploiting/exploit", "unsecured/unprotected/misconfigured/insecure", "left on/in", "theft of", "loss of", "stolen/lost/missing", "point of entry", "by way of", "access to"}

// everydayVectors are things that texts on any incident name; they are the vector
// only where a word of entry leads to them.
var everydayVectors = []string{"Database server", "Email", "Messaging", "Phone", "SMS", "Social media", "Website"}

// vectorShare is the least share of the most told vector's places.
const vectorShare = 3

// mfa is the response whose names tell of what was there as often as of what was done.
const mfa = "MFA required"

// vocabularyRules find the values of fields that phrases tell.
type vocabularyRules struct {
	fields []vocabField
	// malware stands beside an ambiguous name of malware, authority in the sentence
	// of an ambiguous law or regulator.
	malware, authority wordSet
	// leads are the words of entry.
	leads kind
	// doing are the words of those who introduce something.
	doing kind
}

func newVocabularyRules(b *builder) *vocabularyRules {
	r := &vocabularyRules{fields: []vocabField{
		{field: data.Law, table: vocab.Laws(), strict: true, confidence: 0.9, least: 1},
		{field: data.RegulatorField, table: vocab.Regulators(), strict: true, confidence: 0.85, least: 1},
		{field: data.Response, table: vocab.Responses(), confidence: 0.8, least: 1},
		{field: data.Consequence, table: vocab.Consequences(), confidence: 0.7, least: 1},
		{field: data.Vector, table: vocab.Vectors(), confidence: 0.55, least: 2},
		{field: data.Malware, table: vocab.Malware(), strict: true, confidence: 0.75, least: 1},
		{field: data.DataSubject, table: vocab.DataSubjects(), confidence: 0.6, least: 2},
	}}
	for i := range r.fields {
		f := &r.fields[i]
		f.hits = b.kind()
		b.addTable(f.hits, f.table, f.strict)
		b.add(f.hits, -1, phraseLookAlikes[f.field]...)
	}
	r.leads, r.doing = b.kind(), b.kind()
	b.add(r.doing, 0, "implement/implemented/implementing/implements", "enable/enabled/enabling/enables", "enforce/enforced/enforcing", "require/required/requiring/requires", "roll/rolled/rolling out", "introduce/introduced/introducing/introduces", "add/added/adding/adds", "mandatory", "made", "use/using", "offer/offered/offers", "deploy/deployed/deploying", "turn/turned on")
	b.add(r.leads, 0, vectorLeads...)
	r.malware = b.set("malware ransomware trojan virus worm botnet backdoor spyware wiper infostealer stealer rootkit rat loader miner variant family exploit infection infections attack gang")
	r.authority = b.set("regulator regulators filing filings filed fined fine fines notified informed complaint complaints investigating investigation probe law laws act under violation violations violated violating comply compliance rules rule penalty penalties agency authority watchdog lawsuit")
	return r
}

func (r *vocabularyRules) find(d *document) {
	for _, f := range r.fields {
		terms := f.table.Terms()
		d.phrases, d.led = d.phrases[:0], d.led[:0]
		for i := range terms {
			d.phrases = append(d.phrases, 0)
			d.led = append(d.led, f.field != data.Vector || !slices.Contains(everydayVectors, terms[i].Value))
		}
		for _, h := range d.hits[f.hits] {
			if h.entry < 0 || h.to == h.from+1 && d.is(int(h.to), hyphened) || d.stanceOf(int(h.from), int(h.to)) > stancePossible || d.incidentAt(int(h.from)) < 0 {
				continue
			}
			d.phrases[h.entry]++
			if f.field == data.Vector && endsAt(d.hits[r.leads], h.from, min(vectorLead, h.from-d.sents[d.tokens[h.from].sent].from-1)) {
				d.phrases[h.entry]++
				d.led[h.entry] = true
			}
			if d.sents[d.tokens[h.from].sent].title {
				d.phrases[h.entry]++
			}
		}
		most := int32(0)
		for i := range d.phrases {
			if !d.led[i] {
				d.phrases[i] = 0
			}
			most = max(most, d.phrases[i])
		}
		for _, h := range d.hits[f.hits] {
			if h.entry < 0 || h.to == h.from+1 && d.is(int(h.to), hyphened) {
				continue
			}
			wide := f.field == data.Vector && d.phrases[h.entry]*vectorShare < most ||
				terms[h.entry].Value == mfa && !endsAt(d.hits[r.doing], h.from, 3) && !endsAt(d.hits[r.doing], h.to, 0)
			n := int(d.phrases[h.entry])
			stance := d.stanceOf(int(h.from), int(h.to))
			advised := f.field == data.Response && stance == stanceAdvised
			wide = wide || n < f.least && !advised || stance > stanceNegated && !advised || f.strict && r.ambiguous(terms[h.entry], d.text(int(h.from), int(h.to))) && !r.plain(d, f.field, h)
			status := d.status(int(h.from), int(h.to))
			if f.field != data.Response && f.field != data.Consequence {
				wide = wide || status == data.Negated
				status = data.Actual // what a law may demand is still that law
			}
			c := candidate{field: f.field, value: terms[h.entry].Value, status: status, confidence: max(.1, min(f.confidence+0.04*float64(n-1), 0.93)),
				rule: string(f.field) + ".phrase", from: int(h.from), to: int(h.to), incident: bySentence, wide: wide}
			d.noted(&c)
			d.note(&c, nWeight, d.num(min(n, 8)))
			if n == int(most) {
				d.note(&c, nMark, d.num(0))
			}
			if endsAt(d.hits[r.leads], h.from, 3) {
				d.note(&c, nMark, d.num(1))
			}
			d.propose(c)
		}
	}
}

// ambiguous reports whether a name of the term is an ordinary word or has other meanings.
func (r *vocabularyRules) ambiguous(t vocab.Term, name string) bool {
	if t.Attr("ambiguous") == "yes" && (name == t.Value || len(name) <= len(t.Value)) {
		return true
	}
	for alias := range strings.SplitSeq(t.Attr("ambiguous_aliases"), " | ") {
		if alias == name {
			return true
		}
	}
	return false
}

// plain reports whether the words around an ambiguous name tell what it is.
func (r *vocabularyRules) plain(d *document, f data.Field, h hit) bool {
	if f == data.Malware {
		return r.malware.has(d.word(int(h.to))) || r.malware.has(d.word(int(h.from)-1))
	}
	for i := d.sents[d.tokens[h.from].sent].from; i < d.sents[d.tokens[h.from].sent].to; i++ {
		if (i < h.from || i >= h.to) && r.authority.has(d.tokens[i].word) {
			return true
		}
	}
	return false
}
