package bleveindex

import (
	"cmp"
	"slices"

	index "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// termIterator lists terms as Bleve's dictionaries do.
type termIterator struct {
	view      *termView
	automaton segment.Automaton
	terms     []string
	err       error
}

func (t *termIterator) Next() (*index.DictEntry, error) {
	for t.err == nil && len(t.terms) > 0 {
		term := t.terms[0]
		t.terms = t.terms[1:]
		if t.automaton != nil && !accepts(t.automaton, term) {
			continue
		}
		list, err := t.view.PostingsList([]byte(term), nil, nil)
		if err != nil {
			return nil, err
		}
		return &index.DictEntry{Term: term, Count: list.Count()}, nil
	}
	return nil, t.err
}

func accepts(a segment.Automaton, term string) bool {
	state := a.Start()
	for i := range len(term) {
		if !a.CanMatch(state) {
			return false
		}
		state = a.Accept(state, term[i])
	}
	return a.IsMatch(state)
}

// unread is what tells Bleve of bytes that were read, of which nothing is kept.
type unread struct{}

func (unread) BytesRead() uint64     { return 0 }
func (unread) ResetBytesRead(uint64) {}
func (unread) BytesWritten() uint64  { return 0 }
func (unread) Size() int             { return 0 }

// postingsView are the documents of a term in ascending order.
type postingsView struct {
	unread
	field string
	list  []posting
}

// posting is a document with the positions that a term has in it.
type posting struct {
	unread
	doc       uint64
	norm      float64
	field     string
	positions []int
}

// take adds the documents of one key.
func (p *postingsView) take(list segment.PostingsList) error {
	it := list.Iterator(true, true, true, nil)
	for {
		x, err := it.Next()
		if err != nil || x == nil {
			return err
		}
		p.list = append(p.list, posting{
			doc: x.Number(), norm: x.Norm(), field: p.field, positions: appendPlaces(nil, x.Frequency(), x.Locations()),
		})
	}
}

// join makes one posting of those of a document, as several words of a stem have them.
func (p *postingsView) join() {
	slices.SortStableFunc(p.list, func(a, b posting) int { return cmp.Compare(a.doc, b.doc) })
	out := p.list[:0]
	for _, x := range p.list {
		if n := len(out); n > 0 && out[n-1].doc == x.doc {
			out[n-1].positions = append(out[n-1].positions, x.positions...)
			continue
		}
		out = append(out, x)
	}
	p.list = out
	for i := range p.list {
		slices.Sort(p.list[i].positions)
		p.list[i].positions = slices.Compact(p.list[i].positions)
	}
}

func (p *postingsView) Count() uint64 { return uint64(len(p.list)) }

func (p *postingsView) Iterator(_, _, _ bool, _ segment.PostingsIterator) segment.PostingsIterator {
	return &postingsIterator{list: p.list}
}

type postingsIterator struct {
	unread
	list []posting
}

func (i *postingsIterator) Next() (segment.Posting, error) {
	if len(i.list) == 0 {
		return nil, nil
	}
	x := &i.list[0]
	i.list = i.list[1:]
	return x, nil
}

func (i *postingsIterator) Advance(doc uint64) (segment.Posting, error) {
	at, _ := slices.BinarySearchFunc(i.list, doc, func(x posting, doc uint64) int { return cmp.Compare(x.doc, doc) })
	i.list = i.list[at:]
	return i.Next()
}

func (p *posting) Number() uint64    { return p.doc }
func (p *posting) Frequency() uint64 { return uint64(len(p.positions)) }
func (p *posting) Norm() float64     { return p.norm }

func (p *posting) Locations() []segment.Location {
	out := make([]segment.Location, len(p.positions))
	for i, pos := range p.positions {
		out[i] = location{field: p.field, pos: uint64(pos)}
	}
	return out
}

// location is a position. Where the word stands in the bytes of the text is not kept, as
// the text is no stored field of its own that Bleve could mark it in.
type location struct {
	unread
	field string
	pos   uint64
}

func (l location) Field() string            { return l.field }
func (l location) Start() uint64            { return 0 }
func (l location) End() uint64              { return 0 }
func (l location) Pos() uint64              { return l.pos }
func (l location) ArrayPositions() []uint64 { return nil }
