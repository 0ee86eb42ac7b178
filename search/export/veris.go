package export

import (
	"io"
	"strconv"
	"strings"
	"time"

	"incidex/data"
)

// VERIS is an array of incidents as version 1.4.0 of its schema has them. What no article
// reports is Unknown, as the schema wants. Quotes and what the export is of stand in
// "plus", which is free.

// verisVersion is that of the schema.
const verisVersion = "1.4.0"

type verisIncident struct {
	SchemaVersion    string             `json:"schema_version"`
	SchemaName       string             `json:"schema_name"`
	IncidentID       string             `json:"incident_id"`
	SourceID         string             `json:"source_id"`
	SecurityIncident string             `json:"security_incident"`
	Summary          string             `json:"summary"`
	Reference        string             `json:"reference,omitempty"`
	Timeline         verisTimeline      `json:"timeline"`
	Victim           verisVictim        `json:"victim"`
	Actor            map[string]any     `json:"actor"`
	Action           map[string]any     `json:"action"`
	Asset            verisAsset         `json:"asset"`
	Attribute        map[string]any     `json:"attribute,omitempty"`
	DiscoveryMethod  map[string]bool    `json:"discovery_method"`
	Impact           *verisImpact       `json:"impact,omitempty"`
	Plus             map[string]verisOf `json:"plus"`
}

type verisTimeline struct {
	Incident  verisDay   `json:"incident"`
	Discovery *verisSpan `json:"discovery,omitempty"`
}

type verisDay struct {
	Year  int `json:"year"`
	Month int `json:"month,omitempty"`
	Day   int `json:"day,omitempty"`
}

type verisSpan struct {
	Unit  string  `json:"unit"`
	Value float64 `json:"value"`
}

type verisVictim struct {
	ID         string   `json:"victim_id,omitempty"`
	Country    []string `json:"country"`
	Industry   string   `json:"industry"`
	Employees  string   `json:"employee_count"`
	Government []string `json:"government"`
}

type verisAsset struct {
	Assets []map[string]string `json:"assets"`
	Cloud  []string            `json:"cloud"`
}

type verisImpact struct {
	Rating   string      `json:"overall_rating"`
	Currency string      `json:"iso_currency_code"`
	Amount   float64     `json:"overall_amount,omitempty"`
	Loss     []verisLoss `json:"loss,omitempty"`
}

type verisLoss struct {
	Variety string  `json:"variety"`
	Amount  float64 `json:"amount"`
}

// verisOf is what an incident of VERIS comes from.
type verisOf struct {
	Generation string    `json:"generation"`
	Search     string    `json:"search"`
	Exported   time.Time `json:"exported"`
	// Year says which date the year of the incident is, where its own is not reported.
	Year     string       `json:"year,omitempty"`
	Articles []string     `json:"articles"`
	Evidence []verisQuote `json:"evidence"`
}

type verisQuote struct {
	Field   data.Field `json:"field"`
	Value   string     `json:"value"`
	Quotes  []string   `json:"quotes,omitempty"`
	Article string     `json:"article"`
}

type verisWriter struct {
	array
	about About
}

func beginVERIS(w io.Writer, a About) (writer, error) {
	return &verisWriter{array{w, "[\n"}, a}, nil
}

func (v *verisWriter) row(e entry) error { return v.add(v.incident(&e)) }

func (v *verisWriter) end() error {
	tail := "\n]\n"
	if v.before == "[\n" { // no row
		tail = "[]\n"
	}
	_, err := io.WriteString(v.w, tail)
	return err
}

func (v *verisWriter) incident(e *entry) verisIncident {
	of := verisOf{Generation: v.about.Generation, Search: v.about.Search(), Exported: v.about.Time, Articles: []string{}, Evidence: []verisQuote{}}
	for _, s := range e.sources {
		of.Articles = append(of.Articles, s.ID)
	}
	for _, c := range e.facts {
		of.Evidence = append(of.Evidence, verisQuote{c.Field, shown(c), quotes(c), c.Article})
	}
	out := verisIncident{
		SchemaVersion: verisVersion, SchemaName: "verisc", IncidentID: e.id, SourceID: "incidex", SecurityIncident: "Confirmed",
		Summary: verisSummary(e), Reference: strings.Join(e.urls(), between),
		Victim: verisVictimOf(e), Actor: verisActor(e), Action: verisAction(e), Asset: verisAssetOf(e), Attribute: verisAttribute(e),
		DiscoveryMethod: map[string]bool{"unknown": true}, Impact: verisImpactOf(e),
	}
	out.Timeline, of.Year = v.timeline(e)
	out.Plus = map[string]verisOf{"incidex": of}
	return out
}

// verisSummary is the title, and the headline of the oldest article.
func verisSummary(e *entry) string {
	if n := len(e.sources); n > 0 && e.sources[n-1].Title != "" {
		return e.title + ": " + e.sources[n-1].Title
	}
	return e.title
}

// timeline says when it happened. The schema wants a year: where none is reported it is
// the next best one that is known, and note says which.
func (v *verisWriter) timeline(e *entry) (out verisTimeline, note string) {
	day := func(f data.Field) data.Date {
		c, _ := e.first(f)
		return data.Date(c.Value)
	}
	occurred := day(data.Occurred)
	if occurred.Year() >= verisFirstYear {
		out.Incident = verisDayOf(occurred)
		if found := day(data.Discovered); len(occurred) == len(time.DateOnly) && len(found) == len(time.DateOnly) {
			from, ok := occurred.First()
			to, ok2 := found.First()
			if ok && ok2 && !to.Before(from) {
				out.Discovery = &verisSpan{"Days", to.Sub(from).Hours() / 24}
			}
		}
		return out, ""
	}
	first, _ := e.published()
	for _, x := range []struct {
		date data.Date
		note string
	}{
		{day(data.Discovered), "when it was discovered"}, {day(data.Disclosed), "when it was disclosed"},
		{first, "when the first article was published"}, {data.DateOf(v.about.Time), "when this was exported, as no year is reported"},
	} {
		if year := x.date.Year(); year >= verisFirstYear {
			return verisTimeline{Incident: verisDay{Year: year}}, x.note
		}
	}
	return out, ""
}

// verisFirstYear is the first year that the schema allows.
const verisFirstYear = 1950

func verisDayOf(d data.Date) verisDay {
	out := verisDay{Year: d.Year()}
	if len(d) >= len("2006-01") {
		out.Month, _ = strconv.Atoi(string(d[5:7]))
	}
	if len(d) == len(time.DateOnly) {
		out.Day, _ = strconv.Atoi(string(d[8:10]))
	}
	return out
}
