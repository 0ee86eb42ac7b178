package extract

type orgRules struct{}

func newOrgRules(*builder) *orgRules { return &orgRules{} }

func (o *orgRules) find(*document) {}
