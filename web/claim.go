package web

import (
	"fmt"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"incidex/data"
	"incidex/search"
)

// ClaimView is a claim as pages show it.
type ClaimView struct {
	Claim data.Claim
	// ID is the id of the claim in the list of a page, "" where there is no list.
	ID string
	// Group is the style class of the field's heading.
	Group string
	// Text is the value, Full the value with every digit.
	Text, Full string
	// Status is the word for the status, "" for a plain fact.
	Status string
	// Href is the place of the first piece of evidence, "" without evidence.
	Href string
	// Source is the article that makes the claim, on pages of several articles.
	Source data.ArticleRef
	// Quote is the sentence around the first piece of evidence, cut at its mark.
	Quote []Segment
	// Chosen says that the record chose the claim.
	Chosen bool
	// Place is where the number stands on its field's bar, in percent.
	Place float64
}

// Percent is the confidence in percent.
func (c *ClaimView) Percent() int { return int(math.Round(c.Claim.Confidence * 100)) }

// Rough says that the claim's number is not exact.
func (c *ClaimView) Rough() bool {
	return c.Claim.Qualifier != "" && c.Claim.Qualifier != data.Exact
}

func viewClaim(c data.Claim) *ClaimView {
	info, _ := c.Field.Info()
	return &ClaimView{Claim: c, Group: groupClass(info.Group), Text: ValueText(c), Full: ValueFull(c), Status: statusWords[c.Status]}
}

// viewSourced makes the view of a claim of a record, with the sentence that it
// stands in when the article is at hand.
func (f Frame) viewSourced(s data.SourcedClaim, refs map[string]data.ArticleRef, docs map[string]*data.Document) *ClaimView {
	v := viewClaim(s.Claim)
	v.Source = data.ArticleRef{ID: s.Article, Title: s.Article}
	if ref, ok := refs[s.Article]; ok {
		v.Source = ref
	}
	if len(s.Evidence) == 0 {
		return v
	}
	e := s.Evidence[0]
	v.Href = f.State.EvidenceURL(s.Article, e)
	v.Quote = []Segment{{e.Quote, true}}
	if d := docs[s.Article]; d != nil {
		text := d.Text
		if e.Source == data.InTitle {
			text = d.Title
		}
		if cuts(text, e.Span) {
			v.Quote = Segments(sentence(text, e.Span))
		}
	}
	return v
}

// maxContext is the most bytes shown before and after a quote.
const maxContext = 220

// sentence cuts the sentence around a span out of a text: back to the end of the
// sentence before, on to the end of its own, and at most maxContext bytes to
// either side, then cut between words.
func sentence(text string, s data.Span) search.Marked {
	from, to := s.Start, s.End
	for from > 0 && s.Start-from < maxContext && !sentenceEnds(text, from) {
		_, n := utf8.DecodeLastRuneInString(text[:from])
		from -= n
	}
	for to < len(text) && to-s.End < maxContext && !sentenceEnds(text, to) {
		_, n := utf8.DecodeRuneInString(text[to:])
		to += n
	}
	before, after := text[from:s.Start], text[s.End:to]
	if from > 0 && s.Start-from >= maxContext {
		_, rest, _ := strings.Cut(before, " ")
		before = "… " + rest
	}
	if to < len(text) && to-s.End >= maxContext {
		after = after[:max(0, strings.LastIndexByte(after, ' '))] + " …"
	}
	before, after = strings.TrimLeftFunc(before, unicode.IsSpace), strings.TrimRightFunc(after, unicode.IsSpace)
	m := search.Marked{Text: before + s.In(text) + after}
	m.Marks = []data.Span{{Start: len(before), End: len(before) + s.Len()}}
	return m
}

// sentenceEnds reports whether a sentence or line ends right before i: a line
// break, or a mark of punctuation that a space and a capital letter follow.
func sentenceEnds(text string, i int) bool {
	if i == 0 {
		return false
	}
	if text[i-1] == '\n' || i < len(text) && text[i] == '\n' {
		return true
	}
	if i >= len(text) || text[i] != ' ' || !strings.ContainsRune(".!?", rune(text[i-1])) {
		return false
	}
	next, _ := utf8.DecodeRuneInString(strings.TrimLeft(text[i:], " \"“'‘("))
	word := text[strings.LastIndexAny(text[:i-1], " \n")+1 : i-1]
	// An initial or a short abbreviation such as U.S. does not end a sentence.
	return (unicode.IsUpper(next) || unicode.IsDigit(next)) && utf8.RuneCountInString(word) > 1 && !strings.Contains(word, ".")
}

// groupClasses are the style classes of the headings of fields.
var groupClasses = map[string]string{
	data.GroupWhat: "g-what", data.GroupWho: "g-who", data.GroupData: "g-data", data.GroupHowMany: "g-many",
	data.GroupWhen: "g-when", data.GroupResponse: "g-response", data.GroupConsequence: "g-cost",
}

func groupClass(heading string) string {
	if c, ok := groupClasses[heading]; ok {
		return c
	}
	return "g-other"
}

// headings are the headings of fields in the order of a page.
var headings = []string{
	data.GroupWhat, data.GroupWho, data.GroupData, data.GroupHowMany, data.GroupWhen, data.GroupResponse, data.GroupConsequence,
}

// logFrom is by how many times numbers differ that are drawn on a logarithmic scale.
const logFrom = 20.0

// place sets the places of claims on a bar from the lowest number, at 0 percent, to
// the highest, at 100, and says whether the scale is logarithmic. Numbers must be
// positive and not all the same.
func place(claims []*ClaimView) (logarithmic bool) {
	low, high := math.Inf(1), 0.0
	for _, c := range claims {
		low, high = min(low, *c.Claim.Number), max(high, *c.Claim.Number)
	}
	logarithmic = high > low*logFrom
	for _, c := range claims {
		x := (*c.Claim.Number - low) / (high - low)
		if logarithmic {
			x = math.Log(*c.Claim.Number/low) / math.Log(high/low)
		}
		c.Place = percent(x)
	}
	return logarithmic
}

// percent turns a share of 0 to 1 into a percentage with one decimal.
func percent(x float64) float64 {
	if math.IsNaN(x) {
		return 0
	}
	return math.Round(1000*min(1, max(0, x))) / 10
}

// claimID names the n-th claim of a page's list.
func claimID(n int) string { return fmt.Sprintf("l%d", n) }
