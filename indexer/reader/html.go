package reader

import (
	"context"
	"errors"
	"strings"

	"codeberg.org/readeck/go-readability"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"
)

// minReadable is the number of bytes under which what readability found is not
// believed if the whole page has more.
const minReadable = 250

// readHTML reads a web page: the text without what surrounds it, and what the
// page says of itself in JSON-LD, in its metadata and in its head, in this order.
func readHTML(s *source) {
	b, ok := s.all(MaxItem)
	if !ok {
		return
	}
	_, declared, _ := charset.DetermineEncoding(b, "")
	e, listed, err := s.parsePage(decode(b, declared))
	if listed {
		return
	}
	if err != nil {
		s.fail(0, "html: %v", err)
		return
	}
	if e.article.Title == "" {
		e.article.Title = s.baseName()
	}
	s.emit(e, 0)
}

// parsePage makes an article of a page, unless it is a list, whose entries it yields.
func (s *source) parsePage(page string) (e entry, listed bool, err error) {
	doc, err := parseTree(s.ctx, page)
	if errors.Is(err, errHeavy) {
		e, err = heavyPage(s.ctx, page, s.opts)
		return e, false, err
	}
	if err != nil {
		return e, false, err
	}
	meta := pageMeta(doc)
	body, _ := meta["text"].(string)
	delete(meta, "text")
	e.set(meta, s.opts)
	e.ignored = nil
	whole := nodeText(find(doc, atom.Body))
	if s.readList(find(doc, atom.Body), whole, e) {
		return e, true, nil
	}
	var readable string
	_ = safely(func() error { // a page that it cannot read is read whole
		article, err := readability.FromDocument(doc, nil)
		if err == nil && article.Node != nil {
			readable = nodeText(article.Node)
		}
		if e.article.Title == "" {
			e.article.Title = cleanLine(article.Title)
		}
		return err
	})
	if readable != "" {
		readable = addLinked(readable, find(doc, atom.Body))
	}
	switch {
	case len(readable) >= minReadable || len(readable) > len(whole)/2:
		e.article.Text = readable
	case len(clean(body)) > len(readable):
		e.article.Text = clean(body)
	default:
		e.article.Text = whole
	}
	if first, rest, ok := strings.Cut(e.article.Text, "\n"); ok && cleanLine(first) == e.article.Title {
		e.article.Text = strings.TrimSpace(rest)
	}
	return e, false, nil
}

// heavyPage reads a page of which no tree is made: what its head says, and all words.
func heavyPage(ctx context.Context, page string, opts Options) (entry, error) {
	var e entry
	head, err := headOf(ctx, page)
	if err != nil {
		return e, err
	}
	meta := pageMeta(head)
	delete(meta, "text")
	e.set(meta, opts)
	e.ignored = nil
	e.problem(errHeavy.Error())
	if title := find(head, atom.Title); title != nil && e.article.Title == "" {
		e.article.Title = nodeText(title)
	}
	e.article.Text = tokenText(ctx, page)
	return e, nil
}
