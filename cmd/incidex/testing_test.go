package main

import (
	"io"
	"net/http"
	"os"
	"path/filepath"
	"testing"
)

// exchange sends a request with http.DefaultClient.Do, or http.DefaultTransport.RoundTrip
// which follows nothing, and returns the answer with its body.
func exchange(t *testing.T, do func(*http.Request) (*http.Response, error), req *http.Request) (*http.Response, string) {
	t.Helper()
	res, err := do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, string(body)
}

// linkedProgram is the test under the name of the program, as which TestMain runs it.
func linkedProgram(t *testing.T) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(t.TempDir(), "incidex")
	if err := os.Symlink(self, program); err != nil {
		t.Skip(err)
	}
	return program
}
