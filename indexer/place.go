package indexer

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"incidex/data"
	"incidex/indexer/group"
)

// placer puts documents into incidents and collects what a batch has to write. It is
// not safe for concurrent use.
type placer struct {
	known
	grouper group.Grouper

	articles map[string]*data.Document // of the next batch; nil for one that is gone
	writing  map[string]*data.Document // of the batch that is being applied
	fresh    bool                      // the index held nothing when the run began
	ids      *hashes                   // of articles that the run has put into a fresh index
	changed  map[string]bool           // incidents to write
	files    []*data.File
	gone     []string // files
	bytes    int
}

func newPlacer(sink Sink, rulings *group.Rulings, fresh bool) *placer {
	p := &placer{
		known: newKnown(sink, fresh), fresh: fresh, grouper: group.Grouper{Rulings: rulings},
		articles: map[string]*data.Document{}, changed: map[string]bool{},
	}
	if fresh {
		p.ids = newHashes()
	}
	return p
}

// signed is what grouping compares of a document. It takes longer to make than to
// compare, and needs no placer.
type signed struct {
	// members are those of the mentions, and the one of the campaign behind them.
	members  []group.Newcomer
	campaign bool
}

func sign(d *data.Document) signed {
	var s signed
	add := func(m *data.Mention) {
		s.members = append(s.members, group.NewNewcomer(data.Member{
			Article: d.ID, Mention: len(s.members), Role: m.Role, Signature: group.Sign(&d.Article, m),
		}))
	}
	for i := range d.Mentions {
		add(&d.Mentions[i])
	}
	campaign, ok := group.Campaign(&d.Article, d.Mentions)
	if s.campaign = ok; ok {
		add(&campaign)
	}
	return s
}

// put writes a document in place of the one of the same id, and puts its
// mentions into incidents.
func (p *placer) put(ctx context.Context, d *data.Document, s signed, old *data.Document) error {
	if err := p.withdraw(ctx, old); err != nil {
		return err
	}
	for i := range d.Mentions {
		inc, settled, err := p.place(ctx, d, s.members[i])
		if err != nil {
			return fmt.Errorf("group article %s: %w", d.ID, err)
		}
		if d.Mentions[i].Role == data.Subject && s.members[i].Signature.Victim == "" && !group.Listed(inc) {
			d.Mentions[i].ID, d.Unlisted = "", inc.ID
			continue
		}
		d.Mentions[i].ID = inc.ID
		if settled {
			continue
		}
		if err := p.list(ctx, inc, d); err != nil {
			return fmt.Errorf("group article %s: %w", d.ID, err)
		}
	}
	if s.campaign {
		if err := p.placeCampaign(ctx, d, s.members[len(d.Mentions)]); err != nil {
			return fmt.Errorf("group article %s: %w", d.ID, err)
		}
	}
	if p.fresh {
		p.ids.add(d.ID)
	}
	p.write(d)
	return nil
}

// write adds a document to the next batch as it is.
func (p *placer) write(d *data.Document) {
	p.articles[d.ID] = d
	p.bytes += len(d.Text)
}

// remove takes a document out of the index.
func (p *placer) remove(ctx context.Context, d *data.Document) error {
	if err := p.withdraw(ctx, d); err != nil {
		return err
	}
	p.articles[d.ID] = nil
	return nil
}

// withdraw takes a document, which may be nil, out of its incidents.
func (p *placer) withdraw(ctx context.Context, d *data.Document) error {
	if d == nil {
		return nil
	}
	ids := []string{d.Unlisted}
	for _, m := range d.Mentions {
		ids = append(ids, m.ID)
	}
	for _, id := range ids {
		if id == "" {
			continue
		}
		inc, err := p.get(ctx, id)
		if err != nil {
			return err
		}
		if inc == nil {
			continue
		}
		if err := p.change(inc.ID, group.Remove(inc, d.ID)); err != nil {
			return err
		}
	}
	return nil
}

// place puts one mention of a document into an incident, which it returns. Settled says
// that no other member waits for the incident to be worth listing.
func (p *placer) place(ctx context.Context, d *data.Document, member group.Newcomer) (inc *group.Incident, settled bool, err error) {
	candidates, err := p.candidates(ctx, member)
	if err != nil {
		return nil, false, err
	}
	if home := p.grouper.Rulings.Home(d.ID); home != "" && member.Role == data.Subject {
		inc, err := p.get(ctx, home)
		if err != nil {
			return nil, false, err
		}
		if inc != nil && !slices.Contains(candidates, inc) {
			candidates = append(candidates, inc)
		}
	}
	var failed error
	inc, gone := p.grouper.Apply(p.grouper.Place(member.Profile, candidates), member, candidates, func(id string) bool {
		taken, err := p.taken(ctx, id)
		failed = err
		return taken && err == nil
	})
	if failed != nil {
		return nil, false, failed
	}
	settled = true
	for _, c := range candidates {
		if c.ID == inc.ID || slices.Contains(gone, c.ID) {
			settled = settled && group.Listed(c)
		}
	}
	for _, id := range gone {
		p.redirects[id] = inc.ID
		if err := p.change(id, nil); err != nil {
			return nil, false, err
		}
	}
	if err := p.change(inc.ID, inc); err != nil {
		return nil, false, err
	}
	if len(gone) > 0 {
		err = p.rename(ctx, inc, gone, d)
	}
	return inc, settled, err
}

// placeCampaign puts a document without a subject of its own together with those
// that tell of the same wave of attacks. The incident becomes the subject of all
// of them as soon as it is worth listing.
func (p *placer) placeCampaign(ctx context.Context, d *data.Document, m group.Newcomer) error {
	inc, settled, err := p.place(ctx, d, m)
	if err != nil {
		return err
	}
	d.Unlisted = inc.ID
	if !settled {
		return p.list(ctx, inc, d)
	}
	if group.Listed(inc) {
		listAs(inc, d)
	}
	return nil
}

// list makes an incident the subject of all its members that wait for it to be
// worth listing. The document placing is being placed.
func (p *placer) list(ctx context.Context, inc *group.Incident, placing *data.Document) error {
	if !group.Listed(inc) {
		return nil
	}
	for _, member := range inc.Members {
		doc := placing
		if member.Article != placing.ID {
			var err error
			if doc, err = p.article(ctx, member.Article); err != nil {
				return err
			}
		}
		if doc == nil || doc.Unlisted != inc.ID {
			continue
		}
		if doc != placing {
			doc = cloneMentions(doc)
		}
		listAs(inc, doc)
		if doc != placing {
			p.write(doc)
		}
	}
	return nil
}

// listAs makes an incident the subject of a document that waits for it.
func listAs(inc *group.Incident, d *data.Document) {
	d.Unlisted = ""
	if s := d.Subject(); s != nil {
		s.ID = inc.ID
		return
	}
	d.Mentions = append(d.Mentions, data.Mention{ID: inc.ID, Role: data.Subject, Claims: []data.Claim{}})
}

// rename writes the documents again that name an incident which was merged.
func (p *placer) rename(ctx context.Context, into *group.Incident, gone []string, placing *data.Document) error {
	for _, m := range into.Members {
		doc := placing
		if m.Article != placing.ID {
			var err error
			if doc, err = p.article(ctx, m.Article); err != nil {
				return err
			}
			if doc == nil {
				continue
			}
			doc = cloneMentions(doc)
		}
		touched := false
		for i := range doc.Mentions {
			if slices.Contains(gone, doc.Mentions[i].ID) {
				doc.Mentions[i].ID = into.ID
				touched = true
			}
		}
		if slices.Contains(gone, doc.Unlisted) {
			doc.Unlisted = into.ID
			touched = true
		}
		if touched && doc != placing {
			p.write(doc)
		}
	}
	return nil
}

// cloneMentions copies what rename changes: the document may be in a batch that
// is being written.
func cloneMentions(d *data.Document) *data.Document {
	c := *d
	c.Mentions = slices.Clone(d.Mentions)
	return &c
}

// article returns a document as the run has left it, nil when there is none.
func (p *placer) article(ctx context.Context, id string) (*data.Document, error) {
	if d, ok := p.articles[id]; ok {
		return d, nil
	}
	if d, ok := p.writing[id]; ok {
		return d, nil
	}
	if p.fresh && !p.ids.has(id) {
		return nil, nil
	}
	docs, err := p.sink.Articles(ctx, id)
	if err != nil {
		return nil, err
	}
	return docs[0], nil
}

// change makes inc the incident of an id, in the next batch too; nil takes it away.
func (p *placer) change(id string, inc *group.Incident) error {
	p.changed[id] = true
	return p.set(id, inc)
}

// size is the number of articles that wait to be written.
func (p *placer) size() int { return len(p.articles) }

// batch returns what is to be written, in a fixed order, and begins anew. The
// batch before must have been applied.
func (p *placer) batch() (*data.Batch, error) {
	b := &data.Batch{Files: p.files, RemovedFiles: p.gone}
	for _, id := range slices.Sorted(maps.Keys(p.articles)) {
		if d := p.articles[id]; d == nil {
			b.RemovedArticles = append(b.RemovedArticles, id)
		} else {
			b.Articles = append(b.Articles, d)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(p.changed)) {
		inc, err := p.at(p.number[id])
		if err != nil {
			return nil, err
		}
		if inc == nil {
			b.RemovedIncidents = append(b.RemovedIncidents, id)
		} else {
			b.Incidents = append(b.Incidents, inc.Data())
		}
	}
	p.writing = p.articles
	p.articles, p.changed = map[string]*data.Document{}, map[string]bool{}
	p.files, p.gone, p.bytes = nil, nil, 0
	p.spare()
	return b, nil
}
