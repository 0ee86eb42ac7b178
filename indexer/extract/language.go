package extract

import (
	"strings"
	"unicode/utf8"

	"incidex/data"
)

// The rules know English. In a text of another language they would find little, and
// what looks like English there would be wrong: "350 Millionen Dollar" are no 350
// records.

const (
	// languageWords is the number of words of a text that tell its language.
	languageWords = 300
	// enoughWords is the number of words after which a text that is plainly English need
	// not be read on.
	enoughWords = 40
	// foreignShare is the least share of the words of a text in another language that
	// are among foreignWords: they have 20 percent and more, English none but in names.
	foreignShare = 0.08
)

// englishWords are the most frequent words of English, and foreignWords those of the
// larger languages with Latin letters that English does not have.
var englishWords, foreignWords = wordMap(`the of and to that for was with is on as by it at from are were be this which have has had its their they not but been will would said after who than or more about when into he she we you our your his her other also an between through should could these those`),
	wordMap(`der die und das den von mit ist nicht ein eine einer des dem auf für im sich auch nach bei wurden werden über hat zu
		le la les du et un une dans pour sur est par qui que ont été aux avec son ses pas cette ces
		el los las por con para del una como más fue sus entre según este esta
		il di che della non per sono dei delle nel alla gli stato anche
		het een van op dat niet zijn voor met aan ook werd bij naar om
		os da em não uma com dos das foi mais ao pela pelo são
		och att som det på för är av inte till har om vid
		og ikke til af er på som med
		się na że jest nie przez oraz został do ve bir bu ile için olarak`)

func wordMap(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

// English reports whether the article is one that the rules read: its source says so,
// or its words do where the source is silent.
func English(a *data.Article) bool {
	if a.Language != "" {
		return a.Language == "en"
	}
	words, english, foreign := 0, 0, 0
	latin, other := 0, 0
	for f := range strings.FieldsSeq(a.Title + " " + a.Text[:min(len(a.Text), 12*languageWords)]) {
		w := strings.ToLower(strings.Trim(f, ".,;:!?()[]'\"“”‘’"))
		if w == "" {
			continue
		}
		words++
		if englishWords[w] {
			english++
		}
		if foreignWords[w] {
			foreign++
		}
		if r, _ := utf8.DecodeRuneInString(w); r < 0x250 {
			latin++
		} else {
			other++
		}
		if words == languageWords || words >= enoughWords && foreign == 0 && english*4 > words {
			break
		}
	}
	return latin >= other && (english > foreign || float64(foreign) < foreignShare*float64(words))
}
