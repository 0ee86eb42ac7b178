package export

import (
	"encoding/json"
	"io"
	"math"
	"strings"
	"time"

	"github.com/google/uuid"

	"incidex/data"
)

// A STIX 2.1 bundle has an incident for each row, what it is related to, and a report for
// each of its articles that has a date. Ids are UUIDs of version 5 of what they stand
// for, so that a thing has the same one in every export, and one object in a bundle.
// Whoever exported it is an identity, what was exported a note on it.
//
// STIX has no words for most fields yet: the description of an incident has them all,
// with the sentences that they come from.

// stixNamespace is that of all ids, itself the UUID of a name.
var stixNamespace = uuid.NewSHA1(uuid.NameSpaceURL, []byte("urn:incidex:stix"))

// stixAlways is when things known by their names alone were made: the same in each
// export, so that none of them seems changed.
const stixAlways = "2000-01-01T00:00:00.000Z"

// stixObject has the properties of every kind of object that is written.
type stixObject struct {
	Type       string    `json:"type"`
	Spec       string    `json:"spec_version"`
	ID         string    `json:"id"`
	CreatedBy  string    `json:"created_by_ref,omitempty"`
	Created    string    `json:"created"`
	Modified   string    `json:"modified"`
	Name       string    `json:"name,omitempty"`
	About      string    `json:"description,omitempty"`
	Confidence *int      `json:"confidence,omitempty"`
	Labels     []string  `json:"labels,omitempty"`
	References []stixRef `json:"external_references,omitempty"`

	Class        string   `json:"identity_class,omitempty"`
	ActorTypes   []string `json:"threat_actor_types,omitempty"`
	IsFamily     *bool    `json:"is_family,omitempty"`
	ReportTypes  []string `json:"report_types,omitempty"`
	Published    string   `json:"published,omitempty"`
	Content      string   `json:"content,omitempty"`
	Objects      []string `json:"object_refs,omitempty"`
	Relationship string   `json:"relationship_type,omitempty"`
	Source       string   `json:"source_ref,omitempty"`
	Target       string   `json:"target_ref,omitempty"`
}

type stixRef struct {
	Source string `json:"source_name"`
	ID     string `json:"external_id,omitempty"`
	URL    string `json:"url,omitempty"`
	About  string `json:"description,omitempty"`
}

type stixWriter struct {
	array
	about  About
	author string
	// written are the ids of the objects that several incidents share.
	written map[string]bool
}

func beginSTIX(w io.Writer, a About) (writer, error) {
	s := &stixWriter{array: array{w: w}, about: a, author: stixID("identity", "incidex"), written: map[string]bool{}}
	bundle := stixID("bundle", a.Generation+"\x00"+a.Search()+"\x00"+stixTime(a.Time))
	id, _ := json.Marshal(bundle) // a text
	s.before = "{\"type\":\"bundle\",\"id\":" + string(id) + ",\"objects\":[\n"
	err := s.add(stixObject{Type: "identity", ID: s.author, Name: "incidex", Class: "system", Created: stixAlways, Modified: stixAlways})
	if err != nil {
		return nil, err
	}
	text := "Incidents that the search " + a.Search() + " finds in generation " + a.Generation + " of the index, exported by incidex " + a.Version + "."
	return s, s.add(stixObject{
		Type: "note", ID: stixID("note", bundle), CreatedBy: s.author, Created: stixTime(a.Time), Modified: stixTime(a.Time), Content: text, Objects: []string{s.author},
	})
}

func (s *stixWriter) add(o stixObject) error {
	o.Spec = "2.1"
	return s.array.add(o)
}

func (s *stixWriter) end() error {
	_, err := io.WriteString(s.w, "\n]}\n")
	return err
}

func (s *stixWriter) row(e entry) error {
	created, modified := s.lifetime(&e)
	inc := stixObject{
		Type: "incident", ID: stixID("incident", e.id), CreatedBy: s.author, Created: created, Modified: modified,
		Name: e.title, About: stixFacts(&e), References: []stixRef{{Source: "incidex", ID: e.id}},
	}
	for _, a := range e.values(data.Attack) {
		inc.Labels = append(inc.Labels, strings.ToLower(a))
	}
	for _, a := range e.sources {
		inc.References = append(inc.References, stixSource(a))
	}
	if err := s.add(inc); err != nil {
		return err
	}
	for _, c := range e.facts {
		other, relation := s.related(&e, c)
		if other.Type == "" {
			continue
		}
		if err := s.relate(inc, other, relation, c); err != nil {
			return err
		}
	}
	return s.reports(&e, inc)
}

// related is the object that a fact is, and how the incident stands to it. An object
// without a type is none.
func (s *stixWriter) related(e *entry, c data.SourcedClaim) (stixObject, string) {
	o := stixObject{Name: c.Value, Created: stixAlways, Modified: stixAlways, CreatedBy: s.author}
	switch c.Field {
	case data.Victim:
		o.Type, o.Class = "identity", "organization"
		return o, "targets"
	case data.Supplier:
		o.Type, o.Class = "identity", "organization"
		return o, "related-to"
	case data.Actor:
		o.Type, o.ActorTypes = "threat-actor", []string{stixActor(c.Value)}
		return o, "attributed-to"
	case data.Malware:
		family := true
		o.Type, o.IsFamily = "malware", &family
		return o, "uses"
	case data.CVE:
		o.Type, o.References = "vulnerability", []stixRef{{Source: "cve", ID: c.Value}}
		return o, "exploits"
	}
	return o, ""
}

// relate writes an object unless it is written, and what the incident has to do with it.
func (s *stixWriter) relate(inc, other stixObject, relation string, c data.SourcedClaim) error {
	other.ID = stixID(other.Type, other.Name)
	if !s.written[other.ID] {
		s.written[other.ID] = true
		if err := s.add(other); err != nil {
			return err
		}
	}
	sure := int(math.Round(100 * c.Confidence))
	return s.add(stixObject{
		Type: "relationship", ID: stixID("relationship", inc.ID+relation+other.ID), CreatedBy: s.author, Created: inc.Created, Modified: inc.Modified,
		Relationship: relation, Source: inc.ID, Target: other.ID, Confidence: &sure, About: strings.Join(quotes(c), " … "),
	})
}

// reports writes the articles that have a date. One on several incidents is written with
// the first of them; the others name it among their references.
func (s *stixWriter) reports(e *entry, inc stixObject) error {
	for _, a := range e.sources {
		day, ok := a.Date.First()
		id := stixID("report", a.ID)
		if !ok || s.written[id] || a.Title == "" {
			continue
		}
		s.written[id] = true
		err := s.add(stixObject{
			Type: "report", ID: id, CreatedBy: s.author, Created: stixTime(day), Modified: stixTime(day), Name: a.Title, ReportTypes: []string{"threat-report"},
			Published: stixTime(day), Objects: []string{inc.ID}, References: []stixRef{stixSource(a)},
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// lifetime is from the first article to the last one; without a date the export is both.
func (s *stixWriter) lifetime(e *entry) (created, modified string) {
	first, last := e.published()
	from, ok := first.First()
	to, ok2 := last.First()
	if !ok || !ok2 {
		return stixTime(s.about.Time), stixTime(s.about.Time)
	}
	return stixTime(from), stixTime(to)
}

func stixSource(a data.ArticleRef) stixRef {
	r := stixRef{Source: a.Publisher, ID: a.ID, URL: data.WithoutPassword(a.URL), About: a.Title}
	if r.Source == "" {
		r.Source = "article"
	}
	return r
}

// stixFacts are all facts, a line each, with what they come from.
func stixFacts(e *entry) string {
	var lines []string
	for _, info := range data.Fields {
		for _, c := range e.of(info.Field) {
			text := info.Label + ": " + shown(c)
			if q := quotes(c); len(q) > 0 {
				text += " — “" + strings.Join(q, " … ") + "”"
			}
			lines = append(lines, text)
		}
	}
	return strings.Join(lines, "\n")
}

func stixID(kind, name string) string {
	return kind + "--" + uuid.NewSHA1(stixNamespace, []byte(kind+"\x00"+name)).String()
}

func stixTime(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }
