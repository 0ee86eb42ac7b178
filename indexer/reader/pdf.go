package reader

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/ledongthuc/pdf"
)

// The limits of a PDF, beside MaxFile. A damaged file can refer to itself without
// end and unpack to anything, so that what is read of it is bounded too.
const (
	maxPages     = 5000
	maxPDFDepth  = 50        // of the tree of pages, and of arrays in arrays
	maxPDFReads  = 50        // how many times the size of the file may be read
	minPDFReads  = 1 << 30   // bytes that may always be read
	maxPDFOpen   = 8 << 20   // bytes that may be read for the tables, beside some times the size of the file
	eachPDFRead  = 256       // bytes that a reading costs beside those that it gives
	maxContents  = 256 << 20 // bytes of all pages unpacked
	maxPDFStates = 1000      // saved graphics states
	maxPDFForms  = 5         // forms in forms
	// maxPDFTime ends the waiting for a file that sends the library in a circle.
	maxPDFTime = time.Minute
)

var (
	errNoLayer = errors.New("no text layer: the pages are images; have their text recognized (OCR) first")
	errBudget  = errors.New("it refers to itself or unpacks to too much")
	errTime    = fmt.Errorf("not read within %v", maxPDFTime)
)

// readPDF reads the text layer of a PDF. The title is that of its properties, or
// the first line.
func readPDF(s *source) {
	b, ok := s.all(MaxFile)
	if !ok {
		return
	}
	var e entry
	err := within(s.ctx, maxPDFTime, func(ctx context.Context) (e entry, err error) {
		err = safely(func() error { e, err = parsePDF(ctx, b, s.opts); return err })
		return e, err
	}, &e)
	if err != nil {
		s.fail(0, "pdf: %v", err)
		return
	}
	if title, rest := cutTitle(e.article.Text); e.article.Title == "" || fileLike(e.article.Title) {
		e.article.Title, e.article.Text = title, rest
	} else if title == e.article.Title {
		e.article.Text = rest
	}
	s.emit(e, 0)
}

// within gives up waiting for f after a time, or when ctx is done. Then it tells f,
// and what f still does has no effect.
func within(ctx context.Context, limit time.Duration, f func(context.Context) (entry, error), out *entry) error {
	ctx, stop := context.WithTimeout(ctx, limit)
	defer stop()
	type result struct {
		e   entry
		err error
	}
	done := make(chan result, 1)
	go func() {
		e, err := f(ctx)
		done <- result{e, err}
	}()
	select {
	case r := <-done:
		*out = r.e
		return r.err
	case <-ctx.Done():
		return errTime
	}
}

// outsized finds sizes for which the library would take more memory than there is.
var outsized = regexp.MustCompile(`/(?:Size|Columns)\s+\d{8}|/Index\s*\[[\d\s]*\d{8}|\n\d{8,}\s+\d+\s*[\r\n]+\d{10}`)

func parsePDF(ctx context.Context, b []byte, opts Options) (entry, error) {
	var e entry
	if outsized.Match(b) {
		return e, errBudget
	}
	b = soundEnds(b)
	size := int64(len(b))
	file := &budgeted{ctx, bytes.NewReader(b), maxPDFOpen + 4*size} // tables can refer to themselves
	r, err := pdf.NewReader(file, size)
	if err != nil {
		return e, err
	}
	file.left = max(minPDFReads, maxPDFReads*size)
	p := pdfText{ctx: ctx, most: 4 * opts.MaxText}
	p.tree(r.Trailer().Key("Root").Key("Pages"), 0)
	e.problems = p.problems
	e.article.Text = clean(joinLines(p.out.String()))
	if e.article.Text == "" {
		if len(p.problems) > 0 {
			return e, errors.New(p.problems[0])
		}
		return e, errNoLayer
	}
	info := r.Trailer().Key("Info")
	e.article.Title = cut(cleanLine(info.Key("Title").Text()), maxTitle)
	e.article.Date, _ = parseDate(strings.TrimPrefix(info.Key("CreationDate").Text(), "D:"))
	e.article.Tags = tagList(info.Key("Keywords").Text())
	return e, nil
}

// soundEnds makes a copy without what the library is too strict about: a version
// that it does not know, and bytes behind the end.
func soundEnds(b []byte) []byte {
	b = bytes.Clone(b)
	if len(b) > 9 && bytes.HasPrefix(b, []byte("%PDF-")) {
		copy(b[5:], "1.7\n")
	}
	if i := bytes.LastIndex(b, []byte("%%EOF")); i >= 0 {
		b = b[:i+len("%%EOF")]
	}
	return b
}

// fileLike reports whether a title is what a program put there for lack of one.
func fileLike(title string) bool {
	lower := strings.ToLower(strings.Trim(title, "()[]<>. "))
	switch lower {
	case "", "anonymous", "unspecified", "print", "document", "unknown", "no title", "title", "pdf", "page 1", "blank", "new document", "default", "report", "layout 1", "powerpoint presentation":
		return true
	}
	return !strings.ContainsFunc(lower, unicode.IsLetter) || strings.HasPrefix(lower, "microsoft word") || strings.HasPrefix(lower, "untitled") ||
		!strings.Contains(lower, " ") && strings.Contains(lower, ".")
}

// budgeted panics when more is read than a sound file can need, or when nobody waits
// any more: the library has loops that nothing else ends.
type budgeted struct {
	ctx  context.Context
	r    io.ReaderAt
	left int64
}

func (b *budgeted) ReadAt(p []byte, off int64) (int, error) {
	n, err := b.r.ReadAt(p, off)
	if b.left -= int64(n) + eachPDFRead; b.left < 0 {
		panic(errBudget)
	}
	if b.ctx.Err() != nil {
		panic(errTime)
	}
	return n, err
}

// pdfText collects the text of pages, lines apart by a line feed.
type pdfText struct {
	ctx      context.Context
	out      strings.Builder
	most     int // bytes of out
	contents int // bytes of pages unpacked
	pages    int
	problems []string // pages that could not be read
}

// tree reads the pages below a node of the tree of pages.
func (p *pdfText) tree(n pdf.Value, depth int) {
	if depth > maxPDFDepth {
		panic(errBudget)
	}
	if n.Key("Type").Name() == "Page" {
		if p.pages++; p.pages > maxPages {
			panic(errBudget)
		}
		err := safely(func() error { p.page(pdf.Page{V: n}); return nil })
		if errors.Is(err, errBudget) || errors.Is(err, errTime) {
			panic(err)
		}
		if err != nil {
			p.problems = append(p.problems, fmt.Sprintf("page %d: %v", p.pages, err))
		}
		return
	}
	kids := n.Key("Kids")
	for i := range kids.Len() {
		p.tree(kids.Index(i), depth+1)
	}
}

// read unpacks the contents of a page: one stream or several.
func (p *pdfText) read(v pdf.Value) []byte {
	if v.Kind() == pdf.Array {
		var out []byte
		for i := range v.Len() {
			out = append(append(out, p.read(v.Index(i))...), '\n')
		}
		return out
	}
	if v.Kind() != pdf.Stream {
		return nil
	}
	b, _ := io.ReadAll(io.LimitReader(v.Reader(), int64(maxContents-p.contents)+1)) // what is there counts
	if p.contents += len(b); p.contents > maxContents {
		panic(errBudget)
	}
	return b
}

// joinLines joins the lines of a paragraph, and words that were cut at the end of
// a line. The first line stays apart, because it may be the title.
func joinLines(s string) string {
	lines := strings.Split(strings.TrimSpace(s), "\n")
	whole := sync.OnceValue(func() string { return strings.ToLower(s) })
	var b []byte
	for i, line := range lines {
		line = strings.TrimSpace(line)
		last := ""
		if i > 0 {
			last = strings.TrimSpace(lines[i-1])
		}
		switch {
		case i == 0:
		case strings.HasPrefix(line, rowMark) && last != "" || strings.HasSuffix(last, rowMark) && line != "":
			b = append(b, '\n')
		case line == "" || last == "" || i == 1 && !continues(line):
			b = append(b, '\n')
		case strings.HasSuffix(last, "-") && continues(line) && len(last) > 1 && unicode.IsLetter(rune(last[len(last)-2])):
			if !keepsHyphen(strings.TrimSuffix(last, "-"), line, whole) {
				b = bytes.TrimSuffix(b, []byte("-"))
			}
		default:
			b = append(b, ' ')
		}
		b = append(b, line...)
	}
	return strings.ReplaceAll(string(b), rowMark, "")
}

// continues reports whether a line goes on with the sentence before it.
func continues(line string) bool {
	r, _ := utf8.DecodeRuneInString(line)
	return unicode.IsLower(r)
}
