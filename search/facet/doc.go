// Package facet counts, filters and sorts the documents of an index by the
// values of their fields, from columns in memory. It knows no index.
//
// A Segment holds the columns of one immutable part of an index and is built
// once. A View is one snapshot: some segments, and which of their documents are
// live. A view numbers its documents anew, so that those of one incident follow
// each other, and keeps for each field that is asked for
//
//   - a column with one key for each document, which stands for its value or for the
//     set of its values, for counting by hits and for sorting,
//   - a bitset for each frequent value, and a list of documents for each other
//     one, for counting by values and for filters.
//
// What is cheaper is chosen for each field and set of hits, by the costs at
// column.count.
//
// All counts are exact, of articles and of distinct incidents alike. How
// incidents are counted from bitsets is told at the type order.
package facet
