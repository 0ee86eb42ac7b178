package query

import (
	"slices"
	"strings"

	"incidex/data"
)

// The searchable properties of an article that are not claims.
const (
	Title      data.Field = "title"
	Text       data.Field = "text"
	Publisher  data.Field = "publisher"
	SourceKind data.Field = "source_kind"
	Published  data.Field = "published"
	Language   data.Field = "language"
	Tag        data.Field = "tag"
	Incident   data.Field = "incident"
	ID         data.Field = "id"
	Path       data.Field = "path"
)

// Kind says what can be asked of a field.
type Kind int

// The kinds.
const (
	// FullText is searched by word and phrase.
	FullText Kind = iota
	// Keyword is one value as it stands: an id, a tag, a path.
	Keyword
	// Name is a proper name of an open vocabulary.
	Name
	// Code is a value of a closed vocabulary.
	Code
	// Number is a count or an amount and can be compared.
	Number
	// Date is a partial date and can be compared.
	Date
)

// Info describes a name that can stand before a colon.
type Info struct {
	Field data.Field
	Kind  Kind
	Label string
	// Aliases are other names, beside the label and its plural.
	Aliases []string
}

// Comparable reports whether the field has an order, for ranges.
func (i Info) Comparable() bool { return i.Kind == Number || i.Kind == Date }

// Fields are all names that can stand before a colon: the fields of claims in
// their order, then the properties of articles. The caller must not change them.
var Fields = slices.Concat(claimFields(), []Info{
	{Title, FullText, "Title", []string{"headline"}},
	{Text, FullText, "Text", []string{"body", "content"}},
	{Publisher, Keyword, "Publisher", []string{"source", "site"}},
	{SourceKind, Code, "Kind of source", nil},
	{Published, Date, "Published", []string{"date"}},
	{Language, Code, "Language", []string{"lang"}},
	{Tag, Keyword, "Tag", []string{"tags", "label", "labels"}},
	{Incident, Keyword, "Incident", []string{"incident_id"}},
	{ID, Keyword, "Article", []string{"article_id"}},
	{Path, Keyword, "Path", []string{"file", "folder"}},
})

func claimFields() []Info {
	kinds := map[data.Kind]Kind{data.Name: Name, data.Code: Code, data.Count: Number, data.Money: Number, data.When: Date}
	out := make([]Info, len(data.Fields))
	for i, f := range data.Fields {
		out[i] = Info{f.Field, kinds[f.Kind], f.Label, append([]string{f.Plural}, f.Aliases...)}
	}
	return out
}

// maxNameWords is the number of words of the longest name of a field.
const maxNameWords = 3

// names maps a folded name to its place in Fields. Names win over aliases, and
// aliases over labels.
var names = func() map[string]int {
	m := map[string]int{}
	add := func(s string, i int) {
		if _, ok := m[foldName(s)]; !ok {
			m[foldName(s)] = i
		}
	}
	for i, f := range Fields {
		add(string(f.Field), i)
	}
	for i, f := range Fields {
		for _, a := range f.Aliases {
			add(a, i)
		}
	}
	for i, f := range Fields {
		add(f.Label, i)
	}
	return m
}()

// Lookup finds a field by its name, an alias or its label, whatever the case and
// whether words are joined by hyphens, underscores, spaces or nothing.
func Lookup(name string) (Info, bool) {
	i, ok := names[foldName(name)]
	if !ok {
		return Info{}, false
	}
	return Fields[i], true
}

var joints = strings.NewReplacer("-", "", "_", "", " ", "")

func foldName(s string) string { return strings.ToLower(joints.Replace(s)) }

// isText reports whether a field is searched by word.
func isText(f data.Field) bool { return f == Title || f == Text }

// keywords are the names before a colon that are no fields.
const (
	hasKeyword     = "has"
	missingKeyword = "missing"
	levelKeyword   = "level"
)

func isKeyword(name string) bool {
	switch strings.ToLower(name) {
	case hasKeyword, missingKeyword, levelKeyword:
		return true
	}
	return false
}

// languages are the names that a person may write for a language's code.
var languages = map[string]string{
	"arabic": "ar", "chinese": "zh", "czech": "cs", "danish": "da", "dutch": "nl", "english": "en",
	"finnish": "fi", "french": "fr", "german": "de", "greek": "el", "hebrew": "he", "hindi": "hi",
	"hungarian": "hu", "indonesian": "id", "italian": "it", "japanese": "ja", "korean": "ko",
	"norwegian": "no", "polish": "pl", "portuguese": "pt", "romanian": "ro", "russian": "ru",
	"spanish": "es", "swedish": "sv", "turkish": "tr", "ukrainian": "uk", "vietnamese": "vi",
}
