// Package extract reads the facts of cyber incidents out of articles: which
// incident an article is about, who was hit, how many people, which data, and
// for each value the words that state it.
//
// An article is read once. text.go cuts title and text into tokens and looks
// every word up; sentence.go finds sentences and paragraphs; lexicon.go finds
// the phrases of all families in one pass. Families then work on tokens, word
// ids and hits, without regular expressions, and propose candidates; assemble.go
// gives each candidate to the incident that its sentence tells of, and turns it
// into a claim with evidence.
//
// One file holds one family of rules. A family is a struct that a function of
// the builder makes once, and a method that appends candidates to a document.
package extract
