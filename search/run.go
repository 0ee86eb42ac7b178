package search

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"incidex/search/query"
)

// maxQueryLine is the most bytes of a line of queries.
const maxQueryLine = 1 << 20

// Run answers a list of queries, one JSON object with "id" and "text" a line, and
// writes what it finds as a TREC run, at most limit hits a query:
//
//	query-id Q0 article-id rank score NAME
//
// The texts are plain words and not in the query language; any of the words will
// do, and none is corrected. Scores fall strictly with the rank, so that a program
// that sorts by them keeps the order.
func (e *Engine) Run(ctx context.Context, queries io.Reader, name string, limit int, w io.Writer) error {
	if limit < 1 {
		return fmt.Errorf("%w: %d hits a query: want 1 or more", ErrInvalid, limit)
	}
	snap, err := e.snapshot(ctx)
	if err != nil {
		return fmt.Errorf("run queries: %w", err)
	}
	defer snap.Close()
	out := bufio.NewWriter(w)
	lines := bufio.NewScanner(queries)
	lines.Buffer(nil, maxQueryLine)
	for n := 1; lines.Scan(); n++ {
		if strings.TrimSpace(lines.Text()) == "" {
			continue
		}
		var q struct{ ID, Text string }
		if err := json.Unmarshal(lines.Bytes(), &q); err != nil {
			return fmt.Errorf("%w: line %d of the queries: %w", ErrInvalid, n, err)
		}
		found, err := snap.Search(ctx, Plan{Query: plainWords(q.Text), Any: true, Sort: ByRelevance, Limit: limit})
		if err != nil {
			return fmt.Errorf("run query %s: %w", q.ID, err)
		}
		last := math.Inf(1)
		for i, hit := range found.Hits {
			score := min(hit.Score, math.Nextafter(last, math.Inf(-1)))
			last = score
			fmt.Fprintf(out, "%s Q0 %s %d %s %s\n", q.ID, hit.ID, i+1, strconv.FormatFloat(score, 'g', -1, 64), name)
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("read queries: %w", err)
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write run: %w", err)
	}
	return nil
}

// plainWords makes a query of the words of a text.
func plainWords(text string) query.Node {
	var nodes []query.Node
	for _, w := range strings.Fields(text) {
		nodes = append(nodes, query.Word{Text: w})
	}
	if len(nodes) == 1 {
		return nodes[0]
	}
	return query.And{Nodes: nodes}
}
