package search

import (
	"incidex/data"
	"incidex/search/facet"
	"incidex/search/query"
)

// Limits of a request. A request beyond one of them is refused with ErrInvalid.
const (
	// MaxPerPage is the most hits that a page can have.
	MaxPerPage = 200
	// DefaultPerPage is used when a request does not say.
	DefaultPerPage = 20
	// MaxOffset is the most hits that paging by number can skip; Request.After has no
	// such limit.
	MaxOffset = 10_000
	// MaxFilters is the most filter values in a request.
	MaxFilters = 200
	// MaxFacetValues is the most values that a facet can list.
	MaxFacetValues = 1000
	// DefaultFacetValues is used when a request does not say.
	DefaultFacetValues = 10
)

// Request is one search. The zero value asks for the first page of all articles,
// newest first.
type Request struct {
	// Query is in the language of package query.
	Query string
	// Filters are ANDed; the values of one filter are ORed.
	Filters []Filter
	// Match says which words an article must have; "" means WantAuto.
	Match Wanted
	Sort  Sort
	// Page counts from 1; 0 means 1.
	Page    int
	PerPage int
	// After is the Next of the page before, for pages of any depth at the cost of the
	// first; "" begins. The search must be the same otherwise, and Page 0 or 1.
	After string
	// Facets are the fields to count. Nil means DefaultFacets, an empty list none.
	Facets []FacetRequest
	// Explain asks for the parts of each hit's score.
	Explain bool
	// Exact takes no word for a slip of another.
	Exact bool
	// Plain leaves out what shows where the words of the query are: the marks, and the
	// sentences around them.
	Plain bool

	medians []string // number fields whose middle is wanted
}

// Filter restricts a search to articles whose subject has one of the values.
type Filter struct {
	Field   string
	Values  []string
	Exclude bool
}

// FacetRequest asks for the counts of a field's values.
type FacetRequest struct {
	Field string
	// Limit is the most values to list; 0 means DefaultFacetValues.
	Limit int
	// Contains keeps only values whose label contains it, whatever the case.
	Contains string
	// Prefix keeps only values of whose label a word begins with it, whatever the case.
	Prefix string
}

// Sort is the order of the hits.
type Sort string

// The orders. Hits that are equal in it are ordered by article id.
const (
	// ByRelevance is the default where the query has words.
	ByRelevance Sort = "relevance"
	// ByNewest is by date of publication, the default where it has none.
	ByNewest Sort = "newest"
	ByOldest Sort = "oldest"
	// ByRecords is by the records affected, most first.
	ByRecords Sort = "records"
)

// Sorts are all orders, in the order in which they are offered.
var Sorts = []Sort{ByRelevance, ByNewest, ByOldest, ByRecords}

// Response is what a search found.
type Response struct {
	// Query is the query as it was understood, in its own language.
	Query string `json:"query"`
	// Problems are the mistakes in the query. The hits are those of the best guess.
	Problems []query.Problem `json:"problems,omitempty"`
	// Notes say what the engine did beyond the letter of the request.
	Notes []Note `json:"notes,omitempty"`
	// Total counts the articles found, Incidents the distinct incidents they are about.
	Total     int `json:"total"`
	Incidents int `json:"incidents"`
	// Level says what the hits are where the query does: with level:incident they are
	// the best article of each incident, and Incidents counts them.
	Level query.Level `json:"level,omitempty"`
	// Match says which words the hits have: "all", "most" (all but general ones, such as
	// "breach") or "any".
	Match   Wanted `json:"match"`
	Sort    Sort   `json:"sort"`
	Page    int    `json:"page"`
	PerPage int    `json:"per_page"`
	// Words is the number of words and phrases of the query that rank.
	Words      int     `json:"words,omitempty"`
	Hits       []Hit   `json:"hits"`
	Facets     []Facet `json:"facets"`
	Generation string  `json:"generation"`
	// Next is what a request for the next page has in After, "" on the last page.
	Next string `json:"next,omitempty"`

	medians []Median
}

// Note says what the engine did beyond the letter of the request.
type Note struct {
	// Kind is one of the NoteX constants.
	Kind string `json:"kind"`
	Text string `json:"text"`
	// Query is the query that undoes it, "" when there is none, with Match where that
	// is not "".
	Query string `json:"query,omitempty"`
	Match Wanted `json:"match,omitempty"`
}

// Hit is one article found.
type Hit struct {
	Article data.ArticleRef `json:"article"`
	// Score is 0 where the order is not ByRelevance.
	Score float64 `json:"score,omitempty"`
	// Matched is how many of the Words of the response the article has.
	Matched int `json:"matched,omitempty"`
	// Title is the title with the ranges that matched.
	Title Marked `json:"title"`
	// Snippets are whole sentences of the text around the best matches.
	Snippets []Marked `json:"snippets"`
	// Incident is the id of the article's subject, "" when it has none.
	Incident string `json:"incident,omitempty"`
	// Facts are the best claims of the subject, one a field, in Field order.
	Facts []data.Claim `json:"facts,omitempty"`
	// Explanation is set when the request asked for it.
	Explanation *Explanation `json:"explanation,omitempty"`
}

// Marked is a text with byte ranges to mark, in order and not overlapping.
type Marked struct {
	Text  string      `json:"text"`
	Marks []data.Span `json:"marks,omitempty"`
	// Start is the offset of Text in the text that it was cut from.
	Start int `json:"start"`
}

// Explanation is the tree of a score: Value is the sum of the parts, or what
// Text says.
type Explanation struct {
	Value float64       `json:"value"`
	Text  string        `json:"text"`
	Parts []Explanation `json:"parts,omitempty"`
}

// Facet is the counts of a field's values.
type Facet struct {
	facet.Result
	Label string `json:"label"`
}

// Facetable are the fields that a search can filter by and count.
var Facetable = []string{
	"sector", "country", "attack", "data_type", "actor", "occurred", "records", "victim",
	"action", "vector", "data_subject", "parent", "brand", "supplier", "actor_kind", "motive", "malware", "cve",
	"law", "regulator", "response", "consequence", "published", "publisher", "source_kind", "tag", "language",
}

// DefaultFacets are counted when a request does not name any.
var DefaultFacets = []string{"sector", "attack", "data_type", "country", "actor", "occurred", "records", "victim"}
