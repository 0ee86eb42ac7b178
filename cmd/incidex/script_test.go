package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"incidex": main})
}

// TestScripts runs the program as a person does, one script of testdata/script a subtest.
func TestScripts(t *testing.T) {
	files, err := filepath.Abs("../../indexer/reader/testdata")
	if err != nil {
		t.Fatal(err)
	}
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	example := regexp.MustCompile("(?s)```go\n(package main // watchlist.go.*?)```").FindStringSubmatch(string(readme))
	if example == nil {
		t.Fatal("README.md has no watchlist.go")
	}
	cache, _ := exec.Command("go", "env", "GOCACHE").Output() // the script skips where there is no go
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script", RequireExplicitExec: true,
		Setup: func(e *testscript.Env) error {
			e.Setenv("FILES", files) // of kinds that a script cannot hold
			e.Setenv("GOCACHE", strings.TrimSpace(string(cache)))
			return os.WriteFile(filepath.Join(e.WorkDir, "watchlist.go"), []byte(example[1]), 0o600)
		},
	})
}
