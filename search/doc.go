// Package search answers questions over an index in incidex's own words:
// searches with facets, articles, the records of incidents, comparisons.
//
// The Engine does what no index has to know: it parses the query, applies the
// limits, cuts snippets, merges records. What it needs of an index is the small
// Index interface; search/bleveindex implements it.
//
// # Words
//
//	word        a run of letters and digits of a text, as written (search/text)
//	stem        what the inflections of a word share
//	key         the term of a word in the index: its stem, and what makes the word of it
//	term set    the words that count as one: those of a stem, with a beginning, or one
//	posting     an article that has a word; a posting list has them in ascending order
//	position    the number of a word in a text, from 1
//	offset      the number of a byte in a text, from 0
//	edit        a letter added, left out, replaced, or swapped with the next
//	segment     an unchanging part of an index, with a mask of what was deleted since
//	column      the values of a field in a segment, by document
//	view        the columns of all segments, as filters, counts and orders see them
//	hits        a set of articles, one bit set a segment
//	snapshot    one unchanging state of an index; a pin holds one for a whole request
//	generation  one complete index on disk
//	level       what is counted and listed: articles, or incidents
//	subject     the incident that an article is about; it only mentions others
//	cursor      where in a sorted list a page ends, with a checksum of what was searched for
//	note        what was done beyond the letter of a request
package search
