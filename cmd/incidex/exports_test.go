package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/xuri/excelize/v2"

	"incidex/httpapi"
	"incidex/search"
)

// exportOf asks a server for an export.
func exportOf(t *testing.T, server string, q url.Values) (http.Header, []byte) {
	t.Helper()
	res, err := http.Get(server + "/api/v1/export?" + q.Encode())
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("%s: %d %v\n%s", q.Encode(), res.StatusCode, err, body)
	}
	return res.Header, body
}

// An export has as many rows as the search counts, for searches of all kinds.
func TestExportHasAllThatASearchCounts(t *testing.T) {
	server, _ := apiServer(t)
	for _, req := range randomSearches(100) {
		q := termsOf(req)
		var found search.Response
		if err := (remote{address: server.URL}).call(t.Context(), http.MethodGet, "search?facets=none&"+q.Encode(), nil, &found); err != nil {
			t.Fatal(err)
		}
		for level, want := range map[string]int{"articles": found.Total, "incidents": found.Incidents} {
			q.Set("level", level)
			q.Set("format", "csv")
			head, body := exportOf(t, server.URL, q)
			rows, err := csv.NewReader(bytes.NewReader(body)).ReadAll()
			if err != nil || len(rows)-1 != want || head.Get(httpapi.HeaderRows) != fmt.Sprint(want) {
				t.Errorf("%s: %d rows of CSV, %s said, %v; want %d", q.Encode(), len(rows)-1, head.Get(httpapi.HeaderRows), err, want)
			}
			q.Set("format", "ndjson")
			if _, body := exportOf(t, server.URL, q); bytes.Count(body, []byte("\n")) != want {
				t.Errorf("%s: %d lines, want %d", q.Encode(), bytes.Count(body, []byte("\n")), want)
			}
		}
	}
}

// Every format is whole, says what it is of, and is the same from the command line.
func TestExportFormats(t *testing.T) {
	server, _ := apiServer(t)
	for format, want := range map[string]struct{ kind, name, text string }{
		"csv":    {"text/csv; charset=utf-8", "incidex-articles-gen-", "id,title,publisher,"},
		"xlsx":   {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx", "PK"},
		"ndjson": {"application/x-ndjson", ".ndjson", `{"id":"`},
		"veris":  {"application/json", "incidex-incidents-gen-", "[\n{"},
		"stix":   {"application/stix+json;version=2.1", ".stix.json", `{"type":"bundle"`},
		"bibtex": {"application/x-bibtex; charset=utf-8", ".bib", "% ransomware records:>=1000 -country=FR: "},
	} {
		head, body := exportOf(t, server.URL, url.Values{"format": {format}, "q": {"ransomware records:>=1000"}, "filter[-country]": {"FR"}})
		if head.Get("Content-Type") != want.kind || !strings.Contains(head.Get("Content-Disposition"), want.name) {
			t.Errorf("%s: %s, %s", format, head.Get("Content-Type"), head.Get("Content-Disposition"))
		}
		if q, _ := url.QueryUnescape(head.Get(httpapi.HeaderQuery)); !strings.HasPrefix(q, "ransomware records:>=1000") || !strings.HasSuffix(q, " -country=FR") {
			t.Errorf("%s: the search is %q", format, q)
		}
		if !strings.HasPrefix(head.Get(httpapi.HeaderGeneration), "gen-") || head.Get(httpapi.HeaderExported) == "" {
			t.Errorf("%s: headers %v", format, head)
		}
		if !bytes.HasPrefix(body, []byte(want.text)) {
			t.Errorf("%s begins with %.60q", format, body)
		}
	}
	_, raw := exportOf(t, server.URL, url.Values{"format": {"xlsx"}, "level": {"incidents"}})
	f, err := excelize.OpenReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if rows, _ := f.GetRows("Incidents"); len(rows) < 50 {
		t.Errorf("the workbook has %d rows", len(rows))
	}
}

// All incidents of the sample are what VERIS's schema wants.
func TestSampleIsVERIS(t *testing.T) {
	server, _ := apiServer(t)
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft4)
	schema, err := c.Compile("../../search/export/testdata/veris/verisc-merged.json")
	if err != nil {
		t.Fatal(err)
	}
	_, body := exportOf(t, server.URL, url.Values{"format": {"veris"}})
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	list := doc.([]any)
	for _, v := range list {
		if err := schema.Validate(v); err != nil {
			t.Errorf("%v: %v", v.(map[string]any)["incident_id"], err)
		}
	}
	if len(list) < 50 {
		t.Errorf("%d incidents", len(list))
	}
}

func TestExportCommand(t *testing.T) {
	g := testGlobal(t)
	store, err := openOrSample(t.Context(), g, testExtractor)
	if err != nil {
		t.Fatal(err)
	}
	store.Close()
	dir := t.TempDir()
	file := filepath.Join(dir, "out.csv")
	code, out, said := incidex(t, "export", "--data", g.data, "--query", "sector:retail", "--filter", "country=GB", "--filter", "country=US", "--level", "incidents", "--format", "csv", "-o", file)
	raw, err := os.ReadFile(file)
	if code != exitOK || out != "" || err != nil || !bytes.HasPrefix(raw, []byte("id,title,campaign,articles,")) || bytes.Count(raw, []byte("\n")) < 5 {
		t.Errorf("export: %d %q %q %v %.80q", code, out, said, err, raw)
	}
	for _, x := range []struct {
		args []string
		code int
		want string
	}{
		{[]string{"--format", "pdf"}, exitUsage, "want one of csv, xlsx"},
		{[]string{"--format", "veris", "--level", "articles"}, exitUsage, "veris is a format of incidents"},
		{[]string{"--level", "both"}, exitUsage, "want articles or incidents"},
		{[]string{"--filter", "country"}, exitUsage, "want FIELD=VALUE"},
		{[]string{"--filter", "color=red"}, exitUsage, "color"},
		{[]string{"--query", "x", "-o", filepath.Join(dir, "none", "x")}, exitNotFound, "no such file"},
	} {
		code, _, said := incidex(t, append([]string{"export", "--data", g.data}, x.args...)...)
		if code != x.code || !strings.Contains(said, x.want) {
			t.Errorf("%v: %d %s", x.args, code, said)
		}
	}
	if left, _ := os.ReadDir(dir); len(left) != 1 {
		t.Errorf("an export that failed left %v", left)
	}
	_, out, _ = incidex(t, "export", "--data", g.data, "--format", "ndjson")
	var whole httpapi.ArticleClaims
	if err := json.Unmarshal([]byte(strings.SplitN(out, "\n", 2)[0]), &whole); err != nil || whole.ID == "" || whole.Incidents == nil || strings.Count(out, "\n") != 84 {
		t.Errorf("the claims of %d articles, the first %.80q", strings.Count(out, "\n"), out)
	}
}
