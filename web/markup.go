package web

import (
	"html/template"
	"strconv"
)

// A search page has hundreds of values, facts and marked words, and a template
// takes longer for these than the search did. So they are written here: what the
// templates would make of them, tested against such templates.

// markup is HTML in the making. Only constants get into it as they are.
type markup []byte

// literal is a constant of the program. No other string must be converted to it.
type literal string

func (m *markup) put(s literal) { *m = append(*m, s...) }

// text adds a text, or the value of an attribute in double quotes.
func (m *markup) text(s string) {
	b := *m
	from := 0
	for i := range len(s) {
		var to string
		switch s[i] {
		case '&':
			to = "&amp;"
		case '<':
			to = "&lt;"
		case '>':
			to = "&gt;"
		case '"':
			to = "&#34;"
		case '\'':
			to = "&#39;"
		case 0:
			to = "\uFFFD"
		default:
			continue
		}
		b = append(append(b, s[from:i]...), to...)
		from = i + 1
	}
	*m = append(b, s[from:]...)
}

// href adds the attribute of a link to a page of this site: any other address, which
// might be a script, becomes one to the start page.
func (m *markup) href(address string) {
	if address == "" || address[0] != '/' || len(address) > 1 && (address[1] == '/' || address[1] == '\\') {
		address = "/"
	}
	m.put(` href="`)
	m.text(address)
	m.put(`"`)
}

func (m *markup) number(n int) { *m = strconv.AppendInt(*m, int64(n), 10) }

func (m *markup) html() template.HTML { return template.HTML(*m) }

// segments adds a text with its marks.
func (m *markup) segments(list []Segment) {
	for _, s := range list {
		if s.Mark {
			m.put("<mark>")
		}
		m.text(s.Text)
		if s.Mark {
			m.put("</mark>")
		}
	}
}

// chip adds a value of a field as an item of a list.
func (m *markup) chip(c chip) {
	m.put("\n      <li>")
	tag := literal("span")
	if c.Href != "" {
		tag = "a"
	}
	m.put("<" + tag + ` class="chip `)
	m.text(c.Class)
	m.put(`"`)
	if c.Href != "" {
		m.href(c.Href)
		m.put(` title="`)
		m.text(c.Field)
		m.put(": ")
		m.text(c.Label)
		m.put(`"`)
	}
	m.put(`><span class="sr">`)
	m.text(c.Field)
	m.put(": </span><bdi>")
	m.text(c.Label)
	m.put("</bdi></" + tag + "></li>")
}

// value adds a value of a facet as an item of a list.
func (m *markup) value(v valueView) {
	m.put("\n    <li class=\"")
	if v.Selected {
		m.put("on")
	}
	if v.Excluded {
		m.put(" off")
	}
	if v.Articles == 0 {
		m.put(" none")
	}
	m.put("\">\n      <a class=\"value\"")
	m.href(v.Toggle)
	if v.Selected {
		m.put(` aria-current="true"`)
	}
	m.put(` title="`)
	m.text(plural(v.Articles, "article", "articles"))
	m.put(", ")
	m.text(plural(v.Incidents, "incident", "incidents"))
	m.put(`"><span class="box" aria-hidden="true"></span><span class="label" dir="auto">`)
	if v.Excluded {
		m.put(`<span class="sr">not </span>`)
	}
	m.text(v.Label)
	m.put(`</span><span class="n">`)
	m.number(v.Articles)
	m.put(`</span><span class="n i">`)
	m.number(v.Incidents)
	m.put(`</span><svg class="bar" width="100%" height="2" aria-hidden="true"><rect width="`)
	*m = strconv.AppendFloat(*m, v.Share, 'g', -1, 64)
	m.put("%\" height=\"2\"/></svg></a>\n      ")
	if !v.Selected {
		verb, sign := literal("Exclude "), literal("−")
		if v.Excluded {
			verb, sign = "Allow ", "+"
		}
		m.put(`<a class="not"`)
		m.href(v.Exclude)
		m.put(` title="` + verb)
		m.text(v.Label)
		m.put(`" aria-label="` + verb)
		m.text(v.Label)
		m.put(`">` + sign + "</a>")
	}
	m.put("\n    </li>")
}
