package data

import "testing"

func TestWithoutPassword(t *testing.T) {
	for in, want := range map[string]string{
		"https://user:secret@site.example/a?b=c@d#e": "https://site.example/a?b=c@d#e",
		"https://token@site.example/":                "https://site.example/",
		"https://site.example/@user":                 "https://site.example/@user",
		"https://us er:sec%zz@site.example/a@b":      "https://site.example/a@b",
		"https://site.example/%zz@x":                 "https://site.example/%zz@x",
		"mailto:a@b.example":                         "mailto:a@b.example",
		"":                                           "",
	} {
		if got := WithoutPassword(in); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}
