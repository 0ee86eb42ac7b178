package reader

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// metaKeys are our keys of what a page says of itself, best first.
var metaKeys = map[string][]string{
	"title":     {"og:title", "twitter:title", "dc.title"},
	"publisher": {"og:site_name", "application-name", "dc.publisher", "author"},
	"date": {
		"article:published_time", "datepublished", "og:published_time", "article:published", "article.published", "published_time",
		"date", "dc.date", "dc.date.issued", "dc.date.created", "dcterms.issued", "dcterms.date", "dcterms.created",
		"pubdate", "publishdate", "publish_date", "publish-date", "publication_date", "published_at", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime",
		"datecreated", "time", "timetext", "datemodified", "article:modified_time",
	},
	"url":      {"canonical", "og:url"},
	"language": {"lang", "og:locale", "content-language"},
	"tags":     {"news_keywords", "keywords"},
}

// metaKeyOf is the reverse of metaKeys.
var metaKeyOf = func() map[string]string {
	out := map[string]string{}
	for ours, names := range metaKeys {
		for _, name := range names {
			out[name] = ours
		}
	}
	return out
}()

// pageMeta returns what a page says of itself, under our keys.
func pageMeta(doc *html.Node) map[string]any {
	said := map[string]string{}
	out := map[string]any{}
	var tags []any
	say := func(name, value string) {
		name = strings.ToLower(name)
		if key, ok := metaKeyOf[name]; ok && said[name] == "" && believable(key, value) {
			said[name] = value
		}
	}
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if prop := attribute(n, "itemprop"); prop != "" && n.DataAtom != atom.Meta {
			value := attribute(n, "datetime")
			if value == "" {
				value = attribute(n, "content")
			}
			if value == "" && strings.HasPrefix(strings.ToLower(prop), "date") {
				value = nodeText(n)
			}
			if strings.HasPrefix(strings.ToLower(prop), "date") { // a headline may be that of a box beside the article
				say(prop, value)
			}
		}
		switch n.DataAtom {
		case atom.Meta:
			for _, kind := range []string{"property", "name", "itemprop", "http-equiv"} {
				name := attribute(n, kind)
				if strings.EqualFold(name, "article:tag") {
					tags = append(tags, attribute(n, "content"))
				}
				say(name, attribute(n, "content"))
			}
		case atom.Link:
			if attribute(n, "rel") == "canonical" {
				say("canonical", attribute(n, "href"))
			}
		case atom.Html:
			say("lang", attribute(n, "lang"))
		case atom.Time:
			say("time", attribute(n, "datetime"))
			say("timetext", nodeText(n))
		case atom.Script:
			if strings.HasPrefix(strings.ToLower(attribute(n, "type")), "application/ld+json") && n.FirstChild != nil {
				linkedData(n.FirstChild.Data, out)
			}
		}
	}
	if len(tags) > 0 && out["tags"] == nil {
		out["tags"] = tags
	}
	for ours, names := range metaKeys {
		for _, name := range names {
			if out[ours] == nil && said[name] != "" {
				out[ours] = said[name]
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
		_, ok = languageCode(strings.ReplaceAll(value, "_", "-")) // en_GB
	}
	return ok
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
