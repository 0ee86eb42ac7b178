package search

import (
	"slices"
	"strings"

	"incidex/data"
	"incidex/data/vocab"
	"incidex/search/query"
)

// Schema says what articles and incidents are described by.
type Schema struct {
	Fields []SchemaField `json:"fields" nullable:"false" doc:"The fields of facts in the order in which they are shown, then the properties of articles"`
	// Vocabularies are the closed ones.
	Vocabularies []Vocabulary `json:"vocabularies" nullable:"false" doc:"The closed lists of values"`
	Units        []string     `json:"units" nullable:"false" doc:"What a count can be of"`
	Qualifiers   []string     `json:"qualifiers" nullable:"false" doc:"How a number can be meant; none means exact"`
	Statuses     []string     `json:"statuses" nullable:"false" doc:"How an article can state a claim; actual and derived are facts"`
}

// SchemaField is a field.
type SchemaField struct {
	Name       string   `json:"name" example:"sector" doc:"The name before the colon of a query, in filters and in answers"`
	Label      string   `json:"label" example:"Sector" doc:"What a reader sees"`
	Plural     string   `json:"plural" example:"Sectors" doc:"What a reader sees over a list of values"`
	Kind       string   `json:"kind" enum:"name,code,count,money,date,text,keyword" doc:"name: a proper name; code: a value of a closed list; count: an integer with a unit; money: an amount with an ISO 4217 currency, or BTC, ETH or XMR; date: YYYY, YYYY-MM or YYYY-MM-DD; text: words; keyword: one value as it stands"`
	Fact       bool     `json:"fact" doc:"Claims of articles give it; otherwise it is a property of the article itself"`
	Group      string   `json:"group,omitempty" example:"Who" doc:"The heading under which it is compared"`
	Many       bool     `json:"many" doc:"An incident can have several values at once"`
	Facet      bool     `json:"facet" doc:"A search can filter by it and count its values"`
	Aliases    []string `json:"aliases" nullable:"false" doc:"Other names in a query"`
	Vocabulary string   `json:"vocabulary,omitempty" example:"sector" doc:"The name of the closed list that its values are of"`
	Standard   string   `json:"standard,omitempty" example:"NAICS 2012" doc:"Whose values they are"`
}

// Vocabulary is a closed list of values.
type Vocabulary struct {
	Name     string           `json:"name" example:"sector" doc:"The field that it is of"`
	Standard string           `json:"standard,omitempty" example:"NAICS 2012" doc:"Whose values they are, or those of their groups"`
	GroupsOf string           `json:"groups_of,omitempty" example:"action" doc:"What the groups of its values are"`
	Terms    []VocabularyTerm `json:"terms" nullable:"false" doc:"All values, in order"`
}

// VocabularyTerm is a value of a vocabulary.
type VocabularyTerm struct {
	Value   string   `json:"value" example:"62" doc:"The value in claims, facets and filters"`
	Label   string   `json:"label" example:"Health care" doc:"What a reader sees"`
	Group   string   `json:"group,omitempty" doc:"The wider value that it belongs to"`
	Aliases []string `json:"aliases" nullable:"false" doc:"Other ways to write it in a query"`
}

// standards say whose values those of a field are, and what their groups are.
var standards = map[data.Field]struct{ name, groups string }{
	data.Sector:      {"NAICS 2012, two digits as VERIS 1.4.1 writes them", ""},
	data.Country:     {"ISO 3166-1 alpha-2", ""},
	data.Action:      {"VERIS 1.4.1 action", ""},
	data.Attack:      {"own labels over VERIS 1.4.1 varieties", "VERIS 1.4.1 action"},
	data.Vector:      {"own labels over VERIS 1.4.1 vectors", "VERIS 1.4.1 vector or asset"},
	data.ActorKind:   {"VERIS 1.4.1 actor", ""},
	data.Motive:      {"VERIS 1.4.1 motive", ""},
	data.DataType:    {"Have I Been Pwned data classes, and a few more", "VERIS 1.4.1 data variety"},
	data.DataSubject: {"VERIS 1.4.1 data victim, and a few more", "VERIS 1.4.1 data victim"},
	data.CVE:         {"CVE", ""},
	query.Language:   {"ISO 639-1", ""},
}

// NewSchema describes the fields and their values. It is the same for every index.
func NewSchema() Schema {
	out := Schema{
		Units:      data.Units,
		Qualifiers: []string{string(data.AtLeast), string(data.UpTo), string(data.About), string(data.Vague)},
		Statuses:   []string{string(data.Actual), string(data.Derived), string(data.Possible), string(data.Negated), string(data.Advised), string(data.Doubtful)},
	}
	for _, f := range query.Fields {
		info, fact := f.Field.Info()
		s := SchemaField{
			Name: string(f.Field), Label: f.Label, Plural: info.Plural, Kind: schemaKind(f, info, fact), Fact: fact, Group: info.Group, Many: info.Many,
			Facet: slices.Contains(Facetable, string(f.Field)), Aliases: []string{}, Standard: standards[f.Field].name,
		}
		if !fact {
			s.Plural = f.Label
		}
		for _, a := range f.Aliases {
			if a == strings.ToLower(a) && a != s.Name {
				s.Aliases = append(s.Aliases, a)
			}
		}
		if t := vocab.For(f.Field); t != nil && f.Kind == query.Code {
			s.Vocabulary = s.Name
			out.Vocabularies = append(out.Vocabularies, vocabulary(f.Field, t))
		}
		out.Fields = append(out.Fields, s)
	}
	return out
}

func schemaKind(f query.Info, info data.FieldInfo, fact bool) string {
	switch {
	case fact && info.Kind == data.Money:
		return "money"
	case f.Kind == query.Number:
		return "count"
	}
	return map[query.Kind]string{query.FullText: "text", query.Keyword: "keyword", query.Name: "name", query.Code: "code", query.Date: "date"}[f.Kind]
}

func vocabulary(f data.Field, t *vocab.Table) Vocabulary {
	out := Vocabulary{Name: string(f), Standard: standards[f].name, GroupsOf: standards[f].groups, Terms: []VocabularyTerm{}}
	for _, x := range t.Terms() {
		out.Terms = append(out.Terms, VocabularyTerm{x.Value, x.Label, x.Group, append([]string{}, x.Aliases...)})
	}
	return out
}

// Values returns the closed list of a field by its name or another one; a field without
// one is an ErrInvalid.
func (s Schema) Values(field string) (Vocabulary, error) {
	info, ok := query.Lookup(field)
	var names []string
	for _, v := range s.Vocabularies {
		if ok && v.Name == string(info.Field) {
			return v, nil
		}
		names = append(names, v.Name)
	}
	if ok {
		return Vocabulary{}, invalid("field", "%s has no closed list of values; %s have", info.Field, strings.Join(names, ", "))
	}
	return Vocabulary{}, invalid("field", "field %q: there is none; %s have a closed list of values", field, strings.Join(names, ", "))
}
