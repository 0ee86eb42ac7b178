package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
	"time"

	"incidex/data/sample"
	"incidex/indexer"
	"incidex/indexer/extract"
	"incidex/search/bleveindex"
)

// keptAnswers is the most memory that answers take that were given before, in bytes.
const keptAnswers = 32 << 20

// minToken is the least number of characters of an admin token.
const minToken = 16

func readToken(name string) (string, error) {
	raw, err := os.ReadFile(name)
	if err != nil {
		return "", fmt.Errorf("read admin token: %w", err)
	}
	token := strings.TrimSpace(string(raw))
	if len(token) < minToken {
		return "", fmt.Errorf("the admin token in %s has %d characters: at least %d are wanted", name, len(token), minToken)
	}
	return token, nil
}

// openToServe opens the index to read it only, or as openOrSample does.
func openToServe(ctx context.Context, g *global, extractor func() *extract.Extractor, readOnly bool) (*bleveindex.Store, error) {
	if readOnly {
		return bleveindex.Open(g.data, bleveindex.Options{ReadOnly: true, Verify: true, Command: "serve"})
	}
	return openOrSample(ctx, g, extractor)
}

// watch keeps the index up to date with the folders that a server was given, if any.
func watch(ctx context.Context, runs *runs, poll time.Duration) {
	if len(runs.roots) == 0 {
		return
	}
	w := indexer.Watcher{Roots: runs.roots, Poll: poll, Changed: runs.Watched, Log: runs.log}
	go func() {
		if err := w.Run(ctx); err != nil {
			runs.log.Error("folders are not watched", "error", err)
		}
	}()
}

// newLog is the log of a server, in the form and from the level that were asked for.
func newLog(w io.Writer, o serveOptions) (*slog.Logger, error) {
	var options slog.HandlerOptions
	var level slog.Level
	if err := level.UnmarshalText([]byte(o.logLevel)); err != nil {
		return nil, usageError{fmt.Errorf("--log-level %q: want debug, info, warn or error", o.logLevel)}
	}
	options.Level = level
	if o.logJSON {
		return slog.New(slog.NewJSONHandler(w, &options)), nil
	}
	return slog.New(slog.NewTextHandler(w, &options)), nil
}

// openOrSample opens the index, and makes one of the sample articles where there
// is none.
func openOrSample(ctx context.Context, g *global, extractor func() *extract.Extractor) (*bleveindex.Store, error) {
	first := !bleveindex.HasIndex(g.data)
	store, err := bleveindex.Open(g.data, bleveindex.Options{Create: first, Verify: true, Command: "serve"})
	if err != nil || !first {
		return store, err
	}
	x := indexer.Indexer{Sink: store.Current(), Extractor: extractor()}
	sum, err := x.Run(ctx, indexer.Options{FS: sample.FS(), Prefix: sample.Prefix})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("index the sample: %w", err), store.Close())
	}
	say(g.toOut(), "indexed the sample of %d articles into %s; index your own with: incidex index FOLDER\n", sum.Indexed(), g.data)
	return store, nil
}
