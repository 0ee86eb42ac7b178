package reader

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"path"
	"regexp"
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

// attachment is a file in a mail.
type attachment struct {
	name string
	body []byte
}

// mailText takes a mail apart.
type mailText struct {
	ctx      context.Context
	parts    int
	attached []attachment
	problems []string
}

// shown is the text of a part that a mail program shows.
type shown struct {
	text string
	html bool
}

// part returns the text of a part and notes what is attached.
func (m *mailText) part(header textproto.MIMEHeader, body io.Reader, depth int) shown {
	if m.parts++; depth > maxMailDepth || m.parts > maxMailParts {
		if m.parts <= maxMailParts+1 {
			m.problems = append(m.problems, "too many parts")
		}
		return shown{}
	}
	kind, params, err := mime.ParseMediaType(header.Get("Content-Type"))
	if kind == "" || err != nil && !strings.Contains(kind, "/") {
		kind = "text/plain"
	}
	if strings.HasPrefix(kind, "multipart/") {
		return m.multipart(kind, params["boundary"], body, depth)
	}
	switch strings.ToLower(strings.TrimSpace(header.Get("Content-Transfer-Encoding"))) {
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	}
	b, err := io.ReadAll(body) // what is there counts
	if err != nil {
		m.problems = append(m.problems, err.Error())
	}
	disposition, named, _ := mime.ParseMediaType(header.Get("Content-Disposition"))
	name := fileName(cmp.Or(named["filename"], params["name"]))
	_, readable := formatOf(name)
	switch {
	case kind == "message/rfc822":
		m.attach(name, ".eml", b)
	case disposition == "attachment" || readable && kind != "text/plain" && kind != "text/html":
		m.attach(name, extensionOf(kind), b)
	case kind == "text/html":
		return shown{fragmentText(m.ctx, decode(b, params["charset"])), true}
	case strings.HasPrefix(kind, "text/"):
		return shown{clean(decode(b, params["charset"])), false}
	}
	return shown{}
}

// fileName is the name of an attached file without folders.
func fileName(s string) string {
	s = strings.ReplaceAll(cleanLine(mailHeader(s)), `\`, "/")
	return strings.TrimLeft(s[strings.LastIndexByte(s, '/')+1:], ".")
}

// attach keeps what is attached, but for signatures, under a name that tells its format.
func (m *mailText) attach(name, extension string, b []byte) {
	switch strings.ToLower(path.Ext(name)) {
	case ".asc", ".sig", ".p7s":
		return
	}
	if _, ok := formatOf(name); !ok && extension != "" || extension == ".eml" && path.Ext(name) != extension {
		name = name + extension
	}
	if name == extension {
		name = "attached" + extension
	}
	if len(bytes.TrimSpace(b)) > 0 {
		m.attached = append(m.attached, attachment{name, b})
	}
}

// extensionOf is the extension of a kind of file, "" for one that is not read.
func extensionOf(kind string) string {
	switch kind {
	case "text/plain":
		return ".txt"
	case "text/html":
		return ".html"
	case "text/csv":
		return ".csv"
	case "text/markdown":
		return ".md"
	case "application/pdf":
		return ".pdf"
	case "application/json":
		return ".json"
	case "application/vnd.openxmlformats-officedocument.wordprocessingml.document":
		return ".docx"
	}
	return ""
}

// multipart reads the parts of a part: one of several that say the same, or all.
func (m *mailText) multipart(kind, boundary string, body io.Reader, depth int) shown {
	b, err := io.ReadAll(body)
	if err != nil {
		m.problems = append(m.problems, err.Error())
	}
	if !bytes.Contains(b, []byte("--"+boundary)) || boundary == "" {
		guess := likelyBoundary(b)
		if guess == "" {
			m.problems = append(m.problems, "no part begins with its boundary: all is read as one")
			return shown{clean(decode(b, "")), false}
		}
		m.problems = append(m.problems, "no part begins with its boundary: "+shorten(guess)+" is taken for it")
		boundary = guess
	}
	var parts []shown
	r := multipart.NewReader(bytes.NewReader(b), boundary)
	for m.ctx.Err() == nil && m.parts <= maxMailParts {
		part, err := r.NextRawPart()
		if err == io.EOF {
			break
		}
		if err != nil {
			m.problems = append(m.problems, err.Error())
			break
		}
		if p := m.part(part.Header, part, depth+1); p.text != "" {
			parts = append(parts, p)
		}
	}
	if kind == "multipart/alternative" {
		return alternative(parts)
	}
	var out shown
	for _, p := range parts {
		out.text = strings.TrimSpace(out.text + "\n\n" + p.text)
		out.html = out.html || p.html
	}
	return out
}

var (
	boundaryLine = regexp.MustCompile(`(?m)^--(\S[^\r\n]{0,69}?)[ \t]*\r?\n(?i:content-)`)
	stubText     = regexp.MustCompile(`(?i)\bhtml\b|(?:view|read|see|open)[^.\n]{0,40}(?:online|browser)|web ?version`)
)

// likelyBoundary is what stands where a boundary would, "" for nothing.
func likelyBoundary(b []byte) string {
	m := boundaryLine.FindSubmatch(b)
	if m == nil {
		return ""
	}
	return string(m[1])
}

// maxStub is the number of bytes of a text that only says that there is another.
const maxStub = 400

// alternative chooses between parts that should say the same: the plain text, unless
// it is a stub beside a whole page.
func alternative(parts []shown) (best shown) {
	for _, p := range parts {
		switch {
		case best.text == "":
			best = p
		case best.html && !p.html:
			if !isStub(p.text, best.text) {
				best = p
			}
		case !best.html && p.html && isStub(best.text, p.text):
			best = p
		}
	}
	return best
}

// isStub reports whether a plain text says much less than the page beside it.
func isStub(text, page string) bool {
	return len(page) > len(text) && len(text) <= maxStub && stubText.MatchString(text) || len(page) > 4*len(text)+maxStub
}
