package httpapi

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"incidex/search"
	"incidex/web"
)

// maxAddress is the most characters of what stands behind the question mark of a page's
// address, as links write it: an accent takes six. A page has hundreds of links, each
// with all of it.
const maxAddress = 6000

// routePages routes the pages of package web and their assets.
func (s *server) routePages(r *gin.Engine) {
	page := func(path string, h func(*gin.Context) error) {
		r.GET(path, func(c *gin.Context) {
			if n := len(c.Request.URL.Query().Encode()); n > maxAddress {
				c.Request.URL.RawQuery = "" // it would stand in the links of the refusal, too
				s.refuse(c, fmt.Errorf("%w: the search takes %d characters in an address: at most %d are answered; leave out words or filters", search.ErrInvalid, n, maxAddress))
				return
			}
			rememberTray(c)
			if err := h(c); err != nil {
				s.refuse(c, err)
			}
		})
	}
	page("/", s.searchPage)
	page(articlePath+"*id", s.articlePage)
	page(incidentPath+"*id", s.incidentPage)
	page(comparePath, s.comparePage)
	page("/compare/searches", s.selectionsPage)
	page("/status", s.statusPage)
	page("/compare.csv", s.compareCSV)
	page("/compare.md", s.compareMarkdown)
	page("/help", s.helpPage)
	page(openSearchPath, s.openSearch)
	page("/api", s.referencePage)
	r.GET(web.AssetPath+"*name", gin.WrapH(s.pages.Assets()))
}

// The folders of pages that are named by an id.
const (
	articlePath  = "/articles/"
	incidentPath = "/incidents/"
)

// comparePath is the page that compares incidents.
const comparePath = "/compare"

// pageID is the id at the end of a path. It may hold any character, slashes too.
func pageID(c *gin.Context, folder string) string {
	escaped := strings.TrimPrefix(c.Request.URL.EscapedPath(), folder)
	id, err := url.PathUnescape(escaped)
	if err != nil {
		return escaped
	}
	return id
}

// frame makes what surrounds a page, with the titles of the tray and of the other
// incidents that the page names.
func (s *server) frame(c *gin.Context, state web.State, incidents ...string) (web.Frame, error) {
	ctx := c.Request.Context()
	f := web.Frame{State: state, Base: baseURL(c)}
	var err error
	if f.Generation, err = s.Engine.Generation(ctx); err != nil {
		return f, err
	}
	ids := slices.Concat(state.Tray, incidents)
	slices.Sort(ids)
	ids = slices.DeleteFunc(slices.Compact(ids), func(id string) bool { return id == "" })
	if len(ids) > 0 {
		f.Titles, err = s.Engine.Titles(ctx, ids...)
	}
	return f, err
}

// trayCookie begins the name of the cookie in which the script of the pages keeps the
// tray. The port is the rest: browsers send cookies to every port of a machine.
const trayCookie = "incidex-compare-"

// rememberTray puts the tray that a browser remembers into an address that has none. The
// page on which incidents are chosen shows what its address says, and nothing else.
func rememberTray(c *gin.Context) {
	c.Writer.Header().Add("Vary", "Cookie")
	q := c.Request.URL.Query()
	if q.Has("ids") || strings.HasPrefix(c.Request.URL.Path, comparePath) {
		return
	}
	_, port, _ := net.SplitHostPort(c.Request.Host)
	ids, err := c.Cookie(trayCookie + port)
	if err != nil || ids == "" || len(q.Encode())+len(ids) > maxAddress {
		return
	}
	q.Set("ids", ids)
	c.Request.URL.RawQuery = q.Encode()
}

// tray is the state of a page that is no search.
func tray(c *gin.Context) web.State {
	return web.State{Tray: web.ParseIDs(c.Request.URL.Query())}
}

// write answers with what render makes.
func write(c *gin.Context, code int, contentType string, render func(io.Writer) error) error {
	var b bytes.Buffer
	if err := render(&b); err != nil {
		return err
	}
	c.Header("Cache-Control", "no-cache")
	c.Data(code, contentType, b.Bytes())
	return nil
}

const html = "text/html; charset=utf-8"

// refuse answers with the error of a page.
func (s *server) refuse(c *gin.Context, err error) { s.answer(c, *problem(err)) }

// errorTitles say the statuses to a reader.
var errorTitles = map[int]string{
	http.StatusBadRequest:         "This request cannot be answered",
	http.StatusNotFound:           "Not found",
	http.StatusMethodNotAllowed:   "Not allowed",
	http.StatusMisdirectedRequest: "Wrong host name",
	http.StatusServiceUnavailable: "No answer now",
}

func (s *server) errorPage(c *gin.Context, p *Problem) {
	title, ok := errorTitles[p.Status]
	if !ok {
		title = "Something went wrong"
	}
	page := web.ErrorPage{Frame: web.Frame{State: tray(c)}, Status: p.Status, Title: title, Detail: p.Detail, Instance: p.Instance}
	if err := write(c, p.Status, html, func(w io.Writer) error { return s.pages.Error(w, page) }); err != nil {
		s.Log.Error("page failed", "path", c.Request.URL.Path, "error", err)
		c.String(p.Status, p.Detail)
	}
}

func (s *server) helpPage(c *gin.Context) error {
	f, err := s.frame(c, tray(c))
	if err != nil {
		return err
	}
	return write(c, http.StatusOK, html, func(w io.Writer) error { return s.pages.Help(w, web.HelpPage{Frame: f}) })
}
