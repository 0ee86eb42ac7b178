package extract

import (
	"incidex/data"
	"incidex/data/vocab"
)

// Attacks are phrases of the vocabulary. An article names many in passing, so
// each gathers weight over the sentences that tell of the incident, more in the
// title and at the beginning, and only those that carry enough are claimed. What
// was only hacked or breached, with no more told, is unauthorized access.

const (
	// generalAttack is the attack of which no more is told.
	generalAttack = "Unauthorized access"
	// attackWeight is the least weight of a claimed attack.
	attackWeight = 2
	// attackShare is the least share of the heaviest attack's weight.
	attackShare = 0.34
	// leadSentences is the number of sentences in which the news is told.
	leadSentences = 4
)

// generalWords are ways to say that something was breached, beyond the vocabulary's.
var generalWords = []string{"data breach", "data breaches", "security breach", "security incident", "breach", "hackers", "hacker", "stolen data", "data theft", "hacked", "data stolen",
	"intruder", "intruders", "attackers stole", "stole data", "infiltrated", "compromised", "gained unauthorized access", "hacking attack", "cyber thieves", "computer breach", "network breach", "data hack", "stolen by hackers"}

// attackLookAlikes hold the words of an attack and mean something else.
var attackLookAlikes = []string{"hacking forum", "hacking forums", "hacker forum", "hacking community", "hacking communities", "ethical hacker", "ethical hackers", "white hat hacker", "hacker news", "the hacker news",
	"phishing attacks against", "victims of phishing", "identity theft and phishing", "malware hosting", "anti-malware", "anti-phishing", "anti-ransomware", "malware protection", "hacker one", "HackerOne", "life hack", "hacking tools", "hackathon",
	"ransomware-as-a-service", "phishing emails and", "wary of phishing", "aware of phishing", "phishing scams", "phishing messages", "subsequent phishing", "further phishing", "targeted phishing", "future phishing", "password reset", "bug bounty", "security researcher hacked",
	"stolen card", "stolen cards", "stolen passwords on", "sale of stolen"}

// attackPairs tell an attack by two words that stand near each other in a
// sentence, in either order.
var attackPairs = []struct {
	attack      string
	reach       int32
	left, right []string
	// cause pairs tell the way in wherever they stand.
	cause bool
}{
	{"Exploited vulnerability", 9,
		[]string{"exploit", "exploits", "exploited", "exploiting", "exploitation", "abused", "abusing", "leveraged", "leveraging", "took advantage", "taking advantage", "due to", "because of", "blamed", "thanks to", "unpatched", "failed to patch", "failing to patch", "failure to patch", "via", "through", "caused by", "stemmed from", "allowed/allowing hackers/attackers", "allowed/allowing an attacker/unauthorized"},
		[]string{"vulnerability", "vulnerabilities", "flaw", "flaws", "security bug", "bug in", "zero-day", "zero day", "weakness", "weaknesses", "loophole", "security hole", "Heartbleed", "Log4Shell", "Log4j", "ProxyLogon", "Apache Struts", "exploit in", "software bug"}, true},
	{"Stolen credentials", 5,
		[]string{"using", "used", "with", "obtained", "stole", "stolen", "via", "through", "compromised", "found", "hijacked"},
		[]string{"employee credentials", "administrator credentials", "admin credentials", "credentials to access", "administrative credentials", "access key", "access keys", "account credentials to", "password of an employee", "employee password", "employee's password", "credentials from", "login credentials to", "privileged credentials", "employee accounts", "employees' accounts", "login credentials of", "credentials of", "credentials for"}, true},
	{"Insider", 6,
		[]string{"employee", "ex-employee", "former employee", "contractor", "former contractor", "staff member", "worker", "insider", "former worker", "ex-staff", "official", "staffer", "technician", "administrator"},
		[]string{"stole", "leaked", "sold", "downloaded", "illegally accessed", "improperly accessed", "misused", "pleads guilty", "pleaded guilty", "took home", "emailed himself", "emailed herself", "abused", "snooped", "copied", "suspected of", "without authorization", "behind the leak"}, false},
	{"Supply chain", 5,
		[]string{"third-party", "third party", "supplier", "vendor", "service provider", "software provider", "contractor", "subcontractor", "business partner", "partner", "IT provider", "software update", "update mechanism", "update server", "build system"},
		[]string{"breach", "breached", "hit by", "hacked", "hack", "compromised", "compromise", "cyberattack", "cyber-attack", "cyber attack", "attack on", "system", "platform", "incident", "hijacked", "trojanized", "backdoored"}, false},
	{"Supply chain", 8,
		[]string{"trojanized", "backdoored", "poisoned", "tampered", "malicious", "infected"},
		[]string{"software update", "updates", "update server", "legitimate software", "legitimate version", "installer", "third-party script", "library", "software build"}, false},
	{"Malware", 6,
		[]string{"installed", "planted", "injected", "infected", "deployed", "inserted", "implanted", "placed", "loaded"},
		[]string{"malware", "malicious code", "malicious script", "malicious software", "virus", "backdoor", "skimming code", "malicious JavaScript", "trojan", "keylogger"}, false},
	{"Misconfiguration", 7,
		[]string{"left", "exposed", "accessible", "publicly", "unprotected", "unsecured", "open", "misconfigured", "available", "public"},
		[]string{"on the internet", "to the internet", "S3 bucket", "bucket", "Elasticsearch", "MongoDB", "without a password", "without authentication", "cloud server", "unsecured server", "public link", "to anyone", "search engines", "Google search", "AWS keys", "access keys in", "database online", "web server without"}, false},
	{"Crypto theft", 7,
		[]string{"stole", "stolen", "siphoned", "drained", "withdrawn", "losses", "loss", "lost", "theft"},
		[]string{"bitcoin", "bitcoins", "ether", "ethereum", "cryptocurrency", "cryptocurrencies", "crypto assets", "tokens", "hot wallet", "hot wallets", "digital assets", "crypto exchange"}, false},
	{"Defacement", 5,
		[]string{"defaced", "replaced", "vandalized", "hijacked"},
		[]string{"homepage", "home page", "website with", "web page", "main page"}, false},
	{"Lost or stolen device", 7,
		[]string{"stolen", "stole", "lost", "missing", "theft of", "misplaced", "burglary", "disappeared"},
		[]string{"laptop", "laptops", "computer", "computers", "hard drive", "hard drives", "flash drive", "thumb drive", "USB drive", "tapes", "tape", "smartphone", "tablet", "desktop computers", "briefcase", "paper files", "paper documents", "disk", "disks", "CD"}, false},
	{"Misdelivery", 7,
		[]string{"sent", "mailed", "emailed", "e-mailed", "faxed", "delivered", "addressed"},
		[]string{"wrong", "incorrect address", "incorrect addresses", "by mistake", "mistakenly", "inadvertently", "in error", "erroneously", "accidentally"}, false},
	{"Accidental disclosure", 8,
		[]string{"accidentally", "mistakenly", "inadvertently", "erroneously", "by mistake", "in error", "by accident", "impermissibly"},
		[]string{"posted", "published", "disclosed", "released", "made available", "uploaded", "exposed", "leaked", "shared", "revealed"}, false},
	{"Improper disposal", 8,
		[]string{"found", "discarded", "disposed", "dumped", "thrown", "tossed", "recovered"},
		[]string{"dumpster", "trash", "recycling bin", "landfill", "garbage", "without shredding", "alley"}, false},
	{"Skimming", 6,
		[]string{"installed", "placed", "attached", "skimming", "skimmed"},
		[]string{"skimmer", "skimmers", "skimming device", "card readers", "gas pumps", "ATMs"}, false},
}

// attackRules find what kind of attack it was, and the path that it took.
type attackRules struct {
	attacks, vectors   kind
	terms, vectorTerms []vocab.Term
	general, supply    int
	left, right        kind
	pairs              []int
	the                int32
	event              wordSet
}

func newAttackRules(b *builder) *attackRules {
	r := &attackRules{attacks: b.kind(), vectors: b.kind(), terms: vocab.Attacks().Terms(), vectorTerms: vocab.Vectors().Terms()}
	b.addTable(r.attacks, vocab.Attacks(), false)
	b.add(r.attacks, -1, attackLookAlikes...)
	index := map[string]int{}
	for i, t := range r.terms {
		index[t.Value] = i
	}
	r.general, r.supply = index[generalAttack], index["Supply chain"]
	r.left, r.right = b.kind(), b.kind()
	for i, p := range attackPairs {
		r.pairs = append(r.pairs, index[p.attack])
		b.add(r.left, i, p.left...)
		b.add(r.right, i, p.right...)
	}
	b.add(r.attacks, r.general, generalWords...)
	b.addTable(r.vectors, vocab.Vectors(), false)
	r.the, r.event = b.word("the"), b.set("attack incident")
	return r
}

// attackWeightOf is what a sentence adds to the weight of the attacks in it.
func attackWeightOf(d *document, sent int32) float64 {
	s := d.sents[sent]
	switch {
	case s.title:
		return 3
	case sent < leadSentences:
		return 2
	}
	return 1
}

// attackHit is an attack found in the text.
type attackHit struct {
	term     int
	from, to int
	sent     int32
	// cause says that the words around it tell that this was the way in.
	cause bool
}

// collect gathers the phrases and pairs of attacks.
func (r *attackRules) collect(d *document) {
	d.attackHits = d.attackHits[:0]
	for _, h := range d.hits[r.attacks] {
		if h.entry >= 0 {
			// "The ransomware attack" is one that was told of, or is known.
			known := d.word(int(h.from)-1) == r.the && (r.event.has(d.word(int(h.to))) || r.event.has(d.word(int(h.to)-1)))
			d.attackHits = append(d.attackHits, attackHit{int(h.entry), int(h.from), int(h.to), d.tokens[h.from].sent, known})
		}
	}
	right := d.hits[r.right]
	for _, l := range d.hits[r.left] {
		p := attackPairs[l.entry]
		sent := d.tokens[l.from].sent
		for i := searchHit(right, l.from-p.reach-2); i < len(right) && right[i].from <= l.to+p.reach; i++ {
			h := right[i]
			if h.entry != l.entry || d.tokens[h.from].sent != sent || h.to+p.reach < l.from || h.from < l.to && l.from < h.to {
				continue
			}
			d.attackHits = append(d.attackHits, attackHit{r.pairs[h.entry], int(min(l.from, h.from)), int(max(l.to, h.to)), sent, p.cause})
			break
		}
	}
}

func (r *attackRules) find(d *document) {
	r.collect(d)
	d.attacks = d.attacks[:0]
	for range r.terms {
		d.attacks = append(d.attacks, 0)
	}
	for _, h := range d.attackHits {
		if d.incidentAt(h.from) == 0 && d.stanceOf(h.from, h.to) <= stancePossible {
			d.attacks[h.term] += attackWeightOf(d, h.sent)
			if h.cause && d.attacks[h.term] < attackWeight {
				d.attacks[h.term] = attackWeight // once is enough to tell the way in
			}
		}
	}
	best, second := 0.0, false
	for i, w := range d.attacks {
		if i != r.general {
			best = max(best, w)
			second = second || w >= attackWeight && i != r.supply
		}
	}
	for _, h := range d.attackHits {
		wide := d.stanceOf(h.from, h.to) > stanceNegated
		w, confidence := d.attacks[h.term], 0.8
		if d.incidentAt(h.from) == 0 {
			switch {
			case h.term == r.general && (best < attackWeight || !second):
			case h.term == r.general || w < attackWeight || w < best*attackShare:
				wide, confidence = true, 0.2
			default:
				confidence = min(0.6+0.05*w, 0.95)
			}
		}
		status := d.status(h.from, h.to)
		if status == data.Negated && h.term == r.general {
			continue
		}
		if status == data.Possible || status == data.Advised {
			status = data.Actual
		}
		c := candidate{field: data.Attack, value: r.terms[h.term].Value, status: status, confidence: confidence, rule: "attack.phrase",
			from: h.from, to: h.to, incident: bySentence, wide: wide}
		d.noted(&c)
		d.measure(&c, nOdds, min(2, w/4))
		d.note(&c, nWeight, d.num(int(min(w, 12))))
		d.note(&c, nShareOf, d.num(int(4*w/max(best, 1))))
		if h.cause {
			d.note(&c, nMark, d.num(0))
		}
		d.propose(c)
	}
}
