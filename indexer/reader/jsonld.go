package reader

import (
	"encoding/json"
	"strings"
)

// linkedKeys are the properties of schema.org that are ours.
var linkedKeys = map[string][]string{
	"title": {"headline", "name"}, "date": {"datePublished", "dateCreated", "uploadDate"}, "url": {"url"}, "language": {"inLanguage"},
	"tags": {"keywords"}, "publisher": {"publisher", "sourceOrganization", "provider"}, "text": {"articleBody", "text"},
}

// maxLinked is the most objects of a script that are looked at.
const maxLinked = 1000

// linkedData takes the article out of a script of JSON-LD: an object, a list of them, or
// a graph, where it may be what the page is about.
func linkedData(script string, out map[string]any) {
	list := linkedObjects(script)
	for i := 0; i < len(list) && len(list) < maxLinked; i++ {
		m, _ := list[i].(map[string]any)
		for _, key := range []string{"@graph", "mainEntity", "mainEntityOfPage"} {
			switch inner := m[key].(type) {
			case []any:
				list = append(list, inner...)
			case map[string]any:
				list = append(list, inner)
			}
		}
	}
	for _, v := range list {
		m, _ := v.(map[string]any)
		if !isArticle(m["@type"]) {
			continue
		}
		for ours, names := range linkedKeys {
			for _, name := range names {
				value := linkedValue(m[name], ours == "tags")
				text, isText := value.(string)
				_, isList := value.([]any)
				if out[ours] == nil && (isText && believable(ours, text) || isList) {
					out[ours] = value
				}
			}
		}
	}
}

// linkedObjects reads a script. What pages often do wrong is put right: a line feed in
// a text, a comment around all, a semicolon behind it, several objects in a row.
func linkedObjects(script string) []any {
	script = strings.TrimSpace(script)
	for _, mark := range []string{"<!--", "//<![CDATA[", "/*<![CDATA[*/", "<![CDATA["} {
		script = strings.TrimSpace(strings.TrimPrefix(script, mark))
	}
	d := json.NewDecoder(strings.NewReader(strings.Map(func(r rune) rune {
		if r < ' ' {
			return ' '
		}
		return r
	}, script)))
	var list []any
	for len(list) < maxLinked {
		var v any
		if d.Decode(&v) != nil {
			break
		}
		if inner, ok := v.([]any); ok {
			list = append(list, inner...)
		} else {
			list = append(list, v)
		}
	}
	return list
}

// linkedValue is the text of a value that may be an object or a list of several, nil
// for none. A list stays one where that is wanted.
func linkedValue(v any, many bool) any {
	switch v := v.(type) {
	case string:
		return v
	case []any:
		if len(v) == 0 {
			return nil
		}
		if many {
			return v
		}
		return linkedValue(v[0], false)
	case map[string]any:
		for _, key := range []string{"name", "@value"} {
			if s, ok := v[key].(string); ok {
				return s
			}
		}
	}
	return nil
}

// isArticle reports whether a type of JSON-LD is a kind of article.
func isArticle(v any) bool {
	list, ok := v.([]any)
	if !ok {
		list = []any{v}
	}
	for _, v := range list {
		name, _ := v.(string)
		name = name[strings.LastIndexAny(name, "/:")+1:]
		if strings.HasSuffix(name, "Article") || strings.HasSuffix(name, "BlogPosting") || name == "Report" {
			return true
		}
	}
	return false
}
