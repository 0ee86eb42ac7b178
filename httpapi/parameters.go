package httpapi

import (
	"fmt"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"

	"incidex/search/query"
)

// parameters are the parameters in the URLs of the API, by the method and the path as
// Gin has it.
type parameters map[string][]*huma.Param

// newParameters reads them off the API document, so that the two never differ.
func newParameters(doc *huma.OpenAPI) parameters {
	out := parameters{}
	for path, item := range doc.Paths {
		path = strings.NewReplacer("{", ":", "}", "").Replace(path)
		for method, op := range operations(item) {
			var own []*huma.Param
			for _, p := range op.Parameters {
				if p.In == "query" {
					own = append(own, p)
				}
			}
			out[method+" "+path] = own
		}
	}
	return out
}

// operations are those of a path, by method.
func operations(item *huma.PathItem) map[string]*huma.Operation {
	out := map[string]*huma.Operation{}
	for method, op := range map[string]*huma.Operation{http.MethodGet: item.Get, http.MethodPost: item.Post} {
		if op != nil {
			out[method] = op
		}
	}
	return out
}

// checkParameters refuses what Huma would let pass: unknown parameters, one value too
// many, values that are not in a list, numbers that are none. It joins the values of a
// list that is repeated.
func (s *server) checkParameters(c *gin.Context) {
	known, ok := s.parameters[c.Request.Method+" "+c.FullPath()]
	if !ok {
		return
	}
	values, err := url.ParseQuery(c.Request.URL.RawQuery)
	if err != nil {
		s.fail(c, http.StatusBadRequest, "the query string is malformed: "+err.Error(), ProblemError{Location: "query", Message: err.Error()})
		c.Abort()
		return
	}
	var wrong []ProblemError
	for name, list := range values {
		if text := checkParameter(known, name, list, values); text != "" {
			wrong = append(wrong, ProblemError{Location: "query." + name, Message: text})
		}
	}
	if len(wrong) > 0 {
		slices.SortFunc(wrong, func(a, b ProblemError) int { return strings.Compare(a.Location, b.Location) })
		s.fail(c, http.StatusUnprocessableEntity, wrong[0].Location+": "+wrong[0].Message, wrong...)
		c.Abort()
		return
	}
	c.Request.URL.RawQuery = values.Encode()
}

// checkParameter says what is wrong with the values of a parameter, "" for nothing.
func checkParameter(known []*huma.Param, name string, list []string, all url.Values) string {
	p := named(known, name)
	if p == nil {
		var names []string
		for _, p := range known {
			names = append(names, p.Name)
		}
		text := "unknown parameter"
		if near := query.Nearest(name, names); near != "" {
			text += ": did you mean " + near + "?"
		}
		if len(names) == 0 {
			return text + "; there are none here"
		}
		return text + "; known are " + strings.ReplaceAll(strings.Join(names, ", "), deepFilter, deepFilter+"[FIELD]")
	}
	switch p.Schema.Type {
	case huma.TypeArray:
		all[name] = []string{strings.Join(list, ",")}
		return ""
	case huma.TypeObject:
		return ""
	}
	if len(list) > 1 {
		return fmt.Sprintf("it is given %d times: want it once", len(list))
	}
	if x, err := strconv.ParseFloat(list[0], 64); p.Schema.Type == huma.TypeNumber && err == nil && (math.IsNaN(x) || math.IsInf(x, 0)) {
		return fmt.Sprintf("want a number from %v to %v", *p.Schema.Minimum, *p.Schema.Maximum)
	}
	if len(p.Schema.Enum) == 0 {
		return ""
	}
	var choices []string
	for _, v := range p.Schema.Enum {
		choices = append(choices, fmt.Sprint(v))
	}
	if slices.Contains(choices, list[0]) {
		return ""
	}
	text := fmt.Sprintf("%q is no such value", list[0])
	if near := query.Nearest(list[0], choices); near != "" {
		text += ": did you mean " + near + "?"
	}
	return text + "; want one of " + strings.Join(choices, ", ")
}

// deepFilter is the parameter whose names have a field in brackets.
const deepFilter = "filter"

// named finds a parameter, nil where there is none.
func named(known []*huma.Param, name string) *huma.Param {
	if field, ok := strings.CutPrefix(name, deepFilter+"["); ok && strings.HasSuffix(field, "]") {
		name = deepFilter
	} else if name == deepFilter {
		return nil
	}
	for _, p := range known {
		if p.Name == name {
			return p
		}
	}
	return nil
}
