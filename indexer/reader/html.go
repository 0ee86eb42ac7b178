package reader

import (
	"context"
	"encoding/json"
	"errors"
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
	e, err := parsePage(s.ctx, decode(b, declared), s.opts)
	if err != nil {
		s.fail(0, "html: %v", err)
		return
	}
	if e.article.Title == "" {
		e.article.Title = s.baseName()
	}
	s.emit(e, 0)
}

func parsePage(ctx context.Context, page string, opts Options) (entry, error) {
	doc, err := parseTree(ctx, page)
	if errors.Is(err, errHeavy) {
		return heavyPage(ctx, page, opts)
	}
	var e entry
	if err != nil {
		return e, err
	}
	meta := pageMeta(doc)
	body, _ := meta["text"].(string)
	delete(meta, "text")
	e.set(meta, opts)
	e.ignored = nil
	whole := nodeText(find(doc, atom.Body))
	var readable string
	_ = safely(func() error { // a page that it cannot read is read whole
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
	return e, nil
}

// heavyPage reads a page of which no tree is made: what its head says, and all words.
func heavyPage(ctx context.Context, page string, opts Options) (entry, error) {
	var e entry
	head, err := headOf(ctx, page)
	if err != nil {
		return e, err
	}
	meta := pageMeta(head)
	delete(meta, "text")
	e.set(meta, opts)
	e.ignored = nil
	e.problem(errHeavy.Error())
	if title := find(head, atom.Title); title != nil && e.article.Title == "" {
		e.article.Title = nodeText(title)
	}
	e.article.Text = tokenText(ctx, page)
	return e, nil
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
