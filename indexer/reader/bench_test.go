package reader

import (
	"bytes"
	"fmt"
	"os"
	"testing"
)

// BenchmarkLines reads lines like those of a news feed of the trade: an id, a
// title, a date, tags and a text of 1.6 kB.
func BenchmarkLines(b *testing.B) {
	var file bytes.Buffer
	for i := range 1000 {
		fmt.Fprintf(&file, `{"id":"n-%d","title":"Shipping firm tells partners of stolen files","date":"2024-05-%02d","source":"Example News","labels":["data breach","shipping"],"victim":"Firm %d","records":%d,"text":"`, i, 1+i%28, i, 1000*i)
		for range 20 {
			file.WriteString("The firm said that intruders had copied files of its “partners” in April. ")
		}
		file.WriteString("\"}\n")
	}
	b.SetBytes(int64(file.Len()))
	b.ReportAllocs()
	for b.Loop() {
		for _, err := range Read(b.Context(), "a.jsonl", bytes.NewReader(file.Bytes()), Options{}) {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
}

// BenchmarkHTML reads a page with little around its article.
func BenchmarkHTML(b *testing.B) { benchmarkFile(b, "article.html") }

// BenchmarkPDF reads a page printed by a browser.
func BenchmarkPDF(b *testing.B) { benchmarkFile(b, "browser.pdf") }

func benchmarkFile(b *testing.B, name string) {
	page, err := os.ReadFile("testdata/" + name)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(page)))
	for b.Loop() {
		for _, err := range Read(b.Context(), name, bytes.NewReader(page), Options{}) {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
}
