package indexer

import (
	"testing"

	"incidex/data"
)

func TestTellLanguage(t *testing.T) {
	for _, test := range []struct {
		text, given, want string
		read              bool
	}{
		{"The clinic said on Monday that hackers had stolen the records of its patients.", "", "", true},
		{"Hacker haben bei der Musterklinik die Daten von Patienten erbeutet, teilte das Haus am Montag mit, und die Polizei ermittelt nun.", "", "de", false},
		{"Des pirates ont volé les données de patients d'une clinique, qui a prévenu la police et informe les personnes concernées par courrier.", "", "fr", false},
		{"Los atacantes robaron los datos de los pacientes de una clínica, que informó el lunes a las autoridades y a los afectados por carta.", "", "es", false},
		{"Hackers stole records.", "nl", "nl", false},
	} {
		a := data.Article{Text: test.text, Language: test.given}
		if read := tellLanguage(&a); read != test.read || a.Language != test.want {
			t.Errorf("%q: language %q, read %v; want %q, %v", test.text, a.Language, read, test.want, test.read)
		}
	}
}
