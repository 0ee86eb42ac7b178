package httpapi

import (
	"log/slog"
	"slices"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"
)

// documented is a server with every route there can be, none of which is asked.
func documented(t *testing.T) (*server, *gin.Engine) {
	t.Helper()
	s := &server{Options: Options{
		Log:    slog.New(slog.DiscardHandler),
		Runs:   struct{ IndexRuns }{},
		Groups: struct{ Groups }{},
		Backup: func(string) (any, error) { return nil, nil },
	}}
	gin.SetMode(gin.ReleaseMode)
	r := gin.New()
	s.routeAPI(r)
	return s, r
}

// Every registered route is in the document, and the document has no others.
func TestRoutesAreDocumented(t *testing.T) {
	s, r := documented(t)
	var routes, described []string
	for _, route := range r.Routes() {
		if !strings.HasPrefix(route.Path, "/openapi") { // the document itself
			routes = append(routes, route.Method+" "+route.Path)
		}
	}
	for path, item := range s.doc.Paths {
		path = strings.NewReplacer("{", ":", "}", "").Replace(path)
		for method := range operations(item) {
			described = append(described, method+" "+path)
		}
	}
	slices.Sort(routes)
	slices.Sort(described)
	if !slices.Equal(routes, described) || len(routes) < 18 {
		t.Errorf("routes\n%s\nin the document\n%s", strings.Join(routes, "\n"), strings.Join(described, "\n"))
	}
}

// Every text of the table belongs to a property that has no other.
func TestPropertyTexts(t *testing.T) {
	s, _ := documented(t)
	texts := readProperties(propertyTexts)
	used := map[string]bool{}
	for name, schema := range s.doc.Components.Schemas.Map() {
		for property, p := range schema.Properties {
			for _, key := range []string{name + "." + property, "*." + property} {
				if texts[key] != "" && p.Description == texts[key] {
					used[key] = true
				}
			}
		}
	}
	for _, name := range texts.names() {
		if !used[name] {
			t.Errorf("no property needs %s", name)
		}
	}
}
