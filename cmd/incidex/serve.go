package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
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
	listen  string
	anyHost bool
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
	store, err := openOrSample(ctx, g)
	if err != nil {
		return err
	}
	defer store.Close()
	if err := store.Serving(address); err != nil {
		return err
	}
	handler, err := httpapi.New(httpapi.Options{
		Engine: search.NewEngine(store), Version: version(), AnyHost: o.anyHost,
		Log: slog.New(slog.NewTextHandler(g.err, nil)),
	})
	if err != nil {
		return err
	}
	server := httpapi.HTTPServer(handler)
	stopped := make(chan error, 1)
	go func() {
		<-ctx.Done()
		grace, cancel := context.WithTimeout(context.Background(), shutdownTime)
		defer cancel()
		stopped <- server.Shutdown(grace)
	}()
	fmt.Fprintf(g.out, "incidex serves %s on %s (Ctrl-C stops it)\n", g.data, address)
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve: %w", err)
	}
	return <-stopped
}

// openOrSample opens the index, and makes one of the sample articles where there
// is none.
func openOrSample(ctx context.Context, g *global) (*bleveindex.Store, error) {
	first := !bleveindex.HasIndex(g.data)
	store, err := bleveindex.Open(g.data, bleveindex.Options{Create: first, Command: "serve"})
	if err != nil || !first {
		return store, err
	}
	x := indexer.Indexer{Sink: store.Current(), Extractor: extract.New()}
	sum, err := x.Run(ctx, indexer.Options{FS: sample.FS(), Prefix: sample.Prefix})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("index the sample: %w", err), store.Close())
	}
	fmt.Fprintf(g.out, "indexed the sample of %d articles into %s; index your own with: incidex index FOLDER\n", sum.Indexed(), g.data)
	return store, nil
}
