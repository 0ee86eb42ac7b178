package export

import (
	"fmt"
	"io"
	"strings"

	"incidex/data"
)

// bibtexWriter writes an entry of BibLaTeX for each article, which BibTeX reads as one of
// a kind that it does not know. What stands before the first entry is no part of it.
type bibtexWriter struct {
	w     io.Writer
	about About
}

func beginBibTeX(w io.Writer, a About) (writer, error) {
	_, err := fmt.Fprintf(w, "%% %s: %d articles of generation %s, exported by incidex %s at %s\n",
		strings.NewReplacer("@", "(at)", "\n", " ", "\r", " ").Replace(a.Search()), a.Rows, a.Generation, a.Version, a.Time.Format("2006-01-02T15:04:05Z"))
	return &bibtexWriter{w, a}, err
}

func (b *bibtexWriter) row(e entry) error {
	d := e.article
	var out strings.Builder
	fmt.Fprintf(&out, "\n@online{%s,\n", bibKey(d.ID))
	add := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&out, "  %s = {%s},\n", name, value)
		}
	}
	add("title", "{"+bibText(d.Title)+"}")
	add("organization", bibText(d.Publisher))
	add("date", string(d.Date))
	if len(d.Date) >= len("2006") {
		add("year", string(d.Date[:len("2006")]))
	}
	add("url", bibURL(data.WithoutPassword(d.URL)))
	add("urldate", b.about.Time.Format("2006-01-02"))
	add("language", bibText(d.Language))
	add("keywords", bibText(strings.Join(d.Tags, ", ")))
	if e.incident != "" {
		add("note", "Incident "+bibText(e.incident))
	}
	out.WriteString("}\n")
	_, err := io.WriteString(b.w, out.String())
	return err
}

func (b *bibtexWriter) end() error { return nil }

// bibKey is a key that names an article: what a key cannot hold stands in hexadecimal.
func bibKey(id string) string {
	var out strings.Builder
	for _, c := range []byte(id) {
		if 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '-' || c == '.' || c == ':' {
			out.WriteByte(c)
		} else {
			fmt.Fprintf(&out, "_%02x", c)
		}
	}
	return out.String()
}

var bibMarks = strings.NewReplacer(
	`\`, `\textbackslash{}`, "{", `\{`, "}", `\}`, "%", `\%`, "&", `\&`, "$", `\$`, "#", `\#`, "_", `\_`,
	"~", `\textasciitilde{}`, "^", `\textasciicircum{}`, "\n", " ", "\r", " ",
)

// bibText is a text as TeX shows it.
func bibText(s string) string { return bibMarks.Replace(s) }

// bibURL is an address whose braces do not end the entry.
func bibURL(s string) string {
	return strings.NewReplacer("{", "%7B", "}", "%7D", `\`, "%5C", "\n", "", "\r", "").Replace(s)
}
