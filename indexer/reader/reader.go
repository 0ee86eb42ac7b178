package reader

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"path"
	"slices"
	"strings"
	"time"

	"incidex/data"
)

// The limits. What is over a limit is a Problem.
const (
	// MaxFile is the number of bytes of a file that is read as a whole.
	MaxFile = 64 << 20
	// MaxItem is the number of bytes of one article in a list: a line, a record or
	// a member of an array, with its markup.
	MaxItem = 16 << 20
	// DefaultMaxText is the number of bytes of an article's text.
	DefaultMaxText = 8 << 20
)

// Options say how files are read. The zero value is useful.
type Options struct {
	// Map gives our key (title, text, records, ...) for a foreign key of JSON, CSV,
	// front matter and side-cars. It comes before the keys that are known anyway.
	Map map[string]string
	// MaxText is the number of bytes of the longest text; 0 means DefaultMaxText.
	MaxText int
	// Now is the time behind which no date is believed, but for a day: the sun may be
	// up elsewhere. The zero time believes all.
	Now time.Time
}

// Item is an article and where in the file it stands.
type Item struct {
	Article data.Article
	// Line is the 1-based line of a list of lines or rows, or the 1-based number of
	// a member of an array, a feed or an archive; 0 where the file is the article.
	Line int
	// Ignored are the keys of the source that nothing was made of, sorted.
	Ignored []string
}

// Problem is a place in a file that could not be read.
type Problem struct {
	// Name is the name of the file; a member of an archive stands behind a slash.
	Name string
	// Line is as in Item.
	Line   int
	Reason string
	// Kept says that the article is read all the same, without the bad part.
	Kept bool
	// Note says that nothing is bad: the reason tells how the file is read.
	Note bool
}

func (p *Problem) Error() string {
	if p.Line > 0 {
		return fmt.Sprintf("%s:%d: %s", p.Name, p.Line, p.Reason)
	}
	return p.Name + ": " + p.Reason
}

type format struct {
	extension string
	read      func(*source)
}

// formats are in the order of Formats. The first extension that fits is taken.
func formats() []format {
	return []format{
		{".txt", readText},
		{".md", readMarkdown}, {".markdown", readMarkdown},
		{".jsonl", readLines}, {".ndjson", readLines}, {".json", readJSON},
		{".csv", readCSV}, {".tsv", readCSV},
		{".html", readHTML}, {".htm", readHTML},
		{".pdf", readPDF},
		{".eml", readMail},
		{".docx", readDOCX},
		{".rss", readFeed}, {".atom", readFeed}, {".xml", readFeed},
		{".gz", readGzip}, {".zip", readZip},
	}
}

func formatOf(name string) (format, bool) {
	extension := strings.ToLower(path.Ext(name))
	for _, f := range formats() {
		if f.extension == extension {
			return f, true
		}
	}
	return format{}, false
}

// Formats returns the extensions that can be read, with their dots.
func Formats() []string {
	var out []string
	for _, f := range formats() {
		out = append(out, f.extension)
	}
	return out
}

// Supported reports whether a file of this name can be read. A side-car cannot:
// it belongs to another file. What is compressed must have a readable name inside.
func Supported(name string) bool {
	if _, ok := SidecarOf(name); ok {
		return false
	}
	f, ok := formatOf(name)
	if ok && f.extension == ".gz" {
		inner, ok := formatOf(name[:len(name)-len(".gz")])
		return ok && !inner.archive()
	}
	return ok
}

// FormatOf is the extension that says how a file is read, with its dot and in lower
// case: ".csv", ".jsonl.gz". Of a file that is not read it is the last extension.
func FormatOf(name string) string {
	extension := strings.ToLower(path.Ext(name))
	if extension == ".gz" {
		extension = strings.ToLower(path.Ext(name[:len(name)-len(".gz")])) + extension
	}
	return extension
}

func (f format) archive() bool { return f.extension == ".gz" || f.extension == ".zip" }

// Read yields the articles of a file. Every error is a *Problem. Reading stops at
// the first problem that leaves nothing to go on with. A reader that is also an
// io.ReaderAt and an io.Seeker, as a file is, saves memory for archives. When ctx
// is done, reading ends soon and without a word: the caller asks ctx.
func Read(ctx context.Context, name string, r io.Reader, opts Options) iter.Seq2[Item, error] {
	if opts.MaxText <= 0 {
		opts.MaxText = DefaultMaxText
	}
	return func(yield func(Item, error) bool) {
		s := &source{ctx: ctx, name: name, file: name, r: r, opts: opts, yield: yield}
		f, ok := formatOf(name)
		if !ok {
			s.fail(0, "unknown format %q", path.Ext(name))
			return
		}
		s.r = &watched{ctx, r}
		s.at = r
		f.read(s)
	}
}

// sortClaims brings claims in the order of the fields, as Mention has them.
func sortClaims(claims []data.Claim) {
	slices.SortStableFunc(claims, func(a, b data.Claim) int { return cmp.Compare(a.Field.Order(), b.Field.Order()) })
}

// errTooLong is the error of a limited reader.
var errTooLong = errors.New("longer than the limit")

// limited fails after n bytes; the reader of a list refills it for each item.
type limited struct {
	r io.Reader
	n int
}

func (l *limited) Read(p []byte) (int, error) {
	if l.n <= 0 {
		return 0, errTooLong
	}
	n, err := l.r.Read(p[:min(len(p), l.n)])
	l.n -= n
	return n, err
}

// safely calls a function of a library that may panic on bad input.
func safely(f func() error) (err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case error:
			err = fmt.Errorf("damaged: %w", r)
		default:
			err = fmt.Errorf("damaged: %v", r)
		}
	}()
	return f()
}
