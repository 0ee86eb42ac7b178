// Package bleveindex keeps articles and incidents in Bleve indexes on disk and
// answers the searches of package search from them. Everything that knows Bleve
// is here.
//
// # What a generation holds
//
// A generation is one Bleve index with three kinds of documents, told apart by
// the field kind and by the first letter of their ids:
//
//	a/ID    an article: its words in body (title and text) and title, one keyword
//	        field for each field of its subject, and the whole document, stored
//	        once
//	i/ID    an incident: its grouping keys, and itself
//	f/PATH  a file that was read completely
//
// Numbers and dates are keywords too: partial dates as they are, numbers in the
// sortable form of facet.EncodeNumber. What Bleve would do with numeric fields,
// doc values, sort fields and facets is done with columns instead.
//
// # How a search runs
//
// A scorch index is a list of immutable segments, with a mask of deletions. A
// snapshot pins them. The first search that sees a segment reads its keyword
// fields into columns (package facet), which stay until the segment is merged
// away. A query becomes one bit set of matches a segment; filters, counts and
// orders work on columns; the words of the query are scored with BM25 only for
// what matched; and only the articles of the page shown are loaded.
package bleveindex
