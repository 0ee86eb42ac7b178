package reader

import (
	"errors"
	"slices"
	"strings"

	"incidex/data"
)

// sidecarExtensions are what the name of a side-car has behind the name of its file.
var sidecarExtensions = []string{".fields.json", ".fields.yaml", ".fields.yml"}

// Sidecars returns the names that a side-car of a file can have, in the order in
// which they are looked for: report.pdf.fields.json belongs to report.pdf.
func Sidecars(name string) []string {
	var out []string
	for _, x := range sidecarExtensions {
		out = append(out, name+x)
	}
	return out
}

// SidecarOf returns the name of the file that a side-car belongs to, and false
// when name is none of a side-car.
func SidecarOf(name string) (string, bool) {
	for _, x := range sidecarExtensions {
		if n := len(name) - len(x); n > 0 && strings.EqualFold(name[n:], x) {
			return name[:n], true
		}
	}
	return "", false
}

// Sidecar adds to an article what a side-car says: an object of fields and of the
// article's own keys but its text. It replaces what the article says of the same
// key. The error joins a *Problem for everything that could not be read; the
// article is good all the same.
func Sidecar(base data.Article, name string, b []byte, opts Options) (data.Article, error) {
	a, problems := sidecar(base, name, b, opts)
	var errs []error
	for _, p := range problems {
		errs = append(errs, p)
	}
	return a, errors.Join(errs...)
}

func sidecar(base data.Article, name string, b []byte, opts Options) (data.Article, []*Problem) {
	var m map[string]any
	var err error
	text := decode(b, "")
	if strings.HasSuffix(strings.ToLower(name), ".json") {
		m, err = object([]byte(text))
	} else {
		m, err = parseYAML(text)
	}
	if err != nil {
		return base, []*Problem{{Name: name, Reason: err.Error(), Kept: true}}
	}
	e := entry{article: base}
	e.article.Given = slices.Clone(base.Given)
	e.set(m, opts)
	e.article.Text = base.Text
	sortClaims(e.article.Given)
	var problems []*Problem
	for _, p := range e.problems {
		problems = append(problems, &Problem{Name: name, Reason: p, Kept: true})
	}
	return e.article, problems
}
