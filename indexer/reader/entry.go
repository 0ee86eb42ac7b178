package reader

import (
	"cmp"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"

	"incidex/data"
)

// The limits of what a source says beside the text.
const (
	maxID    = 200  // bytes of an id
	maxTitle = 1000 // bytes of a title
	maxTags  = 100  // tags of an article
	maxTag   = 100  // bytes of a tag
)

// properties are the keys of an article, each with the other keys that are taken
// for it, best first. Claims stand under the names of their fields, and nothing
// else: words such as "type" or "data" mean too much in foreign files.
var properties = [][]string{
	{"id", "_id", "uid"},
	{"title", "headline"},
	{"text", "body", "content", "article", "article_text", "full_text", "article_body", "content_text", "content_html"},
	{"summary", "description", "excerpt", "snippet", "abstract"},
	{"publisher", "source", "source_name", "site_name", "outlet", "publication"},
	{"source_kind"},
	{"date", "published", "published_at", "published_date", "publish_date", "publication_date", "date_published", "pub_date", "timestamp"},
	{"url", "link", "canonical_url", "source_url"},
	{"language", "lang", "in_language"},
	{"tags", "tag", "labels", "keywords", "categories"},
	{"given"},
}

// keys maps a folded key to ours and its rank, the best being 0.
var keys = func() map[string]key {
	m := map[string]key{}
	for _, names := range properties {
		for rank, name := range names {
			m[foldKey(name)] = key{names[0], rank}
		}
	}
	for _, f := range data.Fields {
		m[foldKey(string(f.Field))] = key{string(f.Field), 0}
	}
	return m
}()

type key struct {
	name string
	rank int
}

var joints = strings.NewReplacer("_", "", "-", "", " ", "")

func foldKey(s string) string { return strings.ToLower(joints.Replace(strings.TrimSpace(s))) }

// ours returns our key for a foreign one. One of the user's map comes first.
func (o Options) ours(foreign string) (key, bool) {
	for from, to := range o.Map {
		if foldKey(from) == foldKey(foreign) {
			if k, ok := keys[foldKey(to)]; ok {
				return key{k.name, -1}, true
			}
			return key{}, false
		}
	}
	k, ok := keys[foldKey(foreign)]
	return k, ok
}

// entry is an article in the making.
type entry struct {
	article  data.Article
	summary  string
	ignored  []string
	problems []string // what is wrong with its keys
	written  string   // the date as the source has it
	language string   // as the source has it, with its region
}

func (e *entry) problem(reason string) { e.problems = append(e.problems, reason) }

// set takes over what an object of JSON, YAML or CSV says. What it says replaces
// what the entry has; claims of a field replace the field's claims.
func (e *entry) set(m map[string]any, opts Options) {
	type pair struct {
		key
		foreign string
		value   any
	}
	var pairs []pair
	for foreign, value := range m {
		if k, ok := opts.ours(foreign); ok {
			pairs = append(pairs, pair{k, foreign, value})
		} else {
			e.ignored = append(e.ignored, foreign)
		}
	}
	slices.SortFunc(pairs, func(a, b pair) int {
		return cmp.Or(cmp.Compare(a.name, b.name), cmp.Compare(a.rank, b.rank), cmp.Compare(a.foreign, b.foreign))
	})
	last := ""
	for _, p := range pairs {
		if empty(p.value) {
			continue
		}
		if p.name == last {
			e.ignored = append(e.ignored, p.foreign)
			continue
		}
		last = p.name
		e.setKey(p.name, p.value)
	}
}

func empty(v any) bool {
	s, ok := scalar(v)
	return ok && strings.TrimSpace(s) == ""
}

func (e *entry) setKey(name string, value any) {
	a := &e.article
	if f := data.Field(name); f.Order() < len(data.Fields) {
		claims, err := Given(f, value)
		if err != nil {
			e.problem(err.Error())
		}
		e.give(f, claims)
		return
	}
	switch name {
	case "tags":
		a.Tags = tagList(value)
		return
	case "given":
		e.setGiven(value)
		return
	}
	if m, ok := value.(map[string]any); ok { // {"name": "..."}
		value = m["name"]
	}
	s, ok := scalar(value)
	if !ok {
		e.problem(name + ": the value is no text")
		return
	}
	switch name {
	case "id":
		e.setID(s)
	case "title":
		a.Title = asGiven(s)
		if len(a.Title) > maxTitle || strings.ContainsFunc(a.Title, unicode.IsControl) {
			a.Title = cut(cleanLine(s), maxTitle)
		}
	case "text":
		a.Text = asGiven(s)
	case "summary":
		e.summary = asGiven(s)
	case "publisher":
		a.Publisher = cut(cleanLine(s), maxTitle)
	case "source_kind":
		kind := data.SourceKind(strings.ToLower(cleanLine(s)))
		if kind != data.Press && kind != data.Company && kind != data.Regulator {
			e.problem("source_kind: unknown value " + shorten(s) + ", want press, company or regulator")
			return
		}
		a.Kind = kind
	case "date":
		e.written = cleanLine(s)
		if a.Date, ok = parseDate(e.written); !ok {
			e.problem("date: cannot read " + shorten(s))
		}
	case "url":
		if a.URL, ok = webAddress(s); !ok {
			e.problem("url: " + shorten(s) + " is no address of the web")
		}
	case "language":
		e.language = strings.TrimSpace(s)
		if a.Language, ok = languageCode(s); !ok {
			e.problem("language: cannot read " + shorten(s))
		}
	}
}

// give replaces the given claims of a field.
func (e *entry) give(f data.Field, claims []data.Claim) {
	e.article.Given = slices.DeleteFunc(e.article.Given, func(c data.Claim) bool { return c.Field == f })
	e.article.Given = append(e.article.Given, claims...)
}

// setGiven reads the list of claims that an Article has in JSON.
func (e *entry) setGiven(value any) {
	list, ok := value.([]any)
	if !ok {
		e.problem("given: want a list of claims")
		return
	}
	byField := map[data.Field][]any{}
	for _, v := range list {
		m, _ := v.(map[string]any)
		name, _ := m["field"].(string)
		f := data.Field(name)
		if f.Order() == len(data.Fields) {
			e.problem("given: unknown field " + shorten(name))
			continue
		}
		byField[f] = append(byField[f], v)
	}
	for _, f := range data.Fields {
		if values, ok := byField[f.Field]; ok {
			e.setKey(string(f.Field), values)
		}
	}
}

func (e *entry) setID(s string) {
	s = strings.TrimSpace(s)
	if len(s) > maxID || !utf8.ValidString(s) || strings.ContainsFunc(s, unicode.IsControl) {
		e.problem("id: " + shorten(repair(s)) + " is too long or has control characters")
		return
	}
	if s == "." || s == ".." { // a browser takes it for a step in a path
		e.problem("id: " + s + " cannot be a part of an address")
		return
	}
	e.article.ID = s
}

// asGiven leaves normalized text as it is, because spans made elsewhere count in it.
func asGiven(s string) string {
	if utf8.ValidString(s) && norm.NFC.IsNormalString(s) {
		return strings.ReplaceAll(s, "\x00", " ")
	}
	return clean(s)
}

// tagList reads a list of tags, or a text with commas or semicolons.
func tagList(value any) []string {
	list, ok := value.([]any)
	if s, isText := value.(string); isText {
		for part := range strings.FieldsFuncSeq(s, func(r rune) bool { return strings.ContainsRune(",;|", r) }) {
			list = append(list, part)
		}
	} else if !ok {
		list = []any{value}
	}
	var out []string
	for _, v := range list {
		s, _ := scalar(v)
		if s = strings.TrimLeft(cleanLine(s), "#"); s != "" && len(s) <= maxTag && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out[:min(len(out), maxTags)]
}

// cut shortens a text at a space, and marks it.
func cut(s string, most int) string {
	if len(s) <= most {
		return s
	}
	s = s[:most-len("…")]
	if i := strings.LastIndexByte(s, ' '); i > most/2 {
		s = s[:i]
	}
	return strings.ToValidUTF8(s, "") + "…"
}

// webAddress returns an address of the web, which can be followed safely. One
// that starts with www. has lost its scheme.
func webAddress(s string) (string, bool) {
	if s = strings.TrimSpace(s); strings.HasPrefix(s, "www.") {
		s = "https://" + s
	}
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return "", false
	}
	return u.String(), true
}

// languageCode returns the primary subtag of a language tag or an English name.
func languageCode(s string) (string, bool) {
	s = strings.ToLower(strings.TrimSpace(s))
	if code, ok := languageNames[s]; ok {
		return code, true
	}
	tag, err := language.Parse(s)
	if err != nil {
		return "", false
	}
	base, confidence := tag.Base()
	return base.String(), confidence != language.No
}

var languageNames = map[string]string{
	"chinese": "zh", "dutch": "nl", "english": "en", "french": "fr", "german": "de", "italian": "it",
	"japanese": "ja", "polish": "pl", "portuguese": "pt", "russian": "ru", "spanish": "es", "swedish": "sv",
}
