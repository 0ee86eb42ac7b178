package reader

import (
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"

	"incidex/data"
)

// months maps the names and usual abbreviations of months to their numbers: in English,
// German, French, Spanish, Italian, Dutch and Portuguese, without accents.
var months = func() map[string]int {
	out := map[string]int{}
	for i, names := range []string{
		"january jan januar janner janvier janv enero ene gennaio gen januari janeiro",
		"february feb februar feber fevrier fevr febrero febbraio februari fevereiro fev",
		"march mar marz maerz mrz mars marzo maart mrt marco",
		"april apr avril avr abril abr aprile",
		"may mai mayo maggio mag mei maio",
		"june jun juni juin junio giugno giu junho",
		"july jul juli juillet juil julio luglio lug julho",
		"august aug aout agosto ago augustus",
		"september sep sept septembre septiembre setiembre settembre set setembro",
		"october oct oktober okt octobre octubre ottobre ott outubro out",
		"november nov novembre noviembre novembro",
		"december dec dezember dez decembre diciembre dic dicembre dezembro",
	} {
		for name := range strings.FieldsSeq(names) {
			out[name] = i + 1
		}
	}
	return out
}()

// fillers stand between the parts of a date.
var fillers = map[string]bool{"of": true, "the": true, "de": true, "del": true, "do": true, "di": true, "du": true, "der": true, "den": true, "le": true, "el": true}

// monthOf is the number of a month's name or its abbreviation, 0 for another word.
func monthOf(w string) int {
	w = strings.ToLower(w)
	if n := months[w]; n > 0 || len(w) < 4 {
		return n
	}
	if plain, _, err := transform.String(transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.Mn)), norm.NFC), w); err == nil {
		return months[plain]
	}
	return 0
}

// wordDate reads a date with the month as a word.
func wordDate(s string) (data.Date, bool) {
	var words []string
	month, number := -1, 0
	for w := range strings.FieldsFuncSeq(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if fillers[strings.ToLower(w)] {
			continue
		}
		if month < 0 {
			if number = monthOf(w); number > 0 {
				month = len(words)
			}
		}
		words = append(words, w)
	}
	if month < 0 {
		return "", false
	}
	day, year := "", ""
	for i, w := range words {
		w = ordinal(w)
		if i == month || !isDigits(w) {
			continue
		}
		near := i == month-1 || i == month+1
		switch {
		case len(w) == 4 && year == "":
			year = w
		case len(w) <= 2 && near && day == "":
			day = w
		case len(w) == 2 && year == "" && day != "" && i == month+1: // 06-Nov-94
			year = data.FullYear(w)
		}
	}
	return dateOf(year, strconv.Itoa(number), day)
}

// ordinal takes the ending off 1st, 2nd, 3rd, 4th, 1er and 1º.
func ordinal(w string) string {
	for _, ending := range []string{"st", "nd", "rd", "th", "er", "º"} {
		if n := len(w) - len(ending); n > 0 && isDigits(w[:n]) && strings.EqualFold(w[n:], ending) {
			return w[:n]
		}
	}
	return w
}
