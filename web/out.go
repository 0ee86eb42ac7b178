package web

import (
	"slices"
	"strings"

	"incidex/search/export"
	"incidex/search/query"
)

// outView is the ways out of a page: what it shows as files, feeds, a command, a request
// and a citation. Empty ones are not offered.
type outView struct {
	// Files are the formats of an export, Feeds what a reader of feeds follows.
	Files, Feeds []option
	// Alert is the command that keeps the search and tells of new articles.
	Alert string
	// Call is the request to the API as a command.
	Call string
	// Cite names exactly what the page shows: its title, the index and the address.
	Cite string
}

// out is what leads out of a page that shows what a search finds. The title is for the
// citation, api and here are the addresses of the page in the API and in a browser.
func (f Frame) out(title string, s State, whole, api, here string) outView {
	v := outView{
		Alert: "incidex alert add NAME " + quoted(whole) + " --to FILE",
		Call:  "curl " + quoted(f.Base+api),
		Cite:  strings.Join([]string{title, "incidex, index " + f.Generation, f.Base + here}, ". "),
	}
	for _, x := range export.Formats {
		v.Files = append(v.Files, option{Label: x.Label, Href: s.exportURL(x)})
	}
	for _, x := range []option{{Label: "Atom", Href: "/feed.atom"}, {Label: "JSON Feed", Href: "/feed.json"}} {
		v.Feeds = append(v.Feeds, option{Label: x.Label, Href: s.FeedURL(x.Href)})
	}
	return v
}

// exportURL is all that the search finds as a file; the level is that of the search, or
// the only one that the format has.
func (s State) exportURL(f export.Info) string {
	level := query.Level("")
	switch {
	case len(f.Levels) == 1:
		level = f.Levels[0]
	case s.Request(nil).Query != s.Query:
		level = query.IncidentLevel
	}
	s.Level = ""
	url := s.apiURL("/api/v1/export", "page", "per_page")
	sign := "?"
	if strings.Contains(url, "?") {
		sign = "&"
	}
	url += sign + "format=" + string(f.Format)
	if level != "" {
		url += "&level=" + string(level) + "s"
	}
	return url
}

// ofIncidents is the search for incidents by their ids.
func ofIncidents(ids ...string) State {
	s := State{}
	for _, id := range ids {
		s.Filters = append(s.Filters, Filter{Field: string(query.Incident), Value: id})
	}
	return s
}

// quoted is a text as one word of a shell.
func quoted(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }

// Out is the ways out of a search.
func (v searchView) Out() outView {
	here := v.State
	here.Tray, here.More, here.Within = nil, nil, nil
	title := "Incidents and articles"
	if whole := v.Whole(); whole != "" {
		title = "Search for " + whole
	}
	title += ", " + plural(v.Response.Incidents, "incident", "incidents") + " in " + plural(v.Response.Total, "article", "articles")
	return v.Frame.out(title, here, v.Whole(), here.APIURL(), here.URL())
}

// Out is the ways out of an incident.
func (v incidentView) Out() outView {
	id := v.Record.ID
	s := ofIncidents(id)
	return v.Frame.out(v.Heading(), s, SearchPage{Frame: Frame{State: s}}.Whole(), v.JSON(), State{}.IncidentURL(id))
}

// Out is the ways out of a comparison; it has files of its own beside those of its incidents.
func (v compareView) Out() outView {
	var titles []string
	for _, c := range v.Columns {
		titles = append(titles, c.Title)
	}
	s := ofIncidents(v.State.Tray...)
	out := v.Frame.out("Comparison of "+strings.Join(titles, " · "), s, SearchPage{Frame: Frame{State: s}}.Whole(), v.JSON(), State{Tray: v.State.Tray}.CompareURL(v.Show))
	out.Files = slices.Concat([]option{{Label: "The table as CSV", Href: v.CSV()}, {Label: "The table as Markdown", Href: v.Markdown()}}, out.Files)
	return out
}
