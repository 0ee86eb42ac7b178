package bleveindex

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strconv"

	index "github.com/blevesearch/bleve_index_api"
	"github.com/golang/snappy"
	"github.com/samber/lo"

	"incidex/data"
	"incidex/data/codec"
	"incidex/data/rates"
	"incidex/search"
	"incidex/search/facet"
)

// The fields of the Bleve documents that are not fields of claims.
const (
	fieldKind     = "kind"     // article, incident or file
	fieldBody     = "body"     // the words of title and text
	fieldTitle    = "title"    // the words of the title
	fieldIncident = "incident" // id of the article's subject
	fieldMentions = "mentions" // ids of the incidents told as background
	fieldPath     = "path"     // files that the article was read from
	fieldKey      = "key"      // grouping keys and merged ids of an incident
	fieldLengths  = "lengths"  // tokens in body and title, "body title"
	fieldStored   = "doc"      // the whole document, stored and not indexed
)

const (
	kindArticle  = "article"
	kindIncident = "incident"
	kindFile     = "file"
)

func articleID(id string) string  { return "a/" + id }
func incidentID(id string) string { return "i/" + id }
func fileID(path string) string   { return "f/" + path }

// columns are the index fields that are kept in memory for filters and counts.
var columns = func() []string {
	out := []string{fieldIncident, "published", "publisher", "source_kind", "tag", "language"}
	for _, f := range data.Fields {
		out = append(out, string(f.Field))
		if f.Kind == data.Money {
			out = append(out, search.DollarsField(f.Field))
		}
	}
	return out
}()

// document is what Bleve gets of an article, an incident or a file. Nothing is left to
// do for its queue: the goroutine that makes it does the work.
type document struct {
	id       string
	keywords []exact
	words    []*tokens
	// stored is the whole document, compressed, which has so many bytes before.
	stored      []byte
	storedBytes int
}

// exact is an exact value of a field.
type exact struct{ field, value string }

var _ index.Document = (*document)(nil)

func (d *document) ID() string                                 { return d.id }
func (d *document) Size() int                                  { return len(d.stored) }
func (d *document) VisitFields(index.FieldVisitor)             {}
func (d *document) VisitComposite(index.CompositeFieldVisitor) {}
func (d *document) HasComposite() bool                         { return false }
func (d *document) NumPlainTextBytes() uint64                  { return uint64(d.storedBytes) }
func (d *document) AddIDField()                                {}
func (d *document) StoredFieldsBytes() uint64                  { return uint64(len(d.stored)) }
func (d *document) Indexed() bool                              { return false }

// keyword adds an exact value. Empty values are left out.
func (d *document) keyword(field, value string) {
	if value != "" {
		d.keywords = append(d.keywords, exact{field, value})
	}
}

func (d *document) store(v any) error {
	raw, err := codec.Encode(nil, v)
	if err != nil {
		return err
	}
	d.stored, d.storedBytes = snappy.Encode(nil, raw), len(raw)
	return nil
}

// articleDocument returns the Bleve document of an article.
func articleDocument(d *data.Document) (*document, error) {
	b := &document{id: articleID(d.ID)}
	b.keyword(fieldKind, kindArticle)
	title := newTokens(fieldTitle, d.Title)
	body := newTokens(fieldBody, d.Title, d.Text)
	b.words = []*tokens{title, body}
	b.keyword(fieldLengths, strconv.Itoa(body.length)+" "+strconv.Itoa(title.length))
	b.keywords = append(b.keywords, keywordsOf(d)...)
	if err := b.store(withoutQuotes(d)); err != nil {
		return nil, fmt.Errorf("encode article %s: %w", d.ID, err)
	}
	return b, nil
}

// keywordsOf are the exact values of an article, each once.
func keywordsOf(d *data.Document) []exact {
	b := &document{}
	b.keyword("published", string(d.Date))
	b.keyword("publisher", d.Publisher)
	b.keyword("source_kind", string(d.Kind))
	b.keyword("language", d.Language)
	for _, t := range d.Tags {
		b.keyword("tag", t)
	}
	for _, l := range d.Locations {
		b.keyword(fieldPath, l.Path)
	}
	for i := range d.Mentions {
		m := &d.Mentions[i]
		if m.Role != data.Subject {
			b.keyword(fieldMentions, m.ID)
			continue
		}
		if m.ID != "" {
			b.keyword(fieldIncident, m.ID)
		}
		for _, info := range data.Fields {
			b.claims(m, info, d.Date)
		}
	}
	return lo.Uniq(b.keywords)
}

// claims adds what the subject states of a field as a fact: all values of a
// field that can have several, else the best. Amounts are there in US dollars, too, of
// the year of the incident, or of the article's date where that is not told.
func (b *document) claims(m *data.Mention, info data.FieldInfo, published data.Date) {
	field := string(info.Field)
	switch info.Kind {
	case data.Count, data.Money:
		for _, c := range m.Claims {
			if c.Field == info.Field && c.Asserted() && c.Number != nil {
				b.keyword(field, facet.EncodeNumber(*c.Number))
				if worth, ok := rates.ToDollars(*c.Number, c.Currency, yearOf(m, published)); ok && info.Kind == data.Money {
					b.keyword(search.DollarsField(info.Field), facet.EncodeNumber(worth))
				}
				return
			}
		}
	default:
		values := m.Values(info.Field)
		if !info.Many && len(values) > 1 {
			values = values[:1]
		}
		for _, v := range values {
			b.keyword(field, v)
		}
	}
}

// yearOf is the year in which an incident happened or came out, else that of the article.
func yearOf(m *data.Mention, published data.Date) int {
	for _, f := range []data.Field{data.Occurred, data.Disclosed, data.Discovered} {
		if c := m.Best(f); c != nil {
			return data.Date(c.Value).Year()
		}
	}
	return published.Year()
}

// withoutQuotes is the document without the quotes that its text has too, and without a
// password in its address, which an index is no place for.
func withoutQuotes(d *data.Document) *data.Document {
	c := *d
	c.URL = data.WithoutPassword(d.URL)
	c.Mentions = slices.Clone(d.Mentions)
	for i := range c.Mentions {
		m := &c.Mentions[i]
		m.Claims = slices.Clone(m.Claims)
		for j := range m.Claims {
			claim := &m.Claims[j]
			claim.Evidence = slices.Clone(claim.Evidence)
			for k := range claim.Evidence {
				if e := &claim.Evidence[k]; e.Quote == quote(d, *e) {
					e.Quote = ""
				}
			}
		}
	}
	return &c
}

// restoreQuotes is the inverse of withoutQuotes, in place. An index that was made by an
// older program may still hold passwords.
func restoreQuotes(d *data.Document) {
	d.URL = data.WithoutPassword(d.URL)
	for i := range d.Mentions {
		for j := range d.Mentions[i].Claims {
			evidence := d.Mentions[i].Claims[j].Evidence
			for k := range evidence {
				if evidence[k].Quote == "" {
					evidence[k].Quote = quote(d, evidence[k])
				}
			}
		}
	}
}

// quote is the text of a span.
func quote(d *data.Document, e data.Evidence) string {
	if e.Source == data.InTitle {
		return e.In(d.Title)
	}
	return e.In(d.Text)
}

// groupingKey is the term of a grouping key.
func groupingKey(key uint32) string {
	return string(binary.BigEndian.AppendUint32([]byte("k/"), key))
}

func incidentDocument(inc *data.Incident) (*document, error) {
	b := &document{id: incidentID(inc.ID)}
	b.keyword(fieldKind, kindIncident)
	for _, k := range inc.Keys {
		b.keyword(fieldKey, groupingKey(k))
	}
	for _, id := range inc.Merged {
		b.keyword(fieldKey, "m/"+id)
	}
	if err := b.store(inc); err != nil {
		return nil, fmt.Errorf("encode incident %s: %w", inc.ID, err)
	}
	return b, nil
}

func fileDocument(f *data.File) (*document, error) {
	b := &document{id: fileID(f.Path)}
	b.keyword(fieldKind, kindFile)
	if err := b.store(f); err != nil {
		return nil, fmt.Errorf("encode file %s: %w", f.Path, err)
	}
	return b, nil
}
