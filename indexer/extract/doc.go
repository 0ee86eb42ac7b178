// Package extract reads the facts of cyber incidents out of articles: which
// incident an article is about, who was hit, how many people, which data, and
// for each value the words that state it.
//
// An article is read once. text.go cuts title and text into tokens and looks
// every word up; sentence.go finds sentences and paragraphs; lexicon.go finds
// the phrases of all families in one pass. Families then work on tokens, word
// ids and hits, without regular expressions, and propose candidates with a wide net;
// judging.go gathers the candidates of the subject into facts, factfeatures.go describes
// each fact, and the model of package roles tells whether it is right, heads its field,
// is only possible or denied; assemble.go turns facts into claims with evidence.
// Candidates of incidents that are only mentioned are not judged: they are claims where
// their rule believes in them.
//
// A value whose probability falls short of the threshold of its field is doubtful: it
// keeps its evidence, and nothing is counted, compared or charted by it. Dates are told
// as coarsely as they are sure: where a day is doubtful and its year is not, the claim
// gives the year.
//
// One file holds one family of rules. A family is a struct that a function of
// the builder makes once, and a method that appends candidates to a document.
package extract
