// Package search answers questions over an index in incidex's own words:
// searches with facets, articles, the records of incidents, comparisons.
//
// The Engine does what no index has to know: it parses the query, applies the
// limits, cuts snippets, merges records. What it needs of an index is the small
// Index interface; search/bleveindex implements it.
package search
