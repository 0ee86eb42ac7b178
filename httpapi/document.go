package httpapi

import (
	_ "embed"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

//go:embed properties.txt
var propertyTexts string

// The names of what a request can be allowed by.
const (
	adminScheme = "admin"
	ownerScheme = "owner"
)

// forAdmin marks an operation that takes the admin token, and forOwner one that takes the
// owner's alone.
var (
	forAdmin = []map[string][]string{{adminScheme: {}}}
	forOwner = []map[string][]string{{ownerScheme: {}}}
)

// securitySchemes are the tokens by the names that operations use.
func securitySchemes() map[string]*huma.SecurityScheme {
	return map[string]*huma.SecurityScheme{
		adminScheme: {Type: "http", Scheme: "bearer", Description: "The token of the file that --admin-token-file names"},
		ownerScheme: {Type: "http", Scheme: "bearer", Description: "The token of who owns the index, which the program keeps in its folder"},
	}
}

// finishDocument completes what Huma makes of the types: problems as they are answered, by
// status, lists that are never null, a text for each property, and an example for each
// parameter.
func finishDocument(doc *huma.OpenAPI) {
	schemas := doc.Components.Schemas.Map()
	texts := readProperties(propertyTexts)
	refused := &huma.MediaType{Schema: doc.Components.Schemas.Schema(reflect.TypeFor[Problem](), true, "")}
	for _, item := range doc.Paths {
		for _, op := range operations(item) {
			for _, code := range refusals(op) {
				op.Responses[strconv.Itoa(code)] = &huma.Response{
					Description: http.StatusText(code), Content: map[string]*huma.MediaType{problemType: refused},
				}
			}
			delete(op.Responses, "default")
			for _, p := range op.Parameters {
				if p.Example == nil && len(p.Schema.Examples) > 0 {
					p.Example = p.Schema.Examples[0]
				}
			}
		}
	}
	delete(schemas, "ErrorModel") // what Huma would answer with
	delete(schemas, "ErrorDetail")
	for name, schema := range schemas {
		for property, s := range schema.Properties {
			if s.Type == huma.TypeArray {
				s.Nullable = false
			}
			if s.Description == "" {
				s.Description = texts.of(name, property)
			}
		}
	}
}

// refusals are the statuses with which an operation can refuse, besides those it names.
func refusals(op *huma.Operation) []int {
	out := append(slices.Clone(op.Errors), http.StatusBadRequest, http.StatusMisdirectedRequest, http.StatusUnprocessableEntity,
		http.StatusTooManyRequests, http.StatusInternalServerError, http.StatusServiceUnavailable)
	if len(op.Security) > 0 {
		out = append(out, http.StatusUnauthorized)
	}
	if op.RequestBody != nil {
		out = append(out, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType)
	}
	if slices.ContainsFunc(op.Parameters, func(p *huma.Param) bool { return p.In == "path" }) {
		out = append(out, http.StatusNotFound)
	}
	return out
}

// properties are texts by object and property, or by a star and property.
type propertyText map[string]string

func readProperties(table string) propertyText {
	out := propertyText{}
	for line := range strings.Lines(table) {
		if name, text, ok := strings.Cut(line, " "); ok && name != "#" {
			out[name] = strings.TrimSpace(text)
		}
	}
	return out
}

func (t propertyText) of(object, property string) string {
	if text, ok := t[object+"."+property]; ok {
		return text
	}
	return t["*."+property]
}

// names are those of all texts.
func (t propertyText) names() []string { return slices.Sorted(maps.Keys(t)) }
