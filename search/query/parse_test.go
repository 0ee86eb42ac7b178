package query

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"incidex/data"
)

func number(n float64) *Bound              { return &Bound{Number: n, Inclusive: true} }
func date(d data.Date) *Bound              { return &Bound{Date: d, Inclusive: true} }
func match(f data.Field, v, r string) Node { return Match{f, v, r} }

func TestParse(t *testing.T) {
	a, b, c, d := Word{Text: "a"}, Word{Text: "b"}, Word{Text: "c"}, Word{Text: "d"}
	tests := []struct {
		query string
		want  Node
		text  string // how the query is written back, when it is not the same
	}{
		{"", All{}, ""},
		{"*", All{}, "-"},
		{"  \t", All{}, "-"},
		{"hospital", Word{Text: "hospital"}, ""},
		{"hospital, ransomware!", And{[]Node{Word{Text: "hospital"}, Word{Text: "ransomware"}}}, "hospital ransomware"},
		{"Marks & Spencer", And{[]Node{Word{Text: "Marks"}, Word{Text: "Spencer"}}}, "Marks Spencer"},
		{"R&D e-mail O'Neill", And{[]Node{Word{Text: "R&D"}, Word{Text: "e-mail"}, Word{Text: "O'Neill"}}}, ""},
		{`"customer  data"`, Phrase{"customer data"}, `"customer data"`},
		{"“customer data”", Phrase{"customer data"}, `"customer data"`},
		{`"a \"b\" c\d"`, Phrase{`a "b" c\d`}, `"a \"b\" c\\d"`},
		{`""`, All{}, "-"},
		{"-a", Not{a}, ""},
		{"–a −b", And{[]Node{Not{a}, Not{b}}}, "-a -b"},
		{"NOT a", Not{a}, "-a"},
		{"NOT NOT a", a, "a"},
		{"a - b", And{[]Node{a, b}}, "a b"},
		{"+a --b", And{[]Node{must(a), Not{b}}}, "+a -b"},
		{"+ a, +, b", And{[]Node{a, b}}, "a b"},
		{"+a b", And{[]Node{must(a), b}}, ""},
		{"++a -+b +-c", And{[]Node{must(a), Not{b}, Not{c}}}, "+a -b -c"},
		{`+"a" +(b OR c)`, And{[]Node{Phrase{"a"}, Or{[]Node{b, c}}}}, `"a" b OR c`},
		{"+(a b) c", And{[]Node{must(a), must(b), c}}, "+a +b c"},
		{"a AND b", And{[]Node{must(a), must(b)}}, ""},
		{"a AND b c", And{[]Node{must(a), must(b), c}}, "+a +b c"},
		{"(a b) AND c", And{[]Node{must(a), must(b), must(c)}}, "a AND b AND c"},
		{"((a b) OR c) AND d", And{[]Node{Or{[]Node{And{[]Node{must(a), must(b)}}, c}}, must(d)}}, "a AND b OR c +d"},
		{"+a OR b", Or{[]Node{a, b}}, "a OR b"},
		{"C++ C#", And{[]Node{Word{Text: "C++"}, Word{Text: "C#"}}}, ""},
		{"-.NET ...a", And{[]Node{Not{Word{Text: ".NET"}}, Word{Text: ".a"}}}, "-.NET .a"},
		{"ransom $1 million, paid", And{[]Node{Word{Text: "ransom"}, Phrase{"$1 million"}, Word{Text: "paid"}}}, `ransom "$1 million" paid`},
		{"1.5 bn -(2 million)", And{[]Node{Phrase{"1.5 bn"}, Not{Phrase{"2 million"}}}}, `"1.5 bn" -"2 million"`},
		{"100 people in millions 5 OR million", And{[]Node{Word{Text: "100"}, Word{Text: "people"}, Word{Text: "in"}, Word{Text: "millions"}, Or{[]Node{Word{Text: "5"}, Word{Text: "million"}}}}}, ""},
		{"cve 2021 44228 a", And{[]Node{Phrase{"CVE-2021-44228"}, a}}, `"CVE-2021-44228" a`},
		{"CVE–2021- 44228", Phrase{"CVE-2021-44228"}, `"CVE-2021-44228"`},
		{"2021 44228 cve 20", And{[]Node{Word{Text: "2021"}, Word{Text: "44228"}, Word{Text: "cve"}, Word{Text: "20"}}}, ""},
		{"-(a b)", Not{And{[]Node{a, b}}}, ""},
		{"-(a OR b) c", And{[]Node{Not{Or{[]Node{a, b}}}, c}}, ""},
		{"a OR b", Or{[]Node{a, b}}, ""},
		{"a or b", And{[]Node{a, Word{Text: "or"}, b}}, ""},
		{"a b OR c", And{[]Node{a, Or{[]Node{b, c}}}}, ""},
		{"a (b OR c)", And{[]Node{a, Or{[]Node{b, c}}}}, "a b OR c"},
		{"a AND b OR c AND d", Or{[]Node{And{[]Node{must(a), must(b)}}, And{[]Node{must(c), must(d)}}}}, ""},
		{"(a b) OR c", Or{[]Node{And{[]Node{a, b}}, c}}, ""},
		{"(a (b)) ((c))", And{[]Node{a, b, c}}, "a b c"},
		{"(a OR b) AND (c OR d)", And{[]Node{Or{[]Node{a, b}}, Or{[]Node{c, d}}}}, "a OR b c OR d"},
		{"ranso*", Prefix{"", "ranso"}, ""},
		{"victim:brit*", Prefix{data.Victim, "brit"}, ""},
		{"10:30 C:\\news https://example.org/x", And{[]Node{Word{Text: "10:30"}, Word{Text: `C:\news`}, Word{Text: "https://example.org/x"}}}, ""},
		{"Kering: breach", And{[]Node{Word{Text: "Kering"}, Word{Text: "breach"}}}, "Kering breach"},

		{"sector:retail", match(data.Sector, "44", "retail"), ""},
		{"SECTOR:44", match(data.Sector, "44", "44"), "sector:44"},
		{"industry:retail", match(data.Sector, "44", "retail"), "sector:retail"},
		{"country:uk", match(data.Country, "GB", "uk"), ""},
		{"law:gdpr", match(data.Law, "GDPR", "gdpr"), ""},
		{"attack:ransomware", match(data.Attack, "Ransomware", "ransomware"), ""},
		{`victim:"nobody knows it"`, match(data.Victim, "nobody knows it", "nobody knows it"), ""},
		{"country: uk", match(data.Country, "GB", "uk"), "country:uk"},
		{"country:uk, a", And{[]Node{match(data.Country, "GB", "uk"), a}}, "country:uk a"},
		{"country:(uk OR france)", Or{[]Node{match(data.Country, "GB", "uk"), match(data.Country, "FR", "france")}}, "country:uk OR country:france"},
		{`Data-Type:passwords DATATYPE:passwords data_type:passwords`, And{[]Node{
			match(data.DataType, "Passwords", "passwords"), match(data.DataType, "Passwords", "passwords"), match(data.DataType, "Passwords", "passwords")}},
			"data_type:passwords data_type:passwords data_type:passwords"},
		{"a data type:passwords", And{[]Node{a, match(data.DataType, "Passwords", "passwords")}}, "a data_type:passwords"},
		{`"data type":passwords`, match(data.DataType, "Passwords", "passwords"), "data_type:passwords"},
		{"threat (actor:nobody)", And{[]Node{Word{Text: "threat"}, match(data.Actor, "nobody", "nobody")}}, `threat "actor":nobody`},
		{"-(threat (actor:nobody))", Not{And{[]Node{Word{Text: "threat"}, match(data.Actor, "nobody", "nobody")}}}, `-(threat "actor":nobody)`},
		{"cve:cve-2023-34362", match(data.CVE, "CVE-2023-34362", "cve-2023-34362"), ""},
		{`cve:CVE–2023‑34362 cve:2023—34362 cve:"cve 2023 - 34362"`, And{[]Node{
			match(data.CVE, "CVE-2023-34362", "CVE–2023‑34362"), match(data.CVE, "CVE-2023-34362", "2023—34362"), match(data.CVE, "CVE-2023-34362", "cve 2023 - 34362")}},
			`cve:"CVE–2023‑34362" cve:"2023—34362" cve:"cve 2023 - 34362"`},
		{"language:English lang:en-GB", And{[]Node{match(Language, "en", "English"), match(Language, "en", "en-GB")}}, "language:English language:en-GB"},
		{"source_kind:Press", match(SourceKind, "press", "Press"), ""},
		{`title:"two words" tag:x path:/a/b`, And{[]Node{match(Title, "two words", "two words"), match(Tag, "x", "x"), match(Path, "/a/b", "/a/b")}}, ""},
		{`path:"C:\news"`, match(Path, `C:\news`, `C:\news`), `path:"C:\\news"`},

		{"records:5", Range{data.Records, number(5), number(5)}, ""},
		{"records:7,400,000", Range{data.Records, number(7.4e6), number(7.4e6)}, "records:7400000"},
		{"records:>=1m", Range{data.Records, number(1e6), nil}, "records:>=1000000"},
		{"records>=1m", Range{data.Records, number(1e6), nil}, "records:>=1000000"},
		{"records:≥1.5K", Range{data.Records, number(1500), nil}, "records:>=1500"},
		{"records:<2bn", Range{data.Records, nil, &Bound{Number: 2e9}}, "records:<2000000000"},
		{"records:10k..2m", Range{data.Records, number(1e4), number(2e6)}, "records:10000..2000000"},
		{"records:>1..<=3", Range{data.Records, &Bound{Number: 1}, number(3)}, "records:>1..3"},
		{"records:1m..", Range{data.Records, number(1e6), nil}, "records:>=1000000"},
		{"records:*..1m", Range{data.Records, nil, number(1e6)}, "records:<=1000000"},
		{"loss:0.5", Range{data.Loss, number(.5), number(.5)}, ""},
		{"occurred:2024..2025", Range{data.Occurred, date("2024"), date("2025")}, ""},
		{"occurred:2024-2025", Range{data.Occurred, date("2024"), date("2025")}, "occurred:2024..2025"},
		{"disclosed:>2025-03", Range{data.Disclosed, &Bound{Date: "2025-03"}, nil}, ""},
		{"date:2025/3/7", Range{Published, date("2025-03-07"), date("2025-03-07")}, "published:2025-03-07"},

		{"has:records missing:fine", And{[]Node{Has{data.Records}, Missing{data.Fine}}}, ""},
		{"-has:people", Not{Has{data.Records}}, "-has:records"},
		{"victim:*", Has{data.Victim}, "has:victim"},
	}
	for _, tt := range tests {
		t.Run(tt.query, func(t *testing.T) {
			q, problems := Parse(tt.query)
			if len(problems) > 0 {
				t.Errorf("problems: %v", problems)
			}
			if diff := cmp.Diff(tt.want, q.Root); diff != "" {
				t.Errorf("tree (-want +got):\n%s", diff)
			}
			want := strings.TrimPrefix(tt.text, "-")
			if tt.text == "" {
				want = tt.query
			}
			if strings.HasPrefix(tt.text, "-") && len(tt.text) > 1 {
				want = tt.text
			}
			if got := q.String(); got != want {
				t.Errorf("written back as %q, want %q", got, want)
			}
		})
	}
}

func TestParseLevel(t *testing.T) {
	for _, tt := range []struct{ query, level, text string }{
		{"level:incident", "incident", "level:incident"},
		{"level:Articles a", "article", "a level:article"},
		{"a", "", "a"},
	} {
		q, problems := Parse(tt.query)
		if string(q.Level) != tt.level || q.String() != tt.text || len(problems) > 0 {
			t.Errorf("Parse(%q) = %q with level %q and %v", tt.query, q, q.Level, problems)
		}
	}
}

// TestProblems lists mistakes, what is searched instead, and what is said: the
// wrong part in brackets and the message.
func TestProblems(t *testing.T) {
	long := strings.Repeat("x", MaxLength-1) + " é"
	tests := []struct {
		query, best string
		want        []string
	}{
		{"recrods:>=1m a", "recrods 1m a", []string{"[recrods] unknown field recrods: did you mean records?"}},
		{"zzzzz:a", "zzzzz a", []string{"[zzzzz] unknown field zzzzz"}},
		{`zzzzz:"a b"`, `zzzzz "a b"`, []string{"[zzzzz] unknown field zzzzz"}},
		{"records:many", "many", []string{"[many] records wants a number as in 5000, 1.5m or 10k..2m, not many"}},
		{"records:9999999999999999", "9999999999999999", []string{"[9999999999999999] records wants a number as in 5000, 1.5m or 10k..2m, not 9999999999999999"}},
		{"occurred:2024-13", "2024-13", []string{"[2024-13] occurred wants a date as in 2024, 2024-05 or 2023..2025, not 2024-13"}},
		{"occurred:2025..2024", "occurred:2024..2025", []string{"[2025..2024] the range runs backward: did you mean 2024..2025?"}},
		{"sector:>=5", "5", []string{"[>=5] sector cannot be compared"}},
		{"sector:retial", "sector:retial", []string{"[retial] unknown sector retial: did you mean Retail?"}},
		{"attack:ransomwear", "attack:ransomwear", []string{"[ransomwear] unknown attack ransomwear: did you mean Ransomware?"}},
		{"attack:zzzzzzzz", "attack:zzzzzzzz", []string{"[zzzzzzzz] unknown attack zzzzzzzz"}},
		{"cve:log4shell", "cve:log4shell", []string{"[log4shell] unknown cve log4shell"}},
		{"has:recrods", "recrods", []string{"[recrods] unknown field recrods: did you mean records?"}},
		{"records:", "", []string{"[records:] records has no value"}},
		{"records: OR a", "a", []string{"[records:] records has no value"}},
		{`title:"!"`, "", []string{`["!"] title has no value`}},
		{"level:world", "", []string{"[world] level is article or incident, not world"}},
		{"level:incdent", "", []string{"[incdent] level is article or incident, not incdent: did you mean incident?"}},
		{"a -level:incident", "a", []string{"[incident] level holds for the whole query and cannot be left out"}},
		{"level:incident level:article", "level:incident", []string{"[article] level is already incident"}},
		{`a "b c`, "a b c", []string{`["] this quote is never closed`}},
		{`title:"b c`, "title:b c", []string{`["] this quote is never closed`}},
		{"(a", "a", []string{"[(] this parenthesis is never closed"}},
		{"a) b", "a b", []string{"[)] this parenthesis was never opened"}},
		{"(", "", []string{"[(] this parenthesis is never closed"}},
		{"OR a", "a", []string{"[OR] OR has nothing before it: did you mean or?"}},
		{"a OR", "a", []string{"[OR] OR has nothing behind it"}},
		{"a OR OR b", "a OR b", []string{"[OR] OR has nothing behind it"}},
		{"a AND", "a", []string{"[AND] AND has nothing behind it"}},
		{"a NOT", "a", []string{"[NOT] there is nothing to leave out"}},
		{"ab*", "ab", []string{"[ab*] an asterisk wants 3 letters before it"}},
		{"*ware", "ware", []string{"[*ware] an asterisk can only stand at the end of a word"}},
		{"ran*ware", "ran ware", []string{"[ran*ware] an asterisk can only stand at the end of a word"}},
		{"victim:*ware", "ware", []string{"[*ware] an asterisk can only stand at the end of a word"}},
		{long, long[:MaxLength-1], []string{"[é] the query is longer than 2000 bytes"}},
		{strings.Repeat("(", MaxDepth+2) + "a" + strings.Repeat(")", MaxDepth+2), "a", []string{"[(] more than 20 parentheses in each other"}},
		{strings.Repeat("a ", MaxClauses) + "b c", strings.TrimSpace(strings.Repeat("a ", MaxClauses)), []string{"[b] more than 100 words and conditions"}},
	}
	for _, tt := range tests {
		t.Run(tt.query[:min(len(tt.query), 30)], func(t *testing.T) {
			q, problems := Parse(tt.query)
			var got []string
			for _, p := range problems {
				got = append(got, "["+p.In(tt.query)+"] "+p.String())
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
			if q.String() != tt.best {
				t.Errorf("searched instead: %q, want %q", q, tt.best)
			}
		})
	}
}

func TestProblemsAreBounded(t *testing.T) {
	_, problems := Parse(strings.Repeat("zz:a ", 2*MaxProblems))
	if len(problems) != MaxProblems {
		t.Errorf("%d problems, want %d", len(problems), MaxProblems)
	}
}

func TestFix(t *testing.T) {
	const q = "a recrods:>=1m"
	_, problems := Parse(q)
	if got, want := problems[0].Fix(q), "a records:>=1m"; got != want {
		t.Errorf("fixed: %q, want %q", got, want)
	}
	if got := (Problem{Span: data.Span{End: 99}, Suggestion: "x"}).Fix(q); got != q {
		t.Errorf("a span outside of the query changed it to %q", got)
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{
		`a OR (b -c "d e") data type:passwords records:>1..<=3`, `-(threat (actor:x*)) level:incident`,
		`occurred:2024-2025 has:x missing:records "`, "victim:(a OR \"b\\\"\") *x ab* NOT NOT", "\xff“a” https://b:c",
	} {
		f.Add(s)
	}
	f.Fuzz(check)
}

// FuzzPieces makes queries of pieces that mean something, one for every byte.
func FuzzPieces(f *testing.F) {
	pieces := []string{
		" ", " ", " ", "a", "b", "ransom", "threat", "data", "third", "kind of", "OR", "AND", "NOT", " OR ", " AND ", " NOT ", "-", "+",
		"(", ")", "\"", "“", "\\", "*", ":", "actor:", "type:", "subject:", "party:", "victim:", "sector:", "records:", "occurred:", "published",
		"title:", "language:", "cve:", "has:", "missing:", "level:", "incident", "\"data type\":", "retail", "uk", "1m", "2024", "2025-03", "..", ">", "<=",
		"<", "≥", "…", ",", ".", "'", "/", "–", "—", "zz:", "https://", "\xff", "\x00", "é", "́", "½", "&", "10:30", "C:\\", "ran*ware", "-(", "?", "#tag",
	}
	rnd := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		b := make([]byte, 1+rnd.IntN(12))
		for i := range b {
			b[i] = byte(rnd.IntN(256))
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		var s strings.Builder
		for _, c := range b {
			s.WriteString(pieces[int(c)%len(pieces)])
		}
		check(t, s.String())
	})
}

// check holds what is true of every query.
func check(t *testing.T, s string) {
	q, problems := Parse(s)
	if q.Root == nil {
		t.Fatal("no root")
	}
	for _, p := range problems {
		if p.Start < 0 || p.Start > p.End || p.End > len(s) || p.Message == "" {
			t.Errorf("problem %+v is not inside the query of %d bytes", p, len(s))
		}
	}
	text := q.String()
	if len(text) > MaxLength {
		return
	}
	again, _ := Parse(text)
	if diff := cmp.Diff(q, again); diff != "" {
		t.Errorf("%q was written as %q, which reads differently (-want +got):\n%s", s, text, diff)
	}
}
