package extract

type recordRules struct{}

func newRecordRules(*builder, *numberRules) *recordRules { return &recordRules{} }

func (r *recordRules) find(*document) {}
