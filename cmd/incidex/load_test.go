package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"incidex/httpapi"
	"incidex/indexer"
	"incidex/search"
	"incidex/search/bleveindex"
)

var (
	loadTime     = flag.Duration("load", 2*time.Second, "how long the server is under load")
	loadArticles = flag.Int("load-articles", 600, "how many articles it has then, about")
)

const (
	// loaders is the number of clients that ask as fast as they are answered.
	loaders = 64
	// idlers is the number of connections on which nothing is asked, about twice those kept.
	idlers = 1000
	// deaf is the number of clients that ask for all and read nothing.
	deaf = 20
	// maxGrown is how much more memory may be in use after a load than before, in bytes:
	// what the engine remembers of answers and words, and room for the runtime.
	maxGrown = 128 << 20
)

// load is a server with what asks it.
type load struct {
	address  string
	articles int
	queries  atomic.Int64 // all different

	mu     sync.Mutex
	took   []time.Duration // of answers with status 200
	status map[int]int
	wrong  map[string]int // what no answer may be
}

// Many clients ask for everything that there is, beside a rebuild, a folder that changes,
// clients that leave or do not read, and idle connections. Each answer is right or says
// honestly that there is none, every search finds all articles at any time, and in the end
// memory and goroutines are back where they were.
func TestLoad(t *testing.T) {
	before := goleak.IgnoreCurrent()
	folder, g := t.TempDir(), testGlobal(t)
	const each = 200
	files := (*loadArticles + each - 1) / each
	for f := range files {
		inventedFile(t, folder, f, each, 0)
	}
	store, err := bleveindex.Open(g.data, bleveindex.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	log := slog.New(slog.DiscardHandler)
	runs, err := newRuns(ctx, store, testExtractor, []string{folder}, log)
	if err != nil {
		t.Fatal(err)
	}
	if err := runs.Watched(ctx, []string{folder}); err != nil {
		t.Fatal(err)
	}
	engine := search.NewEngine(store)
	engine.Keep(keptAnswers)
	handler, err := httpapi.New(httpapi.Options{Engine: engine, Documents: store.Documents, Log: log, Runs: runs, Groups: groups{store: store, hold: runs.hold}})
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := httpapi.HTTPServer(handler)
	serving := make(chan error, 1)
	go func() { serving <- server.Serve(httpapi.Listener(listener)) }()

	l := &load{address: listener.Addr().String(), articles: files * each, status: map[int]int{}, wrong: map[string]int{}}
	transport := &http.Transport{MaxIdleConnsPerHost: loaders}
	l.ask(ctx, &http.Client{Transport: transport}, rand.New(rand.NewPCG(1, 1))) // what is made at the first request
	inUse := memoryInUse()
	peak, stopPeak := peakOf()

	until, cancel := context.WithTimeout(ctx, *loadTime)
	var work sync.WaitGroup
	for i := range loaders {
		work.Go(func() {
			rnd := rand.New(rand.NewPCG(uint64(i), 7))
			for until.Err() == nil {
				l.ask(until, &http.Client{Transport: transport}, rnd)
			}
		})
	}
	work.Go(func() { l.beNoClient(until, idlers, "") })
	work.Go(func() {
		l.beNoClient(until, deaf, "GET /api/v1/export?format=ndjson HTTP/1.1\r\nHost: localhost\r\n\r\n")
	})
	work.Go(func() { // a folder that is watched
		w := indexer.Watcher{Roots: runs.roots, Poll: 500 * time.Millisecond, Changed: runs.Watched, Log: log}
		if err := w.Run(until); err != nil && until.Err() == nil {
			t.Error(err)
		}
	})
	rebuilt, changed := 0, 0
	work.Go(func() {
		for until.Err() == nil {
			inventedFile(t, folder, changed%files, each, changed+1)
			changed++
			if _, err := runs.Start(httpapi.RunOptions{Paths: []string{folder}, Rebuild: true, Local: true}); err == nil {
				rebuilt++
			}
			select {
			case <-time.After(time.Second):
			case <-until.Done():
			}
		}
	})
	work.Wait()
	cancel()
	stopPeak()
	runs.busy.Lock() // the last run has ended
	transport.CloseIdleConnections()
	engine.Keep(keptAnswers) // nothing is remembered
	after := memoryInUse()
	if after > inUse+maxGrown {
		t.Errorf("%d MB of memory are in use after the load, %d MB before", after>>20, inUse>>20)
	}
	for what, n := range l.wrong {
		t.Errorf("%d times: %s", n, what)
	}
	if len(l.took) == 0 || changed == 0 || rebuilt == 0 {
		t.Errorf("%d answers, %d changes, %d rebuilds", len(l.took), changed, rebuilt)
	}
	slices.Sort(l.took)
	at := func(share float64) time.Duration { return l.took[int(share*float64(len(l.took)-1))] }
	t.Logf("%d articles, %v: answers by status %v, %d different queries, %d changes, %d rebuilds; p50 %v, p99 %v, longest %v; in use before %d MB, after %d MB; from the system at most %d MB",
		l.articles, *loadTime, l.status, l.queries.Load(), changed, rebuilt, at(.5), at(.99), at(1), inUse>>20, after>>20, *peak>>20)

	stop()
	if err := server.Close(); err != nil {
		t.Error(err)
	}
	if err := <-serving; !errors.Is(err, http.ErrServerClosed) {
		t.Error(err)
	}
	if err := store.Close(); err != nil {
		t.Error(err)
	}
	goleak.VerifyNone(t, before)
}

// inventedFile writes a file of articles of which only the round changes.
func inventedFile(t *testing.T, folder string, file, each, round int) {
	var b bytes.Buffer
	for i := range each {
		n := file*each + i
		victim := fmt.Sprintf("Harbor %c%c%c Trading", 'A'+n/676%26, 'A'+n/26%26, 'A'+n%26)
		text := fmt.Sprintf("%s said on Monday that intruders took the names and email addresses of %d customers. The company called in the police in round %d and offered credit monitoring.", victim, 200_000+n, round)
		if err := json.NewEncoder(&b).Encode(map[string]any{
			"id": fmt.Sprintf("f%04d-%03d", file, i), "title": victim + " warns its customers", "date": fmt.Sprintf("2024-%02d-11", 1+n%12), "victim": victim, "text": text,
		}); err != nil {
			t.Error(err)
		}
	}
	name := filepath.Join(folder, fmt.Sprintf("%04d.jsonl", file))
	if err := errors.Join(os.WriteFile(name+".new", b.Bytes(), 0o600), os.Rename(name+".new", name)); err != nil {
		t.Error(err)
	}
}

// ask asks once for something by chance, and notes what came.
func (l *load) ask(ctx context.Context, client *http.Client, rnd *rand.Rand) {
	n := int(l.queries.Add(1))
	victim := func() string {
		v := rnd.IntN(l.articles)
		return fmt.Sprintf("harbor-%c%c%c-trading-2024", 'a'+v/676%26, 'a'+v/26%26, 'a'+v%26)
	}
	all, leave := false, false
	var path string
	switch rnd.IntN(12) {
	case 0:
		path, all = "/api/v1/search?q=customers&facets=attack,data_type,victim", true
	case 1, 2:
		path = fmt.Sprintf("/api/v1/search?q=%d+customers", n)
	case 3:
		path = "/api/v1/search?q=" + url.QueryEscape(fmt.Sprintf("intrudres poliec%d mnoday", n))
	case 4:
		path = fmt.Sprintf("/api/v1/suggest?q=har%d", n%50)
	case 5:
		path = "/api/v1/compare?ids=" + victim() + "," + victim()
	case 6:
		path = "/incidents/" + victim()
	case 7:
		path = fmt.Sprintf("/?q=names+records:%%3E%d", 200_000+n)
	case 8:
		path = fmt.Sprintf("/api/v1/export?q=%d&format=csv&level=incidents", n)
	case 9:
		path = "/feed.atom?q=police"
	case 10:
		path = "/api/v1/incidents/" + victim() + "/similar"
	default:
		path, leave = "/api/v1/export?format=ndjson", true
	}
	if leave {
		var cancel func()
		ctx, cancel = context.WithTimeout(ctx, time.Duration(rnd.IntN(20))*time.Millisecond)
		defer cancel()
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+l.address+path, nil)
	if err != nil {
		l.note(0, 0, err.Error())
		return
	}
	begin := time.Now()
	res, err := client.Do(req)
	var body []byte
	if err == nil {
		body, err = io.ReadAll(res.Body)
		res.Body.Close()
	}
	switch kind, _, _ := strings.Cut(path, "?"); {
	case ctx.Err() != nil: // this client left
	case err != nil:
		l.note(0, 0, "an answer is cut off")
	case res.StatusCode == http.StatusOK && all && !bytes.Contains(body, fmt.Appendf(nil, `"total":%d,`, l.articles)):
		l.note(res.StatusCode, 0, fmt.Sprintf("a search finds other than %d articles: %.80s", l.articles, body))
	case !slices.Contains([]int{http.StatusOK, http.StatusTooManyRequests, http.StatusServiceUnavailable}, res.StatusCode):
		l.note(res.StatusCode, 0, fmt.Sprintf("%s: status %d: %.200s", kind, res.StatusCode, body))
	default:
		l.note(res.StatusCode, time.Since(begin), "")
	}
}

func (l *load) note(status int, took time.Duration, wrong string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.status[status]++
	if status == http.StatusOK && took > 0 {
		l.took = append(l.took, took)
	}
	if wrong != "" && (len(l.wrong) < 20 || l.wrong[wrong] > 0) {
		l.wrong[wrong]++
	}
}

// beNoClient opens connections, asks on each, if anything, and never reads.
func (l *load) beNoClient(ctx context.Context, n int, ask string) {
	var open []net.Conn
	for range n {
		conn, err := net.Dial("tcp", l.address)
		if err != nil { // of descriptors this process has too few
			break
		}
		open = append(open, conn)
		_, _ = io.WriteString(conn, ask)
	}
	<-ctx.Done()
	for _, conn := range open {
		conn.Close()
	}
}

// memoryInUse is the memory of what is reachable, in bytes.
func memoryInUse() uint64 {
	debug.FreeOSMemory()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapInuse + m.StackInuse
}

// peakOf follows the memory that the process has from the system until it is stopped.
func peakOf() (peak *uint64, stop func()) {
	peak = new(uint64)
	done, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		for {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			*peak = max(*peak, m.Sys-m.HeapReleased)
			select {
			case <-done:
				return
			case <-time.After(100 * time.Millisecond):
			}
		}
	}()
	return peak, func() { close(done); <-ended }
}

// What is remembered of ever new queries and clients is bounded. The short form is too
// short to fill what is kept; -faults asks 100,000.
func TestDistinctQueries(t *testing.T) {
	store, err := openOrSample(t.Context(), testGlobal(t), testExtractor)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	engine := search.NewEngine(store)
	engine.Keep(keptAnswers)
	handler, err := httpapi.New(httpapi.Options{Engine: engine, Log: slog.New(slog.DiscardHandler), Rate: requestRate})
	if err != nil {
		t.Fatal(err)
	}
	ask := func(n int) {
		r := httptest.NewRequestWithContext(t.Context(), "GET", fmt.Sprintf("/api/v1/search?q=data+x%d+brech&facets=victim", n), nil)
		r.RemoteAddr = fmt.Sprintf("10.%d.%d.%d:1", n>>16, n>>8&255, n&255)
		if w := answer(handler, r); w.Code != http.StatusOK {
			t.Fatalf("query %d: %d %s", n, w.Code, w.Body)
		}
	}
	ask(0)
	before := memoryInUse()
	for n := range rounds(100_000, 2000) {
		ask(n + 1)
	}
	if after := memoryInUse(); after > before+maxGrown {
		t.Errorf("%d MB are in use after, %d MB before", after>>20, before>>20)
	} else {
		t.Logf("%d MB are in use after, %d MB before", after>>20, before>>20)
	}
}
