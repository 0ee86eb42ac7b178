package export

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"incidex/data"
	"incidex/search"
	"incidex/search/query"
)

const (
	// MaxFeed is the most incidents of a feed.
	MaxFeed = 50
	// feedSources is the most articles of an incident that a feed names, the newest ones.
	feedSources = 10
)

// Feed is the newest incidents that a search finds, the one with the newest article
// first. Its ids stay what they are, wherever it is served.
type Feed struct {
	ID, Title string
	// Updated is when the newest article was published.
	Updated time.Time
	Items   []FeedItem
}

// FeedItem is one incident.
type FeedItem struct {
	ID, Title string
	// Path is that of its page.
	Path string
	// Published and Updated are the days of the first article and the last one.
	Published, Updated time.Time
	// Facts are what is known of it, a line each, and Sources its newest articles.
	Facts   []string
	Sources []data.ArticleRef
	Tags    []string
}

// Links are the addresses of a feed: of the program, of the page of the search, and of the
// feed itself. The first ends without a slash.
type Links struct{ Base, Page, Self string }

// FeedRequest makes a search one for a feed.
func FeedRequest(r search.Request) search.Request {
	r.Sort = search.ByNewest
	return r
}

// NewFeed makes a feed of the first rows, which are incidents.
func NewFeed(ctx context.Context, rows *search.Rows, a About) (*Feed, error) {
	if rows.Level != query.IncidentLevel {
		return nil, fmt.Errorf("feed of %ss: want incidents", rows.Level)
	}
	sum := sha256.Sum256([]byte(a.Search()))
	f := &Feed{ID: "urn:incidex:feed:" + hex.EncodeToString(sum[:8]), Title: "incidex: " + a.Search(), Updated: time.Unix(0, 0).UTC()}
	if a.Search() == "all" {
		f.Title = "incidex: all incidents"
	}
	for row, err := range rows.All(ctx) {
		if err != nil {
			return nil, fmt.Errorf("feed: %w", err)
		}
		f.Items = append(f.Items, feedItem(entryOf(row)))
		if len(f.Items) == MaxFeed {
			break
		}
	}
	slices.SortStableFunc(f.Items, func(a, b FeedItem) int { return cmp.Compare(b.Updated.Unix(), a.Updated.Unix()) })
	if len(f.Items) > 0 {
		f.Updated = f.Items[0].Updated
	}
	return f, nil
}

// feedItem is an incident in a feed. One whose articles have no date is of 1970.
func feedItem(e entry) FeedItem {
	item := FeedItem{
		ID: "urn:incidex:incident:" + url.PathEscape(e.id), Title: e.title, Path: "/incidents/" + url.PathEscape(e.id),
		Published: time.Unix(0, 0).UTC(), Updated: time.Unix(0, 0).UTC(), Sources: e.sources[:min(feedSources, len(e.sources))], Tags: e.labels(data.Attack),
	}
	first, last := e.published()
	if t, ok := first.First(); ok {
		item.Published = t
	}
	if t, ok := last.First(); ok {
		item.Updated = t
	}
	for _, info := range data.Fields {
		var words []string
		for _, c := range e.of(info.Field) {
			words = append(words, shown(c))
		}
		if len(words) > 0 {
			item.Facts = append(item.Facts, info.Label+": "+strings.Join(words, ", "))
		}
	}
	return item
}

// text is what is known of an incident, and its articles.
func (i FeedItem) text() string {
	lines := slices.Clone(i.Facts)
	for _, s := range i.Sources {
		line := strings.Join(append(append(nonEmpty(string(s.Date)), nonEmpty(s.Publisher)...), s.Title), ", ")
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}
