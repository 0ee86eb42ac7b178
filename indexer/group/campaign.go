package group

import (
	"slices"
	"strings"

	"incidex/data"
)

const (
	// cueWords is how far into the text cues count, in words.
	cueWords = 150
	// enoughCues is the number of different cues that make an article one about
	// security, where a strong one counts twice.
	enoughCues = 3
)

// strongCues and weakCues are words that articles on attacks, malware and leaks use
// and others seldom do, folded, without a plural s.
var (
	strongCues = set(`backdoor botnet cve cyber cyberattack cybercrime cybercriminal cybersecurity darknet ddos
		defaced exploit hack hacked hacker hacking hacktivist infostealer keylogger malware phished phisher phishing
		ransomware rootkit skimmer spyware trojan unpatched vulnerability vulnerabilitie worm zeroday`)
	weakCues = set(`account bitcoin breach compromised credential cryptocurrency data database email encrypted
		encryption exposed extortion fraudster hijacked infected intruder leak leaked login online password ransom scam
		scammer server software stolen unauthorized viru virus website`)
)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

// Campaign returns a subject without claims for an article on security that has no
// subject of its own, such as one on a malware or on a wave of attacks without one
// victim. Placed like any other, it joins such articles of one event into an
// incident. It returns false when the article has a subject or is not on security.
//
// An incident of a single such article is no more than the article; see Listed.
func Campaign(a *data.Article, mentions []data.Mention) (data.Mention, bool) {
	if slices.ContainsFunc(mentions, func(m data.Mention) bool { return m.Role == data.Subject }) || !onSecurity(a) {
		return data.Mention{}, false
	}
	return data.Mention{Role: data.Subject, Claims: []data.Claim{}}, true
}

// onSecurity reports whether an article is on security: its headline has a strong
// cue, or its beginning has several cues, of which fewer are enough when they are
// strong.
func onSecurity(a *data.Article) bool {
	for w := range words(a.Title) {
		if strongCues[w] {
			return true
		}
	}
	text := a.Text
	if n := 12 * cueWords; len(text) > n {
		text = strings.ToValidUTF8(text[:n], "")
	}
	seen := map[string]bool{}
	cues, n := 0, 0
	for w := range words(a.Title + " " + text) {
		if n++; n > cueWords {
			break
		}
		switch {
		case seen[w]:
		case strongCues[w]:
			cues += 2
		case weakCues[w]:
			cues++
		}
		seen[w] = true
	}
	return cues >= enoughCues
}

// Listed reports whether an incident is worth listing among incidents: it has a
// victim, or it is a campaign with a name of its own.
func Listed(inc *Incident) bool {
	return slices.ContainsFunc(inc.Members, func(m *Profile) bool { return m.Signature.Victim != "" }) || campaignName(inc) != ""
}

// campaignName is the name of an incident without a victim: the malware or the flaw
// that most of the articles on it name, where at least two, no near-copies of each
// other, are about it. It is empty for everything else: words that articles share
// make no incident.
func campaignName(inc *Incident) string {
	var sketches []uint64
	names := map[string]int{}
	about := 0
	for _, m := range inc.Members {
		s := &m.Signature
		if m.Role != data.Subject {
			continue
		}
		if s.Victim != "" {
			return ""
		}
		about++
		if !slices.ContainsFunc(sketches, func(o uint64) bool { return data.NearCopy(o, s.Sketch) }) {
			sketches = append(sketches, s.Sketch)
		}
		for _, list := range [][]string{s.Malware, s.CVEs} {
			if len(list) > 0 {
				names[list[0]]++
				break
			}
		}
	}
	if name := mostFrequent(names); len(sketches) > 1 && 2*names[name] > about {
		return name
	}
	return ""
}

// topicOf is the phrase that the headline of the first article on an incident gives.
func topicOf(inc *Incident) string {
	var first *Profile
	for _, m := range inc.Members {
		if m.Signature.Topic != "" && (first == nil || m.Signature.Published < first.Signature.Published) {
			first = m
		}
	}
	if first == nil {
		return ""
	}
	return first.Signature.Topic
}
