package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"incidex/data/sample"
	"incidex/httpapi"
	"incidex/indexer"
	"incidex/indexer/extract"
	"incidex/search"
	"incidex/search/bleveindex"
)

// shutdownTime is how long requests may go on after the server was told to stop.
const shutdownTime = 5 * time.Second

type serveOptions struct {
	listen    string
	anyHost   bool
	watch     []string
	poll      time.Duration
	keys      map[string]string
	tokenFile string
}

func newServe(g *global) *cobra.Command {
	var o serveOptions
	c := &cobra.Command{
		Use:   "serve",
		Short: "Serve the pages and the search interface",
		Long: `Serve opens the index and answers in the browser and over HTTP. Where there is no
index yet, it makes one of the sample articles that come with the program.

It listens on this machine only unless --listen says otherwise; it has no
accounts, so put a proxy with a login before it when others can reach it.

` + exitCodes,
		Args: args(0, 0, "no arguments"),
		RunE: func(c *cobra.Command, _ []string) error { return runServe(c.Context(), g, o) },
	}
	c.Flags().StringVar(&o.listen, "listen", "127.0.0.1:8080", "address to listen on")
	c.Flags().StringArrayVar(&o.watch, "watch", nil, "folder to keep the index up to date with; may be repeated")
	c.Flags().DurationVar(&o.poll, "poll", 0, "look at the watched folders in this interval, as for network drives")
	c.Flags().StringToStringVar(&o.keys, "map", nil, "names of JSON keys or columns in watched files, as THEIRS=OURS,...")
	c.Flags().StringVar(&o.tokenFile, "admin-token-file", "", "file with the token that allows index runs over HTTP, inside the watched folders")
	c.Flags().BoolVar(&o.anyHost, "any-host", false, "answer requests for any host name, as behind a proxy")
	return c
}

func runServe(ctx context.Context, g *global, o serveOptions) error {
	listener, err := net.Listen("tcp", o.listen)
	if err != nil {
		return err
	}
	defer listener.Close()
	address := "http://" + listener.Addr().String()
	extractor := sync.OnceValue(extract.New)
	store, err := openOrSample(ctx, g, extractor)
	if err != nil {
		return err
	}
	defer store.Close()
	g.warn(store)
	log := slog.New(slog.NewTextHandler(g.err, nil))
	engine := search.NewEngine(store)
	engine.Keep(keptAnswers)
	options := httpapi.Options{
		Engine: engine, Documents: store.Documents, Trouble: store.Trouble,
		Backup:  func(dir string) (any, error) { return backUp(store, dir) },
		Version: version(), AnyHost: o.anyHost,
		Log: log, OwnerToken: rand.Text(),
	}
	if o.tokenFile != "" {
		if options.AdminToken, err = readToken(o.tokenFile); err != nil {
			return err
		}
	}
	working, stopWork := context.WithCancel(ctx)
	runs, err := newRuns(working, store, extractor, o.watch, log)
	if err != nil {
		stopWork()
		return err
	}
	runs.keys = o.keys
	told := newAlerts(store, log)
	runs.ended = told.wake
	options.Runs, options.Figures = runs, runs.figures
	options.Groups = groups{store: store, hold: runs.hold}
	defer func() { // no run may outlive the index
		stopWork()
		runs.busy.Lock()
	}()
	handler, err := httpapi.New(options)
	if err != nil {
		return err
	}
	if err := store.Serving(address, options.OwnerToken); err != nil {
		return err
	}
	if len(o.watch) > 0 {
		w := indexer.Watcher{Roots: runs.roots, Poll: o.poll, Changed: runs.Watched, Log: log}
		go func() {
			if err := w.Run(working); err != nil {
				log.Error("folders are not watched", "error", err)
			}
		}()
	}
	go told.run(working, &runs.busy)
	go tellTrouble(working, store.Trouble, log)
	server := httpapi.HTTPServer(handler)
	server.ErrorLog = slog.NewLogLogger(log.Handler(), slog.LevelWarn)
	stopped := make(chan error, 1)
	go func() {
		<-ctx.Done()
		grace, cancel := context.WithTimeout(context.Background(), shutdownTime)
		defer cancel()
		err := server.Shutdown(grace)
		if errors.Is(err, context.DeadlineExceeded) { // a client that never asks or never reads
			err = server.Close()
		}
		stopped <- err
	}()
	say(g.toOut(), "incidex serves %s on %s (Ctrl-C stops it)\n", g.data, address)
	if err := server.Serve(httpapi.Listener(listener)); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve: %w", err)
	}
	return <-stopped
}

// troubleEvery is the time between two looks at whether the index is still whole.
const troubleEvery = 2 * time.Second

// tellTrouble logs what is wrong with the index as soon as it is, once each.
func tellTrouble(ctx context.Context, trouble func() error, log *slog.Logger) {
	tick := time.NewTicker(troubleEvery)
	defer tick.Stop()
	said := ""
	for {
		if err := trouble(); err != nil && err.Error() != said {
			said = err.Error()
			log.Error("the index is in trouble", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

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
