// Package indexer brings folders of articles into an index: it walks, reads,
// extracts, groups and writes.
//
//	walk ── read ──┬─ extract ─┬── place ── write
//	               └─ extract ─┘
//
// Files that the index knows with the same size and time of change, those of their
// side-cars included, are not opened, and of those that differ in time alone only
// the hash is made. What cannot be looked at, such as a folder on a drive that is
// gone, is not taken for removed. Links are followed to files within the folders.
//
// Articles are extracted on all cores and come out in the order in which
// they were read, so that a run is repeatable; one goroutine places their mentions
// into incidents and fills batches; another writes them. A command of the user's own
// that extracts, too, is asked while articles are extracted, and its answer is waited for
// before an article is placed. Memory is bounded by the
// queue between the stages, whatever the size of the corpus.
//
// A batch holds articles, the incidents that they changed and the files that they
// complete, and an index applies it together or not at all. A run that is cut off
// leaves whole articles behind; the next one reads the unfinished files again and
// finds what is already there.
package indexer
