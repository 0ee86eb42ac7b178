package indexer

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"incidex/data"
	"incidex/indexer/extract"
)

// behave names how the program of the tests answers as a command that extracts.
const behave = "INCIDEX_TEST_COMMAND"

func TestMain(m *testing.M) {
	if how := os.Getenv(behave); how != "" {
		os.Exit(answerAs(how))
	}
	os.Exit(m.Run())
}

// answerAs plays a command. What it says of an article is that its supplier is Pumphouse.
func answerAs(how string) int {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 1<<20)
	out := bufio.NewWriter(os.Stdout) // not flushed after each line, as many do
	defer out.Flush()
	for n := 0; in.Scan(); n++ {
		var a data.Article
		if err := json.Unmarshal(in.Bytes(), &a); err != nil {
			return 3
		}
		claim := `{"field":"supplier","value":"Pumphouse"}`
		switch how {
		case "slow":
			time.Sleep(time.Hour)
		case "failing":
			fmt.Fprintln(os.Stderr, "out of water")
			return 7
		case "babbling":
			for range 2 * maxBabble {
				fmt.Fprintln(out, "glug")
			}
		case "endless":
			for range 2 * maxAnswer / 1000 {
				fmt.Fprint(out, strings.Repeat("g", 1000))
			}
		case "passing":
			if n%2 == 0 {
				continue
			}
		case "echoing":
			fmt.Fprintln(out, in.Text())
			continue
		case "odd":
			fmt.Fprintln(out, "starting")
			claim = `{"field":"colour","value":"red"},{"field":"records","value":"many"},` + claim
		case "quoting":
			claim = `{"field":"supplier","value":"Pumphouse","evidence":[{"start":3,"quote":"burst its dam"}]},
				{"field":"supplier","value":"Sluicegate","evidence":[{"start":0,"end":4,"quote":"the moon"}]},
				{"field":"supplier","value":"Millpond","evidence":"here"}`
		}
		fmt.Fprintf(out, `{"id":%q,"incidents":[{"claims":[%s]}]}`+"\n", a.ID, strings.ReplaceAll(claim, "\n", " "))
	}
	return 0
}

// asked runs the command over two articles.
func asked(t *testing.T, sink Sink, dir, how string, only bool) Summary {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("the line is one for a shell of Unix")
	}
	x := Indexer{Sink: sink, Extractor: extract.New()}
	o := Options{Paths: []string{dir}}
	if how != "" {
		o.Command = &Command{Line: behave + "=" + how + " '" + os.Args[0] + "'", Only: only, silence: time.Second}
		if how != "slow" {
			o.Command.silence = 0
		}
	}
	sum, err := x.Run(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return sum
}

func twoArticles(t *testing.T) string {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"a.txt": "Tide Clinic loses files\n\nTide Clinic said that hackers stole files of 310 patients when it burst its dam.\n",
		"b.txt": "Weir Bank loses files\n\nWeir Bank said that hackers stole files of 520 customers when it burst its dam.\n",
	} {
		write(t, dir, name, text)
	}
	return dir
}

// suppliersIn are the claims on suppliers in an index: value, status, rule and quotes.
func suppliersIn(m *memory) map[string]int {
	out := map[string]int{}
	for _, d := range m.articles {
		for _, mention := range d.Mentions {
			for _, c := range mention.Claims {
				if c.Field != data.Supplier {
					continue
				}
				said := fmt.Sprintf("%s %s", c.Value, c.Status)
				for _, e := range c.Evidence {
					said += " " + e.In(d.Text)
				}
				if !c.OfCommand() {
					said += " by " + c.Rule
				}
				out[said]++
			}
		}
	}
	return out
}

func TestCommand(t *testing.T) {
	for how, want := range map[string]struct {
		note   string
		claims map[string]int
	}{
		"whole":    {"answered 2 of 2 articles", map[string]int{"Pumphouse actual": 2}},
		"passing":  {"answered 1 of 2 articles", map[string]int{"Pumphouse actual": 1}},
		"slow":     {"answered 0 of 2 articles; it was ended: no answer came within 1s", nil},
		"failing":  {"answered 0 of 2 articles; it ended with exit status 7: out of water", nil},
		"echoing":  {"answered 0 of 2 articles; 2 lines were no answers; such as", nil},
		"babbling": {fmt.Sprintf("answered 0 of 2 articles; it was ended: more than %d lines are no answers; %d lines were", maxBabble, maxBabble+1), nil},
		"endless":  {fmt.Sprintf("answered 0 of 2 articles; it was ended: a line has more than %d bytes", maxAnswer), nil},
		"odd":      {`answered 2 of 2 articles; 2 lines were no answers; 4 claims were refused; such as "starting" is no answer`, map[string]int{"Pumphouse actual": 2}},
		"quoting": {"answered 2 of 2 articles; 4 claims are doubtful, as their quotes do not stand in the articles",
			map[string]int{"Pumphouse actual burst its dam": 2, "Sluicegate doubtful": 2, "Millpond doubtful": 2}},
	} {
		t.Run(how, func(t *testing.T) {
			m := newMemory()
			sum := asked(t, m, twoArticles(t), how, false)
			if len(sum.Notes) != 1 || !strings.HasPrefix(sum.Notes[0].Reason, want.note) || sum.Notes[0].Path != "extractor "+filepath.Base(os.Args[0]) {
				t.Errorf("notes %v, want %q", sum.Notes, want.note)
			}
			if got := suppliersIn(m); fmt.Sprint(got) != fmt.Sprint(want.claims) {
				t.Errorf("claims %v, want %v", got, want.claims)
			}
			for _, d := range m.articles {
				if s := d.Subject(); s == nil || s.Best(data.Victim) == nil {
					t.Errorf("%s: what is extracted is lost", d.ID)
				}
			}
		})
	}
}

// TestCommandAgain holds that runs ask only about what was not asked or answered, that a
// run without the command keeps what it told, and that another command is asked anew.
func TestCommandAgain(t *testing.T) {
	m, dir := newMemory(), twoArticles(t)
	for _, step := range []struct {
		how    string
		only   bool
		asked  int
		claims map[string]int
	}{
		{"", false, 0, nil},
		{"failing", false, 2, nil},
		{"failing", false, 2, nil},
		{"whole", false, 2, map[string]int{"Pumphouse actual": 2}},
		{"whole", false, 0, map[string]int{"Pumphouse actual": 2}},
		{"", false, 0, map[string]int{"Pumphouse actual": 2}},
		{"quoting", false, 2, map[string]int{"Pumphouse actual burst its dam": 2, "Sluicegate doubtful": 2, "Millpond doubtful": 2}},
		{"whole", true, 2, map[string]int{"Pumphouse actual": 2}},
	} {
		sum := asked(t, m, dir, step.how, step.only)
		if n := len(sum.Notes); n != min(step.asked, 1) || n > 0 && !strings.Contains(sum.Notes[0].Reason, fmt.Sprintf("of %d articles", step.asked)) {
			t.Errorf("%+v: notes %v", step, sum.Notes)
		}
		if got := suppliersIn(m); fmt.Sprint(got) != fmt.Sprint(step.claims) {
			t.Errorf("%+v: claims %v", step, got)
		}
	}
	for _, d := range m.articles {
		if s := d.Subject(); s == nil || s.Best(data.Victim) != nil {
			t.Errorf("%s: more than the command extracts: %+v", d.ID, d.Mentions)
		}
	}
	write(t, dir, "c.txt", "Rain\n\nIt rained.\n")
	if sum := asked(t, m, dir, "", false); len(sum.Notes) != 1 || !strings.Contains(sum.Notes[0].Reason, "no claims of the command") {
		t.Errorf("notes %v", sum.Notes)
	}
}

func TestCommandNames(t *testing.T) {
	dir := t.TempDir()
	script := filepath.Join(dir, "claims.awk")
	write(t, dir, "claims.awk", "1")
	c := Command{Line: "awk -f '" + script + "' -"}
	if got := c.Name(); got != "claims.awk" {
		t.Errorf("name %q", got)
	}
	before := c.version()
	write(t, dir, "claims.awk", "2")
	if c.version() == before {
		t.Error("a changed script is the same command")
	}
	if got := (&Command{Line: "/opt/model --fast"}).Name(); got != "model" {
		t.Errorf("name %q", got)
	}
}

func TestNearest(t *testing.T) {
	for _, test := range []struct {
		text, quote string
		at, want    int
	}{
		{"dam a dam", "dam", 0, 0}, {"dam a dam", "dam", 6, 6}, {"dam a dam", "dam", 5, 6}, {"dam a dam", "dam", 1, 0},
		{"dam a dam", "dam", 99, 6}, {"dam a dam", "dam", -5, 0}, {"dam", "weir", 0, -1}, {"", "dam", 0, -1},
	} {
		if got := nearest(test.text, test.quote, test.at); got != test.want {
			t.Errorf("nearest(%q, %q, %d) = %d, want %d", test.text, test.quote, test.at, got, test.want)
		}
	}
}
