// Package facet counts, filters and sorts the documents of an index by the
// values of their fields, from columns in memory. It knows no index.
//
// A Segment holds the columns of one immutable part of an index and is built
// once. A View is one snapshot: some segments, and which of their documents are
// live. A view numbers its documents anew, so that those of one incident follow
// each other, and keeps for each field that is asked for
//
//   - a column of value ids, for counting few hits and for sorting,
//   - a bitset for each frequent value, and a list of documents for each other
//     one, for counting many hits and for filters.
//
// All counts are exact, of articles and of distinct incidents alike. How
// incidents are counted from bitsets is told at the type order.
package facet
