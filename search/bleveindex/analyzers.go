package bleveindex

import (
	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/registry"

	"incidex/search/text"
)

// The analyzers that the mapping names. A program that imports this package can open an
// index with Bleve and search it with Bleve's own queries; to one that does not, Bleve says
// that there is no such analyzer.
const (
	stemAnalyzer  = "incidex"
	exactAnalyzer = "incidex_exact"
)

func init() {
	for name, exact := range map[string]bool{stemAnalyzer: false, exactAnalyzer: true} {
		err := registry.RegisterAnalyzer(name, func(map[string]any, *registry.Cache) (analysis.Analyzer, error) {
			return analyzer{exact}, nil
		})
		if err != nil {
			panic(err) // the name is taken: it is a fault of the program
		}
	}
}

// analyzer makes the terms that the fields of words show to Bleve: stems, or words as
// written if exact. Of joined words it takes the parts, which stand side by side.
type analyzer struct{ exact bool }

func (a analyzer) Analyze(input []byte) analysis.TokenStream {
	var out analysis.TokenStream
	for _, w := range text.Analyze(string(input)) {
		if w.Joined {
			continue
		}
		term := w.Stem
		if a.exact {
			term = w.Exact
		}
		out = append(out, &analysis.Token{Term: []byte(term), Start: w.Start, End: w.End, Position: w.Pos})
	}
	return out
}
