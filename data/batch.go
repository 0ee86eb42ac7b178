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
}

// Empty reports whether the batch changes nothing.
func (b *Batch) Empty() bool {
	return len(b.Articles)+len(b.Incidents)+len(b.Files)+
		len(b.RemovedArticles)+len(b.RemovedIncidents)+len(b.RemovedFiles) == 0
}
