package data

// Batch is a set of changes that an index applies together or not at all.
// Putting what is already there replaces it.
type Batch struct {
	Articles  []*Document
	Incidents []*Incident
	Files     []*File

	RemovedArticles  []string // ids
	RemovedIncidents []string // ids
	RemovedFiles     []string // paths

	// Decisions is the number of a person's decisions that the index follows with the
	// batch; 0 leaves it as it is.
	Decisions int
}

// Empty reports whether the batch changes nothing.
func (b *Batch) Empty() bool {
	return len(b.Articles)+len(b.Incidents)+len(b.Files)+
		len(b.RemovedArticles)+len(b.RemovedIncidents)+len(b.RemovedFiles)+b.Decisions == 0
}
