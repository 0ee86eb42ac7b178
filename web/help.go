package web

import (
	"io"
	"strings"

	"incidex/data"
	"incidex/data/vocab"
	"incidex/search/query"
)

// HelpPage is the reference of the query language.
type HelpPage struct{ Frame }

// ErrorPage says what went wrong and what to do.
type ErrorPage struct {
	Frame
	// Status is the HTTP status.
	Status int
	// Title is a short sentence, Detail says what to do.
	Title, Detail string
	// Instance names the error in the log of the server.
	Instance string
}

type helpView struct {
	HelpPage
	Forms  []helpRow
	Fields []helpField
}

// helpRow is one form of a query.
type helpRow struct{ Query, Meaning, Href string }

// helpField is one name that can stand before a colon.
type helpField struct {
	Name, Label, Kind string
	Aliases           string
	Values            []chip
}

// forms are the forms of a query, simplest first.
var forms = [][2]string{
	{`hospital ransomware`, "Articles with both words; those with one of them only where none has both."},
	{`"customer data"`, "The words next to each other."},
	{`IT outage`, "IT, US and WHO in capitals are names; written small, it and who are left out."},
	{`ransom $1 million`, "An amount, and a number such as CVE 2021 44228, is searched as one. Signs such as $ and % are not searched, but for those of C++, C# and .NET."},
	{`ransom*`, "Words that start so; three letters or more before the asterisk."},
	{`ransomware -phishing`, "Articles without a word."},
	{`hospital OR clinic`, "One of the two. OR, AND and NOT are written in capitals."},
	{`breach (hospital OR clinic)`, "Parentheses group."},
	{`country:uk`, "A value of a field, by its name, its code or its label."},
	{`victim:"british airways"`, "A value of several words."},
	{`country:(uk OR france)`, "One of several values."},
	{`records:>=1m`, "A number: at least a million. Also >, <, <=, and k, m, bn."},
	{`records:10k..2m`, "A range, both ends included; 10k.. and ..2m are open."},
	{`occurred:2024`, "A date: a year, a month (2024-05) or a day (2024-05-07)."},
	{`occurred:2024..2025`, "From January 2024 to December 2025."},
	{`disclosed:>2025-03`, "After March 2025."},
	{`has:fine`, "The field has a value."},
	{`missing:records`, "The field has no value."},
	{`ransomware level:incident`, "One result for each incident, with its best article."},
}

// maxHelpValues is the most values of a field that the page lists.
const maxHelpValues = 40

var kindWords = map[query.Kind]string{
	query.FullText: "words", query.Keyword: "one value as it stands", query.Name: "a name", query.Code: "a listed value",
	query.Number: "a number", query.Date: "a date",
}

// Help writes the help page.
func (p *Pages) Help(w io.Writer, v HelpPage) error {
	view := helpView{HelpPage: v}
	for _, f := range forms {
		view.Forms = append(view.Forms, helpRow{f[0], f[1], State{Query: f[0], Tray: v.State.Tray}.URL()})
	}
	for _, f := range query.Fields {
		h := helpField{Name: string(f.Field), Label: f.Label, Kind: kindWords[f.Kind]}
		var names []string
		for _, a := range f.Aliases {
			if !strings.ContainsAny(a, " ") && !strings.EqualFold(a, h.Name) && a == strings.ToLower(a) {
				names = append(names, a)
			}
		}
		h.Aliases = strings.Join(names, ", ")
		if t := vocab.For(data.Field(f.Field)); t != nil && f.Kind == query.Code {
			for _, term := range t.Terms() {
				if len(h.Values) < maxHelpValues {
					h.Values = append(h.Values, chip{Label: term.Label, Href: v.State.FilterURL(h.Name, term.Value)})
				}
			}
		}
		view.Fields = append(view.Fields, h)
	}
	return p.render(w, "help", chrome{Frame: v.Frame, Heading: "How to search", Here: State.HelpURL, Page: view})
}

// Error writes an error page.
func (p *Pages) Error(w io.Writer, v ErrorPage) error {
	return p.render(w, "error", chrome{Frame: v.Frame, Heading: v.Title, Here: State.HomeURL, Page: v})
}
