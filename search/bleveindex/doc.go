// Package bleveindex keeps articles and incidents in Bleve indexes on disk and
// answers the searches of package search from them. Everything that knows Bleve
// is here.
//
// # What a data folder holds
//
//	gen-000007             a generation
//	gen-000008.unfinished  stands beside gen-000008 until that is complete
//	CURRENT                the name of the generation that is searched
//	LOCK                   held by the writer, who says in it who it is, or by readers
//	TOKEN                  of a server, for the owner of the folder alone
//	groups.jsonl           decisions of people, which outlive all generations
//
// The files of a generation are for one user. Those who make the folder of one readable
// to others, as with chmod -R a+rX, share its later files and generations, too.
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
// Beside it stands the file CHECKED, which says of which segments the sums were compared.
//
// Numbers and dates are keywords too: partial dates as they are, numbers in the
// sortable form of facet.EncodeNumber. What Bleve would do with numeric fields,
// doc values, sort fields and facets is done with columns instead.
//
// # How a batch is written
//
// The documents of a batch are made on all processors: their words are analyzed and
// numbered, and what is stored of them is compressed. Scorch gets them as one batch and
// has a segment made of them, which is done here, too, and not by zapx (segment.go says
// why): two thirds of the work on a batch went into that. Writing it to
// disk, and merging segments, is left to Scorch.
//
// # How a search runs
//
// A scorch index is a list of immutable segments, with a mask of deletions. A
// snapshot pins them. The first search that sees a segment reads its keyword
// fields into columns (package facet), which stay until the segment is merged
// away. A query becomes one bit set of matches a segment; filters, counts and
// orders work on columns; the words of the query are scored with BM25 only for
// what matched, while another processor counts; and only the articles of the page
// shown are loaded.
//
// A segment also keeps what was read of it for the words of earlier searches, in a
// bounded cache: their documents, and their frequencies and places once these were
// wanted. A word that was not asked for before costs several times as much.
//
// # Words
//
// The analyzer is our own (package text says what a word is): English stop words are
// left out, names keep their numbers, ampersands and joined forms. On disk there is no
// second field for words as they were typed: a key of the index is a stem and one
// of its words, so that all words of a stem stand side by side in the dictionary.
// A stem is the union of a few postings; a quoted word, a correction and the
// beginning of a word use the same dictionary.
//
// # Ranking
//
// A word's score is BM25 of its stem in the body, plus a part of the stem's BM25
// in the title and of the word's as it was typed, each with true mean lengths and
// frequencies over the live articles: merges and deletions change nothing. The
// best hits are then ranked again by the nearness of the query's words and, where
// the query is long, by words that they share. An organization that a person's
// query names lifts the articles about it. Explanations run the same code over one
// article.
//
// # What is Bleve's, and what is ours
//
// Bleve's are the files of the index and the life of its segments: Scorch stores them, makes
// states of them, deletes, merges and recovers, in the format of zapx. A program that
// imports this package can open a generation with Bleve and ask it Bleve's own term, match,
// phrase, prefix and boolean queries: the mapping names our analyzers, keyword fields are
// keywords, and segments show their words to Bleve as stems in body and title and as they
// are written in body_exact and title_exact (bleveview.go). Bleve's own tools alone cannot
// open an index: they say that there is no such analyzer. What Bleve cannot do here:
// highlight, as the bytes at which words stand are not kept, and score by the lengths of
// texts. Its orders and facets work, and are slow: it makes its doc values anew.
//
// Ours are, each because it is faster:
//
//   - the making of a batch's segment, which was two thirds of the work on a batch;
//   - words under keys with their positions packed, as stems and words in two fields with
//     Bleve's locations take 43 % more disk;
//   - columns, for filters, counts and orders: Bleve's facets take more than 20 times as long;
//   - matching and scoring on postings, for the reasons below.
//
// Bleve's own search is not used by the program, nor a query.Query of our own below it: its
// scorers see one document at a time through a chain of searchers, collectors and
// document matches, which cost several times what the postings do, and what is
// wanted is the set of all matches, for counts, and the scores of the best.
package bleveindex
