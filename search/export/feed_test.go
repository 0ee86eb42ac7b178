package export

import (
	"bytes"
	"encoding/xml"
	"errors"
	"strings"
	"testing"

	"incidex/data"
)

func TestFeed(t *testing.T) {
	undated := entry{id: "x/y", title: "<X> & Y\x01", sources: []data.ArticleRef{{ID: "z", Title: "Z"}}}
	many := hospital()
	for range feedSources {
		many.sources = append(many.sources, many.sources[0])
	}
	if n := len(feedItem(many).Sources); n != feedSources {
		t.Errorf("%d articles of an incident in a feed, want %d", n, feedSources)
	}
	f := &Feed{ID: "urn:incidex:feed:1", Title: "incidex: all", Items: []FeedItem{feedItem(hospital()), feedItem(undated)}}
	l := Links{Base: "http://localhost", Page: "http://localhost/?q=a&f=b", Self: "http://localhost/feed.atom"}
	var atom, feed bytes.Buffer
	if err := errors.Join(f.Atom(&atom, l), f.JSON(&feed, l)); err != nil {
		t.Fatal(err)
	}
	if err := xml.Unmarshal(atom.Bytes(), new(struct{})); err != nil {
		t.Error(err)
	}
	for _, x := range []struct{ in, want string }{
		{atom.String(), `<link rel="via" href="https://post.example/2"></link>`}, {atom.String(), `<link rel="alternate" type="text/html" href="http://localhost/?q=a&amp;f=b">`},
		{atom.String(), "<published>2024-05-20T00:00:00Z</published><updated>2025-02-01T00:00:00Z</updated>"}, {atom.String(), "Settlement: 2500000 USD"},
		{atom.String(), "<id>urn:incidex:incident:x%2Fy</id>"}, {atom.String(), "&lt;X&gt; &amp; Y"}, {atom.String(), "2024-05-20, The Herald, Mercy Hospital hit by LockBit"},
		{feed.String(), `"external_url":"https://post.example/2"`}, {feed.String(), `"date_published":"1970-01-01T00:00:00Z"`}, {feed.String(), `"url":"http://localhost/incidents/x%2Fy"`},
	} {
		if !strings.Contains(x.in, x.want) {
			t.Errorf("no %s in\n%s", x.want, x.in)
		}
	}
}
