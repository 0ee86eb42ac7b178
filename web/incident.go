package web

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"incidex/data"
)

// IncidentPage is the page of an incident.
type IncidentPage struct {
	Frame
	Record data.Record
	// Documents are the record's articles by id, for the sentences around quotes.
	// Where one is missing the quote stands alone.
	Documents map[string]*data.Document
	// Comparable are the nearest other incidents, best first.
	Comparable []Comparable
	// Together says of each article why it is in the incident; nil where that was not
	// found out.
	Together []Bond
	// Why says that Together was asked for, Askable that it can be.
	Why, Askable bool
}

// Reason is a part of a score.
type Reason struct {
	Words string
	Score float64
}

// Sum is the score with its sign and two digits: "+0.30".
func (r Reason) Sum() string { return signed(r.Score) }

func signed(x float64) string { return strings.Replace(fmt.Sprintf("%+.2f", x), "-", "−", 1) }

// Comparable is an incident that is like another one.
type Comparable struct {
	ID, Title string
	Score     float64
	// Reasons say in words what the two have in common, weightiest first. They add up
	// to Score.
	Reasons []Reason
}

// Bond is why an article is in an incident. Scores above 0 speak for it.
type Bond struct {
	Article, Title string
	// Mentioned says that the article mentions the incident in passing.
	Mentioned bool
	Score     float64
	// Nearest is the article of the incident that is most like it, "" when it is alone.
	Nearest, NearestTitle string
	// Ruling is a person's decision that outweighed the score.
	Ruling  string
	Reasons []Reason
	// Others are the nearest other incidents.
	Others []Apart
}

// Apart is an incident that an article is not in.
type Apart struct {
	ID    string
	Score float64
	// Guard is what keeps the article out whatever the score, "" when the score does.
	Guard   string
	Reasons []Reason
}

// Sum is the score with its sign.
func (b Bond) Sum() string { return signed(b.Score) }

// Sum is the score with its sign.
func (a Apart) Sum() string { return signed(a.Score) }

// incidentView is what the template shows.
type incidentView struct {
	IncidentPage
	Groups []recordGroup
	Events []event
	// Lead are the fields of the summary.
	Lead []recordField
	Tick tick
	// Sources are the articles, MoreSources those behind the first ones.
	Sources, MoreSources sourceList
	// Like are the comparable incidents.
	Like []comparableView
	// Others are the incidents in the tray without this one.
	Others []trayItem
	// Against is the comparison with the others in the tray.
	Against string
	// Doubtful are the fields with claims that are too doubtful for the record, and
	// Doubts their number.
	Doubtful []recordField
	Doubts   int
}

// sourceList is a list of articles with the state of the page.
type sourceList struct {
	State    State
	Articles []data.ArticleRef
}

type comparableView struct {
	Comparable
	Tick tick
}

type recordGroup struct {
	Heading, Class string
	Fields         []recordField
}

// recordField is one field of the record.
type recordField struct {
	Field        data.Field
	Label, Class string
	Rule         string
	Conflict     bool
	Chosen       []*ClaimView
	// Claims are all claims that are not doubtful, and Doubtful the others.
	Claims, Doubtful []*ClaimView
	// Points are the claims on the bar, nil where there are not two different numbers.
	Points []*ClaimView
	// Log says that the bar is logarithmic.
	Log bool
	// Low and High are the ends of the bar.
	Low, High string
	// Open shows the claims at once, as few sources disagree on a number.
	Open bool
}

// The limits of what the page of an incident shows at once.
const (
	// openClaims is the most claims of a field that are shown at once.
	openClaims = 6
	// maxReports is the most articles on the timeline; of more, the first and the
	// newest are there.
	maxReports = 8
	// maxSources is the most articles in the list.
	maxSources = 10
)

// event is one date on the timeline.
type event struct {
	Date  data.Date
	Label string
	// Gap says how much later it is than the event before.
	Gap  string
	Href string
	// Report says that the event is the publication of an article.
	Report bool
}

// leadFields are the fields of the summary, in order.
var leadFields = []data.Field{data.Records, data.Attack, data.Actor, data.Occurred, data.Sector, data.Country}

// Incident writes the page of an incident.
func (p *Pages) Incident(w io.Writer, v IncidentPage) error {
	here := func(s State) string { return s.IncidentURL(v.Record.ID) }
	view := incidentView{IncidentPage: v, Tick: v.tick(v.Record.ID, here)}
	all := v.State
	if !all.InTray(v.Record.ID) {
		all = all.ToggleTray(v.Record.ID)
	}
	view.Against = all.CompareURL("")
	for _, id := range v.State.Tray {
		if id != v.Record.ID {
			view.Others = append(view.Others, trayItem{ID: id, Title: v.Frame.Title(id)})
		}
	}
	for _, c := range v.Comparable {
		c.Title = cmp.Or(c.Title, v.Frame.Title(c.ID))
		view.Like = append(view.Like, comparableView{c, v.titledTick(c.ID, c.Title, here)})
	}
	refs := map[string]data.ArticleRef{}
	for _, a := range v.Record.Articles {
		refs[a.ID] = a
	}
	for _, h := range headings {
		g := recordGroup{Heading: h, Class: groupClass(h)}
		for _, f := range v.Record.Fields {
			info, _ := f.Field.Info()
			if info.Group != h {
				continue
			}
			r := v.field(f, info, refs)
			if len(r.Claims) > 0 {
				g.Fields = append(g.Fields, r)
			}
			if len(r.Doubtful) > 0 {
				view.Doubtful = append(view.Doubtful, r)
				view.Doubts += len(r.Doubtful)
			}
		}
		if len(g.Fields) > 0 {
			view.Groups = append(view.Groups, g)
		}
	}
	for _, f := range leadFields {
		for _, g := range view.Groups {
			for _, r := range g.Fields {
				if r.Field == f && len(r.Chosen) > 0 {
					view.Lead = append(view.Lead, r)
				}
			}
		}
	}
	view.Events = v.events()
	first := min(len(v.Record.Articles), maxSources)
	view.Sources = sourceList{v.State, v.Record.Articles[:first]}
	view.MoreSources = sourceList{v.State, v.Record.Articles[first:]}
	return p.render(w, "incident", chrome{Frame: v.Frame, Heading: v.Heading(), Here: here, Page: view})
}

// Heading is the title of the incident, its id when it has none.
func (v IncidentPage) Heading() string { return cmp.Or(v.Record.Title, v.Record.ID, "Incident") }

func (v IncidentPage) field(f data.FieldRecord, info data.FieldInfo, refs map[string]data.ArticleRef) recordField {
	r := recordField{Field: f.Field, Label: info.Label, Class: groupClass(info.Group), Conflict: f.Conflict}
	if !info.Many && len(f.Claims) > 1 { // else nothing had to be chosen
		r.Rule = f.Rule
	}
	if info.Many && len(f.Chosen) > 1 {
		r.Label = info.Plural
	}
	for i, s := range f.Claims {
		c := v.viewSourced(s, refs, v.Documents)
		c.Chosen = i < len(f.Chosen)
		if s.Status == data.Doubtful {
			r.Doubtful = append(r.Doubtful, c)
			continue
		}
		if c.Chosen {
			r.Chosen = append(r.Chosen, c)
		}
		r.Claims = append(r.Claims, c)
	}
	if len(r.Chosen) == 0 {
		return r
	}
	top := r.Chosen[0].Claim
	for _, c := range r.Claims {
		n := c.Claim.Number
		if n != nil && *n > 0 && c.Claim.Unit == top.Unit && c.Claim.Currency == top.Currency && c.Claim.Status != data.Negated {
			r.Points = append(r.Points, c)
		}
	}
	r.Open = f.Conflict && len(r.Claims) <= openClaims
	differ := func(c *ClaimView) bool { return *c.Claim.Number != *r.Points[0].Claim.Number }
	if !slices.ContainsFunc(r.Points, differ) {
		r.Points, r.Open = nil, false
		return r
	}
	r.Log = place(r.Points)
	// Chosen ones last: what is drawn last lies on top.
	slices.SortStableFunc(r.Points, func(a, b *ClaimView) int {
		return cmp.Or(cmp.Compare(b2i(a.Chosen), b2i(b.Chosen)), cmp.Compare(a.Place, b.Place))
	})
	low := slices.MinFunc(r.Points, func(a, b *ClaimView) int { return cmp.Compare(a.Place, b.Place) })
	high := slices.MaxFunc(r.Points, func(a, b *ClaimView) int { return cmp.Compare(a.Place, b.Place) })
	r.Low, r.High = FormatNumber(*low.Claim.Number), FormatNumber(*high.Claim.Number)
	return r
}

// JSON is the incident in the API.
func (v incidentView) JSON() string { return APIIncidentURL(v.Record.ID) }

// Pair is the comparison with one other incident.
func (v incidentView) Pair(id string) string {
	return v.State.WithTray(v.Record.ID, id).CompareURL("")
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// events are the chosen dates and the days of the articles, earliest first.
func (v IncidentPage) events() []event {
	var out []event
	for _, f := range v.Record.Fields {
		info, _ := f.Field.Info()
		if info.Kind != data.When || len(f.Chosen) == 0 {
			continue
		}
		c := f.Chosen[0]
		e := event{Date: data.Date(c.Value), Label: info.Label}
		if len(c.Evidence) > 0 {
			e.Href = v.State.EvidenceURL(c.Article, c.Evidence[0])
		}
		out = append(out, e)
	}
	if len(out) == 0 {
		return nil
	}
	reports := slices.DeleteFunc(slices.Clone(v.Record.Articles), func(a data.ArticleRef) bool { return a.Date == "" || a.Role == data.Mentioned })
	slices.SortStableFunc(reports, func(a, b data.ArticleRef) int { return cmp.Compare(a.Date, b.Date) })
	if n := len(reports); n > maxReports {
		reports = []data.ArticleRef{reports[0], reports[n-1]}
	}
	for _, a := range reports {
		e := event{Date: a.Date, Label: cmp.Or(a.Publisher, "Report"), Href: v.State.ArticleURL(a.ID), Report: true}
		out = append(out, e)
	}
	slices.SortStableFunc(out, func(a, b event) int { return cmp.Compare(a.Date, b.Date) })
	for i := range out[1:] {
		out[i+1].Gap = gap(out[i].Date, out[i+1].Date)
	}
	return out
}
