package main

import (
	"path/filepath"
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
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script", RequireExplicitExec: true,
		Setup: func(e *testscript.Env) error {
			e.Setenv("FILES", files) // of kinds that a script cannot hold
			return nil
		},
	})
}
