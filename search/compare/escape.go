package compare

import (
	"strings"
	"unicode"
)

// markdownMarks are what Markdown reads in the text of a cell: links, code, emphasis,
// cells and HTML; and what GitHub makes links of by itself.
var markdownMarks = strings.NewReplacer(
	`\`, `\\`, "`", "\\`", "|", `\|`, "[", `\[`, "]", `\]`, "(", `\(`, ")", `\)`, "*", `\*`, "_", `\_`, "~", `\~`, "!", `\!`,
	"<", "&lt;", ">", "&gt;", "&", "&amp;", "://", `\://`, "www.", `www\.`,
)

// escape makes a text one line that Markdown shows as it is.
func escape(s string) string { return markdownMarks.Replace(oneLine(s)) }

// code makes a text one line of Markdown's code in a cell.
func code(s string) string {
	return "`" + strings.NewReplacer("`", "'", "|", `\|`).Replace(oneLine(s)) + "`"
}

// oneLine makes spaces of line breaks and other control characters, and of those that
// reorder what stands behind them.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsControl(r), r == '\u2028', r == '\u2029', '\u202a' <= r && r <= '\u202e', '\u2066' <= r && r <= '\u2069':
			return ' '
		}
		return r
	}, s)
}

// formulaMarks begin a formula in a spreadsheet, some only where it was made for
// full-width letters.
const formulaMarks = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"

// Inert makes a cell one line that a spreadsheet does not read as a formula: an
// apostrophe before it says that it is text. Some programs pass over spaces and unseen characters first.
func Inert(s string) string {
	seen := strings.TrimLeftFunc(s, func(r rune) bool {
		return r != '\t' && r != '\r' && r != '\n' && (unicode.IsSpace(r) || unicode.In(r, unicode.Cf, unicode.Cc))
	})
	if seen != "" && strings.ContainsRune(formulaMarks, []rune(seen)[0]) {
		return "'" + oneLine(s)
	}
	return oneLine(s)
}
