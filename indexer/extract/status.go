package extract

import (
	"strings"

	"incidex/data"
)

// A statement holds from a cue to the end of its clause: "did not access
// passwords or PINs, but took names" denies passwords and PINs only. Cues behind
// what they speak of ("card numbers were not affected") hold backwards to the
// verb or break before. Where cues overlap, advice outranks denial, and denial
// outranks doubt.

// cue is what a phrase says about the words around it.
type cue int

const (
	// cueNone keeps a shorter cue inside of the phrase from being seen: "not only".
	cueNone cue = iota
	// cueBreak ends a clause.
	cueBreak
	// cueComma ends a clause for what stands before it, while a denial behind may
	// reach over it: "the PIN, the number on the card, was not taken".
	cueComma
	// cueNot denies what follows in its clause.
	cueNot
	// cueExcept denies what follows up to the next comma or closing bracket.
	cueExcept
	// cueWasNot denies what stands before.
	cueWasNot
	// cueMay doubts what follows.
	cueMay
	// cueMayHaveBeen doubts what stands on either side.
	cueMayHaveBeen
	// cueAdvise makes the rest of the sentence advice.
	cueAdvise
	// cueImperative does so where it begins a sentence.
	cueImperative
	// cueAdvised makes the whole of the sentence advice.
	cueAdvised
	// cueContinue begins a sentence that goes on with the advice of the one before.
	cueContinue
	// cueYour makes the next words a matter of the reader's.
	cueYour
	// cueGeneric makes the rest of the clause a general remark, which claims nothing.
	cueGeneric
	// cueVerb is a verb that ends the backward scope of a cue.
	cueVerb
)

// yourReach is the number of words behind "your" that are the reader's.
const yourReach = 6

// bracketReach is the number of tokens before a cue in which its bracket may open.
const bracketReach = 30

// stance is how a token is stated; later ones outrank earlier ones.
type stance uint8

const (
	stanceActual stance = iota
	stancePossible
	stanceNegated
	stanceAdvised
	stanceGeneric
)

// statusRules tell facts from what is only possible, denied or advised.
type statusRules struct {
	cues                           kind
	may                            int32
	comma, closing, opening, these wordSet
}

func newStatusRules(b *builder) *statusRules {
	s := &statusRules{cues: b.kind(), may: b.word("may"), comma: b.set(","), closing: b.set(") ]"), opening: b.set("( ["), these: b.set("this these such")}
	for c, phrases := range statusCues {
		b.add(s.cues, int(c), phrases...)
	}
	return s
}

// statusCues are the phrases of each cue.
var statusCues = map[cue][]string{
	cueBreak: {"but", "however", "although", "though", "while", "whereas", "; ", "instead", "which means", "because",
		"despite", "yet it/they/the", "which/that exposed/leaked/included/contained/affected/compromised", ", only", "– but", "and only"},
	cueComma: {", the", ", it", ", its", ", this", ", these", ", they", ", we", ", he", ", she", ", there", ", users", ", customers", ", their", ", and the", ", hackers", ", attackers"},
	cueNone: {"not only", "not just", "not encrypted", "not been encrypted", "not hashed", "not salted", "not password protected",
		"not protected", "not properly", "not adequately", "not secured", "not securely", "not sufficiently",
		"not immediately", "no longer", "no later", "no fewer", "no less", "no more than", "no password",
		"no authentication", "no stranger", "not least", "not uncommon", "not unusual", "no encryption", "no doubt", "not surprising",
		"did/has/have/does/do/would/could not say/disclose/disclosed/reveal/revealed/specify/specified/provide/provided/elaborate/comment/respond/responded/confirm/confirmed/identify/identified/name/named/release/released/share/shared/detail/state",
		"didn't/hasn't/haven't/doesn't/don't/wouldn't say/disclose/disclosed/reveal/revealed/specify/specified/provide/provided/elaborate/comment/respond/responded/confirm/confirmed/identify/identified/name/named/release/released/share/shared/detail/state",
		"without permission", "without authorization", "without authorisation", "without consent", "without their",
		"without the knowledge", "without a password", "without any password", "without password", "without authentication",
		"without proper", "without encryption", "not the first", "not for the first", "not notified", "not been notified", "not informed",
		"not aware", "not noticed", "not discovered", "not detected", "not until", "wasn't/weren't/didn't discovered/discover/disclosed/disclose/noticed/notice/detected/detect/aware/known/reported/report/announced", "wasn't/weren't/not publicly/immediately/initially disclosed/discovered/known/reported/announced/detected", "not respond", "not want", "not pay", "not paid",
		"was not the only", "not alone", "not limited to", "nothing but", "whether or not", "no matter"},
	cueNot: {"not", "no", "none", "nor", "neither", "never", "without", "cannot", "rather than", "nothing",
		"wasn't", "weren't", "didn't", "doesn't", "don't", "isn't", "aren't", "hasn't", "haven't", "wouldn't", "couldn't", "hadn't", "can't",
		"no evidence", "no indication/indications/sign/signs/proof", "denied/denies/deny that", "denied/denies any", "ruled out", "rule out",
		"unlikely that", "fails/failed to obtain/access/steal"},
	cueExcept: {"except", "except for", "excluding", "excludes", "excluded", "with the exception of", "other than", "apart from", "aside from", "minus"},
	cueWasNot: {
		"was/were/is/are not affected/compromised/accessed/exposed/included/impacted/involved/stolen/taken/stored/leaked/disclosed/viewed/obtained/breached/acquired/revealed/visible/available/retrieved/lost/contained/present/released/believed/thought/at/among/part/in",
		"wasn't/weren't/isn't/aren't affected/compromised/accessed/exposed/included/impacted/involved/stolen/taken/stored/leaked/disclosed/viewed/obtained/breached/acquired/revealed/visible/available/retrieved/lost/contained/present/released/believed/thought/at/among/part/in",
		"has/have/had not been affected/compromised/accessed/exposed/impacted/stolen/taken/leaked/viewed/obtained/breached",
		"hasn't/haven't/hadn't been affected/compromised/accessed/exposed/impacted/stolen/taken/leaked/viewed/obtained/breached",
		"may/might not have been affected/compromised/accessed/exposed/stolen/taken",
		"was/were/is/are never affected/compromised/accessed/exposed/stolen/taken/stored/at",
		"was/were/is/are also not believed/thought/affected/compromised/accessed/exposed/included/impacted/involved/stolen/taken/stored",
		"does/do/did not appear to have been", "doesn't/don't/didn't appear to have been",
		"remain/remains/remained safe/secure/protected/unaffected/intact/untouched", "is/are/was/were safe/secure/unaffected/untouched/excluded"},
	cueMay: {"attackers/hackers/criminals/cybercriminals/thieves may/might/could have", "an/the attacker/hacker may/might/could have", "may", "might", "could", "possibly", "potentially", "possible", "whether", "if any", "unclear", "not clear", "not known",
		"not yet known", "unknown", "is/are likely/expected to", "will likely", "suspect/suspects/suspected that", "fear/fears/feared that", "at risk of", "in case", "not rule out", "cannot rule out", "can't rule out", "attempted/attempts/attempting/tried/tries/trying to"},
	cueMayHaveBeen: {"may/might/could have/potentially/possibly been", "may/might/could have potentially/possibly been", "may/might/could be",
		"were/was/are/is potentially/possibly", "potentially been", "at risk", "may/might/could have"},
	cueAdvise: {"should", "must", "advise", "advises", "advised to", "are/is advised", "recommend", "recommends", "recommended", "recommending", "urge", "urges", "urged", "urging",
		"encourage", "encourages", "encouraged", "encouraging", "please", "make sure", "be sure to", "ought to", "need/needs to", "are asked to", "will ask/require/prompt/force", "will be asked/required/prompted/forced to", "re-enter", "re-entering", "log in again", "asks/asked/asking customers/users/people/everyone to",
		"warned/warns/warning/warn customers/users/people/clients/patients/consumers/members/them to", "tells/told/telling users/customers/people to",
		"change your/their", "changing your/their", "reset your/their", "update your/their", "you can", "you could", "be aware of", "beware", "be wary", "be vigilant", "be on the lookout", "be cautious",
		"protect yourself", "protect themselves", "keep an eye on", "how to", "best practice", "best practices", "it's a good idea", "if you", "forced/requires/required/require/requiring/prompted/prompting users/customers/members to",
		"good idea to", "sign up for", "in order to protect", "steps to protect", "recommendation", "recommendations",
		"could/might/may also/want/wish/well consider", "could/might/may consider", "could/might/may need to", "to prevent future/similar/such breaches/incidents/attacks"},
	cueAdvised: {"is/are crucial/essential/vital/imperative/paramount/advisable", "is/are a/an crucial/essential/vital/important step/part/measure", "is/are crucial/essential/important/key/critical steps/measures/for/to", "could/would/can/might/may be beneficial/prudent/wise/useful/helpful",
		"could/would/can/might/may prove beneficial/useful/helpful/valuable/essential/crucial", "can help", "could help", "could provide/serve", "cannot be overstated"},
	cueContinue: {"this includes", "this means", "this involves", "this could/would/may/might include", "these include", "such actions/measures/steps/practices", "these steps/actions/measures", "for instance", "for example", "additionally", "moreover", "furthermore", "also", "in addition", "similarly", "likewise", "finally", "lastly"},
	cueImperative: {"change your/the/all/any/these/it/them/password/passwords/their/default/every", "use", "enable", "avoid", "monitor", "check", "keep", "consider", "make", "be", "reset", "update", "turn", "never", "always",
		"don't", "do not", "watch", "review", "contact", "ensure", "take", "remember", "set", "create", "choose", "ask", "look"},
	cueYour: {"your"},
	cueGeneric: {"are/is often", "people/users/customers often", "typically", "usually", "in general", "are/is common", "commonly", "can be used", "could be used", "may be used", "might be used", "can use", "could use", "can then", "could then", "can also", "would allow", "could allow", "could let", "would let",
		"could enable", "could lead", "can lead", "could result", "attackers/hackers/criminals/cybercriminals/fraudsters/scammers/thieves can/could/may/might/often/typically/usually/will",
		"an attacker/hacker can/could/may/might/would", "designed to", "intended to", "in order to steal", "is/are worth", "sold for", "sells for", "such as phishing", "used for phishing",
		"like phishing", "to trick", "aims to", "aim to", "when you", "capable of", "ability to", "able to steal/access/read", "used by customers to", "allows/allowed/lets users/customers to",
		"remain/remains one of", "is/are one of the top/most/best", "service that", "platform that", "requires only", "if someone"},
	cueVerb: {"was", "were", "is", "are", "has", "have", "had", "did", "does", "said", "says", "confirmed", "included", "includes", "including", "exposed", "contained", "stole", "took", "that"},
}

// mark finds how each token is stated.
func (s *statusRules) mark(d *document) {
	d.stances = d.stances[:0]
	for range d.tokens {
		d.stances = append(d.stances, stanceActual)
	}
	hits := d.hits[s.cues]
	for i, h := range hits {
		sent := s.bracket(d, h, d.sents[d.tokens[h.from].sent])
		if d.tokens[h.from].word == s.may && d.tokens[h.from].is(capital) && (!d.tokens[h.from].is(first) || d.is(int(h.from)+1, digit)) && !sent.title {
			continue // the month
		}
		switch cue(h.entry) {
		case cueNot:
			d.paint(h.from, d.clauseEnd(hits[i:], sent), stanceNegated)
		case cueExcept:
			end := h.to
			for limit := d.clauseEnd(hits[i:], sent); end < limit && !s.comma.has(d.tokens[end].word) && !s.closing.has(d.tokens[end].word); {
				end++
			}
			d.paint(h.from, end, stanceNegated)
		case cueWasNot:
			d.paint(s.clauseStart(d, hits[:i], sent), h.to, stanceNegated)
		case cueMay:
			d.paint(h.from, d.clauseEnd(hits[i:], sent), stancePossible)
		case cueMayHaveBeen:
			d.paint(s.clauseStart(d, hits[:i], sent), d.clauseEnd(hits[i:], sent), stancePossible)
		case cueAdvise:
			d.paint(h.from, sent.to, stanceAdvised)
		case cueImperative:
			if d.tokens[h.from].is(first) && !sent.title && !d.is(int(h.to), punct) {
				d.paint(h.from, sent.to, stanceAdvised)
			}
		case cueAdvised:
			d.paint(sent.from, sent.to, stanceAdvised)
		case cueContinue:
			if h.from == sent.from && s.advice(d, h, sent) {
				d.paint(h.from, sent.to, stanceAdvised)
			}
		case cueYour:
			d.paint(h.from, min(h.to+yourReach, sent.to), stanceAdvised)
		case cueGeneric:
			d.paint(h.from, d.clauseEnd(hits[i:], sent), stanceGeneric)
		}
	}
}

// advice reports whether a sentence goes on with the advice that ends the one
// before in its paragraph: it lists without a subject of its own ("This includes
// ...") or begins with what one does ("Additionally, investing in ...").
func (s *statusRules) advice(d *document, h hit, sent sentence) bool {
	if sent.from == 0 {
		return false
	}
	before := d.sents[d.tokens[sent.from-1].sent]
	if before.para != sent.para || before.title || d.stances[before.to-1] != stanceAdvised {
		return false
	}
	if s.these.has(d.tokens[h.from].word) {
		return true
	}
	i := int(h.to)
	if s.comma.has(d.word(i)) {
		i++
	}
	return i < int(sent.to) && strings.HasSuffix(d.text(i, i+1), "ing")
}

// bracket narrows a sentence to the brackets that a cue stands in.
func (s *statusRules) bracket(d *document, h hit, in sentence) sentence {
	depth := 0
	for i := h.from - 1; i >= in.from && i > h.from-bracketReach; i-- {
		switch w := d.tokens[i].word; {
		case s.closing.has(w):
			depth++
		case s.opening.has(w):
			depth--
		}
		if depth < 0 {
			in.from = i + 1
			for j := h.to; j < in.to; j++ {
				if s.closing.has(d.tokens[j].word) {
					in.to = j
				}
			}
			break
		}
	}
	return in
}

// clauseEnd returns the token before which the clause of the first hit ends.
func (d *document) clauseEnd(hits []hit, s sentence) int32 {
	for _, h := range hits[1:] {
		if h.from >= s.to {
			break
		}
		if c := cue(h.entry); c == cueBreak || c == cueComma {
			return h.from
		}
	}
	return s.to
}

// clauseStart returns the token with which the backward scope of a cue behind hits begins.
func (s *statusRules) clauseStart(d *document, before []hit, in sentence) int32 {
	for i := len(before) - 1; i >= 0 && before[i].from >= in.from; i-- {
		if c := cue(before[i].entry); c == cueBreak || c == cueVerb || c == cueWasNot || c == cueMayHaveBeen {
			return before[i].to
		}
	}
	return in.from
}

func (d *document) paint(from, to int32, s stance) {
	for i := from; i < to; i++ {
		d.stances[i] = max(d.stances[i], s)
	}
}

// status tells how the tokens [from, to) are stated. What is said in general
// counts as advice: neither is a fact about an incident.
func (d *document) status(from, to int) data.Status {
	switch d.stanceOf(from, to) {
	case stancePossible:
		return data.Possible
	case stanceNegated:
		return data.Negated
	case stanceAdvised, stanceGeneric:
		return data.Advised
	}
	return data.Actual
}

// stanceOf is the strongest stance of the tokens [from, to).
func (d *document) stanceOf(from, to int) stance {
	out := stanceActual
	for i := max(from, 0); i < to && i < len(d.stances); i++ {
		out = max(out, d.stances[i])
	}
	return out
}
