package reader

import (
	"strings"
	"unicode"
)

// The shape of a line of tags.
const (
	minListed   = 3  // items of a list with commas
	maxListed   = 40 // bytes of an item
	maxTagWords = 4  // words of an item
	maxTagLine  = 400
)

// readText reads plain text: the first line is the title, a last line of hashtags
// or of short words with commas holds the tags, and what is between is the text.
func readText(s *source) {
	b, ok := s.all(MaxFile)
	if !ok {
		return
	}
	decoded := decode(b, "")
	if binary(decoded) {
		s.fail(0, "the file is binary, no text")
		return
	}
	var e entry
	text, tags := cutTags(clean(decoded))
	e.article.Tags = tags
	e.article.Title, e.article.Text = cutTitle(text)
	s.emit(e, 0)
}

// binary reports whether a text begins with what no text is made of: a control
// character in 20.
func binary(text string) bool {
	const enough = 4 << 10
	head, controls := text[:min(len(text), enough)], 0
	for i := range len(head) {
		if c := head[i]; c < ' ' && (c < '\t' || c > '\r') {
			controls++
		}
	}
	return controls > len(head)/20
}

// maxTitleLine is the number of bytes of a first line that is taken for the title.
const maxTitleLine = 300

// cutTitle takes the first line off a text. A first line as long as a paragraph
// is no title: its beginning is, and it stays in the text. A line that is all there is
// is both.
func cutTitle(text string) (title, rest string) {
	title, rest, _ = strings.Cut(text, "\n")
	if len(title) > maxTitleLine {
		return cut(cleanLine(title), maxTitleLine/2), text
	}
	if rest = strings.TrimSpace(rest); rest == "" {
		rest = title
	}
	return cleanLine(title), rest
}

// cutTags takes a last line of tags off a text, unless it is the only line.
func cutTags(text string) (rest string, tags []string) {
	i := strings.LastIndexByte(text, '\n')
	if i < 0 {
		return text, nil
	}
	line := strings.TrimSpace(text[i:])
	if !isTagLine(line) {
		return text, nil
	}
	if strings.HasPrefix(line, "#") && !strings.Contains(line, ",") {
		line = strings.ReplaceAll(line, "#", ",")
	}
	return strings.TrimSpace(text[:i]), tagList(line)
}

func isTagLine(line string) bool {
	if line == "" || len(line) > maxTagLine {
		return false
	}
	hashtags := true
	for _, w := range strings.Fields(line) {
		hashtags = hashtags && len(w) > 1 && w[0] == '#' && w[1] != '#'
	}
	if hashtags {
		return true
	}
	items := strings.Split(line, ",")
	if len(items) < minListed {
		return false
	}
	for _, item := range items {
		item = strings.TrimSpace(item)
		if item == "" || len(item) > maxListed || len(strings.Fields(item)) > maxTagWords || strings.ContainsAny(item, `.!?:;"()`) {
			return false
		}
		if strings.ContainsFunc(item, unicode.IsDigit) && !strings.ContainsFunc(item, unicode.IsLetter) {
			return false // a date or a list of numbers
		}
	}
	return true
}
