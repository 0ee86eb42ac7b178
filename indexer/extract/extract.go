package extract

import (
	"sync"

	"incidex/data"
	"incidex/indexer/extract/roles"
)

// Version names the rules. It is bumped when rules change, so that an index
// knows which articles to extract again.
const Version = "6"

// Extractor holds the compiled lexicons. It is safe for concurrent use.
type Extractor struct {
	lex      *lexicon
	status   *statusRules
	numbers  *numberRules
	orgs     *orgRules
	stories  *storyRules
	families []family
	roles    *roles.Model
	// scopes are where the model looks each field up, in the order of data.Fields.
	scopes  []roles.Scope
	subject roles.Scope
	mention roles.Scope
	pool    sync.Pool
}

// family is a group of rules that proposes candidates for one or more fields,
// after the story of the document is known.
type family interface {
	find(d *document)
}

// New compiles the lexicons.
func New() *Extractor { return newExtractor(newBuilder()) }

func newExtractor(b *builder) *Extractor {
	x := &Extractor{lex: b.lex}
	x.status = newStatusRules(b)
	x.numbers = newNumberRules(b)
	x.orgs = newOrgRules(b)
	x.stories = newStoryRules(b, x.orgs)
	x.families = factFamilies(b)
	x.roles = roles.New()
	x.subject = roles.ScopeOf(Subject, Subject)
	x.mention = roles.ScopeOf(Mention, Mention)
	for _, f := range data.Fields {
		x.scopes = append(x.scopes, roles.ScopeOf(roleKinds[f.Field], string(f.Field)))
	}
	x.pool.New = func() any { return &document{lex: x.lex} }
	return x
}

// Extract returns what the article says about incidents: the subject first, when
// there is one, then incidents mentioned as background. Claims that the source
// gives are put first. An article in another language than English has no claims but
// these. Extract does not change or keep the article.
func (x *Extractor) Extract(a *data.Article) []data.Mention {
	if !English(a) {
		return givenOnly(a)
	}
	d := x.pool.Get().(*document)
	defer x.pool.Put(d)
	x.read(d, a)
	if d.hasSubject() && !x.judge(d) {
		d.dismissed = true
		x.read(d, a)
		d.dismissed = false
	}
	x.judgeMentions(d)
	return d.assemble(x.roles)
}

// read fills the document with everything that rules find in the article.
func (x *Extractor) read(d *document, a *data.Article) {
	d.reset()
	d.load(a)
	x.status.mark(d)
	x.numbers.find(d)
	x.orgs.find(d)
	x.stories.find(d)
	for _, f := range x.families {
		f.find(d)
	}
}
