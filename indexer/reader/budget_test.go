package reader

import (
	"archive/zip"
	"bytes"
	"context"
	le "encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// TestOverlappingZip holds that an archive whose members share their bytes, and state
// whatever sizes they like, is held to what comes out of it.
func TestOverlappingZip(t *testing.T) {
	s := &source{ctx: t.Context(), name: "a.zip", opts: Options{MaxText: DefaultMaxText}, yield: func(Item, error) bool { return true }}
	s.out = &expansion{packed: func() int64 { return 100 }, out: ratioFrom}
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	for i := range 3 {
		f, err := w.Create(fmt.Sprintf("%d.txt", i))
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(f, "Title %d\nText.", i)
	}
	w.Close()
	b := buf.Bytes()
	for i := 0; i+46 < len(b); i++ { // the sizes of the list of members
		if string(b[i:i+4]) == "PK\x01\x02" {
			le.LittleEndian.PutUint32(b[i+20:], 1<<30)
		}
	}
	var problems []string
	s.yield = func(_ Item, err error) bool {
		if err != nil {
			problems = append(problems, err.Error())
		}
		return true
	}
	s.r, s.at = bytes.NewReader(b), bytes.NewReader(b)
	readZip(s)
	if len(problems) != 2 || !strings.Contains(problems[1], "the archive unpacks to more than is allowed") {
		t.Errorf("problems %q", problems)
	}
}

// TestNestedExpansion holds that a document in an archive counts with the archive.
func TestNestedExpansion(t *testing.T) {
	var docx, outer bytes.Buffer
	w := zip.NewWriter(&docx)
	f, _ := w.Create("word/document.xml")
	io.WriteString(f, "<document><p><t>"+strings.Repeat(" ", ratioFrom+1)+"</t></p></document>")
	w.Close()
	w = zip.NewWriter(&outer)
	f, _ = w.Create("a.docx")
	f.Write(docx.Bytes())
	w.Close()
	g := readAll(t, "a.zip", outer.Bytes(), Options{})
	if len(g.Items) != 0 || len(g.Problems) == 0 || !strings.Contains(g.Problems[0], errExpands.Error()) {
		t.Errorf("%d items, problems %q", len(g.Items), g.Problems)
	}
}

// TestWeigh holds that what the estimate lets through makes no tree of another size,
// and that pages which would are read without one.
func TestWeigh(t *testing.T) {
	for _, page := range []string{
		strings.Repeat("<p>A <b>word</b> and <a href=x>more</a>.</p>", 500),
		strings.Repeat("<font color=1><font color=2>", 50) + strings.Repeat("<p>x", 500),
		strings.Repeat("<table><b>x", 300),
	} {
		doc, err := html.Parse(strings.NewReader(page))
		if err != nil && !strings.Contains(err.Error(), "512") {
			t.Fatal(err)
		}
		nodes := 0
		if doc != nil {
			for range doc.Descendants() {
				nodes++
			}
		}
		if w := weigh(page); w < nodes/2 {
			t.Errorf("%.30q weighs %d and has %d nodes", page, w, nodes)
		}
	}
	head := `<html><head><title>A list</title><meta property="article:published_time" content="2025-03-04"></head><body><script>no</script>`
	page := head + strings.Repeat("<font color=1><font color=2>", 200) + strings.Repeat("<p>caf&eacute;", 2000)
	g := readAll(t, "a.html", []byte(page), Options{})
	if len(g.Items) != 1 || len(g.Problems) != 1 || g.Items[0].Article.Title != "A list" || g.Items[0].Article.Date != "2025-03-04" {
		t.Fatalf("%d items, problems %q", len(g.Items), g.Problems)
	}
	if text := g.Items[0].Article.Text; strings.Count(text, "café") != 2000 || strings.Contains(text, "no") {
		t.Errorf("text %.80q", text)
	}
}

// TestCanceled holds that every reader ends when its context is done, and that it says
// nothing then.
func TestCanceled(t *testing.T) {
	for name, b := range seeds(t) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		for item, err := range Read(ctx, name, bytes.NewReader(b), Options{}) {
			t.Errorf("%s: %+v, %v", name, item, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	n := 0
	for range Read(ctx, "a.jsonl", io.MultiReader(strings.NewReader("{\"text\":\"One.\"}\n{\"text\":\"Two.\"}\n"), endless{}), Options{}) {
		n++
		cancel()
	}
	if n != 1 {
		t.Errorf("%d items after the end", n)
	}
	if _, err := parseTree(ctx, "<p>x"); !errors.Is(err, context.Canceled) {
		t.Errorf("a page: %v", err)
	}
}

// TestTableLimits holds that a row of too many columns is refused, and that names of
// columns are known whatever marks they have.
func TestTableLimits(t *testing.T) {
	g := readAll(t, "a.csv", []byte("title,text\n"+strings.Repeat(",", maxColumns)+"\n"), Options{})
	if len(g.Problems) != 1 || !strings.Contains(g.Problems[0], "more than 5000 columns") {
		t.Errorf("problems %q", g.Problems)
	}
	g = readAll(t, "a.csv", []byte(strings.Repeat("A line above\n", maxPreamble+1)+"title,text\nA,B.\n"), Options{})
	if len(g.Items) != 0 || len(g.Problems) != 1 {
		t.Errorf("a header behind %d lines: %+v", maxPreamble+1, g)
	}
	for in, want := range map[string]string{"Date(s) of Breach (if known)": "occurred", "Organization_Name": "victim", "IndividualsAffected": "records"} {
		if got := columns[columnKey(in)].key; got != want {
			t.Errorf("column %s is %q, want %s", in, got, want)
		}
	}
}

// TestMailLimits holds that mails in mails and parts of a mail are bounded, with a word
// on what was left out.
func TestMailLimits(t *testing.T) {
	mail := "From: a@b.example\nSubject: Inmost\n\nThe inmost words.\n"
	for range maxMailMails + 1 {
		mail = "From: a@b.example\nSubject: Outer\nContent-Type: message/rfc822\n\n" + mail
	}
	g := readAll(t, "a.eml", []byte(mail), Options{})
	if len(g.Items) != maxMailMails+1 || len(g.Problems) != 1 || !strings.Contains(g.Problems[0], "more than 5 mails in mails") {
		t.Errorf("%d items, problems %q", len(g.Items), g.Problems)
	}
	parts := "Subject: Parts\nContent-Type: multipart/mixed; boundary=x\n\n" + strings.Repeat("--x\n\nword\n", maxMailParts+5) + "--x--\n"
	g = readAll(t, "a.eml", []byte(parts), Options{})
	if len(g.Items) != 1 || strings.Count(g.Items[0].Article.Text, "word") != maxMailParts-1 || len(g.Problems) != 1 {
		t.Errorf("%d items, problems %q", len(g.Items), g.Problems)
	}
}
