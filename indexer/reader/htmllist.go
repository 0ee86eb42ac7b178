package reader

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// What makes a page a list of incidents and not an article about one.
const (
	minEntries   = 6    // entries, or rows of a table
	minEntry     = 40   // bytes of an entry
	maxEntry     = 1500 // and of a longer one, which is an article
	maxEntries   = 20_000
	minListShare = 0.6 // of the words of the page that are in entries
	minDated     = 0.6 // of the entries that have a date
	minDistinct  = 0.8 // of the entries that begin with a word of their own
)

var (
	dateInText = regexp.MustCompile(`\b(?:19|20)\d\d\b`)
	startsDate = regexp.MustCompile(`^\W*\d|^(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|on |in |at )`)
)

// readList yields the entries of a page that is a list, as articles of their own: the
// rows of its table, or items that each have a date and begin otherwise. It returns
// false for a page that is none. The page is noted to be a list.
func (s *source) readList(body *html.Node, whole string, page entry) bool {
	if body == nil {
		return false
	}
	if rows := tableRows(body, whole); rows != nil && s.speaks(rows[0]) {
		if !s.note(0, fmt.Sprintf("the page is a list and no article: each of the %d rows of its table is one", len(rows)-1)) {
			return true
		}
		t := s.table(rows[0], 0)
		for i := 1; t != nil && i < len(rows); i++ {
			if !t.row(s, rows[i], i) {
				break
			}
		}
		return true
	}
	entries := listEntries(body, whole)
	if entries == nil {
		return false
	}
	if !s.note(0, fmt.Sprintf("the page is a list and no article: each of its %d entries is one", len(entries))) {
		return true
	}
	for i, text := range entries {
		e := entry{article: page.article}
		e.article.ID, e.article.Given = "", nil
		e.article.Title, e.article.Text = cutTitle(text)
		e.article.Tags = append(e.article.Tags[:len(e.article.Tags):len(e.article.Tags)], listEntry)
		if !s.emit(e, i+1) {
			break
		}
	}
	return true
}

// tableRows returns the cells of the table that makes up most of a page, its header
// first, nil where there is none.
func tableRows(body *html.Node, whole string) [][]string {
	for n := range body.Descendants() {
		if n.DataAtom != atom.Table || find(n, atom.Table) != nil || float64(len(nodeText(n))) < minListShare*float64(len(whole)) {
			continue
		}
		var rows [][]string
		for tr := range n.Descendants() {
			if tr.DataAtom != atom.Tr || len(rows) > maxEntries {
				continue
			}
			var row []string
			for c := range tr.ChildNodes() {
				if c.DataAtom == atom.Td || c.DataAtom == atom.Th {
					row = append(row, cleanLine(nodeText(c)))
				}
			}
			rows = append(rows, row)
		}
		if len(rows) > minEntries && len(rows[0]) > 1 {
			return rows
		}
	}
	return nil
}

// listEntries returns the texts of the entries of a list, nil where a page is none.
func listEntries(body *html.Node, whole string) []string {
	parents := []*html.Node{body}
	for n := range body.Descendants() {
		parents = append(parents, n)
	}
	for _, parent := range parents {
		if !hasChildren(parent, minEntries) {
			continue
		}
		var items, sections []string
		for c := range parent.ChildNodes() {
			switch c.DataAtom {
			case atom.Li, atom.Article, atom.Section, atom.Div, atom.P:
				items = append(items, nodeText(c))
			}
			switch c.DataAtom {
			case atom.H2, atom.H3, atom.H4, atom.Dt:
				sections = append(sections, nodeText(c))
			default:
				if n := len(sections); n > 0 && (c.Type == html.ElementNode || c.Type == html.TextNode) {
					sections[n-1] = strings.TrimSpace(sections[n-1] + "\n" + nodeText(c))
				}
			}
			if len(items) > maxEntries {
				return nil
			}
		}
		for _, entries := range [][]string{sections, items} {
			if areIncidents(entries, whole) {
				return entries
			}
		}
	}
	return nil
}

// hasChildren reports whether a node has n elements in it, not counting what lies in
// these.
func hasChildren(parent *html.Node, n int) bool {
	for c := range parent.ChildNodes() {
		if c.Type == html.ElementNode {
			n--
		}
		if n == 0 {
			return true
		}
	}
	return false
}

// areIncidents reports whether entries are each about something of their own, that
// happened at a date, and make up most of a page. The paragraphs of an article and the
// steps of one incident are not.
func areIncidents(entries []string, whole string) bool {
	if len(entries) < minEntries {
		return false
	}
	size, dated := 0, 0
	first := map[string]bool{}
	for _, text := range entries {
		if len(text) < minEntry || len(text) > maxEntry {
			return false
		}
		size += len(text)
		if dateInText.MatchString(text) && !startsDate.MatchString(text) {
			dated++
		}
		word, _, _ := strings.Cut(strings.TrimSpace(text), " ")
		if r := []rune(word); len(r) > 0 && unicode.IsUpper(r[0]) {
			first[word] = true
		}
	}
	n := float64(len(entries))
	return float64(size) >= minListShare*float64(len(whole)) && float64(dated) >= minDated*n && float64(len(first)) >= minDistinct*n
}
