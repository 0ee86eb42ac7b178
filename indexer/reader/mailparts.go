package reader

import (
	"bytes"
	"cmp"
	"context"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/textproto"
	"path"
	"regexp"
	"strings"
)

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
