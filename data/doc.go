// Package data holds the words of incidex: articles, the claims that they make,
// and the incidents that they report.
//
// An Article is one source text. A Claim is one statement of one field by one
// article, tied to the sentence that it came from by its Evidence. A Mention is
// what one article says about one incident: an article has at most one subject,
// the incident that it is about, and any number of mentioned ones, told as
// background. An Incident is one event at one victim, reported by its members.
// A Record is the merged view of an incident: per field every claim, the value
// chosen among them, the rule that chose it and whether the claims conflict.
//
// The package imports the standard library only and does no input or output.
package data
