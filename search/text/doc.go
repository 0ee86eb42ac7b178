// Package text says what the words of a text are: how they are cut, folded and stemmed,
// where they stand, under which key an index keeps them, which of them a query matches,
// and what one edit makes of a word. It knows no index.
package text
