package reader

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/goccy/go-yaml"
)

// The limits of YAML. Reading it takes time that grows with the square of the depth.
const (
	maxYAML      = 64 << 10 // bytes
	maxYAMLOpens = 500      // brackets, braces and nested list marks
)

// readMarkdown reads Markdown with an optional front matter of YAML. The title is
// that of the front matter, else the first heading, else the first line.
func readMarkdown(s *source) {
	b, ok := s.all(MaxFile)
	if !ok {
		return
	}
	decoded := decode(b, "")
	if binary(decoded) {
		s.fail(0, "the file is binary, no text")
		return
	}
	front, body := cutFrontMatter(strings.ReplaceAll(decoded, "\r\n", "\n"))
	var e entry
	if front != "" {
		m, err := parseYAML(front)
		if err != nil {
			e.problem("front matter: " + err.Error())
		}
		e.set(m, s.opts)
	}
	text := clean(unmark(body))
	if e.article.Tags == nil {
		text, e.article.Tags = cutTags(text)
	}
	title, rest := cutTitle(text)
	if e.article.Title == "" {
		e.article.Title, text = title, rest
	} else if title == e.article.Title {
		text = rest
	}
	e.article.Text = text
	s.emit(e, 0)
}

// cutFrontMatter returns what stands between a first line of three dashes and the
// next one, and the rest.
func cutFrontMatter(s string) (front, body string) {
	rest, ok := strings.CutPrefix(strings.TrimLeft(s, "\ufeff \n"), "---\n")
	if !ok {
		return "", s
	}
	for _, end := range []string{"\n---\n", "\n...\n"} {
		if front, body, ok = strings.Cut(rest, end); ok {
			return front, body
		}
	}
	if front, ok = strings.CutSuffix(strings.TrimRight(rest, "\n"), "\n---"); ok {
		return front, ""
	}
	return "", s
}

// parseYAML reads an object. Values with a colon that should have been quoted,
// as titles often have, are read all the same.
func parseYAML(s string) (map[string]any, error) {
	if len(s) > maxYAML {
		return nil, fmt.Errorf("yaml has more than %d bytes", maxYAML)
	}
	if strings.Count(s, "[")+strings.Count(s, "{")+strings.Count(s, "- -") > maxYAMLOpens {
		return nil, errors.New("yaml is nested too deep")
	}
	var m map[string]any
	err := safely(func() error { return yaml.Unmarshal([]byte(s), &m) })
	if err == nil {
		return m, nil
	}
	m = nil
	if quoted := quoteScalars(s); safely(func() error { return yaml.Unmarshal([]byte(quoted), &m) }) == nil {
		return m, nil
	}
	first, _, _ := strings.Cut(err.Error(), "\n")
	return nil, fmt.Errorf("yaml: %s", shorten(first))
}

var plainScalar = regexp.MustCompile(`(?m)^(\s*[\w -]+:[ \t]+)([^\s"'\[{|>&*!#].*)$`)

// quoteScalars quotes the values of all keys that are neither quoted nor lists.
func quoteScalars(s string) string {
	return plainScalar.ReplaceAllStringFunc(s, func(line string) string {
		m := plainScalar.FindStringSubmatch(line)
		return m[1] + "'" + strings.ReplaceAll(strings.TrimSpace(m[2]), "'", "''") + "'"
	})
}

var (
	markBlock   = regexp.MustCompile("(?m)^[ \t]*(?:#{1,6}[ \t]+|>+[ \t]?|```.*$|~~~.*$|(?:[-*_][ \t]*){3,}$|=+$)")
	markList    = regexp.MustCompile(`(?m)^([ \t]*)[*+][ \t]+`)
	markImage   = regexp.MustCompile(`!\[[^\]\n]*\]\([^)\n]*\)`)
	markLink    = regexp.MustCompile(`\[([^\]\n]+)\](?:\([^)\n]*\)|\[[^\]\n]*\])`)
	markTarget  = regexp.MustCompile(`(?m)^[ \t]*\[[^\]\n]+\]:[ \t]+\S+.*$`)
	markComment = regexp.MustCompile(`(?s)<!--.*?-->`)
	markTag     = regexp.MustCompile(`</?[A-Za-z][^<>\n]*>`)
	markStrong  = regexp.MustCompile("(\\*\\*|__|~~|`)([^\\s*_~`](?:[^\n]*?[^\\s])?)(?:\\*\\*|__|~~|`)")
	markEm      = regexp.MustCompile(`(^|[\s("'])([*_])([^\s*_](?:[^\n*_]*[^\s*_])?)[*_]($|[\s)"'.,;:!?])`)
	markEscape  = regexp.MustCompile("\\\\([\\\\`*_{}\\[\\]()#+.!>~|-])")
)

// unmark takes the marks of Markdown off a text and leaves its words.
func unmark(s string) string {
	s = markComment.ReplaceAllString(s, "")
	s = markTag.ReplaceAllString(s, "")
	s = markImage.ReplaceAllString(s, "")
	s = markTarget.ReplaceAllString(s, "")
	s = markLink.ReplaceAllString(s, "$1")
	s = markBlock.ReplaceAllString(s, "")
	s = markList.ReplaceAllString(s, "$1- ")
	s = markStrong.ReplaceAllString(s, "$2")
	s = markEm.ReplaceAllString(s, "$1$3$4")
	return markEscape.ReplaceAllString(s, "$1")
}
