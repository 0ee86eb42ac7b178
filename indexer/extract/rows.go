package extract

import (
	"slices"

	"incidex/data"
)

// Row is a candidate value of the subject with its features, to learn roles from.
type Row struct {
	Field data.Field
	// Status is Actual, Negated or Advised.
	Status   data.Status
	Value    string
	Number   float64
	Currency string
	Kind     string
	// Scale names the scale of its judgment.
	Scale string
	// Features are the names of its features, and Believed tells that the rules alone
	// would have claimed it.
	Features []string
	// Values are the values of the features.
	Values   []float32
	Believed bool
	// Rule and Quote say where it comes from.
	Rule, Quote string
}

// Subject is the field of the row that asks whether there is a subject at all.
const Subject = "subject"

// Reader reads rows; it is not safe for concurrent use.
type Reader struct {
	x *Extractor
	d *document
}

// NewReader makes a reader.
func NewReader() *Reader {
	x := New()
	return &Reader{x, &document{lex: x.lex, learning: true}}
}

// Rows returns every candidate value of the article, as if it had a subject.
func (r *Reader) Rows(a *data.Article) []Row {
	d := r.d
	r.x.read(d, a)
	d.gather()
	d.shape()
	var out []Row
	d.describeSubject()
	out = append(out, Row{Field: Subject, Status: data.Actual, Kind: Subject, Scale: d.scaleOf(Subject), Features: slices.Clone(d.row.Names), Values: slices.Clone(d.row.Values), Believed: d.likely >= subjectFrom})
	for i := range d.judging.facts {
		f := &d.judging.facts[i]
		d.describeFact(f)
		c := &d.candidates[d.order[f.from]]
		row := Row{Field: f.field, Status: [nSides]data.Status{data.Actual, data.Negated, data.Advised}[f.side], Value: c.value, Number: c.number, Currency: c.currency,
			Kind: roleKinds[f.field], Scale: d.scaleOf(f.field), Features: slices.Clone(d.row.Names), Values: slices.Clone(d.row.Values), Believed: !c.wide, Rule: c.rule, Quote: d.text(c.from, c.to)}
		out = append(out, row)
	}
	for i := range d.incidents {
		if inc := &d.incidents[i]; inc.role == data.Mentioned && inc.victim >= 0 {
			d.describeMentioned(inc)
			out = append(out, Row{Field: Mention, Status: data.Actual, Value: r.x.orgs.nameOf(d, inc.victim), Kind: Mention, Scale: Mention, Features: slices.Clone(d.row.Names), Values: slices.Clone(d.row.Values), Believed: true})
		}
	}
	return out
}
