package extract

import "incidex/data"

// Amounts of money get their meaning from the nearest word of a ransom, fine,
// settlement or loss in the sentence, or before it in the sentence before.

// moneyCue is what a word says about an amount beside it.
type moneyCue int

const (
	demandCue moneyCue = iota
	paidCue
	fineCue
	settlementCue
	lossCue
	// noMoneyCue is a price of something else.
	noMoneyCue
)

var moneyFields = [...]data.Field{data.RansomDemanded, data.RansomPaid, data.Fine, data.Settlement, data.Loss, ""}

// moneyReach is the number of tokens between an amount and the word that tells what it is.
const moneyReach = 18

var moneyCues = map[moneyCue][]string{
	demandCue: {"ransom", "ransoms", "ransom demand", "ransom note", "ransomware", "demand", "demanded", "demands", "demanding", "asked for", "asking for", "asks for", "extort", "extorting", "extortion", "extorted",
		"decrypt", "decryption", "decryption key", "unlock", "unlocking", "in exchange", "payment demanded", "payment", "payments", "to restore access", "in bitcoin", "in bitcoins", "worth of bitcoin", "in cryptocurrency", "blackmail", "hand over", "hold off", "seven days to pay", "pay", "paying", "recover the files", "threatened", "in return", "to regain access", "to get their files"},
	paidCue:       {"paid", "paid the ransom", "paid a ransom", "paid the hackers", "paid hackers", "ransom was paid", "payment was made", "made out with", "deposited", "received in ransom", "ransom paid", "forked over", "transferred", "sent the hackers", "paying the ransom", "coughed up", "earned", "recovered", "ransom payment", "ransom payments"},
	fineCue:       {"fine", "fined", "fines", "penalty", "penalties", "civil penalty", "monetary penalty", "sanction", "sanctioned", "fining"},
	settlementCue: {"settlement", "settle", "settled", "settles", "settlements", "compensation", "compensate", "payout", "payouts", "class action", "damages", "in vouchers", "set aside", "reimburse", "restitution", "agreed to pay", "to pay up to", "victims' fund"},
	lossCue:       {"cost", "costs", "costing", "loss", "losses", "lost", "stole", "stolen", "theft", "steal", "siphoned", "damage", "wire transfer", "defrauded", "drained", "impact of", "hit to", "write-off", "fraudulent charges", "remediation", "expenses", "made off with", "transferred to", "worth of", "knocked off", "profits", "revenue hit"},
	noMoneyCue:    {"reward", "bounty", "bug bounty", "price of", "market value", "valuation", "acquisition", "acquired", "revenue", "annual revenue", "funding", "raised", "salary", "budget", "subscription", "sold for", "sells for", "selling", "for sale", "per record", "share price", "market cap", "valued at", "donation", "insurance", "coverage", "investment", "per year in", "a month", "fee of", "costs $"},
}

// moneyRules find amounts of money.
type moneyRules struct {
	cues    kind
	ransoms kind
	wallets wordSet
}

func newMoneyRules(b *builder) *moneyRules {
	r := &moneyRules{cues: b.kind(), ransoms: b.kind()}
	for c, phrases := range moneyCues {
		b.add(r.cues, int(c), phrases...)
	}
	b.add(r.ransoms, 0, "ransom", "ransoms", "ransomware", "extortion", "extort", "ransom demand", "held for ransom", "blackmail")
	r.wallets = b.set("address addresses wallet wallets")
	return r
}

func (r *moneyRules) find(d *document) {
	hits := d.hits[r.cues]
	ransoms := len(d.hits[r.ransoms])
	for i := range d.numbers {
		n := &d.numbers[i]
		if n.kind != money || n.value <= 0 || n.qualifier == data.Vague || r.wallets.has(d.word(n.to)) {
			continue
		}
		sent := d.sents[d.tokens[n.from].sent]
		best, cue, verb := moneyReach+1, noMoneyCue, noMoneyCue
		for h := searchHit(hits, sent.from); h < len(hits) && hits[h].from < sent.to; h++ {
			c := hits[h]
			dist := int(c.from) - n.to
			if int(c.to) <= n.from {
				dist = n.from - int(c.to)
			}
			if dist < 0 {
				continue
			}
			if m := moneyCue(c.entry); m == paidCue && dist < moneyReach {
				verb = paidCue
			}
			if dist < best {
				best, cue = dist, moneyCue(c.entry)
			}
		}
		crypto := n.currency == "BTC" || n.currency == "XMR" || n.currency == "ETH"
		confidence := 0.9 - 0.015*float64(min(best, moneyReach))
		if cue == noMoneyCue {
			if best <= moneyReach || ransoms == 0 || !crypto && !r.follows(d, sent) {
				continue
			}
			cue, confidence = demandCue, 0.55
		}
		switch {
		case (cue == demandCue || cue == paidCue) && ransoms == 0:
			continue
		case cue == lossCue && crypto && ransoms > 1:
			cue = demandCue
		case cue == demandCue && verb == paidCue:
			cue = paidCue
		}
		status := d.status(n.from, n.to)
		if status == data.Advised && cue != demandCue {
			continue
		}
		if status == data.Negated && cue == paidCue {
			cue = demandCue // refused to pay what was demanded
		}
		if cue == demandCue || cue == paidCue {
			status = data.Actual
		}
		c := candidate{field: moneyFields[cue], number: n.value, counted: true, currency: n.currency, qualifier: n.qualifier, status: status,
			confidence: confidence, rule: "money.near-word", from: n.from, to: n.to, incident: bySentence}
		d.propose(c)
		if n.high > n.value {
			c.number = n.high
			d.propose(c)
		}
	}
}

// follows reports whether the sentence before tells of a ransom.
func (r *moneyRules) follows(d *document, sent sentence) bool {
	if sent.from == 0 {
		return false
	}
	before := d.sents[d.tokens[sent.from-1].sent]
	hits := d.hits[r.ransoms]
	i := searchHit(hits, before.from)
	return i < len(hits) && hits[i].from < sent.to
}
