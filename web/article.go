package web

import (
	"cmp"
	"io"
	"strings"

	"incidex/data"
)

// ArticlePage is the page of an article.
type ArticlePage struct {
	Frame
	Document *data.Document
	// Related are other articles on the incident, Comparable some on incidents like it.
	Related, Comparable []Related
}

// Related is an article that has to do with another one.
type Related struct {
	Article data.ArticleRef
	// Reason says in words why it is shown; IncidentID and Incident are the incident
	// that it is on, where that is another.
	Reason, IncidentID, Incident string
}

// articleView is what the template shows.
type articleView struct {
	ArticlePage
	Title []Piece
	// Lead are the first words of the text, for an article without a title.
	Lead     string
	Text     []Paragraph
	Mentions []mentionView
	Claims   int
	// Link is the address of the source, "" when it is no web address.
	Link string
}

type mentionView struct {
	ID, Title, Href string
	Subject         bool
	Tick            tick
	// Groups are the claims, and Doubtful those that are too doubtful for a record, of
	// which there are Doubts.
	Groups, Doubtful claimGroups
	Doubts           int
}

type claimGroups []claimGroup

// claimGroup is the claims of the fields under one heading.
type claimGroup struct {
	Heading, Class string
	Fields         []claimField
}

type claimField struct {
	Label  string
	Claims []*ClaimView
}

// Article writes the page of an article.
func (p *Pages) Article(w io.Writer, v ArticlePage) error {
	if v.Document == nil {
		v.Document = &data.Document{}
	}
	view := articleView{ArticlePage: v}
	if strings.HasPrefix(v.Document.URL, "https://") || strings.HasPrefix(v.Document.URL, "http://") {
		view.Link = v.Document.URL
	}
	here := func(s State) string { return s.ArticleURL(v.Document.ID) }
	var all []*ClaimView
	for _, m := range v.Document.Mentions {
		mv := mentionView{
			ID: m.ID, Title: v.Frame.Title(m.ID), Href: v.State.IncidentURL(m.ID),
			Subject: m.Role == data.Subject, Tick: v.tick(m.ID, here),
		}
		for _, c := range m.Claims {
			cv := viewClaim(c)
			all = append(all, cv)
			cv.ID = claimID(len(all))
			if len(c.Evidence) > 0 {
				cv.Href = "#" + anchor(c.Evidence[0])
			}
			if c.Status == data.Doubtful {
				mv.Doubtful.add(cv)
				mv.Doubts++
				continue
			}
			view.Claims++
			mv.Groups.add(cv)
		}
		view.Mentions = append(view.Mentions, mv)
	}
	view.Title = pieces(v.Document.Title, data.InTitle, all)
	view.Text = paragraphs(pieces(v.Document.Text, "", all))
	view.Lead = firstWords(v.Document.Text)
	heading := cmp.Or(v.Document.Title, view.Lead, "Article "+v.Document.ID)
	return p.render(w, "article", chrome{Frame: v.Frame, Heading: heading, Here: here, Page: view})
}

// firstWords are the first words of a text.
func firstWords(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	words := strings.Fields(line)
	if len(words) > titleWords {
		return strings.Join(words[:titleWords], " ") + " …"
	}
	return strings.Join(words, " ")
}

// add puts a claim under its heading and field. Claims come in the order of their
// fields; headings keep the order in which they are first met.
func (m *claimGroups) add(c *ClaimView) {
	info, ok := c.Claim.Field.Info()
	if !ok {
		info.Group = "Other"
	}
	g := -1
	for i := range *m {
		if (*m)[i].Heading == info.Group {
			g = i
		}
	}
	if g < 0 {
		*m = append(*m, claimGroup{Heading: info.Group, Class: groupClass(info.Group)})
		g = len(*m) - 1
	}
	fields := &(*m)[g].Fields
	if n := len(*fields); n == 0 || (*fields)[n-1].Label != info.Label {
		*fields = append(*fields, claimField{Label: info.Label})
	}
	last := &(*fields)[len(*fields)-1]
	last.Claims = append(last.Claims, c)
}

// relatedList is a list of articles with the state of the page.
type relatedList struct {
	State   State
	Related []Related
}

// On joins a list of articles with the state of the page, for the template.
func (v articleView) On(list []Related) relatedList { return relatedList{v.State, list} }

// JSON is the article in the API.
func (v articleView) JSON() string { return APIArticleURL(v.Document.ID) }

// Evidence joins the ids of the claims that a piece is evidence for.
func (p Piece) Evidence() string {
	ids := make([]string, len(p.Claims))
	for i, c := range p.Claims {
		ids[i] = c.ID
	}
	return strings.Join(ids, " ")
}

// First is the claim with the shortest evidence; a piece without claims has none.
func (p Piece) First() *ClaimView { return p.Claims[0] }
