package reader

import (
	"bytes"
	"errors"
	"io"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ledongthuc/pdf"
)

// The limits of a PDF, beside MaxFile. A damaged file can refer to itself without
// end, so that what is read of it is bounded, not only its size.
const (
	maxPages     = 5000
	maxPDFReads  = 50      // how many times the size of the file may be read
	minPDFReads  = 1 << 30 // bytes that may always be read
	maxPDFOps    = 50 << 20
	maxPDFDepth  = 50 // of the tree of pages
	maxPDFStates = 1000
)

var (
	errNoLayer = errors.New("no text layer: the pages are images")
	errBudget  = errors.New("it refers to itself or unpacks to too much")
)

// readPDF reads the text layer of a PDF. The title is that of its properties, or
// the first line.
func readPDF(s *source) {
	at, size, ok := s.randomAccess(MaxFile)
	if !ok {
		return
	}
	if size > MaxFile {
		s.fail(0, "the file has more than %d bytes", MaxFile)
		return
	}
	var e entry
	err := safely(func() error {
		r, err := pdf.NewReader(&budgeted{at, max(minPDFReads, maxPDFReads*size)}, size)
		if err != nil {
			return err
		}
		p := pdfText{most: 4 * s.opts.MaxText}
		p.tree(r.Trailer().Key("Root").Key("Pages"), 0)
		e.article.Text = clean(joinLines(p.out.String()))
		info := r.Trailer().Key("Info")
		e.article.Title = cut(cleanLine(info.Key("Title").Text()), maxTitle)
		e.article.Date, _ = parseDate(strings.TrimPrefix(info.Key("CreationDate").Text(), "D:"))
		e.article.Tags = tagList(info.Key("Keywords").Text())
		if strings.TrimSpace(e.article.Text) == "" {
			return errNoLayer
		}
		return nil
	})
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

// fileLike reports whether a title is what a program put there for lack of one.
func fileLike(title string) bool {
	lower := strings.ToLower(title)
	return strings.HasPrefix(lower, "microsoft word") || strings.HasPrefix(lower, "untitled") ||
		!strings.Contains(lower, " ") && strings.Contains(lower, ".")
}

// budgeted panics when more is read than a sound file can need.
type budgeted struct {
	r    io.ReaderAt
	left int64
}

func (b *budgeted) ReadAt(p []byte, off int64) (int, error) {
	n, err := b.r.ReadAt(p, off)
	if b.left -= int64(n) + 1; b.left < 0 {
		panic(errBudget)
	}
	return n, err
}

// pdfText collects the text of pages, lines apart by a line feed.
type pdfText struct {
	out   strings.Builder
	most  int
	pages int
	ops   int
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
		p.page(pdf.Page{V: n})
		return
	}
	kids := n.Key("Kids")
	for i := range kids.Len() {
		p.tree(kids.Index(i), depth+1)
	}
}

// matrix is a transformation: x' = a x + c y + e, y' = b x + d y + f.
type matrix struct{ a, b, c, d, e, f float64 }

// times is the transformation of m and then of n.
func (m matrix) times(n matrix) matrix {
	return matrix{
		m.a*n.a + m.b*n.c, m.a*n.b + m.b*n.d,
		m.c*n.a + m.d*n.c, m.c*n.b + m.d*n.d,
		m.e*n.a + m.f*n.c + n.e, m.e*n.b + m.f*n.d + n.f,
	}
}

var identity = matrix{a: 1, d: 1}

// pdfState is the part of the graphics state that places text.
type pdfState struct {
	ctm, text, line                 matrix
	font                            pdfFont
	size, leading, char, word, rise float64
	scale                           float64
}

// pdfFont is a font with the widths of its codes in thousandths.
type pdfFont struct {
	decode func(string) string
	wide   bool // two bytes a code
	widths map[int]float64
	width  float64 // of a code that is not in widths
}

func (p *pdfText) page(page pdf.Page) {
	contents := page.V.Key("Contents")
	if contents.Kind() == pdf.Null {
		return
	}
	fonts := map[string]pdfFont{}
	s := pdfState{ctm: identity, text: identity, line: identity, scale: 1}
	var stack []pdfState
	pen := pen{out: &p.out}
	pdf.Interpret(contents, func(stk *pdf.Stack, op string) {
		if p.ops++; p.ops > maxPDFOps || p.out.Len() > p.most {
			panic(errBudget)
		}
		args := make([]pdf.Value, stk.Len())
		for i := len(args) - 1; i >= 0; i-- {
			args[i] = stk.Pop()
		}
		number := func(i int) float64 {
			if i >= len(args) {
				return 0
			}
			return args[i].Float64()
		}
		move := func(x, y float64) {
			s.line = matrix{1, 0, 0, 1, x, y}.times(s.line)
			s.text = s.line
		}
		six := func() matrix {
			return matrix{number(0), number(1), number(2), number(3), number(4), number(5)}
		}
		switch op {
		case "q":
			if len(stack) < maxPDFStates {
				stack = append(stack, s)
			}
		case "Q":
			if n := len(stack); n > 0 {
				s, stack = stack[n-1], stack[:n-1]
			}
		case "cm":
			s.ctm = six().times(s.ctm)
		case "BT":
			s.text, s.line = identity, identity
		case "Tm":
			s.text = six()
			s.line = s.text
		case "Td":
			move(number(0), number(1))
		case "TD":
			s.leading = -number(1)
			move(number(0), number(1))
		case "T*":
			move(0, -s.leading)
		case "TL":
			s.leading = number(0)
		case "Tc":
			s.char = number(0)
		case "Tw":
			s.word = number(0)
		case "Tz":
			s.scale = number(0) / 100
		case "Ts":
			s.rise = number(0)
		case "Tf":
			s.size = number(1)
			if len(args) > 0 {
				name := args[0].Name()
				if _, ok := fonts[name]; !ok {
					fonts[name] = loadFont(page.Font(name))
				}
				s.font = fonts[name]
			}
		case "Tj", "'", `"`:
			if op == `"` {
				s.word, s.char = number(0), number(1)
			}
			if op != "Tj" {
				move(0, -s.leading)
			}
			if len(args) > 0 {
				s.show(&pen, args[len(args)-1].RawString())
			}
		case "TJ":
			if len(args) == 0 {
				return
			}
			for i := range args[0].Len() {
				if v := args[0].Index(i); v.Kind() == pdf.String {
					s.show(&pen, v.RawString())
				} else {
					s.text = matrix{1, 0, 0, 1, -v.Float64() / 1000 * s.size * s.scale, 0}.times(s.text)
				}
			}
		}
	})
	p.out.WriteString("\n\n")
}

// loadFont reads what is needed of a font.
func loadFont(f pdf.Font) pdfFont {
	out := pdfFont{widths: map[int]float64{}, width: 500}
	encoder := f.Encoder()
	out.decode = func(s string) (text string) {
		safely(func() error { text = encoder.Decode(s); return nil })
		return text
	}
	if f.V.Key("Subtype").Name() != "Type0" {
		first := f.FirstChar()
		for i, w := range f.Widths() {
			out.widths[first+i] = w
		}
		if w := f.V.Key("FontDescriptor").Key("MissingWidth").Float64(); w > 0 {
			out.width = w
		}
		return out
	}
	out.wide, out.width = true, 1000
	descendant := f.V.Key("DescendantFonts").Index(0)
	if dw := descendant.Key("DW"); dw.Kind() != pdf.Null {
		out.width = dw.Float64()
	}
	// W is a list of: first [w w w], or: first last w.
	w := descendant.Key("W")
	for i := 0; i+1 < w.Len(); {
		first := int(w.Index(i).Int64())
		if list := w.Index(i + 1); list.Kind() == pdf.Array {
			for j := range list.Len() {
				out.widths[first+j] = list.Index(j).Float64()
			}
			i += 2
			continue
		}
		last := min(int(w.Index(i+1).Int64()), 1<<16)
		for code := max(first, 0); code <= last; code++ {
			out.widths[code] = w.Index(i + 2).Float64()
		}
		i += 3
	}
	return out
}

// show writes a string where the state says, and moves on by its width.
func (s *pdfState) show(p *pen, raw string) {
	if s.font.decode == nil {
		return
	}
	width := 0.0
	for i := 0; i < len(raw); i++ {
		code := int(raw[i])
		if s.font.wide && i+1 < len(raw) {
			i++
			code = code<<8 | int(raw[i])
		}
		w, ok := s.font.widths[code]
		if !ok {
			w = s.font.width
		}
		width += w/1000*s.size + s.char
		if code == ' ' && !s.font.wide {
			width += s.word
		}
	}
	place := matrix{1, 0, 0, 1, 0, s.rise}.times(s.text).times(s.ctm)
	s.text = matrix{1, 0, 0, 1, width * s.scale, 0}.times(s.text)
	end := matrix{1, 0, 0, 1, 0, s.rise}.times(s.text).times(s.ctm)
	height := math.Abs(s.size) * math.Hypot(place.c, place.d)
	p.write(s.font.decode(raw), place.e, place.f, end.e, height)
}

// pen writes pieces of text in the order of the page, and finds from their places
// where words, lines and paragraphs end.
type pen struct {
	out    *strings.Builder
	begun  bool
	x, y   float64 // where the last piece ended
	height float64 // of its letters
	space  bool    // the last piece ended with a space
}

func (p *pen) write(s string, x, y, end, height float64) {
	s = strings.Map(func(r rune) rune {
		if r == utf8.RuneError || unicode.IsControl(r) {
			return -1
		}
		return r
	}, s)
	if s == "" {
		return
	}
	if p.begun {
		size := max(math.Min(height, p.height), 1)
		drop, gap := math.Abs(y-p.y), x-p.x
		switch {
		case drop > 1.8*max(height, p.height):
			p.out.WriteString("\n\n")
		case drop > 0.5*size || gap < -2*size:
			p.out.WriteByte('\n')
		case gap > 0.18*size && !p.space && s[0] != ' ':
			p.out.WriteByte(' ')
		}
	}
	p.out.WriteString(s)
	p.begun, p.x, p.y, p.height, p.space = true, end, y, height, strings.HasSuffix(s, " ")
}

// joinLines joins the lines of a paragraph, and words that were cut at the end of
// a line. The first line stays apart, because it may be the title.
func joinLines(s string) string {
	lines := strings.Split(strings.TrimSpace(s), "\n")
	var b []byte
	for i, line := range lines {
		line = strings.TrimSpace(line)
		last := ""
		if i > 0 {
			last = strings.TrimSpace(lines[i-1])
		}
		switch {
		case i == 0:
		case line == "" || last == "" || i == 1 && !continues(line):
			b = append(b, '\n')
		case strings.HasSuffix(last, "-") && continues(line) && len(last) > 1 && unicode.IsLetter(rune(last[len(last)-2])):
			b = bytes.TrimSuffix(b, []byte("-"))
		default:
			b = append(b, ' ')
		}
		b = append(b, line...)
	}
	return string(b)
}

// continues reports whether a line goes on with the sentence before it.
func continues(line string) bool {
	r, _ := utf8.DecodeRuneInString(line)
	return unicode.IsLower(r)
}
