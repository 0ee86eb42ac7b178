package reader

import (
	"bufio"
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"strings"

	"golang.org/x/net/html/charset"
)

// The limits of a mail.
const (
	maxMailDepth = 10
	maxMailParts = 200
)

// readMail reads a mail: the subject is the title, the sender the publisher, and
// the plain part the text, or the HTML part where there is none.
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
	header := func(name string) string {
		words := mime.WordDecoder{CharsetReader: charset.NewReaderLabel}
		value, err := words.DecodeHeader(message.Header.Get(name))
		if err != nil {
			value = message.Header.Get(name)
		}
		return repair(value)
	}
	e.article.Title = cut(cleanLine(header("Subject")), maxTitle)
	e.article.Publisher = sender(header("From"))
	e.article.Date, _ = parseDate(message.Header.Get("Date"))
	e.article.Language, _ = languageCode(message.Header.Get("Content-Language"))
	m := mailText{ctx: s.ctx}
	err = m.part(textproto.MIMEHeader(message.Header), message.Body, 0)
	e.article.Text = m.plain
	if strings.TrimSpace(m.plain) == "" {
		e.article.Text = m.html
	}
	if err != nil && e.article.Text == "" {
		s.fail(0, "mail: %v", err)
		return
	}
	if err != nil {
		e.problem("mail: " + plain(err.Error()))
	}
	s.emit(e, 0)
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

// mailText collects the first text of each kind.
type mailText struct {
	ctx         context.Context
	plain, html string
	parts       int
}

func (m *mailText) part(header textproto.MIMEHeader, body io.Reader, depth int) error {
	if m.parts++; depth > maxMailDepth || m.parts > maxMailParts {
		return errors.New("too many parts")
	}
	kind, params, err := mime.ParseMediaType(header.Get("Content-Type"))
	if err != nil {
		kind = "text/plain"
	}
	if disposition, _, _ := mime.ParseMediaType(header.Get("Content-Disposition")); disposition == "attachment" {
		return nil
	}
	if strings.HasPrefix(kind, "multipart/") {
		r := multipart.NewReader(body, params["boundary"])
		for {
			part, err := r.NextRawPart()
			if err == io.EOF {
				return nil
			}
			if err != nil {
				return fmt.Errorf("part %d: %w", m.parts, err)
			}
			if err := m.part(part.Header, part, depth+1); err != nil {
				return err
			}
		}
	}
	switch strings.ToLower(strings.TrimSpace(header.Get("Content-Transfer-Encoding"))) {
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	}
	switch {
	case kind == "text/plain" && m.plain == "":
		b, err := io.ReadAll(body)
		m.plain = clean(decode(b, params["charset"]))
		return err
	case kind == "text/html" && m.html == "":
		b, err := io.ReadAll(body)
		m.html = fragmentText(m.ctx, decode(b, params["charset"]))
		return err
	}
	return nil
}
