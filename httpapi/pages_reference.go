package httpapi

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"

	"incidex/search"
	"incidex/web"
)

// referencePage renders the API document for a reader, with examples that this very index
// can answer.
func (s *server) referencePage(c *gin.Context) error {
	ctx := c.Request.Context()
	page := web.ReferencePage{Version: s.Version}
	var err error
	if page.Frame, err = s.frame(c, tray(c)); err != nil {
		return err
	}
	ids, err := s.exampleIDs(ctx)
	if err != nil {
		return err
	}
	for path, item := range s.doc.Paths {
		for method, op := range operations(item) {
			o := operation(method, path, op)
			if needsToken(op) {
				page.Closed = append(page.Closed, o)
				continue
			}
			if method == http.MethodGet {
				o.Example = ids.example(path, op)
			}
			page.Open = append(page.Open, o)
		}
	}
	for _, list := range [][]web.Operation{page.Open, page.Closed} {
		slices.SortFunc(list, func(a, b web.Operation) int {
			return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Method, b.Method))
		})
	}
	for name, item := range s.doc.Webhooks {
		page.Sent = append(page.Sent, operation(http.MethodPost, "the address of an "+name, item.Post))
	}
	schemas := s.doc.Components.Schemas.Map()
	for _, name := range slices.Sorted(maps.Keys(schemas)) {
		if sc := schemas[name]; sc.Type == huma.TypeObject {
			page.Schemas = append(page.Schemas, web.APISchema{Name: name, Text: sc.Description, Properties: properties(sc)})
		}
	}
	return write(c, http.StatusOK, html, func(w io.Writer) error { return s.pages.Reference(w, page) })
}

// needsToken reports whether all of an operation is for those with a token.
func needsToken(op *huma.Operation) bool {
	free := func(r map[string][]string) bool { return len(r) == 0 }
	return len(op.Security) > 0 && !slices.ContainsFunc(op.Security, free)
}

func operation(method, path string, op *huma.Operation) web.Operation {
	out := web.Operation{ID: op.OperationID, Method: method, Path: path, Summary: op.Summary, Text: op.Description}
	for _, p := range op.Parameters {
		v := value(p.Schema)
		v.Name, v.In, v.Required = p.Name, p.In, p.Required
		v.Text = cmp.Or(p.Description, v.Text)
		if p.Example != nil {
			v.Example = words(p.Example)
		}
		if p.Name == deepFilter {
			v.Name = deepFilter + "[FIELD]"
		}
		out.Parameters = append(out.Parameters, v)
	}
	if op.RequestBody != nil {
		for _, m := range op.RequestBody.Content {
			out.Body = reference(m.Schema)
		}
	}
	for _, status := range slices.Sorted(maps.Keys(op.Responses)) {
		r := op.Responses[status]
		a := web.APIAnswer{Status: status, Text: r.Description, Types: slices.Sorted(maps.Keys(r.Content))}
		for _, m := range r.Content {
			a.Schema = cmp.Or(a.Schema, reference(m.Schema))
		}
		out.Answers = append(out.Answers, a)
	}
	return out
}

// properties are those of an object, required ones first.
func properties(sc *huma.Schema) []web.APIValue {
	var out []web.APIValue
	for _, name := range slices.Sorted(maps.Keys(sc.Properties)) {
		v := value(sc.Properties[name])
		v.Name, v.Required = name, slices.Contains(sc.Required, name)
		out = append(out, v)
	}
	slices.SortStableFunc(out, func(a, b web.APIValue) int {
		return cmp.Compare(strconv.FormatBool(b.Required), strconv.FormatBool(a.Required))
	})
	return out
}

// value says in words what a schema allows.
func value(sc *huma.Schema) web.APIValue {
	if sc == nil {
		return web.APIValue{}
	}
	out := web.APIValue{Kind: sc.Type, Schema: reference(sc), Text: sc.Description}
	if sc.Type == huma.TypeArray {
		out.Kind = "list of"
		if out.Schema == "" && sc.Items != nil {
			out.Kind += " " + cmp.Or(sc.Items.Type, "values")
		}
	}
	if sc.Format != "" {
		out.Kind += " (" + sc.Format + ")"
	}
	for _, v := range sc.Enum {
		out.Values = append(out.Values, fmt.Sprint(v))
	}
	if sc.Default != nil {
		out.Default = words(sc.Default)
	}
	if len(sc.Examples) > 0 {
		out.Example = words(sc.Examples[0])
	}
	var limits []string
	for _, l := range []struct {
		name  string
		value *float64
	}{{"at least", sc.Minimum}, {"at most", sc.Maximum}} {
		if l.value != nil {
			limits = append(limits, l.name+" "+strconv.FormatFloat(*l.value, 'f', -1, 64))
		}
	}
	for _, l := range []struct {
		name  string
		value *int
	}{{"characters", sc.MaxLength}, {"values", sc.MaxItems}} {
		if l.value != nil {
			limits = append(limits, fmt.Sprintf("at most %d %s", *l.value, l.name))
		}
	}
	out.Limits = strings.Join(limits, ", ")
	return out
}

// words writes an example as it would stand in an address.
func words(v any) string {
	switch v := v.(type) {
	case []string:
		return strings.Join(v, ",")
	case map[string]any:
		var out []string
		for _, name := range slices.Sorted(maps.Keys(v)) {
			out = append(out, deepFilter+"["+name+"]="+words(v[name]))
		}
		return strings.Join(out, "&")
	}
	return fmt.Sprint(v)
}

// reference is the name of the object that a schema is, or lists; "" for none.
func reference(sc *huma.Schema) string {
	if sc == nil {
		return ""
	}
	if sc.Type == huma.TypeArray {
		return reference(sc.Items)
	}
	return strings.TrimPrefix(sc.Ref, "#/components/schemas/")
}

// exampleIDs are ids that the index has.
type exampleIDs struct {
	article   string
	incidents []string
}

func (s *server) exampleIDs(ctx context.Context) (exampleIDs, error) {
	var out exampleIDs
	res, err := s.Engine.Search(ctx, search.Request{Query: "level:incident", PerPage: 2, Facets: []search.FacetRequest{}})
	if err != nil {
		return out, err
	}
	for _, h := range res.Hits {
		out.article = cmp.Or(out.article, h.Article.ID)
		out.incidents = append(out.incidents, h.Incident)
	}
	return out, nil
}

// exampleQueries are the parameters whose examples make one of the whole request.
var exampleQueries = []string{"q", "a", "b"}

// example is the address of a request that can be answered, "" where one needs what is
// not known.
func (e exampleIDs) example(path string, op *huma.Operation) string {
	q := url.Values{}
	for _, p := range op.Parameters {
		example := ""
		if p.Example != nil && (p.In == "path" || slices.Contains(exampleQueries, p.Name)) {
			example = words(p.Example)
		}
		switch {
		case p.In == "path" && p.Name == "id":
			example = e.article
			if strings.Contains(path, "/incidents/") {
				example = strings.Join(e.incidents[:min(1, len(e.incidents))], "")
			}
		case p.Name == "ids" && len(e.incidents) > 1:
			example = strings.Join(e.incidents, ",")
		}
		switch {
		case example == "" && p.Required:
			return ""
		case p.In == "path":
			path = strings.ReplaceAll(path, "{"+p.Name+"}", url.PathEscape(example))
		case p.In == "query" && example != "":
			q.Set(p.Name, example)
		}
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}
