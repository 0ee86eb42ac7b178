// Benchmark measures the program's whole pipeline and its searches beside raw
// Bleve and beside SQLite's FTS5, on made-up articles.
//
//	go run ./cmd/benchmark                    10,000 articles
//	go run ./cmd/benchmark -n 10000,100000    both sizes, and how costs grow
//	go run ./cmd/benchmark -n 1000000 -alone  a million, without the others
//	go run ./cmd/benchmark -json              the ratios as JSON
//	go run ./cmd/benchmark -keep FOLDER       leaves the indexes, and the next run with
//	                                          the folder only searches them
//
// # The articles
//
// They are made from a seed: running words by Zipf's law (60,000 invented words
// behind the most frequent ones of English) between sentences on incidents, so
// that extraction and grouping have their usual work; about 2.9 KB each, about
// 1.6 articles an incident. No text is copied.
//
// # The engines
//
// The product reads the articles as JSON Lines, extracts, groups and writes. What
// it has found is given to the others as finished fields, so that all index the
// same: Bleve with one mapping as its users write it (analyzer "en", stored,
// default term vectors, keywords with doc values, numbers, dates, batches of 1000),
// and SQLite with an FTS5 index (Porter stems) over a table, a table of values
// and indexes on them. Each indexes in a process of its own; the engines take
// turns, and of several rounds the best counts.
//
// # The figures
//
// Questions are asked of all engines in turn, round by round, in one process, so
// that what else the machine does disturbs all alike: believe the ratios, not the
// times. Searches return the number of hits and the first 20 ids. Where the product
// and Bleve disagree on a number of hits or a count, the table says so: their words
// differ a little, as the product cuts short stems less and finds joined words.
//
//	index.ratio            articles a second, product over Bleve (higher is better)
//	index.cpu_ratio        the same by processor time
//	size.ratio             bytes of the index, product over Bleve
//	search.ratio.p50       questions without facets, product over Bleve; also p95,
//	                       and worst: the highest ratio of medians
//	search.ratio.once      of words that were not asked for before, each question once:
//	                       in all others the product has read the words' postings
//	facets.ratio           median with eight term facets, a number and a date over
//	                       the same search without, on a common word; all: for all articles
//	disjunctive.ratio      the same with two values selected, over the same
//	                       selection uncounted
//	facets.vs_bleve        how many times faster than Bleve's facets; .all and .word
//	sort.ratio             by date and by records over by score, the slower one
//	sqlite.worst           the highest ratio of medians, product over SQLite
//	http.ratio             p99 of a whole answer over HTTP over p99 in process
//	page.over_ms           median of a whole page over that of the answer in process
//	cached.ratio           median of answers that the engine has kept over that of the
//	                       answers in process; no other figure is of kept answers
//	noop.ratio             a second run over the unchanged folder over the first
//	open_ms                opening the index up to its first answer
//	peak_rss               bytes, of the process that opens and searches
//	index.growth           cost per article, largest size over smallest
//	search.exponent        how the pooled median grows with the number of articles
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
)

type options struct {
	sizes  []int
	seed   uint64
	rounds int
	asks   int
	alone  bool
	keep   string
	json   bool
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if len(os.Args) == 5 && os.Args[1] == "-job" {
		exit(job(ctx, os.Args[2], os.Args[3], os.Args[4]))
	}
	var o options
	sizes := flag.String("n", "10000", "numbers of articles, separated by commas")
	flag.Uint64Var(&o.seed, "seed", 1, "seed of the articles")
	flag.IntVar(&o.rounds, "rounds", 2, "rounds of indexing")
	flag.IntVar(&o.asks, "asks", 25, "rounds of searching")
	flag.BoolVar(&o.alone, "alone", false, "measure the product only")
	flag.StringVar(&o.keep, "keep", "", "folder to leave articles and indexes in, or to find them in; a temporary one is removed")
	flag.BoolVar(&o.json, "json", false, "write the ratios as JSON")
	flag.Parse()
	for s := range strings.SplitSeq(*sizes, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(s))
		if err != nil || n < 1 {
			exit(fmt.Errorf("-n %s: want numbers of articles", *sizes))
		}
		o.sizes = append(o.sizes, n)
	}
	exit(benchmark(ctx, o))
}

func exit(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "benchmark:", err)
		os.Exit(1)
	}
	os.Exit(0)
}

func benchmark(ctx context.Context, o options) error {
	dir := o.keep
	if dir == "" {
		var err error
		if dir, err = os.MkdirTemp("", "benchmark-*"); err != nil {
			return err
		}
		defer os.RemoveAll(dir)
	}
	log := func(format string, args ...any) { fmt.Fprintf(os.Stderr, format+"\n", args...) }
	var all []*measured
	for _, n := range o.sizes {
		m, err := measure(ctx, o, n, fmt.Sprintf("%s/%d", dir, n), log)
		if err != nil {
			return err
		}
		all = append(all, m)
		if !o.json {
			m.print(os.Stdout)
		}
	}
	if o.json {
		enc := json.NewEncoder(os.Stdout)
		enc.SetIndent("", "  ")
		return enc.Encode(report(all))
	}
	printRatios(os.Stdout, report(all))
	return nil
}

// measured is all that was measured at one size.
type measured struct {
	*kept
	open    result
	engines []string
	once    []times // of questions that are asked once, by engine
	asked   []asked
	served  *served
}

func measure(ctx context.Context, o options, n int, dir string, log func(string, ...any)) (*measured, error) {
	m := &measured{engines: []string{"incidex", "Bleve", "SQLite"}}
	if o.alone {
		m.engines = m.engines[:1]
	}
	g := newGenerator(o.seed)
	made, err := readKept(dir)
	if err != nil {
		return nil, err
	}
	if m.kept = made; made == nil {
		if m.kept, err = m.index(ctx, g, n, o.rounds, dir, log); err != nil {
			return nil, err
		}
	}
	home := filepath.Join(dir, m.engines[0])
	if m.open, err = start(ctx, "open", home, strconv.FormatUint(o.seed, 10)); err != nil {
		return nil, err
	}
	p, err := openProduct(home)
	if err != nil {
		return nil, err
	}
	engines := []engine{p}
	defer func() {
		for _, e := range engines {
			err = errors.Join(err, e.close())
		}
	}()
	if !o.alone {
		b, err := openBleve(filepath.Join(dir, m.engines[1]))
		if err != nil {
			return nil, err
		}
		engines = append(engines, b)
		s, err := openSQLite(filepath.Join(dir, m.engines[2]))
		if err != nil {
			return nil, err
		}
		engines = append(engines, s)
	}
	list := questions(g.words)
	log("search %d articles", n)
	if m.once, err = askOnce(ctx, engines, g.words, o.seed); err != nil {
		return nil, err
	}
	if m.asked, err = askAll(ctx, engines, list, o.asks); err != nil {
		return nil, err
	}
	m.served, err = serve(ctx, p, list, o.asks)
	return m, err
}
