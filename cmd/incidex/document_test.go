package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"incidex/search"
)

// apiDocument is the API document of a server, for what its answers must be like.
type apiDocument struct {
	root     map[string]any
	compiler *jsonschema.Compiler
	mu       sync.Mutex // the compiler is not safe for concurrent use
}

var documents sync.Map // by the address of the server

// documentOf reads the document of a server once.
func documentOf(t *testing.T, base string) *apiDocument {
	t.Helper()
	if d, ok := documents.Load(base); ok {
		return d.(*apiDocument)
	}
	res, err := http.Get(base + "/openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	root, err := jsonschema.UnmarshalJSON(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	d := &apiDocument{root: root.(map[string]any), compiler: jsonschema.NewCompiler()}
	if err := d.compiler.AddResource("openapi.json", root); err != nil {
		t.Fatal(err)
	}
	documents.Store(base, d)
	t.Cleanup(func() { documents.Delete(base) }) // the next server may get its port
	return d
}

// operation finds the path and the operation that a request is for.
func (d *apiDocument) operation(method, path string) (string, map[string]any) {
	path, _, _ = strings.Cut(path, "?")
	parts := strings.Split(path, "/")
	best, plain := "", -1 // index-runs/dry is more exact than index-runs/{id}
	for template := range d.root["paths"].(map[string]any) {
		names, same := strings.Split(template, "/"), 0
		for i, name := range names {
			if len(names) != len(parts) || !strings.HasPrefix(name, "{") && name != parts[i] {
				same = -1
				break
			}
			if name == parts[i] {
				same++
			}
		}
		if same > plain {
			best, plain = template, same
		}
	}
	item, _ := d.root["paths"].(map[string]any)[best].(map[string]any)
	op, _ := item[strings.ToLower(method)].(map[string]any)
	return best, op
}

// check says where an answer is not as the document has it.
func (d *apiDocument) check(method, path string, res *http.Response, body string) error {
	method = cmp.Or(method, http.MethodGet)
	template, op := d.operation(method, path)
	if op == nil {
		if res.StatusCode == http.StatusNotFound || res.StatusCode == http.StatusMethodNotAllowed {
			return nil
		}
		return fmt.Errorf("%s %s is not in the document", method, path)
	}
	answer, ok := op["responses"].(map[string]any)[fmt.Sprint(res.StatusCode)].(map[string]any)
	if !ok {
		return fmt.Errorf("status %d is not in the document", res.StatusCode)
	}
	content, _ := answer["content"].(map[string]any)
	kind := res.Header.Get("Content-Type")
	if content == nil && body == "" {
		return nil
	}
	media, ok := content[kind].(map[string]any)
	if !ok {
		return fmt.Errorf("status %d as %s is not in the document", res.StatusCode, kind)
	}
	if media["schema"] == nil || !strings.HasSuffix(kind, "json") || strings.HasSuffix(kind, "ndjson") {
		return nil
	}
	escape := strings.NewReplacer("~", "~0", "/", "~1")
	at := (&url.URL{Path: "openapi.json", Fragment: strings.Join([]string{"", "paths", escape.Replace(template), strings.ToLower(method),
		"responses", fmt.Sprint(res.StatusCode), "content", escape.Replace(kind), "schema"}, "/")}).String()
	d.mu.Lock()
	defer d.mu.Unlock()
	schema, err := d.compiler.Compile(at)
	if err != nil {
		return err
	}
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(body))
	if err != nil {
		return err
	}
	return schema.Validate(value)
}

// An index with little to tell has empty lists, too, and no null.
func TestAnswersOfBareArticles(t *testing.T) {
	server, folder := apiServer(t)
	for name, text := range map[string]string{
		"weather.txt": "Rain\nIt rains on the hills, and the river is high.\n",
		"acme.md":     "---\ntitle: Acme\nvictim: Acme\n---\nLanterns.",
		"zeta.md":     "---\ntitle: Zeta\nvictim: Zeta\n---\nTorches.",
	} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	admin := map[string]string{"Authorization": "Bearer " + testAdmin}
	ask(t, server.URL, "POST", "index-runs", "{}", admin)
	ask(t, server.URL, "GET", "index-runs/1/events", "", admin) // until it ends
	_, body := ask(t, server.URL, "GET", "search?q=rains+OR+lanterns+OR+torches", "", nil)
	var found search.Response
	if err := json.Unmarshal([]byte(body), &found); err != nil {
		t.Fatal(err)
	}
	if found.Total != 3 {
		t.Fatalf("%d articles; want 3 in %s", found.Total, body)
	}
	paths := []string{"search?q=nothinglikeit", "search?facets=none", "suggest?q=qqqq", "groups", "index-runs", "compare/selections?a=nothinglikeit"}
	var incidents []string
	for _, h := range found.Hits {
		paths = append(paths, "articles/"+h.Article.ID)
		if h.Incident != "" {
			incidents = append(incidents, h.Incident)
			paths = append(paths, "incidents/"+h.Incident, "incidents/"+h.Incident+"/similar", "incidents/"+h.Incident+"/explain")
		}
	}
	all := strings.Join(incidents, ",")
	paths = append(paths, "compare?ids="+all, "compare?show=differences&hide_unknown=true&ids="+all, "compare?show=same&hide_unknown=true&ids="+all)
	for _, path := range paths {
		if res, body := ask(t, server.URL, "GET", path, "", admin); res.StatusCode != http.StatusOK {
			t.Errorf("%s: status %d: %.300s", path, res.StatusCode, body)
		}
	}
}

// The document tells everything: a text and an example for each parameter, a text for each
// property, lists that are never null, one schema for all problems.
func TestDocumentIsWhole(t *testing.T) {
	server, _ := apiServer(t)
	doc := documentOf(t, server.URL)
	if version := fmt.Sprint(doc.root["openapi"]); !strings.HasPrefix(version, "3.1") {
		t.Errorf("version %s; want 3.1", version)
	}
	if alert, _ := doc.root["webhooks"].(map[string]any)["alert"].(map[string]any); alert["post"] == nil {
		t.Error("the messages of alerts are not in the document")
	}
	components := doc.root["components"].(map[string]any)
	schemes := components["securitySchemes"].(map[string]any)
	for path, item := range doc.root["paths"].(map[string]any) {
		for method, o := range item.(map[string]any) {
			op := o.(map[string]any)
			parameters, _ := op["parameters"].([]any)
			for _, p := range parameters {
				p := p.(map[string]any)
				if p["description"] == nil || p["example"] == nil {
					t.Errorf("%s %s: the parameter %v lacks a text or an example", method, path, p["name"])
				}
			}
			for status, r := range op["responses"].(map[string]any) {
				content, _ := r.(map[string]any)["content"].(map[string]any)
				schema, _ := content["application/problem+json"].(map[string]any)
				if status >= "400" && fmt.Sprint(schema["schema"]) != "map[$ref:#/components/schemas/Problem]" {
					t.Errorf("%s %s: status %s is %v; want a Problem", method, path, status, content)
				}
			}
			security, _ := op["security"].([]any)
			for _, s := range security {
				for name := range s.(map[string]any) {
					if schemes[name] == nil {
						t.Errorf("%s %s: there is no security scheme %s", method, path, name)
					}
				}
			}
			if method == "post" && security == nil {
				t.Errorf("%s %s changes something without a token", method, path)
			}
		}
	}
	for name, s := range components["schemas"].(map[string]any) {
		properties, _ := s.(map[string]any)["properties"].(map[string]any)
		for property, p := range properties {
			p := p.(map[string]any)
			if p["description"] == nil {
				t.Errorf("%s.%s lacks a text", name, property)
			}
			if kinds, ok := p["type"].([]any); ok && slices.Contains(kinds, any("array")) {
				t.Errorf("%s.%s may be null; want an empty list", name, property)
			}
		}
		if strings.HasPrefix(name, "Error") {
			t.Errorf("%s is there, which nothing answers with", name)
		}
	}
}

// Each example of the document is answered, alone and with what its request needs.
func TestExamplesOfTheDocument(t *testing.T) {
	server, _ := apiServer(t)
	admin := map[string]string{"Authorization": "Bearer " + testAdmin}
	ask(t, server.URL, "POST", "index-runs", `{"keep_sample":true}`, admin) // the run of the example
	n := 0
	for path, item := range documentOf(t, server.URL).root["paths"].(map[string]any) {
		op, _ := item.(map[string]any)["get"].(map[string]any)
		route, ok := strings.CutPrefix(path, "/api/v1/")
		if op == nil || !ok {
			continue
		}
		needed, optional := url.Values{}, []url.Values{{}}
		parameters, _ := op["parameters"].([]any)
		for _, p := range parameters {
			p := p.(map[string]any)
			name, example := p["name"].(string), p["example"]
			one := url.Values{}
			switch example := example.(type) {
			case map[string]any:
				for field, values := range example {
					for _, v := range values.([]any) {
						one.Add(name+"["+field+"]", fmt.Sprint(v))
					}
				}
			case []any:
				for _, v := range example {
					one.Add(name, fmt.Sprint(v))
				}
			default:
				one.Set(name, fmt.Sprint(example))
			}
			switch {
			case p["in"] == "path":
				route = strings.ReplaceAll(route, "{"+name+"}", url.PathEscape(fmt.Sprint(example)))
			case name == "after": // a place in a search that was made
			case p["required"] == true:
				needed[name] = one[name]
			default:
				optional = append(optional, one)
			}
		}
		for _, one := range optional {
			n++
			for name, values := range needed {
				one[name] = values
			}
			if res, body := ask(t, server.URL, "GET", route+"?"+one.Encode(), "", admin); res.StatusCode != http.StatusOK {
				t.Errorf("%s?%s: status %d: %.300s", route, one.Encode(), res.StatusCode, body)
			}
		}
	}
	if n < 40 {
		t.Errorf("%d examples were tried", n)
	}
}
