package reader

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"incidex/data"
)

// source is one file that is being read.
type source struct {
	ctx     context.Context
	name    string // as problems have it
	file    string // with the extension of the format
	r       io.Reader
	at      io.Reader // r as it was given, where the file is no part of another
	opts    Options
	yield   func(Item, error) bool
	stopped bool
	order   data.DayOrder // of the dates of a list
	told    bool          // how keys are taken
	mails   int           // that this file is attached in
	out     *expansion    // of the packed file that this one lies in, nil for none
}

// fail reports what could not be read. It and the other methods that yield return
// false when the caller has enough.
func (s *source) fail(line int, reason string, args ...any) bool {
	return s.put(Item{}, &Problem{Name: s.name, Line: line, Reason: plain(fmt.Sprintf(reason, args...))})
}

var (
	// cutOff is what parsers say of a file of which the end is missing.
	cutOff = regexp.MustCompile(`(XML syntax error on line \d+: )?unexpected EOF|multipart: NextPart: EOF|not a PDF file: missing %%EOF`)
	// plainer has what other packages say, and what a person understands.
	plainer = strings.NewReplacer(
		"zip: zip: not a valid zip file", "zip: it is cut off, or no archive",
		"zip: not a valid zip file", "it is cut off, or no Word file",
		"open word/document.xml: file does not exist", "no Word file: it has no word/document.xml",
		"html: html: ", "html: ",
	)
)

// plain says in our words why a file cannot be read.
func plain(reason string) string {
	return plainer.Replace(cutOff.ReplaceAllString(reason, "it is cut off"))
}

func (s *source) put(item Item, err error) bool {
	if s.stopped = s.stopped || s.ctx.Err() != nil; s.stopped {
		return false
	}
	s.stopped = !s.yield(item, err)
	return !s.stopped
}

// emit yields an article with what was wrong with its keys, unless it has no text.
func (s *source) emit(e entry, line int) bool {
	a := e.article
	if strings.TrimSpace(a.Text) == "" {
		return s.fail(line, "no text")
	}
	if len(a.Text) > s.opts.MaxText {
		return s.fail(line, "the text has %d bytes, more than %d", len(a.Text), s.opts.MaxText)
	}
	if digitsPattern.MatchString(e.written) && len(a.Date) == len("2025") {
		order := cmp.Or(s.order, data.OrderIn(a.Text[:min(len(a.Text), maxOrderSample)]), orderOf(e.language))
		if d, ok := digitDate(e.written, order); ok {
			a.Date = d
		}
	}
	if reason := s.opts.disbelieve(a.Date); reason != "" {
		e.problem(reason)
		a.Date = ""
	}
	if a.Date == "" && line == 0 {
		if a.Date = dateOfName(s.file); s.opts.disbelieve(a.Date) != "" {
			a.Date = ""
		}
	}
	if a.ID == "" {
		a.ID = contentID(a.Title, a.Text)
	}
	sortClaims(a.Given)
	a.Title = headline(a)
	for _, p := range e.problems {
		if !s.put(Item{}, &Problem{Name: s.name, Line: line, Reason: p, Kept: true}) {
			return false
		}
	}
	slices.Sort(e.ignored)
	return s.put(Item{Article: a, Line: line, Ignored: e.ignored}, nil)
}

// maxHeadline is the number of bytes of a title that is made of the first words.
const maxHeadline = 100

// headline is the title of an article. One that has none, or a number for it, is called
// by its first words.
func headline(a data.Article) string {
	if strings.ContainsFunc(a.Title, unicode.IsLetter) {
		return a.Title
	}
	first, _, _ := strings.Cut(strings.TrimSpace(a.Text), "\n")
	if !strings.ContainsFunc(first, unicode.IsLetter) {
		first = a.Text
	}
	return cut(cleanLine(first), maxHeadline)
}

// all reads the whole file, up to a limit.
func (s *source) all(limit int) ([]byte, bool) {
	b, err := io.ReadAll(io.LimitReader(s.r, int64(limit)+1))
	switch {
	case err != nil:
		s.fail(0, "read: %v", err)
	case len(b) > limit:
		s.fail(0, "the file has more than %d bytes", limit)
	case len(bytes.TrimSpace(b)) == 0:
		s.fail(0, "the file is empty")
	default:
		return b, true
	}
	return nil, false
}

// randomAccess returns the file for formats that are read from their end.
func (s *source) randomAccess(limit int) (io.ReaderAt, int64, bool) {
	if f, ok := s.at.(interface {
		io.ReaderAt
		io.Seeker
	}); ok {
		if size, err := f.Seek(0, io.SeekEnd); err == nil {
			return &watchedAt{s.ctx, f}, size, true
		}
	}
	b, ok := s.all(limit)
	return bytes.NewReader(b), int64(len(b)), ok
}

// baseName is the name of the file without folders and extension.
func (s *source) baseName() string {
	name := path.Base(strings.ReplaceAll(s.file, `\`, "/"))
	return strings.TrimSuffix(name, path.Ext(name))
}
