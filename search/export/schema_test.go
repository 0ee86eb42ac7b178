package export

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// verisSchema compiles the schema of VERIS, which testdata/veris has with its licence.
func verisSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft4)
	s, err := c.Compile("testdata/veris/verisc-merged.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// stixSchemas compiles those of STIX 2.1 that testdata/stix has, by the type of object.
func stixSchemas(t *testing.T) map[string]*jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	c.AssertFormat()
	out, ids := map[string]*jsonschema.Schema{}, map[string]string{}
	files := os.DirFS("testdata/stix")
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, ".json") {
			return err
		}
		raw, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
		if err != nil {
			return err
		}
		id := doc.(map[string]any)["$id"].(string)
		if !strings.HasPrefix(name, "common/") {
			ids[strings.TrimSuffix(path.Base(name), ".json")] = id
		}
		return c.AddResource(id, doc)
	})
	if err != nil {
		t.Fatal(err)
	}
	for kind, id := range ids {
		if out[kind], err = c.Compile(id); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// checkVERIS reads an export and checks each of its incidents against the schema.
func checkVERIS(t *testing.T, raw []byte) []any {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		t.Fatalf("%v\n%s", err, raw)
	}
	list, ok := doc.([]any)
	if !ok {
		t.Fatal("VERIS is no array")
	}
	schema := verisSchema(t)
	for _, v := range list {
		if err := schema.Validate(v); err != nil {
			t.Errorf("%v: %v", v.(map[string]any)["incident_id"], err)
		}
	}
	return list
}

// checkSTIX reads a bundle and checks each of its objects against its schema, that no id
// is there twice, and that what is referred to is there.
func checkSTIX(t *testing.T, raw []byte) []map[string]any {
	t.Helper()
	var bundle struct {
		Type, ID string
		Objects  []map[string]any
	}
	if err := json.Unmarshal(raw, &bundle); err != nil {
		t.Fatalf("%v\n%s", err, raw)
	}
	if bundle.Type != "bundle" || !strings.HasPrefix(bundle.ID, "bundle--") {
		t.Errorf("a bundle of type %q with id %q", bundle.Type, bundle.ID)
	}
	schemas, ids := stixSchemas(t), map[string]bool{}
	for _, o := range bundle.Objects {
		kind, id := o["type"].(string), o["id"].(string)
		if schemas[kind] == nil {
			t.Errorf("an object of type %s", kind)
			continue
		}
		if ids[id] {
			t.Errorf("%s is there twice", id)
		}
		ids[id] = true
		if err := schemas[kind].Validate(any(o)); err != nil {
			t.Errorf("%s: %v", id, err)
		}
	}
	for _, o := range bundle.Objects {
		refs, _ := o["object_refs"].([]any)
		for _, ref := range append(refs, o["source_ref"], o["target_ref"], o["created_by_ref"]) {
			if ref != nil && !ids[ref.(string)] {
				t.Errorf("%v refers to %v, which is not there", o["id"], ref)
			}
		}
	}
	return bundle.Objects
}
