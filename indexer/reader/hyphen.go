package reader

import (
	"strings"
	"unicode"
)

// keptHyphens are the words that keep their hyphen where a line ends behind it: those
// whose parts are hardly ever joined in texts on incidents.
var keptHyphens = wordsOf(`
	zero-day zero-days zero-trust third-party third-parties first-party second-hand two-factor two-step two-thirds multi-factor single-factor
	one-time real-time full-time part-time long-time first-time long-term short-term mid-term mid-year year-end
	high-profile high-risk high-level high-value low-level large-scale full-scale small-scale in-house on-site off-site on-premises in-depth
	well-known well-being so-called self-service self-described brute-force follow-up follow-ups sign-in sign-ins log-in log-ins log-on
	anti-virus e-mail e-mails e-commerce spear-phishing credential-stuffing cross-site class-action data-breach cyber-attack cyber-attacks
	non-profit non-profits non-public co-operation re-use post-breach pre-owned
	vice-president director-general attorney-general decision-makers decision-making file-sharing file-transfer open-source closed-source
	password-protected state-sponsored state-backed dark-web double-extortion cold-storage hard-coded built-in opt-in opt-out`)

// keptEndings are last parts of words with a hyphen that no word ends with which is
// written as one.
var keptEndings = wordsOf(`
	based related party parties factor backed sponsored owned linked led speaking facing driven specific sensitive encrypted hosted oriented
	focused friendly level style profit controlled operated old thirds protected`)

// links are words that only stand between two others in a word with hyphens.
var links = wordsOf("a and as at by for in of on or the to up")

func wordsOf(s string) map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(s) {
		out[strings.ToLower(w)] = true
	}
	return out
}

// keepsHyphen reports whether a hyphen at the end of a line is one of the word's own:
// such words are listed, have several hyphens, or stand with theirs elsewhere in the
// text. Before is the line up to the hyphen, after is the next line.
func keepsHyphen(before, after string, whole func() string) bool {
	first := before[strings.LastIndexFunc(before, func(r rune) bool { return !isWordRune(r) && r != '-' })+1:]
	second := after
	if i := strings.IndexFunc(after, func(r rune) bool { return !isWordRune(r) }); i >= 0 {
		second = after[:i]
	}
	first, second = strings.ToLower(first), strings.ToLower(second)
	last := first[strings.LastIndexByte(first, '-')+1:]
	switch {
	case first != last && links[last], links[second] && strings.HasPrefix(after[len(second):], "-"):
		return true // "end-to-" and "end-", "to-end"
	case keptHyphens[last+"-"+second], keptEndings[second]:
		return true
	}
	text := whole()
	return strings.Contains(text, last+"-"+second) && !strings.Contains(text, last+second)
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
