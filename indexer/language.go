package indexer

import (
	"strings"

	"github.com/abadojack/whatlanggo"

	"incidex/data"
	"incidex/indexer/extract"
)

// languageBytes is the number of bytes of a text whose language is told.
const languageBytes = 2000

// tellLanguage gives an article that its source says nothing of, and that extraction
// does not read, the language that its text looks like, and reports whether
// extraction reads it. Full-text search does not depend on it.
func tellLanguage(a *data.Article) (read bool) {
	if extract.English(a) {
		return true
	}
	if a.Language == "" {
		text := a.Title + "\n" + a.Text
		text = strings.ToValidUTF8(text[:min(len(text), languageBytes)], "")
		if lang := whatlanggo.DetectLang(text); lang != whatlanggo.Eng {
			a.Language = lang.Iso6391()
		}
	}
	return false
}
