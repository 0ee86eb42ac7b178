package reader

import (
	"strings"
	"unicode/utf16"

	"github.com/ledongthuc/pdf"
	"golang.org/x/text/encoding/charmap"
)

// maxCodes is the number of codes of a font.
const maxCodes = 1 << 17

// pdfFont is a font with the widths of its codes in thousandths.
type pdfFont struct {
	decode func(string) string
	wide   bool // two bytes a code
	widths map[int]float64
	width  float64 // of a code that is not in widths
}

// font reads what is needed of a font: what its codes mean and how wide they are.
// Its own table of meanings comes before its encoding.
func (p *pdfText) font(f pdf.Font) pdfFont {
	out := pdfFont{widths: map[int]float64{}, width: 500}
	out.wide = f.V.Key("Subtype").Name() == "Type0"
	table := f.V.Key("ToUnicode")
	switch {
	case table.Kind() == pdf.Stream:
		out.decode = readCodes(p.read(table)).decode
	case out.wide: // glyphs without a meaning
		out.decode = func(string) string { return "" }
	default:
		out.decode = simpleEncoding(f)
	}
	if out.wide {
		out.readWide(f.V.Key("DescendantFonts").Index(0))
		return out
	}
	first := f.FirstChar()
	for i, w := range f.Widths() {
		out.widths[first+i] = w
	}
	if w := f.V.Key("FontDescriptor").Key("MissingWidth").Float64(); w > 0 {
		out.width = w
	}
	return out
}

// simpleEncoding returns the meaning of codes of one byte. Codes that no encoding
// names are read as Windows-1252.
func simpleEncoding(f pdf.Font) func(string) string {
	encoder := f.Encoder()
	var table [256]string
	for i := range table {
		table[i] = encoder.Decode(string([]byte{byte(i)}))
		if 0x80 <= i && i < 0xa0 && (table[i] == string([]byte{byte(i)}) || table[i] == string(rune(i))) {
			table[i] = string(charmap.Windows1252.DecodeByte(byte(i)))
		}
	}
	return func(raw string) string {
		var b strings.Builder
		for i := range len(raw) {
			b.WriteString(table[raw[i]])
		}
		return b.String()
	}
}

// readWide reads the widths of a font of two bytes a code: W is a list of
// first [w w w], or first last w.
func (f *pdfFont) readWide(descendant pdf.Value) {
	f.width = 1000
	if dw := descendant.Key("DW"); dw.Kind() != pdf.Null {
		f.width = dw.Float64()
	}
	w := descendant.Key("W")
	for i := 0; i+1 < w.Len() && len(f.widths) < maxCodes; {
		first := int(w.Index(i).Int64())
		if list := w.Index(i + 1); list.Kind() == pdf.Array {
			for j := range list.Len() {
				f.widths[first+j] = list.Index(j).Float64()
			}
			i += 2
			continue
		}
		last := min(int(w.Index(i+1).Int64()), 1<<16)
		for code := max(first, 0); code <= last; code++ {
			f.widths[code] = w.Index(i + 2).Float64()
		}
		i += 3
	}
}

// codes are the meanings of a font's codes, of one to four bytes.
type codes struct {
	meaning map[string]string
	added   int // also those that were there before
	most    int // bytes of the longest code
	least   int // and of the shortest
}

// readCodes reads a ToUnicode table.
func readCodes(b []byte) codes {
	c := codes{meaning: map[string]string{}, most: 1, least: 4}
	l := pdfLexer{b: b}
	for op, args := range l.operations() {
		switch op {
		case "endbfchar":
			for ; len(args) >= 2 && c.added < maxCodes; args = args[2:] {
				code, _ := args[0].(string)
				text, _ := args[1].(string)
				c.add(code, utf16Text(text))
			}
		case "endbfrange":
			for ; len(args) >= 3; args = args[3:] {
				first, _ := args[0].(string)
				last, _ := args[1].(string)
				c.addRange(first, last, args[2])
			}
		}
	}
	return c
}

func (c *codes) add(code, text string) {
	if n := len(code); 1 <= n && n <= 4 {
		c.added++
		c.meaning[code] = text
		c.most, c.least = max(c.most, n), min(c.least, n)
	}
}

// addRange adds codes that differ in their last two bytes. Their meaning is a list, or
// the text of the first one, whose last letter counts up.
func (c *codes) addRange(first, last string, meaning any) {
	n := len(first)
	if n == 0 || n != len(last) || first[:max(n-2, 0)] != last[:max(n-2, 0)] {
		return
	}
	low, high := number16(first), number16(last)
	for code := low; code <= high && c.added < maxCodes; code++ {
		key := []byte(first)
		key[n-1] = byte(code)
		if n > 1 {
			key[n-2] = byte(code >> 8)
		}
		switch m := meaning.(type) {
		case string:
			text := []rune(utf16Text(m))
			if len(text) > 0 {
				text[len(text)-1] += rune(code - low)
			}
			c.add(string(key), string(text))
		case []any:
			if code-low >= len(m) {
				return
			}
			text, _ := m[code-low].(string)
			c.add(string(key), utf16Text(text))
		}
	}
}

// number16 is the number in the last two bytes.
func number16(s string) int {
	n := 0
	for _, c := range []byte(s[max(0, len(s)-2):]) {
		n = n<<8 | int(c)
	}
	return n
}

func utf16Text(s string) string {
	var units []uint16
	for i := 0; i+1 < len(s); i += 2 {
		units = append(units, uint16(s[i])<<8|uint16(s[i+1]))
	}
	return string(utf16.Decode(units))
}

// decode reads codes, the shortest that has a meaning first, and leaves out those
// without.
func (c codes) decode(raw string) string {
	var b strings.Builder
	for len(raw) > 0 {
		size := min(c.least, len(raw))
		for n := size; n <= min(c.most, len(raw)); n++ {
			if text, ok := c.meaning[raw[:n]]; ok {
				b.WriteString(text)
				size = n
				break
			}
		}
		raw = raw[size:]
	}
	return b.String()
}
