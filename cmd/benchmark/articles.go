package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"time"
)

// textBytes is the mean size of a text, as in a crawl of security news.
const textBytes = 2900

// article is what a source gives.
type article struct {
	ID        string   `json:"id"`
	Title     string   `json:"title"`
	Text      string   `json:"text"`
	Publisher string   `json:"publisher"`
	URL       string   `json:"url"`
	Date      string   `json:"date"`
	Language  string   `json:"language"`
	Tags      []string `json:"tags"`
}

// generator makes articles up. The same seed and number give the same article.
type generator struct {
	seed  uint64
	words *words
}

func newGenerator(seed uint64) *generator { return &generator{seed, newWords(seed)} }

// event is what several articles tell of.
type event struct {
	victim, short, kind, place string
	attack, actor, vector      string
	data                       [2]string
	whose                      string
	count                      int
	day                        time.Time
	response, outcome, law     string
}

// article makes article i.
func (g *generator) article(i int) article {
	r := rand.New(rand.NewPCG(g.seed, uint64(i)+1_000_000))
	// An event is told in the articles that follow it closely.
	e := g.event(max(0, i-int(r.ExpFloat64()*3)))
	published := e.day.AddDate(0, 0, 10+r.IntN(60))
	publisher := publishers[min(int(r.ExpFloat64()*6), len(publishers)-1)]
	a := article{
		ID: fmt.Sprintf("made-%07d", i), Title: e.fill(pick(r, titles)), Publisher: publisher,
		URL:  fmt.Sprintf("https://%s.example/%d", strings.ToLower(strings.ReplaceAll(publisher, " ", "-")), i),
		Date: published.Format(time.DateOnly), Language: "en",
		Tags: []string{pick(r, tags), pick(r, tags)},
	}
	size := int(textBytes * math.Exp(r.NormFloat64()*0.35-0.06))
	var b strings.Builder
	told := r.Perm(len(sentences))
	for n := 0; b.Len() < size; n++ {
		switch {
		case n == 0:
			b.WriteString(e.fill(pick(r, openings)))
		case n%2 == 0 && n/2 < len(told):
			b.WriteString(e.fill(sentences[told[n/2]]))
		default:
			g.words.sentence(r, &b, 8+r.IntN(18))
		}
		if r.IntN(3) == 0 {
			b.WriteString("\n\n")
		} else {
			b.WriteByte(' ')
		}
	}
	a.Text = strings.TrimSpace(b.String())
	return a
}

func (g *generator) event(i int) *event {
	r := rand.New(rand.NewPCG(g.seed+1, uint64(i)))
	k := kinds[min(int(r.ExpFloat64()*4), len(kinds)-1)]
	name := capital(invent(r, 2))
	first := r.IntN(len(dataTypes))
	return &event{
		victim: name + " " + pick(r, k.names), short: name, kind: k.what, place: places[min(int(r.ExpFloat64()*5), len(places)-1)],
		attack: attacks[min(int(r.ExpFloat64()*4), len(attacks)-1)], actor: actors[min(int(r.ExpFloat64()*4), len(actors)-1)],
		vector: pick(r, vectors), data: [2]string{dataTypes[first], dataTypes[(first+1+r.IntN(len(dataTypes)-1))%len(dataTypes)]},
		whose: pick(r, whose), count: int(math.Pow(10, 2+5.5*r.Float64())),
		day:      time.Date(2014, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(float64(12*365)*math.Sqrt(r.Float64()))),
		response: pick(r, responses), outcome: pick(r, outcomes), law: pick(r, laws),
	}
}

// fill puts the event into a pattern.
func (e *event) fill(pattern string) string {
	return strings.NewReplacer(
		"{victim}", e.victim, "{short}", e.short, "{kind}", e.kind, "{place}", e.place, "{attack}", e.attack,
		"{actor}", e.actor, "{vector}", e.vector, "{data}", e.data[0], "{more}", e.data[1], "{whose}", e.whose,
		"{count}", grouped(e.count), "{day}", e.day.Format("January 2, 2006"), "{month}", e.day.Format("January 2006"),
		"{response}", e.response, "{outcome}", strings.ReplaceAll(e.outcome, "{short}", e.short), "{law}", e.law,
	).Replace(pattern)
}

// grouped writes a number with commas.
func grouped(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

func pick[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }

// capital makes the first letter of an ASCII word a capital.
func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
