package main

import (
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files")

// licenses tells the licenses that a module may have by sentences that all texts of one
// have, the more special ones first.
var licenses = []struct {
	name  string
	words []string
}{
	{"Apache-2.0", []string{"Apache License", "Version 2.0"}},
	{"BSD-3-Clause", []string{"Redistribution and use in source and binary forms", "Neither the name"}},
	{"BSD-3-Clause", []string{"Redistribution and use in source and binary forms", "names of its contributors may not be used"}},
	{"BSD-2-Clause", []string{"Redistribution and use in source and binary forms"}},
	{"MIT", []string{"Permission is hereby granted, free of charge"}},
}

// Every module that the program, its tools or its tests are built of is listed with its
// license, which is one of those that ask for no more than to be named. A new module is
// added with -update, and its license read.
func TestLicenses(t *testing.T) {
	list := exec.Command("go", "list", "-deps", "-test", "-f", "{{with .Module}}{{if not .Main}}{{.Path}}\t{{.Dir}}{{end}}{{end}}", "./...")
	list.Dir, list.Stderr = root, os.Stderr
	raw, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	modules := slices.Compact(slices.Sorted(strings.Lines(strings.TrimSpace(string(raw)) + "\n")))
	var got strings.Builder
	for _, m := range modules {
		module, dir, _ := strings.Cut(strings.TrimSpace(m), "\t")
		name, err := license(dir)
		if err != nil {
			t.Fatal(err)
		}
		if name == "" {
			t.Errorf("%s has no license that is known to suit", module)
		}
		got.WriteString(module + "\t" + name + "\n")
	}
	const golden = "testdata/licenses.tsv"
	if *update {
		if err := os.WriteFile(golden, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got.String()); diff != "" {
		t.Errorf("modules and licenses (-want +got)\n%s", diff)
	}
}

// license names the license of a module's folder, "" for one that is not among licenses.
func license(dir string) (string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return "", err
	}
	for _, e := range entries {
		if name := strings.ToUpper(e.Name()); !strings.HasPrefix(name, "LICEN") && name != "COPYING" {
			continue
		}
		raw, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			return "", err
		}
		text := strings.Join(strings.Fields(string(raw)), " ")
		for _, l := range licenses {
			if !slices.ContainsFunc(l.words, func(w string) bool { return !strings.Contains(text, w) }) {
				return l.name, nil
			}
		}
	}
	return "", nil
}
