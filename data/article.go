package data

import (
	"net/url"
	"strings"
	"time"
)

// Article is one source text.
type Article struct {
	// ID is derived from the content or given by the source, never from a position.
	ID    string `json:"id"`
	Title string `json:"title,omitempty"`
	// Text is normalised UTF-8. Every Span of a claim is a range of its bytes.
	Text string `json:"text"`
	// Publisher is the name of the paper, site or body that published the text.
	Publisher string `json:"publisher,omitempty"`
	// Kind says who speaks. The zero value means that it is not known.
	Kind SourceKind `json:"source_kind,omitempty"`
	URL  string     `json:"url,omitempty"`
	// Date is the day of publication, as precise as the source gives it.
	Date Date `json:"date,omitempty"`
	// Language is a primary ISO 639-1 subtag such as "en"; empty means unknown.
	Language string   `json:"language,omitempty"`
	Tags     []string `json:"tags,omitempty"`
	// Given are the claims that the source itself brings (front matter, JSON keys,
	// a side-car file). They outrank extracted ones.
	Given []Claim `json:"given,omitempty"`
}

// SourceKind says who speaks in an article.
type SourceKind string

// The kinds of sources. A regulator outranks the company, and the company the press.
const (
	Press     SourceKind = "press"
	Company   SourceKind = "company"
	Regulator SourceKind = "regulator"
)

// Document is an article as an index keeps it: with what was extracted from it
// and where it was read.
type Document struct {
	Article
	// Mentions has the subject first, when there is one.
	Mentions []Mention `json:"incidents,omitempty"`
	// Unlisted is the id of the incident that grouping keeps for an article on
	// security that names no victim, until a second article joins it; it is no
	// mention before that.
	Unlisted string `json:"unlisted,omitempty"`
	// Locations are the places that the article was read from, sorted. Two files of
	// the same content are one document with two locations.
	Locations []Location `json:"locations,omitempty"`
	// Hash is the hexadecimal content hash of the article as it was read.
	Hash string `json:"hash,omitempty"`
	// Extractor is the version of the rules that made the mentions.
	Extractor string `json:"extractor,omitempty"`
}

// Subject returns the incident that the article is about, nil when there is none.
func (d *Document) Subject() *Mention {
	for i := range d.Mentions {
		if d.Mentions[i].Role == Subject {
			return &d.Mentions[i]
		}
	}
	return nil
}

// Location is one place in a file.
type Location struct {
	// Path is the absolute path of the file.
	Path string `json:"path"`
	// Line is the 1-based line or member of a file that holds several articles,
	// 0 where the file is the article.
	Line int `json:"line,omitempty"`
}

// File is what the index knows of a file that it has read completely.
type File struct {
	Path    string    `json:"path"`
	Size    int64     `json:"size"`
	ModTime time.Time `json:"mod_time"`
	// Hash is the hexadecimal hash of the bytes.
	Hash string `json:"hash"`
	// Articles is the number of articles that the file holds.
	Articles int `json:"articles"`
	// Problems is the number of those that reading the file met.
	Problems int `json:"problems,omitempty"`
	// Extractor is the version of the rules when the file was read.
	Extractor string `json:"extractor"`
	// Keys are the names of keys, as THEIRS=OURS and sorted, with which the file was
	// read, and with which it is read again unless others are given.
	Keys []string `json:"keys,omitempty"`
}

// Ref returns what a list shows of a document.
func Ref(d *Document, role Role) ArticleRef {
	return ArticleRef{ID: d.ID, Title: d.Title, Publisher: d.Publisher, Kind: d.Kind, URL: d.URL, Date: d.Date, Role: role}
}

// WithoutPassword returns an address without the name and the password that it may
// have: https://user:secret@site/page has both.
func WithoutPassword(address string) string {
	if !strings.Contains(address, "@") {
		return address
	}
	if u, err := url.Parse(address); err == nil {
		if u.User == nil {
			return address
		}
		u.User = nil
		return u.String()
	}
	// What is no address may still hold one.
	scheme, rest, ok := strings.Cut(address, "://")
	if !ok {
		return address
	}
	host := rest
	if end := strings.IndexAny(rest, "/?#"); end >= 0 {
		host = rest[:end]
	}
	at := strings.LastIndexByte(host, '@')
	return scheme + "://" + rest[at+1:]
}
