package indexer

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"incidex/data"
	"incidex/indexer/group"
)

// placer puts documents into incidents and collects what a batch has to write.
// It keeps every incident that the run has touched, so that decisions see those
// that are not written yet. It is not safe for concurrent use.
type placer struct {
	sink    Sink
	grouper group.Grouper
	// fresh says that the index held nothing when the run began: nothing to look up.
	fresh bool

	kept      int                        // see maxKept
	incidents map[string]*group.Incident // touched; nil for one that is gone
	redirects map[string]string          // ids of merged incidents
	keys      map[string][]string        // incident ids by grouping key, a superset
	loaded    map[string]int             // keys that were read from the index, and the most incidents looked for

	articles map[string]*data.Document // of the next batch; nil for one that is gone
	writing  map[string]*data.Document // of the batch that is being applied
	ids      map[string]bool           // articles that the run has put
	changed  map[string]bool           // incidents to write
	files    []*data.File
	gone     []string // files
	bytes    int
}

func newPlacer(sink Sink, rulings *group.Rulings, fresh bool) *placer {
	return &placer{
		sink: sink, grouper: group.Grouper{Rulings: rulings}, fresh: fresh, kept: maxKept,
		incidents: map[string]*group.Incident{}, redirects: map[string]string{},
		keys: map[string][]string{}, loaded: map[string]int{},
		articles: map[string]*data.Document{}, ids: map[string]bool{}, changed: map[string]bool{},
	}
}

// signed is what grouping compares of a document. It takes longer to make than to
// compare, and needs no placer.
type signed struct {
	// members are those of the mentions, and the one of the campaign behind them.
	members  []*group.Profile
	campaign bool
}

func sign(d *data.Document) signed {
	var s signed
	add := func(m *data.Mention) {
		s.members = append(s.members, group.NewProfile(data.Member{
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
		inc, err := p.place(ctx, d, s.members[i])
		if err != nil {
			return fmt.Errorf("group article %s: %w", d.ID, err)
		}
		d.Mentions[i].ID = inc.ID
		if err := p.list(ctx, inc, d); err != nil {
			return fmt.Errorf("group article %s: %w", d.ID, err)
		}
	}
	if s.campaign {
		if err := p.placeCampaign(ctx, d, s.members[len(d.Mentions)]); err != nil {
			return fmt.Errorf("group article %s: %w", d.ID, err)
		}
	}
	p.ids[d.ID] = true
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
		inc, err := p.incident(ctx, id)
		if err != nil {
			return err
		}
		if inc == nil {
			continue
		}
		p.set(inc.ID, group.Remove(inc, d.ID))
	}
	return nil
}

// place puts one mention of a document into an incident, which it returns.
func (p *placer) place(ctx context.Context, d *data.Document, member *group.Profile) (*group.Incident, error) {
	candidates, err := p.candidates(ctx, member)
	if err != nil {
		return nil, err
	}
	if home := p.grouper.Rulings.Home(d.ID); home != "" && member.Role == data.Subject {
		inc, err := p.incident(ctx, home)
		if err != nil {
			return nil, err
		}
		if inc != nil && !slices.Contains(candidates, inc) {
			candidates = append(candidates, inc)
		}
	}
	var failed error
	inc, gone := p.grouper.Apply(p.grouper.Place(member, candidates), member, candidates, func(id string) bool {
		taken, err := p.taken(ctx, id)
		failed = err
		return taken && err == nil
	})
	if failed != nil {
		return nil, failed
	}
	for _, id := range gone {
		p.redirects[id] = inc.ID
		p.set(id, nil)
	}
	p.set(inc.ID, inc)
	if len(gone) > 0 {
		return inc, p.rename(ctx, inc, gone, d)
	}
	return inc, nil
}

// placeCampaign puts a document without a subject of its own together with those
// that tell of the same wave of attacks. The incident becomes the subject of all
// of them as soon as it is worth listing.
func (p *placer) placeCampaign(ctx context.Context, d *data.Document, m *group.Profile) error {
	inc, err := p.place(ctx, d, m)
	if err != nil {
		return err
	}
	d.Unlisted = inc.ID
	return p.list(ctx, inc, d)
}

// list makes an incident the subject of all its members that wait for it to be
// worth listing. The document placing is being placed.
func (p *placer) list(ctx context.Context, inc *group.Incident, placing *data.Document) error {
	if !group.Listed(inc.Incident) {
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
		doc.Unlisted = ""
		doc.Mentions = append(doc.Mentions, data.Mention{ID: inc.ID, Role: data.Subject, Claims: []data.Claim{}})
		if doc != placing {
			p.write(doc)
		}
	}
	return nil
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
	if p.fresh && !p.ids[id] {
		return nil, nil
	}
	docs, err := p.sink.Articles(ctx, id)
	if err != nil {
		return nil, err
	}
	return docs[0], nil
}

// incident returns an incident as the run has left it, by its id or that of one
// that was merged into it, nil when there is none.
func (p *placer) incident(ctx context.Context, id string) (*group.Incident, error) {
	for p.redirects[id] != "" {
		id = p.redirects[id]
	}
	if inc, ok := p.incidents[id]; ok {
		return inc, nil
	}
	if p.fresh {
		return nil, nil
	}
	found, err := p.sink.Incidents(ctx, id)
	if err != nil || found[0] == nil {
		return nil, err
	}
	return p.remember(found[0]), nil
}

// remember adds an incident that was read from the index, unless the run has
// changed it, and returns it as the run has left it.
func (p *placer) remember(read *data.Incident) *group.Incident {
	if known, ok := p.incidents[read.ID]; ok {
		return known
	}
	inc := group.Prepare(read)
	p.incidents[inc.ID] = inc
	p.index(inc)
	return inc
}

func (p *placer) index(inc *group.Incident) {
	for _, k := range inc.Keys {
		if !slices.Contains(p.keys[k], inc.ID) {
			p.keys[k] = append(p.keys[k], inc.ID)
		}
	}
}

func (p *placer) set(id string, inc *group.Incident) {
	p.incidents[id] = inc
	p.changed[id] = true
	if inc != nil {
		p.index(inc)
	}
}

func (p *placer) taken(ctx context.Context, id string) (bool, error) {
	if p.redirects[id] != "" {
		return true, nil
	}
	inc, err := p.incident(ctx, id)
	return inc != nil, err
}

// candidates returns the incidents that share a key with a member.
func (p *placer) candidates(ctx context.Context, m *group.Profile) ([]*group.Incident, error) {
	var out []*group.Incident
	seen := map[string]bool{}
	for _, k := range m.Keys {
		most := group.Crowded(m.Signature, k)
		if !p.fresh && p.loaded[k] < most {
			known, few, err := p.sink.IncidentsWith(ctx, k, most)
			if err != nil {
				return nil, err
			}
			if !few {
				continue
			}
			for _, inc := range known {
				p.remember(inc)
			}
			p.loaded[k] = most
		}
		ids := p.keys[k]
		if len(ids) > most {
			continue // so common that it tells nothing
		}
		live := ids[:0]
		for _, id := range ids {
			inc := p.incidents[id]
			if inc == nil {
				continue
			}
			if _, ok := slices.BinarySearch(inc.Keys, k); !ok {
				continue
			}
			live = append(live, id)
			if !seen[id] {
				seen[id] = true
				out = append(out, inc)
			}
		}
		p.keys[k] = live
	}
	return out, nil
}

// maxKept is the number of incidents above which those that are written are
// forgotten and read from the index when they are needed: about 200 MB.
const maxKept = 40_000

// crowded reports whether it is time to forget.
func (p *placer) crowded() bool { return len(p.incidents) > p.kept }

// forget drops what the index knows. Every batch must have been applied.
func (p *placer) forget() {
	p.fresh = false
	clear(p.incidents)
	clear(p.keys)
	clear(p.loaded)
	clear(p.writing)
}

// size is the number of articles that wait to be written.
func (p *placer) size() int { return len(p.articles) }

// batch returns what is to be written, in a fixed order, and begins anew. The
// batch before must have been applied.
func (p *placer) batch() *data.Batch {
	b := &data.Batch{Files: p.files, RemovedFiles: p.gone}
	for _, id := range slices.Sorted(maps.Keys(p.articles)) {
		if d := p.articles[id]; d == nil {
			b.RemovedArticles = append(b.RemovedArticles, id)
		} else {
			b.Articles = append(b.Articles, d)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(p.changed)) {
		if inc := p.incidents[id]; inc == nil {
			b.RemovedIncidents = append(b.RemovedIncidents, id)
		} else {
			b.Incidents = append(b.Incidents, inc.Incident)
		}
	}
	p.writing = p.articles
	p.articles, p.changed = map[string]*data.Document{}, map[string]bool{}
	p.files, p.gone, p.bytes = nil, nil, 0
	return b
}
