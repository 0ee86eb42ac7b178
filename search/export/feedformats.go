package export

import (
	"encoding/json"
	"encoding/xml"
	"io"
	"time"

	"incidex/data"
)

// The media types of feeds.
const (
	AtomType = "application/atom+xml; charset=utf-8"
	// JSONFeedType is that of JSON Feed 1.1.
	JSONFeedType = "application/feed+json; charset=utf-8"
)

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr,omitempty"`
	Href string `xml:"href,attr"`
}

type atomText struct {
	Type string `xml:"type,attr"`
	Text string `xml:",chardata"`
}

type atomEntry struct {
	ID         string     `xml:"id"`
	Title      atomText   `xml:"title"`
	Links      []atomLink `xml:"link"`
	Published  string     `xml:"published"`
	Updated    string     `xml:"updated"`
	Categories []atomTag  `xml:"category"`
	Content    atomText   `xml:"content"`
}

type atomTag struct {
	Term string `xml:"term,attr"`
}

type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	ID      string      `xml:"id"`
	Title   atomText    `xml:"title"`
	Author  string      `xml:"author>name"`
	Links   []atomLink  `xml:"link"`
	Updated string      `xml:"updated"`
	Entries []atomEntry `xml:"entry"`
}

// Atom writes the feed as RFC 4287.
func (f *Feed) Atom(w io.Writer, l Links) error {
	stamp := func(t time.Time) string { return t.Format(time.RFC3339) }
	out := atomFeed{
		ID: f.ID, Title: atomText{"text", f.Title}, Author: "incidex", Updated: stamp(f.Updated),
		Links: []atomLink{{"self", "application/atom+xml", l.Self}, {"alternate", "text/html", l.Page}},
	}
	for _, i := range f.Items {
		e := atomEntry{
			ID: i.ID, Title: atomText{"text", i.Title}, Published: stamp(i.Published), Updated: stamp(i.Updated),
			Links: []atomLink{{"alternate", "text/html", l.Base + i.Path}}, Content: atomText{"text", i.text()},
		}
		for _, s := range i.Sources {
			if u := data.WithoutPassword(s.URL); u != "" {
				e.Links = append(e.Links, atomLink{Rel: "via", Href: u})
			}
		}
		for _, tag := range i.Tags {
			e.Categories = append(e.Categories, atomTag{tag})
		}
		out.Entries = append(out.Entries, e)
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	return xml.NewEncoder(w).Encode(out)
}

type jsonFeed struct {
	Version string     `json:"version"`
	Title   string     `json:"title"`
	Page    string     `json:"home_page_url"`
	Self    string     `json:"feed_url"`
	Authors []any      `json:"authors"`
	Items   []jsonItem `json:"items"`
}

type jsonItem struct {
	ID        string    `json:"id"`
	URL       string    `json:"url"`
	External  string    `json:"external_url,omitempty"`
	Title     string    `json:"title"`
	Text      string    `json:"content_text"`
	Published time.Time `json:"date_published"`
	Modified  time.Time `json:"date_modified"`
	Tags      []string  `json:"tags,omitempty"`
}

// JSON writes the feed as JSON Feed 1.1.
func (f *Feed) JSON(w io.Writer, l Links) error {
	out := jsonFeed{
		Version: "https://jsonfeed.org/version/1.1", Title: f.Title, Page: l.Page, Self: l.Self,
		Authors: []any{map[string]string{"name": "incidex"}}, Items: []jsonItem{},
	}
	for _, i := range f.Items {
		item := jsonItem{ID: i.ID, URL: l.Base + i.Path, Title: i.Title, Text: i.text(), Published: i.Published, Modified: i.Updated, Tags: i.Tags}
		if len(i.Sources) > 0 {
			item.External = data.WithoutPassword(i.Sources[0].URL)
		}
		out.Items = append(out.Items, item)
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(out)
}
