package httpapi

import (
	"context"
	"crypto/rand"
	"fmt"
	"iter"
	"log/slog"
	"net"
	"net/http"
	"path"
	"reflect"
	"runtime/debug"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"
	"github.com/gin-gonic/gin"
	"github.com/prometheus/client_golang/prometheus"

	"incidex/data"
	"incidex/search"
	"incidex/web"
)

// Limits of the server.
const (
	// requestTime is the longest that answering a request may take.
	requestTime = 10 * time.Second
	// maxHeader is the most bytes of a request's headers.
	maxHeader = 64 << 10
)

// Options of a server.
type Options struct {
	Engine *search.Engine
	// Version of the program, for the API document.
	Version string
	Log     *slog.Logger
	// Trouble says what is wrong with an index that answers all the same, such as that an
	// older generation is used; nil means that nothing ever is.
	Trouble func() error
	// Runs starts index runs; nil means that there are none to start.
	Runs IndexRuns
	// Groups takes decisions on incidents; nil means that none are taken.
	Groups Groups
	// Documents yields every article with its claims, in no order; nil means that they
	// are not exported.
	Documents func(ctx context.Context) iter.Seq2[*data.Document, error]
	// Backup copies the index to a folder and returns what it copied; nil means that there
	// are no backups.
	Backup func(dir string) (any, error)
	// Figures are for those who watch the program; nil means that there are none.
	Figures func() (Figures, error)
	// AdminToken allows runs inside the folders that the server was given, OwnerToken
	// runs anywhere; empty means that nothing is allowed.
	AdminToken, OwnerToken string
	// AuthHeader names the header in which a proxy that logs people in says who asks, for
	// the log and for Rate. The proxy must take it away from what comes from outside, and be
	// the only one that reaches the server. Empty means that there is none.
	AuthHeader string
	// Rate is the number of requests a second that a client may ask for long; 0 bounds
	// nothing.
	Rate float64
	// AnyHost answers requests for any host name. Otherwise only those for an IP
	// address or for localhost are answered, so that no page of another site can
	// reach a server on this machine under a name of its own (DNS rebinding).
	AnyHost bool
	// Origins are the sites whose pages may read the answers, as https://example.org; "*"
	// stands for all, and none may where it is empty.
	Origins []string
}

// server holds what the handlers need.
type server struct {
	Options
	pages      *web.Pages
	answers    answers
	clients    *clients
	parameters parameters
	doc        *huma.OpenAPI
	started    string // tells this server from others, whose states of the index are others
	latency    *prometheus.HistogramVec
}

// New returns the handler of all routes.
func New(o Options) (http.Handler, error) {
	pages, err := web.New()
	if err != nil {
		return nil, err
	}
	s := &server{Options: o, pages: pages, answers: answers{most: maxWriting}, latency: newLatency(), clients: newClients(o.Rate), started: rand.Text()}
	gin.SetMode(gin.ReleaseMode)
	r := gin.New()
	r.HandleMethodNotAllowed = true
	r.RemoveExtraSlash = true
	r.UseRawPath = true                              // an id may hold an escaped slash
	r.RedirectTrailingSlash = false                  // //another.host/../compare/ would lead to another host
	if err := r.SetTrustedProxies(nil); err != nil { // a client's address is that of its connection
		return nil, err
	}
	r.Use(s.measured, s.answers.bounded, s.logged, s.guard, s.headers, s.crossOrigin, s.limited, s.deadline, s.pinned, s.checkParameters, s.tagged)
	r.NoRoute(s.noRoute)
	r.NoMethod(s.noMethod)
	s.routeAPI(r)
	s.routePages(r)
	s.routeMetrics(r)
	return transfer(r)
}

func (s *server) routeAPI(r *gin.Engine) {
	config := huma.DefaultConfig("incidex", s.Version)
	config.Info.Description = "Search articles about data breaches and cyber incidents, and compare incidents, with every value tied to the sentence that it came from."
	config.DocsPath = "" // its page loads scripts from elsewhere
	config.SchemasPath = ""
	config.Transformers = append(config.Transformers, s.transform)
	config.CreateHooks = nil // no $schema in answers
	config.OpenAPIPath = "/openapi"
	config.Components.SecuritySchemes = securitySchemes()
	config.Components.Schemas = huma.NewMapRegistry("#/components/schemas/", schemaName)
	api := humagin.New(r, config)
	v1 := huma.NewGroup(api, "/api/v1")
	s.routeSearch(v1)
	s.routeFacets(v1)
	s.routeArticles(v1)
	s.routeIncidents(v1)
	s.routeSimilar(v1)
	s.routeCompare(v1)
	s.routeSuggest(v1)
	s.routeHealth(v1)
	s.routeRuns(r, v1)
	s.routeGroups(v1)
	s.routeExport(v1)
	s.routeSchema(v1)
	s.routeFeeds(api)
	s.routeReady(api)
	s.routeBackup(r, v1)
	describeAlerts(api)
	s.doc = api.OpenAPI()
	finishDocument(s.doc)
	s.parameters = newParameters(s.doc)
}

// schemaName names a type in the API document: several packages have a Value.
func schemaName(t reflect.Type, hint string) string {
	name := huma.DefaultSchemaNamer(t, hint)
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch pkg := path.Base(t.PkgPath()); pkg {
	case "facet", "compare", "query", "similar":
		return strings.ToUpper(pkg[:1]) + pkg[1:] + name
	}
	return name
}

// HTTPServer returns a server for the handler with limits on slow clients.
func HTTPServer(h http.Handler) *http.Server {
	return &http.Server{
		Handler:           h,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       30 * time.Second,
		WriteTimeout:      60 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    maxHeader,
		ConnState:         noteState,
	}
}

// guard turns a panic into an internal error, and refuses foreign host names.
func (s *server) guard(c *gin.Context) {
	defer func() {
		switch v := recover(); {
		case v == nil:
		case v == http.ErrAbortHandler:
			panic(v) // cuts the answer off
		default:
			cause := fmt.Errorf("handler panicked: %v\n%s", v, debug.Stack())
			if c.Writer.Written() {
				s.Log.Error("answer broke off", "path", c.Request.URL.Path, "error", cause)
				return
			}
			s.answer(c, *problem(cause))
		}
	}()
	if !s.AnyHost && !localHost(c.Request.Host) {
		s.fail(c, http.StatusMisdirectedRequest, "this server answers to localhost and IP addresses only; start it with --any-host to answer to other names")
		c.Abort()
		return
	}
	c.Next()
}

// localHost reports whether a Host header names localhost or an IP address.
func localHost(hostport string) bool {
	host := hostport
	if h, _, err := net.SplitHostPort(hostport); err == nil {
		host = h
	}
	host = strings.Trim(host, "[]")
	return strings.EqualFold(host, "localhost") || net.ParseIP(host) != nil
}

// permissions are what no page asks a browser for, nor may what it is framed by.
const permissions = "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()"

func (s *server) headers(c *gin.Context) {
	h := c.Writer.Header()
	h.Set("Content-Security-Policy", web.Policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Permissions-Policy", permissions)
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	c.Next()
}

func (s *server) deadline(c *gin.Context) {
	if isStream(c.Request.URL.Path) {
		c.Next()
		return
	}
	ctx, cancel := context.WithTimeout(c.Request.Context(), requestTime)
	defer cancel()
	c.Request = c.Request.WithContext(ctx)
	c.Next()
}

// pinned answers all that a request asks from one state of the index. Those that change
// the index see what they have changed.
func (s *server) pinned(c *gin.Context) {
	if c.Request.Method == http.MethodGet || c.Request.Method == http.MethodHead {
		ctx, release := s.Engine.Pin(c.Request.Context())
		defer release()
		c.Request = c.Request.WithContext(ctx)
	}
	c.Next()
}
