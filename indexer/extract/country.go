package extract

import (
	"slices"
	"strings"

	"incidex/data"
	"incidex/data/vocab"
)

// The country is the victim's, or that of the people whose data it was. Every
// name of a country, its people, cities and authorities votes, more where the
// words around say that somebody was hit there, and not at all where they speak
// of the attackers. The seat of a known victim votes too.

// Votes of the ways to name a country.
const (
	voteName   = 1.0
	voteTarget = 2.5
	voteSeat   = 4.0
	voteTitle  = 1.5
	voteHint   = 0.8
	voteHost   = 0.7
	leastVote  = 0.7
	// ambiguousShare is what the name of a country counts that is also a state or a word.
	ambiguousShare = 0.4
	shortArticle   = 220 // tokens, up to which every country that is hit is claimed
	// countryShare is the least share of the strongest country's votes.
	countryShare = 0.5
)

// countryHints are things of one country only.
var countryHints = map[string][]string{
	"US": {"Social Security numbers", "Social Security number", "SSN", "SSNs", "HIPAA", "Attorney General", "attorneys general", "class action", "class-action", "GLOBE NEWSWIRE", "BUSINESS WIRE", "PRNewswire", "Medicare", "Medicaid", "FBI", "Secret Service", "Congress", "Republicans", "Democrats",
		"House of Representatives", "Senate", "IRS", "W-2", "Homeland Security", "DHS", "FTC", "SEC filing", "FEMA", "Supreme Court", "Wall Street", "Office for Civil Rights", "White House", "Trump", "Obama", "Biden", "401(k)", "zip codes", "GPAs", "public schools", "school district", "Wal-Mart", "covered entity", "Pentagon", "NASA", "county", "LLC", "Inc.", "health plan", "Pa .", "Mass .", "Calif .", "Ill .", "federal credit union", "U. S.", "U. S"},
	"GB": {"ICO", "Information Commissioner's Office", "NHS", "MoD", "Ministry of Defence", "MPs", "Downing Street", "Action Fraud", "NCSC", "National Crime Agency", "House of Commons", "Scotland Yard", "Met Police", "Metropolitan Police", "PSNI", "Stormont", "Whitehall", "National Insurance", "Sir", "Plc", "£", "GCSE", "Ofcom", "councils"},
	"IN": {"Aadhaar", "crore", "lakh", "Rs", "CERT-In", "UIDAI", "Bengaluru"},
	"KR": {"won", "KISA", "Personal Information Protection Commission"},
	"AU": {"OAIC", "Australian Federal Police", "ASIC", "Medicare Australia", "My Health Record", "ACSC"},
	"NZ": {"Health NZ", "Te Whatu Ora", "Privacy Commissioner Michael Webster", "New Zealanders"},
	"CA": {"RCMP", "Privacy Commissioner of Canada", "Social Insurance Number", "social insurance numbers", "Nova Scotia", "Ontario", "Quebec", "Alberta", "British Columbia", "Toronto", "Ottawa"},
	"IE": {"Garda", "Gardaí", "HSE", "Taoiseach"},
	"DE": {"BSI", "Bundestag", "GmbH"},
	"FR": {"CNIL", "ANSSI"},
	"SG": {"S’pore", "S'pore", "Singtel", "PDPC"},
	"NL": {"Autoriteit Persoonsgegevens"},
	"JP": {"yen"},
	"TW": {"Taipei"},
}

// attackerWords stand beside the country of the attackers: "X hackers", "hackers from X".
var attackerWords = []string{"hackers", "hacker", "hacker group", "hacking group", "hackergroup", "hacktivists", "hacktivist", "hacking", "cyber army", "state-sponsored", "state sponsored", "state-backed", "state backed", "state-linked", "state linked", "government-backed", "government-linked", "government hackers", "linked", "backed", "aligned", "affiliated", "speaking", "nexus", "cyber espionage", "cyberespionage", "espionage group", "apt", "apt group", "threat actor", "threat actors", "threat group", "actors", "actor", "cyber group", "cybercriminals", "intelligence services", "military intelligence",
	"military hackers", "spies", "spying", "sponsored", "nationals", "national", "man", "gang", "crime gang", "cyber spies", "cyberspies", "origin", "operatives", "agents", "group", "ransomware", "malware", "crime family", "intelligence agency", "intelligence agencies", "secret service", "security service", "born", "citizen", "collective", "activist", "activists", "cyber troops", "threat activity", "sponsors", "teenager", "woman", "student", "invasion", "war", "based hackers", "based hacker", "based group", "based hacking", "based apt", "based attackers", "based threat", "based cyber", "researcher", "researchers", "security firm", "security company", "cybersecurity firm", "cybersecurity company", "antivirus", "firm mandiant", "news agency reported", "state hackers", "government hacking", "militant", "terrorist", "cyber attackers", "attackers"}

var attackerLeads = []string{"hackers from", "hackers in", "hacker from", "attackers from", "attackers in", "group from", "attributed to", "attributed the attack to", "attributed it to", "blamed", "blames", "blame", "blamed on", "blaming", "accused", "accuses", "accusing", "linked to", "tied to", "ties to", "originating from", "originated from", "originated in", "originating in", "come from", "came from", "backed by", "sponsored by", "supported by", "believed to be from", "behalf of", "working for", "work for", "operating from", "operating out of", "operates from", "suspected", "aligned with", "pointed to", "points to", "traced to", "traced back to", "perpetrated by", "carried out by", "conducted by", "in support of", "support of", "affiliated with", "connections to", "link to", "links to", "associated with", "pro", "IP addresses in", "servers in", "server in", "protest against", "interests of", "in favor of", "residing in", "hackers based in", "group based in", "directed by", "ordered by", "fled to", "extradited to", "extradited from", "arrested in", "researchers at", "researchers from", "evidence that", "anti", "by", "by the", "attack from", "attacks from", "cyberattack from", "cyberattacks from", "intrusions from"}

// attackerDeeds follow the adjective of the attackers' country, attackerVerbs its name.
var attackerDeeds = []string{"attack", "attacks", "hack", "campaign", "espionage", "operation", "cyber", "cyberattack", "cyberattacks", "defacement", "counterattack", "state service", "state hacked", "state hackers", "cyber warriors", "cyber attack", "government hacked"}

var attackerVerbs = []string{"vs", "vs .", "vs.", "hacks", "launched", "launches", "infiltrated", "infiltrates", "targets", "stole", "steals", "conducted", "is blamed", "was blamed", "denied", "denies", "was behind", "is behind", "spied", "spies", "is accused", "defaces", "deface", "has been accused", "charged for", "began", "started", "prepare to attack", "prepares to attack"}

// targetWords follow the name of a country that was hit, targetLeads stand before it.
var targetWords = []string{"government", "ministry", "ministries", "website", "websites", "embassy", "embassies", "company", "companies", "firm", "firms", "bank", "banks", "citizens", "users", "customers", "residents", "people", "retailer", "airline", "telecom", "telecommunications", "organizations", "institutions", "hospital", "hospitals", "university", "universities", "parliament", "army", "military", "officials", "politicians", "soldiers", "media", "newspaper", "television", "tv", "news agency", "state-run", "energy", "power", "electric", "nuclear", "airport", "police", "political", "party", "president", "prime minister", "foreign ministry", "ministry of", "department of", "parliamentarians", "diplomats", "journalists", "dissidents", "agencies", "agency", "authorities", "defense", "defence", "electoral", "election", "elections", "infrastructure", "critical infrastructure", "networks", "computers", "systems", "servers", "targets", "entities", "businesses", "exchange", "branch", "arm", "unit", "insurer", "school", "council", "hotel", "based company", "based firm", "based", "consumers", "patients", "voters", "taxpayers", "nationals' data", "domains", "railways", "gas", "oil", "water", "bank's", "e-commerce", "carmaker", "giant", "operator"}

var targetLeads = []string{"attack on", "attacks on", "attack against", "attacks against", "targeting", "targeted", "targets", "target", "against", "hit", "hits", "victims in", "victim in", "organizations in", "companies in", "users in", "customers in", "people in", "residents of", "government of", "governments of", "ministry of", "republic of", "vs", "vs .", "vs.", "website of", "websites of", "located", "entities in", "networks in", "computers in", "infrastructure in", "infected", "countries such as", "including", "countries including", "mainly in", "especially", "across", "institutions in", "embassies in", "systems in", "spying on", "spied on", "bank of", "university of", "parliament of", "headquartered in", "citizens of", "attacked", "hacked", "breach in", "breaches in", "company in", "hospital in", "hospitals in", "operations in", "people of"}

// countryRules find the country.
type countryRules struct {
	terms                                                             []vocab.Term
	names, hints, attacker, attackerLead, target, leads, deeds, verbs kind
	codes                                                             []string
	index                                                             map[string]int
	in                                                                wordSet
}

func newCountryRules(b *builder) *countryRules {
	r := &countryRules{terms: vocab.Countries().Terms(), names: b.kind(), hints: b.kind(), attacker: b.kind(), attackerLead: b.kind(), target: b.kind(), leads: b.kind(), deeds: b.kind(), verbs: b.kind(), index: map[string]int{}}
	for i, t := range r.terms {
		r.codes = append(r.codes, t.Value)
		r.index[t.Value] = i
	}
	for i, t := range r.terms {
		names := append([]string{t.Label}, t.Aliases...)
		demonyms := strings.Split(t.Attr("demonyms"), " | ")
		names = append(names, demonyms...)
		names = append(names, strings.Split(t.Attr("cities"), " | ")...)
		for _, n := range names {
			entry := i * 2
			if slices.Contains(demonyms, n) {
				entry++
			}
			b.addStrict(r.names, entry, n)
			if len(n) >= 7 && (strings.HasSuffix(n, "ese") || strings.HasSuffix(n, "ian") || strings.HasSuffix(n, "ish")) {
				b.add(r.names, entry, n) // careless texts write demonyms small
			}
		}
	}
	for code, phrases := range countryHints {
		if i, ok := r.index[code]; ok {
			b.addStrict(r.hints, i, phrases...)
		}
	}
	for _, t := range vocab.Regulators().Terms() {
		if i, ok := r.index[t.Attr("country")]; ok && t.Attr("kind") != "court" {
			b.addStrict(r.hints, i, append([]string{t.Value, t.Label}, t.Aliases...)...)
		}
	}
	b.add(r.deeds, 0, attackerDeeds...)
	b.add(r.verbs, 0, attackerVerbs...)
	b.add(r.attacker, 0, attackerWords...)
	b.add(r.attackerLead, 0, attackerLeads...)
	b.add(r.target, 0, targetWords...)
	b.add(r.leads, 0, targetLeads...)
	r.in = b.set("in of across throughout from at for")
	return r
}

// countryVote is what speaks for a country.
type countryVote struct {
	votes    float64
	hit      bool // somebody there was hit
	from, to int
	best     float64
	inText   bool
}

func (r *countryRules) find(d *document) {
	if !d.hasSubject() {
		return
	}
	if len(d.countries) == 0 {
		d.countries = make([]countryVote, len(r.terms))
	}
	clear(d.countries)
	vote := func(i int, v float64, from, to int, hit bool) {
		c := &d.countries[i]
		c.votes += v
		c.hit = c.hit || hit
		title := d.sents[d.tokens[from].sent].title
		if v > c.best || v == c.best && title == c.inText {
			c.best, c.from, c.to, c.inText = v, from, to, !title
		}
	}
	for _, h := range d.hits[r.names] {
		if d.incidentAt(int(h.from)) != 0 {
			continue
		}
		v, hit := r.weigh(d, h)
		if t := r.terms[h.entry/2]; v < voteTarget && h.entry%2 == 0 && t.Attr("ambiguous") == "yes" && d.text(int(h.from), int(h.to)) == t.Label {
			v *= ambiguousShare
		}
		if v == 0 {
			continue
		}
		if d.sents[d.tokens[h.from].sent].title {
			v *= voteTitle
		}
		vote(int(h.entry/2), v, int(h.from), int(h.to), hit)
	}
	for _, h := range d.hits[r.hints] {
		if d.incidentAt(int(h.from)) == 0 {
			vote(int(h.entry), voteHint/float64(1+int(d.countries[h.entry].votes)), int(h.from), int(h.to), false)
		}
	}
	for _, c := range d.candidates {
		if c.field != data.Victim || d.incidentOf(&c) != 0 || c.from == c.to {
			continue
		}
		if t, ok := vocab.Organizations().Lookup(c.value); ok {
			if i, ok := r.index[t.Attr("country")]; ok {
				seat := voteSeat
				if t.Attr("kind") == "platform" {
					seat = voteName // its users are everywhere
				}
				vote(i, seat, c.from, c.to, false)
			}
		}
		break
	}
	r.propose(d)
}

// weigh returns the votes of one name of a country, and whether somebody there was hit.
func (r *countryRules) weigh(d *document, h hit) (float64, bool) {
	after, before := h.to, h.from
	if d.is(int(before)-1, 0) {
		before--
	}
	switch {
	case beginsAt(d.hits[r.attacker], after):
		return 0, false
	case h.entry%2 == 1 && beginsAt(d.hits[r.deeds], after), beginsAt(d.hits[r.verbs], after), beginsAt(d.hits[r.verbs], after+1) && !d.is(int(after), punct):
		return 0, false
	case endsAt(d.hits[r.leads], before, 1):
		return voteTarget, true
	case endsAt(d.hits[r.attackerLead], before, 1):
		return 0, false
	case beginsAt(d.hits[r.target], after):
		return voteTarget, true
	case beginsAt(d.hits[r.attacker], after+1) && !d.is(int(after), punct):
		return 0, false
	case before > 0 && r.in.has(d.tokens[before-1].word):
		return voteName * 1.3, true
	}
	return voteName, true
}

// propose claims the country with most votes, and in short articles all that were hit.
func (r *countryRules) propose(d *document) {
	top := -1
	for i := range d.countries {
		if d.countries[i].votes > leastVote && (top < 0 || d.countries[i].votes > d.countries[top].votes) {
			top = i
		}
	}
	most := 1.0
	if top >= 0 {
		most = d.countries[top].votes
	}
	rest := 0.0
	for i := range d.countries {
		if i != top {
			rest = max(rest, d.countries[i].votes)
		}
	}
	for i, c := range d.countries {
		if c.votes == 0 {
			continue
		}
		wide := i != top && (c.votes < leastVote || !c.hit || c.votes < most*countryShare || len(d.tokens) > shortArticle)
		confidence := 0.5 + 0.08*min(c.votes, 5)
		if i != top {
			confidence -= 0.15
		} else if rest < most/2 {
			confidence += 0.05
		}
		p := candidate{field: data.Country, value: r.codes[i], confidence: min(confidence, 0.95), rule: "country.votes", from: c.from, to: c.to, incident: 0, wide: wide}
		d.noted(&p)
		d.measure(&p, nOdds, min(2, c.votes/4))
		d.measure(&p, nOddsHead, c.votes/most)
		d.note(&p, nWeight, d.num(int(min(c.votes, 12))))
		d.note(&p, nShareOf, d.num(int(8*c.votes/most)))
		d.mark(&p, c.hit, i == top, rest < most/2, most > 0 && rest == 0)
		d.propose(p)
	}
}
