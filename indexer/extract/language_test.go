package extract

import (
	"testing"

	"incidex/data"
)

func TestEnglish(t *testing.T) {
	for _, test := range []struct {
		text, language string
		want           bool
	}{
		{"Hackers stole the records of 40,000 patients from a clinic in Ohio, which said on Monday that it had informed them.", "", true},
		{"Acme hit by ransomware", "", true},
		{"Hacker haben bei der Musterklinik die Daten von 40.000 Patienten erbeutet, teilte das Haus am Montag mit. Die Polizei ermittelt.", "", false},
		{"Des pirates ont volé les données de 40 000 patients d'une clinique, qui a prévenu la police et informe les personnes concernées.", "", false},
		{"Los atacantes robaron los datos de 40.000 pacientes de una clínica, que informó el lunes a las autoridades y a los afectados.", "", false},
		{"Хакеры украли данные 40 тысяч пациентов клиники, сообщила она в понедельник, полиция ведет расследование дела.", "", false},
		{"Хакеры украли данные", "", false},
		{"Hackers stole the records of 40,000 patients.", "de", false},
	} {
		if got := English(&data.Article{Text: test.text, Language: test.language}); got != test.want {
			t.Errorf("English(%q, %q) = %v, want %v", test.text, test.language, got, test.want)
		}
	}
}

func TestOtherLanguagesClaimNothing(t *testing.T) {
	a := data.Article{Title: "Hacker erbeuten Kundendaten", Text: "Die Musterbank hat am Montag mitgeteilt, dass Hacker 120.000 Kundendaten gestohlen haben. Der Schaden wird auf 350 Millionen Dollar geschätzt."}
	if got := whole().Extract(&a); len(got) != 0 {
		t.Errorf("claims of a German text: %v", got)
	}
	a.Given = []data.Claim{{Field: data.Victim, Value: "Musterbank", Rule: data.RuleGiven}}
	if got := whole().Extract(&a); len(got) != 1 || len(got[0].Claims) != 1 || got[0].Claims[0].Value != "Musterbank" {
		t.Errorf("given claims of a German text: %v", got)
	}
}
