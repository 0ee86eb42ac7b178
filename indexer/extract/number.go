package extract

type numberRules struct{}

func newNumberRules(*builder) *numberRules { return &numberRules{} }

func (n *numberRules) find(*document) {}
