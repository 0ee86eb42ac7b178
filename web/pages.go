package web

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io"
	"strings"

	"incidex/search/compare"
)

//go:embed templates/*.html
var templates embed.FS

// Pages writes pages. It is safe for concurrent use.
type Pages struct {
	assets *assets
	byName map[string]*template.Template
}

// pageFiles are the templates of each page, beside layout.html and parts.html.
var pageFiles = map[string][]string{
	"search":     {"search.html", "facets.html", "hits.html"},
	"article":    {"article.html"},
	"incident":   {"incident.html", "record.html"},
	"compare":    {"compare.html", "record.html"},
	"selections": {"selections.html"},
	"status":     {"status.html"},
	"help":       {"help.html"},
	"reference":  {"reference.html"},
	"error":      {"error.html"},
}

// New reads the embedded templates and assets. An error is a mistake of the build.
func New() (*Pages, error) {
	a, err := loadAssets()
	if err != nil {
		return nil, err
	}
	p := &Pages{assets: a, byName: map[string]*template.Template{}}
	functions := template.FuncMap{
		"asset": a.url, "date": FormatDate, "plural": plural, "join": strings.Join,
		"count": func(n int) string { return FullNumber(float64(n)) },
	}
	for name, files := range pageFiles {
		paths := []string{"templates/layout.html", "templates/parts.html"}
		for _, f := range files {
			paths = append(paths, "templates/"+f)
		}
		p.byName[name], err = template.New("layout.html").Funcs(functions).ParseFS(templates, paths...)
		if err != nil {
			return nil, fmt.Errorf("parse page %s: %w", name, err)
		}
	}
	return p, nil
}

// Frame is what every page has around its content.
type Frame struct {
	// State is that of the page's URL. A page other than the search uses its tray
	// and leaves the rest empty.
	State State
	// Titles are the titles of incidents by id, for the tray and for links. An id
	// without a title stands for itself.
	Titles map[string]string
	// Generation names the state of the index.
	Generation string
	// Base is the address under which a reader reaches the server, without a slash at its end.
	Base string
}

// Title is the title of an incident.
func (f Frame) Title(id string) string {
	if t := f.Titles[id]; t != "" {
		return t
	}
	return id
}

// chrome is what the layout shows.
type chrome struct {
	Frame
	// Heading is the title of the window, without the name of the program.
	Heading string
	// Class is that of the body, and the name of the page.
	Class string
	// Start shows the search box large, with what the program is for.
	Start bool
	// Found says that the page lists results, Filters that it has facets, to skip to.
	Found, Filters bool
	// Here is the address of the page with another state.
	Here func(State) string
	Page any
}

// trayItem is an incident in the tray.
type trayItem struct{ ID, Title, Without string }

// Tray are the incidents chosen for comparison, each with the address of the page
// without it.
func (c chrome) Tray() []trayItem {
	var out []trayItem
	for _, id := range c.State.Tray {
		out = append(out, trayItem{id, c.Frame.Title(id), c.Here(c.State.ToggleTray(id))})
	}
	return out
}

// Clear is the address of the page with an empty tray.
func (c chrome) Clear() string { return c.Here(c.State.WithTray()) }

// Ready says that there is enough in the tray to compare.
func (c chrome) Ready() bool { return len(c.State.Tray) >= compare.MinIncidents }

// feedLink is a feed that a browser or a reader of feeds finds by itself.
type feedLink struct{ Type, Title, Href string }

// Feeds are the search of the page as feeds; other pages have none.
func (c chrome) Feeds() []feedLink {
	if c.Class != "search" {
		return nil
	}
	return []feedLink{
		{"application/atom+xml", "This search as a feed (Atom)", c.State.FeedURL("/feed.atom")},
		{"application/feed+json", "This search as a feed (JSON)", c.State.FeedURL("/feed.json")},
	}
}

// tick is the link that adds an incident to the tray, or drops it.
type tick struct {
	ID, Title, Href string
	On, Full        bool
	// After are the ids in the tray once the link was followed, for the script.
	After string
}

func (f Frame) tick(id string, here func(State) string) tick {
	return f.titledTick(id, f.Title(id), here)
}

func (f Frame) titledTick(id, title string, here func(State) string) tick {
	s := f.State.ToggleTray(id)
	return tick{ID: id, Title: title, Href: here(s), On: f.State.InTray(id), Full: f.State.TrayFull(), After: strings.Join(s.Tray, ",")}
}

// render writes a page, or nothing when its template fails.
func (p *Pages) render(w io.Writer, name string, c chrome) error {
	c.Class = name
	var b bytes.Buffer
	if err := p.byName[name].Execute(&b, c); err != nil {
		return fmt.Errorf("render page %s: %w", name, err)
	}
	_, err := b.WriteTo(w)
	return err
}
