// Package group puts articles together into incidents.
//
// # The problem
//
// Many articles report one incident, and one article may mention several. Nothing
// in an article names the incident: the same victim is written in four ways, the
// count grows from week to week, and one victim can be hit twice in a year. The
// package decides, one mention at a time, whether the mention belongs to a known
// incident, starts a new one, or shows that two known ones are the same.
//
// # How
//
// Sign reduces a mention to a data.Signature: who, when, how many, how, and the
// rarest words of the article with a sketch of its whole text. Keys names the
// blocks in which to look for company: the victim and its parent, malware, CVEs,
// and the rarest words of a month. Only incidents that share a block are
// candidates, so a new article touches only its blocks.
//
// A Grouper scores the new member against the members of each candidate. A pair's
// score is a sum of log-odds, each with its reason in words (see score.go for the
// table); above 0 the pair is more likely one incident than two. Guards forbid a
// join whatever the sum: two different named victims, a cut that a person made.
//
// An article without a victim, on a malware or a wave of attacks, is placed by its
// words (see Campaign). The first article about what was only mentioned before gives
// it its id; after that no article renames an incident.
//
// # What it gets wrong
//
// A mention is placed by what is known when it comes, so that a run over a folder that
// grew gives other incidents than one run over all of it: an article that would have
// joined two came when there was one, and words that are rare in a month of few articles
// are not in a month of many. Nothing is moved later unless a new article shows that two
// incidents are one, so that addresses stay; a rebuild decides all anew, and its dry run
// says what would differ.
//
// Two breaches of one victim within weeks, told without numbers or dates, are
// joined. A worm that is told throughout by comparison with a better known one of the
// same week may join that. Articles on one malware that each name another source as
// their victim stay apart. An incident told first under the name of a subsidiary that
// the gazetteer does not know, in words of its own, stays apart until an article
// names both.
//
// Everything is a pure function of its arguments; nothing here reads or writes a
// file, and the same input gives the same decision.
package group
