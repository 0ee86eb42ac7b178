package extract

import (
	"strings"
	"testing"

	"incidex/data"
)

// benchArticle imitates a news article of about 2,500 characters.
var benchArticle = &data.Article{
	Title: "Harbourline Confirms Breach After 2.4 Million Customer Records Surface Online",
	Date:  "2024-05-14",
	Text: strings.Repeat(`Harbourline Ltd, a Leeds-based ferry operator, confirmed on Tuesday that an unauthorized party had gained access to a customer database in March 2024. The company said names, email addresses, phone numbers and hashed passwords of about 2.4 million customers were exposed, but that no payment card details were taken.

"We have notified the Information Commissioner's Office and are contacting affected customers," said chief executive Ann Marlow. Researchers at Northgate Security, who first spotted the data on a hacking forum, believe that the attackers used stolen credentials of a supplier. A group calling itself Grey Lantern demanded a ransom of $1.2 million in Bitcoin, which the operator refused to pay.

The incident follows an attack on rival Coastway in 2021, when 350,000 accounts were stolen. Customers should change their passwords and beware of phishing emails. `, 3)[:2500],
}

func BenchmarkExtract(b *testing.B) {
	x := New()
	b.ReportAllocs()
	b.SetBytes(int64(len(benchArticle.Text)))
	for b.Loop() {
		x.Extract(benchArticle)
	}
}

// BenchmarkExtractNoStop reads a text of 1 MB without a full stop.
func BenchmarkExtractNoStop(b *testing.B) {
	x := New()
	a := &data.Article{Text: strings.Repeat(strings.ReplaceAll(strings.ReplaceAll(benchArticle.Text, ".", " "), "\n", " "), 400)}
	b.SetBytes(int64(len(a.Text)))
	for b.Loop() {
		x.Extract(a)
	}
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		New()
	}
}
