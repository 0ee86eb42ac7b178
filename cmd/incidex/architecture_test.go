package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const root = "../.."

// The arrows between packages: what a package and those below it must not import, and why.
var arrows = []struct{ from, not, why string }{
	{"data", "incidex/indexer", "the words of the domain know nothing of those who speak them"},
	{"data", "incidex/search", "the words of the domain know nothing of those who speak them"},
	{"data", "incidex/httpapi", "the words of the domain know nothing of those who speak them"},
	{"data", "incidex/web", "the words of the domain know nothing of those who speak them"},
	{"data", "incidex/cmd", "a program is imported by nobody"},
	{"indexer", "incidex/search", "what an index must do is the indexer's Sink; the program joins the two"},
	{"indexer", "incidex/httpapi", "the pipeline runs without a server"},
	{"indexer", "incidex/web", "the pipeline runs without a server"},
	{"indexer", "github.com/blevesearch", "everything that knows Bleve is in search/bleveindex"},
	{"search", "incidex/indexer", "searching needs no reader, extractor or grouper; the program joins the two"},
	{"search", "incidex/httpapi", "searches are asked in search's own words, not in HTTP's"},
	{"search", "incidex/web", "searches are asked in search's own words, not in HTML's"},
	{"search/text", "incidex/search/facet", "words know nothing of documents"},
	{"search/text", "incidex/search/bleveindex", "the words must be those of another index too"},
	{"search/query", "incidex/search/text", "the language is read before its words are"},
	{"search/query", "incidex/search/bleveindex", "the language must fit another index too"},
	{"search/facet", "incidex/search/bleveindex", "counting must fit another index too"},
	{"search/compare", "incidex/search/bleveindex", "a comparison is of records, wherever they come from"},
	{"search/similar", "incidex/search/bleveindex", "likeness is of facts, wherever they come from"},
	{"web", "incidex/indexer", "pages show what a search returns"},
	{"web", "incidex/httpapi", "templates know no routes' handlers"},
	{"web", "incidex/search/bleveindex", "pages show what any index returns"},
	{"web", "github.com/gin-gonic/gin", "only httpapi speaks HTTP"},
	{"httpapi", "incidex/search/bleveindex", "the server asks the engine, whatever the index"},
}

// onlyIn are packages that may be imported in one place only.
var onlyIn = []struct{ what, in, why string }{
	{"github.com/blevesearch", "search/bleveindex", "so that another engine can stand beside it"},
	{"github.com/blevesearch/snowballstem", "search/text", "a stem is what search/text says, in every index"},
	{"github.com/gin-gonic", "httpapi", "so that the rest runs without HTTP"},
	{"github.com/danielgtaylor/huma", "httpapi", "so that the rest runs without HTTP"},
	{"modernc.org/sqlite", "cmd/benchmark", "a peer to measure against; the program does not link it"},
	{"github.com/spf13/cobra", "cmd", "so that the rest runs without a command line"},
}

func TestImportsRunOneWay(t *testing.T) {
	each(t, func(path string, imports []string, _ string) {
		dir := filepath.ToSlash(filepath.Dir(path))
		for _, imp := range imports {
			for _, a := range arrows {
				if within(dir, a.from) && within(imp, a.not) {
					t.Errorf("%s imports %s: %s", path, imp, a.why)
				}
			}
			for _, o := range onlyIn {
				if within(imp, o.what) && !within(dir, o.in) && !within(dir, "cmd/benchmark") && !slices.Contains(allowed(imp), dir) {
					t.Errorf("%s imports %s, which belongs in %s only: %s", path, imp, o.in, o.why)
				}
			}
			if within(dir, "data") && !within(dir, "data/vocab") && strings.Contains(strings.Split(imp, "/")[0], ".") && !strings.HasSuffix(path, "_test.go") {
				t.Errorf("%s imports %s: data stands on the standard library alone", path, imp)
			}
		}
	})
}

func TestEveryPackageHasADoc(t *testing.T) {
	docs := map[string]bool{}
	each(t, func(path string, _ []string, doc string) {
		if dir := filepath.Dir(path); !strings.HasSuffix(path, "_test.go") {
			docs[dir] = docs[dir] || doc != ""
		}
	})
	for dir, has := range docs {
		if !has {
			t.Errorf("package %s has no doc comment", dir)
		}
	}
}

// The folders and files that the top level may hold.
func TestTopLevel(t *testing.T) {
	allowed := []string{"cmd", "indexer", "search", "httpapi", "data", "web", "go.mod", "go.sum", "README.md", "LICENSE", "CONTRIBUTING.md"}
	entries, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") && !slices.Contains(allowed, e.Name()) && e.Name() != defaultData && e.Name() != "incidex" {
			t.Errorf("%s does not belong at the top level", e.Name())
		}
	}
}

// each parses the imports and the package doc of every Go file of the project.
func each(t *testing.T, f func(path string, imports []string, doc string)) {
	t.Helper()
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && path != root && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata") {
			return fs.SkipDir
		}
		if !strings.HasSuffix(path, ".go") {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly|parser.ParseComments)
		if err != nil {
			return err
		}
		var imports []string
		for _, i := range file.Imports {
			imports = append(imports, strings.Trim(i.Path.Value, `"`))
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		f(rel, imports, file.Doc.Text())
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// allowed are the packages that an import is allowed by a longer entry of onlyIn.
func allowed(imp string) []string {
	var out []string
	for _, o := range onlyIn {
		if within(imp, o.what) {
			out = append(out, o.in)
		}
	}
	return out[max(0, len(out)-1):] // the entries go from short to long
}

// within reports whether a path is dir or lies below it.
func within(path, dir string) bool { return path == dir || strings.HasPrefix(path, dir+"/") }
