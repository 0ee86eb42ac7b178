package indexer

import (
	"cmp"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"incidex/indexer/reader"
)

const (
	// maxProblems is the most problems of a run that are listed, and the most notes; all
	// problems are counted.
	maxProblems = 10_000
	// maxGroups is the most groups of problems; those of further kinds are one group.
	maxGroups = 1000
	// maxKind is the most bytes of a kind of problem.
	maxKind = 120
)

// Summary says what a run did.
type Summary struct {
	// Files were found; Opened of them had to be read.
	Files, Opened int
	// Articles that were read or known to be unchanged.
	Read int
	// New, Updated, Unchanged and Removed articles.
	New, Updated, Unchanged, Removed int
	// Skipped problems cost an article or a file, Partial ones a part of an article.
	Skipped, Partial int
	// Problems are the first maxProblems of both, by path and line.
	Problems []Problem
	// Groups count all problems of both, by kind and archive, the most frequent first.
	Groups []Group
	// Formats say what became of the files of each format, by name.
	Formats []Format
	// Notes say how files were read where that is not plain, such as what columns were
	// taken for. They are no problems, and as many at most as are listed of these.
	Notes []Problem
	// Before counts the problems of files that are unchanged since a run that listed them.
	Before int
	// Foreign articles, of those written, are in a language that extraction does not
	// read: they are searched, and claim nothing.
	Foreign int
	// Incidents that the run started, changed or ended.
	Incidents int
	Elapsed   time.Duration

	formats map[string]*Format
	groups  map[Group]*Group // by what the problems of a group have in common
}

// Format counts what a run found in one format.
type Format struct {
	// Name is the extension, with its dot; "" for files without one.
	Name string
	// Files that were found, and the articles that were read of them or known to be
	// unchanged.
	Files, Articles int
	// Skipped and Partial are as in Summary.
	Skipped, Partial int
}

// Group are problems of one kind.
type Group struct {
	// Kind is the reason, without the figures that differ.
	Kind string
	// In is the archive or the list in which they are, "" for files of their own.
	In   string
	Kept bool
	// Count is how many there are, Path and Line where the first one is.
	Count int
	Path  string
	Line  int
}

// Problem is something that was skipped. Nothing else suffers from it.
type Problem struct {
	Path string
	// Line is the 1-based line or member, 0 for the whole file.
	Line   int
	Reason string
	// Kept says that the article was read all the same, without the bad part.
	Kept bool
}

func (p Problem) String() string {
	if p.Line > 0 {
		return fmt.Sprintf("%s:%d: %s", p.Path, p.Line, p.Reason)
	}
	return p.Path + ": " + p.Reason
}

// Indexed is the number of articles that were written.
func (s Summary) Indexed() int { return s.New + s.Updated }

// format returns the counts of the format of a file.
func (s *Summary) format(path string) *Format {
	name := reader.FormatOf(path)
	f := s.formats[name]
	if f == nil {
		if s.formats == nil {
			s.formats = map[string]*Format{}
		}
		f = &Format{Name: name}
		s.formats[name] = f
	}
	return f
}

// found counts a file.
func (s *Summary) found(path string) { s.format(path).Files++ }

// read counts articles of a file.
func (s *Summary) read(path string, articles int) {
	s.Read += articles
	s.format(path).Articles += articles
}

// problem counts a problem. The kind is its reason without what is told apart anyway;
// in is as in Group.
func (s *Summary) problem(p Problem, kind, in string) {
	f := s.format(p.Path)
	if p.Kept {
		s.Partial++
		f.Partial++
	} else {
		s.Skipped++
		f.Skipped++
	}
	if len(s.Problems) < maxProblems {
		s.Problems = append(s.Problems, p)
	}
	key := Group{Kind: kindOf(kind), In: in, Kept: p.Kept}
	if s.groups == nil {
		s.groups = map[Group]*Group{}
	}
	g := s.groups[key]
	if g == nil && len(s.groups) >= maxGroups {
		key = Group{Kind: "other reasons", Kept: p.Kept}
		g = s.groups[key]
	}
	if g == nil {
		first := key
		first.Path, first.Line = p.Path, p.Line
		g = &first
		s.groups[key] = g
	}
	g.Count++
}

func (s *Summary) note(p Problem) {
	if len(s.Notes) < maxProblems {
		s.Notes = append(s.Notes, p)
	}
}

// done puts the lists in order.
func (s *Summary) done() {
	byPlace := func(a, b Problem) int { return cmp.Or(strings.Compare(a.Path, b.Path), a.Line-b.Line) }
	slices.SortStableFunc(s.Problems, byPlace)
	slices.SortStableFunc(s.Notes, byPlace)
	for _, f := range s.formats {
		s.Formats = append(s.Formats, *f)
	}
	slices.SortFunc(s.Formats, func(a, b Format) int { return strings.Compare(a.Name, b.Name) })
	for _, g := range s.groups {
		s.Groups = append(s.Groups, *g)
	}
	slices.SortFunc(s.Groups, func(a, b Group) int {
		return cmp.Or(b.Count-a.Count, strings.Compare(a.Path, b.Path), a.Line-b.Line, strings.Compare(a.Kind, b.Kind))
	})
}

var (
	figures = regexp.MustCompile(`\d+`)
	quoted  = regexp.MustCompile(`"(?:[^"\\]|\\.)*"`)
)

// kindOf is a reason without figures and quotes, which differ from one file to the
// next. An extension stays.
func kindOf(reason string) string {
	kind := quoted.ReplaceAllStringFunc(reason, func(q string) string {
		if strings.HasPrefix(q, `".`) || q == `""` {
			return q
		}
		return `"…"`
	})
	kind = figures.ReplaceAllString(kind, "N")
	if len(kind) > maxKind {
		kind = strings.ToValidUTF8(kind[:maxKind], "") + "…"
	}
	return kind
}

// unsupported is the kind of a file that no reader is for.
func unsupported(path string) string { return fmt.Sprintf("unsupported format %q", filepath.Ext(path)) }
