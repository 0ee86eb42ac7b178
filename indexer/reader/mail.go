package reader

import (
	"bufio"
	"bytes"
	"mime"
	"net/mail"
	"net/textproto"
	"path"
	"slices"
	"strings"

	"golang.org/x/net/html/charset"

	"incidex/data"
)

// The limits of a mail.
const (
	maxMailDepth = 10 // parts in parts
	maxMailParts = 200
	maxMailMails = 5 // mails in mails
)

// readMail reads a mail: the subject is the title, the sender the publisher, and the
// parts that are shown make the text. Files and mails that are attached are articles
// of their own, numbered from 1, with the sender and the date of the mail where they
// do not bring theirs. What is not read is told.
func readMail(s *source) {
	b, ok := s.all(MaxFile)
	if !ok {
		return
	}
	message, err := mail.ReadMessage(bufio.NewReader(bytes.NewReader(b)))
	if err != nil {
		s.fail(0, "mail: %v", err)
		return
	}
	var e entry
	e.article.Title = cut(cleanLine(mailHeader(message.Header.Get("Subject"))), maxTitle)
	e.article.Publisher = sender(mailHeader(message.Header.Get("From")))
	e.article.Date, _ = parseDate(message.Header.Get("Date"))
	e.article.Language, _ = languageCode(message.Header.Get("Content-Language"))
	m := mailText{ctx: s.ctx}
	shown := m.part(textproto.MIMEHeader(message.Header), message.Body, 0)
	for i, p := range m.problems {
		m.problems[i] = "mail: " + plain(p)
	}
	e.problems = slices.Compact(m.problems)
	if e.article.Text = shown.text; e.article.Text == "" {
		e.article.Text = e.article.Title // a note above what is attached
	}
	if !s.emit(e, 0) {
		return
	}
	attached := 0
	for _, a := range m.attached {
		if !s.attachment(a, e.article, &attached) {
			return
		}
	}
}

// mailHeader decodes the words of a header.
func mailHeader(s string) string {
	words := mime.WordDecoder{CharsetReader: charset.NewReaderLabel}
	value, err := words.DecodeHeader(s)
	if err != nil {
		value = s
	}
	return repair(value)
}

// attachment reads what is attached to a mail, and numbers its articles.
func (s *source) attachment(a attachment, from data.Article, n *int) bool {
	inner := &source{ctx: s.ctx, name: s.name + "/" + a.name, file: a.name, opts: s.opts, out: s.out, mails: s.mails}
	inner.yield = func(item Item, err error) bool {
		if err == nil {
			*n++
			item.Line = *n
			if item.Article.Publisher == "" {
				item.Article.Publisher = from.Publisher
			}
			if item.Article.Date == "" {
				item.Article.Date = from.Date
			}
		}
		return s.put(item, err)
	}
	f, ok := formatOf(a.name)
	if f.extension == ".eml" {
		inner.mails++
	}
	switch {
	case !ok:
		return inner.fail(0, "an attachment of the unknown format %q", path.Ext(a.name))
	case f.archive():
		return inner.fail(0, "an archive in a mail is not read: index it as a file of its own")
	case inner.mails > maxMailMails:
		return inner.fail(0, "more than %d mails in mails", maxMailMails)
	}
	if f.extension == ".csv" && inner.findHeader(decode(a.body, "")).names == nil { // figures beside the mail
		f.read = readText
	}
	inner.r = &watched{s.ctx, bytes.NewReader(a.body)}
	f.read(inner)
	return !s.stopped
}

// sender is the name in a From line, else the domain.
func sender(from string) string {
	parser := mail.AddressParser{}
	address, err := parser.Parse(from)
	if err != nil {
		return ""
	}
	if name := cut(cleanLine(address.Name), maxTitle); name != "" {
		return name
	}
	return address.Address[strings.LastIndexByte(address.Address, '@')+1:]
}
