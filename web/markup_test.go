package web

import (
	"html/template"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/google/go-cmp/cmp"
)

// plainMarkup is what markup writes, as templates.
var plainMarkup = template.Must(template.New("").Funcs(template.FuncMap{"plural": plural}).Parse(`
{{define "segments"}}{{range .}}{{if .Mark}}<mark>{{.Text}}</mark>{{else}}{{.Text}}{{end}}{{end}}{{end}}

{{define "chip"}}
      <li>{{if .Href}}<a class="chip {{.Class}}" href="{{.Href}}" title="{{.Field}}: {{.Label}}">{{else}}<span class="chip {{.Class}}">{{end}}<span class="sr">{{.Field}}: </span><bdi>{{.Label}}</bdi>{{if .Href}}</a>{{else}}</span>{{end}}</li>{{end}}

{{define "value"}}
    <li class="{{if .Selected}}on{{end}}{{if .Excluded}} off{{end}}{{if not .Articles}} none{{end}}">
      <a class="value" href="{{.Toggle}}"{{if .Selected}} aria-current="true"{{end}} title="{{plural .Articles "article" "articles"}}, {{plural .Incidents "incident" "incidents"}}"><span class="box" aria-hidden="true"></span><span class="label" dir="auto">{{if .Excluded}}<span class="sr">not </span>{{end}}{{.Label}}</span><span class="n">{{.Articles}}</span><span class="n i">{{.Incidents}}</span><svg class="bar" width="100%" height="2" aria-hidden="true"><rect width="{{.Share}}%" height="2"/></svg></a>
      {{if not .Selected}}<a class="not" href="{{.Exclude}}" title="{{if .Excluded}}Allow{{else}}Exclude{{end}} {{.Label}}" aria-label="{{if .Excluded}}Allow{{else}}Exclude{{end}} {{.Label}}">{{if .Excluded}}+{{else}}−{{end}}</a>{{end}}
    </li>{{end}}
`))

// harmful are texts that would do harm where they were not escaped.
var harmful = []string{
	"", "Ransomware", `"><script>alert(1)</script>`, "' onmouseover='x", "&amp;&#34;", "a+b=c", "null \x00 byte", "Zürich 株式会社", "`=${x}`",
}

func TestMarkupIsThatOfTemplates(t *testing.T) {
	check := func(name string, data any, write func(m *markup)) {
		t.Helper()
		var want strings.Builder
		if err := plainMarkup.ExecuteTemplate(&want, name, data); err != nil {
			t.Fatal(err)
		}
		var m markup
		write(&m)
		if diff := cmp.Diff(tokens(want.String()), tokens(string(m.html()))); diff != "" {
			t.Errorf("%s of %+v (-want +got):\n%s", name, data, diff)
		}
	}
	for i, a := range harmful {
		b := harmful[(i+1)%len(harmful)]
		href := address("/", []Param{{"q", a}, {"f", "victim:" + b}})
		list := []Segment{{a, false}, {b, true}, {a, true}}
		check("segments", list, func(m *markup) { m.segments(list) })
		for _, c := range []chip{
			{Field: a, Label: b, Href: href, Class: "who"}, {Field: a, Label: b}, {Field: b, Label: a, Class: a + " on", Href: "/"},
		} {
			check("chip", c, func(m *markup) { m.chip(c) })
		}
		for n := range 8 {
			v := valueView{
				Label: a, Articles: n * 1234, Incidents: n, Selected: n&1 != 0, Excluded: n&2 != 0, Share: float64(n) * 12.3, Toggle: href, Exclude: "/?f=-" + href[1:],
			}
			check("value", v, func(m *markup) { m.value(v) })
		}
	}
}

// tokens are the tags, attributes and texts of HTML, as a browser reads them.
func tokens(text string) []string {
	var out []string
	z := html.NewTokenizer(strings.NewReader(text))
	for z.Next() != html.ErrorToken {
		token := z.Token()
		out = append(out, token.Type.String()+" "+token.Data)
		for _, a := range token.Attr {
			if value, err := url.QueryUnescape(a.Val); err == nil && a.Key == "href" {
				a.Val = value // templates escape more of an address
			}
			out = append(out, a.Key+"="+a.Val)
		}
	}
	return out
}

func TestMarkupLinksOnlyToThisSite(t *testing.T) {
	for address, want := range map[string]string{
		"/?q=a&b":             ` href="/?q=a&amp;b"`,
		"/incidents/a%22":     ` href="/incidents/a%22"`,
		"javascript:alert(1)": ` href="/"`,
		"//other.example/":    ` href="/"`,
		`/\other.example/`:    ` href="/"`,
		"":                    ` href="/"`,
	} {
		var m markup
		m.href(address)
		if got := string(m.html()); got != want {
			t.Errorf("href(%q) is %s, want %s", address, got, want)
		}
	}
}

func TestAddressIsReadable(t *testing.T) {
	readable := strings.NewReplacer("%3A", ":", "%2C", ",", "%2F", "/", "%5B", "[", "%5D", "]", "%28", "(", "%29", ")", "%2A", "*")
	for _, s := range append(harmful, "attack:Phishing, [x]/~y_z-.", "100%", "\xff?#") {
		if diff := cmp.Diff(readable.Replace(url.QueryEscape(s)), string(appendQuery(nil, s))); diff != "" {
			t.Errorf("query of %q (-want +got):\n%s", s, diff)
		}
	}
}
