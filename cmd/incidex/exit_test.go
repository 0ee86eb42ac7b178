package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestExitCodes holds the commands to the codes that they document, and to JSON where it
// is asked for: of an answer on the standard output, of an error on the other.
func TestExitCodes(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	article := `{"id":"a1","title":"Acme data breach","date":"2024-05-06","text":"Acme said that hackers had stolen the names of 12,000 customers."}` + "\n"
	for name, text := range map[string]string{
		"in/good.jsonl": article, "part/good.jsonl": article, "part/bad.jsonl": article + "{\n", "bad.jsonl": "{\n",
	} {
		if err := os.MkdirAll(filepath.Dir(at(name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(at(name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	data, fresh := "--data="+at("data"), "--data="+at("fresh")
	for _, x := range []struct {
		line string
		args []string
		code int
		want string // in what is written to either
	}{
		{"nothing", nil, exitUsage, `unknown command "nothing" of incidex`},
		{"serach x", nil, exitUsage, "did you mean search?"},
		{"alert nothing", nil, exitUsage, `unknown command "nothing" of incidex alert`},
		{"group nothing", nil, exitUsage, "unknown command"},
		{"generations lst", nil, exitUsage, "did you mean list?"},
		{"help nothing", nil, exitUsage, "unknown command"},
		{"help alert add", nil, exitOK, "--to"},
		{"search --nothing x", nil, exitUsage, "unknown flag"},
		{"--nothing", nil, exitUsage, "unknown flag"},
		{"search", nil, exitUsage, "wants a query"},
		{"alert add a b", nil, exitUsage, `required flag(s) "to"`},
		{"compare --markdown --csv a b", nil, exitUsage, "markdown"},
		{"compare --json --csv a b", nil, exitUsage, "exclude each other"},
		{"", nil, exitOK, "Exit codes:"},
		{"alert", nil, exitOK, "Exit codes:"},
		{"--version", nil, exitOK, "incidex "},
		{"--version --json", nil, exitOK, `"extraction_rules"`},
		{"version --json", nil, exitOK, `"extraction_rules"`},
		{"search x", []string{data}, exitNotFound, "no index"},
		{"index", []string{at("nowhere"), data}, exitNotFound, "no such file"},
		{"index --dry-run", []string{at("part"), data}, exitNotFound, "skipped 1 files or articles"},
		{"index --dry-run --allow-skipped", []string{at("part"), data}, exitOK, "dry run"},
		{"index", []string{at("part"), data}, exitNotFound, "--allow-skipped"},
		{"index --allow-skipped --verify", []string{at("part"), fresh}, exitOK, "skipped    1"},
		{"index --json", []string{at("in"), data}, exitOK, `"skipped": 0`},
		{"extract", []string{at("part/bad.jsonl")}, exitNotFound, "--allow-skipped"},
		{"extract --allow-skipped", []string{at("part/bad.jsonl")}, exitOK, `"id":"a1"`},
		{"extract --explain --json", []string{at("in/good.jsonl")}, exitUsage, "leave out --json"},
		{"search --json acme", []string{data}, exitOK, `"total": `},
		{"search --json --nothing", nil, exitUsage, `"code": 2`},
		{"compare --json a b", []string{data}, exitNotFound, `"code": 3`},
		{"generations list --json", []string{data}, exitOK, `"state": "in use"`},
		{"generations remove --json gen-000009", []string{data}, exitNotFound, `"error": `},
		{"group list --json", []string{data}, exitOK, "[]"},
		{"group undo --json 9", []string{data}, exitUsage, `"code": 2`},
		{"alert add --json a acme --to", []string{at("alerts.jsonl"), data}, exitOK, `"name": "a"`},
		{"alert list --json", []string{data}, exitOK, `"query": "acme"`},
		{"alert test --json a", []string{data}, exitOK, `"delivered_to"`},
		{"alert remove --json a", []string{data}, exitOK, `"removed": "a"`},
		{"backup --json", []string{at("copy"), data}, exitOK, `"generation": "gen-000001"`},
		{"check --json", []string{data}, exitOK, `"generation"`},
		{"doctor --json", []string{data}, exitOK, `"generations"`},
		{"inspect --json acme", []string{data}, exitOK, `"stem"`},
		{"schema --json", nil, exitOK, `"fields"`},
		{"feed --json", []string{data}, exitOK, `"version":"https://jsonfeed.org/version/1.1"`},
		{"feed --json --format atom", []string{data}, exitUsage, "is no JSON"},
		{"export --json", []string{data}, exitOK, `"id":"a1"`},
		{"export --json --format csv", []string{data}, exitUsage, "is no JSON"},
	} {
		name := strings.TrimSpace(x.line)
		var out, failed bytes.Buffer
		code := run(t.Context(), append(strings.Fields(x.line), x.args...), streams{strings.NewReader(""), &out, &failed})
		if code != x.code {
			t.Errorf("%s: exit code %d; want %d: %s", name, code, x.code, &failed)
		}
		if said := out.String() + failed.String(); !strings.Contains(said, x.want) {
			t.Errorf("%s: no %q in %.600s", name, x.want, said)
		}
		if !strings.Contains(x.line, "--json") {
			continue
		}
		written := &out
		if code != exitOK {
			written = &failed
		}
		for in := json.NewDecoder(written); in.More(); {
			var v any
			if err := in.Decode(&v); err != nil {
				t.Errorf("%s: not all is JSON: %v", name, err)
				break
			}
		}
	}
}
