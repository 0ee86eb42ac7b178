package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"incidex/httpapi"
	"incidex/indexer/extract"
	"incidex/search"
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

	authHeader string
	rate       float64
	rateGiven  bool
	readOnly   bool
	origins    []string
	logLevel   string
	logJSON    bool
}

// requestRate is how many requests a second a client may ask for long: more than a person
// and a browser do, less than what keeps others waiting.
const requestRate = 100

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
		RunE: func(c *cobra.Command, _ []string) error {
			if o.readOnly && (len(o.watch) > 0 || o.tokenFile != "") {
				return usageError{errors.New("--read-only goes without --watch and --admin-token-file, which are there to write")}
			}
			if o.rate < 0 {
				return usageError{fmt.Errorf("--rate %g: want a number of requests a second, or 0 for no limit", o.rate)}
			}
			o.rateGiven = c.Flags().Changed("rate")
			return runServe(c.Context(), g, o)
		},
	}
	c.Flags().StringVar(&o.listen, "listen", "127.0.0.1:8080", "address to listen on")
	c.Flags().StringArrayVar(&o.watch, "watch", nil, "folder to keep the index up to date with; may be repeated")
	c.Flags().DurationVar(&o.poll, "poll", 0, "look at the watched folders in this interval, as for network drives")
	c.Flags().StringToStringVar(&o.keys, "map", nil, "names of JSON keys or columns in watched files, as THEIRS=OURS,...")
	c.Flags().StringVar(&o.tokenFile, "admin-token-file", "", "file with the token that allows index runs over HTTP, inside the watched folders")
	c.Flags().BoolVar(&o.anyHost, "any-host", false, "answer requests for any host name, as behind a proxy")
	c.Flags().StringVar(&o.authHeader, "auth-header", "", "header in which a proxy with a login names the user, for the log and --rate; it must be the proxy's alone")
	c.Flags().Float64Var(&o.rate, "rate", requestRate, "requests a second that one client may ask for long, no limit with 0 or where --listen is this machine only and no rate is given")
	c.Flags().StringArrayVar(&o.origins, "allow-origin", nil, "site whose pages may read the answers, as https://example.org, or * for all; may be repeated")
	c.Flags().BoolVar(&o.readOnly, "read-only", false, "change nothing of the index, and share its folder with other readers")
	c.Flags().StringVar(&o.logLevel, "log-level", "info", "least of what is logged: debug, with a line for each request, info, warn or error")
	c.Flags().BoolVar(&o.logJSON, "log-json", false, "log in JSON, one object a line")
	return c
}

// rateAt is the rate that clients are held to. Where only this machine can ask and none
// was given it is 0: the programs of its own users, or a proxy with many users.
func (o *serveOptions) rateAt(addr net.Addr) float64 {
	if tcp, ok := addr.(*net.TCPAddr); ok && tcp.IP.IsLoopback() && !o.rateGiven {
		return 0
	}
	return o.rate
}

func runServe(ctx context.Context, g *global, o serveOptions) error {
	log, err := newLog(g.err, o)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", o.listen)
	if err != nil {
		return err
	}
	defer listener.Close()
	address := "http://" + listener.Addr().String()
	extractor := sync.OnceValue(extract.New)
	store, err := openToServe(ctx, g, extractor, o.readOnly)
	if err != nil {
		return err
	}
	defer store.Close()
	g.warn(store)
	engine := search.NewEngine(store)
	engine.Keep(keptAnswers)
	options := httpapi.Options{
		Engine: engine, Documents: store.Documents, Trouble: store.Trouble,
		Version: version(), AnyHost: o.anyHost, AuthHeader: o.authHeader, Rate: o.rateAt(listener.Addr()), Origins: o.origins, Log: log,
	}
	if o.tokenFile != "" {
		if options.AdminToken, err = readToken(o.tokenFile); err != nil {
			return err
		}
	}
	options.Figures = func() (httpapi.Figures, error) { return folderFigures(g.data) }
	working, stopWork := context.WithCancel(ctx)
	defer stopWork()
	if !o.readOnly {
		runs, err := newRuns(working, store, extractor, o.watch, log)
		if err != nil {
			return err
		}
		defer func() { // no run may outlive the index
			stopWork()
			runs.busy.Lock()
		}()
		runs.keys = o.keys
		told := newAlerts(store, log)
		runs.ended = told.wake
		options.Runs, options.Figures, options.OwnerToken = runs, runs.figures, rand.Text()
		options.Groups = groups{store: store, hold: runs.hold}
		options.Backup = func(dir string) (any, error) { return backUp(store, dir) }
		if err := store.Serving(address, options.OwnerToken); err != nil {
			return err
		}
		watch(working, runs, o.poll)
		go told.run(working, &runs.busy)
	}
	handler, err := httpapi.New(options)
	if err != nil {
		return err
	}
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
	if g.json {
		if err := writeJSON(g.out, serving{g.data, address}); err != nil {
			return err
		}
	} else {
		say(g.toOut(), "incidex serves %s on %s (Ctrl-C stops it)\n", g.data, address)
	}
	if err := server.Serve(httpapi.Listener(listener)); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve: %w", err)
	}
	return <-stopped
}

// serving is what serve writes in JSON once it answers.
type serving struct {
	Data    string `json:"data"`
	Address string `json:"address"`
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
