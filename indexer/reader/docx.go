package reader

import (
	"archive/zip"
	"encoding/xml"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// readDOCX reads a document of a word processor: the text of its paragraphs, behind it
// that of its notes, comments, headers and footers, and title, date and language from its properties. Without a title there, the first
// paragraph is the title.
func readDOCX(s *source) {
	at, size, ok := s.randomAccess(MaxFile)
	if !ok {
		return
	}
	if s.out == nil {
		s.out = &expansion{packed: func() int64 { return size }}
	}
	var e entry
	z, err := zip.NewReader(at, size)
	if err != nil {
		s.fail(0, "docx: %v", err)
		return
	}
	text, heading, err := documentText(s, z, "word/document.xml")
	if err != nil {
		s.fail(0, "docx: %v", err)
		return
	}
	var seen []string
	for _, name := range besides(z) {
		more, _, err := documentText(s, z, name)
		if err != nil {
			e.problem("docx: " + name + ": " + plain(err.Error()))
		}
		// The same line may head first pages and others.
		if more = clean(more); strings.ContainsFunc(more, unicode.IsLetter) && !slices.Contains(seen, more) {
			seen = append(seen, more)
			text += "\n\n" + more
		}
	}
	e.article.Text = clean(text)
	documentProperties(s, z, &e)
	if heading = cleanLine(heading); heading != "" && (e.article.Title == "" || fileLike(e.article.Title)) {
		e.article.Title = heading
	}
	if title, rest := cutTitle(e.article.Text); e.article.Title == "" || fileLike(e.article.Title) {
		e.article.Title, e.article.Text = title, rest
	} else if title == e.article.Title {
		e.article.Text = rest
	}
	s.emit(e, 0)
}

// besidesPattern finds the parts of a document beside its body, and what they are.
var besidesPattern = regexp.MustCompile(`^word/(footnotes|endnotes|comments|header|footer)\d*\.xml$`)

// maxBesides is the number of parts beside the body that are read.
const maxBesides = 200

// besides are the parts of a document beside its body: notes first, headers and footers
// last.
func besides(z *zip.Reader) []string {
	var out []string
	for _, kind := range []string{"footnotes", "endnotes", "comments", "header", "footer"} {
		for _, f := range z.File {
			if m := besidesPattern.FindStringSubmatch(f.Name); m != nil && m[1] == kind && len(out) < maxBesides {
				out = append(out, f.Name)
			}
		}
	}
	return out
}

// part opens a member of an archive with a limit.
func (s *source) part(z *zip.Reader, name string) (io.ReadCloser, error) {
	f, err := z.Open(name)
	if err != nil {
		return nil, err
	}
	return struct {
		io.Reader
		io.Closer
	}{&limited{r: &unpacked{f, s.out}, n: MaxFile}, f}, nil
}

// documentText returns the text of the paragraphs, and the paragraph in the style
// of a title, if there is one.
func documentText(s *source, z *zip.Reader, part string) (text, title string, err error) {
	f, err := s.part(z, part)
	if err != nil {
		return "", "", err
	}
	defer f.Close()
	var b strings.Builder
	start := 0
	style := ""
	inText := false
	d := xml.NewDecoder(f)
	for {
		token, err := d.Token()
		if err == io.EOF {
			return b.String(), title, nil
		}
		if err != nil {
			return "", "", fmt.Errorf("document: %w", err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "p":
				start, style = b.Len(), ""
			case "pStyle":
				style = value(t)
			case "t":
				inText = true
			case "tab":
				b.WriteByte('\t')
			case "br", "cr":
				b.WriteByte('\n')
			case "Fallback": // a second drawing of what stands beside it
				if err := d.Skip(); err != nil {
					return "", "", fmt.Errorf("document: %w", err)
				}
			}
		case xml.CharData:
			if inText {
				b.Write(t)
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "t":
				inText = false
			case "p":
				if style == "Title" && title == "" && start <= b.Len() {
					title = b.String()[start:]
				}
				b.WriteString("\n\n")
			}
		}
	}
}

func value(t xml.StartElement) string {
	for _, a := range t.Attr {
		if a.Name.Local == "val" {
			return a.Value
		}
	}
	return ""
}

func documentProperties(s *source, z *zip.Reader, e *entry) {
	f, err := s.part(z, "docProps/core.xml")
	if err != nil {
		return
	}
	defer f.Close()
	var p struct {
		Title    string `xml:"title"`
		Created  string `xml:"created"`
		Language string `xml:"language"`
		Keywords string `xml:"keywords"`
	}
	if xml.NewDecoder(f).Decode(&p) != nil {
		return
	}
	e.article.Title = cut(cleanLine(p.Title), maxTitle)
	e.article.Date, _ = parseDate(p.Created)
	e.article.Language, _ = languageCode(p.Language)
	e.article.Tags = tagList(p.Keywords)
}
