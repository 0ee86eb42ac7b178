package extract

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"incidex/data"
)

func read(t testing.TB, title, text string) *document {
	t.Helper()
	d := &document{lex: newBuilder().lex}
	d.reset()
	d.load(&data.Article{Title: title, Text: text})
	return d
}

func TestTokens(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"Acme's 7.4m users, 143,000 in all.", "Acme 7.4m users , 143,000 in all ."},
		{"U.S.-based Acme.com wasn't third-party", "U.S . - based Acme.com wasn't third party"},
		{"passwords.The AT&T breach", "passwords . The AT&T breach"},
		{"“Don’t” said O’Brien’s boss", "“ Don’t ” said O’Brien boss"},
		{"£8,000 ($1.2bn) v4.2.1", "£ 8,000 ( $ 1.2bn ) v4.2.1"},
		{"users' e-mail, Zoë", "users e mail , Zoë"},
	} {
		d := read(t, "", test.text)
		var words []string
		for _, tok := range d.tokens {
			words = append(words, d.buf[tok.start:tok.end])
		}
		if diff := cmp.Diff(test.want, strings.Join(words, " ")); diff != "" {
			t.Errorf("%q (-want +got):\n%s", test.text, diff)
		}
	}
}

func TestSentences(t *testing.T) {
	for _, test := range []struct{ title, text, want string }{
		{"Acme hacked", "It said so. Nobody knew.", "Acme hacked|It said so.|Nobody knew."},
		{"", "Acme Inc. said on Jan. 5 that Dr. J. Smith left. The U.S. office of Acme Corp. The rest stayed.", "Acme Inc. said on Jan. 5 that Dr. J. Smith left.|The U.S. office of Acme Corp.|The rest stayed."},
		{"", "He said \"it was 3.5 million.\" Then he left.", "He said \"it was 3.5 million.\"|Then he left."},
		{"", "Passwords leaked.The firm knows.", "Passwords leaked.|The firm knows."},
		{"", "A heading\n\nFirst line that is long enough to have been wrapped by some\neditor. Next", "A heading|First line that is long enough to have been wrapped by some\neditor.|Next"},
	} {
		d := read(t, test.title, test.text)
		var got []string
		for _, s := range d.sents {
			got = append(got, d.text(int(s.from), int(s.to)))
		}
		if diff := cmp.Diff(test.want, strings.Join(got, "|")); diff != "" {
			t.Errorf("%q (-want +got):\n%s", test.text, diff)
		}
	}
}
