package extract

const nCountFeatures = 1

type count struct {
	value float64
	feats [nCountFeatures]float32
}

type recordRules struct{}

func newRecordRules(*builder, *numberRules) *recordRules { return &recordRules{} }

func (r *recordRules) find(*document) {}
