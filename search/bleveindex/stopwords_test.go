package bleveindex

import (
	"strings"
	"testing"

	"github.com/blevesearch/bleve/v2/analysis/lang/en"

	"incidex/search/text"
)

// The stop words are Bleve's.
func TestUpgradeStopWords(t *testing.T) {
	stop, err := en.TokenMapConstructor(nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	for w := range stop {
		// A possessive s goes before the list is asked.
		if found := text.Analyze(w); len(found) > 0 && !strings.HasSuffix(w, "'s") {
			upgraded(t, "leaves out the word "+w, "search/text/stopwords.txt")
		}
	}
	for _, w := range []string{"breach", "among", "will"} {
		if found := text.Analyze(w); len(found) == 0 != stop[w] {
			upgraded(t, "counts the word "+w+" otherwise", "search/text/stopwords.txt")
		}
	}
}
