package export

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"incidex/search"
	"incidex/search/query"
)

// Format names a format.
type Format string

// The formats.
const (
	CSV    Format = "csv"
	XLSX   Format = "xlsx"
	NDJSON Format = "ndjson"
	VERIS  Format = "veris"
	STIX   Format = "stix"
	BibTeX Format = "bibtex"
)

// About says what an export is of.
type About struct {
	// Query is the search as it was understood, Filters what narrows it besides, each as
	// FIELD=VALUE.
	Query   string
	Filters []string
	// Level says what the rows are, Rows how many follow.
	Level query.Level
	Rows  int
	// Generation names the state of the index, Time when it was asked.
	Generation string
	Time       time.Time
	// Version is that of the program.
	Version string
}

// Search is the search in one line, "all" for one without words or filters.
func (a About) Search() string {
	if text := strings.Join(append(nonEmpty(a.Query), a.Filters...), " "); text != "" {
		return text
	}
	return "all"
}

func nonEmpty(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

// Info describes a format.
type Info struct {
	Format Format
	// Label is what people call it.
	Label string
	// Type is its media type, Extension ends the names of its files, without the dot.
	Type, Extension string
	// Levels are what its rows can be, the usual one first.
	Levels []query.Level
	begin  func(w io.Writer, a About) (writer, error)
}

// Formats are all formats, in the order in which they are offered.
var Formats = []Info{
	{CSV, "CSV", "text/csv; charset=utf-8", "csv", both, beginCSV},
	{XLSX, "Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx", both, beginXLSX},
	{NDJSON, "JSON lines", "application/x-ndjson", "ndjson", both, beginNDJSON},
	{VERIS, "VERIS", "application/json", "veris.json", incidents, beginVERIS},
	{STIX, "STIX", "application/stix+json;version=2.1", "stix.json", incidents, beginSTIX},
	{BibTeX, "BibTeX", "application/x-bibtex; charset=utf-8", "bib", articles, beginBibTeX},
}

var (
	both      = []query.Level{query.ArticleLevel, query.IncidentLevel}
	incidents = []query.Level{query.IncidentLevel}
	articles  = []query.Level{query.ArticleLevel}
)

// Names are the names of all formats.
func Names() []string {
	out := make([]string, len(Formats))
	for i, f := range Formats {
		out[i] = string(f.Format)
	}
	return out
}

// Lookup finds a format by its name; one that there is not is a search.ErrInvalid.
func Lookup(name string) (Info, error) {
	for _, f := range Formats {
		if string(f.Format) == name {
			return f, nil
		}
	}
	return Info{}, &search.RequestError{Part: "format", Text: fmt.Sprintf("format %q: want one of %s", name, strings.Join(Names(), ", "))}
}

// Level is what the rows are where level was asked for, "" for whatever the format has
// usually. What the format cannot hold is a search.ErrInvalid.
func (f Info) Level(level query.Level) (query.Level, error) {
	for _, l := range f.Levels {
		if l == level || level == "" {
			return l, nil
		}
	}
	return "", &search.RequestError{Part: "level", Text: fmt.Sprintf("%s is a format of %ss: leave level out, or export %ss as csv, xlsx or ndjson", f.Format, f.Levels[0], level)}
}

// writer writes the rows of an export. One that is an io.Closer is closed in any case.
type writer interface {
	row(entry) error
	end() error
}

// Write writes all rows. Where it fails, what was written is not whole.
func (f Info) Write(ctx context.Context, w io.Writer, rows *search.Rows, a About) error {
	out, err := f.begin(w, a)
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	if c, ok := out.(io.Closer); ok {
		defer c.Close()
	}
	for row, err := range rows.All(ctx) {
		if err == nil {
			err = out.row(entryOf(row))
		}
		if err != nil {
			return fmt.Errorf("export: %w", err)
		}
	}
	if err := out.end(); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	return nil
}

// AboutRows says what an export of rows is of.
func AboutRows(rows *search.Rows, filters []search.Filter, now time.Time, version string) About {
	a := About{Query: rows.Query, Level: rows.Level, Rows: rows.Count, Generation: rows.Generation, Time: now.UTC().Truncate(time.Second), Version: version}
	for _, f := range filters {
		for _, v := range f.Values {
			name := f.Field
			if f.Exclude {
				name = "-" + name
			}
			a.Filters = append(a.Filters, name+"="+v)
		}
	}
	return a
}

// Name is the name of a file with the export.
func (f Info) Name(a About) string {
	return fmt.Sprintf("incidex-%ss-%s-%s.%s", a.Level, a.Generation, a.Time.Format("20060102T150405Z"), f.Extension)
}
