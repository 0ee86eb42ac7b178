package group

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"incidex/data"
	"incidex/data/vocab"
)

// shelf is the least that keeps incidents: all of them, found by key.
type shelf struct {
	grouper   Grouper
	incidents map[string]*Incident
	redirects map[string]string
}

func newShelf() *shelf {
	return &shelf{incidents: map[string]*Incident{}, redirects: map[string]string{}}
}

func (s *shelf) taken(id string) bool { return s.incidents[id] != nil || s.redirects[id] != "" }

func (s *shelf) place(m data.Member) Decision {
	keys := Near(m.Signature)
	var candidates []*Incident
	for _, inc := range s.incidents {
		if slices.ContainsFunc(keys, func(k Key) bool { return slices.Contains(inc.Keys, k.Hash) }) {
			candidates = append(candidates, inc)
		}
	}
	if home := s.grouper.Rulings.Home(m.Article); home != "" && s.incidents[home] != nil && !slices.Contains(candidates, s.incidents[home]) {
		candidates = append(candidates, s.incidents[home])
	}
	p := NewNewcomer(m)
	d := s.grouper.Reason(p.Profile, candidates)
	inc, gone := s.grouper.Apply(d, p, candidates, s.taken)
	for _, id := range gone {
		delete(s.incidents, id)
		s.redirects[id] = inc.ID
	}
	s.incidents[inc.ID] = inc
	return d
}

// groups are the ids with their articles, sorted, one string an incident.
func (s *shelf) groups() []string {
	var out []string
	for id, inc := range s.incidents {
		var articles []string
		for _, m := range inc.Members {
			articles = append(articles, m.Article)
		}
		out = append(out, id+": "+strings.Join(articles, " "))
	}
	slices.Sort(out)
	return out
}

// member is the subject of an article that says, unless s has terms, its victim's
// name and a few words of its own.
func member(article string, s data.Signature) data.Member {
	if len(s.Terms) == 0 {
		for w := range words(s.Victim) {
			s.Terms = append(s.Terms, hash(w))
		}
		for n := range 3 {
			s.Terms = append(s.Terms, hash(fmt.Sprint(article, n)))
		}
	}
	return data.Member{Article: article, Role: data.Subject, Signature: s}
}

func TestGuards(t *testing.T) {
	type sig = data.Signature
	for name, test := range map[string]struct {
		members []data.Member
		want    []string
	}{
		"one victim years apart": {[]data.Member{
			member("a", sig{Victim: "Nimbus Mail", Published: "2016-09-22", Occurred: "2014", Numbers: []float64{500e6}}),
			member("b", sig{Victim: "Nimbus Mail", Published: "2016-12-14", Occurred: "2013-08", Numbers: []float64{1e9}}),
			member("c", sig{Victim: "Nimbus Mail", Published: "2016-09-23", Occurred: "2014", Numbers: []float64{500e6}}),
		}, []string{"nimbus-mail-2013: b", "nimbus-mail-2014: a c"}},
		"a count that grows": {[]data.Member{
			member("a", sig{Victim: "Credita", Published: "2017-09-07", Occurred: "2017-05", Numbers: []float64{143e6}}),
			member("b", sig{Victim: "Credita", Published: "2017-10-02", Occurred: "2017-05", Numbers: []float64{145.5e6}}),
			member("c", sig{Victim: "Credita", Published: "2018-03-01", Occurred: "2017-05", Numbers: []float64{147e6}}),
		}, []string{"credita-2017: a b c"}},
		"two victims of one campaign": {[]data.Member{
			member("a", sig{Victim: "Maison Rouge", Headlined: true, Published: "2025-06-03", Actors: []string{"Gang"}, Suppliers: []string{"Cloudy"}, Terms: []uint32{hash("maison"), hash("rouge"), 1, 2, 3, 4}}),
			member("b", sig{Victim: "Atelier Bleu", Headlined: true, Published: "2025-06-03", Actors: []string{"Gang"}, Suppliers: []string{"Cloudy"}, Terms: []uint32{hash("atelier"), hash("bleu"), 1, 2, 3, 4}}),
		}, []string{"atelier-bleu-2025: b", "maison-rouge-2025: a"}},
		"one name within another": {[]data.Member{
			member("a", sig{Victim: "Harbor", Published: "2020-02-03"}),
			member("b", sig{Victim: "Harbor Hotels Group", Published: "2020-02-04"}),
		}, []string{"harbor-2020: a b"}},
		"a near-copy under another name": {[]data.Member{
			member("a", sig{Victim: "Harbor", Published: "2020-02-03", Sketch: 0xf0f0_1234_5678_9abc, Terms: []uint32{1, 2}}),
			member("b", sig{Victim: "The Coast", Published: "2020-02-04", Sketch: 0xf0f0_1234_5678_9abd, Terms: []uint32{1, 2}}),
		}, []string{"harbor-2020: a b"}},
		"a late article on what an undated one reported": {[]data.Member{
			member("a", sig{Victim: "Harbor", Published: "2021-08-18", Terms: []uint32{1, 2}}),
			member("b", sig{Victim: "Harbor", Published: "2022-07-23", Occurred: "2021-08", Terms: []uint32{3, 4}}),
			member("c", sig{Victim: "Harbor", Published: "2019-07-23", Occurred: "2018-08", Terms: []uint32{5, 6}}),
		}, []string{"harbor-2018: c", "harbor-2021: a b"}},
		"two clinics of like names and news": {[]data.Member{
			member("a", sig{Victim: "Northgate Clinic", Headlined: true, Published: "2025-06-01", Occurred: "2025-05-05", Terms: []uint32{hash("northgate"), hash("clinic"), 1, 2, 3}}),
			member("b", sig{Victim: "Southgate Clinic", Headlined: true, Published: "2025-06-02", Occurred: "2025-06", Terms: []uint32{hash("southgate"), hash("clinic"), 1, 2, 3}}),
		}, []string{"northgate-clinic-2025: a", "southgate-clinic-2025: b"}},
		"two events of one year": {[]data.Member{
			member("a", sig{Victim: "Harbor", Published: "2020-01-03", Occurred: "2020-01-02"}),
			member("b", sig{Victim: "Harbor", Published: "2020-11-04", Occurred: "2020-11-01"}),
		}, []string{"harbor-2020-2: b", "harbor-2020: a"}},
		"one article tells of two incidents": {[]data.Member{
			member("a", sig{Victim: "Harbor", Published: "2020-01-03", Occurred: "2020"}),
			{Article: "a", Mention: 1, Role: data.Mentioned, Signature: sig{Victim: "Harbor", Published: "2020-01-03", Occurred: "2020"}},
		}, []string{"harbor-2020-2: a", "harbor-2020: a"}},
	} {
		t.Run(name, func(t *testing.T) {
			s := newShelf()
			for _, m := range test.members {
				s.place(m)
			}
			if diff := cmp.Diff(test.want, s.groups()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestMergeOfIncidents(t *testing.T) {
	s := newShelf()
	s.place(member("a", data.Signature{Victim: "Harbor", Published: "2020-01-01", Terms: []uint32{1, 2, 3, 4}}))
	s.place(member("b", data.Signature{Published: "2020-01-02", Terms: []uint32{3, 7, 8, 9}, Malware: []string{"Eel"}}))
	d := s.place(member("c", data.Signature{Victim: "Harbor", Published: "2020-01-02", Terms: []uint32{1, 3, 7, 8}, Malware: []string{"Eel"}}))
	if d.Verdict != Merge && d.Verdict != Join {
		t.Fatalf("verdict %s\n%s", d.Verdict, d.Explain())
	}
	for _, inc := range s.incidents {
		for _, gone := range inc.Merged {
			if s.redirects[gone] != inc.ID {
				t.Errorf("%s lists %s as merged, which redirects to %q", inc.ID, gone, s.redirects[gone])
			}
		}
	}
}

func TestFirstArticleNames(t *testing.T) {
	s := newShelf()
	s.place(data.Member{Article: "a", Mention: 1, Role: data.Mentioned, Signature: data.Signature{Victim: "Harbor", Published: "2020-05-01"}})
	s.place(member("b", data.Signature{Victim: "Harbor", Published: "2020-04-20", Occurred: "2019-12", Terms: []uint32{1, 2}}))
	if diff := cmp.Diff([]string{"harbor-2019: a b"}, s.groups()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if s.redirects["harbor"] != "harbor-2019" || !slices.Contains(s.incidents["harbor-2019"].Merged, "harbor") {
		t.Errorf("the former id does not redirect: %v, %v", s.redirects, s.incidents["harbor-2019"].Merged)
	}
}

func TestDatedHeadlines(t *testing.T) {
	s := newShelf()
	m := data.Mention{Role: data.Subject, Claims: []data.Claim{{Field: data.Victim, Value: "Nimbus", Status: data.Actual}}}
	for _, a := range []data.Article{
		{ID: "a", Title: "Every Nimbus account was taken in its 2013 breach", Text: "Nimbus said that all accounts were taken.", Date: "2017-10"},
		{ID: "b", Title: "Man admits part in the 2014 Nimbus breach", Text: "He took accounts of Nimbus.", Date: "2017-11"},
		{ID: "c", Title: "Fallout of Nimbus breach of 2014", Text: "All accounts of Nimbus.", Date: "2017-11"},
	} {
		s.place(member(a.ID, Sign(&a, &m)))
	}
	if diff := cmp.Diff([]string{"nimbus-2013: a", "nimbus-2014: b c"}, s.groups()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestRemove(t *testing.T) {
	s := newShelf()
	s.place(member("a", data.Signature{Victim: "Harbor", Published: "2020-01-01"}))
	s.place(member("b", data.Signature{Victim: "Harbor Hotels", Published: "2020-01-02"}))
	inc := s.incidents["harbor-2020"]
	left := Remove(inc, "b")
	if left == nil || left.ID != "harbor-2020" || len(left.Members) != 1 || slices.Contains(left.Keys, hash(victimKey, "harbor hotels")) || len(inc.Members) != 2 {
		t.Errorf("left %+v of %+v", left, inc)
	}
	if Remove(left, "a") != nil {
		t.Error("an incident without articles did not disappear")
	}
}

func TestNewID(t *testing.T) {
	ids := map[string]bool{"nimbus-2014": true, "nimbus-2014-2": true}
	for want, s := range map[string]data.Signature{
		"nimbus-2014-3":      {Victim: "Nimbus", Occurred: "2014-05", Published: "2016"},
		"cafe-and-sons-2020": {Victim: "Café & Sons", Published: "2020-01-01", Terms: []uint32{1}},
		"eel-2021":           {Malware: []string{"Eel"}, Disclosed: "2021", Topic: "Slippery worm"},
		"slippery-worm":      {Topic: "Slippery worm"},
		"harbor":             {Victim: "Harbor", Published: "2020"}, // mentioned in passing, without a date
		"incident":           {},
	} {
		if got := NewID(s, func(id string) bool { return ids[id] }); got != want {
			t.Errorf("NewID = %q, want %q", got, want)
		}
	}
}

// TestDeterministic holds that a decision does not depend on the order of the
// candidates, that its contributions add up, that Place decides as Reason does, and that
// neither changes anything.
func TestDeterministic(t *testing.T) {
	rnd := rand.New(rand.NewPCG(7, 8))
	s := newShelf()
	for i := range 300 {
		m := member(fmt.Sprintf("a%03d", i), randomSignature(rnd))
		var all []*Incident
		for _, inc := range s.incidents {
			all = append(all, inc)
		}
		before := s.groups()
		p := newProfile(m)
		want := s.grouper.Reason(p, all)
		rnd.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		if diff := cmp.Diff(want, s.grouper.Reason(p, all)); diff != "" {
			t.Fatalf("article %d (-want +got):\n%s", i, diff)
		}
		if want.Compared = nil; want.Verdict == Start {
			want.Score = 0 // of what is not joined Place knows no score
		}
		got := s.grouper.Place(p, all)
		if got.Verdict == Start {
			got.Score = 0
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("article %d: Reason and Place differ (-want +got):\n%s", i, diff)
		}
		if diff := cmp.Diff(before, s.groups()); diff != "" {
			t.Fatalf("an incident has changed (-want +got):\n%s", diff)
		}
		s.place(m)
	}
	members := 0
	for _, inc := range s.incidents {
		members += len(inc.Members)
		for _, m := range inc.Members {
			for _, o := range inc.Members {
				score, why := explainPair(m, o)
				back, _ := explainPair(o, m)
				var sum float64
				for _, c := range why {
					sum += c.Score
				}
				if diff := score - back; diff > 1e-9 || diff < -1e-9 || sum != score {
					t.Fatalf("explainPair is %g one way, %g the other, its contributions %g", score, back, sum)
				}
			}
		}
	}
	if members != 300 || len(s.incidents) < 10 || len(s.incidents) > 290 {
		t.Errorf("%d members in %d incidents", members, len(s.incidents))
	}
}

func randomSignature(rnd *rand.Rand) data.Signature {
	s := data.Signature{Published: data.Date(fmt.Sprintf("20%d-%02d", 18+rnd.IntN(3), 1+rnd.IntN(12)))}
	if v := rnd.IntN(30); v < 25 {
		s.Victim = fmt.Sprintf("Victim%c", 'A'+v)
	}
	for range 1 + rnd.IntN(6) {
		s.Terms, s.Counts = append(s.Terms, uint32(rnd.IntN(60))), append(s.Counts, uint8(1+rnd.IntN(9)))
	}
	s.Terms = firstOf(s.Terms, len(s.Terms))
	s.Counts = s.Counts[:len(s.Terms)]
	if rnd.IntN(2) == 0 {
		s.Numbers = []float64{float64(rnd.IntN(5) * 1000)}
	}
	return s
}

func TestExplain(t *testing.T) {
	s := newShelf()
	s.place(member("a", data.Signature{Victim: "Harbor", Published: "2020-01-01", Numbers: []float64{4000}}))
	got := s.place(member("b", data.Signature{Victim: "Harbor", Published: "2020-01-03", Numbers: []float64{4000}})).Explain()
	for _, want := range []string{"join harbor-2020", "nearest article a", "+3.00 same victim Harbor", "same number 4000", "published within a week"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in\n%s", want, got)
		}
	}
}

func TestExplainIncident(t *testing.T) {
	s := newShelf()
	s.place(member("a", data.Signature{Victim: "Harbor", Published: "2020-01-01"}))
	alone := s.grouper.Explain(s.incidents["harbor-2020"].Data())
	if diff := cmp.Diff([]Bond{{Article: "a", Role: data.Subject}}, alone); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	s.place(member("b", data.Signature{Victim: "Harbor", Published: "2020-01-03"}))
	s.grouper.Rulings = Rule([]Entry{{N: 1, Act: ActPin, Incident: "harbor-2020", Articles: []string{"b"}}})
	bonds := s.grouper.Explain(s.incidents["harbor-2020"].Data())
	if len(bonds) != 2 || bonds[0].Nearest != "b" || bonds[1].Nearest != "a" || bonds[0].Score != bonds[1].Score || bonds[0].Ruling != "" {
		t.Errorf("bonds %+v", bonds)
	}
	if want := "decision 1 (pin) puts it in harbor-2020"; bonds[1].Ruling != want {
		t.Errorf("ruling %q, want %q", bonds[1].Ruling, want)
	}
}

func TestSketch(t *testing.T) {
	var words []string
	for i := range 200 {
		words = append(words, fmt.Sprintf("word%d", i*i%97))
	}
	text := strings.Join(words, " ")
	words[100] = "changed"
	if !data.NearCopy(sketch(strings.Fields(text)), sketch(append([]string{"wire"}, words...))) {
		t.Error("a copy with two changed words is no near-copy")
	}
	slices.Sort(words)
	if data.NearCopy(sketch(strings.Fields(text)), sketch(words)) {
		t.Error("other sentences of the same words are a near-copy")
	}
	if sketch(strings.Fields("too short to tell")) != 0 {
		t.Error("a short text has a sketch")
	}
}

func TestHeadline(t *testing.T) {
	for title, want := range map[string]string{
		"Harbor Hotels tells guests of a leak | The Daily Post": "Harbor Hotels tells guests of a leak",
		"Harbor Hotels tells of leak - Post - Security - News":  "Harbor Hotels tells of leak",
		"Eel worm - what we know":                               "Eel worm - what we know",
		"Harbor's second-largest owner was hit in a data leak":  "Harbor's second-largest owner was hit in a data leak",
	} {
		if got := headline(title); got != want {
			t.Errorf("headline(%q) = %q, want %q", title, got, want)
		}
	}
}

func TestOwnWords(t *testing.T) {
	for text, want := range map[string]string{
		"Weeks before Eel, Lamprey spread": "week before lamprey spread",
		"A second Eel-like worm":           "second like", // what stands behind "like" goes too
		"It is larger than the Eel":        "larger than",
		"The Lampreys of Harbor":           "the lamprey harbor",
	} {
		got := strings.Join(slices.Collect(ownWords(strings.Fields(vocab.Fold(text)))), " ")
		if got != want {
			t.Errorf("ownWords(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestCampaign(t *testing.T) {
	for name, test := range map[string]struct {
		article  data.Article
		mentions []data.Mention
		want     bool
	}{
		"on security":    {data.Article{Title: "New Eel malware spreads", Text: "It spreads."}, nil, true},
		"two cues":       {data.Article{Title: "Eel spreads", Text: "The worm, a ransomware, spreads."}, nil, true},
		"has a subject":  {data.Article{Title: "New Eel malware spreads"}, []data.Mention{{Role: data.Subject}}, false},
		"only mentions":  {data.Article{Title: "New Eel malware spreads"}, []data.Mention{{Role: data.Mentioned}}, true},
		"something else": {data.Article{Title: "Wheat prices fall", Text: "Prices fell, and a trader was hacked off."}, nil, false},
	} {
		if m, ok := Campaign(&test.article, test.mentions); ok != test.want || ok && m.Role != data.Subject {
			t.Errorf("%s: %v, want %v", name, ok, test.want)
		}
	}
}

// Victims that sources give themselves and that are no kin are never one incident,
// whatever else their articles share.
func TestGivenVictimsStayApart(t *testing.T) {
	same := data.Signature{VictimGiven: true, Headlined: true, Published: "2019-02-11", Occurred: "2019", Attacks: []string{"Ransomware"},
		Numbers: []float64{162_412_345}, Terms: []uint32{1, 2, 3, 4, 5, 6}, Counts: []uint8{9, 9, 9, 9, 9, 9}, Sketch: 0x1234567890abcdef}
	s := newShelf()
	for i, victim := range []string{"Dubsmash", "MyHeritage", "ShareThis"} {
		same.Victim = victim
		s.place(member(fmt.Sprint("a", i), same))
	}
	if got := s.groups(); len(got) != 3 {
		t.Errorf("three victims that are given make the incidents %q", got)
	}
}

// Pages of one template about two events stay apart: other names, years and counts.
func TestPagesOfOneTemplateStayApart(t *testing.T) {
	page := func(article, victim string, occurred data.Date, count float64) data.Member {
		return member(article, data.Signature{Victim: victim, Headlined: true, Published: occurred, Occurred: occurred, Numbers: []float64{count},
			Attacks: []string{"Unauthorized access"}, DataTypes: []string{"Names"}, Terms: []uint32{1, 2, 3, 4, 5, 6, hash("norvale")}, Counts: []uint8{9, 9, 9, 9, 9, 9, 9}})
	}
	s := newShelf()
	s.place(page("a", "Norvale", "2016-07", 50_000))
	s.place(page("b", "Norvale Developers Conference", "2023-07", 4_000))
	if got := s.groups(); len(got) != 2 {
		t.Errorf("pages of one template make the incidents %q", got)
	}
}
