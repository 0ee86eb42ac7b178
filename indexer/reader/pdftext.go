package reader

import (
	"math"
	"strings"

	"github.com/ledongthuc/pdf"
)

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

// page writes the text that the operations of a page show.
func (p *pdfText) page(page pdf.Page) {
	var pen pen
	p.run(p.read(page.V.Key("Contents")), page.Resources(), pdfState{ctm: identity, scale: 1}, &pen, 0)
	pen.lay(&p.out)
	p.out.WriteString("\n\n")
}

// run carries out operations with the fonts and forms of the resources.
func (p *pdfText) run(contents []byte, resources pdf.Value, s pdfState, pen *pen, depth int) {
	fonts := map[pdfName]pdfFont{}
	s.text, s.line = identity, identity
	var stack []pdfState
	l := pdfLexer{b: contents}
	for op, args := range l.operations() {
		if p.out.Len()+pen.size > p.most {
			panic(errBudget)
		}
		if p.ctx.Err() != nil {
			panic(errTime)
		}
		number := func(i int) float64 {
			if i >= len(args) {
				return 0
			}
			n, _ := args[i].(float64)
			return n
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
		case "Do": // a form is a page in the page
			if len(args) == 0 || depth == maxPDFForms {
				continue
			}
			name, _ := args[0].(pdfName)
			form := resources.Key("XObject").Key(string(name))
			if form.Key("Subtype").Name() != "Form" {
				continue
			}
			inner, own := s, form.Key("Resources")
			if own.Kind() == pdf.Null {
				own = resources
			}
			if m := form.Key("Matrix"); m.Len() == 6 {
				at := func(i int) float64 { return m.Index(i).Float64() }
				inner.ctm = matrix{at(0), at(1), at(2), at(3), at(4), at(5)}.times(s.ctm)
			}
			p.run(p.read(form), own, inner, pen, depth+1)
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
				name, _ := args[0].(pdfName)
				if _, ok := fonts[name]; !ok {
					fonts[name] = p.font(pdf.Font{V: resources.Key("Font").Key(string(name))})
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
				raw, _ := args[len(args)-1].(string)
				s.show(pen, raw)
			}
		case "TJ":
			if len(args) == 0 {
				continue
			}
			list, _ := args[0].([]any)
			for _, v := range list {
				switch v := v.(type) {
				case string:
					s.show(pen, v)
				case float64:
					s.text = matrix{1, 0, 0, 1, -v / 1000 * s.size * s.scale, 0}.times(s.text)
				}
			}
		}
	}
}

// ligatures takes apart what a font draws as one letter, so that words are found.
var ligatures = strings.NewReplacer("ﬀ", "ff", "ﬁ", "fi", "ﬂ", "fl", "ﬃ", "ffi", "ﬄ", "ffl", "ﬅ", "st", "ﬆ", "st")

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
	p.write(ligatures.Replace(s.font.decode(raw)), place.e, place.f, end.e, height)
}
