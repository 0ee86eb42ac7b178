package group

import (
	"slices"
	"strings"

	"incidex/data"
	"incidex/data/vocab"
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
// victim, or at least two articles that are no near-copies have it as their subject.
func Listed(inc *Incident) bool {
	var sketches []uint64
	for _, m := range inc.Members {
		if m.Signature.Victim != "" {
			return true
		}
		copied := slices.ContainsFunc(sketches, func(s uint64) bool { return data.NearCopy(s, m.Signature.Sketch) })
		if m.Role == data.Subject && !copied {
			sketches = append(sketches, m.Signature.Sketch)
		}
		if len(sketches) > 1 {
			return true
		}
	}
	return false
}

// topicOf names an incident without a victim by the words that its articles' topics
// share, the most frequent first, at most topicWords.
func topicOf(inc *Incident) string {
	type word struct {
		text  string
		count int
	}
	var all []word
	for _, m := range inc.Members {
		for w := range strings.FieldsSeq(m.Signature.Topic) {
			i := slices.IndexFunc(all, func(x word) bool { return vocab.Fold(x.text) == vocab.Fold(w) })
			if i < 0 {
				i = len(all)
				all = append(all, word{text: w})
			}
			all[i].count++
		}
	}
	slices.SortStableFunc(all, func(a, b word) int { return b.count - a.count })
	var out []string
	for _, w := range all[:min(len(all), topicWords)] {
		if 3*w.count >= len(inc.Members) {
			out = append(out, w.text)
		}
	}
	return strings.Join(out, " ")
}
