package reader

import (
	"context"
	"encoding/xml"
	"io"
	"regexp"
	"strings"
)

// feedItem is an entry of a feed. RSS 0.9 to 2.0, RDF and Atom differ in names only.
type feedItem struct {
	Parts []feedPart `xml:",any"`
}

// feedPart is an element of an entry or of the head of a feed.
type feedPart struct {
	XMLName xml.Name
	Attr    []xml.Attr `xml:",any,attr"`
	Text    string     `xml:",chardata"`
	Inner   string     `xml:",innerxml"`
}

// attr returns an attribute of an element, "" when it has none.
func attr(list []xml.Attr, name string) string {
	for _, a := range list {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// readFeed reads the entries of a feed. The title of the feed is the publisher.
func readFeed(s *source) {
	b, ok := s.all(MaxFile)
	if !ok {
		return
	}
	d := xml.NewDecoder(strings.NewReader(decode(b, xmlEncoding(b))))
	d.Strict, d.Entity = false, xml.HTMLEntity
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // decoded already
	feed := false
	var publisher, language string
	for n := 0; ; {
		token, err := d.Token()
		if err == io.EOF {
			if !feed {
				s.fail(0, "no RSS or Atom feed")
			}
			return
		}
		if err != nil {
			s.fail(n, "feed: %v", err)
			return
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		if !feed {
			switch strings.ToLower(start.Name.Local) {
			case "rss", "feed", "rdf":
				feed = true
				language = attr(start.Attr, "lang")
				continue
			}
			s.fail(0, "no RSS or Atom feed: the root is %s", shorten(start.Name.Local))
			return
		}
		switch name := start.Name.Local; name {
		case "channel":
			continue
		case "item", "entry":
			n++
			var x feedItem
			if err := d.DecodeElement(&x, &start); err != nil {
				s.fail(n, "feed: %v", err)
				return
			}
			e := feedEntry(s, x, publisher, language)
			if !s.emit(e, n) {
				return
			}
		default:
			var x feedPart
			if err := d.DecodeElement(&x, &start); err != nil {
				s.fail(n, "feed: %v", err)
				return
			}
			if name == "title" && publisher == "" {
				publisher = fragmentText(s.ctx, x.Text)
			}
			if name == "language" && language == "" {
				language = x.Text
			}
		}
	}
}

// feedKeys are our keys of the elements of an entry, each best first. The text is
// the longest that there is.
var feedKeys = map[string][]string{
	"title": {"title"},
	"date":  {"pubDate", "published", "date", "issued", "updated", "modified"},
	"url":   {"origLink", "link", "guid"},
	"text":  {"encoded", "content", "description", "summary"},
}

func feedEntry(s *source, x feedItem, publisher, language string) entry {
	m := map[string]any{"publisher": publisher}
	var tags []any
	byName := map[string][]feedPart{}
	for _, c := range x.Parts {
		byName[c.XMLName.Local] = append(byName[c.XMLName.Local], c)
		switch c.XMLName.Local {
		case "category":
			if tag := c.Text + attr(c.Attr, "term"); strings.TrimSpace(tag) != "" {
				tags = append(tags, fragmentText(s.ctx, tag))
			}
		case "source":
			if name := strings.TrimSpace(c.Text); name != "" {
				m["publisher"] = name
			}
		}
	}
	if len(tags) > 0 {
		m["tags"] = tags
	}
	if believable("language", language) {
		m["language"] = language
	}
	for ours, names := range feedKeys {
		for _, name := range names {
			for _, c := range byName[name] {
				value := c.value(s.ctx, ours)
				old, _ := m[ours].(string)
				if believable(ours, value) && (old == "" || ours == "text" && len(value) > len(old)) {
					m[ours] = value
				}
			}
		}
	}
	var e entry
	e.set(m, s.opts)
	if e.article.Text == "" {
		e.article.Text = e.article.Title
	}
	return e
}

// value returns what an element of an entry says for one of our keys.
func (x feedPart) value(ctx context.Context, key string) string {
	if key == "url" {
		href := attr(x.Attr, "href")
		if rel := attr(x.Attr, "rel"); rel != "" && rel != "alternate" {
			return ""
		}
		return strings.TrimSpace(x.Text + href)
	}
	if key == "date" {
		return x.Text
	}
	text := x.Text
	if attr(x.Attr, "type") == "xhtml" {
		text = x.Inner
	}
	if text = fragmentText(ctx, unwrap(text)); key == "title" {
		return cleanLine(text)
	}
	if escapedTag.MatchString(text) { // escaped once more than it should be
		text = fragmentText(ctx, unwrap(text))
	}
	return text
}

// escapedTag finds the tag of a paragraph or a link in what should be text.
var escapedTag = regexp.MustCompile(`(?i)</(?:p|a|div|li|strong|em|b|i|h[1-6])>|<br ?/?>|<!\[CDATA\[`)

// unwrap takes off the mark of text that is to be taken as it stands, where a feed has
// escaped the mark itself.
func unwrap(s string) string {
	inner, ok := strings.CutPrefix(strings.TrimSpace(s), "<![CDATA[")
	if !ok {
		return s
	}
	return strings.TrimSuffix(inner, "]]>")
}

var encodingPattern = regexp.MustCompile(`^<\?xml[^>]*encoding=["']([\w.:-]+)["']`)

// xmlEncoding is the character set that the first line of an XML file names.
func xmlEncoding(b []byte) string {
	m := encodingPattern.FindSubmatch(b[:min(len(b), 200)])
	if m == nil {
		return ""
	}
	return string(m[1])
}
