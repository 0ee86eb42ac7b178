package bleveindex

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"incidex/data"
	"incidex/search"
	"incidex/search/query"
	"incidex/search/text"
)

// small is an index whose articles are told apart by single words.
func small(t *testing.T) *Store {
	t.Helper()
	s := testStore(t)
	about := func(d *data.Document, victim string) *data.Document {
		d.Mentions = []data.Mention{{ID: victim, Role: data.Subject, Claims: []data.Claim{
			{Field: data.Victim, Value: victim, Status: data.Actual, Confidence: 1, Rule: "test"},
			{Field: data.Attack, Value: "Ransomware", Status: data.Actual, Confidence: 1, Rule: "test"},
		}}}
		return d
	}
	for _, d := range []*data.Document{
		about(textOnly("mgm", "Casino closes", "The resort on the Strip was attacked by e-mail."), "MGM Resorts"),
		about(textOnly("acme", "Acme warns customers", "Names of customers were leaked. The customer data was for sale."), "Acme"),
		textOnly("brill", "Brill opens", "Customers like the hospital data center. Email them."),
		textOnly("third", "Third-party risk", "A third party lost the data of customers in hospitals."),
		textOnly("cve", "Flaw CVE-2021-44228", "Café owners patch the flaw, ransomware follows."),
	} {
		// A segment for each.
		if err := s.Current().Apply(t.Context(), &data.Batch{Articles: []*data.Document{d}}); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

func TestMatching(t *testing.T) {
	s := small(t)
	for text, want := range map[string]string{
		"customers":                  "acme brill third",
		"customer":                   "acme brill third",
		`"customer"`:                 "acme",
		`"customer data"`:            "acme",
		`"data of customers"`:        "third",
		`"data customers"`:           "",
		"email":                      "brill mgm",
		"e-mail":                     "brill mgm",
		"third-party":                "third",
		"thirdparty":                 "third",
		`"third party"`:              "third",
		"CVE-2021-44228":             "cve",
		"cafe":                       "cve",
		"hosp*":                      "brill third",
		"ransomw*":                   "cve",
		"title:opens":                "brill",
		"title:customers":            "acme",
		`title:"third party risk"`:   "third",
		"customers -hospital":        "acme",
		"resort OR café":             "cve mgm",
		"customers (sale OR center)": "acme brill",
		"victim:acme":                "acme",
		"victim:res*":                "mgm",
		"the":                        "acme brill cve mgm third",
		"id:cve":                     "cve",
		"nothing*":                   "",
	} {
		q, problems := query.Parse(text)
		if len(problems) > 0 {
			t.Errorf("%s: %v", text, problems)
		}
		var got []string
		for _, h := range find(t, s, search.Plan{Query: q.Root}) {
			got = append(got, h.ID)
		}
		slices.Sort(got)
		if diff := cmp.Diff(want, strings.Join(got, " ")); diff != "" {
			t.Errorf("%s (-want +got)\n%s", text, diff)
		}
	}
}

// TestPhrasesAreFoundAsByReading compares phrases and prefixes with a reader of the texts.
func TestPhrasesAreFoundAsByReading(t *testing.T) {
	s := testStore(t)
	docs := invented(300, 5)
	for batch := range slices.Chunk(docs, 70) {
		fill(t, s, batch)
	}
	stems := func(s string) string {
		var out []string
		for _, w := range text.Analyze(s) {
			out = append(out, w.Stem)
		}
		return " " + strings.Join(out, " ") + " "
	}
	hits := 0
	for i := range 60 {
		from := strings.Fields(docs[i].Text)[i%20:]
		phrase := strings.Join(from[:2+i%2], " ")
		prefix := from[0][:3]
		for _, c := range []struct {
			node  query.Node
			holds func(text string) bool
		}{
			{query.Phrase{Text: phrase}, func(text string) bool { return strings.Contains(stems(text), stems(phrase)) }},
			{query.Prefix{Text: prefix}, func(text string) bool { return strings.Contains(" "+text, " "+prefix) }},
		} {
			var want, got []string
			for _, d := range docs {
				if c.holds(d.Text) || c.holds(d.Title) {
					want = append(want, d.ID)
				}
			}
			for _, h := range find(t, s, search.Plan{Query: c.node}) {
				got = append(got, h.ID)
			}
			slices.Sort(got)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s (-want +got)\n%s", c.node, diff)
			}
			hits += len(got)
		}
	}
	if hits < 200 {
		t.Errorf("%d hits: the test says little", hits)
	}
}

// TestNamesThatAreHardToType wants what people mean by words that are short, have signs,
// are elided, or are numbers with dashes of any kind.
func TestNamesThatAreHardToType(t *testing.T) {
	s := testStore(t)
	fill(t, s, []*data.Document{
		textOnly("it", "IT supplier fails", "The IT department said so. It was late."),
		textOnly("us", "U.S. agency", "The US agency asked us."),
		textOnly("pronoun", "Contact us", "It told us who did it."),
		textOnly("code", "Flaw in C++", "Programs in C# and .NET are safe."),
		textOnly("vitamin", "Vitamin C", "A net of pharmacies. Up 100% to $5 and 1 in a million."),
		textOnly("ransom", "Ransom paid", "They paid $1 million."),
		textOnly("macy", "Macy's warns", "Shops closed."),
		textOnly("fr", "Fuite", "Les données de l’hôpital d'Orléans et de L'Oréal."),
		textOnly("de", "Straße", "Weißbier."),
		textOnly("dash", "Flaw", "CVE–2023–34362 and cve 2021 44228 are used."),
		textOnly("plain", "Flaw", "CVE-2023-34362 is used."),
	})
	e := search.NewEngine(s)
	for text, want := range map[string]string{
		"IT": "it", `"IT department"`: "it", "US": "us", "us agency": "us", "U.S.": "us",
		"C++": "code", "C#": "code", ".NET": "code", "net": "vitamin", "-.NET flaw": "dash plain",
		"$1 million": "ransom", "1 million": "ransom", "100%": "vitamin",
		"Macy's": "macy", "macys": "macy", "macy": "macy",
		"hôpital": "fr", "l'hopital": "fr", "L’Hôpital": "fr", "orleans": "fr", "L'Oréal": "fr", "loreal": "fr", "oreal": "fr", `"l'hôpital d’Orléans"`: "fr",
		"strasse": "de", "STRASSE": "de", "straße": "de", "weissbier": "de",
		"CVE-2023-34362": "dash plain", "cve 2023 34362": "dash plain", "CVE–2023—34362": "dash plain", "cve-2021-44228": "dash", `"CVE‑2021‑44228"`: "dash",
	} {
		res, err := e.Search(t.Context(), search.Request{Query: text})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, h := range res.Hits {
			got = append(got, h.Article.ID)
		}
		slices.Sort(got)
		if diff := cmp.Diff(want, strings.Join(got, " ")); diff != "" {
			t.Errorf("%s (-want +got)\n%s", text, diff)
		}
	}
}

// TestNothingToSearchFor wants a query that asks for nothing to be told so.
func TestNothingToSearchFor(t *testing.T) {
	e := search.NewEngine(small(t))
	const nothing = `There is nothing to search for: signs and words such as "the" are not searched. The query leaves no article out.`
	for text, want := range map[string]string{
		"!!!": nothing, "😱": nothing, `""`: nothing,
		"the ": nothing, `"of the"`: nothing, "-the": nothing,
		"it": `The word "it" is not searched, the name "IT" is. The query leaves no article out.`,
		"":   "", "*": "", "level:incident": "", "has:victim": "", "the hospital": "", "records:": "",
		"€2021": `Signs are not searched: "€2021" is searched as "2021".`,
	} {
		res, err := e.Search(t.Context(), search.Request{Query: text})
		if err != nil {
			t.Fatal(err)
		}
		var got string
		for _, n := range res.Notes {
			if n.Kind == search.NoteNothing || n.Kind == search.NoteSigns {
				got = n.Text
			}
		}
		if got != want {
			t.Errorf("%s: note %q, want %q", text, got, want)
		}
		if want == nothing && (res.Total != 5 || res.Sort != search.ByNewest) {
			t.Errorf("%s: %d articles sorted by %s, want all of them, newest first", text, res.Total, res.Sort)
		}
	}
}

func TestNotes(t *testing.T) {
	e := search.NewEngine(small(t))
	for text, want := range map[string]search.Note{
		"custoemrs":        {Kind: search.NoteCorrected, Query: `"custoemrs"`, Text: `No article has the word "custoemrs". These have "customers".`},
		"xustomers acme":   {Kind: search.NoteCorrected, Query: `"xustomers" acme`, Text: `No article has the word "xustomers". These have "customers".`},
		"customerz":        {Kind: search.NoteCorrected, Query: `"customerz"`, Text: `No article has the word "customerz". These have "customers".`},
		"MGM":              {Kind: search.NoteAlias, Query: `"MGM"`, Text: "MGM: MGM Resorts"},
		"hospital resort":  {Kind: search.NoteAnyWords, Text: "No article has all of these words. These have some of them."},
		"hospital sale -x": {Kind: search.NoteAnyWords, Text: "No article has all of these words. These have some of them."},
		"customers hospital": {Kind: search.NoteAnyWords, Query: "customers hospital", Match: search.WantAll,
			Text: "Few articles (2) have all of these words. The others have some of them."},
	} {
		res, err := e.Search(t.Context(), search.Request{Query: text})
		if err != nil {
			t.Fatal(err)
		}
		if len(res.Hits) == 0 {
			t.Errorf("%s: no hits", text)
		}
		if len(res.Notes) == 0 {
			t.Errorf("%s: no note", text)
			continue
		}
		if diff := cmp.Diff(want, res.Notes[0]); diff != "" {
			t.Errorf("%s (-want +got)\n%s", text, diff)
		}
	}
	// What must not be corrected.
	for _, text := range []string{"2022", "CVE-2021-44229", "act", "44227", `"custoemrs"`, "-custoemrs", "cafe", "customer's", "Custamer", "Ovners", "Macy's"} {
		res, err := e.Search(context.Background(), search.Request{Query: text})
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range res.Notes {
			if n.Kind == search.NoteCorrected {
				t.Errorf("%s: %s", text, n.Text)
			}
		}
	}
}

// TestSlipsOfNames wants names where words are misspelled: run together, parted, or
// written as a word that hardly any article has.
func TestSlipsOfNames(t *testing.T) {
	s := testStore(t)
	var docs []*data.Document
	add := func(times int, title, text string) {
		for range times {
			docs = append(docs, textOnly(fmt.Sprint("d", len(docs)), title, text))
		}
	}
	add(6, "Facebook loses phone numbers", "Facebook told its members.")
	add(6, "Home Depot cards stolen", "Home Depot shut its tills. A team helps.")
	add(12, "Team wins prize", "The team was quick.")
	add(8, "Hope for museums", "They hope to open.")
	add(6, "Patreon attacked", "Patreon reset passwords.")
	add(1, "Museum reopens", "A patron gave a daily plan.")
	add(9, "Daily digest", "The bank and its daily news.")
	add(3, "Go Daddy hosts breached", "Go Daddy wrote to clients.")
	docs[0].Mentions = []data.Mention{{ID: "x", Role: data.Subject, Claims: []data.Claim{
		{Field: data.Victim, Value: "Bank of America", Status: data.Actual, Confidence: 1, Rule: "test"},
	}}}
	fill(t, s, docs)
	e := search.NewEngine(s)
	for text, want := range map[string]struct{ title, note, query string }{
		"homedepot":            {"Home Depot cards stolen", `No article has the word "homedepot". These have "home depot".`, `"homedepot"`},
		"homedepot cards":      {"Home Depot cards stolen", `No article has the word "homedepot". These have "home depot".`, `"homedepot" cards`},
		"phone face book":      {"Facebook loses phone numbers", `No article has "face book" side by side. These have "facebook".`, `phone "face" "book"`},
		"patron":               {"Patreon attacked", `Few articles (1) have the word "patron". These have "patreon".`, `"patron"`},
		"go daidy":             {"Go Daddy hosts breached", `No article has "go daidy" side by side. These have "go daddy".`, `"go" "daidy"`},
		"daidy":                {"Daily digest", `No article has the word "daidy". These have "daily".`, `"daidy"`},
		"facebok OR homedepot": {"Home Depot cards stolen", `No article has the word "facebok". These have "facebook".`, `"facebok" OR "homedepot"`},
		"merrill lynch cards":  {"Facebook loses phone numbers", "merrill lynch: Bank of America", `"merrill lynch" cards`},
		"hope depot":           {"Home Depot cards stolen", `No article has "hope depot" side by side. These have "home depot".`, `"hope" "depot"`},
		"team":                 {"Team wins prize", "", ""},
		"museum":               {"Museum reopens", "", ""},
	} {
		res, err := e.Search(t.Context(), search.Request{Query: text})
		if err != nil {
			t.Fatal(err)
		}
		got := struct{ title, note, query string }{title: title(res)}
		if len(res.Notes) > 0 {
			got.note, got.query = res.Notes[0].Text, res.Notes[0].Query
		}
		if got != want {
			t.Errorf("%s:\n got %q\nwant %q", text, got, want)
		}
	}
}

func TestHitsSayHowManyWordsTheyHave(t *testing.T) {
	e := search.NewEngine(small(t))
	res, err := e.Search(t.Context(), search.Request{Query: "hospital customers sale"})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]int{}
	for _, h := range res.Hits {
		got[h.Article.ID] = h.Matched
	}
	if diff := cmp.Diff(map[string]int{"acme": 2, "brill": 2, "third": 2}, got); diff != "" || res.Words != 3 {
		t.Errorf("%d words (-want +got)\n%s", res.Words, diff)
	}
}

func TestSuggestions(t *testing.T) {
	e := search.NewEngine(small(t))
	for typed, want := range map[string]string{
		"ac":        "organization:Acme field:Action field:Threat actor",
		"mgm":       "organization:MGM Resorts",
		"resor":     "organization:MGM Resorts",
		"resprt":    "organization:MGM Resorts",
		"ranso":     "value:Ransomware field:Ransom demanded field:Ransom paid",
		"ransmo":    "value:Ransomware",
		"casino cl": "title:Casino closes",
		"":          "",
	} {
		list, err := e.Suggest(t.Context(), typed, 0)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, s := range list {
			got = append(got, s.Kind+":"+s.Text)
			if _, problems := query.Parse(s.Query); len(problems) > 0 && s.Kind != search.SuggestField {
				t.Errorf("%s: %s has problems: %v", typed, s.Query, problems)
			}
		}
		if diff := cmp.Diff(want, strings.Join(got, " ")); diff != "" {
			t.Errorf("%q (-want +got)\n%s", typed, diff)
		}
	}
}

func TestRun(t *testing.T) {
	s := testStore(t)
	// Articles that are alike have the same score.
	fill(t, s, []*data.Document{textOnly("b", "", "hospital"), textOnly("a", "", "hospital"), textOnly("c", "", "other clinics")})
	queries := "{\"id\":\"q1\",\"text\":\"(hospital: -x\"}\n\n{\"id\":\"q2\",\"text\":\"clinics hospital\"}\n"
	var out strings.Builder
	if err := search.NewEngine(s).Run(t.Context(), strings.NewReader(queries), "name", 2, &out); err != nil {
		t.Fatal(err)
	}
	var got []string
	last, lastQuery := "", ""
	for line := range strings.Lines(out.String()) {
		f := strings.Fields(line)
		got = append(got, strings.Join(append(f[:4:4], f[5]), " "))
		if f[0] == lastQuery && f[4] >= last {
			t.Errorf("score %s after %s", f[4], last)
		}
		lastQuery, last = f[0], f[4]
	}
	want := []string{"q1 Q0 a 1 name", "q1 Q0 b 2 name", "q2 Q0 c 1 name", "q2 Q0 a 2 name"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if err := search.NewEngine(s).Run(t.Context(), strings.NewReader("no JSON"), "name", 2, &out); err == nil {
		t.Error("no error for a line that is no JSON")
	}
}
