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
	// askCue is a verb of demanding.
	askCue
	// otherMoneyCue is a price of something else too, and outdoes nearer words.
	otherMoneyCue
)

var moneyFields = [...]data.Field{data.RansomDemanded, data.RansomPaid, data.Fine, data.Settlement, data.Loss, "", data.RansomDemanded, ""}

const (
	// moneyReach is the number of tokens between an amount and the word that tells what it is.
	moneyReach = 18
	// otherReach is the number of tokens between an amount and a word of another matter.
	otherReach = 8
	// leastLoss is the least loss of an organization, leastSettlement the least sum of
	// a settlement that is no single person's share, in any currency but crypto.
	leastLoss, leastSettlement = 1000, 20000
)

var moneyCues = map[moneyCue][]string{
	demandCue: {"ransom", "ransoms", "ransom demand", "ransom note", "ransomware", "extortion",
		"decrypt", "decryption", "decryption key", "unlock", "unlocking", "in exchange", "payment demanded", "payment", "payments", "to restore access", "in bitcoin", "in bitcoins", "worth of bitcoin", "in cryptocurrency", "blackmail/blackmailing", "hand over", "hold off", "seven days to pay", "pay", "paying", "recover the files", "threatened", "in return", "to regain access", "to get their files"},
	askCue:        {"demand", "demanded", "demands", "demanding", "asked for", "asking for", "asks for", "asking", "asked", "requested", "requesting", "will accept", "even accept", "extort", "extorting", "extorted", "instructed to pay", "told to pay", "must pay", "have to pay", "to be paid", "wanted"},
	paidCue:       {"paid", "paid the ransom", "paid a ransom", "paid the hackers", "paid hackers", "ransom was paid", "payment was made", "made out with", "deposited", "received in ransom", "ransom paid", "forked over", "transferred", "sent the hackers", "paying the ransom", "coughed up", "earned", "recovered", "ransom payment", "ransom payments"},
	fineCue:       {"fine", "fined", "fines", "penalty", "penalties", "civil penalty", "monetary penalty", "sanction", "sanctioned", "fining"},
	settlementCue: {"settlement", "settle", "settled", "settles", "settlements", "compensation", "compensate", "settlement payout/payouts", "breach payout/payouts", "class action", "damages", "in vouchers", "set aside", "reimburse", "restitution", "agreed to pay", "to pay up to", "victims' fund"},
	lossCue:       {"cost", "costs", "costing", "loss", "losses", "lost", "stole", "stolen", "theft", "steal", "siphoned", "damage", "wire transfer", "defrauded", "drained", "impact of", "hit to", "write-off", "fraudulent charges", "remediation", "expenses", "made off with", "transferred to", "knocked off", "in damage", "in damages", "profits", "revenue hit"},
	noMoneyCue:    {"reward", "bounty", "bug bounty", "price of", "market value", "valuation", "acquisition", "acquired", "revenue", "annual revenue", "funding", "raised", "salary", "budget", "subscription", "sold for", "sells for", "selling", "for sale", "on sale", "starting with", "price per bitcoin", "contracts", "per record", "share price", "market cap", "valued at", "donation", "insurance", "coverage", "investment", "per year in", "a month", "fee of", "costs $"},
	otherMoneyCue: {"worth of shares/stock/stocks/charges/fraud", "shares", "stock", "stocks", "identity theft insurance", "insurance policy", "theft insurance", "insurance coverage", "in insurance", "identity theft reimbursement", "insured", "reward", "rewards", "reward for information", "for information leading",
		"information leading to", "bail", "bond", "market cap", "market capitalization", "annual revenue", "in revenue", "turnover", "annual sales", "per person", "per record", "per count", "each receive", "eligible for", "eligible to receive", "may receive", "could receive", "can receive", "can claim", "claim up to", "receive up to", "underground market", "black market", "in the underground", "laundered", "laundering", "a piece", "apiece", "bug bounty", "bounty",
		"in funding", "funding round", "average cost/costs/loss/payment/ransom", "on average", "to purchase", "purchased", "spent", "spending", "seeking", "sought", "cost just", "discounts", "coupons", "allocated", "to acquire", "acquisition", "withdrawal/withdrawals", "withdrew", "withdrawn", "sell for", "sells for", "sold for", "selling for", "a year from"},
}

// moneyRules find amounts of money.
type moneyRules struct {
	cues    kind
	ransoms kind
	wallets wordSet
	// equals stand between an amount and the same in another currency.
	equals wordSet
}

func newMoneyRules(b *builder) *moneyRules {
	r := &moneyRules{cues: b.kind(), ransoms: b.kind()}
	for c, phrases := range moneyCues {
		b.add(r.cues, int(c), phrases...)
	}
	b.add(r.ransoms, 0, "ransom", "ransoms", "ransomware", "extortion", "extort", "ransom demand", "held for ransom", "blackmail/blackmailed/blackmailing/blackmailers", "extorted/extorting/extortionist/extortionists", "in exchange for destroying/deleting/not/returning/silence/unlocking", "hackers/attackers/hacker/attacker/criminals had/have/allegedly/reportedly/also/then/now demanded/demanding", "hackers/attackers/hacker/attacker demanded/demand/demands")
	r.equals = b.set("( or equivalent worth ~ equal = roughly approximately equaling equalling equals currently valued")
	r.wallets = b.set("address addresses wallet wallets")
	return r
}

func (r *moneyRules) find(d *document) {
	hits := d.hits[r.cues]
	ransoms := len(d.hits[r.ransoms])
	var last candidate // of the amount before
	for i := range d.numbers {
		n := &d.numbers[i]
		if n.kind != money || n.value <= 0 || n.qualifier == data.Vague || r.wallets.has(d.word(n.to)) {
			continue
		}
		sent := d.sents[d.tokens[n.from].sent]
		sent.to = d.sents[d.tokens[n.to-1].sent].to
		if r.equal(d, &last, n) {
			last.number, last.currency, last.qualifier, last.from, last.to = n.value, n.currency, n.qualifier, n.from, n.to
			r.propose(d, last, n)
			continue
		}
		best, cue, paid, asked, other := moneyReach+1, noMoneyCue, moneyReach, moneyReach, false
		for h := searchHit(hits, sent.from); h < len(hits) && hits[h].from < sent.to; h++ {
			c := hits[h]
			dist := int(c.from) - n.to
			if int(c.to) <= n.from {
				dist = n.from - int(c.to)
			}
			if dist < 0 {
				continue
			}
			switch moneyCue(c.entry) {
			case paidCue:
				paid = min(paid, dist)
			case askCue:
				asked = min(asked, dist)
			case otherMoneyCue:
				other = other || dist < otherReach
				continue
			}
			if dist < best {
				best, cue = dist, moneyCue(c.entry)
			}
		}
		d.wideMoney(n, cue, best, other, ransoms)
		crypto := n.currency == "BTC" || n.currency == "XMR" || n.currency == "ETH"
		confidence := 0.9 - 0.015*float64(min(best, moneyReach))
		if other {
			continue
		}
		if cue == noMoneyCue {
			if best <= moneyReach || ransoms == 0 || !crypto && !r.follows(d, sent) {
				continue
			}
			cue, confidence = demandCue, 0.55
		}
		if cue == askCue {
			cue = demandCue
		}
		switch {
		case (cue == demandCue || cue == paidCue) && ransoms == 0:
			continue
		case cue == lossCue && crypto && ransoms > 1:
			cue = demandCue
		case cue == demandCue && paid < asked:
			cue = paidCue
		}
		if !crypto && (cue == lossCue && n.value < leastLoss || cue == settlementCue && n.value < leastSettlement) {
			continue
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
		r.propose(d, c, n)
		last = c
	}
}

// moneyRoles are the fields that an amount can be of.
var moneyRoles = [...]data.Field{data.RansomDemanded, data.RansomPaid, data.Fine, data.Settlement, data.Loss}

// wideMoney proposes an amount for every field of money.
func (d *document) wideMoney(n *number, cue moneyCue, reach int, other bool, ransoms int) {
	for _, f := range moneyRoles {
		c := candidate{field: f, number: n.value, counted: true, currency: n.currency, qualifier: n.qualifier, confidence: .1, rule: "money.any", from: n.from, to: n.to, incident: bySentence, wide: true}
		d.noted(&c)
		d.note(&c, nCue, d.num(int(cue)))
		d.note(&c, nReach, d.num(reach/3))
		d.note(&c, nRansoms, d.num(min(ransoms, 4)))
		if other {
			d.note(&c, nMark, d.num(0))
		}
		d.propose(c)
		if n.high > n.value {
			c.number = n.high
			d.propose(c)
		}
	}
}

// propose proposes an amount, and the upper end of a range.
func (r *moneyRules) propose(d *document, c candidate, n *number) {
	d.propose(c)
	if n.high > n.value {
		c.number = n.high
		d.propose(c)
	}
}

// equalReach is the number of tokens between an amount and what it is worth in another currency.
const equalReach = 6

// equal reports whether an amount tells what a ransom before it is worth:
// "25 bitcoins ($90,000)", "two bitcoins, or about $5,000".
func (r *moneyRules) equal(d *document, last *candidate, n *number) bool {
	if last.field != data.RansomDemanded && last.field != data.RansomPaid || last.currency == n.currency || n.from < last.to || n.from-last.to > equalReach || d.tokens[n.from].sent != d.tokens[last.from].sent {
		return false
	}
	for i := last.to; i < n.from; i++ {
		if r.equals.has(d.tokens[i].word) {
			return true
		}
	}
	return false
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
