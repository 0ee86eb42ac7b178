package bleveindex

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	blevequery "github.com/blevesearch/bleve/v2/search/query"
	"github.com/google/go-cmp/cmp"

	"incidex/data"
	"incidex/search"
	"incidex/search/query"
	"incidex/search/text"
)

// theirs are the articles that a query of Bleve's finds, in the order of their ids.
func theirs(t *testing.T, idx bleve.Index, q blevequery.Query) []string {
	t.Helper()
	res, err := idx.Search(bleve.NewSearchRequestOptions(q, 1000, 0, false))
	if err != nil {
		t.Fatal(err)
	}
	out := []string{}
	for _, hit := range res.Hits {
		out = append(out, strings.TrimPrefix(hit.ID, articleID("")))
	}
	slices.Sort(out)
	return out
}

// on puts a query of Bleve's on a field.
func on[Q interface {
	blevequery.Query
	SetField(string)
}](field string, q Q) blevequery.Query {
	q.SetField(field)
	return q
}

// Bleve's own queries find on the sample what ours do.
func TestBleveFindsTheSame(t *testing.T) {
	s := testStore(t)
	docs := sampleDocuments(t)
	for batch := range slices.Chunk(docs, 30) { // several segments
		fill(t, s, batch)
	}
	idx := s.Current().bleve
	asked, found := 0, 0
	same := func(what string, node query.Node, q blevequery.Query) {
		t.Helper()
		ours := []string{}
		for _, m := range find(t, s, search.Plan{Query: node, Sort: search.ByNewest, Limit: 1000}) {
			ours = append(ours, m.ID)
		}
		slices.Sort(ours)
		if diff := cmp.Diff(ours, theirs(t, idx, q)); diff != "" {
			t.Errorf("%s (-ours +theirs)\n%s", what, diff)
		}
		asked++
		found += len(ours)
	}
	for i, d := range docs {
		words := slices.DeleteFunc(text.Analyze(d.Text), func(w text.Word) bool { return w.Joined })
		for k := i % 7; k+1 < len(words); k += 41 {
			a, b := words[k], words[k+1]
			one, next := d.Text[a.Start:a.End], d.Text[b.Start:b.End]
			if len(text.Analyze(one)) != 1 || len(text.Analyze(next)) != 1 {
				continue
			}
			same("match "+one, query.Word{Text: one}, on(fieldBody, bleve.NewMatchQuery(one)))
			same("stem "+a.Stem, query.Word{Text: one}, on(fieldBody, bleve.NewTermQuery(a.Stem)))
			same("word "+a.Exact, query.Phrase{Text: one}, on(fieldBody+exactSuffix, bleve.NewTermQuery(a.Exact)))
			same("in titles "+one, query.Match{Field: query.Title, Value: one}, on(fieldTitle, bleve.NewMatchQuery(one)))
			same("both "+one+" "+next, query.And{Nodes: []query.Node{query.Word{Text: one}, query.Word{Text: next}}},
				bleve.NewConjunctionQuery(on(fieldBody, bleve.NewMatchQuery(one)), on(fieldBody, bleve.NewMatchQuery(next))))
			if begin := a.Exact[:min(4, len(a.Exact))]; text.Plain(begin) {
				same("prefix "+begin, query.Prefix{Text: begin}, on(fieldBody+exactSuffix, bleve.NewPrefixQuery(begin)))
			}
			if b.Pos == a.Pos+1 && !strings.ContainsAny(d.Text[a.End:b.Start], "-_.‐‑") {
				phrase := d.Text[a.Start:b.End]
				same("phrase "+phrase, query.Phrase{Text: phrase}, on(fieldBody, bleve.NewMatchPhraseQuery(phrase)))
			}
		}
	}
	for _, sector := range []string{"52", "62", "44-45"} {
		same("sector "+sector, query.Match{Field: data.Sector, Value: sector}, on(string(data.Sector), bleve.NewTermQuery(sector)))
	}
	if asked < 1000 || found < asked {
		t.Errorf("%d queries found %d articles: too few to tell", asked, found)
	}
}

// An index of somebody else's in the same process is left as it is.
func TestOtherIndexesStay(t *testing.T) {
	idx, err := bleve.NewUsing(t.TempDir()+"/other", bleve.NewIndexMapping(), scorch.Name, scorch.Name, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer idx.Close()
	if err := idx.Index("1", map[string]string{fieldBody: "The hackers left.", fieldTitle: "Hackers"}); err != nil {
		t.Fatal(err)
	}
	if got := theirs(t, idx, on(fieldBody, bleve.NewMatchQuery("hackers"))); !slices.Equal(got, []string{"1"}) {
		t.Errorf("an index of another program finds %v", got)
	}
}

// Frequencies and positions are those of the texts.
func TestBlevePositions(t *testing.T) {
	g := testStore(t).Current()
	docs := sampleDocuments(t)
	if err := g.Apply(context.Background(), &data.Batch{Articles: docs}); err != nil {
		t.Fatal(err)
	}
	r, err := g.scorch.Reader()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	for field, term := range map[string]func(text.Word) string{
		fieldTitle:               func(w text.Word) string { return w.Stem },
		fieldTitle + exactSuffix: func(w text.Word) string { return w.Exact },
	} {
		want, got := map[string][]int{}, map[string][]int{}
		terms := map[string]bool{}
		for _, d := range docs {
			for _, w := range text.Analyze(d.Title) {
				key := d.ID + " " + term(w)
				if at := want[key]; len(at) == 0 || at[len(at)-1] != w.Pos {
					want[key] = append(at, w.Pos)
				}
				terms[term(w)] = true
			}
		}
		for term := range terms {
			it, err := r.TermFieldReader(context.Background(), []byte(term), field, true, true, true)
			if err != nil {
				t.Fatal(err)
			}
			for x, err := it.Next(nil); x != nil || err != nil; x, err = it.Next(nil) {
				if err != nil {
					t.Fatal(err)
				}
				id, err := r.ExternalID(x.ID)
				if err != nil {
					t.Fatal(err)
				}
				key := strings.TrimPrefix(id, articleID("")) + " " + term
				for _, v := range x.Vectors {
					if v.Field != field {
						t.Errorf("%s: a position is said to be in %s", key, v.Field)
					}
					got[key] = append(got[key], int(v.Pos))
				}
				if int(x.Freq) != len(x.Vectors) {
					t.Errorf("%s: frequency %d with %d positions", key, x.Freq, len(x.Vectors))
				}
			}
			if err := it.Close(); err != nil {
				t.Fatal(err)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got)\n%s", field, diff)
		}
	}
}
