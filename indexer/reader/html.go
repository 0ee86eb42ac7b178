package reader

import (
	"encoding/json"
	"strings"

	"codeberg.org/readeck/go-readability"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"
)

// minReadable is the number of bytes under which what readability found is not
// believed if the whole page has more.
const minReadable = 250

// readHTML reads a web page: the text without what surrounds it, and what the
// page says of itself in JSON-LD, in its metadata and in its head, in this order.
func readHTML(s *source) {
	b, ok := s.all(MaxItem)
	if !ok {
		return
	}
	_, declared, _ := charset.DetermineEncoding(b, "")
	e, err := parsePage(decode(b, declared), s.opts)
	if err != nil {
		s.fail(0, "html: %v", err)
		return
	}
	if e.article.Title == "" {
		e.article.Title = s.baseName()
	}
	s.emit(e, 0)
}

func parsePage(page string, opts Options) (entry, error) {
	var e entry
	err := safely(func() error {
		doc, err := html.Parse(strings.NewReader(page))
		if err != nil {
			return err
		}
		meta := pageMeta(doc)
		body, _ := meta["text"].(string)
		delete(meta, "text")
		e.set(meta, opts)
		e.ignored = nil
		whole := nodeText(find(doc, atom.Body))
		var readable string
		safely(func() error { // a page that it cannot read is read whole
			article, err := readability.FromDocument(doc, nil)
			if err == nil && article.Node != nil {
				readable = nodeText(article.Node)
			}
			if e.article.Title == "" {
				e.article.Title = cleanLine(article.Title)
			}
			return err
		})
		switch {
		case len(readable) >= minReadable || len(readable) > len(whole)/2:
			e.article.Text = readable
		case len(clean(body)) > len(readable):
			e.article.Text = clean(body)
		default:
			e.article.Text = whole
		}
		if first, rest, ok := strings.Cut(e.article.Text, "\n"); ok && cleanLine(first) == e.article.Title {
			e.article.Text = strings.TrimSpace(rest)
		}
		return nil
	})
	return e, err
}

// metaKeys are our keys of what a head says, best first.
var metaKeys = map[string][]string{
	"title":     {"og:title", "twitter:title", "dc.title"},
	"publisher": {"og:site_name", "application-name", "dc.publisher", "author"},
	"date":      {"article:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "pubdate", "publishdate", "parsely-pub-date"},
	"url":       {"canonical", "og:url"},
	"language":  {"lang", "og:locale", "content-language"},
	"tags":      {"news_keywords", "keywords"},
}

// pageMeta returns what a page says of itself, under our keys.
func pageMeta(doc *html.Node) map[string]any {
	said := map[string]string{}
	out := map[string]any{}
	var tags []any
	var visit func(*html.Node)
	visit = func(n *html.Node) {
		switch n.DataAtom {
		case atom.Meta:
			name := strings.ToLower(attribute(n, "property") + attribute(n, "name") + attribute(n, "itemprop") + attribute(n, "http-equiv"))
			if name == "article:tag" {
				tags = append(tags, attribute(n, "content"))
			}
			if said[name] == "" {
				said[name] = attribute(n, "content")
			}
		case atom.Link:
			if attribute(n, "rel") == "canonical" {
				said["canonical"] = attribute(n, "href")
			}
		case atom.Html:
			said["lang"] = attribute(n, "lang")
		case atom.Time:
			if said["datepublished"] == "" {
				said["datepublished"] = attribute(n, "datetime")
			}
		case atom.Script:
			if attribute(n, "type") == "application/ld+json" && n.FirstChild != nil {
				linkedData(n.FirstChild.Data, out)
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			visit(c)
		}
	}
	visit(doc)
	if len(tags) > 0 && out["tags"] == nil {
		out["tags"] = tags
	}
	for ours, names := range metaKeys {
		for _, name := range names {
			value := strings.ReplaceAll(said[name], "_", "-") // en_GB
			if ours != "language" {
				value = said[name]
			}
			if out[ours] == nil && believable(ours, value) {
				out[ours] = value
			}
		}
	}
	return out
}

// believable leaves out what a page says but no reader could use.
func believable(key, value string) bool {
	ok := strings.TrimSpace(value) != ""
	switch key {
	case "date":
		_, ok = parseDate(cleanLine(value))
	case "url":
		_, ok = webAddress(value)
	case "language":
		_, ok = languageCode(value)
	}
	return ok
}

// linkedData takes the article out of a script of JSON-LD.
func linkedData(script string, out map[string]any) {
	var v any
	if json.Unmarshal([]byte(script), &v) != nil {
		return
	}
	list, ok := v.([]any)
	if !ok {
		list = []any{v}
	}
	for _, v := range list {
		m, _ := v.(map[string]any)
		if graph, ok := m["@graph"].([]any); ok {
			list = append(list, graph...)
		}
	}
	for _, v := range list {
		m, _ := v.(map[string]any)
		if !isArticle(m["@type"]) {
			continue
		}
		for ours, theirs := range map[string]string{
			"title": "headline", "date": "datePublished", "url": "url", "language": "inLanguage", "tags": "keywords",
			"publisher": "publisher", "text": "articleBody",
		} {
			value := m[theirs]
			if object, ok := value.(map[string]any); ok {
				value = object["name"]
			}
			text, isText := value.(string)
			_, isList := value.([]any)
			if out[ours] == nil && (isText && believable(ours, text) || ours == "tags" && isList) {
				out[ours] = value
			}
		}
	}
}

// isArticle reports whether a type of JSON-LD is a kind of article.
func isArticle(v any) bool {
	if list, ok := v.([]any); ok && len(list) > 0 {
		v = list[0]
	}
	name, _ := v.(string)
	return strings.HasSuffix(name, "Article") || name == "BlogPosting" || name == "Report"
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if strings.EqualFold(a.Key, name) {
			return strings.TrimSpace(a.Val)
		}
	}
	return ""
}

// find returns the first element of a kind, nil if there is none.
func find(n *html.Node, kind atom.Atom) *html.Node {
	for d := range n.Descendants() {
		if d.DataAtom == kind {
			return d
		}
	}
	return nil
}

// nodeText returns the clean text of a node, blocks on lines of their own and an
// empty line between paragraphs.
func nodeText(n *html.Node) string {
	if n == nil {
		return ""
	}
	var b strings.Builder
	writeText(&b, n)
	lines := strings.Split(b.String(), "\n")
	for i, line := range lines {
		lines[i] = strings.Join(strings.Fields(line), " ")
	}
	return clean(strings.Join(lines, "\n"))
}

func writeText(b *strings.Builder, n *html.Node) {
	switch n.Type {
	case html.TextNode:
		text := strings.Join(strings.Fields(n.Data), " ")
		if text == "" || startsWithSpace(n.Data) {
			b.WriteByte(' ')
		}
		b.WriteString(text)
		if text != "" && startsWithSpace(n.Data[len(n.Data)-1:]) {
			b.WriteByte(' ')
		}
		return
	case html.ElementNode, html.DocumentNode:
	default:
		return
	}
	around := ""
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Head, atom.Svg, atom.Nav, atom.Iframe,
		atom.Button, atom.Select, atom.Textarea, atom.Input, atom.Audio, atom.Video, atom.Object:
		return
	case atom.Br, atom.Li, atom.Tr, atom.Dt, atom.Dd:
		b.WriteByte('\n')
	case atom.Td, atom.Th:
		b.WriteByte(' ')
	case atom.P, atom.Div, atom.Section, atom.Article, atom.Main, atom.Header, atom.Footer, atom.Aside, atom.Blockquote,
		atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Pre, atom.Ul, atom.Ol, atom.Dl, atom.Table,
		atom.Figure, atom.Figcaption, atom.Hr, atom.Form, atom.Address:
		around = "\n"
	}
	b.WriteString(around)
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		writeText(b, c)
	}
	b.WriteString(around)
}

func startsWithSpace(s string) bool { return s != "" && strings.IndexByte(" \t\r\n\f", s[0]) >= 0 }

// fragmentText returns the text of a piece of HTML, as feeds and mails have it.
func fragmentText(s string) string {
	if !strings.ContainsAny(s, "<&") {
		return clean(s)
	}
	var out string
	if err := safely(func() error {
		doc, err := html.Parse(strings.NewReader(s))
		if err == nil {
			out = nodeText(find(doc, atom.Body))
		}
		return err
	}); err != nil {
		return clean(s)
	}
	return out
}
