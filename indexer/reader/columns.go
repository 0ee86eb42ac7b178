package reader

import (
	"regexp"
	"strings"
	"unicode"

	"incidex/data"
)

// listEntry is the tag of an article that is made of the fields of a row.
const listEntry = "list entry"

// column is what a column of a list of incidents is taken for where nothing says
// otherwise. Rank 0 is sure, rank 1 only where no other column is it.
type column struct {
	key  string
	rank int
}

// columns are the names of columns in lists of breaches as public sources, regulators
// and collectors make them. Keys of articles in general stand in properties.
var columns = func() map[string]column {
	out := map[string]column{}
	for key, ranks := range map[string][2][]string{
		"victim": {
			{"entity", "organization", "organisation", "organization name", "organisation name", "company", "company name", "victim name", "breached company", "breached organization",
				"name of covered entity", "name of entity", "entity name", "reporting entity", "name of company", "name of organisation", "data controller", "affected organization", "affected company", "business name", "name of organization", "name of business", "organizations", "covered entity name"},
			{"name", "target", "org", "firm", "agency", "institution", "site", "website"},
		},
		"records": {
			{"records lost", "records affected", "records exposed", "records breached", "records stolen", "records compromised", "number of records", "no of records", "total records",
				"individuals affected", "people affected", "number of individuals affected", "number affected", "residents affected", "number of residents affected", "washingtonians affected", "total affected", "persons affected", "affected individuals",
				"customers affected", "users affected", "accounts affected", "accounts", "pwn count", "number of accounts", "total number of persons affected", "victims affected", "impacted individuals"},
			{"affected", "individuals", "size", "total", "number", "no of victims"},
		},
		"occurred": {
			{"date of breach", "breach date", "date of incident", "incident date", "date occurred", "dates of breach", "date of attack", "attack date", "year of breach", "breach year", "event date"},
			{"year", "when"},
		},
		"date": {
			{"date reported", "reported date", "date made public", "made public date", "breach submission date", "date of notice", "date of report", "reported on", "submission date", "added date", "date added", "date submitted", "date reported to", "notice date", "date of publication"},
			{"reported", "created"},
		},
		"attack": {
			{"method", "method of leak", "method of breach", "type of breach", "breach type", "attack type", "type of attack", "attack method", "attack vector", "leak method", "cause of breach", "data breach cause", "cyberattack type", "breach cause"},
			{"type", "cause", "category"},
		},
		"sector":  {{"industry", "organization type", "organisation type", "type of organization", "entity type", "covered entity type", "sector name", "industry sector", "industry type"}, {"business type"}},
		"country": {{"country name", "country code", "location country", "victim country"}, {"location", "nation", "region"}},
		"data_type": {{"data compromised", "compromised data", "data classes", "data types", "type of data", "types of data", "information compromised", "data exposed", "data breached", "exposed data",
			"type of information", "information breached"}, nil},
		"actor": {{"threat actor", "attacker", "hacker", "ransomware group", "group name", "gang", "perpetrator"}, {"group"}},
		"text": {
			{"story", "details", "incident description", "description of incident", "breach description", "web description", "event description", "incident details", "narrative", "incident summary",
				"description of breach", "information about breach"},
			{"notes", "comment", "comments"},
		},
		"url":     {{"source link", "1st source link", "source url", "reference", "references", "news link", "article url", "information source url", "links"}, {"2nd source link", "sources", "website url"}},
		"title":   {{"incident", "incident name", "event", "breach name", "incident title", "name of breach"}, nil},
		"loss":    {{"financial loss", "cost", "total cost", "damage", "financial impact"}, nil},
		"malware": {{"ransomware", "malware name", "ransomware family", "strain"}, nil},
	} {
		for rank, names := range ranks {
			for _, name := range names {
				out[columnKey(name)] = column{key, rank}
			}
		}
	}
	return out
}()

var inBrackets = regexp.MustCompile(`\s*\([^)]*\)`)

// columnKey is the name of a column without what makes no difference: case, marks, and
// what stands in brackets, as in "Date(s) of breach (if known)".
func columnKey(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, inBrackets.ReplaceAllString(name, ""))
}

// readable reports whether a value that stands in a column is one of the key.
func readable(key, value string) bool {
	if f := data.Field(key); f.Order() < len(data.Fields) {
		claims, err := Given(f, value)
		return err == nil && len(claims) > 0
	}
	return key != "date" && key != "url" || believable(key, value)
}
